r"""Escapes any text for DOT: in a quoted string or inside an HTML-like label.

Graphviz reads entities and backslash escapes in both, and at most 16,384 bytes in one string. `graph`,
`rails.scene_dot` and the engines call these functions.
"""

import re
from collections.abc import Iterable

from codeable.diagrams.wrapping import drawable

MOST_BYTES = 16_000
"""Bytes that one DOT string may have, with room to spare for the text around it."""

_IN_QUOTES = str.maketrans({"&": "&amp;", "\\": "\\\\", '"': '\\"'})
_IN_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\\": "\\\\"})


def quoted(text: str) -> str:
    r"""A text as a quoted DOT string, or several joined by ``+`` where one would be too long.

    Example:
        >>> print(quoted('say "a & b"\n\\N'))
        "say \"a &amp; b\"\n\\N"
    """
    return quoted_lines(drawable(text).split("\n"))


def quoted_lines(lines: Iterable[str]) -> str:
    """Lines, each centred, as one quoted DOT string or as several."""
    text = r"\n".join(drawable(line).translate(_IN_QUOTES) for line in lines)
    if len(text.encode()) <= MOST_BYTES:
        return f'"{text}"'
    return " + ".join(f'"{piece}"' for piece in _pieces(text))


def attribute(text: str) -> str:
    """A generated text (a colour, a font, an id) as a quoted DOT string."""
    return '"' + text.translate(_IN_QUOTES) + '"'


def joined(parts: Iterable[str]) -> str:
    """Generated parts of one text as a quoted DOT string, or as several where one would be too long.

    Example:
        >>> print(joined(["c 7 -#000000 ", "L 2 0 0 9 0 "]))
        "c 7 -#000000 L 2 0 0 9 0 "
    """
    strings = [""]
    for part in parts:
        if len(strings[-1]) + len(part) > MOST_BYTES:
            strings.append("")
        strings[-1] += part
    return " + ".join(map(attribute, strings))


def html(text: str) -> str:
    r"""A text inside an HTML-like label.

    Example:
        >>> print(html('<b> & "\\N"\nmore'))
        &lt;b&gt; &amp; &quot;\\N&quot;<BR/>more
    """
    return drawable(text).translate(_IN_HTML).replace("\n", "<BR/>")


def _pieces(text: str) -> list[str]:
    """The text in parts of at most MOST_BYTES; no part ends inside an escape."""
    pieces: list[str] = []
    piece: list[str] = []
    used = 0
    for unit in re.findall(r"\\.|[^\\]", text, re.DOTALL):
        size = len(unit.encode())
        if used + size > MOST_BYTES:
            pieces.append("".join(piece))
            piece, used = [], 0
        piece.append(unit)
        used += size
    pieces.append("".join(piece))
    return pieces
