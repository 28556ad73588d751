"""Curves of growth: a curve with its band above, and bars of what each step adds below."""

from typing import Literal

from attrs import frozen

from codeable.reports.plots.sheet import (
    BAND,
    BLACK,
    BLUE,
    EDGE,
    GAP,
    GREY,
    LINE,
    ORANGE,
    PALE,
    SMALL,
    Area,
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

_SAMPLE = 5.0
"""Length of the sample of a line or band beside its words."""
_ROOM_OF_STEP = 2.6
"""Millimetres that the name of a step needs."""
_EVERY = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000)
_MOST_STEPS_WITH_DOTS = 80


@frozen
class Step:
    """A step: its name, what it adds, the sum so far, and the band around that."""

    name: str
    new: int
    total: int
    low: int
    middle: int
    high: int


@frozen
class GrowthChart:
    """How a sum grows. Both scales begin at zero.

    Attributes:
        steps: The steps, in order.
        axis: What a step is.
        total: What the sum counts.
        new: What a step adds.
        curve: What the curve is.
        band: What the band is.
        middle: What the line in the middle of the band is.
        notes: What is written below.
        empty: What is written where there are no steps.
    """

    steps: tuple[Step, ...]
    axis: str
    total: str
    new: str
    curve: str
    band: str
    middle: str
    notes: tuple[str, ...]
    empty: str

    def sheets(self, width: float, typesetter: PlotTypesetter) -> tuple[PlotSheet, ...]:
        """The picture, in one part."""
        return (_Layout(self, width, typesetter).sheet(),) if self.steps else ()


