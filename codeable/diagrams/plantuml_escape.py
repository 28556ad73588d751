"""Any text as PlantUML that draws exactly that text, in PlantUML of 2020 and of today alike.

Letters, digits, marks and blanks stand as they are; everything else becomes ``<U+XXXX>``. So no text can
start a directive, a comment, a macro or markup, whatever it holds.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from codeable.diagrams.wrapping import LINE_BREAK

__all__ = ["escape", "escape_lines", "is_plain", "quoted", "shown"]

_NOT_PLAIN = re.compile(r"[^\w ]|_|(?<=\\)t")
_REPLACEMENT = "\ufffd"
_SEPARATED_T = "<U+200C>t"
"""After a backslash, also an escaped one, PlantUML of 2025 reads a `t` as a tab; the mark is not seen."""


def escape(text: str) -> str:
    r"""A text for a label, a member or a title; its line breaks become PlantUML's ``\n``.

    Example:
        >>> escape("Use pods")
        'Use pods'
        >>> escape("!include")
        '<U+0021>include'
        >>> print(escape("a\nb"))
        a\nb
    """
    if is_plain(text):
        return text
    if LINE_BREAK.search(text):
        return escape_lines(LINE_BREAK.split(text))
    return _NOT_PLAIN.sub(_escape_match, text)


def escape_lines(lines: Iterable[str]) -> str:
    r"""Lines that are already broken, joined by PlantUML's ``\n``.

    Example:
        >>> print(escape_lines(["one", "two?"]))
        one\ntwo<U+003F>
    """
    return r"\n".join(map(escape, lines))


def quoted(escaped: str) -> str:
    """An escaped text as a quoted name.

    Without the blank before the closing quotation mark, PlantUML takes a final ``<U+XXXX>`` for the type
    parameter of a class.

    Example:
        >>> quoted(escape("Why?"))
        '"Why<U+003F> "'
        >>> quoted("")
        '" "'
    """
    return f'"{escaped} "'


def is_plain(text: str) -> bool:
    """Whether a text may stand unescaped: letters, digits and blanks, and something besides blanks.

    Example:
        >>> is_plain("domain class"), is_plain("R&D"), is_plain("")
        (True, False, False)
    """
    return text.replace(" ", "").isalnum()


def shown(text: str) -> str:
    r"""What a picture shows of a text: characters that PlantUML cannot draw are U+FFFD.

    Example:
        >>> shown("a\x07b\tc")
        'a�b c'
    """
    return "".join(map(_shown_character, text))


def _escape_match(match: re.Match[str]) -> str:
    character = match.group()
    return _SEPARATED_T if character == "t" else _escape_character(character)


@lru_cache(maxsize=4096)
def _escape_character(character: str) -> str:
    seen = _shown_character(character)
    if seen == " " or unicodedata.category(seen)[0] in "LMN":
        return seen
    return f"<U+{ord(seen):04X}>"


def _shown_character(character: str) -> str:
    if character == "\t":
        return " "
    if LINE_BREAK.match(character):
        return "\n"
    code = ord(character)
    if unicodedata.category(character) in ("Cc", "Cs", "Co"):
        return _REPLACEMENT
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return _REPLACEMENT
    return character
