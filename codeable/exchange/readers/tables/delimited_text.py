"""Text files with tables (CSV, TSV): their encoding and what separates their cells are found out."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from codeable.exchange.readers.input_file import unreadable
from codeable.exchange.readers.tables.columns import ROWS_LOOKED_AT, columns_of
from codeable.exchange.readers.tables.sheets import RowSheet, check_size
from codeable.lines import NEWLINE
from codeable.notes.decoding import decode, is_binary, read_as
from codeable.text import counted, shown

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The first line by which a file tells a spreadsheet what separates its cells."""
_REASONS = {
    "unexpected end of data": "a quote that is opened there is not closed",
    "field larger than field limit": f"a cell has more than {csv.field_size_limit():,} characters",
}
"""What the reader of CSV says → what it means."""


def sheet_of_text(path: Path, data: bytes) -> RowSheet:
    """The table of a text file.

    Args:
        path: Its path.
        data: Its content.

    Raises:
        CodeableError: It is no text, is empty, has a quote that does not end, or is too large.
    """
    text, messages = _decoded(path, data)
    told = _TOLD.match(text)
    start = told.end() if told else 0
    delimiter = told[1] if told else _delimiter(text)
    rows: dict[int, tuple[str, ...]] = {}
    widest = 0
    for line, cells in _rows(path, text[start:], delimiter):
        if any(cells):
            rows[line + bool(told)] = cells
            widest = max(widest, len(cells))
            check_size(path, len(rows), widest)
    if not rows:
        raise unreadable(path, "it is empty")
    return RowSheet("", path.name, rows, tuple(messages))


def _decoded(path: Path, data: bytes) -> tuple[str, list[str]]:
    """The text, and what to tell about its encoding."""
    codec = _codec_without_mark(data)
    if codec:
        return data.decode(codec, "replace"), [f"{path.name} was read as UTF-16 without a byte order mark."]
    if is_binary(data):
        raise unreadable(path, "it is no text and no workbook")
    text, encoding = decode(data)
    if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<?xml")):
        raise unreadable(path, "it is a web page or XML; save it as .xlsx or .csv, then import it")
    if encoding.errors != "strict":
        wrong = counted(text.count("\ufffd"), "wrong character")
        return text, [f"{path.name} is not all UTF-8: {wrong} became \N{REPLACEMENT CHARACTER}."]
    if name := read_as(encoding):
        way_out = "save it as UTF-8 if a letter is wrong"
        return text, [f"{path.name} is not UTF-8; it was read as {name}: {way_out}."]
    return text, []


def _codec_without_mark(data: bytes) -> str | None:
    """UTF-16, where every second byte of the beginning is zero."""
    begin = data[:400]
    if len(begin) < 4 or begin[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = begin[first::2].count(0)
        if zeros * 10 > len(begin[first::2]) * 8 and not begin[1 - first :: 2].count(0):
            return codec
    return None


def _delimiter(text: str) -> str:
    """What separates the cells: what gives a row the most heads that are known, or else the most cells."""
    begin = "".join(islice(io.StringIO(text, newline=""), ROWS_LOOKED_AT))
    return max(_DELIMITERS, key=lambda each: (*_fit(begin, each), -list(_DELIMITERS).index(each)))


def _fit(begin: str, delimiter: str) -> tuple[int, int]:
    rows = []
    try:
        for row in csv.reader(io.StringIO(begin, newline=""), delimiter=delimiter):
            rows.append([each.strip() for each in row])  # noqa: PERF401 - the rows before an error count
    except csv.Error:
        pass
    found = [columns for row in rows if (columns := columns_of(row))]
    known = max((len(each.taken) + len(each.counts) for each in found), default=0)
    return known, min((len(row) for row in rows if any(row)), default=0)


def _rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows with the lines that they begin in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, tuple(NEWLINE.sub("\n", each).strip() for each in row)
            line = reader.line_num + 1
    except csv.Error as error:
        name = _DELIMITERS.get(delimiter, shown(delimiter))
        reason = _REASONS.get(str(error).partition("(")[0].strip(), str(error))
        raise unreadable(path, f"line {line}: {reason} (cells separated by a {name})") from error
