"""Tables as aligned text for a terminal, as HTML for a notebook, as dictionaries and as a pandas frame.

`Tabular` gives the answers of a registry all four forms, `Shown` a study the first two.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from codeable.errors import CodeableError
from codeable.text import html_text

if TYPE_CHECKING:
    import pandas

Value = str | int | float | bool | None
"""What a cell holds; JSON has a form for each."""

Row = Mapping[str, Value]
"""The cells of a row by the head of their column."""

_WIDEST_CELL = 60


@frozen
class Table:
    """Rows under a title. Texts are set left, numbers right.

    Attributes:
        title: What the table holds, "18 practices".
        columns: The heads of the columns.
        rows: The rows, each with one value per column.
        more: How many rows are left out at the end.
        note: A line below the table; empty for none.

    Example:
        >>> print(Table("1 practice", ("identifier", "name"), (("k8s", "K8s"),)).as_text())
        1 practice
          identifier  name
          k8s         K8s
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    more: int = 0
    note: str = ""

    def as_text(self) -> str:
        """The table with aligned columns and one line for each row. Long texts are cut."""
        from codeable.terminal import aligned, one_line, rendered

        parts: list[Any] = [one_line(self.title)]
        if self.rows:
            rows = [[one_line(_text(value), _WIDEST_CELL) for value in row] for row in self.rows]
            parts.append(aligned([self.columns, *rows], right=self._numeric()))
        parts.extend(f"  {note}" for note in self._notes("... and {} more", "({})"))
        return rendered(*parts)

    def as_html(self) -> str:
        """The table as HTML with every text escaped."""
        right = self._numeric()
        sides = ["right" if position in right else "left" for position in range(len(self.columns))]
        heads = _html_row('th scope="col"', self.columns, sides)
        body = "\n".join(_html_row("td", row, sides) for row in self.rows)
        below = "".join(f"<p>{html_text(note)}</p>" for note in self._notes("and {} more", "{}"))
        table = f"<table>\n<thead>{heads}</thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        return f"<div>\n<p><b>{html_text(self.title)}</b></p>\n{table if self.rows else ''}{below}</div>"

    def _numeric(self) -> list[int]:
        """The positions of the columns that hold numbers and nothing else."""
        return [
            position
            for position, values in enumerate(zip(*self.rows, strict=True))
            if all(value is None or _is_number(value) for value in values)
            and any(value is not None for value in values)
        ]

    def _notes(self, more: str, note: str) -> list[str]:
        return [
            *([more.format(self.more)] if self.more else []),
            *([note.format(self.note)] if self.note else []),
        ]


class Shown:
    """What shows itself as a table, in a terminal and in a notebook."""

    __slots__ = ()

    def table(self) -> Table:
        """The table that it shows."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.table().as_text()

    def _repr_html_(self) -> str:
        return self.table().as_html()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("..." if cycle else repr(self))


class Tabular(Shown):
    """What shows itself as a table and gives its rows as data. A subclass has `table` and `to_dicts`."""

    __slots__ = ()

    def to_dicts(self) -> list[dict[str, Value]]:
        """The rows as dictionaries of texts and numbers, which JSON can hold."""
        raise NotImplementedError

    def to_frame(self) -> "pandas.DataFrame":
        """The rows as a pandas frame.

        Raises:
            CodeableError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise CodeableError("to_frame() needs pandas: install it with `pip install pandas`") from error
        rows = self.to_dicts()
        return pandas.DataFrame(rows, columns=list(heads_of(rows)) or list(self.table().columns))


def filled(rows: Sequence[Row]) -> list[dict[str, Value]]:
    """The rows with the same columns in the same order. The value is None where a row has none."""
    heads = heads_of(rows)
    return [{head: row.get(head) for head in heads} for row in rows]


def heads_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The heads of all columns that some row has, in the order in which they come up."""
    return tuple(dict.fromkeys(head for row in rows for head in row))


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _html_row(tag: str, cells: Sequence[Value], sides: Sequence[str]) -> str:
    end = tag.partition(" ")[0]
    pairs = zip(cells, sides, strict=True)
    shown = (f'<{tag} style="text-align: {side}">{html_text(_text(cell))}</{end}>' for cell, side in pairs)
    return f"<tr>{''.join(shown)}</tr>"
