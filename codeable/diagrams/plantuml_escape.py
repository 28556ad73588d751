"""Escapes any text for PlantUML, of 2020 and current. Called by `plantuml`.

Nearly all characters mean themselves inside a text and are written as they are, so that it can be read and
edited. What PlantUML would take for markup, a comment, a directive or an end becomes ``<U+XXXX>``.
"""

import re
import unicodedata
from functools import lru_cache

from codeable.diagrams.wrapping import LINE_BREAK, drawable

# Tried with 1.2020.2 and 1.2026.8, each character at fourteen places of a name, a member, an arrow's text
# and a legend. The older one drops quotation marks and guillemets at the ends of a text, and shortens an en
# dash. Visibility marks, lists, headings and tables start a line.
_SPECIAL = re.compile(
    r"""[<>{}"\\~«»“”–]
      | ^[#*+\-=.|]
      | %(?=\w) | &(?=\#) | @(?=start|end)
      | (?<=\[)\[ | (?<=\])\]
      | /(?=') | (?<=')/
      | (?<=\\)t""",
    re.VERBOSE,
)
_MARKUP = re.compile(r"\*\*|//|--|__")
"""Marks that change what is between two of them."""
LINE_FEED = r"\n"
"""The line break inside a text."""
_SEPARATED_T = "<U+200C>t"
"""PlantUML of 2025 reads a `t` after a backslash, even an escaped one, as a tab. U+200C is invisible."""


def escape(text: str) -> str:
    r"""A text for a label, a member or a title; its line breaks become PlantUML's ``\n``.

    Example:
        >>> escape("CI/CD, R&D (all of it)")
        'CI/CD, R&D (all of it)'
        >>> escape("- 20 <b>%</b>")
        '<U+002D> 20 <U+003C>b<U+003E>%<U+003C>/b<U+003E>'
        >>> print(escape("a\nb"))
        a\nb
    """
    if is_plain(text):
        return text
    if LINE_BREAK.search(text):
        return LINE_FEED.join(map(escape, LINE_BREAK.split(text)))
    marks = _MARKUP.findall(text)
    escaped = _SPECIAL.sub(_escape_match, text)
    for mark in dict.fromkeys(marks):
        if marks.count(mark) > 1:
            escaped = escaped.replace(mark, mark[0] + _escape_character(mark[0]))
    return escaped if escaped.isprintable() else "".join(map(_visible, escaped))


def quoted(escaped: str) -> str:
    """An escaped text as a quoted name.

    Without a blank before the closing quotation mark, PlantUML takes a final ``<U+XXXX>`` for the type
    parameter of a class. No other name has one, because it would stand off the middle.

    Example:
        >>> quoted(escape("Use pods")), quoted(escape("List<String>"))
        ('"Use pods"', '"List<U+003C>String<U+003E> "')
        >>> quoted("")
        '" "'
    """
    return f'"{escaped} "' if not escaped or escaped.endswith(">") else f'"{escaped}"'


def is_plain(text: str) -> bool:
    """Whether a text has letters, digits and blanks only, and not blanks alone.

    Example:
        >>> is_plain("domain class"), is_plain("R&D"), is_plain("")
        (True, False, False)
    """
    return text.replace(" ", "").isalnum()


def _escape_match(match: re.Match[str]) -> str:
    character = match.group()
    return _SEPARATED_T if character == "t" else _escape_character(character)


def _visible(character: str) -> str:
    """A character that cannot be seen in a text, escaped."""
    return character if character.isprintable() else _escape_character(character)


@lru_cache(maxsize=4096)
def _escape_character(character: str) -> str:
    # PlantUML cannot draw a character of private use.
    seen = "\ufffd" if unicodedata.category(character) == "Co" else drawable(character)
    return seen if seen == " " else f"<U+{ord(seen):04X}>"
