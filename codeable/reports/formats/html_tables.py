"""Tables as a page of HTML that needs no network."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from attrs import evolve

from codeable.kernel.bulk_access import collector_paused
from codeable.reports.formats.cell_texts import cell_texts
from codeable.reports.formats.html_cells import cell_html, column_classes, head_html
from codeable.reports.formats.html_page import ContentsEntry, fill, page, safe
from codeable.reports.grouping import repeated_cells
from codeable.reports.report_table import Cell, ReportTable
from codeable.text import counted

_MOST_CELLS = 100_000
"""A browser needs seconds for a table with more of them."""

_CELLS_AT_FIRST = 20_000
_ROWS_AT_FIRST = 500
"""How much of a table a browser lays out before its reader asks for more."""

_CAUTIONS = '{% for message in messages %}<p class="warning">{{ message | code }}</p>\n{% endfor %}'

_FEWEST_IN_MATRIX = 8
_IN_MATRIX = 0.8
"""The share of narrow columns from which a table is a matrix, with heads set vertically."""


@collector_paused()
def tables_page(title: str, tables: Sequence[ReportTable]) -> str:
    """A page of some tables, with navigation where there are several.

    A caution that several tables share is at its top, once.

    Args:
        title: The title of the page.
        tables: The tables, in the order of the page.
    """
    entries = [
        ContentsEntry(anchor(table), table.caption or table.name, counted(len(table.rows), "row"))
        for table in tables
    ]
    if len(tables) == 1 and title == tables[0].caption:
        sections = [table_section(tables[0], has_caption=False)]
    else:
        times = Counter(message for table in tables for message in table.messages)
        shared = [message for message, number in times.items() if number > 1]
        sections = [fill(_CAUTIONS, messages=shared)] if shared else []
        for number, table in enumerate(tables, 1):
            own = tuple(message for message in table.messages if message not in shared)
            sections.append(table_section(evolve(table, messages=own), number))
    body = "\n".join(sections) or fill('<p class="note">There are no tables.</p>')
    return page(title, body, contents=entries if len(entries) > 1 else (), is_wide=True)


def table_section(table: ReportTable, number: int | None = None, *, has_caption: bool = True) -> str:
    """A table with its caption, cautions and notes, as a part of a page that `page` makes.

    Args:
        table: The table.
        number: Its number on the page; None for none.
        has_caption: Whether it shows its caption; no where that is the title of the page.
    """
    width = max(len(table.columns), 1)
    most = _MOST_CELLS // width
    page_table = evolve(table, rows=table.rows[:most]) if len(table.rows) > most else table
    at_first = min(_ROWS_AT_FIRST, _CELLS_AT_FIRST // width)
    classes = column_classes(page_table)
    rows = _rows(page_table, classes)
    return fill(
        "table.html.j2",
        anchor=anchor(table),
        number=number,
        has_caption=has_caption,
        table=table,
        is_matrix=_is_matrix(classes),
        head=safe("".join(map(head_html, table.columns, classes))),
        rows=safe("\n".join(rows[:at_first])),
        rest=safe("\n".join(rows[at_first:])),
        shown=at_first,
        notes=(*_left_out(table, len(rows)), *table.notes),
    )


def _left_out(table: ReportTable, shown: int) -> Iterator[str]:
    if len(table.rows) > shown:
        yield f"The first {shown} of {len(table.rows)} rows; the CSV file has all of them."


def anchor(table: ReportTable) -> str:
    """The id of a table on its page, `tab-NAME`."""
    return f"tab-{quote(table.name, safe='')}"


def _rows(table: ReportTable, classes: Sequence[str]) -> list[str]:
    def write(cell: Cell, place: int, *, is_repeated: bool = False) -> str:
        column = table.columns[place], classes[place]
        return cell_html(cell, *column, is_first=place == 0, is_repeated=is_repeated)

    def write_again(cell: Cell, place: int) -> str:
        return write(cell, place, is_repeated=True) if table.columns[place].grouped else ""

    rows = cell_texts(table, write)
    has_groups = any(column.grouped for column in table.columns)
    again = cell_texts(table, write_again) if has_groups else itertools.repeat(())
    lines = []
    for row, other, repeated in zip(rows, again, repeated_cells(table), strict=False):
        cells = (other[place] if place in repeated else text for place, text in enumerate(row))
        lines.append(f"<tr>{''.join(cells if repeated else row)}</tr>")
    return lines


def _is_matrix(classes: Sequence[str]) -> bool:
    narrow = sum("narrow" in each.split() for each in classes)
    return narrow >= max(_FEWEST_IN_MATRIX, _IN_MATRIX * len(classes))
