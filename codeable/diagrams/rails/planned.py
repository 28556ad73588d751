"""A decision drawn by one plan: whether it fits, how high its parts are, and their drawings."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from math import ceil, inf

from attrs import frozen

from codeable.diagrams.rails.branch import Lengths
from codeable.diagrams.rails.column import Column, ColumnBuilder
from codeable.diagrams.rails.matrix import MatrixBeside, below, beside, rails_beside
from codeable.diagrams.rails.matrix_cells import Cells
from codeable.diagrams.rails.plans import Plan
from codeable.diagrams.rails.scene import Scene, stacked
from codeable.diagrams.rails.setting import Setting

_BETWEEN_COLUMNS = 16.0
_ABOVE_MATRIX = 8.0
_EASILY_READ = 29.0
"""Width of a column, in sizes of the font, with texts beside the boxes."""
_PARTS_TRIED = 1, 2, 3, 4, 6, 8, 12, 16

LengthsOfOptions = Callable[[], Sequence[tuple[Lengths, ...]]]
"""Returns how long the texts of each option and of its relations are."""


@frozen
class PlannedPart:
    """A part of a figure, without its legend.

    Attributes:
        height: Its height.
        scene: Draws it.
    """

    height: float
    scene: Callable[[], Scene]


class MeasuredSize:
    """What the plans of one size of text have in common, measured once.

    Args:
        setting: The content, and the room for it.

    Attributes:
        setting: The same.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._rails = setting.outline.rails
        self._below: dict[int, float] = {}
        self._tried = [max(1, ceil(len(self._rails) / parts)) for parts in _PARTS_TRIED]

    @cached_property
    def rails_beside(self) -> float:
        """The width of the rails beside a matrix."""
        return rails_beside(Cells(self.setting, self._rails))

    @cached_property
    def bar(self) -> float:
        """The height of a bar that is as wide as everything."""
        return ColumnBuilder(self.setting, share=0, force_lines=False).bar(self.setting.width).height

    def below(self, options: int) -> float:
        """The height of a matrix below for that many options, as if they acted on every force.

        It is measured for all options, for half of them, and so on. It is infinite where there is no room.
        """
        columns = min(each for each in self._tried if each >= options)
        if columns not in self._below:
            rails = self._rails[-columns:]
            matrix = below(self.setting, rails)
            forces = len({key for rail in rails for key in rail.signs})
            height = inf if matrix is None and forces else 0.0 if matrix is None else matrix.height
            self._below[columns] = height * len(self.setting.outline.forces) / max(forces, 1)
        return self._below[columns]


