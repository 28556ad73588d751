"""Workbooks of spreadsheets (.xlsx, .xls, .ods), read by python-calamine."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from codeable.errors import CodeableError
from codeable.exchange.incoming.safe_zip import ZipReader
from codeable.exchange.incoming.sheets import (
    RowSheet,
    RowSheets,
    check_size,
    no_such_sheet,
    unreadable,
)

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_FILLED_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*office:value-type=[^>]*>")
_ODS_ROW = re.compile(rb"<table:table-row\b[^>]*>")
_REPEATED = re.compile(rb'table:number-(?:columns|rows)-repeated="(\d+)"')
_EMPTY_FORMULA = re.compile(rb"<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|</c>)")
_MOST_READ = 400_000_000
"""The bytes of all parts of a workbook when they are unpacked."""


def sheets_of_workbook(path: Path, data: bytes, only: str | None = None) -> RowSheets:
    """The tables of a workbook. Of a formula, the value that the spreadsheet saved is read.

    Args:
        path: Its path.
        data: Its content.
        only: The name of the only sheet that is wanted, also if it is hidden; None for all.

    Raises:
        CodeableError: It is broken, encrypted or too large, there is no such sheet, or python-calamine is not
            installed.
    """
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise CodeableError(
            "workbooks need python-calamine: install it with `pip install 'codeable[exchange]'`, or save the "
            "sheet as .csv"
        ) from error
    empty_formulas = 0
    if data.startswith(b"PK"):
        data, empty_formulas = _checked(path)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return evolve(_sheets(path, book, calamine, only), empty_formulas=empty_formulas)
    except calamine.PasswordError as error:
        raise unreadable(path, "it has a password; save it without one") from error
    except (CodeableError, KeyboardInterrupt):
        raise
    except BaseException as error:  # a panic of the library is no Exception
        raise unreadable(path, f"the workbook is broken, or it is no workbook ({error})") from error


def _sheets(path: Path, book: "CalamineWorkbook", calamine: Any, only: str | None) -> RowSheets:
    there = book.sheets_metadata
    if only is not None and only not in [each.name for each in there]:
        raise no_such_sheet(path, only, [each.name for each in there])
    is_table = calamine.SheetTypeEnum.WorkSheet
    seen = [
        each
        for each in there
        if each.typ == is_table and (each.visible == calamine.SheetVisibleEnum.Visible or each.name == only)
    ]
    hidden = tuple(each.name for each in there if each not in seen)
    wanted = [each for each in seen if only in (None, each.name)]
    return RowSheets(tuple(_sheet(path, book, each.name) for each in wanted), hidden if only is None else ())


def _sheet(path: Path, book: "CalamineWorkbook", name: str) -> RowSheet:
    sheet = book.get_sheet_by_name(name)
    check_size(path, sheet.total_height, sheet.total_width, name)
    cells = sheet.to_python(skip_empty_area=False)
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    rows = {
        number: tuple(map(_text, row))
        for number, row in enumerate(cells, 1)
        if any(each != "" for each in row)
    }
    return RowSheet(name, path.name, rows, merged=merged)


def _text(value: Any) -> str:
    """A cell as people see it: 56 and not 56.0."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(
            value.isoformat(" ") if hasattr(value, "hour") and hasattr(value, "year") else value.isoformat()
        )
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _checked(path: Path) -> tuple[bytes, int]:
    """The workbook with nothing packed, after a look at how large it says that it is; and its empty formulas.

    The library makes room for every cell between the first and the last one. A workbook of two cells far from
    each other would end the process.
    """
    unpacked = io.BytesIO()
    with ZipReader(path) as reader, zipfile.ZipFile(unpacked, "w") as copy:
        total = empty_formulas = 0
        for name in reader.names:
            content = reader.read(name)
            total += len(content)
            if total > _MOST_READ:
                raise unreadable(path, f"its parts have more than {_MOST_READ:,} bytes")
            if name.endswith(".xml"):
                _check_extent(path, name, content)
                empty_formulas += len(_EMPTY_FORMULA.findall(content)) if "worksheets/" in name else 0
            copy.writestr(name, content)
    return unpacked.getvalue(), empty_formulas


def _check_extent(path: Path, name: str, content: bytes) -> None:
    if "worksheets/" in name:
        ends = [(int(row), _column(letters)) for letters, row in _CELL.findall(content)]
        check_size(
            path, max((row for row, _ in ends), default=0), max((at for _, at in ends), default=0), name
        )
    elif name == "content.xml":
        for rows, columns in _extents_of_ods(content):
            check_size(path, rows, columns)


def _extents_of_ods(content: bytes) -> Iterator[tuple[int, int]]:
    """How many rows and columns each row of an OpenDocument table stands for, as far as it has values."""
    starts = [found.start() for found in _ODS_ROW.finditer(content)]
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        row = content[start:end]
        filled = [_repeated(found[0]) for found in _FILLED_ODS_CELL.finditer(row)]
        if filled:
            yield _repeated(row[: row.index(b">")]), sum(filled)


def _repeated(tag: bytes) -> int:
    found = _REPEATED.search(tag)
    return int(found[1][:9]) if found else 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
