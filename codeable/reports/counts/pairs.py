"""The pairs of codes that occur together, strongest first, counted with sets of bits.

A source with 10,000 codes has 50 million pairs. Only those that are wanted become tuples; the others are
counted, by the strength that they share.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from codeable.reports.counts.occurrences import bit_set

Pair: TypeAlias = tuple[int, int, int]
"""Positions of two codes, the smaller first, and the number of units with both."""


def strongest_pairs(found: Sequence[frozenset[int]], counts: Sequence[int], most: int) -> list[Pair]:
    """The pairs of codes in most units; among those of equal number the ones that rarely occur apart.

    Args:
        found: For each unit, the positions of its codes.
        counts: For each code, the number of its units.
        most: The number of pairs that is wanted at most. Of pairs that are equal the first are taken.

    Returns:
        Pairs by number of units with both, largest first; then by c, largest first; then by position.

    Example:
        >>> strongest_pairs([frozenset({0, 1}), frozenset({0, 1, 2})], [2, 2, 1], 2)
        [(0, 1, 2), (0, 2, 1)]
    """
    matrix = _Matrix(found, counts)
    last, left = _last_level(matrix.numbers(), most)
    totals: Counter[int] = Counter()
    for _, total, codes in matrix.with_totals(last):
        totals[total] += codes.bit_count()
    last_total, left = _last_level(sorted(totals.items()), left)
    pairs = []
    for first in range(len(counts)):
        for both, codes in matrix.together(first).items():
            if both > last:
                pairs += [(first, second, both) for second in _members(codes, first + 1)]
    for first, total, codes in matrix.with_totals(last):
        if total <= last_total:
            most_of_these = left if total == last_total else None
            seconds = list(itertools.islice(_members(codes, first + 1), most_of_these))
            pairs += [(first, second, last) for second in seconds]
            if total == last_total:
                left -= len(seconds)
    pairs.sort(key=lambda pair: (-pair[2], counts[pair[0]] + counts[pair[1]], *pair[:2]))
    return pairs


def number_of_pairs(found: Sequence[frozenset[int]], counts: Sequence[int]) -> int:
    """The number of pairs of codes that occur together in a unit.

    Example:
        >>> number_of_pairs([frozenset({0, 1}), frozenset({0, 1, 2})], [2, 2, 1])
        3
    """
    return sum(number for _, number in _Matrix(found, counts).numbers())


def _last_level(levels: Iterable[tuple[int, int]], most: int) -> tuple[int, int]:
    """The level of the last pair that is wanted, and how many of that level are.

    Args:
        levels: Levels, the strongest first, each with the number of its pairs.
        most: The number of pairs that is wanted.
    """
    level = number = 0
    for level, number in levels:
        if number >= most:
            return level, most
        most -= number
    return level, number


class _Matrix:
    """Which codes occur together, a code at a time. Bit k stands for the code k + 1 positions behind it."""

    def __init__(self, found: Sequence[frozenset[int]], counts: Sequence[int]) -> None:
        self._counts = counts
        self._bits = [bit_set(codes) for codes in found]
        self._units: list[list[int]] = [[] for _ in counts]
        for unit, codes in enumerate(found):
            for code in codes:
                self._units[code].append(unit)
        self._by_count = {
            count: bit_set([code for code, each in enumerate(counts) if each == count])
            for count in sorted(set(counts) - {0})
        }

    def together(self, first: int) -> dict[int, int]:
        """Number of units → the codes behind a code that share so many units with it."""
        # A binary counter for each code, all at once: plane p has the bits of value 2 ** p.
        planes: list[int] = []
        for unit in self._units[first]:
            carry = self._bits[unit] >> first + 1
            for place, plane in enumerate(planes):
                if not carry:
                    break
                planes[place], carry = plane ^ carry, plane & carry
            if carry:
                planes.append(carry)
        found = {0: 0}
        for plane in planes:
            found[0] |= plane
        for place, plane in enumerate(planes):
            split = {both: codes & ~plane for both, codes in found.items()}
            split |= {both + 2**place: codes & plane for both, codes in found.items()}
            found = {both: codes for both, codes in split.items() if codes}
        return found if planes else {}

    def numbers(self) -> list[tuple[int, int]]:
        """Number of units → the number of pairs that are together in so many; most units first."""
        found: Counter[int] = Counter()
        for first in range(len(self._counts)):
            for both, codes in self.together(first).items():
                found[both] += codes.bit_count()
        return sorted(found.items(), reverse=True)

    def with_totals(self, both: int) -> Iterator[tuple[int, int, int]]:
        """The pairs that are together in so many units, by how many units one code and the other have.

        Yields:
            A code, its units plus those of the others, and the others as bits.
        """
        for first, units in enumerate(self._counts):
            codes = self.together(first).get(both, 0)
            for count, with_count in self._by_count.items() if codes else ():
                chosen = codes & with_count >> first + 1
                if chosen:
                    yield first, units + count, chosen


def _members(bits: int, first: int) -> Iterator[int]:
    """The members of a set of bits, whose lowest bit stands for a number."""
    while bits:
        lowest = bits & -bits
        yield first + lowest.bit_length() - 1
        bits ^= lowest
