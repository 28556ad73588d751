"""Tables of other tools as rows of texts, whatever kind of file they are in."""

from collections.abc import Sequence
from pathlib import Path

from attrs import field, frozen

from codeable.errors import CodeableError
from codeable.exchange.readers.input_file import unreadable
from codeable.text import first_few

MOST_ROWS, MOST_COLUMNS = 200_000, 1_000
"""The rows and columns of a table that are read."""


@frozen
class RowSheet:
    """A table.

    Attributes:
        name: Its name; empty where the file has only one table.
        file: The name of its file.
        rows: Its rows with anything in them: number from 1 on → cells, without white space around them.
        messages: What a user must know about how it was read.
        merged: Cells that are one: first row, first column, last row, last column, each from 0 on.
    """

    name: str
    file: str
    rows: dict[int, tuple[str, ...]] = field(repr=False)
    messages: tuple[str, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def place(self, row: int) -> str:
        """Where a row is, for messages."""
        return f"{self.where}, row {row}" if self.name else f"{self.file}:{row}"

    @property
    def where(self) -> str:
        """Where it is, for messages."""
        return f"{self.file}, sheet {self.name}" if self.name else self.file


@frozen
class RowSheets:
    """The tables of a file.

    Attributes:
        visible: The tables that people see.
        hidden: The names of those that are hidden, or that are no tables.
        empty_formulas: The number of formulas whose value the spreadsheet did not save.
    """

    visible: tuple[RowSheet, ...]
    hidden: tuple[str, ...] = ()
    empty_formulas: int = 0


def cell_of(cells: Sequence[str], index: int) -> str:
    """A cell of a row; empty where the row ends before it."""
    return cells[index] if index < len(cells) else ""


def check_size(path: Path, rows: int, columns: int, sheet: str = "") -> None:
    """Check that a table is not too large.

    Raises:
        CodeableError: It is.
    """
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        which = f"its sheet {sheet!r}" if sheet else "its table"
        raise unreadable(
            path,
            f"{which} has {rows:,} rows and {columns:,} columns; at most {MOST_ROWS:,} rows and "
            f"{MOST_COLUMNS:,} columns are read",
        )


def no_such_sheet(path: Path, wanted: str, there: Sequence[str]) -> CodeableError:
    """The error for a sheet that a file does not have."""
    return unreadable(path, f"it has no sheet {wanted!r}; its sheets are {first_few(there, 20)}")
