"""Escapes any text for PlantUML, of 2020 and current. Called by `plantuml`.

Letters, digits, marks and blanks are not changed; everything else becomes ``<U+XXXX>``. So no text can start
a directive, a comment, a macro or markup.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from codeable.diagrams.wrapping import LINE_BREAK, drawable

_NOT_PLAIN = re.compile(r"[^\w ]|_|(?<=\\)t")
_SEPARATED_T = "<U+200C>t"
"""PlantUML of 2025 reads a `t` after a backslash, even an escaped one, as a tab. U+200C is invisible."""


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
    r"""Wrapped lines, joined by PlantUML's ``\n``.

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
    """Whether a text needs no escape: it has letters, digits and blanks only, and not blanks alone.

    Example:
        >>> is_plain("domain class"), is_plain("R&D"), is_plain("")
        (True, False, False)
    """
    return text.replace(" ", "").isalnum()


def _escape_match(match: re.Match[str]) -> str:
    character = match.group()
    return _SEPARATED_T if character == "t" else _escape_character(character)


@lru_cache(maxsize=4096)
def _escape_character(character: str) -> str:
    # PlantUML cannot draw a character of private use.
    seen = "\ufffd" if unicodedata.category(character) == "Co" else drawable(character)
    if seen == " " or unicodedata.category(seen)[0] in "LMN":
        return seen
    return f"<U+{ord(seen):04X}>"
