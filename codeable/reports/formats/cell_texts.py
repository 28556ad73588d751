"""The cells of a table as texts of a format. Equal cells of a column are written once, since most recur."""

from collections.abc import Callable, Iterator

from codeable.kernel.bulk_access import collector_paused
from codeable.reports.report_table import Cell, ReportTable

_NUMBERS = frozenset({bool, int, float})


def cell_texts(table: ReportTable, write: Callable[[Cell, int], str]) -> Iterator[tuple[str, ...]]:
    """The rows of a table, each with the texts of its cells.

    Args:
        table: The table.
        write: Gives the text of a cell and the number of its column.

    Example:
        >>> from codeable.reports.report_table import ReportColumn
        >>> table = ReportTable("t", "T", (ReportColumn("n", "N", "number"),), ((1,), (None,), (1,)))
        >>> list(cell_texts(table, lambda cell, place: f"{place}: {cell}"))
        [('0: 1',), ('0: None',), ('0: 1',)]
    """
    columns = enumerate(zip(*table.rows, strict=True))
    with collector_paused():
        return zip(*[_written(cells, place, write) for place, cells in columns], strict=True)


def _written(cells: tuple[Cell, ...], place: int, write: Callable[[Cell, int], str]) -> list[str]:
    if len(_NUMBERS.intersection(map(type, cells))) > 1:
        # True, 1 and 1.0 are equal, and not written alike.
        return [write(cell, place) for cell in cells]
    texts = {cell: write(cell, place) for cell in dict.fromkeys(cells)}
    return [texts[cell] for cell in cells]
