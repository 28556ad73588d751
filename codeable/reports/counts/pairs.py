"""The pairs of codes that occur together, strongest first, counted with sets of bits.

A source with 10,000 codes has 50 million pairs. Only those that are wanted become tuples; the others are
counted, by the strength that they share.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
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
    numbers: Counter[tuple[int, int]] = Counter()
    for first in range(len(counts)):
        for both, total, codes in matrix.levels(first):
            numbers[-both, total] += codes.bit_count()
    left = most
    wanted: dict[tuple[int, int], int] = {}
    for level in sorted(numbers):
        wanted[level] = min(left, numbers[level])
        left -= wanted[level]
    pairs = []
    for first in range(len(counts)):
        for both, total, codes in matrix.levels(first):
            level = -both, total
            for second in _members(codes, first + 1, wanted[level]):
                wanted[level] -= 1
                pairs.append((first, second, both))
    pairs.sort(key=lambda pair: (-pair[2], counts[pair[0]] + counts[pair[1]], *pair[:2]))
    return pairs


def number_of_pairs(found: Sequence[frozenset[int]], counts: Sequence[int]) -> int:
    """The number of pairs of codes that occur together in a unit.

    Example:
        >>> number_of_pairs([frozenset({0, 1}), frozenset({0, 1, 2})], [2, 2, 1])
        3
    """
    matrix = _Matrix(found, counts)
    return sum(codes.bit_count() for first in range(len(counts)) for codes in matrix.together(first).values())


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

    def levels(self, first: int) -> Iterator[tuple[int, int, int]]:
        """The same codes by strength: units with both, units of one plus units of the other, the codes."""
        for both, codes in self.together(first).items():
            for count, with_count in self._by_count.items():
                chosen = codes & with_count >> first + 1 if count >= both else 0
                if chosen:
                    yield both, self._counts[first] + count, chosen


def _members(bits: int, first: int, most: int) -> Iterator[int]:
    """The first members of a set of bits, whose lowest bit stands for a number."""
    while bits and most:
        lowest = bits & -bits
        yield first + lowest.bit_length() - 1
        bits ^= lowest
        most -= 1
