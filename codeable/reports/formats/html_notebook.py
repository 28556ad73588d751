"""A table as it shows itself in a notebook: its first rows, in the colours of the notebook.

A notebook that is not trusted drops the style; the table can be read all the same. The class names begin with
`codeable-`, and no element has an id, so that nothing else in the notebook changes.
"""

from collections.abc import Iterator

from attrs import evolve

from codeable.reports.formats.html_cells import cell_html, column_classes, head_html
from codeable.reports.formats.html_page import fill, safe
from codeable.reports.grouping import repeated_cells
from codeable.reports.report_table import ReportTable
from codeable.text import counted

_MOST_ROWS = 40
_MOST_COLUMNS = 40


def table_in_notebook(table: ReportTable) -> str:
    """The first rows and columns of a table as HTML, with the number of those left out."""
    first = evolve(table, rows=table.rows[:_MOST_ROWS])
    columns = list(enumerate(zip(first.columns, column_classes(first), strict=True)))[:_MOST_COLUMNS]
    rows = [
        [
            cell_html(row[place], *column, is_first=place == 0, is_repeated=place in repeated)
            for place, column in columns
        ]
        for row, repeated in zip(first.rows, repeated_cells(first), strict=True)
    ]
    return fill(
        "notebook.html.j2",
        table=table,
        heads=[safe(head_html(*column)) for _, column in columns],
        rows=[safe("".join(cells)) for cells in rows],
        left_out=list(_left_out(table)),
    )


def _left_out(table: ReportTable) -> Iterator[str]:
    rows, columns = len(table.rows) - _MOST_ROWS, len(table.columns) - _MOST_COLUMNS
    if rows > 0:
        yield f"and {rows} more"
    if columns > 0:
        yield f"and {counted(columns, 'more column', 'more columns')}"
    if table.state_note:
        yield table.state_note
