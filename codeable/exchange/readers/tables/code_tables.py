"""Codes out of tables: CSV files and workbooks, as tools and people write them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from codeable.errors import CodeableError
from codeable.exchange.project import Project
from codeable.exchange.readers.discarded import Discarded
from codeable.exchange.readers.input_file import read_input, unreadable
from codeable.exchange.readers.tables.code_rows import CodeRow, codes_of_rows
from codeable.exchange.readers.tables.columns import ROWS_LOOKED_AT, Role, columns_of, is_of_sources
from codeable.exchange.readers.tables.delimited_text import sheet_of_text
from codeable.exchange.readers.tables.rows import CodeTable, rows_of_table
from codeable.exchange.readers.tables.sheets import RowSheet, RowSheets, cell_of
from codeable.exchange.readers.tables.workbook import sheets_of_workbook
from codeable.files import shown_path
from codeable.text import counted, first_few

MOST_BYTES = 100_000_000
"""The size of a file with a table that is read."""
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_codes(path: Path, only: str | None = None) -> Project:
    r"""The codes of a table: a text file (CSV, TSV) or a workbook (.xlsx, .xls, .ods).

    A head tells which column holds what: `name`, `tag`, `code` or `path`; `description` or `definition`;
    `memo`; `kind` or `type`; `parent` or `category`. Columns such as `theme`, `category`, `code` nest. The
    messages tell what each column was read as.

    Args:
        path: The file.
        only: The name of the only sheet that is read; None for all.

    Raises:
        CodeableError: There is no such file or sheet, it is broken or too large, no column names codes, or
            python-calamine is not installed.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "codes.csv")
        ...     _ = file.write_text("tag,description\nForces,What matters.\nForces > Latency,\n")
        ...     [(each.name, each.parent) for each in read_codes(file).codes]
        [('Forces', None), ('Latency', 'Forces')]
    """
    found = _sheets(path, only)
    discarded, messages = Discarded(), list[str]()
    tables = [table for each in found.visible if (table := _table(each, discarded, messages))]
    if not tables:
        raise _no_table(path, found.visible)
    _discard_sheets(found, tables, discarded)
    rows: list[CodeRow] = []
    for each in tables:
        _tell_how_it_is_read(each)
        _discard_columns(each)
        rows += rows_of_table(each)
    result = codes_of_rows(rows, discarded)
    if not result.codes:
        raise unreadable(path, "it has no codes below its head")
    if found.empty_formulas:
        reason = "the spreadsheet did not save their values; open it there, save it, and import it again"
        discarded.add("formulas", number=found.empty_formulas, place=path.name, reason=reason)
    if result.without_row:
        many = counted(len(result.without_row), "category", "categories")
        messages.append(f"{many} without a row: {first_few(result.without_row)}.")
    return Project(
        path.stem,
        file=shown_path(path),
        codes=result.codes,
        not_taken_over=discarded.listed(),
        messages=tuple(messages),
        has_name=False,
    )


def _sheets(path: Path, only: str | None) -> RowSheets:
    """The tables of a text file or of a workbook. What the file is, its first bytes tell."""
    data = read_input(path, MOST_BYTES)
    if data.startswith((_ZIP, _OLE)):
        return sheets_of_workbook(path, data, only)
    if only is not None:
        raise unreadable(path, f"it has no sheets, so there is no {only!r}; leave the name out")
    return RowSheets((sheet_of_text(path, data),))


def _table(sheet: RowSheet, discarded: Discarded, messages: list[str]) -> CodeTable | None:
    """The table of a sheet. Its head is the row among the first ones that has the most known words."""
    begin = list(sheet.rows.items())[:ROWS_LOOKED_AT]
    if any(is_of_sources(cells) for _, cells in begin):
        return None
    found = [(columns, row) for row, cells in begin if (columns := columns_of(cells))]
    if found:
        columns, row = max(found, key=lambda each: (len(each[0].taken), -each[1]))
        return CodeTable(sheet, columns, row, discarded, messages)
    names = "".join(cells[0] for cells in sheet.rows.values())
    of_list = columns_of(["name"])
    if of_list and any(map(str.isalnum, names)) and not any(any(each[1:]) for each in sheet.rows.values()):
        return CodeTable(sheet, of_list, 0, discarded, messages)
    return None


def _no_table(path: Path, sheets: Sequence[RowSheet]) -> CodeableError:
    firsts = [(each, *next(iter(each.rows.items()))) for each in sheets if each.rows]
    if not firsts:
        return unreadable(path, "it is empty")
    if any(is_of_sources(cells) for _, _, cells in firsts):
        return unreadable(path, "it is a table of sources; export these as RIS, BibLaTeX or CSL JSON")
    heads = [
        f"{sheet.place(row)}: {first_few([each for each in cells if each])}" for sheet, row, cells in firsts
    ]
    return unreadable(
        path,
        "no column names codes; one must be headed name, tag, code or path, and there may be description, "
        f"memo, kind and parent. Its first row is {first_few(heads, 3)}",
    )


def _discard_sheets(found: RowSheets, tables: Sequence[CodeTable], discarded: Discarded) -> None:
    read = [each.sheet for each in tables]
    for each in found.visible:
        if each.rows and each not in read:
            reason = (
                "head one column with name, tag, code or path if it has codes, or name a sheet with --only"
            )
            discarded.add("sheets without a column of codes", each.name, place=each.where, reason=reason)
    for name in found.hidden:
        reason = "name a sheet with --only to read it all the same"
        discarded.add("hidden sheets and charts", name, reason=reason)


def _discard_columns(table: CodeTable) -> None:
    columns, place = table.columns, table.sheet.place(table.head)
    below = [cells for row, cells in table.sheet.rows.items() if row > table.head]
    for each in () if columns.has_values else columns.others:
        if any(cell_of(cells, each.index) for cells in below):
            reason = "head a column with description, memo, kind or parent if it is one"
            table.discarded.add("other columns of the table", each.head, place=place, reason=reason)
    for head in columns.counts:
        table.discarded.add("columns that the tool makes itself", head, place=place, is_loss=False)


_MEANINGS: Mapping[Role, str] = {
    "path": "the path of a code",
    "name": "the name of a code",
    "level": "a level of nesting",
    "parent": "what a code is in",
    "description": "the description",
    "memo": "a memo",
    "kind": "the kind",
    "identifier": "the identifier",
    "key": "what parents refer to",
}


def _tell_how_it_is_read(table: CodeTable) -> None:
    table.messages += table.sheet.messages
    if not table.head:
        table.tell("it has no head; its only column was read as the names of codes.")
        return
    read_as = [f'"{each.head}" as {_MEANINGS[each.role]}' for each in table.columns.taken]
    table.tell(f"columns were read so: {', '.join(read_as)}.")
    above = sum(row < table.head for row in table.sheet.rows)
    if above:
        rows = counted(above, "row")
        table.tell(f"not read: {rows} above its head, which is row {table.head}.")
