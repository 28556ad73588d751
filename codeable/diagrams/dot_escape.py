r"""Escapes any text for DOT: in a quoted string or inside an HTML-like label.

Graphviz reads entities and backslash escapes in both, and at most 16,384 bytes in one string.
"""

import re
from collections.abc import Iterable

from codeable.diagrams.wrapping import LINE_BREAK

MOST_BYTES = 16_000
"""Bytes that one DOT string may have, with room to spare for the text around it."""

_UNDRAWABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_IN_QUOTES = str.maketrans({"&": "&amp;", "\\": "\\\\", '"': '\\"'})
_IN_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\\": "\\\\"})


def drawable(text: str) -> str:
    r"""The text as a picture shows it: U+FFFD for characters that no font draws, a blank for a tab.

    Example:
        >>> drawable("a\x07b\tc")
        'a�b c'
    """
    if text.isprintable():
        return text
    return _UNDRAWABLE.sub("\ufffd", LINE_BREAK.sub("\n", text.replace("\t", " ")))


def quoted(text: str) -> str:
    r"""A text as a quoted DOT string, or several joined by ``+`` where one would be too long.

    Example:
        >>> print(quoted('say "a & b"\n\\N'))
        "say \"a &amp; b\"\n\\N"
    """
    return quoted_lines(LINE_BREAK.split(drawable(text)))


def quoted_lines(lines: Iterable[str], line_end: str = r"\n") -> str:
    r"""Lines as one quoted string; ``line_end`` is ``\n`` (centred) or ``\l`` (to the left)."""
    escaped = [drawable(line).translate(_IN_QUOTES) for line in lines]
    text = line_end.join(escaped)
    if len(text.encode()) <= MOST_BYTES:
        return f'"{text}"'
    return " + ".join(f'"{piece}"' for piece in _pieces(text))


def attribute(text: str) -> str:
    """A generated text (a colour, a font, an id) as a quoted DOT string."""
    return '"' + text.translate(_IN_QUOTES) + '"'


def html(text: str) -> str:
    r"""A text inside an HTML-like label.

    Example:
        >>> print(html('<b> & "\\N"\nmore'))
        &lt;b&gt; &amp; &quot;\\N&quot;<BR/>more
    """
    return html_lines(LINE_BREAK.split(drawable(text)))


def html_lines(lines: Iterable[str], line_end: str = "<BR/>") -> str:
    """Lines inside an HTML-like label, joined by ``line_end``."""
    return line_end.join(drawable(line).translate(_IN_HTML) for line in lines)


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
