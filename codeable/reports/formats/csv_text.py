"""Tables as CSV (RFC 4180 with line feeds): UTF-8, every cell exact, or safe for a spreadsheet.

A text is in quotes where it must be, and where it is empty: so it differs from a cell without a value, as
Python's `csv.QUOTE_NOTNULL` reads it. Half of a surrogate pair has no form in UTF-8 and is spelled out.
"""

import re
from collections.abc import Iterable

from codeable.registry.table import Value
from codeable.reports.formats.cell_texts import cell_texts
from codeable.reports.report_table import ReportTable, joined
from codeable.spreadsheet import BYTE_ORDER_MARK, without_formula

_QUOTED = re.compile('[",;\t\r\n\0]')
_SURROGATE = re.compile("[\ud800-\udfff]")


def csv_text(table: ReportTable, *, excel: bool = False) -> str:
    """A table as CSV.

    Args:
        table: The table.
        excel: Whether the text is for a spreadsheet: it begins with a byte order mark, and a text that would
            be run as a formula begins with an apostrophe.
    """
    head = _line(_cell(key, excel=excel) for key in table.keys)
    rows = map(_line, cell_texts(table, lambda cell, _: _cell(joined(cell), excel=excel)))
    return (BYTE_ORDER_MARK if excel else "") + head + "".join(rows)


def _line(cells: Iterable[str]) -> str:
    line = ",".join(cells)
    # A line without anything would be no row.
    return f"{line}\n" if line else '""\n'


def _cell(cell: Value, *, excel: bool) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    return _quoted(without_formula(cell) if excel else cell)


def _quoted(text: str) -> str:
    if not text.isascii():
        text = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):x}", text)
    must_be = text.strip() != text or not text or _QUOTED.search(text)
    return '"{}"'.format(text.replace('"', '""')) if must_be else text
