"""Reads a workbook in a process of its own: `workbook` runs this file with the workbook on standard input.

A broken workbook can make python-calamine ask for any amount of memory, which ends the process. This one has
a limit. It imports nothing of codeable, so that it starts quickly.
"""

import io
import json
import sys
from collections.abc import Iterator
from typing import Any

MOST_MEMORY = 4_000_000_000


def main() -> None:
    """Write the sheets of the workbook, or why they cannot be read, as JSON.

    The arguments are the most rows and columns of a sheet, and the name of the only sheet that is wanted.
    """
    most_rows, most_columns, *only = sys.argv[1:]
    _limit_memory()
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as book:
            found = _sheets(book, calamine, only, int(most_rows), int(most_columns))
    except calamine.PasswordError:
        found = {"error": "it has a password; save it without one"}
    except BaseException as error:  # a panic of the library is no Exception
        found = {"error": f"the workbook is broken, or it is no workbook ({error})"}
    sys.stdout.buffer.write(json.dumps(found).encode())


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _sheets(book: Any, calamine: Any, only: list[str], most_rows: int, most_columns: int) -> dict[str, Any]:
    there = book.sheets_metadata
    if only and only[0] not in [each.name for each in there]:
        return {"names": [each.name for each in there]}
    is_table, is_visible = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
    seen = [each.name for each in there if each.typ == is_table and (each.visible == is_visible or only)]
    sheets = []
    for name in only or seen:
        sheet = book.get_sheet_by_name(name)
        rows, columns = sheet.total_height, sheet.total_width
        if rows > most_rows or columns > most_columns:
            return {"too_large": [rows, columns, name]}
        merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
        sheets.append({"name": name, "rows": list(_rows(sheet)), "merged": merged})
    return {
        "sheets": sheets,
        "hidden": [] if only else [each.name for each in there if each.name not in seen],
    }


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows with anything in them, with their numbers from 1 on."""
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        if any(each != "" for each in row):
            yield number, [_text(each) for each in row]


def _text(value: Any) -> str:
    """A cell as people see it: 56 and not 56.0."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value).removesuffix(" 00:00:00")
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


if __name__ == "__main__":
    main()
