"""Workbooks of spreadsheets (.xlsx, .xls, .ods), read by python-calamine."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from codeable.errors import reason_of
from codeable.exchange.readers.input_file import not_installed, unreadable
from codeable.exchange.readers.safe_zip import ZipReader
from codeable.exchange.readers.tables import workbook_process
from codeable.exchange.readers.tables.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    RowSheet,
    RowSheets,
    check_size,
    no_such_sheet,
)

_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_FILLED_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*office:value-type=[^>]*>")
_ODS_ROW = re.compile(rb"<table:table-row\b[^>]*>")
_REPEATED = re.compile(rb'table:number-(?:columns|rows)-repeated="(\d+)"')
_EMPTY_FORMULA = re.compile(rb"<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|</c>)")
_MOST_READ = 400_000_000
"""The bytes of all parts of a workbook when they are unpacked."""
_MOST_SECONDS = 300


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
        import python_calamine  # noqa: F401 - the process imports it
    except ImportError as error:
        raise not_installed("a workbook", "python-calamine", "save the sheet as .csv") from error
    empty_formulas = 0
    if data.startswith(b"PK"):
        data, empty_formulas = _checked(path)
    found = _answer(path, data, [] if only is None else [only])
    if "error" in found:
        raise unreadable(path, found["error"])
    if "names" in found:
        raise no_such_sheet(path, only or "", found["names"])
    if "too_large" in found:
        check_size(path, *found["too_large"])
    return RowSheets(
        tuple(_sheet(path, each) for each in found["sheets"]), tuple(found["hidden"]), empty_formulas
    )


def _answer(path: Path, data: bytes, only: Sequence[str]) -> Any:
    """What the process says that reads the workbook."""
    limits = [str(MOST_ROWS), str(MOST_COLUMNS)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", workbook_process.__file__, *limits, *only],
            input=data,
            capture_output=True,
            check=False,
            timeout=_MOST_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise unreadable(path, f"reading it takes more than {_MOST_SECONDS} seconds") from error
    except (OSError, ValueError) as error:
        raise unreadable(path, f"no process could be started that reads it ({reason_of(error)})") from error
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise unreadable(path, "the workbook is broken, or it does not fit into the memory") from error


def _sheet(path: Path, found: Mapping[str, Any]) -> RowSheet:
    rows = {number: tuple(cells) for number, cells in found["rows"]}
    return RowSheet(found["name"], path.name, rows, merged=tuple(map(tuple, found["merged"])))


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
