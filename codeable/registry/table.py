"""A small table as aligned text for a terminal and as HTML for a notebook; all escaping is here."""

import html
import unicodedata
from collections.abc import Iterable, Sequence

from attrs import frozen

from codeable.text import printable

__all__ = ["Table", "fitted", "width"]

_WIDEST_COLUMN = 60


@frozen
class Table:
    """Rows of texts under a title.

    Attributes:
        title: What the table holds, "18 practices".
        columns: The heads of the columns.
        rows: The rows, each with one text per column.
        more: How many rows were left out at the end.
        note: A line below the table; empty for none.

    Example:
        >>> print(Table("1 practice", ("identifier", "name"), (("k8s", "K8s"),)).as_text())
        1 practice
          identifier  name
          k8s         K8s
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0
    note: str = ""

    def as_text(self) -> str:
        """The table with aligned columns, every row on one line; safe on a terminal."""
        shown = [[fitted(text, _WIDEST_COLUMN) for text in row] for row in (self.columns, *self.rows)]
        widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
        lines = [printable(self.title)]
        if self.rows:
            lines.extend(_line(row, widths) for row in shown)
        if self.more:
            lines.append(f"  ... and {self.more} more")
        if self.note:
            lines.append(f"  ({self.note})")
        return "\n".join(lines)

    def as_html(self) -> str:
        """The table as HTML without style of its own; every text is escaped."""
        head = "".join(f'<th scope="col">{_escaped(column)}</th>' for column in self.columns)
        body = "\n".join(
            f"<tr>{''.join(f'<td>{_escaped(text)}</td>' for text in row)}</tr>" for row in self.rows
        )
        notes = [f"and {self.more} more"] if self.more else []
        notes.extend([self.note] if self.note else [])
        below = "".join(f"<p>{_escaped(note)}</p>" for note in notes)
        table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        return f"<div>\n<p><b>{_escaped(self.title)}</b></p>\n{table if self.rows else ''}{below}</div>"


def width(text: str) -> int:
    """The number of terminal cells that a text takes.

    Example:
        >>> width("数a")
        3
    """
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def fitted(text: str, most: int) -> str:
    """A text on one line, safe on a terminal, cut where it takes more than ``most`` cells.

    Example:
        >>> fitted("How can data products communicate?", 12)
        'How can dat…'
    """
    line = printable(" ".join(text.split()))
    if width(line) <= most:
        return line
    taken, kept = 0, []
    for character in line:
        taken += _cells(character)
        if taken > most - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _line(row: Sequence[str], widths: Iterable[int]) -> str:
    cells = (text + " " * (room - width(text)) for text, room in zip(row, widths, strict=True))
    return f"  {'  '.join(cells)}".rstrip()


def _escaped(text: str) -> str:
    return html.escape(printable(text))
