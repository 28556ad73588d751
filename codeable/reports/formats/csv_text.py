"""Tables as CSV (RFC 4180 with line feeds): UTF-8, every cell exact, or safe for a spreadsheet."""

import csv
import io

from codeable.registry.table import Value
from codeable.reports.report_table import ReportTable, joined

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""The first characters by which a spreadsheet takes a text for a formula, or skips to one."""


def csv_text(table: ReportTable, *, excel: bool = False) -> str:
    """A table as CSV.

    Args:
        table: The table.
        excel: Whether a text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.keys)
    for row in table.rows:
        cells = [joined(cell) for cell in row]
        writer.writerow([_without_formula(cell) for cell in cells] if excel else cells)
    return file.getvalue()


def _without_formula(cell: Value) -> Value:
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(_STARTS_FORMULA) else cell
