"""The columns, order, caption and the rest of a table, as the options of its report choose them."""

from collections import Counter
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from codeable.errors import CodeableError
from codeable.registry.answer import State
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import Cell, ReportColumn, ReportTable, TableContent, is_empty, joined
from codeable.text import counted, did_you_mean, natural_key, shown


def finished_table(name: str, content: TableContent, options: ReportOptions, state: State) -> ReportTable:
    """A table with what its options choose.

    Args:
        name: The name of the table.
        content: What the report puts into it.
        options: Its options.
        state: Whether the study has been loaded again since.

    Raises:
        CodeableError: The options name a column that it does not have, or one twice; exit status 2.
    """
    columns = {column.key: column for column in content.columns}
    rows = list(content.rows)
    for key in reversed(options.order):
        column = _column(name, columns, key.removeprefix("-"), "order")
        rows.sort(key=lambda row: _sort_key(row[column.key]), reverse=key.startswith("-"))
        rows.sort(key=lambda row: row[column.key] is None)
    if options.columns:
        chosen = tuple(_column(name, columns, key, "columns").plain() for key in options.columns)
        twice = [key for key, number in Counter(options.columns).items() if number > 1]
        if twice:
            raise CodeableError(f"the report {name}: columns names {shown(twice[0])} twice", exit_status=2)
    else:
        own = [columns[key] for key in content.shown or columns]
        chosen = tuple(
            each for each in own if not each.optional or not all(is_empty(row[each.key]) for row in rows)
        )
    notes = content.notes
    if options.rows is not None and len(rows) > options.rows:
        left_out = counted(len(rows) - options.rows, "row")
        notes = (*notes, f"The first {options.rows} of {len(rows)} rows; {left_out} left out.")
        rows = rows[: options.rows]
    return ReportTable(
        name,
        content.caption if options.caption is None else options.caption,
        chosen,
        tuple(zip(*(map(itemgetter(column.key), rows) for column in chosen), strict=True)),
        options.label or f"tab:{name}",
        notes,
        options.width or "page",
        options.long,
        content.messages,
        options.excel,
        state,
    )


def _column(name: str, columns: Mapping[str, ReportColumn], key: str, option: str) -> ReportColumn:
    if key not in columns:
        raise CodeableError(
            f"the report {name}: {option} names a column {shown(key)}{did_you_mean(key, columns)}\n"
            f"Its columns are: {', '.join(columns)}",
            exit_status=2,
        )
    return columns[key]


def _sort_key(cell: Cell) -> tuple[Any, ...]:
    """Numbers before texts, texts in natural order. Nothing comes last in every order."""
    value = joined(cell)
    if value is None:
        return ()
    return (1, natural_key(value)) if isinstance(value, str) else (0, value)
