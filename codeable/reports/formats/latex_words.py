r"""Words in columns of a LaTeX table: how wide they are, and where one that is wider than its column breaks.

Widths are those of Computer Modern in `\footnotesize` of an article in 10 pt; of other fonts, estimates.
"""

import itertools
import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from attrs import frozen

from codeable.reports.formats.latex_characters import is_spelt_out, spelt_out
from codeable.reports.formats.latex_escape import escaped, pieces

BLANK = 2.83
"""The width of a blank, in points."""

_LINE_END = re.compile(r"[\n\r\v\f\x85\u2028\u2029]+")
"""What ends a line of a cell."""

_WIDTHS = {
    2.4: "!',.:;[]`il|", 2.9: "fj-", 3.4: "I()rts", 3.8: "cez", 4.3: "\"$*/0123456789\\^ago{}~?_",
    4.8: "JSkqvxybdhnpu",
    5.3: "ZL", 5.8: "EPF", 6.2: "BCTw", 6.7: "&+=@KOQRAHNUVXYDG<>", 7.1: "#%m", 7.8: "M", 8.8: "W",
}  # fmt: skip
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_OTHER_LATIN = 5.3
_OTHER = 8.5
_ENDS_PART = frozenset("_./:;,=&?+%#@|\\)]}>*~-")
_ENDS_OF_ADDRESS = frozenset("/?&#=_-")
"""Where an address breaks at first."""
_ALLOW = r"\allowbreak{}"
_HYPHEN = r"\-"
_VOWELS = frozenset("aeiouyäöüáàâéèêëíîïóôúû")
_ONSETS = frozenset(
    ("bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "ph", "pl", "pr", "qu", "sh", "th", "tr")
)
_LONG_ONSETS = frozenset(("scr", "spl", "spr", "str"))
_TWO_WIDE = 18
"""The width of two wide characters."""
_LEAST_AT_END = 3
"""Letters before the first hyphen and after the last."""


@frozen
class TextWidths:
    """The widths of the lines of a text, and of its longest word, in points."""

    lines: tuple[float, ...]
    longest_word: float


@lru_cache(maxsize=50_000)
def text_widths(text: str) -> TextWidths:
    """The widths of a text.

    Example:
        >>> text_widths("a decision").lines[0] > text_widths("a decision").longest_word
        True
    """
    lines = [list(map(word_width, line.split())) for line in lines_in(text)]
    return TextWidths(
        tuple([sum(words) + BLANK * max(len(words) - 1, 0) for words in lines]),
        max(map(max, filter(None, lines)), default=0.0),
    )


def lines_in(text: str) -> list[str]:
    """The lines of a text, none of them empty but the first and the last."""
    return [text] if text.isprintable() else _LINE_END.split(text)


@lru_cache(maxsize=50_000)
def word_width(word: str) -> float:
    """The width of a word, in points; of a character that pdfLaTeX cannot set, that of its number.

    Example:
        >>> round(word_width("decision"), 1)
        29.7
    """
    return sum(map(_character_width, word))


@lru_cache(maxsize=50_000)
def word_in_latex(word: str, room: float, is_url: bool = False) -> str:
    r"""A word in a column, with break points if it is wider than the column.

    It breaks without a hyphen after the marks between the parts of an identifier or of an address, and before
    a capital inside it; if the parts are still too wide, with hyphens between syllables, or between letters.

    Args:
        word: The word.
        room: The width of the column in points.
        is_url: Whether it is an address, which gets no hyphens.

    Example:
        >>> print(word_in_latex("master_data", 80), word_in_latex("master_data", 30))
        master\_data master\_\allowbreak{}data
        >>> print(word_in_latex("infrastructure", 30))
        in\-fra\-struc\-ture
    """
    if word_width(word) <= room:
        return escaped(word)
    characters = pieces(word)
    if len(characters) != len(word):
        # Combining marks: a part is what is set together.
        return _ALLOW.join(characters)
    breaks: dict[int, str] = {}
    for marks in (_ENDS_OF_ADDRESS, _ENDS_PART) if is_url else (_ENDS_PART,):
        for start, end in _too_wide(word, breaks, room):
            places = (place for place in range(start + 1, end) if _parts_end(word, place, marks))
            # TeX itself breaks after a hyphen.
            breaks |= {place: "" if word[place - 1] == "-" else _ALLOW for place in places}
    for start, end in _too_wide(word, breaks, room):
        breaks.update(_inside(word[start:end], start, room, is_url))
    return "".join(breaks.get(place, "") + piece for place, piece in enumerate(characters))


def _character_width(character: str) -> float:
    width = _WIDTH_OF.get(character)
    if width is not None:
        return width
    if is_spelt_out(character):
        return sum(map(_character_width, spelt_out(character)))
    return _OTHER_LATIN if character.isalpha() and character < "\u0250" else _OTHER


def _too_wide(word: str, breaks: Iterable[int], room: float) -> list[tuple[int, int]]:
    """The parts between breaks that are wider than the column, as places in the word."""
    edges = itertools.pairwise([0, *sorted(breaks), len(word)])
    return [(start, end) for start, end in edges if word_width(word[start:end]) > room]


def _parts_end(word: str, place: int, marks: Collection[str]) -> bool:
    """Whether a part of an identifier or an address ends before this place."""
    before, after = word[place - 1], word[place]
    if before in marks:
        return after not in marks
    if is_spelt_out(before) or is_spelt_out(after):
        return True
    if not before.isascii() and not before.isalpha():
        return True
    return before.islower() and after.isupper()


def _inside(part: str, start: int, room: float, is_url: bool) -> dict[int, str]:
    """Places inside a part, with what breaks it there."""
    step = max(1, int(room / _TWO_WIDE))
    if is_url or not part.isalpha():
        return {start + place: _between(part, place, is_url) for place in range(step, len(part), step)}
    letters = part.lower()
    places = [place for place in range(_LEAST_AT_END - 1, len(part) - 2) if _syllable_ends(letters, place)]
    edges = [0, *places, len(part)]
    for before, after in itertools.pairwise(edges):
        if word_width(part[before:after]) + _WIDTH_OF["-"] > room:
            places += range(before + step, after, step)
    return {start + place: _HYPHEN for place in sorted(set(places))}


def _between(part: str, place: int, is_url: bool) -> str:
    letters = part[place - 1].isalpha() and part[place].isalpha()
    return _HYPHEN if letters and not is_url else _ALLOW


def _syllable_ends(part: str, place: int) -> bool:
    """Whether a consonant that begins a syllable is at this place: a heuristic for Latin scripts."""
    if part[place : place + 3] in _LONG_ONSETS:
        return True
    if part[place] in _VOWELS or part[place - 1 : place + 1] in _ONSETS:
        return False
    if part[place - 1 : place + 2] in _LONG_ONSETS:
        return False
    if part[place : place + 2] in _ONSETS:
        return part[place + 2 : place + 3] in _VOWELS
    return part[place + 1] in _VOWELS
