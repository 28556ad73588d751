"""The rows of a LaTeX table: its cells in columns of known width, with break points in words that are wider.

Equal texts of a column are measured and written once, since most recur.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import repeat

from attrs import field, frozen

from codeable.reports.formats.cell_texts import cell_texts
from codeable.reports.formats.latex_columns import PlacedColumn, lines_of
from codeable.reports.formats.latex_escape import escaped
from codeable.reports.formats.latex_high_rows import MOST_LINES, cut_row
from codeable.reports.formats.latex_words import lines_in, text_widths, word_in_latex
from codeable.reports.grouping import repeated_cells
from codeable.reports.report_table import NUMERIC, Cell, ReportColumn, ReportTable, shown_cell

_MOST_CHARACTERS = 200_000
"""The characters read at once, with those that a cell costs: `xltabular` has them all in TeX's memory."""
_CHARACTERS_OF_CELL = 20
_CODE = re.compile(r"`([^`\n]+)`")
_WIDER_CODE = 1.3
"""How much wider letters of code are."""
_NOT_AFTER_ROW = ("[", "*")
"""What LaTeX would take for an option of the end of the row before."""


@frozen
class LatexRow:
    """A row in LaTeX: its cells, whether a group begins with it, and whether it continues the row before."""

    cells: str
    begins_group: bool = False
    continues: bool = False


@frozen
class TableTexts:
    """The texts of a table, column by column.

    Attributes:
        columns: What the columns are.
        all: The texts of every cell.
        shown: The same, without those that only repeat the value of their group.
        begins_group: The rows with which a group begins; empty where no group has several rows.
        written: The number of a column and how it is set → its texts in LaTeX: blocks have columns in common.
        lines: The number of a column and its width → its texts, with about how many lines they have.
    """

    columns: tuple[ReportColumn, ...]
    all: tuple[tuple[str, ...], ...]
    shown: tuple[tuple[str, ...], ...]
    begins_group: frozenset[int]
    written: dict[tuple[int, PlacedColumn], dict[str, str]] = field(factory=dict, repr=False, eq=False)
    lines: dict[tuple[int, float], dict[str, int]] = field(factory=dict, repr=False, eq=False)

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.all[0]) if self.all else 0


@frozen
class ColumnBlock:
    """Columns side by side: their numbers, and how they are set."""

    places: tuple[int, ...]
    columns: tuple[PlacedColumn, ...]

    @property
    def shares(self) -> bool:
        """Whether it is as wide as the page lets it be."""
        return any(column.shares for column in self.columns)

    def lines(self, texts: TableTexts) -> int:
        """How many lines the rows have, about."""
        return sum(self._lines(texts, texts.shown)) if self.shares else texts.count

    def lines_of_head(self, texts: TableTexts) -> int:
        """How many lines the heads have, about."""
        heads = [(column.head,) for column in texts.columns]
        return next(self._lines(texts, heads))

    def heads(self, texts: TableTexts) -> str:
        """The heads."""
        heads = [(column.head,) for column in texts.columns]
        return next(self._rows(texts, heads))

    def rows(self, texts: TableTexts, *, is_long: bool) -> Iterator[list[LatexRow]]:
        """The rows, in parts that TeX can read at once. A part begins with the values of its group.

        Args:
            texts: The texts of the table.
            is_long: Whether the table may take several pages; TeX then reads columns that share at once.
        """
        at_once = is_long and self.shares
        lines = enumerate(self._lines(texts, texts.shown)) if at_once else ()
        cut = {number for number, count in lines if count > MOST_LINES}
        part: list[LatexRow] = []
        size = 0
        for number, cells in enumerate(self._rows(texts, texts.shown)):
            cost = len(cells) + _CHARACTERS_OF_CELL * len(self.places)
            begins_part = at_once and bool(part) and size + cost > _MOST_CHARACTERS
            if begins_part:
                yield part
                part, size = [], 0
            rows = [cells]
            if begins_part or number in cut:
                shown = [column[number] for column in (texts.all if begins_part else texts.shown)]
                columns = self._cut(shown) if number in cut else [(text,) for text in shown]
                rows = list(self._rows(texts, columns))
            part.append(LatexRow(rows[0], bool(part) and number in texts.begins_group))
            part += [LatexRow(other, continues=True) for other in rows[1:]]
            size += cost
        yield part

    def _cut(self, cells: Sequence[str]) -> list[tuple[str, ...]]:
        """The cells of one row as columns of several rows; those of other blocks are empty."""
        pieces = cut_row([cells[place] for place in self.places], [column.room for column in self.columns])
        found: list[tuple[str, ...]] = [()] * len(cells)
        for place, column in zip(self.places, pieces, strict=True):
            found[place] = column
        return found

    def _lines(self, texts: TableTexts, cells: Sequence[Sequence[str]]) -> Iterator[int]:
        found = []
        for place, column in zip(self.places, self.columns, strict=True):
            known = texts.lines.setdefault((place, column.room), {})
            different = set(cells[place])
            known.update({text: lines_of(text, column.room) for text in different.difference(known)})
            if any(known[text] > 1 for text in different):
                found.append([known[text] for text in cells[place]])
        if not found:
            return repeat(1, len(cells[self.places[0]]))
        return map(max, zip(*found, strict=True)) if len(found) > 1 else iter(found[0])

    def _rows(self, texts: TableTexts, cells: Sequence[Sequence[str]]) -> Iterator[str]:
        written: list[list[str]] = []
        for place, column in zip(self.places, self.columns, strict=True):
            is_url = texts.columns[place].kind == "url"
            known = texts.written.setdefault((place, column), {})
            for text in set(cells[place]).difference(known):
                known[text] = _cell(text, is_url, column, is_first=not written)
            written.append([known[text] for text in cells[place]])
        return map(" & ".join, zip(*written, strict=True))


