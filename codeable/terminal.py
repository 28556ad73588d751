"""Output on a terminal, laid out by `rich`: tables, labelled facts, wrapping, widths, colour.

On a terminal, text is wrapped at the terminal's width. In a file or a pipe, nothing is wrapped or cut and
there is no colour. `NO_COLOR` is obeyed. Texts of a study are shown literally, control characters spelt out:
no markup, emoji code or escape sequence in them has an effect. `rich` is imported on first use.
"""

import io
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from codeable.text import json_text, printable

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.measure import Measurement
    from rich.segment import Segment
    from rich.text import Text

_UNLIMITED = 1_000_000_000
"""Columns where there is no terminal: more than any line has."""
_NARROWEST = 40
_GAP = 2
"""Blanks between two columns of a table."""


def cell_len(text: str) -> int:
    """The number of terminal columns that a text takes.

    Example:
        >>> cell_len("数a"), cell_len("👩‍👩‍👧")
        (3, 2)
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len as rich_cell_len

    return rich_cell_len(text)


def one_line(text: str, most: int | None = None) -> str:
    r"""A text on one line, safe on a terminal.

    Args:
        text: Any text.
        most: The columns that it may take; a longer text is cut and ends with "…".

    Example:
        >>> one_line("An operating model\nfor data products", 20)
        'An operating model…'
    """
    line = printable(" ".join(text.split()))
    if most is None or cell_len(line) <= most:
        return line
    from rich.cells import set_cell_size

    return set_cell_size(line, most - 1).rstrip() + "…"


def plain(text: str, style: str = "") -> "Text":
    """A text as `rich` shows it literally. A word that is longer than a line is broken, never cut.

    Args:
        text: Any text, such as one of a study.
        style: A style of `rich`: "bold", "dim", "bold red".
    """
    from rich.text import Text

    return Text(printable(text), style, overflow="fold", tab_size=4)


def highlighted(pieces: "Iterable[tuple[str, bool]]", style: str) -> "Text":
    """A text of which some pieces have a style.

    Args:
        pieces: The pieces of the text, each with whether it has the style.
        style: A style of `rich`.

    Example:
        >>> print(rendered(indented(highlighted([("The ", False), ("cost", True)], "bold"), 2)))
          The cost
    """
    made = plain("")
    for text, has_style in pieces:
        made.append_text(plain(text, style if has_style else ""))
    return made


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence["RenderableType"]],
    *,
    right: Sequence[str] = (),
    whole: Sequence[str] = (),
    indent: int = 0,
    heads: bool = True,
) -> "RenderableType":
    """A table without lines between its cells.

    Args:
        columns: The heads of the columns.
        rows: The cells of each row; a `str` is shown literally.
        right: The columns that are set right: numbers.
        whole: The columns whose cells are not wrapped, because a reader copies them.
        indent: Blanks before the first column.
        heads: Whether the heads are shown.

    Example:
        >>> print(rendered(table(["name", "codes"], [["s4", "12"], ["s14", "3"]], right=["codes"])))
        name  codes
        s4       12
        s14       3
    """
    from rich.padding import Padding
    from rich.table import Table

    made = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=heads, header_style="bold")
    for head in columns:
        justify = "right" if head in right else "left"
        made.add_column(plain(head), justify=justify, no_wrap=head in whole, overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        made.add_row(*(plain(cell) if isinstance(cell, str) else cell for cell in row))
    return Padding(made, (0, 0, 0, indent), expand=False) if indent else made


def aligned(
    rows: Sequence[Sequence[str]], *, indent: int = 2, right: Collection[int] = ()
) -> "RenderableType":
    """Rows of texts in columns without heads, each text on one line. Only the last column is wrapped.

    Where little room is left for the last column, its text is below the rest of the row instead.

    Args:
        rows: The texts of each row, the same number in each; at least one row.
        indent: Blanks before the first column.
        right: The positions of the columns that are set right.

    Example:
        >>> options = [("pub_sub", "s30", "Use pub/sub to communicate new events")]
        >>> print(rendered(aligned(options)))
          pub_sub  s30  Use pub/sub to communicate new events
        >>> print(rendered(aligned(options), width=36))
          pub_sub  s30
            Use pub/sub to communicate new
            events
    """
    return _Aligned(rows, indent, right)


class _Aligned:
    """The rows of `aligned`. They are laid out when the width is known."""

    _NARROWEST = 24
    """Columns that the last column needs beside the others."""

    def __init__(self, rows: Sequence[Sequence[str]], indent: int, right: Collection[int]) -> None:
        self._rows = [[one_line(text) for text in row] for row in rows]
        self._indent = indent
        self._right = right

    def __rich_console__(
        self, console: "Console", options: "ConsoleOptions"
    ) -> "Iterator[RenderableType | Segment]":
        from rich.segment import Segment

        *widths, last = (max(map(cell_len, column)) for column in zip(*self._rows, strict=True))
        room = options.max_width - self._indent - sum(widths) - _GAP * len(widths)
        if room >= last:  # the usual case, many times as fast as a table
            widths.append(last if len(widths) in self._right else 0)
            for row in self._rows:
                blanks = [" " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)]
                cells = [
                    before + text if number in self._right else text + before
                    for number, (text, before) in enumerate(zip(row, blanks, strict=True))
                ]
                yield Segment(" " * self._indent + (" " * _GAP).join(cells) + "\n")
            return
        if room >= self._NARROWEST:
            heads = [str(number) for number in range(len(widths) + 1)]
            right = [heads[number] for number in self._right]
            yield table(heads, self._rows, right=right, whole=heads[:-1], indent=self._indent, heads=False)
            return
        for *others, text in self._rows:
            yield indented("  ".join(others), self._indent, hanging=_GAP)
            if text:
                yield indented(text, self._indent + _GAP)


def columns(texts: Iterable[str], *, indent: int = 2) -> "RenderableType":
    """Short texts side by side, in rows, in as many columns as there is room for.

    Args:
        texts: The texts, each shown literally on one line.
        indent: Blanks before the first column.

    Example:
        >>> print(rendered(columns(["cost", "availability", "trust"]), width=24))
          cost   availability
          trust
    """
    from rich.columns import Columns
    from rich.padding import Padding

    made = Columns([plain(one_line(text)) for text in texts], padding=(0, _GAP))
    return Padding(made, (0, 0, 0, indent), expand=False)


def facts(labelled: Iterable[tuple[str, Sequence["RenderableType"]]], *, indent: int = 2) -> "RenderableType":
    """Labelled facts: each label once, its lines beside it, one below the other.

    Args:
        labelled: Label and lines; a `str` is shown literally, and wrapped with a hanging indent.
        indent: Blanks before the labels.

    Example:
        >>> print(rendered(facts([("kind", ["practice"]), ("evidence", ["s20", "s30"])])))
          kind      practice
          evidence  s20
                    s30
    """
    rows = [
        (label if not number else "", _Wrapped(plain(line)) if isinstance(line, str) else line)
        for label, lines in labelled
        for number, line in enumerate(lines)
    ]
    return table(["label", "lines"], rows, whole=["label"], indent=indent, heads=False)


def indented(
    text: "str | Text", indent: int, style: str = "", *, hanging: int = 0, most_lines: int | None = None
) -> "RenderableType":
    """A text behind some blanks.

    Args:
        text: Any text; a `str` is shown literally.
        indent: Blanks before each line.
        style: A style of `rich` for a `str`.
        hanging: Blanks more before each line but the first.
        most_lines: The lines that are shown on a terminal; a longer text then ends with "…".

    Example:
        >>> print(rendered(indented("one two three", 2, hanging=2), width=11))
          one two
            three
    """
    from rich.padding import Padding

    wrapped = _Wrapped(plain(text, style) if isinstance(text, str) else text, hanging, most_lines)
    return Padding(wrapped, (0, 0, 0, indent), expand=False)


class _Wrapped:
    """A text that is wrapped with a hanging indent, and cut after some lines on a terminal."""

    def __init__(self, text: "Text", hanging: int = _GAP, most_lines: int | None = None) -> None:
        self._text = text
        self._hanging = hanging
        self._most_lines = most_lines

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> Iterator["Text"]:
        lines = self._text.wrap(console, max(options.max_width - self._hanging, 1))
        shown = len(lines)
        if self._most_lines is not None and console.width < _UNLIMITED:
            shown = min(shown, self._most_lines)
        for number, line in enumerate(lines[:shown]):
            if number == shown - 1 < len(lines) - 1:
                line = line.wrap(console, max(options.max_width - self._hanging - 2, 1))[0]
                line.rstrip()
                line.append(" …")
            yield line if not number else plain(" " * self._hanging) + line

    def __rich_measure__(self, console: "Console", options: "ConsoleOptions") -> "Measurement":
        from rich.measure import Measurement

        measured = self._text.__rich_measure__(console, options)
        return Measurement(measured.minimum + self._hanging, measured.maximum + self._hanging)


def console(*, stderr: bool = False) -> "Console":
    """The console that writes to stdout or stderr.

    Markup, emoji codes and highlighting are off. Without a terminal, the width is unlimited.
    """
    from rich.console import Console

    made = Console(stderr=stderr, markup=False, emoji=False, highlight=False, force_jupyter=False)
    stream = sys.stderr if stderr else sys.stdout
    made.width = max(_NARROWEST, made.width) if stream.isatty() else _UNLIMITED
    return made


def write(*parts: "RenderableType", stderr: bool = False) -> None:
    """Write parts one below the other; a `str` is shown literally.

    Args:
        parts: Texts, tables and facts.
        stderr: Whether to write to stderr.
    """
    _write(console(stderr=stderr), parts)


def write_for_programs(data: str | bytes) -> None:
    """Write what programs read, such as CSV and JSON, to stdout: as UTF-8, whatever the locale says.

    An encoding that lacks a character would write an escape, which is another text in CSV and none in JSON.
    On a terminal, control characters are spelt out.

    Args:
        data: The text, or its bytes.
    """
    exact = data if isinstance(data, bytes) else data.encode("utf-8", "backslashreplace")
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(printable(exact.decode("utf-8", "replace")))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(exact)


def write_json(value: object) -> None:
    """Write a value as JSON for programs; see `json_text` and `write_for_programs`."""
    write_for_programs(json_text(value) + "\n")


def rendered(*parts: "RenderableType", width: int | None = None) -> str:
    """The text of parts as `write` lays them out, without colour and without the last line end.

    Args:
        parts: Texts, tables and facts.
        width: The columns at which text is wrapped; None for no wrapping.
    """
    from rich.console import Console

    file = io.StringIO()
    made = Console(
        file=file,
        width=width or _UNLIMITED,
        no_color=True,
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=False,
        force_jupyter=False,
    )
    _write(made, parts)
    return file.getvalue().removesuffix("\n")


def _write(target: "Console", parts: Iterable["RenderableType"]) -> None:
    from rich.segment import Segment, Segments

    segments: list[Segment] = []
    for part in parts:
        laid_out = plain(part) if isinstance(part, str) else part
        for line in target.render_lines(laid_out, pad=False):
            segments += _without_blanks_at_the_end(line)
            segments.append(Segment.line())
    target.print(Segments(segments), end="", crop=False)


def _without_blanks_at_the_end(line: "list[Segment]") -> "list[Segment]":
    from rich.segment import Segment

    kept = list(line)
    while kept:
        last = kept.pop()
        if text := last.text.rstrip(" "):
            return [*kept, Segment(text, last.style, last.control)]
    return kept
