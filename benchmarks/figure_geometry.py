"""What a finished SVG shows, measured by geometry: it knows nothing of the code that made the figure.

Lengths are in points on paper; y grows downwards.
"""

from __future__ import annotations

import math
import re
import subprocess
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from attrs import field, frozen
from lxml import etree
from PIL import ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Point = tuple[float, float]

MM_PER_POINT = 25.4 / 72
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_STEPS = 12
"""Straight parts by which one part of a curve is replaced."""
TOUCH = 9.0
"""From the end of a line to the border of the box that it leads to, at most: an arrowhead is between."""
_JOINED = 2.5


class Rectangle(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Rectangle:
        """The same with a margin."""
        return Rectangle(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def has(self, point: Point) -> bool:
        """Whether a point is in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def overlap(self, other: Rectangle) -> float:
        """The area that both have."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    @property
    def area(self) -> float:
        """Its area."""
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def middle(self) -> Point:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@frozen
class Word:
    """One text element.

    Attributes:
        text: The text.
        size: Size of its font.
        bold: Whether it is bold.
        ink: What its letters cover, from the top of capitals to the lower end of small letters.
    """

    text: str
    size: float
    bold: bool
    ink: Rectangle


@frozen
class Stroke:
    """A line or arrow.

    Attributes:
        points: Its points, curves in short straight parts.
        heads: The corners of its arrowheads.
    """

    points: tuple[Point, ...] = field(repr=False)
    heads: tuple[Point, ...] = field(repr=False, default=())

    @cached_property
    def bounds(self) -> Rectangle:
        """The rectangle that it lies in."""
        return _bounds((*self.points, *self.heads))

    @cached_property
    def dots(self) -> tuple[np.ndarray, np.ndarray]:
        """Points on it and on its arrowheads, not more than half a point from each other: x and y."""
        parts = [*pairwise(self.points), *pairwise((*self.heads, *self.heads[:1]))]
        across, down = [], []
        for start, end in parts:
            steps = math.ceil(2 * math.dist(start, end)) + 1
            across.append(np.linspace(start[0], end[0], steps))
            down.append(np.linspace(start[1], end[1], steps))
        return np.concatenate(across), np.concatenate(down)

    @property
    def ends(self) -> tuple[Point, Point]:
        """Its start and its end."""
        return self.points[0], self.points[-1]

    @property
    def tips(self) -> tuple[Point, ...]:
        """Its ends and its arrowheads."""
        return (*self.ends, *self.heads)


@frozen
class Picture:
    """A figure.

    Attributes:
        width: Its width.
        height: Its height.
        texts: Its texts in the order of the file.
        boxes: The closed shapes with a border.
        strokes: Its lines and arrows.
    """

    width: float
    height: float
    texts: tuple[Word, ...] = field(repr=False)
    boxes: tuple[Rectangle, ...] = field(repr=False)
    strokes: tuple[Stroke, ...] = field(repr=False)

    @property
    def smallest_text(self) -> float:
        """The size of its smallest text."""
        return min((text.size for text in self.texts), default=math.inf)


def read_picture(path: Path) -> Picture:
    """Read an SVG that Graphviz wrote.

    Args:
        path: The file.
    """
    root = etree.parse(path).getroot()
    scale, left, top = _frame(root)
    texts, boxes, strokes = [], [], []
    for group in root.iter("{*}g"):
        kind = group.get("class")
        if kind == "graph":
            factor, shift = _moved(group)
            place = _Place(scale * factor, shift[0] - left / factor, shift[1] - top / factor)
        elif kind not in ("node", "edge"):
            continue
        children = [
            each
            for each in group.iter("{*}text", "{*}polygon", "{*}path", "{*}polyline", "{*}ellipse")
            if next(each.iterancestors("{*}g"), None) is group or kind != "graph"
        ]
        texts += [_word(each, place) for each in children if each.tag.endswith("}text")]
        shapes = [each for each in children if not each.tag.endswith("}text")]
        if kind == "edge":
            strokes += _edge(shapes, place)
        elif kind == "node":
            closed, lines = _node(shapes, place)
            boxes += closed
            strokes += lines
    width, height = (_length(root.get(side)) for side in ("width", "height"))
    return Picture(width, height, tuple(texts), tuple(boxes), tuple(strokes))


class _Place(NamedTuple):
    scale: float
    right: float
    down: float

    def one(self, point: Point) -> Point:
        return (point[0] + self.right) * self.scale, (point[1] + self.down) * self.scale

    def all(self, points: Sequence[Point]) -> tuple[Point, ...]:
        return tuple(map(self.one, points))


def _frame(root: etree._Element) -> tuple[float, float, float]:
    left, top, width, _ = map(float, _NUMBERS.findall(root.get("viewBox")))
    return _length(root.get("width")) / width, left, top


def _length(text: str) -> float:
    number = float(_NUMBERS.findall(text)[0])
    return number / MM_PER_POINT if text.endswith("mm") else number * (1 if text.endswith("pt") else 0.75)


def _moved(group: etree._Element) -> tuple[float, Point]:
    """The scale and the move of a graph."""
    done = group.get("transform", "")
    scale, move = (re.search(rf"{name}\(([^)]*)\)", done) for name in ("scale", "translate"))
    x, y = map(float, _NUMBERS.findall(move[1])) if move else (0.0, 0.0)
    return float(_NUMBERS.findall(scale[1])[0]) if scale else 1.0, (x, y)


def _outline(shape: etree._Element) -> list[Point]:
    if shape.tag.endswith("}ellipse"):
        x, y, wide, high = (float(shape.get(name)) for name in ("cx", "cy", "rx", "ry"))
        return [(x - wide, y - high), (x + wide, y + high)]
    numbers = list(map(float, _NUMBERS.findall(shape.get("points") or shape.get("d"))))
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return list(_curve(points)) if shape.tag.endswith("}path") else points


def _curve(points: Sequence[Point]) -> Iterator[Point]:
    yield points[0]
    for start in range(0, len(points) - 3, 3):
        a, b, c, d = points[start : start + 4]
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            u = 1 - t
            yield (
                u**3 * a[0] + 3 * u * u * t * b[0] + 3 * u * t * t * c[0] + t**3 * d[0],
                u**3 * a[1] + 3 * u * u * t * b[1] + 3 * u * t * t * c[1] + t**3 * d[1],
            )


def _edge(shapes: Sequence[etree._Element], place: _Place) -> Iterator[Stroke]:
    heads: list[Point] = []
    lines = []
    for each in shapes:
        points = place.all(_outline(each))
        if each.tag.endswith("}path"):
            lines.append(points)
        else:
            heads += points
    yield from (Stroke(points, tuple(heads)) for points in lines)


def _node(shapes: Sequence[etree._Element], place: _Place) -> tuple[list[Rectangle], list[Stroke]]:
    """The boxes of a node; if it has none, its lines, such as the rail below the text of an option."""
    drawn = [
        (each.tag.endswith("}polyline"), place.all(_outline(each)))
        for each in shapes
        if each.get("stroke") not in (None, "none", "transparent")
    ]
    boxes = [_bounds(points) for is_line, points in drawn if not is_line]
    return boxes, [] if boxes else [Stroke(points) for is_line, points in drawn if is_line]


def _bounds(points: Sequence[Point]) -> Rectangle:
    across, down = zip(*points, strict=True)
    return Rectangle(min(across), min(down), max(across), max(down))


def _word(element: etree._Element, place: _Place) -> Word:
    text = "".join(element.itertext())
    size = float(element.get("font-size", "14")) * place.scale
    bold = element.get("font-weight") == "bold"
    given = element.get("textLength")
    width = float(given) * place.scale if given else _width(element.get("font-family", ""), bold, text) * size
    x, y = place.one((float(element.get("x")), float(element.get("y"))))
    x -= {"middle": width / 2, "end": width}.get(element.get("text-anchor", "start"), 0.0)
    return Word(text, size, bold, Rectangle(x, y - 0.72 * size, x + width, y + 0.2 * size))


def _width(family: str, bold: bool, text: str) -> float:
    return _font(family, bold).getlength(text) / 100


@cache
def _font(family: str, bold: bool) -> ImageFont.FreeTypeFont:
    """The font that a reader's machine takes for the family."""
    pattern = family.split(",")[0] + (":bold" if bold else "")
    file = subprocess.run(["fc-match", "-f", "%{file}", pattern], capture_output=True, text=True, check=True)
    return ImageFont.truetype(file.stdout, 100)


def distance(ink: Rectangle, stroke: Stroke) -> float:
    """From a text to a line or its arrowheads, exact to half a point; 0 where they meet."""
    across, down = stroke.dots
    beside = np.maximum(np.maximum(ink.left - across, across - ink.right), 0)
    above = np.maximum(np.maximum(ink.top - down, down - ink.bottom), 0)
    return float(np.sqrt(beside**2 + above**2).min())


def cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> Point | None:
    """Where two straight parts cross; None for nowhere, or for parallel ones."""
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = other
    across = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if abs(across) < 1e-9:
        return None
    t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / across
    u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / across
    return (ax + t * (bx - ax), ay + t * (by - ay)) if 0 <= t <= 1 and 0 <= u <= 1 else None


def crossings(strokes: Sequence[Stroke]) -> int:
    """Pairs of lines that cross at a place where neither ends."""
    found = 0
    for number, one in enumerate(strokes):
        for other in strokes[number + 1 :]:
            if not one.bounds.grown(1).overlap(other.bounds.grown(1)):
                continue
            ends = (*one.ends, *other.ends)
            places = (
                cross(a, b) for a in pairwise(one.points) for b in pairwise(other.points) if _may_meet(a, b)
            )
            found += any(
                place is not None and min(math.dist(place, end) for end in ends) > _JOINED for place in places
            )
    return found


def _may_meet(a: tuple[Point, Point], b: tuple[Point, Point]) -> bool:
    return all(
        max(a[0][axis], a[1][axis]) >= min(b[0][axis], b[1][axis])
        and max(b[0][axis], b[1][axis]) >= min(a[0][axis], a[1][axis])
        for axis in (0, 1)
    )


def chains(strokes: Sequence[Stroke], boxes: Sequence[Rectangle]) -> list[frozenset[int]]:
    """For each line the numbers of those that continue it, such as the rail below a text between two arrows.

    Lines that meet at a box do not continue each other.
    """
    groups = [{number} for number in range(len(strokes))]
    free = [[end for end in each.ends if not any(at_border(end, box) for box in boxes)] for each in strokes]
    for one in range(len(strokes)):
        for other in range(one):
            meet = any(math.dist(a, b) <= _JOINED for a in free[one] for b in free[other])
            if meet and groups[one] is not groups[other]:
                groups[one] |= groups[other]
                for number in groups[other]:
                    groups[number] = groups[one]
    return [frozenset(group) for group in groups]


def at_border(point: Point, box: Rectangle) -> bool:
    """Whether a line that ends here leads to the box."""
    return box.grown(TOUCH).has(point) and not box.grown(-TOUCH).has(point)
