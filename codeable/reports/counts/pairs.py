"""The pairs of codes that occur together, strongest first, counted with sets of bits.

A source with 10,000 codes has 50 million pairs. All are counted, and those that may be wanted listed.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeAlias

from codeable.reports.counts.occurrences import bit_set

Pair: TypeAlias = tuple[int, int, int]
"""Positions of two codes, the smaller first, and the number of units with both."""


def strongest_pairs(
    found: Sequence[frozenset[int]], counts: Sequence[int], most: int
) -> tuple[list[Pair], int]:
    """The pairs of codes in most units; among those of equal number the ones that rarely occur apart.

    Args:
        found: For each unit, the positions of its codes.
        counts: For each code, the number of its units.
        most: The number of pairs that is wanted at most. Of pairs that are equal the first are taken.

    Returns:
        Pairs by number of units with both, largest first; then by c, largest first; then by position. And the
        number of all pairs that occur together.

    Example:
        >>> strongest_pairs([frozenset({0, 1}), frozenset({0, 1, 2})], [2, 2, 1], 2)
        ([(0, 1, 2), (0, 2, 1)], 3)
    """

    @cache
    def rarer(limit: int) -> int:
        """The codes in fewer units."""
        return bit_set([code for code, count in enumerate(counts) if count < limit])

    units: list[list[int]] = [[] for _ in counts]
    for codes in found:
        bits = bit_set(codes)
        for code in codes:
            units[code].append(bits)
    number = last_both = last_total = (
        0  # the last are of the weakest pair that is wanted, once there are enough
    )
    pairs: list[tuple[int, int, int, int]] = []
    for first, of_first in enumerate(units):
        for both, others in _together([bits >> first + 1 for bits in of_first]).items():
            number += others.bit_count()
            if both == last_both:  # of equal pairs, those that were found before come first
                others &= rarer(last_total - counts[first]) >> first + 1
            if both >= last_both:
                seconds = _members(others, first + 1)
                pairs += [(-both, counts[first] + counts[second], first, second) for second in seconds]
        if len(pairs) >= 2 * most:
            pairs = sorted(pairs)[:most]
            last_both, last_total = -pairs[-1][0], pairs[-1][1]
    return [(first, second, -both) for both, _, first, second in sorted(pairs)[:most]], number


def _together(units: Sequence[int]) -> dict[int, int]:
    """Number of units → the codes that are in so many of these units, as bits; without those in none.

    Example:
        >>> sorted(_together([0b011, 0b110]).items())
        [(1, 5), (2, 2)]
    """
    # A binary counter for each code, all at once: plane p has the bits of value 2 ** p.
    planes: list[int] = []
    for carry in units:
        for place, plane in enumerate(planes):
            planes[place], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    found = {0: -1}
    for place, plane in enumerate(planes):
        found = {
            both + bit: codes & kept
            for both, codes in found.items()
            for bit, kept in ((0, ~plane), (1 << place, plane))
            if codes & kept
        }
    del found[0]  # no code is in none of them, but for those that do not exist
    return found


def _members(bits: int, first: int) -> Iterator[int]:
    """The members of a set of bits, whose lowest bit stands for a number."""
    while bits:
        lowest = bits & -bits
        yield first + lowest.bit_length() - 1
        bits ^= lowest
