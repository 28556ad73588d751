r"""Tables as LaTeX, to be read by `\input`: what `table.tex.j2` is filled with.

A table is a float (`table`, or `table*` over the whole page) with its notes in `threeparttable`. One that
would not fit on a page is an `xltabular`, which continues on the next. Columns that do not fit side by side
become several parts, each with the first columns, which say what a row is about.
"""

import itertools
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from codeable.reports.formats.latex_columns import (
    AVAILABLE,
    MeasuredColumn,
    fitted,
    lines_of,
    measured,
    natural_width,
    placed,
    side_by_side,
)
from codeable.reports.formats.latex_escape import captions_of_parts, cautions, helpers
from codeable.reports.formats.latex_rows import (
    ColumnBlock,
    LatexRow,
    TableTexts,
    flowing,
    note_in_latex,
    table_texts,
)
from codeable.reports.formats.latex_templates import fill_latex
from codeable.reports.report_table import Cell, ReportTable, Width

_HIGHEST = 520.0
"""The height of a table that still fits on a page, in points."""
_LINE = 12.0
"""The height of a line of a table in a document of 12 pt."""
_BETWEEN_ROWS = 2.0
_CAPTION_AND_RULES = 60.0
_MOST_FLOATS = 8
"""LaTeX keeps only so many floats; a table with more parts does not float."""
_CAPTION_LARGER = 1.5
"""How much larger the letters of a caption are, in documents of 12 pt."""
_WIDE_PAGE = 405.0
"""The width of the page of an article with two columns: a table that is cut for a narrower one may fit it."""
_OF_WIDE = 0.95
"""The part of the width that words of notes fill at most, since other fonts are wider."""
_OF_NARROW = 0.5
"""The part of the width that a table with notes has at least; with many notes it is `_OF_WIDE`."""
_FLOATS: dict[Width, str] = {"column": "table", "page": "table*"}
_MOST_MORE = 2
"""The columns that a part repeats at most beside the least, to say which row it is."""
_NO_ROWS = "No rows"
_TOO_HIGH = (
    "the table is higher than a page, which cuts it; leave out the option `long`, or choose rows or columns"
)


@frozen
class PlacedColumns:
    """The columns of a table on a page of some width.

    Attributes:
        blocks: The blocks of columns side by side; several where the page is too narrow for one.
        available: The width of the page.
        between: What is between two columns.
    """

    blocks: tuple[ColumnBlock, ...]
    available: float
    between: float


@frozen
class LatexPart:
    """What is set as one table: all of a report's table, or some of its columns or rows.

    Attributes:
        caption: Its caption, in LaTeX.
        label: Its label.
        environment: The name of what sets its columns.
        width: Its width, as the argument of the environment; empty for that of its content.
        columns: The specification of its columns.
        count: The number of its columns.
        heads: Its heads.
        rows: Its rows, in LaTeX.
    """

    caption: str
    label: str
    environment: str
    width: str
    columns: str
    count: int
    heads: str
    rows: str


@frozen
class LatexLayout:
    """How a table is set on a page of some width.

    Attributes:
        parts: Its parts.
        notes: Its notes, in LaTeX.
        tabcolsep: Half of what is between two columns.
        is_long: Whether it may take several pages.
    """

    parts: tuple[LatexPart, ...]
    notes: tuple[str, ...]
    tabcolsep: str
    is_long: bool


def latex_table(table: ReportTable) -> str:
    r"""A table as LaTeX, with caption, label and notes.

    Example:
        >>> from codeable.reports.report_table import ReportColumn
        >>> columns = (ReportColumn("id", "Id", "name"), ReportColumn("codes", "Codes", "number"))
        >>> latex = latex_table(ReportTable("sources", "R&D", columns, (("s_4", 12),), "tab:sources"))
        >>> [line for line in latex.splitlines() if "caption{" in line or "12" in line]
        ['  \\caption{R\\&D}', '      s\\_4 & 12 \\\\']
    """
    texts = table_texts(table)
    columns = _measured(table, texts)
    narrow = _placed(texts, columns, AVAILABLE[table.width])
    layouts = [_layout(table, texts, narrow)]
    if table.width == "column" and layouts[0].is_long:
        # What takes several pages has their width.
        of_page = _placed(texts, columns, AVAILABLE["page"])
        layouts = [_layout(evolve(table, is_long=True), texts, of_page)]
    elif table.width == "page" and table.is_long is None and len(narrow.blocks) > 1:
        wide = _placed(texts, columns, _WIDE_PAGE)
        if len(wide.blocks) == 1:
            layouts.append(_layout(table, texts, wide))
    return fill_latex(
        "table.tex.j2",
        layouts=layouts,
        wide_page=f"{_WIDE_PAGE:g}pt",
        is_long=any(layout.is_long for layout in layouts),
        floats=not all(layout.is_long for layout in layouts),
        helpers=helpers("".join(set().union(*(_written(layout) for layout in layouts)))),
        cautions=latex_cautions(table),
        float=_FLOATS[table.width],
    )


def _measured(table: ReportTable, texts: TableTexts) -> list[MeasuredColumn]:
    return [
        measured(column, shown, is_first=place == 0)
        for place, (column, shown) in enumerate(zip(table.columns, texts.shown, strict=True))
    ]


def _placed(texts: TableTexts, columns: Sequence[MeasuredColumn], available: float) -> PlacedColumns:
    columns, between = fitted(columns, available)
    places = side_by_side(columns, lambda: _leading(texts), available, between)
    return PlacedColumns(
        tuple(
            ColumnBlock(block, tuple(placed([columns[place] for place in block], available, between)))
            for block in places
        ),
        available,
        between,
    )


