"""How passages, traces and memos show themselves: a place, and the text below it.

The records of notes and of the chain of evidence inherit it.
"""

from typing import Any

from codeable.files import shown_path
from codeable.kernel.place import Span
from codeable.text import html_text, printable


class Quotation:
    """What shows itself as a quotation, in a terminal and in a notebook."""

    __slots__ = ()

    def _place(self) -> str:
        """The first line: where it is."""
        raise NotImplementedError

    def _quoted(self) -> str:
        """The text."""
        raise NotImplementedError

    def __repr__(self) -> str:
        lines = [f"> {printable(line)}".rstrip() for line in self._quoted().splitlines()]
        return "\n".join([printable(self._place()), *lines])

    def _repr_html_(self) -> str:
        quoted = html_text(self._quoted()).replace("\n", "<br>\n")
        return f"<blockquote>\n<p>{quoted}</p>\n<footer>{html_text(self._place())}</footer>\n</blockquote>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text("..." if cycle else repr(self))


def lines_of(span: Span) -> str:
    """A file with the lines of a span.

    Example:
        >>> lines_of(Span("s4.md", 3, 1, 5, 9))
        's4.md:3-5'
    """
    return f"{shown_path(span.path)}:{line_range(span.line, span.end_line)}"


def line_range(first: int, last: int) -> str:
    """The first and the last line of a stretch of text.

    Example:
        >>> line_range(3, 5), line_range(3, 3)
        ('3-5', '3')
    """
    return str(first) if first == last else f"{first}-{last}"
