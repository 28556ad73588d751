"""How a plot is cut into parts where a page has not room for all of it."""

from collections.abc import Sequence
from itertools import pairwise

MOST_HEIGHT = 220.0
"""Height in millimetres of what fits on a page."""

Part = tuple[int, int]
"""The first row or column of a part, and the first of the next part."""


def parts_by_height(heights: Sequence[float], room: float) -> list[Part]:
    """Parts of rows that are about equally high.

    Args:
        heights: The height of each row.
        room: The height that a page has for them.

    Example:
        >>> parts_by_height([5, 5, 5, 5], 12), parts_by_height([5, 5], 12)
        ([(0, 2), (2, 4)], [(0, 2)])
    """
    number = max(1, -(-sum(heights) // room))
    wanted = sum(heights) / number
    parts, first, height = [], 0, 0.0
    for position, each in enumerate(heights):
        if position > first and (height + each > room or height >= wanted):
            parts.append((first, position))
            first, height = position, 0.0
        height += each
    return [*parts, (first, len(heights))]


def even_parts(number: int, most: int) -> list[Part]:
    """Parts of about equal size.

    Example:
        >>> even_parts(10, 4)
        [(0, 3), (3, 6), (6, 10)]
    """
    parts = -(-number // most)
    return list(pairwise(number * part // parts for part in range(parts + 1)))
