"""A table of a report. It shows itself in a notebook, and gives itself as LaTeX, Markdown, HTML or CSV."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import evolve, field, frozen

from codeable.kernel.bulk_access import collector_paused
from codeable.registry.answer import State
from codeable.registry.table import Table, Tabular, Value
from codeable.reports.document import ReportFile
from codeable.schema import one_of

if TYPE_CHECKING:
    import pandas

Cell: TypeAlias = Value | tuple[str, ...]
"""The content of a cell: a value, or several texts."""

ColumnKind = Literal["text", "name", "number", "share", "coefficient", "mark", "url", "quotation"]
"""What a column holds.

`name`: identifiers. `number`: whole numbers. `share`: a part of a whole, from 0 to 1, shown as a percentage.
`coefficient`: such as kappa, shown with three decimals. `mark`: true or false. `quotation`: text of a source.
"""

NUMERIC: frozenset[ColumnKind] = frozenset({"number", "share", "coefficient"})
"""The kinds of columns that are set right."""

TABLE_FORMATS = ("tex", "md", "html", "csv")
"""Every format that a table can be written in."""

_WRAPPED = re.compile(r"\n(?<=[^\n]{60}\n)(?![-*•–]|\d+[.)])(?=\S)")
"""The end of a line of some length, unless a blank line or an item of a list follows.

The pattern begins with the line feed, so that few places are tried.
"""
_NUMBERS = frozenset({bool, int, float})
_BLANKS_AT_END = re.compile(r"[ \t]+\n")

Width = Literal["column", "page"]
"""The width of a table or plot in a paper: one text column, or both of a paper with two."""


@frozen
class ReportColumn:
    """A column of a report.

    Attributes:
        key: Its name in settings, CSV files and frames.
        head: Its head in a paper.
        kind: What it holds.
        grouped: Whether a paper shows a value only once. It is left out where this column and the grouped
            columns before it all have the values of the row above.
        optional: Whether a table leaves it out where every cell is empty.
        paper: Whether a page has room for it; "filled" where one of its cells is not empty. LaTeX, Markdown
            and a terminal have such columns only, and all other formats every column.
        gathered: Whether its texts are one cell on paper where all other cells of the rows are equal; one
            column at most.
    """

    key: str
    head: str
    kind: ColumnKind = "text"
    grouped: bool = False
    optional: bool = False
    paper: Literal["always", "filled", "never"] = "always"
    gathered: bool = False

    def plain(self) -> "ReportColumn":
        """The column as somebody chose it: on paper as it is in data."""
        return evolve(self, paper="always", gathered=False)


@frozen(repr=False)
class ReportTable(Tabular):
    """A table of a report.

    Attributes:
        name: Its name, which is that of its files.
        caption: Its caption, without a full stop at the end.
        columns: Its columns.
        rows: Its rows, each with one cell per column.
        label: The name by which a paper refers to it.
        notes: Sentences below it: what was counted, how, and what is left out.
        width: Its width in a paper.
        is_long: Whether it may take several pages; None leaves that to the number of rows.
        messages: What a user must know before the table is used, such as a caution.
        excel: Whether its CSV file is safe for a spreadsheet.

    Example:
        >>> columns = (ReportColumn("id", "Id", "name"), ReportColumn("codes", "Codes", "number"))
        >>> print(ReportTable("sources", "Sources", columns, (("s4", 12), ("s6", 3))).to_csv(), end="")
        id,codes
        s4,12
        s6,3
    """

    name: str
    caption: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    label: str = ""
    notes: tuple[str, ...] = ()
    width: Width = "page"
    is_long: bool | None = None
    messages: tuple[str, ...] = ()
    excel: bool = False
    _state: State = field(factory=State, eq=False)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns."""
        return tuple(column.key for column in self.columns)

    @cached_property
    def different_cells(self) -> tuple[tuple[Cell, ...] | None, ...]:
        """The cells of each column, equal ones once; None for one in which equal cells are not shown alike.

        True, 1 and 1.0 are such cells.
        """
        return tuple(map(_different, zip(*self.rows, strict=True))) or ((),) * len(self.columns)

    def to_dicts(self) -> list[dict[str, Value]]:
        """The rows as dictionaries. Several texts of a cell are one, with "; " between them."""
        return [dict(zip(self.keys, map(joined, row), strict=True)) for row in self.rows]

    def for_paper(self) -> "ReportTable":
        """The table with only those columns for which a page has room, and with gathered texts."""
        return self if all(column == column.plain() for column in self.columns) else self._on_paper

    @cached_property
    @collector_paused()
    def _on_paper(self) -> "ReportTable":
        every = zip(*self.rows, strict=True) if self.rows else [()] * len(self.columns)
        chosen = [
            (column, cells)
            for column, cells in zip(self.columns, every, strict=True)
            if column.paper == "always" or (column.paper == "filled" and not all(map(is_empty, cells)))
        ]
        rows: Iterable[tuple[Cell, ...]] = zip(*(cells for _, cells in chosen), strict=True)
        for position, (column, _) in enumerate(chosen):
            if column.gathered:
                rows = _gathered(rows, position)
        return evolve(self, columns=tuple(column.plain() for column, _ in chosen), rows=tuple(rows))

    def table(self) -> Table:
        """The table as it shows itself in a terminal."""
        table = self.for_paper()
        heads = tuple(column.head for column in table.columns)
        rows = tuple(
            tuple(shown_cell(cell, column.kind) for cell, column in zip(row, table.columns, strict=True))
            for row in table.rows
        )
        return Table(self.caption, heads, rows, note=self.state_note)

    @property
    def state_note(self) -> str:
        """What the table says after its study was loaded again; before that, nothing."""
        return self._state.note

    def to_frame(self) -> "pandas.DataFrame":
        """The rows as a pandas frame: numbers, truth values (also missing ones) and texts.

        Raises:
            CodeableError: pandas is not installed.
        """
        from codeable.reports.formats.frame import typed

        return typed(super().to_frame(), self)

    @collector_paused()
    def to_csv(self, *, excel: bool = False) -> str:
        """The table as CSV. Every cell is exact, unless it is meant for a spreadsheet.

        Args:
            excel: Whether a cell that a spreadsheet would run as a formula begins with an apostrophe.
        """
        from codeable.reports.formats.csv_text import csv_text

        return csv_text(self, excel=excel)

    @collector_paused()
    def to_markdown(self) -> str:
        """The table as Markdown, with caption and notes."""
        from codeable.reports.formats.markdown_text import markdown_table

        return markdown_table(self.for_paper())

    @collector_paused()
    def to_latex(self) -> str:
        r"""The table as LaTeX, to be read by `\input`."""
        from codeable.reports.formats.latex_text import latex_table

        return latex_table(self.for_paper())

    @collector_paused()
    def to_html(self) -> str:
        """A page of this table alone, which needs no network."""
        from codeable.reports.formats.html_tables import tables_page

        return tables_page(self.caption, [self])

    def save(self, path: Path | str) -> Path:
        """Write the table to a file, whole or not at all.

        Args:
            path: The file; its ending is the format: `.tex`, `.md`, `.html` or `.csv`.

        Raises:
            CodeableError: The path has another ending, or cannot be written.

        Example:
            `study.tables.sources.save("paper/sources.tex")`
        """
        from codeable.render.saving import saved

        texts = {"tex": self.to_latex, "md": self.to_markdown, "html": self.to_html, "csv": self._own_csv}

        def written(ending: str) -> list[bytes]:
            one_of(*TABLE_FORMATS)(ending, "the format of a table")
            return [texts[ending]().encode("utf-8")]

        return saved(path, "table", written)

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        """The files of the table. Its page is part of the page of all tables, which the job writes."""
        texts = {"tex": self.to_latex, "md": self.to_markdown, "csv": self._own_csv}
        for ending in formats:
            if ending in texts:
                messages = self._latex_cautions() if ending == "tex" else ()
                yield ReportFile(f"{self.name}.{ending}", texts[ending]().encode("utf-8"), messages=messages)

    def _latex_cautions(self) -> tuple[str, ...]:
        from codeable.reports.formats.latex_text import latex_cautions

        return latex_cautions(self.for_paper())

    def _own_csv(self) -> str:
        return self.to_csv(excel=self.excel)

    def _repr_html_(self) -> str:
        from codeable.reports.formats.html_notebook import table_in_notebook

        return table_in_notebook(self)


