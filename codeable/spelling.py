"""Small slips in names: which of the declared names somebody meant, or none.

Checks and builder call `Spellings`. What is not found by a small slip is not proposed at all.
"""

import re
from collections.abc import Callable, Iterator, Mapping

_WORDS = re.compile(r"[^\W_]+")
_PLURALS = (("ies", "y"), ("s", ""))
_ENDINGS = (("ing", ""), ("tion", "t"), ("ed", ""), ("e", ""))
"""The endings of English words that make no other name, and what they leave."""
_SHORTEST_STEM = 3
_SHORTEST_MISSPELT = 4
_SHORTEST_FOR_TWO = 7
"""In a shorter word two other letters make another word."""
_SHORTEST_INSIDE = 5
_MOST_WORDS = 12
_LONGEST = 200
_MOST_COMPARED = 8
_TOO_GENERAL = frozenset({"decision", "pattern", "practice", "force", "option", "source", "solution"})

Words = tuple[str, ...]


class Spellings:
    """Declared names, and the names by which each may be meant.

    Args:
        names: Spelling → name, such as the display name of a code and its identifier. Of several that fit
            equally the first counts.

    Example:
        >>> spellings = Spellings({"data_catalogue": "catalogue", "data_quality_check": "data_quality_check"})
        >>> spellings.nearest("data_catalog"), spellings.nearest("quality_checks"), spellings.nearest("cost")
        ('catalogue', 'data_quality_check', None)
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {spelling: name for spelling, name in names.items() if 0 < len(spelling) <= _LONGEST}
        self._by_key: dict[object, list[str]] = {}
        self._by_words: dict[Words, list[str]] = {}
        self._by_part: dict[Words, list[str]] = {}
        for spelling in self._names:
            for key in _keys(spelling):
                self._by_key.setdefault(key, []).append(spelling)
            if spelling != self._names[spelling]:
                continue
            words = _stems(spelling)
            self._by_words.setdefault(words, []).append(spelling)
            for part in _parts(words):
                self._by_part.setdefault(part, []).append(spelling)

    def nearest(self, name: str, fits: Callable[[str], bool] = lambda _: True) -> str | None:
        """The name that was meant: one that differs by a small slip, else one that is whole inside the other.

        Args:
            name: The name that was written.
            fits: Whether a declared name is of the kind that is expected.
        """
        return self.slip(name, fits) or self._inside(name, fits)

    def slip(self, name: str, fits: Callable[[str], bool] = lambda _: True) -> str | None:
        """The name that is this one apart from a small slip.

        One or two letters of a word differ, but not its first; a word is inflected; the words are in another
        order or joined; or only upper and lower case differ.

        Example:
            >>> spellings = Spellings({"etl_snapshot": "etl_snapshot", "export_data": "export_data"})
            >>> spellings.slip("snapshots_ETL"), spellings.slip("import_data")
            ('etl_snapshot', None)
        """
        if len(name) > _LONGEST:
            return None
        found = next((one for one in self._slips(name) if fits(self._names[one])), None)
        return self._names[found] if found is not None else None

    def _slips(self, name: str) -> Iterator[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if name in self._names:
            yield name
        for key in _keys(name):
            yield from self._by_key.get(key, ())
        near = process.extract(
            name,
            self._names.keys(),
            scorer=OSA.distance,
            processor=None,
            score_cutoff=2,
            limit=_MOST_COMPARED,
        )
        yield from (spelling for spelling, _, _ in near if _letters_differ_little(name, spelling))

    def _inside(self, name: str, fits: Callable[[str], bool]) -> str | None:
        """The one name that is inside this one, the longest of them, or else the one that this one is in."""
        words = _stems(name)
        if len(words) > _MOST_WORDS:
            return None
        parts = sorted(_parts(words), key=len, reverse=True)
        within = (one for part in parts for one in self._by_words.get(part, ()) if _is_most_of(part, words))
        first = next((self._names[one] for one in within if fits(self._names[one])), None)
        if first is not None:
            return first
        around = (one for one in self._by_part.get(words, ()) if _is_most_of(words, _stems(one)))
        names = list(dict.fromkeys(self._names[one] for one in around if fits(self._names[one])))
        return names[0] if len(names) == 1 else None


def _keys(name: str) -> set[object]:
    """What names have in common that differ in case, endings, the order of words or their joints."""
    stems = _stems(name)
    return {"".join(_words(name)), tuple(sorted(stems))} if stems else {name}


def _words(name: str) -> list[str]:
    return _WORDS.findall(name.casefold())


def _stems(name: str) -> Words:
    return tuple(map(_stem, _words(name)))


def _stem(word: str) -> str:
    return _without_ending(word if word.endswith("ss") else _without_ending(word, _PLURALS), _ENDINGS)


def _without_ending(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, left in endings:
        stem = word.removesuffix(ending) + left
        if word.endswith(ending) and len(stem) >= _SHORTEST_STEM:
            return stem
    return word


def _letters_differ_little(name: str, other: str) -> bool:
    one, two = _words(name), _words(other)
    if len(one) != len(two):
        return _distance("".join(one), "".join(two)) <= 1 and "".join(one)[:1] == "".join(two)[:1]
    differing = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    return all(_is_misspelt(a, b) for a, b in differing) and sum(_distance(a, b) for a, b in differing) <= 2


def _is_misspelt(one: str, two: str) -> bool:
    """Whether a word is another one with a letter or two that are wrong, missing, or exchanged."""
    if _digits(one) != _digits(two):
        return False
    if sorted(one) == sorted(two):
        return _distance(one, two) == 1
    most = 2 if max(len(one), len(two)) >= _SHORTEST_FOR_TWO else 1
    return one[0] == two[0] and min(len(one), len(two)) >= _SHORTEST_MISSPELT and _distance(one, two) <= most


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _distance(one: str, two: str) -> int:
    from rapidfuzz.distance import OSA

    return OSA.distance(one, two)


def _parts(words: Words) -> Iterator[Words]:
    """The rows of words inside a row of words that can be a name, without the whole."""
    count = len(words)
    if count > _MOST_WORDS:
        return
    for first in range(count):
        for last in range(first + 1, count + 1):
            part = words[first:last]
            single = len(part) == 1 and (len(part[0]) < _SHORTEST_INSIDE or part[0] in _TOO_GENERAL)
            if part != words and not single:
                yield part


def _is_most_of(part: Words, words: Words) -> bool:
    """Whether a name is more than half of the other one; a smaller part says little."""
    return 2 * sum(map(len, part)) > sum(map(len, words))
