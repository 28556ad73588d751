"""Databases of other tools (SQLite), read without trust and without a change."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

from attrs import field, frozen

from codeable.errors import reason_of
from codeable.exchange.readers.input_file import unreadable
from codeable.text import first_few, with_line_feeds

Value: TypeAlias = str | int | float | bytes | None

ROW = "rowid"
"""The number that SQLite gives a row."""
MOST_BYTES = 2_000_000_000
"""The size of a database that is read. Its text is held in memory; its pictures and sounds are not in it."""
MOST_ROWS = 1_000_000
"""The rows of a table that are read."""
_LONGEST_VALUE = 200_000_000
_MAGIC = b"SQLite format 3\0"
_MOST_STEPS, _STEPS = 20_000, 100_000
"""How often SQLite may do so many of its steps for one table; rows of a million need a hundredth of it."""


@frozen
class Row:
    """A row of a table, by the names of its columns.

    Attributes:
        values: Column → value; a column that the table lacks is not there.
    """

    values: dict[str, Value]

    def text(self, column: str) -> str:
        """A text, with line feeds as line ends; empty where there is none."""
        return with_line_feeds(self.raw_text(column))

    def raw_text(self, column: str) -> str:
        """A text as it is in the database; empty where there is none."""
        value = self.values.get(column)
        if isinstance(value, bytes):
            return value.decode("utf-8", "replace")
        return "" if value is None else str(value)

    def line(self, column: str) -> str:
        """A text on one line; empty where there is none."""
        return " ".join(self.raw_text(column).split())

    def key(self, column: str) -> int:
        """A whole number that tells rows apart; 0 where there is none."""
        return self.number(column) or 0

    def number(self, column: str) -> int | None:
        """A whole number; None where there is none."""
        value = self.values.get(column)
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if isinstance(value, str) and value.strip().isdecimal() and len(value) < 20:
            return int(value)
        return value if isinstance(value, int) else None


@frozen
class Database:
    """An open database.

    Attributes:
        path: Its file.
        columns: Table → its columns, in lower case.
    """

    path: Path
    columns: dict[str, tuple[str, ...]]
    _connection: sqlite3.Connection = field(repr=False)

    def rows(self, table: str, columns: Sequence[str], *, order: str = "") -> list[Row]:
        """The rows of a table, none where there is no such table.

        Args:
            table: The table.
            columns: The columns that are read, and `ROW`; those that the table lacks are left out.
            order: The column by which they are in order; the order of the file if it is empty or lacking.

        Raises:
            CodeableError: The table is broken or has too many rows.
        """
        there = [each for each in columns if each in (*self.columns.get(table, ()), ROW)]
        if table not in self.columns or not there:
            return []
        by = f" ORDER BY {_quoted(order)}, rowid" if order in self.columns[table] else " ORDER BY rowid"
        names = ", ".join(map(_quoted, there))
        query = f"SELECT {names} FROM {_quoted(table)}{by} LIMIT {MOST_ROWS + 1}"
        found = [Row(dict(zip(there, each, strict=True))) for each in self._connection.execute(query)]
        if len(found) > MOST_ROWS:
            raise unreadable(self.path, f"its table {table} has more than {MOST_ROWS:,} rows")
        return found

    def grouped(self, table: str, columns: Sequence[str], by: str, order: str) -> dict[int, list[Row]]:
        """The rows of a table by a number that they have, such as that of their source; see `rows`."""
        found: dict[int, list[Row]] = {}
        for each in self.rows(table, (by, *columns), order=order):
            found.setdefault(each.key(by), []).append(each)
        return found


@contextmanager
def open_database(path: Path, what: str, needed: dict[str, Sequence[str]]) -> Iterator[Database]:
    """Open a database to read it. Nothing is written, not even beside it.

    Args:
        path: Its file.
        what: What it must be, for messages: "a project of Taguette".
        needed: Table → the columns that it must have.

    Raises:
        CodeableError: There is no such file, it is no database or not this one, it is broken or too large, or
            another program has it open.
    """
    _check_file(path)
    uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            _harden(connection)
            database = Database(path, _columns_of(connection), connection)
            _check_tables(database, what, needed)
            yield database
    except (sqlite3.Error, UnicodeError) as error:  # a broken name is no text
        raise unreadable(path, f"the database is broken ({error})") from error
    except MemoryError as error:
        raise unreadable(path, "it does not fit into the memory") from error


def _check_file(path: Path) -> None:
    try:
        if not path.is_file():
            other = "it is a pipe, a socket or a device" if path.exists() else "there is no such file"
            raise unreadable(path, "it is a folder" if path.is_dir() else other)
        size = path.stat().st_size
        with path.open("rb") as file:
            begins = file.read(len(_MAGIC))
        for suffix in ("-wal", "-journal"):
            beside = path.with_name(path.name + suffix)
            if beside.is_file() and beside.stat().st_size:
                raise unreadable(
                    path,
                    f"another program has it open, or did not close it ({beside.name} is beside it); "
                    "open and close it in the tool that wrote it, then import it",
                )
    except OSError as error:
        raise unreadable(path, reason_of(error)) from error
    if size > MOST_BYTES:
        raise unreadable(path, f"it has {size:,} bytes; at most {MOST_BYTES:,} are read")
    if begins != _MAGIC:
        raise unreadable(path, "it is empty" if not size else "it is no SQLite database")


def _harden(connection: sqlite3.Connection) -> None:
    """Nothing that the file says is run, and no table of it keeps us for ever."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")
    steps = iter(range(_MOST_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS)


def _columns_of(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """The columns of each table. A view is none: its text would be run."""
    names = [
        str(name).lower()
        for (name, text) in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        if not str(text).lstrip().upper().startswith("CREATE VIRTUAL")
    ]
    return {
        name: tuple(
            str(each[1]).lower() for each in connection.execute(f"PRAGMA table_info({_quoted(name)})")
        )
        for name in names
    }


def _check_tables(database: Database, what: str, needed: dict[str, Sequence[str]]) -> None:
    missing = [
        f"{table}.{column}" if table in database.columns else table
        for table, columns in needed.items()
        for column in (columns if table in database.columns else columns[:1])
        if column not in database.columns.get(table, ())
    ]
    if missing:
        there = first_few(sorted(database.columns)) or "none"
        raise unreadable(
            database.path, f"it is not {what}: it lacks {first_few(missing)} (its tables: {there})"
        )


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
