"""The stepped heads of a force matrix: each name on lines of its own, a leader down to its column.

The name of the leftmost column is the lowest; each name stands left of its leader, above the leaders of the
columns before it, so that nothing crosses. Called by `matrix`.
"""

from collections.abc import Callable, Mapping, Sequence
from math import inf

from attrs import field, frozen

from codeable.diagrams.rails.boxes import FilledBox
from codeable.diagrams.rails.matrix_style import matrix_style
from codeable.diagrams.rails.scene import Item, Polyline, TextLine
from codeable.diagrams.rails.setting import Setting

_TO_LEADER, _NEAREST_TO_LEADER = 3.0, 1.0
_TO_BAR = 8.0
_TO_CELLS = 3.0
_BELOW_BAR = 4.0
_LEAST_LEFT = 22.0
"""Room for the trunk and the numbers, into which no name reaches."""
_NARROWEST_BAR = 0.45
"""Of the width of the rails."""
_NOT_ALIGNED = 6.0
"""Points of height that a bar costs which is not as wide as rails or figure."""
_EMPTY = 0.3
"""Points of height that each point between bar and rails costs: the trunk would be a long bare line."""
_MOST_MORE_LINES = 1.5
"""Lines of the question that a narrow bar has more than one as wide as the figure, rounded down."""
_MOST_HIGHER = 1.4
"""A bar of many lines (contexts, names of sources) may be narrow where it is no higher than so many times."""


@frozen
class _Head:
    """The name of one column: its lines, where they start, and how far above the cells they end and begin."""

    key: str
    lines: tuple[str, ...]
    leader: float
    left: float
    low: float
    high: float


@frozen
class Heads:
    """The heads of a matrix, and the bar that is at the left of them or above.

    Attributes:
        height: From the upper end of the figure to the cells.
        bar_width: Width of the bar.
        bar_top: Its upper side.
        below_bar: From its lower side to the cells.
    """

    height: float
    bar_width: float
    bar_top: float
    below_bar: float
    _setting: Setting = field(repr=False)
    _heads: tuple[_Head, ...] = field(repr=False)

    def items(self, prefix: str) -> list[Item]:
        """The names and leaders."""
        sizes, style = self._setting.sizes, self._setting.style
        leader = matrix_style(style).leader
        items: list[Item] = []
        for head in self._heads:
            name = f"{prefix}.head.{head.key}"
            top = self.height - head.high
            points = ((head.leader, top + 1), (head.leader, self.height + sizes.gap / 2))
            items.append(Polyline(f"{name}.leader", points, leader))
            for number, line in enumerate(head.lines):
                middle = top + (number + 0.5) * sizes.small_line
                # To Graphviz small letters are wider than they are: a text at the right would end too early.
                # In a PDF they are wider, too, and must not reach the leader.
                width = self._setting.setter.width(line, sizes.small)
                on_paper = width * self._setting.setter.on_paper
                left = head.leader - max(_TO_LEADER + width, _NEAREST_TO_LEADER + on_paper)
                items.append(TextLine(f"{name}.{number}", left, middle, width, line, sizes.small, style.text))
        return items


def place_heads(
    setting: Setting,
    names: Mapping[str, str],
    leaders: Sequence[float],
    rails: float,
    bar_of: Callable[[float], FilledBox],
) -> Heads | None:
    """The heads and the bar in about the least height; None where a word is wider than its room.

    Args:
        setting: The content and its fonts.
        names: Identifier → name of each force, in the order of the columns.
        leaders: The middle of each column.
        rails: The width of the rails.
        bar_of: The bar of a width.
    """
    heads = _heads(setting, names, leaders)
    if heads is None:
        return None
    flat = bar_of(setting.width)
    if flat.excess > 0:
        return None
    most = max(flat.height + _MOST_MORE_LINES * setting.sizes.name_line, flat.height * _MOST_HIGHER)
    widths = {setting.width, rails, *(head.left - _TO_BAR for head in heads)}
    best = inf
    found: Heads | None = None
    for width in sorted((each for each in widths if each >= _NARROWEST_BAR * rails), reverse=True):
        box = bar_of(width)
        bar = box.height
        if box.excess > 0 or bar > most:
            break  # a narrower one is as high or higher
        aligned = width in (rails, setting.width)
        for at_bottom in (True, False):
            height = _height(heads, bar, width, at_bottom=at_bottom)
            if height is None:
                continue
            top = height - bar if at_bottom else 0.0
            price = height + (0.0 if aligned else _NOT_ALIGNED) + _EMPTY * (height - bar - top)
            if price < best:
                best = price
                found = Heads(height, width, top, height - bar - top, setting, heads)
    return found


def _height(heads: Sequence[_Head], bar: float, width: float, *, at_bottom: bool) -> float | None:
    """The height of heads and bar, when the bar is directly above the rails or at the upper end."""
    in_the_way = [head for head in heads if head.left < width + _TO_BAR]
    least = max(heads[-1].high, bar)
    if at_bottom:
        return None if any(head.low < bar for head in in_the_way) else least
    return max(least, bar + max((head.high for head in in_the_way), default=0.0) + _BELOW_BAR)


def _heads(setting: Setting, names: Mapping[str, str], leaders: Sequence[float]) -> tuple[_Head, ...] | None:
    size = setting.sizes.small
    heads: list[_Head] = []
    low = _TO_CELLS
    for (key, name), leader in zip(names.items(), leaders, strict=True):
        room = leader - _TO_LEADER - _LEAST_LEFT
        if setting.setter.widest_word(name, size) > room:
            return None
        lines = setting.setter.lines(name, room, size)
        widest = max(setting.setter.width(line, size) for line in lines) * setting.setter.on_paper
        high = low + len(lines) * setting.sizes.small_line
        heads.append(_Head(key, lines, leader, leader - _TO_LEADER - widest, low, high))
        low = high
    return tuple(heads)
