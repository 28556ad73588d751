r"""Tables as LaTeX, to be read by `\input`: what `table.tex.j2` is filled with.

A table is a float (`table`, or `table*` over the whole page) with its notes in `threeparttable`. One that
would not fit on a page is an `xltabular`, which continues on the next. Columns that do not fit side by side
become several parts, each with the first column.
"""

import itertools
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from codeable.reports.formats.latex_columns import AVAILABLE, gap, measured, placed, side_by_side
from codeable.reports.formats.latex_escape import cautions, helpers
from codeable.reports.formats.latex_rows import (
    ColumnBlock,
    LatexRow,
    TableTexts,
    flowing,
    note_in_latex,
    table_texts,
)
from codeable.reports.formats.latex_template import label_in_latex, latex_template
from codeable.reports.report_table import ReportTable, Width, joined

_MOST_LINES = 42
"""The lines of a table that still fits on a page, with its caption."""
_MOST_FLOATS = 8
"""LaTeX keeps only so many floats; a table with more parts does not float."""
_CAPTION_LARGER = 1.5
"""How much larger the letters of a caption are, in documents of 12 pt."""
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
    texts = table_texts(table)
    columns = [
        measured(column, shown, is_first=place == 0)
        for place, (column, shown) in enumerate(zip(table.columns, texts.shown, strict=True))
    ]
    available = AVAILABLE[table.width]
    between = gap(columns, available)
    blocks = [
        ColumnBlock(places, tuple(placed([columns[place] for place in places], available, between)))
        for places in side_by_side(columns, _leading(table), available, between)
    ]
    lines = max(block.lines(texts) for block in blocks)
    is_long = table.is_long
    if is_long is None:
        is_long = len(blocks) > _MOST_FLOATS or lines > _MOST_LINES
    parts = _numbered(table, [part for block in blocks for part in _parts(texts, block, is_long)])
    notes = tuple(note_in_latex(note, available) for note in table.notes)
    written = {*notes, *(text for part in parts for text in (part.caption, part.heads))}
    return latex_template("table.tex.j2").render(
        parts=parts,
        notes=notes,
        tabcolsep=f"{between / 2:g}pt",
        rows_wrap=lines > texts.count,
        helpers=helpers("".join(written.union(*(_cells(part) for part in parts)))),
        float=_FLOATS[table.width],
        is_long=is_long,
    )


def latex_cautions(table: ReportTable) -> tuple[str, ...]:
    """What a user must know before a document reads the table: characters that pdfLaTeX cannot set."""
    heads = (column.head for column in table.columns)
    cells = (joined(cell) for row in table.rows for cell in row)
    texts = (cell for cell in cells if isinstance(cell, str))
    return cautions(itertools.chain([table.caption], heads, texts, table.notes))


def _leading(table: ReportTable) -> int:
    """The first columns that say which row it is: those of groups, and the one after them."""
    grouped = itertools.takewhile(lambda column: column.grouped, table.columns)
    return min(len(list(grouped)) + 1, len(table.columns))


def _parts(texts: TableTexts, block: ColumnBlock, is_long: bool) -> Iterator[LatexPart]:
    """The parts of some columns: one, or several where a long table has more than TeX can read at once."""
    count = len(block.places)
    for rows in block.rows(texts, at_once=is_long and block.shares):
        none = LatexRow(rf"\multicolumn{{{count}}}{{@{{}}l@{{}}}}{{{_NO_ROWS}}}")
        yield LatexPart(
            "",
            "",
            _ENVIRONMENTS[is_long, block.shares],
            r"{\linewidth}" if block.shares else "",
            f"@{{}}{''.join(column.spec for column in block.columns)}@{{}}",
            count,
            block.heads(texts),
            tuple(rows) or (none,),
        )


def _numbered(table: ReportTable, parts: Sequence[LatexPart]) -> tuple[LatexPart, ...]:
    """The parts with captions and labels of their own."""
    room = AVAILABLE[table.width] / _CAPTION_LARGER
    label = label_in_latex(table.label or f"tab:{table.name}")
    if len(parts) == 1:
        return (evolve(parts[0], caption=flowing(table.caption, room), label=label),)
    return tuple(
        evolve(
            part,
            caption=flowing(f"{table.caption} (part {number} of {len(parts)})", room),
            label=label if number == 1 else f"{label}-{number}",
        )
        for number, part in enumerate(parts, 1)
    )


def _cells(part: LatexPart) -> Iterator[str]:
    return (row.cells for row in part.rows)
