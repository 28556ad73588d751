"""Which cells repeat the value above: a grouped column shows each value once."""

from collections.abc import Iterator

from codeable.reports.report_table import Cell, ReportTable, is_empty


def repeated_cells(table: ReportTable) -> Iterator[frozenset[int]]:
    """The positions of the cells, row by row, that need not be shown because the row above has their value.

    A cell is shown again where a grouped column left of it has another value than in the row above. Empty
    cells repeat nothing; rows whose first grouped column is empty are no group.

    Args:
        table: The table.

    Example:
        >>> from codeable.reports.report_table import ReportColumn
        >>> columns = ReportColumn("d", "D", grouped=True), ReportColumn("o", "O")
        >>> list(map(sorted, repeated_cells(ReportTable("t", "T", columns, (("a", "b"), ("a", "b"))))))
        [[], [0]]
    """
    grouped = [position for position, column in enumerate(table.columns) if column.grouped]
    above: tuple[Cell, ...] | None = None
    for row in table.rows:
        found = []
        for position in grouped:
            nothing = is_empty(row[position])
            if above is None or row[position] != above[position] or (nothing and position == grouped[0]):
                break
            if not nothing:
                found.append(position)
        yield frozenset(found)
        above = row
