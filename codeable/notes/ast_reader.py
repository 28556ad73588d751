"""Names, literals and places in the syntax trees of a trace, read without evaluating anything.

The parser makes no subclasses of its nodes, so their types are compared with ``is``: where a node is mostly
something else, that is five times as fast as `isinstance`.
"""

import ast

from codeable.notes.lines import Lines
from codeable.notes.records import Literals, Name, Span, Text

__all__ = ["COLLECTIONS", "NOT_LITERAL", "NotLiteral", "Trees", "literal"]


class NotLiteral:
    """What stands for the value of an expression that is no literal."""

    def __repr__(self) -> str:
        return "NOT_LITERAL"


NOT_LITERAL = NotLiteral()
COLLECTIONS = (ast.List, ast.Tuple, ast.Set)
_Located = ast.expr | ast.stmt | ast.keyword


class Trees:
    """Reads the trees of one stretch of a note.

    Args:
        lines: The note.
        offset: What to add to a line of a tree (from 1) to get the index of the line in the note (from 0).
    """

    __slots__ = ("_ascii", "_names", "lines", "offset")

    def __init__(self, lines: Lines, offset: int) -> None:
        self.lines = lines
        self.offset = offset
        self._ascii = lines.text.isascii()
        self._names: dict[ast.expr | None, Name] = {}

    def span(self, node: _Located) -> Span:
        """The place of a node."""
        line, end_line = node.lineno + self.offset, (node.end_lineno or node.lineno) + self.offset
        column, end_column = node.col_offset, node.end_col_offset or node.col_offset
        if not self._ascii:
            column, end_column = self._characters(line, column), self._characters(end_line, end_column)
        starts = self.lines.starts
        return Span(
            self.lines.path,
            line + 1,
            column + 1,
            end_line + 1,
            end_column + 1,
            starts[line] + column,
            starts[end_line] + end_column,
        )

    def _characters(self, line: int, column: int) -> int:
        """A column in characters; trees count in bytes of UTF-8."""
        text = self.lines.lines[line]
        if text.isascii():
            return column
        return len(text.encode("utf-8", "replace")[:column].decode("utf-8", "ignore"))

    def source(self, span: Span) -> str:
        """The text of a place."""
        return self.lines.text[span.start : span.end]

    def name(self, node: ast.expr | None) -> Name | None:
        """A name, or the last part of a dotted one; none for any other expression."""
        found = self._names.get(node)
        if found is not None:
            return found
        if type(node) is ast.Name:
            found = Name(node.id, self.span(node))
        elif type(node) is ast.Attribute and (qualifier := _dotted(node.value)) is not None:
            found = Name(node.attr, self.span(node), qualifier)
        else:
            return None
        self._names[node] = found
        return found

    def names(self, node: ast.expr) -> tuple[list[Name], list[ast.expr]]:
        """The names of a list, tuple or set (or of a single name), and what in it is no name."""
        found: list[Name] = []
        others: list[ast.expr] = []
        elements = node.elts if isinstance(node, COLLECTIONS) else [node]
        for element in elements:
            name = self.name(element)
            if name is None:
                others.append(element)
            else:
                found.append(name)
        return found, others

    def text(self, node: ast.expr | None) -> Text | None:
        """A string, or strings joined by ``+``; none for any other expression."""
        if node is None:
            return None
        value = literal(node)
        return Text(value, self.span(node)) if isinstance(value, str) else None

    def read(self, node: ast.AST) -> tuple[Name, ...]:
        """Every name that a tree reads, in order; of calls the arguments only, not what is called."""
        found: list[Name] = []
        rest: list[ast.AST] = [node]
        while rest:
            current = rest.pop()
            if type(current) is ast.Name or type(current) is ast.Attribute:
                name = self.name(current) if type(current.ctx) is ast.Load else None
                if name is not None:
                    found.append(name)
                elif type(current) is ast.Attribute:
                    rest.append(current.value)
            elif type(current) is not ast.Constant:
                rest += _parts(current)
        return tuple(found)


def literal(node: ast.expr) -> Literals | NotLiteral:
    """The value of a literal: text, number, truth value, none; strings may be joined, numbers be signed.

    Example:
        >>> literal(ast.parse("'a' + 'b'", mode="eval").body)
        'ab'
        >>> literal(ast.parse("9 ** 9 ** 9", mode="eval").body)
        NOT_LITERAL
    """
    if type(node) is ast.Constant:
        value = node.value
        return value if value is None or isinstance(value, (str, int, float)) else NOT_LITERAL
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        value = node.operand.value
        if isinstance(node.op, ast.USub) and type(value) in (int, float):
            return -value  # type: ignore[operator, return-value]
        return NOT_LITERAL
    parts: list[str] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        right = node.right
        if not (isinstance(right, ast.Constant) and isinstance(right.value, str)):
            return NOT_LITERAL
        parts.append(right.value)
        node = node.left
    if parts and isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value + "".join(reversed(parts))
    return NOT_LITERAL


def _dotted(node: ast.expr) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


def _parts(node: ast.AST) -> list[ast.AST]:
    """What a tree consists of, the last part first; of a call not what is called."""
    if type(node) is ast.Expr:
        return [node.value]
    if type(node) is ast.Assign:
        return [node.value, *reversed(node.targets)]
    if type(node) is ast.Call:
        keywords = [keyword.value for keyword in reversed(node.keywords)]
        called = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return [*keywords, *reversed(node.args), *called]
    if type(node) is ast.Dict:
        entries = zip(reversed(node.keys), reversed(node.values), strict=True)
        return [part for key, value in entries for part in (value, key) if part is not None]
    return list(ast.iter_child_nodes(node))[::-1]
