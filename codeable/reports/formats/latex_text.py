r"""Tables as LaTeX, to be read by `\input`: what `table.tex.j2` is filled with.

A table is a float (`table`, or `table*` over the whole page) with its notes in `threeparttable`. One that
would not fit on a page is an `xltabular`, which continues on the next. Columns that do not fit side by side
become several parts, each with the first column.
"""

import itertools
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from codeable.reports.formats.latex_columns import (
    AVAILABLE,
    PlacedColumn,
    gap,
    lines_of,
    measured,
    placed,
    side_by_side,
)
from codeable.reports.formats.latex_escape import cautions, helpers
from codeable.reports.formats.latex_template import label_in_latex, latex_template
from codeable.reports.formats.latex_words import LINES, word_in_latex
from codeable.reports.report_table import NUMERIC, Cell, ReportColumn, ReportTable, Width, shown_cell

_MOST_LINES = 42
"""The lines of a table that still fits on a page, with its caption."""
_MOST_FLOATS = 8
"""LaTeX keeps only so many floats; a table with more parts does not float."""
_MOST_CHARACTERS = 200_000
"""The characters of a part, with those that a cell costs: `xltabular` reads it into TeX's memory at once."""
_CHARACTERS_OF_CELL = 20
_CAPTION_LARGER = 1.5
"""How much larger the letters of a caption are, in documents of 12 pt."""
_AFTER_ROW_THAT_WRAPS = "[2pt]"
_NOT_AFTER_ROW = ("[", "*")
"""What LaTeX would take for an option of the end of the row before."""
_FLOATS: dict[Width, str] = {"column": "table", "page": "table*"}
_ENVIRONMENTS = {
    (False, False): "tabular",
    (False, True): "tabularx",
    (True, False): "longtable",
    (True, True): "xltabular",
}
"""Whether it takes several pages, whether it has the width of the page → what sets it."""
_NO_ROWS = "No rows"


@frozen
class LatexRow:
    """A row in LaTeX: its cells, and whether a group of rows begins with it."""

    cells: str
    begins_group: bool


@frozen
class LatexPart:
    """What is set as one table: all of a report's table, or some of its columns or rows.

    Attributes:
        caption: Its caption, in LaTeX.
        label: Its label.
        environment: What sets its columns.
        width: Its width, as the environment is told; empty for that of its content.
        columns: The specification of its columns.
        count: The number of its columns.
        heads: Its heads.
        rows: Its rows.
    """

    caption: str
    label: str
    environment: str
    width: str
    columns: str
    count: int
    heads: str
    rows: tuple[LatexRow, ...]


def latex_table(table: ReportTable) -> str:
    r"""A table as LaTeX, with caption, label and notes.

    Example:
        >>> from codeable.reports.report_table import ReportColumn
        >>> columns = (ReportColumn("id", "Id", "name"), ReportColumn("codes", "Codes", "number"))
        >>> latex = latex_table(ReportTable("sources", "R&D", columns, (("s_4", 12),), "tab:sources"))
        >>> [line for line in latex.splitlines() if "caption" in line or "12" in line]
        ['    \\caption{R\\&D}', '      s\\_4 & 12 \\\\']
    """
    texts = [tuple(_shown(table, row)) for row in table.rows]
    columns = [
        measured(column, [row[place] for row in texts], is_first=place == 0)
        for place, column in enumerate(table.columns)
    ]
    available = AVAILABLE[table.width]
    between = gap(columns, available)
    blocks = [
        _Block(places, tuple(placed([columns[place] for place in places], available, between)))
        for places in side_by_side(columns, _leading(table), available, between)
    ]
    is_long = table.is_long
    if is_long is None:
        is_long = len(blocks) > _MOST_FLOATS or any(block.lines(texts) > _MOST_LINES for block in blocks)
    parts = _numbered(table, [part for block in blocks for part in _parts(table, texts, block, is_long)])
    notes = tuple(_flowing(note, available) for note in table.notes)
    written = itertools.chain(notes, *((part.caption, part.heads, *map(_cells, part.rows)) for part in parts))
    return latex_template("table.tex.j2").render(
        parts=parts,
        notes=notes,
        tabcolsep=f"{between / 2:g}pt",
        between_rows=_AFTER_ROW_THAT_WRAPS if any(block.wraps(texts) for block in blocks) else "",
        helpers=helpers("".join(written)),
        float=_FLOATS[table.width],
        is_long=is_long,
    )


def latex_cautions(table: ReportTable) -> tuple[str, ...]:
    """What a user must know before a document reads the table: characters that pdfLaTeX cannot set."""
    cells = (text for row in table.rows for text in _shown(table, row))
    heads = (column.head for column in table.columns)
    return cautions(itertools.chain([table.caption], heads, cells, table.notes))


