"""The words of passages, and which word of a text is which of another one.

By their words passages of two notes are the same, whatever their marks and line ends. Long texts are aligned
at runs that both have once.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"[^\W_]+")
_RUN = 6
"""A run of so many words that each text has once is the same place in both."""


def words_of(text: str) -> tuple[str, ...]:
    r"""The words of a text, in lower case; of a text without words its other signs.

    Example:
        >>> words_of("We use **two**\nevent-buses …"), words_of("→ !")
        (('we', 'use', 'two', 'event', 'buses'), ('→', '!'))
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(_WORD.findall(folded)) or tuple(folded.split())


def alignment(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Which word of a text is which of another one: positions in both, in order.

    Example:
        >>> alignment("we do use a bus".split(), "we use one bus".split())
        {0: 0, 2: 1, 4: 3}
    """
    if one == other:
        return {place: place for place in range(len(one))}
    found: dict[int, int] = {}
    first = second = 0
    end = len(one), len(other)
    for place, its_place in [*_anchors(one, other), end]:
        if first < place and second < its_place:
            matcher = SequenceMatcher(None, one[first:place], other[second:its_place], autojunk=False)
            for block in matcher.get_matching_blocks():
                for step in range(block.size):
                    found[first + block.a + step] = second + block.b + step
        if (place, its_place) != end:
            found[place] = its_place
        first, second = place + 1, its_place + 1
    return found


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The most places of runs that are in the same order in both texts (longest increasing subsequence)."""
    places, its_places = _runs_there_once(one), _runs_there_once(other)
    pairs = [(place, its_places[run]) for run, place in places.items() if run in its_places]
    ends: list[int] = []
    chains: list[int] = []
    before: list[int | None] = []
    for number, (_, its_place) in enumerate(pairs):
        length = bisect_left(ends, its_place)
        before.append(chains[length - 1] if length else None)
        ends[length : length + 1] = [its_place]
        chains[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    last = chains[-1] if chains else None
    while last is not None:
        chain.append(pairs[last])
        last = before[last]
    return chain[::-1]


def _runs_there_once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Run → where it begins, in order."""
    found: dict[tuple[str, ...], int | None] = {}
    for place in range(len(words) - _RUN + 1):
        run = tuple(words[place : place + _RUN])
        found[run] = None if run in found else place
    return {run: place for run, place in found.items() if place is not None}
