r"""Escapes any text for the labels of Mermaid. Called by `mermaid`.

Letters, digits and a few signs mean themselves. Every other character becomes an entity such as ``#35;``:
Mermaid reads directives, Markdown and HTML also inside of quotation marks. It reads some things even after
the entities: formulas between ``$$``, ``\n``, and names of icons. An invisible character keeps these apart.
"""

import re

from codeable.diagrams.wrapping import LINE_BREAK, drawable

_SPECIAL = re.compile(
    r"""[^\w ,.?!()'/«»“”‘’−–—…-] | _
      | ^[-–—] | (?<=\d)[.)](?=\s|$)  # signs that begin a list
      | (?<=direction)[ ]             # this word before TB, also in a label, is a statement""",
    re.VERBOSE,
)
_READ_AFTERWARDS = re.compile(r"(?<=\$)(?=\$) | (?<=\\)(?=n) | (?<=:)(?=fa-) | (?<=¶)(?=ß)", re.VERBOSE)
_INVISIBLE = "\u200c"
_LIGATURE = "ﬂ"
"""Mermaid marks its entities by it."""
LINE_FEED = "<br/>"
"""The line break inside a label."""


def escape(text: str) -> str:
    r"""A text for a label; its line breaks become Mermaid's ``<br/>``.

    Example:
        >>> escape("Where does it run?"), escape('R&D "#1"'), escape("1. a\n- b")
        ('Where does it run?', 'R#38;D #34;#35;1#34;', '1#46; a<br/>#45; b')
    """
    return LINE_FEED.join(map(_escape_line, LINE_BREAK.split(text)))


def _escape_line(line: str) -> str:
    line = _READ_AFTERWARDS.sub(_INVISIBLE, drawable(line).replace(_LIGATURE, "fl"))
    return _SPECIAL.sub(_entity, line)


def _entity(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"
