"""The cells of a table in HTML: escaped, with links to web pages only, and with a class for each kind."""

import re
from collections.abc import Iterator, Sequence

from codeable.diagrams.urls import web_page
from codeable.reports.report_table import NUMERIC, Cell, ReportColumn, ReportTable, separator, shown_cell
from codeable.text import html_text

_IN_IDENTIFIER = re.compile(r"(?<=[\w./:-][_./:-])(?=[^\W_])")
"""Where a long identifier may go on in the next line."""

_IN_URL = re.compile(r"(?<=[/._=])(?=\w)")

_LINE_BREAK = re.compile(r"\r\n?")

_SHORT = 14
_NARROW = 3
"""Number of characters in the longest cell of a short and of a narrow column."""

_LONG_WORD = 24
"""A longer word of a head may be broken."""


def column_classes(table: ReportTable) -> list[str]:
    """The classes of the cells of each column: the kind, and `first`, `short`, `narrow`, `grouped`."""
    every = zip(*table.rows, strict=True) if table.rows else [()] * len(table.columns)
    return [
        " ".join(_classes(column, place, cells if different is None else different))
        for place, (column, cells, different) in enumerate(
            zip(table.columns, every, table.different_cells, strict=True)
        )
    ]


def _classes(column: ReportColumn, place: int, cells: Sequence[Cell]) -> Iterator[str]:
    yield "number" if column.kind in NUMERIC else column.kind
    different = {str(shown_cell(cell, column.kind)) for cell in cells}
    if column.kind not in NUMERIC and all(len(text) <= _SHORT for text in different):
        yield "short"
    if place and (column.kind == "mark" or (different and all(len(text) <= _NARROW for text in different))):
        yield "narrow"
    if column.grouped:
        yield "grouped"
    if place == 0:
        yield "first"


def head_html(column: ReportColumn, classes: str) -> str:
    """The head of a column."""
    if any(len(word) > _LONG_WORD for word in column.head.split()):
        classes += " long"
    return f'<th scope="col" class="{classes}"><span>{html_text(column.head)}</span></th>'


def cell_html(
    cell: Cell, column: ReportColumn, classes: str, *, is_first: bool, is_repeated: bool = False
) -> str:
    """A cell with its tag. The first of a row is the head of the row.

    Args:
        cell: Its content.
        column: Its column.
        classes: Those of the column, see `column_classes`.
        is_first: Whether it is the first of its row.
        is_repeated: Whether the row above shows the same, see `repeated_cells`.
    """
    inner = _inner(cell, column)
    if column.grouped:
        inner = f"<span>{inner}</span>"
        classes += " again" if is_repeated else ""
    if column.kind in NUMERIC and cell == 0:
        classes += " zero"
    attributes = f' class="{classes}"{_value(cell, column)}{"" if inner.isascii() else _DIRECTION}'
    tag, scope = ("th", ' scope="row"') if is_first else ("td", "")
    return f"<{tag}{scope}{attributes}>{inner}</{tag}>"


_DIRECTION = ' dir="auto"'
"""A text that is read from right to left is set so, and does not reorder what is beside it."""


def _inner(cell: Cell, column: ReportColumn) -> str:
    if column.kind == "url":
        urls = cell if isinstance(cell, tuple) else () if cell is None else (str(cell),)
        return "\n".join(map(link_html, urls))
    if isinstance(cell, tuple):
        text = _text(separator(column.kind).join(cell))
        if not text.isascii():
            apart = (each if each.isascii() else f"<bdi>{each}</bdi>" for each in map(_text, cell))
            text = separator(column.kind).join(apart)
    else:
        text = _text(str(shown_cell(cell, column.kind)))
    return _IN_IDENTIFIER.sub("<wbr>", text) if column.kind == "name" else text


def _text(text: str) -> str:
    return html_text(_LINE_BREAK.sub("\n", text) if "\r" in text else text)


def link_html(url: str) -> str:
    """A link to a web page. What is no web page is a text.

    Example:
        >>> link_html("https://example.org/a?b&c")
        '<a href="https://example.org/a?b&amp;c" rel="noreferrer">https://<wbr>example.<wbr>org/<wbr>a?b&amp;c</a>'
        >>> link_html("javascript:alert(1)")
        'javascript:alert(1)'
    """
    text = _text(url)
    target = web_page(url)
    if target is None:
        return text
    shown = _IN_URL.sub("<wbr>", text)
    return f'<a href="{html_text(target)}" rel="noreferrer">{shown}</a>'


def _value(cell: Cell, column: ReportColumn) -> str:
    """The number by which the cell is sorted, where another text is shown."""
    is_shown_otherwise = column.kind in ("share", "coefficient") and isinstance(cell, int | float)
    return f' data-value="{cell!r}"' if is_shown_otherwise else ""
