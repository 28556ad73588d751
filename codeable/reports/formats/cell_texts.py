"""The cells of a table as texts of a format. Equal cells of a column are written once, since most recur."""

from collections.abc import Callable, Iterator

from codeable.reports.report_table import Cell, ReportColumn, ReportTable


def cell_texts(table: ReportTable, write: Callable[[Cell, ReportColumn], str]) -> Iterator[tuple[str, ...]]:
    """The rows of a table, each with the texts of its cells.

    Args:
        table: The table.
        write: Gives the text of a cell.

    Example:
        >>> table = ReportTable("t", "T", (ReportColumn("n", "N", "number"),), ((1,), (None,), (1,)))
        >>> list(cell_texts(table, lambda cell, column: f"{column.head}={cell}"))
        [('N=1',), ('N=None',), ('N=1',)]
    """
    columns = zip(table.columns, zip(*table.rows, strict=True), strict=True) if table.rows else ()
    return zip(*(_written(cells, column, write) for column, cells in columns), strict=True)


def _written(
    cells: tuple[Cell, ...], column: ReportColumn, write: Callable[[Cell, ReportColumn], str]
) -> list[str]:
    # True and 1 are equal, and not written alike.
    known: dict[tuple[type, Cell], str] = {}
    texts = []
    for cell in cells:
        key = type(cell), cell
        text = known.get(key)
        if text is None:
            text = known[key] = write(cell, column)
        texts.append(text)
    return texts
