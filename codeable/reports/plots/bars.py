"""Sorted bars: one bar for each thing, with its number at the end of the bar."""

from attrs import frozen

from codeable.reports.plots.parts import MOST_HEIGHT, parts_by_height
from codeable.reports.plots.sheet import (
    BLACK,
    BLUE,
    GREY,
    LINE,
    NORMAL,
    SMALL,
    Mark,
    PlotSheet,
    PlotText,
    Stroke,
    Tile,
    text_lines,
)
from codeable.reports.plots.typesetter import PlotTypesetter

_EDGE = 1.0
_GAP = 1.2
_MOST_LABEL = 0.42
_MOST_LINES = 5
_BAR = 2.9
_BETWEEN = 1.5


@frozen
class Bar:
    """One bar: what it is of, its length, and the words at its end."""

    label: str
    value: float
    words: str


@frozen
class BarChart:
    """Bars from the largest to the smallest, all from zero.

    Attributes:
        bars: The bars.
        axis: What their length is.
        notes: What is written below them: what is left out.
        empty: What is written where there are no bars.
    """

    bars: tuple[Bar, ...]
    axis: str
    notes: tuple[str, ...]
    empty: str

    def sheets(self, width: float, typesetter: PlotTypesetter) -> tuple[PlotSheet, ...]:
        """The pictures: as many as are needed where a page has not room for all bars.

        Args:
            width: The width of the pictures in millimetres.
            typesetter: Measures and wraps the texts.
        """
        if not self.bars:
            return (said(self.empty, width, typesetter),)
        room = _MOST_LABEL * width
        labels = [typesetter.wrapped(bar.label, NORMAL, room, _MOST_LINES) for bar in self.bars]
        left = _EDGE + max(typesetter.width(line, NORMAL) for lines in labels for line in lines) + _GAP
        right = max(typesetter.width(bar.words, SMALL) for bar in self.bars) + _GAP + _EDGE
        scale = (width - left - right) / max(max(bar.value for bar in self.bars), 1e-9)
        heights = [max(_BAR, len(lines) * LINE * NORMAL) + _BETWEEN for lines in labels]
        below = [*typesetter.wrapped(self.axis, SMALL, width - 2 * _EDGE, 3)]
        for note in self.notes:
            below += typesetter.wrapped(note, SMALL, width - 2 * _EDGE, 4)
        parts = parts_by_height(heights, MOST_HEIGHT - (len(below) + 1) * LINE * SMALL - 2 * _EDGE)
        made = []
        for number, (first, last) in enumerate(parts, 1):
            marks: list[Mark] = []
            at = _EDGE
            for position in range(first, last):
                middle = at + heights[position] / 2
                bar = self.bars[position]
                marks += text_lines(labels[position], left - _GAP, middle, NORMAL, "right")
                marks.append(Tile(left, middle - _BAR / 2, bar.value * scale, _BAR, BLUE))
                marks.append(PlotText(bar.words, left + bar.value * scale + _GAP, middle, SMALL))
                at += heights[position]
            marks.append(Stroke(((left, _EDGE), (left, at)), BLACK))
            of = f"Part {number} of {len(parts)}"
            words = [*below, of] if len(parts) > 1 else below
            marks += lines_below(words, at + _GAP)
            made.append(PlotSheet(width, at + _GAP + len(words) * LINE * SMALL + _EDGE, tuple(marks)))
        return tuple(made)


def lines_below(lines: list[str], top: float) -> list[Mark]:
    """Small lines of text below a chart."""
    return [
        PlotText(line, _EDGE, top + (number + 0.5) * LINE * SMALL, SMALL, color=GREY)
        for number, line in enumerate(lines)
    ]


def said(text: str, width: float, typesetter: PlotTypesetter) -> PlotSheet:
    """The picture of a chart that is empty: why it is."""
    lines = typesetter.wrapped(text, NORMAL, width - 2 * _EDGE, 4)
    height = len(lines) * LINE * NORMAL + 8
    return PlotSheet(width, height, tuple(text_lines(lines, width / 2, height / 2, NORMAL, "center", GREY)))
