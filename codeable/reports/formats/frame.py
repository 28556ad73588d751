"""Tables as pandas frames whose columns have types: numbers, truth values and texts."""

from typing import TYPE_CHECKING

from codeable.reports.report_table import Cell, ReportColumn, ReportTable

if TYPE_CHECKING:
    import pandas

_TYPES: dict[str, tuple[str, str]] = {
    "number": ("int64", "Int64"),
    "mark": ("bool", "boolean"),
    "share": ("float64", "float64"),
    "coefficient": ("float64", "float64"),
}
"""Kind of a column → its type where no value is missing, and where one is."""

_TOO_LARGE = 2**63
"""The first whole number that has no place in an int64."""


def typed(frame: "pandas.DataFrame", table: ReportTable) -> "pandas.DataFrame":
    """The frame of a table with the type of each column; a column that holds something else stays as it is.

    Args:
        frame: The rows as pandas reads them.
        table: The table that they are from.
    """
    if not table.rows:
        frame = type(frame)(columns=list(table.keys), dtype=str)
    types = {
        column.key: _TYPES[column.kind][any(row[place] is None for row in table.rows)]
        for place, column in enumerate(table.columns)
        if column.kind in _TYPES and all(_fits(row[place], column) for row in table.rows)
    }
    return frame.astype(types)


def _fits(cell: Cell, column: ReportColumn) -> bool:
    is_truth_value = isinstance(cell, bool)
    if cell is None:
        return True
    if column.kind == "mark":
        return is_truth_value
    if isinstance(cell, int):
        return not is_truth_value and -_TOO_LARGE <= cell < _TOO_LARGE
    return isinstance(cell, float) and column.kind != "number"
