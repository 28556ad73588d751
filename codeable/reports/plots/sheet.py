"""What a plot consists of: tiles, lines, areas and texts, in millimetres from the top left corner.

The charts make sheets, `picture` draws them.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from attrs import frozen

from codeable.reports.plots.typesetter import PlotTypesetter

Point: TypeAlias = tuple[float, float]

Align = Literal["left", "center", "right"]

BLACK = "#1a1a1a"
GREY = "#595959"
"""Of lesser words; its contrast to white is 7.0."""
PALE = "#d0d0d0"
"""Of lines that only guide the eye."""
BLUE = "#0072b2"
ORANGE = "#e69f00"
"""Blue and orange of Okabe and Ito, Color Universal Design, 2008: safe for colour-blind readers."""
BAND = "#b9d7ea"

SMALL = 6.0
NORMAL = 7.0
"""Sizes of letters in points."""
LINE = 1.2 * 25.4 / 72
"""Height of a line of text in millimetres for each point of its size."""

EDGE = 1.0
"""Millimetres around a picture."""
GAP = 1.2
"""Millimetres between a mark and its text."""
_MOST_LINES = 4
"""Of a note, and of what an empty picture says."""


@frozen
class Tile:
    """A filled rectangle; x and y are its top left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@frozen
class Stroke:
    """A line through some points; its width is in points."""

    points: tuple[Point, ...]
    color: str
    width: float = 0.5
    is_dashed: bool = False


@frozen
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    fill: str


@frozen
class PlotText:
    """One line of text. x and y are the middle of its height and its left end, middle or right end.

    A text that is turned reads from below to above; it then begins at x and y.
    """

    text: str
    x: float
    y: float
    size: float = NORMAL
    align: Align = "left"
    color: str = BLACK
    is_turned: bool = False


Mark: TypeAlias = Tile | Stroke | Area | PlotText


@frozen
class PlotSheet:
    """A whole picture; width and height are in millimetres."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def text_lines(
    lines: tuple[str, ...], x: float, middle: float, size: float, align: Align = "left", color: str = BLACK
) -> list[PlotText]:
    """Lines of text, one below the other around a middle."""
    first = middle - (len(lines) - 1) / 2 * LINE * size
    return [
        PlotText(line, x, first + number * LINE * size, size, align, color)
        for number, line in enumerate(lines)
    ]


def small_lines(notes: Iterable[str], width: float, typesetter: PlotTypesetter) -> list[str]:
    """Notes in lines of the width of a picture."""
    room = width - 2 * EDGE
    return [line for note in notes for line in typesetter.wrapped(note, SMALL, room, _MOST_LINES)]


def sheet_of(marks: Iterable[Mark], width: float, bottom: float, lines: Sequence[str]) -> PlotSheet:
    """A picture of marks, with small lines of text below their bottom."""
    top = bottom + GAP
    below = [
        PlotText(line, EDGE, top + (number + 0.5) * LINE * SMALL, SMALL, color=GREY)
        for number, line in enumerate(lines)
    ]
    return PlotSheet(width, top + len(lines) * LINE * SMALL + EDGE, (*marks, *below))


def sheet_saying(text: str, width: float, typesetter: PlotTypesetter) -> PlotSheet:
    """The picture of a chart that is empty: why it is."""
    lines = typesetter.wrapped(text, NORMAL, width - 2 * EDGE, _MOST_LINES)
    height = len(lines) * LINE * NORMAL + 8
    return PlotSheet(width, height, tuple(text_lines(lines, width / 2, height / 2, NORMAL, "center", GREY)))
