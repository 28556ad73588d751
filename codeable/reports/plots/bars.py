"""Sorted bars: one bar for each thing, with its number at the end of the bar."""

from attrs import frozen

from codeable.reports.plots.parts import MOST_HEIGHT, parts_by_height
from codeable.reports.plots.sheet import (
    BLACK,
    BLUE,
    EDGE,
    GAP,
    LINE,
    NORMAL,
    SMALL,
    Mark,
    PlotSheet,
    PlotText,
    Stroke,
    Tile,
    sheet_of,
    small_lines,
    text_lines,
)
from codeable.reports.plots.typesetter import PlotTypesetter

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
        """The pictures: as many as are needed where a page has not room for all bars."""
        if not self.bars:
            return ()
        room = _MOST_LABEL * width
        labels = [typesetter.wrapped(bar.label, NORMAL, room, _MOST_LINES) for bar in self.bars]
        left = EDGE + max(typesetter.width(line, NORMAL) for lines in labels for line in lines) + GAP
        right = max(typesetter.width(bar.words, SMALL) for bar in self.bars) + GAP + EDGE
        scale = (width - left - right) / max(max(bar.value for bar in self.bars), 1e-9)
        heights = [max(_BAR, len(lines) * LINE * NORMAL) + _BETWEEN for lines in labels]
        below = small_lines((self.axis, *self.notes), width, typesetter)
        parts = parts_by_height(heights, MOST_HEIGHT - (len(below) + 1) * LINE * SMALL - 2 * EDGE)
        made = []
        for number, (first, last) in enumerate(parts, 1):
            marks: list[Mark] = []
            at = EDGE
            for position in range(first, last):
                middle = at + heights[position] / 2
                bar = self.bars[position]
                marks += text_lines(labels[position], left - GAP, middle, NORMAL, "right")
                marks.append(Tile(left, middle - _BAR / 2, bar.value * scale, _BAR, BLUE))
                marks.append(PlotText(bar.words, left + bar.value * scale + GAP, middle, SMALL))
                at += heights[position]
            marks.append(Stroke(((left, EDGE), (left, at)), BLACK))
            of = f"Part {number} of {len(parts)}"
            made.append(sheet_of(marks, width, at, [*below, of] if len(parts) > 1 else below))
        return tuple(made)