def _layout(table: ReportTable, texts: TableTexts, columns: PlacedColumns) -> LatexLayout:
    blocks, available = columns.blocks, columns.available
    lines = [block.lines(texts) for block in blocks]
    least = _least(table, texts, columns, lines)
    is_long = table.is_long
    if is_long is None:
        is_long = len(blocks) > _MOST_FLOATS or least is None
    least = least or _OF_NARROW
    room = available * (_OF_WIDE if all(block.shares for block in blocks) else least)
    return LatexLayout(
        tuple(_parts(table, texts, columns, lines, least if table.notes else 0.0, is_long=is_long)),
        tuple(note_in_latex(note, room) for note in table.notes),
        f"{columns.between / 2:g}pt",
        is_long,
    )


def _least(
    table: ReportTable, texts: TableTexts, columns: PlacedColumns, lines: Sequence[int]
) -> float | None:
    """The part of the width to which a table is made wider for its notes; None if no page is high enough."""
    available = columns.available
    for share in (_OF_NARROW, _OF_WIDE):
        rooms = [available * (_OF_WIDE if block.shares else share) for block in columns.blocks]
        heights = (
            _height(table, texts, block, number, room)
            for block, number, room in zip(columns.blocks, lines, rooms, strict=True)
        )
        if all(height <= _HIGHEST for height in heights):
            return share
    return None


def _written(layout: LatexLayout) -> set[str]:
    """Everything in LaTeX that the texts of the table became."""
    parts = (text for part in layout.parts for text in (part.caption, part.heads, part.rows))
    return {*layout.notes, *parts}


def latex_cautions(table: ReportTable) -> tuple[str, ...]:
    """What a user must know before a document reads the table: what pdfLaTeX cannot set, and what is cut."""
    heads = (column.head for column in table.columns)
    cells = set(itertools.chain.from_iterable(table.rows))
    found = cautions(itertools.chain([table.caption], heads, *map(_texts, cells), table.notes))
    return (*found, _TOO_HIGH) if table.is_long is False and _is_too_high(table) else found


def _is_too_high(table: ReportTable) -> bool:
    texts = table_texts(table)
    columns = _placed(texts, _measured(table, texts), AVAILABLE[table.width])
    return _least(table, texts, columns, [block.lines(texts) for block in columns.blocks]) is None


def _texts(cell: Cell) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else (cell,) if isinstance(cell, str) else ()


def _height(table: ReportTable, texts: TableTexts, block: ColumnBlock, lines: int, room: float) -> float:
    """How high some columns with so many lines are, with caption and notes, in points."""
    others = block.lines_of_head(texts) + sum(lines_of(note, room) for note in table.notes)
    gaps = texts.count * _BETWEEN_ROWS if lines > texts.count else 0.0
    return _CAPTION_AND_RULES + _LINE * (lines + others) + gaps


def _leading(texts: TableTexts) -> int:
    """How many of the first columns say which row it is.

    They are those of groups and the one after them, and some more if rows differ only with these.
    """
    grouped = list(itertools.takewhile(lambda column: column.grouped, texts.columns))
    least = min(len(grouped) + 1, len(texts.columns))
    tried = range(least, min(least + _MOST_MORE, len(texts.columns)) + 1)
    telling = (number for number in tried if len(set(zip(*texts.all[:number], strict=True))) == texts.count)
    return next(telling, least)


def _parts(
    table: ReportTable,
    texts: TableTexts,
    columns: PlacedColumns,
    lines: Sequence[int],
    least: float,
    *,
    is_long: bool,
) -> Iterator[LatexPart]:
    """The parts: one for each block of columns, or several where TeX cannot read a long table at once."""
    bodies = [(block, rows) for block in columns.blocks for rows in block.rows(texts, is_long=is_long)]
    captions = captions_of_parts(table.caption, table.label or f"tab:{table.name}", len(bodies))
    for (block, rows), (caption, label) in zip(bodies, captions, strict=True):
        is_narrow = natural_width(block.columns, columns.between) < least * columns.available
        environment, width, before = _environment(block, least if is_narrow else 0.0, is_long=is_long)
        count = len(block.places)
        specs = "".join(column.spec for column in block.columns)
        none = LatexRow(rf"\multicolumn{{{count}}}{{@{{}}l@{{}}}}{{{_NO_ROWS}}}")
        yield LatexPart(
            flowing(caption, AVAILABLE[table.width] / _CAPTION_LARGER),
            label,
            environment,
            width,
            f"{before}{specs}@{{}}",
            count,
            block.heads(texts),
            "\n".join(_rows(rows or [none], max(lines) > texts.count, " " * (2 if is_long else 6))),
        )


def _rows(rows: Sequence[LatexRow], rows_wrap: bool, indent: str) -> Iterator[str]:
    """The lines of some rows, with more space between rows of several lines and between groups."""
    for number, row in enumerate(rows):
        if row.begins_group:
            yield rf"{indent}\addlinespace"
        elif rows_wrap and number and not row.continues:
            yield rf"{indent}\addlinespace[2pt]"
        yield rf"{indent}{row.cells} \\"


def _environment(block: ColumnBlock, least: float, *, is_long: bool) -> tuple[str, str, str]:
    """What sets some columns: its name, its width, and what is before the first column.

    Args:
        block: The columns.
        least: The part of the width to which a table is made wider, so that its notes have no short lines; 0
            where it stays as wide as its content.
        is_long: Whether the table may take several pages.
    """
    if block.shares:
        return "xltabular" if is_long else "tabularx", r"{\linewidth}", "@{}"
    if is_long:
        return "longtable", "", "@{}"
    if least:
        return "tabular*", rf"{{{least}\linewidth}}", r"@{\extracolsep{\fill}}"
    return "tabular", "", "@{}"
