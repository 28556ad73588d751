"""A drawing with its positions: boxes, lines of text and lines, in points from the upper left corner.

`arrangement` makes it, `scene_dot` writes it.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from attrs import field, frozen

from codeable.diagrams.styles import EdgeStyle, NodeStyle

INNER_BORDER = 2.2
"""From the outer to the inner border of a box with two borders, in points."""

Alignment = Literal["left", "center", "right"]


class Box(NamedTuple):
    """A box. A named tuple, because a figure has hundreds of items and an attrs class is slow.

    Attributes:
        identifier: Unique in the figure.
        left: Its left side.
        top: Its upper side.
        width: Its width.
        height: Its height.
        style: Shape, fill and border.
        url: Target of a click; None for no target.
        tooltip: What a reader sees who points at it.
    """

    identifier: str
    left: float
    top: float
    width: float
    height: float
    style: NodeStyle
    url: str | None = None
    tooltip: str = ""


class TextLine(NamedTuple):
    """One line of text.

    Attributes:
        identifier: Unique in the figure.
        left: Left side of the room for it.
        middle: The height of its middle.
        width: Width of the room for it.
        text: The line.
        size: Size of the font.
        color: Its colour.
        bold: Whether it is bold.
        align: Where it stands in its room.
        url: Target of a click; None for no target.
        tooltip: What a reader sees who points at it.
    """

    identifier: str
    left: float
    middle: float
    width: float
    text: str
    size: float
    color: str
    bold: bool = False
    align: Alignment = "left"
    url: str | None = None
    tooltip: str = ""


class Polyline(NamedTuple):
    """A line with straight parts.

    Attributes:
        identifier: Unique in the figure.
        points: Its points (x, y), from its start to the tip of its arrow.
        style: Its line and its ends.
    """

    identifier: str
    points: tuple[tuple[float, float], ...]
    style: EdgeStyle


Item = Box | TextLine | Polyline


@frozen
class Scene:
    """A drawing. What comes later lies above what comes before; lines lie below everything else."""

    width: float
    height: float
    items: tuple[Item, ...] = field(repr=False)

    def moved(self, right: float, down: float) -> tuple[Item, ...]:
        """Its items at another place."""
        if not right and not down:
            return self.items
        return tuple(_moved(item, right, down) for item in self.items)

    def scaled(self, factor: float) -> "Scene":
        """The drawing with everything but its lines made smaller or larger."""
        if factor == 1:
            return self
        items = tuple(_scaled(item, factor) for item in self.items)
        return Scene(self.width * factor, self.height * factor, items)


def beside(scenes: Iterable[Scene], gap: float) -> Scene:
    """Drawings side by side."""
    items: list[Item] = []
    left = height = 0.0
    for scene in scenes:
        items += scene.moved(left, 0)
        left += scene.width + gap
        height = max(height, scene.height)
    return Scene(left - gap, height, tuple(items))


def stacked(scenes: Iterable[Scene], gap: float) -> Scene:
    """Drawings below each other."""
    items: list[Item] = []
    top = width = 0.0
    for scene in scenes:
        items += scene.moved(0, top)
        top += scene.height + gap
        width = max(width, scene.width)
    return Scene(width, top - gap, tuple(items))


def _moved(item: Item, right: float, down: float) -> Item:
    """The item elsewhere. It is made anew: `_replace` is slow, and there are many."""
    if isinstance(item, Box):
        return Box(item.identifier, item.left + right, item.top + down, *item[3:])
    if isinstance(item, TextLine):
        return TextLine(item.identifier, item.left + right, item.middle + down, *item[3:])
    return item._replace(points=tuple((x + right, y + down) for x, y in item.points))


def _scaled(item: Item, factor: float) -> Item:
    if isinstance(item, Polyline):
        return item._replace(points=tuple((x * factor, y * factor) for x, y in item.points))
    if isinstance(item, TextLine):
        middle, size = item.middle * factor, item.size * factor
        return item._replace(left=item.left * factor, middle=middle, width=item.width * factor, size=size)
    left, top = item.left * factor, item.top * factor
    return item._replace(left=left, top=top, width=item.width * factor, height=item.height * factor)