class _Layout:
    def __init__(self, chart: GrowthChart, width: float, typesetter: PlotTypesetter) -> None:
        self._chart = chart
        self._width = width
        self._typesetter = typesetter
        self._upper = min(0.42 * width, 60.0)
        self._lower = min(0.16 * width, 22.0)
        self._most = max(max(step.total, step.high) for step in chart.steps)
        self._most_new = max(step.new for step in chart.steps)
        ticks = str(max(ticks_to(self._most)[-1], ticks_to(self._most_new)[-1]))
        self._left = EDGE + LINE * SMALL + GAP + typesetter.width(ticks, SMALL) + GAP
        self._room = width - EDGE - GAP - self._left
        self._step = self._room / len(chart.steps)
        self._keys = [
            typesetter.wrapped(text, SMALL, 0.72 * self._room, 2)
            for text in (chart.curve, chart.middle, chart.band)
        ]
        self._key_width = (
            max(typesetter.width(line, SMALL) for lines in self._keys for line in lines) + _SAMPLE + GAP
        )
        self._key_height = sum(map(len, self._keys)) * LINE * SMALL
        self._corner = self._free_corner()
        above = self._key_height if self._corner == "above" else 0.0
        self._base = EDGE + LINE * SMALL + above + self._upper
        self._base_of_bars = self._base + self._lower + 3 * GAP

    def sheet(self) -> PlotSheet:
        """All marks: band, curve and bars, the scales, and what each is."""
        marks: list[Mark] = [*self._scales(), *self._curves(), *self._bars(), *self._key_marks()]
        names, bottom = self._names()
        notes = small_lines(self._chart.notes, self._width, self._typesetter)
        return sheet_of([*marks, *names], self._width, bottom, notes)

    def _x(self, position: int) -> float:
        return self._left + (position + 0.5) * self._step

    def _height(self, value: float) -> float:
        return value / ticks_to(self._most)[-1] * self._upper

    def _y(self, value: float) -> float:
        return self._base - self._height(value)

    def _y_of_bar(self, value: float) -> float:
        return self._base_of_bars - value / ticks_to(self._most_new)[-1] * self._lower

    def _scales(self) -> list[Mark]:
        marks: list[Mark] = []
        end = self._left + self._room
        for value_to_y, most in ((self._y, self._most), (self._y_of_bar, self._most_new)):
            for tick in ticks_to(most):
                y = value_to_y(tick)
                marks.append(Stroke(((self._left, y), (end, y)), PALE if tick else BLACK, 0.4))
                marks.append(PlotText(str(tick), self._left - GAP, y, SMALL, "right"))
        for text, base, height in (
            (self._chart.total, self._base, self._upper),
            (self._chart.new, self._base_of_bars, self._lower),
        ):
            length = self._typesetter.width(text, SMALL)
            start = base - height / 2 + length / 2
            if base == self._base_of_bars:  # its words may be longer than the bars are high
                start = min(start, base + LINE * SMALL)
            marks.append(PlotText(text, EDGE + LINE * SMALL / 2, start, SMALL, is_turned=True))
        return marks

    def _curves(self) -> list[Mark]:
        steps = list(enumerate(self._chart.steps))
        upper = [(self._x(position), self._y(step.high)) for position, step in steps]
        lower = [(self._x(position), self._y(step.low)) for position, step in steps]
        middle = tuple((self._x(position), self._y(step.middle)) for position, step in steps)
        curve = tuple((self._x(position), self._y(step.total)) for position, step in steps)
        marks: list[Mark] = [
            Area((*upper, *reversed(lower)), BAND),
            Stroke(middle, GREY, 0.8, is_dashed=True),
            Stroke(curve, BLUE, 1.4),
        ]
        if len(curve) <= _MOST_STEPS_WITH_DOTS:
            marks += [Tile(x - 0.5, y - 0.5, 1, 1, BLUE) for x, y in curve]
        return marks

    def _bars(self) -> list[Mark]:
        marks: list[Mark] = []
        size = min(0.7 * self._step, 6.0)
        widest = self._typesetter.width(str(self._most_new), SMALL)
        for position, step in enumerate(self._chart.steps):
            x, y = self._x(position), self._y_of_bar(step.new)
            marks.append(Tile(x - size / 2, y, size, self._base_of_bars - y, ORANGE))
            if widest <= self._step - 0.3:
                marks.append(PlotText(str(step.new), x, y - LINE * SMALL / 2, SMALL, "center"))
        return marks

    def _free_corner(self) -> Literal["right", "left", "above"]:
        """Where the keys hide no curve: below it at the right, above it at the left, else above the plot."""
        room = self._key_width + 2 * GAP
        right = self._left + self._room - room - self._step
        left = self._left + room + self._step
        steps = list(enumerate(self._chart.steps))
        lowest = min(min(step.low, step.total) for at, step in steps if self._x(at) >= right)
        highest = max(max(step.high, step.total) for at, step in steps if self._x(at) <= left)
        needed = self._key_height + 2 * GAP
        if self._height(lowest) > needed:
            return "right"
        return "left" if self._height(highest) < self._upper - needed else "above"

    def _key_marks(self) -> list[Mark]:
        """What curve, line and band are, each behind a sample of it."""
        start = self._left + GAP
        y = self._base - self._upper + GAP
        if self._corner == "right":
            start = self._left + self._room - GAP - self._key_width
            y = self._base - GAP - self._key_height
        elif self._corner == "above":
            y = EDGE
        height = self._key_height
        marks: list[Mark] = [Tile(start - GAP / 2, y, self._key_width + GAP, height, "#ffffff")]
        for number, lines in enumerate(self._keys):
            middle = y + len(lines) * LINE * SMALL / 2
            ends = (start, middle), (start + _SAMPLE, middle)
            samples = (
                Stroke(ends, BLUE, 1.4),
                Stroke(ends, GREY, 0.8, is_dashed=True),
                Tile(start, middle - 0.9, _SAMPLE, 1.8, BAND),
            )
            marks += [samples[number], *text_lines(lines, start + _SAMPLE + GAP, middle, SMALL)]
            y += len(lines) * LINE * SMALL
        return marks

    def _names(self) -> tuple[list[Mark], float]:
        """The names of the steps, or their numbers where there is no room for all names."""
        steps, measured = self._chart.steps, self._typesetter.width
        every = max(1, -(-_ROOM_OF_STEP // self._step))
        names = [self._typesetter.wrapped(step.name, SMALL, 30, 1)[0] for step in steps]
        is_named = every == 1
        if not is_named:
            names = [str(number) for number in range(1, len(steps) + 1)]
            room = measured(names[-1], SMALL) + _ROOM_OF_STEP
            every = next(each for each in _EVERY if each * self._step >= room)
        widest = max(measured(name, SMALL) for name in names)
        is_turned = is_named and widest > self._step - 0.6
        height = widest if is_turned else LINE * SMALL
        top = self._base_of_bars + GAP
        marks: list[Mark] = []
        for position, name in enumerate(names):
            if is_named or not (position + 1) % every:
                x = self._x(position)
                if is_turned:
                    marks.append(PlotText(name, x, top + measured(name, SMALL), SMALL, is_turned=True))
                else:
                    marks.append(PlotText(name, x, top + LINE * SMALL / 2, SMALL, "center"))
        bottom = top + height + LINE * SMALL
        marks.append(
            PlotText(
                self._chart.axis, self._left + self._room / 2, bottom - LINE * SMALL / 2, SMALL, "center"
            )
        )
        return marks, bottom


def ticks_to(most: int) -> list[int]:
    """Three to six round numbers from zero to at least a number.

    Example:
        >>> ticks_to(37), ticks_to(1), ticks_to(0)
        ([0, 10, 20, 30, 40], [0, 1], [0, 1])
    """
    step, factors = 1, (2, 2.5, 2)
    number = 0
    while step * 5 < most:
        step = round(step * factors[number % 3])
        number += 1
    return list(range(0, max(most, 1) + step, step))[: -(-max(most, 1) // step) + 1]
