"""Where the lines, texts and boxes of an SVG of ours are, in points, y downwards."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from lxml import etree

Point = tuple[float, float]
Piece = tuple[Point, Point]
_NUMBER = re.compile(r"-?\d+\.?\d*")
_LETTER = 0.55


class Box(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def distance(self, line: list[Piece]) -> float:
        """The shortest way from this box to a line; 0 where it crosses the box."""
        return min(self._away(_between(piece, part / 8)) for piece in line for part in range(9))

    def _away(self, point: Point) -> float:
        aside = max(self.left - point[0], 0.0, point[0] - self.right)
        above = max(self.top - point[1], 0.0, point[1] - self.bottom)
        return float((aside**2 + above**2) ** 0.5)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest rectangle with these in it."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


class Picture:
    """The parts of a picture: id of a group without that of the figure → its lines, box and texts."""

    def __init__(self, svg: bytes) -> None:
        self.lines: dict[str, list[Piece]] = {}
        self.boxes: dict[str, Box] = {}
        self.texts: dict[str, list[tuple[str, Box]]] = {}
        for group in etree.fromstring(svg).iter("{*}g"):
            name = group.get("id", "").split(".", 2)[-1]
            if group.get("class") not in ("node", "edge"):
                continue
            self.texts[name] = [_text(each) for each in group.iter("{*}text")]
            strokes = [*_strokes(group)]
            if group.get("class") == "edge" or strokes:
                self.lines.setdefault(name.removesuffix(".text").removesuffix(".end"), []).extend(strokes)
            for shape in (*group.iter("{*}polygon"), *group.iter("{*}path"), *group.iter("{*}ellipse")):
                if group.get("class") == "node" and not strokes:
                    self.boxes.setdefault(name, _around(_points(shape)))

    def box(self, text: str) -> Box:
        """The box that shows this text."""
        (found,) = (name for name, texts in self.texts.items() if text in [each for each, _ in texts])
        return self.boxes[found]

    def crossings(self) -> list[tuple[str, str]]:
        """The pairs of arrows that cross, each twice if they do so twice."""
        return [
            (one, other)
            for one, other in combinations(self.lines, 2)
            for first in self.lines[one]
            for second in self.lines[other]
            if _cross(first, second)
        ]


def _text(element: etree._Element) -> tuple[str, Box]:
    text = "".join(element.itertext())
    size, x, y = (float(element.get(name, 0)) for name in ("font-size", "x", "y"))
    width = len(text) * size * _LETTER
    left = x - width / 2 if element.get("text-anchor") == "middle" else x
    return text, Box(left, y - 0.75 * size, left + width, y + 0.21 * size)


def _strokes(group: etree._Element) -> Iterator[Piece]:
    """The pieces of the lines of an arrow, curves as chains of short pieces; arrowheads excepted."""
    for line in group.iter("{*}polyline"):
        if group.get("class") == "node":
            yield from pairwise(_points(line))
    for path in group.iter("{*}path"):
        if group.get("class") == "edge":
            points = _points(path)
            for at in range(0, len(points) - 3, 3):
                curve = [_bezier(points[at : at + 4], step / 16) for step in range(17)]
                yield from pairwise(curve)


def _points(shape: etree._Element) -> list[Point]:
    if shape.get("points") is None and shape.get("d") is None:
        x, y, rx, ry = (float(shape.get(name, 0)) for name in ("cx", "cy", "rx", "ry"))
        return [(x - rx, y - ry), (x + rx, y + ry)]
    numbers = [float(each) for each in _NUMBER.findall(shape.get("points") or shape.get("d") or "")]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _around(points: list[Point]) -> Box:
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))


def _bezier(points: list[Point], at: float) -> Point:
    while len(points) > 1:
        points = [_between(pair, at) for pair in pairwise(points)]
    return points[0]


def _between(piece: Piece, at: float) -> Point:
    (left, top), (right, bottom) = piece
    return left + (right - left) * at, top + (bottom - top) * at


def _cross(one: Piece, other: Piece) -> bool:
    def side(piece: Piece, point: Point) -> float:
        (x, y), (to_x, to_y) = piece
        return (to_x - x) * (point[1] - y) - (to_y - y) * (point[0] - x)

    return (
        side(one, other[0]) * side(one, other[1]) < -1e-9
        and side(other, one[0]) * side(other, one[1]) < -1e-9
    )