def _different(cells: tuple[Cell, ...]) -> tuple[Cell, ...] | None:
    return None if len(_NUMBERS.intersection(map(type, cells))) > 1 else tuple(dict.fromkeys(cells))


def _gathered(rows: Iterable[tuple[Cell, ...]], position: int) -> Iterator[tuple[Cell, ...]]:
    """Rows beside each other that differ at one position only as one row with all texts of it."""
    for (before, behind), same in groupby(rows, lambda row: (row[:position], row[position + 1 :])):
        texts = [row[position] for row in same]
        yield (*before, tuple([str(text) for text in texts if text is not None]), *behind)


def is_empty(cell: Cell) -> bool:
    """Whether a cell holds nothing."""
    return cell in (None, "", ())


def joined(cell: Cell) -> Value:
    """A cell as one value.

    Example:
        >>> joined(("s4", "s6")), joined(3)
        ('s4; s6', 3)
    """
    return "; ".join(cell) if isinstance(cell, tuple) else cell


def shown_cell(cell: Cell, kind: ColumnKind) -> str | int:
    """A cell as readers of a paper see it.

    A long line of a quotation goes on in the next one, as in Markdown: it was wrapped in the note.

    Example:
        >>> shown_cell(0.125, "share"), shown_cell(0.4, "coefficient"), shown_cell(True, "mark")
        ('12.5%', '0.400', 'yes')
        >>> shown_cell(("s4", "s6"), "name"), shown_cell(("Rent it.", "Buy it."), "text")
        ('s4, s6', 'Rent it.; Buy it.')
        >>> shown_cell(None, "number"), shown_cell(12, "number")
        ('', 12)
    """
    if cell is None:
        return ""
    if kind == "quotation" and isinstance(cell, str):
        return _unwrapped(cell) if "\n" in cell else cell
    if isinstance(cell, tuple):
        return separator(kind).join(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if kind == "share" and isinstance(cell, int | float):
        return f"{cell:.1%}"
    if kind == "coefficient" and isinstance(cell, int | float):
        return f"{cell:.3f}"
    return cell if isinstance(cell, int) else str(cell)


def _unwrapped(text: str) -> str:
    if " \n" in text or "\t\n" in text:
        text = _BLANKS_AT_END.sub("\n", text)
    return _WRAPPED.sub(" ", text)


def separator(kind: ColumnKind) -> str:
    """What is between several texts of a cell: names have commas."""
    return ", " if kind == "name" else "; "


@frozen
class TableContent:
    """What a report puts into its table, before the options choose columns, order, caption and the rest.

    Attributes:
        columns: All columns that it can have.
        rows: The rows, in order; each has a cell for each key of the columns.
        caption: The caption where the settings give none, without a full stop at the end.
        shown: The keys of the columns that it has where the settings choose none; empty for all.
        notes: As in `ReportTable`.
        messages: As in `ReportTable`.
    """

    columns: tuple[ReportColumn, ...]
    rows: Sequence[Mapping[str, Cell]]
    caption: str
    shown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