def table_texts(table: ReportTable) -> TableTexts:
    """The texts of a table as readers of a paper see them."""
    rows = cell_texts(table, lambda cell, place: _shown(cell, table.columns[place]))
    every = tuple(zip(*rows, strict=True)) or tuple(() for _ in table.columns)
    grouped = [place for place, column in enumerate(table.columns) if column.grouped]
    if not grouped:
        return TableTexts(table.columns, every, every, frozenset())
    repeated = list(repeated_cells(table))
    shown = tuple(
        _without_repeated(place, texts, repeated) if place in grouped else texts
        for place, texts in enumerate(every)
    )
    begins = frozenset(number for number, row in enumerate(repeated) if grouped[0] not in row)
    return TableTexts(table.columns, every, shown, begins if len(begins) < len(repeated) else frozenset())


def flowing(text: str, room: float, is_url: bool = False) -> str:
    """A text in lines of a width, in LaTeX."""
    if text.isascii() and text_widths(text).longest_word <= room:
        return escaped(text)
    return " ".join([word_in_latex(word, room, is_url or "://" in word) for word in text.split()])


def note_in_latex(note: str, room: float) -> str:
    r"""A note in LaTeX, with what is between backticks as code.

    Example:
        >>> print(note_in_latex("`rows` sets how many & which.", 300))
        \texttt{rows} sets how many \& which.
    """
    return "".join(
        rf"\texttt{{{flowing(part, room / _WIDER_CODE)}}}" if number % 2 else _with_ends(part, room)
        for number, part in enumerate(_CODE.split(note))
    )


def _with_ends(text: str, room: float) -> str:
    """A text between codes: a blank at its ends stays."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{flowing(text, room)}{after}" if text.strip() else before


def _shown(cell: Cell, column: ReportColumn) -> str:
    """A cell as text, with a real minus before a number."""
    text = str(shown_cell(cell, column.kind))
    return f"\u2212{text[1:]}" if column.kind in NUMERIC and text.startswith("-") else text


def _without_repeated(
    place: int, texts: Sequence[str], repeated: Sequence[Collection[int]]
) -> tuple[str, ...]:
    return tuple("" if place in row else text for text, row in zip(texts, repeated, strict=True))


def _cell(text: str, is_url: bool, column: PlacedColumn, *, is_first: bool) -> str:
    lines = (flowing(line, column.room, is_url) for line in lines_in(text))
    latex = (r" \newline " if column.shares else " ").join(filter(None, lines))
    return f"{{{latex[0]}}}{latex[1:]}" if is_first and latex.startswith(_NOT_AFTER_ROW) else latex
