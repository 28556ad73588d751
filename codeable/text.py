"""Names: the nearest valid ones for a message, natural order, and names of files made from titles."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

__all__ = ["did_you_mean", "natural_key", "nearest", "printable", "slug"]

_DIGITS = re.compile(r"(\d+)")
_MOST_DIGITS = 1000
"""Longer rows of digits are no numbers, and Python refuses to read them as such."""
_NOT_IN_SLUG = re.compile(r"[^\w]+")


def nearest(name: str, valid: Iterable[str], most: int = 3) -> list[str]:
    """The valid names most like ``name``, best first.

    Example:
        >>> nearest("overviev", ["overview", "everything"])
        ['overview']
    """
    by_folded: dict[str, str] = {}
    for candidate in valid:
        by_folded.setdefault(candidate.casefold(), candidate)
    found = difflib.get_close_matches(name.casefold(), by_folded, n=most, cutoff=0.6)
    return [by_folded[folded] for folded in found]


def did_you_mean(name: object, valid: Iterable[str]) -> str:
    """The end of a message that names the nearest valid names; empty when none is near, or no text is given.

    Example:
        >>> did_you_mean("overviev", ["overview", "everything"])
        "; did you mean 'overview'?"
        >>> did_you_mean("x", ["overview"])
        ''
    """
    found = nearest(name, valid) if isinstance(name, str) else []
    return f"; did you mean {' or '.join(repr(candidate) for candidate in found)}?" if found else ""


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which numbers inside a text count as numbers: s4, s6, s14.

    Example:
        >>> sorted(["s14", "s4", "s6"], key=natural_key)
        ['s4', 's6', 's14']
    """
    return tuple(
        (0, int(part), part) if part.isdecimal() and len(part) <= _MOST_DIGITS else (1, 0, part)
        for part in _DIGITS.split(text)
        if part
    )


def printable(text: str) -> str:
    r"""A text that is safe on a terminal: line breaks and tabs stay, other control characters are spelt out.

    Directional and other invisible format characters count as control characters, since they can make a
    line look like another one.

    Example:
        >>> printable("\x1b[31mred\x1b[0m")
        '\\x1b[31mred\\x1b[0m'
        >>> printable("Größe 数")
        'Größe 数'
    """
    if text.isprintable():
        return text
    return "".join(character if _is_plain(character) else _spelt_out(character) for character in text)


def _is_plain(character: str) -> bool:
    return character.isprintable() or character in "\n\t" or unicodedata.category(character) == "Zs"


def _spelt_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def slug(title: str) -> str:
    """A title as the name of a file or a view: letters, digits and single underscores, lower case.

    Example:
        >>> slug("How can we  manage & provision?")
        'how_can_we_manage_provision'
        >>> slug("???")
        'unnamed'
    """
    normal = unicodedata.normalize("NFKC", title).casefold()
    return _NOT_IN_SLUG.sub("_", normal).strip("_") or "unnamed"
