"""Codes out of tables: CSV files and workbooks, as tools and people write them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.errors import CodeableError
from codeable.exchange.incoming.code_rows import CodeRows, codes_of_rows
from codeable.exchange.incoming.input_file import unreadable
from codeable.exchange.incoming.sheets import RowSheet, sheets_of
from codeable.exchange.incoming.table_columns import TableColumns, columns_of
from codeable.exchange.incoming.table_rows import TableRows, rows_of_table
from codeable.exchange.project import NotTakenOver, Project
from codeable.files import shown_path
from codeable.text import counted, first_few

_LOOKED_AT = 20
"""The first rows among which the head of a table is."""


@frozen
class _Table:
    """A sheet whose head is known; a head in row 0 is none."""

    sheet: RowSheet
    columns: TableColumns
    head: int


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
    found = sheets_of(path, only)
    tables = [table for sheet in found.visible if (table := _table(sheet)) is not None]
    if not tables:
        raise _no_table(path, found.visible)
    read = [rows_of_table(each.sheet, each.columns, each.head) for each in tables]
    result = codes_of_rows([row for each in read for row in each.rows])
    if not result.codes:
        raise unreadable(path, "it has no codes below its head")
    discarded = [*_other_sheets(found.visible, tables, found.hidden), *_other_columns(tables)]
    if found.empty_formulas:
        reason = "the spreadsheet did not save their values; open it there, save it, and import it again"
        discarded.append(NotTakenOver("formulas", found.empty_formulas, place=path.name, reason=reason))
    return Project(
        path.stem,
        file=shown_path(path),
        codes=result.codes,
        not_taken_over=(
            *discarded,
            *(each for rows in read for each in rows.not_taken_over),
            *result.differing,
        ),
        messages=tuple(_messages(tables, read, result)),
    )


def _table(sheet: RowSheet) -> _Table | None:
    """The head of a sheet: the row among its first ones that has the most words that are known."""
    begin = list(sheet.rows.items())[:_LOOKED_AT]
    found = [(columns, row) for row, cells in begin if (columns := columns_of(cells))]
    if found:
        columns, row = max(found, key=lambda each: (len(each[0].taken), -each[1]))
        return _Table(sheet, columns, row)
    names = "".join(cells[0] for cells in sheet.rows.values())
    if any(map(str.isalnum, names)) and all(not any(cells[1:]) for cells in sheet.rows.values()):
        columns_of_list = columns_of(["name"])
        return _Table(sheet, columns_of_list, 0) if columns_of_list else None
    return None


def _no_table(path: Path, sheets: Sequence[RowSheet]) -> CodeableError:
    firsts = [(each, *next(iter(each.rows.items()))) for each in sheets if each.rows]
    if not firsts:
        return unreadable(path, "it is empty")
    heads = [
        f"{sheet.place(row)}: {first_few([each for each in cells if each])}" for sheet, row, cells in firsts
    ]
    return unreadable(
        path,
        "no column names codes; one must be headed name, tag, code or path, and there may be description, "
        f"memo, kind and parent. Its first row is {first_few(heads, 3)}",
    )


def _other_sheets(
    sheets: Sequence[RowSheet], tables: Sequence[_Table], hidden: Sequence[str]
) -> Iterator[NotTakenOver]:
    read = [each.sheet for each in tables]
    others = [each for each in sheets if each.rows and each not in read]
    if others:
        yield NotTakenOver(
            "sheets without a column of codes",
            len(others),
            tuple(each.name for each in others),
            f"{others[0].file}, sheet {others[0].name}",
            "head one column with name, tag, code or path if they have codes, or name one sheet with --only",
        )
    if hidden:
        reason = "name a sheet with --only to read it all the same"
        yield NotTakenOver("hidden sheets and charts", len(hidden), tuple(hidden), reason=reason)


def _other_columns(tables: Sequence[_Table]) -> Iterator[NotTakenOver]:
    for table in tables:
        filled = [
            each
            for each in table.columns.others
            if any(_cell(cells, each.index) for row, cells in table.sheet.rows.items() if row > table.head)
        ]
        if filled and not table.columns.has_values:
            yield NotTakenOver(
                "other columns of the table",
                len(filled),
                tuple(each.head for each in filled),
                table.sheet.place(table.head),
                "head a column with description, memo, kind or parent if it is one",
            )
        if table.columns.counts:
            yield NotTakenOver(
                "columns that the tool makes itself",
                len(table.columns.counts),
                table.columns.counts,
                table.sheet.place(table.head),
                is_loss=False,
            )


def _cell(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


_MEANINGS: Mapping[str, str] = {
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


def _messages(tables: Sequence[_Table], read: Sequence[TableRows], result: CodeRows) -> Iterator[str]:
    for table, rows in zip(tables, read, strict=True):
        yield from table.sheet.messages
        where = f"{table.sheet.file}, sheet {table.sheet.name}" if table.sheet.name else table.sheet.file
        if table.head:
            read_as = [f'"{each.head}" as {_MEANINGS[each.role]}' for each in table.columns.taken]
            yield f"{where}: columns were read so: {', '.join(read_as)}."
            above = sum(row < table.head for row in table.sheet.rows)
            if above:
                yield f"{where}: not read: {counted(above, 'row')} above its head, which is row {table.head}."
        else:
            yield f"{where} has no head; its only column was read as the names of codes."
        yield from (f"{where}: {each}" for each in rows.messages)
    if result.without_row:
        many = counted(len(result.without_row), "category", "categories")
        yield f"{many} without a row: {first_few(result.without_row)}."
