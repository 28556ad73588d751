"""Heat maps: a matrix of cells with colours from white to dark blue, and numbers in them."""

from attrs import frozen

from codeable.reports.plots.colors import blue, readable_on
from codeable.reports.plots.parts import MOST_HEIGHT, Part, even_parts, parts_by_height
from codeable.reports.plots.sheet import (
    EDGE,
    GAP,
    GREY,
    LINE,
    NORMAL,
    PALE,
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

_MOST_LABEL = 0.36
_MOST_LINES = 5
_MOST_HEAD = 42.0
_WIDEST_CELL = 12.0
_LEAST_ROW = 3.4
_INSET = 0.12
"""White between cells, in millimetres."""


@frozen
class HeatCell:
    """A cell: its colour, from 0 for the lightest to 1 for the darkest, and what is written in it."""

    shade: float
    words: str = ""


@frozen
class HeatMap:
    """A matrix.

    Attributes:
        rows: The names of the rows.
        columns: The names of the columns.
        cells: The cells of each row; None for one without a colour.
        totals: What is written at the end of each row; empty for nothing.
        total_head: What is written above that.
        notes: What is written below: what the cells mean, what is left out.
        empty: What is written where there are no rows or columns.
        is_numbered: Whether each row has its number beside its name.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[HeatCell | None, ...], ...]
    totals: tuple[str, ...]
    total_head: str
    notes: tuple[str, ...]
    empty: str
    is_numbered: bool = False

    def sheets(self, width: float, typesetter: PlotTypesetter) -> tuple[PlotSheet, ...]:
        """The pictures: blocks of rows and columns where one page has not room for all."""
        if not self.rows or not self.columns:
            return ()
        layout = _Layout(self, width, typesetter)
        parts = [(rows, columns) for rows in layout.row_parts for columns in layout.column_parts]
        return tuple(layout.sheet(*part, number, len(parts)) for number, part in enumerate(parts, 1))


class _Layout:
    """Sizes that all parts of a heat map share."""

    def __init__(self, heat_map: HeatMap, width: float, typesetter: PlotTypesetter) -> None:
        self._map = heat_map
        self._width = width
        measured = typesetter.width
        self._labels = [
            typesetter.wrapped(row, NORMAL, _MOST_LABEL * width, _MOST_LINES) for row in heat_map.rows
        ]
        self._heads = [typesetter.wrapped(name, SMALL, _MOST_HEAD, 1)[0] for name in heat_map.columns]
        label_width = max(measured(line, NORMAL) for lines in self._labels for line in lines)
        totals = [heat_map.total_head, *heat_map.totals]
        self._right = max(measured(total, SMALL) for total in totals) + GAP if heat_map.totals else 0.0
        self._numbers = measured(str(len(heat_map.rows)), SMALL) + GAP if heat_map.is_numbered else 0.0
        before = label_width + GAP + self._numbers
        words = {cell.words for row in heat_map.cells for cell in row if cell is not None}
        in_cells = max((measured(each, SMALL) for each in words), default=0.0)
        widest_head = max(measured(head, SMALL) for head in self._heads)
        room = width - 2 * EDGE - before - self._right
        least = max(in_cells + 0.7, LINE * SMALL + 0.2)
        self.column_parts = even_parts(len(heat_map.columns), max(int(room // least), 1))
        columns = max(last - first for first, last in self.column_parts)
        self._cell = min(room / columns, _WIDEST_CELL)
        self._is_turned = widest_head > self._cell - 0.5
        self._head = (widest_head if self._is_turned else LINE * SMALL) + GAP
        self._left = (width - before - columns * self._cell - self._right) / 2 + before
        self._heights = [max(_LEAST_ROW, len(lines) * LINE * NORMAL + 0.4) for lines in self._labels]
        self._notes = small_lines(heat_map.notes, width, typesetter)
        high = MOST_HEIGHT - 2 * EDGE - self._head - (len(self._notes) + 1) * LINE * SMALL - GAP
        self.row_parts = parts_by_height(self._heights, high)

    def sheet(self, rows: Part, columns: Part, part: int, parts: int) -> PlotSheet:
        """The picture of some rows and columns."""
        top = y = EDGE + self._head
        marks: list[Mark] = [*self._column_heads(columns, top)]
        for row in range(*rows):
            marks += self._row_marks(row, columns, y)
            y += self._heights[row]
        end = self._left + (columns[1] - columns[0]) * self._cell
        marks += [Stroke(((self._left, at), (end, at)), PALE, 0.4) for at in (top, y)]
        notes = list(self._notes)
        if parts > 1:
            which = f": {self._heads[columns[0]]} to {self._heads[columns[1] - 1]}"
            notes.append(f"Part {part} of {parts}{which if len(self.column_parts) > 1 else ''}")
        return sheet_of(marks, self._width, y, notes)

    def _column_heads(self, columns: Part, top: float) -> list[PlotText]:
        marks = []
        for number, column in enumerate(range(*columns)):
            x = self._left + (number + 0.5) * self._cell
            if self._is_turned:
                marks.append(PlotText(self._heads[column], x, top - GAP / 2, SMALL, is_turned=True))
            else:
                marks.append(PlotText(self._heads[column], x, top - GAP - LINE * SMALL / 3, SMALL, "center"))
        if self._map.totals:
            x = self._left + (columns[1] - columns[0]) * self._cell + self._right
            y = top - GAP - LINE * SMALL / 3
            marks.append(PlotText(self._map.total_head, x, y, SMALL, "right", GREY))
        return marks

    def _row_marks(self, row: int, columns: Part, y: float) -> list[Mark]:
        height = self._heights[row]
        middle = y + height / 2
        before = self._left - GAP - self._numbers
        marks: list[Mark] = [*text_lines(self._labels[row], before, middle, NORMAL, "right")]
        if self._map.is_numbered:
            marks.append(PlotText(str(row + 1), self._left - GAP, middle, SMALL, "right", GREY))
        for number, column in enumerate(range(*columns)):
            cell = self._map.cells[row][column]
            if cell is None:
                continue
            x, fill = self._left + number * self._cell, blue(cell.shade)
            size = self._cell - 2 * _INSET, height - 2 * _INSET
            marks.append(Tile(x + _INSET, y + _INSET, *size, fill))
            if cell.words:
                ink = readable_on(fill)
                marks.append(PlotText(cell.words, x + self._cell / 2, middle, SMALL, "center", ink))
        end = self._left + (columns[1] - columns[0]) * self._cell
        marks.append(Stroke(((self._left, y), (end, y)), PALE, 0.2))
        if self._map.totals:
            marks.append(PlotText(self._map.totals[row], end + self._right, middle, SMALL, "right", GREY))
        return marks
