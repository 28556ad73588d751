"""Lines for the terminal: aligned and wrapped, with headings set off by `rich` where there is a terminal."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from attrs import frozen

from codeable.terminal import cell_len as width
from codeable.text import printable

__all__ = ["Line", "columns", "terminal_width", "write"]

Look = Literal["plain", "heading", "quiet"]
_STYLES: dict[Look, str] = {"plain": "", "heading": "bold", "quiet": "dim"}
_NARROWEST = 40
_NARROWEST_COLUMN = 12


@frozen
class Line:
    """One line, and whether it is a heading, or less important than the others."""

    text: str
    look: Look = "plain"


def terminal_width() -> int:
    """The columns that a line may take: those of the terminal, 80 where there is none."""
    return max(_NARROWEST, shutil.get_terminal_size((80, 24)).columns)


def columns(
    rows: Sequence[tuple[str, ...]], indent: int, room: int, below: Sequence[str] = ()
) -> Iterator[Line]:
    """Rows of texts in aligned columns; a text that is too long goes on below itself.

    The first column holds what one may want to copy: it stays whole as long as it leaves room for the others.

    Args:
        rows: The rows, each with the same number of texts.
        indent: Blanks before the first column.
        room: Columns of the terminal.
        below: For each row a text that stands below it, further in; empty for none.

    Example:
        >>> rows = [("k8s", "s6 s14"), ("versioning", "s6")]
        >>> for line in columns(rows, 2, 80, ["Use pods", "Keep control of your versions"]):
        ...     print(line.text)
          k8s         s6 s14
            Use pods
          versioning  s6
            Keep control of your versions
    """
    shown = [[printable(" ".join(text.split())) for text in row] for row in rows]
    if not shown:
        return
    most = [max(map(width, column)) for column in zip(*shown, strict=True)]
    widths = _shared(most, room - indent - 2 * (len(most) - 1))
    for number, row in enumerate(shown):
        cells = [_wrapped(text, available) for text, available in zip(row, widths, strict=True)]
        for level in range(max(map(len, cells))):
            parts = [cell[level] if level < len(cell) else "" for cell in cells]
            padded = (part + " " * (size - width(part)) for part, size in zip(parts, widths, strict=True))
            yield Line(f"{' ' * indent}{'  '.join(padded)}".rstrip())
        if number < len(below) and below[number]:
            text = printable(" ".join(below[number].split()))
            yield from (Line(" " * (indent + 2) + part) for part in _wrapped(text, room - indent - 2))


def write(lines: Iterable[Line]) -> None:
    """Write lines to stdout, with their looks where that is a terminal."""
    if not sys.stdout.isatty():
        for line in lines:
            print(line.text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    for line in lines:
        console.print(Text(line.text, style=_STYLES[line.look]))


def _shared(most: list[int], room: int) -> list[int]:
    """Widths of columns: as wide as they need to be; where that is too much, the last ones share the rest."""
    if sum(most) <= room:
        return list(most)
    least = min(_NARROWEST_COLUMN, max(1, room // len(most)))
    widths, left = [], room
    for position, wanted in enumerate(most):
        others = [min(least, other) for other in most[position + 1 :]]
        available = left - sum(others)
        if position > 0 and others:
            available = max(min(wanted, least), left // (len(others) + 1))
        widths.append(max(1, min(wanted, available)))
        left -= widths[-1]
    return widths


def _wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most so many cells, broken between words where that is possible."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, room)
        lines.extend(full)
    return [*lines, line]


def _pieces(word: str, room: int) -> list[str]:
    pieces, piece = [], ""
    for character in word:
        if piece and width(piece + character) > room:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]
