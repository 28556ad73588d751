"""Hyphenates words by the rules of a language, with the package `pyphen`. Called where lines are broken."""

import re
from functools import cache
from itertools import pairwise
from typing import Any

from codeable.errors import CodeableError
from codeable.text import did_you_mean, first_few, shown

_INSTALL = "pip install 'codeable[hyphenation]'"
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_MOST_LISTED = 12


def check_language(language: str) -> None:
    """Check that words of this language can be hyphenated.

    Raises:
        CodeableError: The package is not installed, or has no rules for the language.
    """
    _rules(language)


@cache
def syllables(word: str, language: str) -> tuple[str, ...]:
    """The pieces of a word between which a hyphen may stand. Signs around the word stay with its ends.

    Args:
        word: A word, perhaps with punctuation; one with digits is never hyphenated.
        language: A language such as `en_GB`, `en-GB` or `de`.

    Raises:
        CodeableError: As `check_language`.

    Example:
        >>> syllables("(understandability)", "en_GB")
        ('(un', 'der', 'stand', 'ab', 'il', 'ity)')
    """
    found = list(_LETTERS.finditer(word))
    if len(found) != 1 or any(sign.isdigit() for sign in word):
        return (word,)
    start = found[0].start()
    # Some languages spell a hyphenated word in another way. It is not hyphenated there.
    places = (start + place for place in _rules(language).positions(found[0][0]) if place.data is None)
    ends = [0, *places, len(word)]
    return tuple(word[one:other] for one, other in pairwise(ends))


@cache
def _rules(language: str) -> Any:
    try:
        import pyphen
    except ImportError as error:
        raise CodeableError(
            f"{shown(language)} needs the package pyphen, which hyphenates words: {_INSTALL}",
            exit_status=2,
        ) from error
    known = pyphen.language_fallback(language)
    if known is None:
        languages = sorted(pyphen.LANGUAGES)
        raise CodeableError(
            f"there is no language {shown(language)}{did_you_mean(language, languages)}\n"
            f"The languages are: {first_few(languages, _MOST_LISTED)}",
            exit_status=2,
        )
    return pyphen.Pyphen(lang=known)
