"""Cuts the options of a decision into parts, each for a page of its own. Called by `arrangement`."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from math import inf
from typing import NamedTuple

Cuts = tuple[range, ...]
"""The positions of the options in each part."""

Height = Callable[[int, int], float]
"""The height of a part in points: with the options from a position up to, but without, another one.

It grows with each option.
"""

FULL_ENOUGH = 2 / 3
"""Part of a page."""
_UNCERTAIN = 1.08
"""A part is filled more, because its height is only about known."""
_TRIES = 8


def cut(count: int, height: Height, page: float) -> Cuts:
    """Cut into as few parts as pages are needed, each but the last at least two thirds full.

    Among these cuts it takes the most even one. An option that is higher than a page has its own part.

    Args:
        count: Number of options.
        height: Height of a part.
        page: Height of a page.

    Example:
        >>> cut(10, lambda first, last: 10.0 * (last - first), 80)
        (range(0, 6), range(6, 10))
    """
    fullest = _filled(count, height, page)
    if len(fullest) == 1:
        return fullest
    least = page * FULL_ENOUGH * _UNCERTAIN
    for step in range(_TRIES):
        limit = least + (page - least) * step / _TRIES
        cuts = _filled(count, height, limit)
        if len(cuts) == len(fullest) and all(height(part.start, part.stop) >= least for part in cuts[:-1]):
            return cuts
    return fullest


def cut_into(count: int, height: Height, parts: int) -> Cuts:
    """Cut into a number of parts of heights as even as possible; never more parts than options.

    Example:
        >>> cut_into(7, lambda first, last: 10.0 * (last - first), 3)
        (range(0, 3), range(3, 5), range(5, 7))
    """
    best = [_Best(height(0, end) ** 2, (range(end),)) for end in range(count + 1)]
    for made in range(1, min(parts, count)):
        best = [_with_part(best, made, end, height) for end in range(count + 1)]
    return best[count].cuts


class _Best(NamedTuple):
    """The most even cuts of the first options, and the sum of the squares of their heights."""

    squares: float
    cuts: Cuts


def _with_part(best: Sequence[_Best], made: int, end: int, height: Height) -> _Best:
    """The most even cuts up to an option with one part more, given the best with the parts made so far."""
    found = _Best(inf, ())
    for start in reversed(range(made, end)):
        last = height(start, end) ** 2
        if found.cuts and last >= found.squares:  # with more options in it, the last part is higher still
            break
        squares = best[start].squares + last
        if not found.cuts or squares < found.squares:
            found = _Best(squares, (*best[start].cuts, range(start, end)))
    return found


def moved(cuts: Cuts, number: int, options: int) -> Cuts:
    """The cuts with the end of a part moved by some options, into the next part or back.

    Example:
        >>> moved((range(0, 6), range(6, 10)), 0, -1)
        (range(0, 5), range(5, 10))
    """
    end = cuts[number].stop + options
    parts = range(cuts[number].start, end), range(end, cuts[number + 1].stop)
    return (*cuts[:number], *parts, *cuts[number + 2 :])


def _filled(count: int, height: Height, limit: float) -> Cuts:
    """Parts that are each filled up to a height."""
    cuts = []
    start = 0
    while start < count:
        ends = range(start + 1, count + 1)
        fitting = bisect_right(ends, limit, key=partial(height, start))
        end = ends[max(fitting - 1, 0)]
        cuts.append(range(start, end))
        start = end
    return tuple(cuts) or (range(0),)