@frozen
class _Block:
    """Columns side by side: their numbers, and how they are set."""

    places: tuple[int, ...]
    columns: tuple[PlacedColumn, ...]

    @property
    def shares(self) -> bool:
        return any(column.shares for column in self.columns)

    def wraps(self, texts: Sequence[tuple[str, ...]]) -> bool:
        """Whether a row has several lines."""
        return self.lines(texts) > len(texts)

    def lines(self, texts: Sequence[tuple[str, ...]]) -> int:
        """How many lines its rows have, about."""
        rooms = [
            (place, column.room)
            for place, column in zip(self.places, self.columns, strict=True)
            if column.shares
        ]
        return sum(max((lines_of(row[place], room) for place, room in rooms), default=1) for row in texts)


def _shown(table: ReportTable, row: tuple[Cell, ...]) -> Iterator[str]:
    """The cells of a row as texts, with a real minus before a number."""
    for cell, column in zip(row, table.columns, strict=True):
        text = str(shown_cell(cell, column.kind))
        is_negative = column.kind in NUMERIC and text.startswith("-")
        yield f"\u2212{text[1:]}" if is_negative else text


def _leading(table: ReportTable) -> int:
    """The first columns that say which row it is: those of groups, and the one after them."""
    grouped = itertools.takewhile(lambda column: column.grouped, table.columns)
    return min(len(list(grouped)) + 1, len(table.columns))


def _parts(
    table: ReportTable, texts: Sequence[tuple[str, ...]], block: _Block, is_long: bool
) -> Iterator[LatexPart]:
    """The parts of some columns: one, or several where a long table has more than TeX can read at once."""
    columns = [table.columns[place] for place in block.places]
    heads = _row([column.head for column in columns], columns, block.columns)
    rows = list(_rows(texts, columns, block))
    if not rows:
        rows = [LatexRow(rf"\multicolumn{{{len(columns)}}}{{@{{}}l@{{}}}}{{{_NO_ROWS}}}", False)]
    for chunk in _chunks(rows) if is_long and block.shares else [rows]:
        yield LatexPart(
            table.caption,
            table.label,
            _ENVIRONMENTS[is_long, block.shares],
            r"{\linewidth}" if block.shares else "",
            f"@{{}}{''.join(column.spec for column in block.columns)}@{{}}",
            len(columns),
            heads,
            tuple(chunk),
        )


def _chunks(rows: Sequence[LatexRow]) -> Iterator[list[LatexRow]]:
    chunk: list[LatexRow] = []
    size = 0
    for row in rows:
        cost = len(row.cells) + _CHARACTERS_OF_CELL * (1 + row.cells.count(" & "))
        if chunk and size + cost > _MOST_CHARACTERS:
            yield chunk
            chunk, size = [], 0
        chunk.append(row)
        size += cost
    yield chunk


def _numbered(table: ReportTable, parts: Sequence[LatexPart]) -> tuple[LatexPart, ...]:
    """The parts with captions and labels of their own."""
    room = AVAILABLE[table.width] / _CAPTION_LARGER
    label = label_in_latex(table.label or f"tab:{table.name}")
    if len(parts) == 1:
        return (evolve(parts[0], caption=_flowing(table.caption, room), label=label),)
    return tuple(
        evolve(
            part,
            caption=_flowing(f"{table.caption} (part {number} of {len(parts)})", room),
            label=label if number == 1 else f"{label}-{number}",
        )
        for number, part in enumerate(parts, 1)
    )


def _rows(
    texts: Sequence[tuple[str, ...]], columns: Sequence[ReportColumn], block: _Block
) -> Iterator[LatexRow]:
    """The rows, with the value of a column of groups only where a group begins."""
    before: tuple[str, ...] = ()
    rows = [tuple(row[place] for place in block.places) for row in texts]
    grouped = [place for place, column in enumerate(columns) if column.grouped]
    has_groups = bool(grouped) and any(
        row[grouped[0]] == above[grouped[0]] for above, row in itertools.pairwise(rows)
    )
    for row in rows:
        same = set(_same(row, before, grouped)) if before else set()
        cells = ["" if place in same else text for place, text in enumerate(row)]
        begins = has_groups and bool(before) and grouped[0] not in same
        yield LatexRow(_row(cells, columns, block.columns), begins)
        before = row


def _same(row: tuple[str, ...], above: tuple[str, ...], grouped: Sequence[int]) -> Iterator[int]:
    """The columns of groups that go on from the row above; a new group in one begins those after it, too."""
    return itertools.takewhile(lambda place: row[place] == above[place], grouped)


def _row(
    cells: Sequence[str], columns: Sequence[ReportColumn], placed_columns: Sequence[PlacedColumn]
) -> str:
    latex = " & ".join(
        _cell(text, column.kind == "url", place)
        for text, column, place in zip(cells, columns, placed_columns, strict=True)
    )
    return f"{{{latex[0]}}}{latex[1:]}" if latex.startswith(_NOT_AFTER_ROW) else latex


def _flowing(text: str, room: float, is_url: bool = False) -> str:
    """A text in lines of a width."""
    return " ".join(word_in_latex(word, room, is_url or "://" in word) for word in text.split())


def _cell(text: str, is_url: bool, column: PlacedColumn) -> str:
    lines = (_flowing(line, column.room, is_url) for line in LINES.split(text))
    return (r" \newline " if column.shares else " ").join(filter(None, lines))


def _cells(row: LatexRow) -> str:
    return row.cells