class PlannedDecision:
    """A decision under a plan.

    Args:
        plan: The plan.
        measured: The content and the room, and what is known about this size of text.
        lengths: How long its texts are, independent of the plan.

    Attributes:
        plan: The plan.
    """

    def __init__(self, plan: Plan, measured: MeasuredSize, lengths: LengthsOfOptions) -> None:
        self.plan = plan
        self._measured = measured
        self._lengths = lengths
        self._setting = measured.setting
        self._rails = self._setting.outline.rails
        columns = plan.columns
        self._column_width = (self._setting.width - (columns - 1) * _BETWEEN_COLUMNS) / columns
        if plan.forces == "beside":
            self._column_width = measured.rails_beside

    @cached_property
    def fits(self) -> bool:
        """Whether everything has the room that it needs in the width; the height is another matter."""
        if self.plan.forces == "beside":
            return self._whole is not None
        return self._column.fits and (self.plan.forces != "below" or self._measured.below(1) < inf)

    @cached_property
    def narrowness(self) -> float:
        """How much of the width is missing that option texts beside their boxes need to be read easily."""
        wanted = _EASILY_READ * self._setting.sizes.small if self.plan.share else 0.0
        return max(0.0, 1 - self._column_width / wanted) if wanted else 0.0

    def estimate(self, page: float, parts: int | None) -> tuple[int, float]:
        """About the number of parts and their height together, known without breaking a text into lines.

        Args:
            page: The height of a page.
            parts: The number of parts that is asked for; None for as many as pages are needed.
        """
        head, rows = self._estimates
        if parts is None:
            cut_off = rows / (2 * len(self._rails) or 1)
            parts = 1 if head + rows <= page else ceil(rows / max(page - head - cut_off, cut_off))
        return parts, parts * head + rows

    @cached_property
    def _estimates(self) -> tuple[float, float]:
        """About the height of what each part has, such as the bar, and of all options together."""
        rows, columns = self._builder.estimate(self._lengths()), self.plan.columns
        rows /= columns - (columns - 1) / (len(self._rails) or 1)
        bar, names = self._measured.bar, len(self._setting.outline.forces) * self._setting.sizes.small_line
        if self.plan.forces == "beside":
            return max(bar, names), rows
        return bar + (_ABOVE_MATRIX + names if self.plan.forces == "below" else 0.0), rows

    def height(self, first: int, last: int) -> float:
        """About the height of a part with the options from one position up to, but without, another one.

        It is infinite where a matrix below has no room for so many options.
        """
        rows = self._sum(first, last)
        if self.plan.columns == 2:
            middle = self._middle(first, last)
            rows = max(self._sum(first, middle), self._sum(middle, last))
        return self._head + rows + self._matrix_height(first, last)

    def part(self, part: range, suffix: str = "") -> PlannedPart | None:
        """A part; None where it does not fit after all."""
        rails = self._rails[part.start : part.stop]
        if self.plan.forces == "beside":
            if len(rails) == len(self._rails):
                whole = self._whole
            else:
                whole = beside(self._setting, rails, share=self.plan.share, suffix=suffix)
            return None if whole is None else PlannedPart(whole.height, whole.scene)
        rows = self._two_columns(part, suffix) if self.plan.columns == 2 else self._one_column(part, suffix)
        if self.plan.forces != "below" or not any(rail.signs for rail in rails):
            return rows
        matrix = below(self._setting, rails)
        if matrix is None:
            return None

        def scene() -> Scene:
            return stacked((rows.scene(), matrix.scene()), _ABOVE_MATRIX)

        return PlannedPart(rows.height + _ABOVE_MATRIX + matrix.height, scene)

    @cached_property
    def _column(self) -> Column:
        """All options in one column, for their heights."""
        if self.plan.forces == "beside" and self._whole is not None:
            return self._whole.column
        return self._builder.column(self._rails)

    @cached_property
    def _whole(self) -> MatrixBeside | None:
        return beside(self._setting, self._rails, share=self.plan.share)

    @cached_property
    def _tops(self) -> list[float]:
        """The sum of the heights of the options before each position."""
        tops = [0.0]
        for row in self._column.rows:
            tops.append(tops[-1] + row.bottom - row.top + self._setting.sizes.gap)
        return tops

    @cached_property
    def _head(self) -> float:
        """The height of everything above the options."""
        if self.plan.forces == "beside" and self._whole is not None:
            return self._whole.height - self._tops[-1]
        return self._column.bar

    def _sum(self, first: int, last: int) -> float:
        return self._tops[last] - self._tops[first]

    def _middle(self, first: int, last: int) -> int:
        """Where to cut a part into two columns, so that the higher one is as low as possible."""
        half = (self._tops[first] + self._tops[last]) / 2
        above = bisect_left(self._tops, half, first, last + 1)
        nearest = (each for each in (above, above - 1) if first <= each <= last)
        return min(nearest, key=lambda each: max(self._sum(first, each), self._sum(each, last)))

    def _matrix_height(self, first: int, last: int) -> float:
        """The share of the matrix that the forces of these options are."""
        if self.plan.forces != "below":
            return 0.0
        forces = {key for rail in self._rails[first:last] for key in rail.signs}
        if not forces:
            return 0.0
        return _ABOVE_MATRIX + self._measured.below(last - first) * len(forces) / len(
            self._setting.outline.forces
        )

    @cached_property
    def _builder(self) -> ColumnBuilder:
        plan = self.plan
        lines = plan.forces == "lines"
        return ColumnBuilder(self._setting, share=plan.share, force_lines=lines, width=self._column_width)

    def _one_column(self, part: range, suffix: str) -> PlannedPart:
        column = self._builder.column(self._rails[part.start : part.stop], suffix=suffix)
        return PlannedPart(column.height, column.scene)

    def _two_columns(self, part: range, suffix: str) -> PlannedPart:
        """Two columns that hang from one bar."""
        width = self._setting.width
        middle = self._middle(part.start, part.stop)
        left = self._builder.column(self._rails[part.start : middle], suffix=suffix, bar_width=width)
        right = self._builder.column(self._rails[middle : part.stop], top=left.bar, has_bar=False)
        height = max(left.height, right.height)

        def scene() -> Scene:
            moved = right.scene().moved(self._column_width + _BETWEEN_COLUMNS, 0)
            return Scene(width, height, (*left.scene().items, *moved))

        return PlannedPart(height, scene)
