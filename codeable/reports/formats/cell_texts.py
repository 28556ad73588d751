"""The cells of a table as texts of a format. Equal cells of a column are written once, since most recur."""

from collections.abc import Callable, Iterator

from codeable.kernel.bulk_access import collector_paused
from codeable.reports.report_table import Cell, ReportTable


def cell_texts(table: ReportTable, write: Callable[[Cell, int], str]) -> Iterator[tuple[str, ...]]:
    """The rows of a table, each with the texts of its cells.

    Args:
        table: The table.
        write: Gives the text of a cell, also told the number of its column.

    Example:
        >>> from codeable.reports.report_table import ReportColumn
        >>> table = ReportTable("t", "T", (ReportColumn("n", "N", "number"),), ((1,), (None,), (1,)))
        >>> list(cell_texts(table, lambda cell, place: f"{place}: {cell}"))
        [('0: 1',), ('0: None',), ('0: 1',)]
    """
    columns = enumerate(zip(*table.rows, strict=True))
    with collector_paused():
        different = table.different_cells
        return zip(
            *[_written(cells, different[place], place, write) for place, cells in columns], strict=True
        )


def _written(
    cells: tuple[Cell, ...],
    different: tuple[Cell, ...] | None,
    place: int,
    write: Callable[[Cell, int], str],
) -> list[str]:
    if different is None:
        return [write(cell, place) for cell in cells]
    texts = {cell: write(cell, place) for cell in different}
    return [texts[cell] for cell in cells]
