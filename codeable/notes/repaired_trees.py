"""Places in a note of the parts of a repaired statement. Called by the reader of statements."""

import ast
from itertools import accumulate

from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.notes.ast_reader import TreeReader
from codeable.notes.repaired_text import Repair, Repaired
from codeable.source_reader import Node


class RepairedTreeReader(TreeReader):
    """Reads the trees of a repaired statement; its spans are those of the text in the note.

    Args:
        lines: The note.
        first: The index of the first line of the statement in the note.
        repaired: The statement, of which no change adds or removes a line.
        offset: What to add to a line of a tree (from 1) to get the index of the line in the statement.
    """

    __slots__ = ("_first", "_repaired", "_rows", "_starts", "_text")

    repaired = True

    def __init__(self, lines: Lines, first: int, repaired: Repaired, offset: int) -> None:
        super().__init__(lines, offset)
        self._first = first
        self._repaired = repaired
        self._text = repaired.text
        self._rows = self._text.split("\n")
        self._starts = starts_of(self._rows)

    def span(self, node: Node) -> Span:
        """The span of a node in the note."""
        start, end = self._offsets(node)
        return span_of(
            self.lines, self._first, self._repaired.source, self._repaired.original(start),
            self._repaired.original(end)
        )  # fmt: skip

    def text_of(self, node: ast.expr | ast.stmt) -> str:
        """The text of a node with the repairs."""
        start, end = self._offsets(node)
        return self._text[start:end]

    def _offsets(self, node: Node) -> tuple[int, int]:
        """The offsets of a node in the text with the repairs."""
        return self._offset(node.lineno, node.col_offset), self._offset(
            node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        )

    def _offset(self, line: int, column: int) -> int:
        row = line + self.offset
        in_characters = self._rows[row].encode("utf-8", "replace")[:column].decode("utf-8", "ignore")
        return self._starts[row] + len(in_characters)


def starts_of(rows: list[str]) -> list[int]:
    """The offset at which each line of a text starts."""
    return list(accumulate((len(row) + 1 for row in rows), initial=0))[:-1]


def span_of(lines: Lines, first: int, source: str, start: int, end: int) -> Span:
    """The span of two offsets into a text that begins with a line of the note."""
    (row, column), (end_row, end_column) = _position(source, start), _position(source, end)
    index, end_index = first + row, first + end_row
    return Span(
        lines.path,
        index + 1,
        column + 1,
        end_index + 1,
        end_column + 1,
        lines.starts[index] + column,
        lines.starts[end_index] + end_column,
    )


def span_of_change(lines: Lines, first: int, source: str, change: Repair) -> Span:
    """The span of what a change replaces."""
    return span_of(lines, first, source, change.start, change.end)


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, from 0."""
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)
