"""Words in passages, found by their beginnings, whatever their case and accents.

`find` searches with a `SearchWord` for each word that somebody gave.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property

from codeable.errors import CodeableError
from codeable.text import shown

Marks = tuple[tuple[int, int], ...]
"""The stretches of a text that match, from start to end, in order."""

_PARTS = re.compile(r"[^\W_]+|[\W_]+")
_BETWEEN = r"[\W_]*"
_WORD_START = r"(?<![^\W_])"
_WORD_REST = r"[^\W_]*"
_OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)
"""Letters that Unicode does not split into a letter and its accent."""
_FIRST_ACCENT = 10
"""Marks of lower combining classes make another letter: Japanese voicing, Indic vowels and viramas."""
_NO_BLANKS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts that write words without blanks between them; in them every place may begin a word."""


class _Folding(dict[int, str]):
    """Character → what it is without case and accents, worked out when it first comes up."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character) == "Cf":
            folded = ""
        else:
            normal = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
            kept = (each for each in normal if unicodedata.combining(each) < _FIRST_ACCENT)
            folded = "".join(kept).translate(_OTHER_LETTERS)
        self[code] = folded
        return folded


_FOLDED = _Folding()


class SearchableText:
    """A text in which words are found.

    Attributes:
        folded: The text without case, accents and invisible characters.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.folded = text.translate(_FOLDED)

    @cached_property
    def _positions(self) -> list[int]:
        """For each character of the folded text the position that it comes from."""
        return [
            position for position, character in enumerate(self._text) for _ in character.translate(_FOLDED)
        ]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that a stretch of the folded text is made of, with its accents."""
        last = self._positions[end - 1] + 1
        while last < len(self._text) and unicodedata.combining(self._text[last]):
            last += 1
        return self._positions[start], last

    def words(self) -> Iterator[str]:
        """The words of the folded text."""
        return (part for part in _PARTS.findall(self.folded) if part[0].isalnum())


class SearchWord:
    """A word to be found by its beginning. Signs inside it may be missing in the text, or be others.

    Args:
        word: The word.

    Raises:
        CodeableError: The word is empty; exit status 2.

    Example:
        >>> word = SearchWord("micro-serv")
        >>> text = SearchableText("Microservices are no macro services.")
        >>> word.marks(text)
        ((0, 13),)
        >>> SearchWord("cafe").marks(SearchableText("Au Café"))
        ((3, 7),)
    """

    def __init__(self, word: str) -> None:
        self.word = word
        self._pattern = re.compile(_pattern(word, SearchableText(word).folded.strip()))

    def marks(self, text: SearchableText) -> Marks:
        """Where the text has the word, each time the whole word that begins like it."""
        return tuple(text.span(*match.span()) for match in self._pattern.finditer(text.folded))


def _pattern(word: str, folded: str) -> str:
    parts = _PARTS.findall(folded)
    if not parts:
        raise CodeableError(f"the word {shown(word)} is empty: nothing can be found by it", exit_status=2)
    inner = [
        _BETWEEN if 0 < number < len(parts) - 1 and not part[0].isalnum() else re.escape(part)
        for number, part in enumerate(parts)
    ]
    begins_with_letter, ends_with_letter = parts[0][0].isalnum(), parts[-1][-1].isalnum()
    before = _WORD_START if begins_with_letter and not _has_no_blanks(parts[0][0]) else ""
    after = _WORD_REST if ends_with_letter and not _has_no_blanks(parts[-1][-1]) else ""
    return f"{before}{''.join(inner)}{after}"


def _has_no_blanks(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_NO_BLANKS)


def merged(marks: Iterator[tuple[int, int]]) -> Marks:
    """Stretches of one text in order, overlapping ones as one.

    Example:
        >>> merged(iter([(4, 9), (0, 2), (5, 12)]))
        ((0, 2), (4, 12))
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)
