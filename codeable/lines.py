"""The lines of a text, and spans in them, for the readers of notes and of Python source and for checks."""

import re
from bisect import bisect_right
from itertools import accumulate
from operator import add

from attrs import frozen

from codeable.kernel.place import Span

NEWLINE = re.compile(r"\r\n|\r|\n")
"""The ends of lines in Markdown and in Python."""

_record = tuple.__new__
"""Makes a named tuple without a call of its own `__new__`, which takes as long again."""


@frozen(order=True)
class Edit:
    """One replacement in a file, by character offsets into its decoded text with its own line ends."""

    path: str
    start: int
    end: int
    replacement: str

    @classmethod
    def of(cls, span: Span, replacement: str) -> "Edit":
        """The replacement of a span."""
        return cls(span.path, span.start, span.end, replacement)

    @property
    def change(self) -> tuple[int, int, str]:
        """The replacement without its file, as `notes.decoding.edited` takes it."""
        return self.start, self.end, self.replacement


class Lines:
    r"""A text as lines, and `Span` records for stretches of it.

    Lines end at LF, CR or CR LF, as in Markdown and in Python; other separators of Unicode are characters.

    Attributes:
        path: The file, as it is in every span.
        text: The whole text.
        lines: The lines without their ends.
        starts: The character offset at which each line starts.

    Example:
        >>> lines = Lines("s1.md", "# s\r\n1")
        >>> lines.lines
        ['# s', '1']
        >>> lines.in_line(1, 0, 1).start
        5
    """

    __slots__ = ("lines", "path", "starts", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        if "\r" in text:
            self.lines = NEWLINE.split(text)
            self.starts = [0, *(match.end() for match in NEWLINE.finditer(text))]
        else:
            self.lines = text.split("\n")
            ends = accumulate(map(len, self.lines[:-1]), initial=0)
            self.starts = list(map(add, ends, range(len(self.lines))))

    def line_at(self, offset: int) -> int:
        r"""The line (counted from 0) in which a character is.

        Example:
            >>> Lines("s1.md", "# s\r\n1").line_at(5)
            1
        """
        return max(bisect_right(self.starts, offset) - 1, 0)

    def end_of(self, line: int) -> int:
        """The offset at which a line (counted from 0) ends, without its line end."""
        return self.starts[line] + len(self.lines[line])

    def start_behind(self, line: int) -> int:
        r"""The offset at which the line behind one (counted from 0) starts; of the last line its end.

        Example:
            >>> Lines("s1.md", "# s\r\n1").start_behind(0)
            5
        """
        return self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)

    def of_lines(self, first: int, last: int) -> Span:
        """The span of lines (counted from 0, the last inclusive), without blanks at start and end."""
        line = self.lines[first]
        start = len(line) - len(line.lstrip())
        end = len(self.lines[last].rstrip())
        if first == last:
            end = max(end, start)
        starts = self.starts
        return _record(
            Span,
            (self.path, first + 1, start + 1, last + 1, end + 1, starts[first] + start, starts[last] + end),
        )

    def of_whole_lines(self, first: int, last: int) -> Span:
        """The span of lines (counted from 0, the last inclusive) with the blanks at start and end."""
        end = NEWLINE.search(self.text, self.starts[last])
        to = end.start() if end is not None else len(self.text)
        column = to - self.starts[last] + 1
        return Span(self.path, first + 1, 1, last + 1, column, self.starts[first], to)

    def in_line(self, index: int, start: int, end: int) -> Span:
        """The span of some characters of one line, the line and the characters counted from 0."""
        line, offset = index + 1, self.starts[index]
        return _record(Span, (self.path, line, start + 1, line, end + 1, offset + start, offset + end))

    def between(self, start: int, end: int) -> Span:
        """The span between two character offsets."""
        first, last = self.line_at(start), self.line_at(end)
        column, end_column = start - self.starts[first] + 1, end - self.starts[last] + 1
        return Span(self.path, first + 1, column, last + 1, end_column, start, end)

    def joined(self, first: int, last: int) -> str:
        """The lines from `first` to `last` (counted from 0, the last inclusive) with LF between them."""
        return "\n".join(self.lines[first : last + 1])
