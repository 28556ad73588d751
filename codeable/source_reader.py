"""Python source as syntax trees. Nothing is compiled, imported or evaluated.

All parts of codeable that read Python source parse it here: `notes` the blocks of coding traces, `checks` and
`compat` the modules of a study. `ast` makes no subclasses of its nodes, so their types are compared with `is`
where speed counts; that is five times as fast as `isinstance`.
"""

import ast
import contextlib
import threading
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path

from codeable.kernel.place import Span
from codeable.lines import Lines

Node = ast.expr | ast.stmt | ast.keyword | ast.alias | ast.ExceptHandler | ast.pattern
"""The nodes of a tree that have a place."""

LiteralValue = str | int | float | bool | None
"""The values that a literal can have; any other expression is not read."""

# One thread at a time: `catch_warnings` changes the filters of the whole process, and CPython 3.11 counts the
# depth of the tree that it builds in one place for all threads.
_parser = threading.RLock()


class _State:
    hidden = False
    """Whether the thread that has the lock hides the warnings."""


_state = _State()
_record = tuple.__new__
"""Makes a named tuple without a call of its own `__new__`, which takes as long again."""


class UnreadableSourceError(SyntaxError):
    """The parser cannot read a text: brackets nested too deeply, a zero byte, a lone surrogate."""


class NotLiteral:
    """The type of `NOT_LITERAL`."""

    def __repr__(self) -> str:
        return "NOT_LITERAL"


NOT_LITERAL = NotLiteral()
"""The value of an expression that is no literal."""


@contextlib.contextmanager
def warnings_hidden() -> Iterator[None]:
    """Show no warnings of Python while sources are parsed, such as that of an odd escape.

    Who parses many short sources does it inside of this, since it takes as long as to parse one.
    """
    with _parser:
        if _state.hidden:
            yield
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _state.hidden = True
            try:
                yield
            finally:
                _state.hidden = False


def parse(text: str, path: str = "<unknown>") -> ast.Module:
    r"""The syntax tree of a text. Warnings of Python, such as that of an odd escape, are not shown.

    Args:
        text: The source.
        path: The file, for the error.

    Raises:
        UnreadableSourceError: The parser cannot read it; a `SyntaxError` without a line.
        SyntaxError: The text is not Python.

    Example:
        >>> len(parse("a = 1\nb = 2").body)
        2
    """
    with warnings_hidden():
        try:
            return ast.parse(text, path)
        except SyntaxError:
            raise
        except (RecursionError, MemoryError, ValueError, OverflowError) as error:
            reason = "is nested too deeply to be read"
            if isinstance(error, ValueError):
                reason = "holds a zero byte" if "\0" in text else "holds a character that no source can have"
            raise UnreadableSourceError(reason) from error


def try_parse(text: str) -> ast.Module | None:
    """The syntax tree of a text; none when it is not Python.

    Example:
        >>> try_parse("a b") is None
        True
    """
    try:
        return parse(text)
    except SyntaxError:
        return None


def parse_file(path: Path) -> ast.Module:
    """The syntax tree of a module, decoded as its encoding cookie says.

    Raises:
        OSError: The file cannot be read.
        UnicodeError: The file is not in its encoding.
        SyntaxError: The file is not Python.
    """
    try:
        with tokenize.open(path) as file:
            return parse(file.read(), str(path))
    except LookupError as error:  # a codec that is for no text
        raise SyntaxError(f"encoding problem: {error}", (str(path), 1, None, None)) from error


def literal(node: ast.expr) -> LiteralValue | NotLiteral:
    """The value of a literal: text, number, truth value, none. Strings may be joined, numbers be signed.

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


def dotted_name(node: ast.expr) -> str | None:
    """The text of a name or of a dotted name; none of any other expression.

    Example:
        >>> dotted_name(ast.parse("a.b.c", mode="eval").body)
        'a.b.c'
    """
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


def bodies_of(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The lists of statements in a compound statement, in the order of the text."""
    for name in ("body", "handlers", "orelse", "finalbody", "cases"):
        for each in (found := getattr(statement, name, [])):
            if isinstance(each, ast.ExceptHandler | ast.match_case):
                yield each.body
        if found and isinstance(found[0], ast.stmt):
            yield found


def first_line(statement: ast.expr | ast.stmt) -> int:
    """The line in which a statement begins, its decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def header_of(statement: ast.stmt) -> list[ast.AST]:
    """The parts of a compound statement that are not its bodies."""
    inner = {id(each) for body in bodies_of(statement) for each in body}
    found: list[ast.AST] = []
    for each in ast.iter_child_nodes(statement):
        if isinstance(each, ast.ExceptHandler):
            found += [each.type] if each.type is not None else []
        elif isinstance(each, ast.match_case):
            found += [each.pattern, *([each.guard] if each.guard is not None else [])]
        elif id(each) not in inner:
            found.append(each)
    return found


class NodeSpans:
    """The spans of the nodes of a syntax tree in the text that it was parsed from.

    Args:
        lines: The whole text, of which a stretch was parsed.
        offset: What to add to a line of the tree (from 1) to get the index of the line in the text (from 0).

    Example:
        >>> spans = NodeSpans(Lines("a.py", "é = f(x)"))
        >>> spans.span(parse("é = f(x)").body[0].value)
        Span(path='a.py', line=1, column=5, end_line=1, end_column=9, start=4, end=8)
    """

    __slots__ = ("_ascii", "lines", "offset")

    def __init__(self, lines: Lines, offset: int = -1) -> None:
        self.lines = lines
        self.offset = offset
        self._ascii = lines.text.isascii()

    def span(self, node: Node) -> Span:
        """The span of a node."""
        line, end_line = node.lineno + self.offset, (node.end_lineno or node.lineno) + self.offset
        column, end_column = node.col_offset, node.end_col_offset or node.col_offset
        if not self._ascii:
            column, end_column = self._characters(line, column), self._characters(end_line, end_column)
        starts = self.lines.starts
        begin, end = starts[line] + column, starts[end_line] + end_column
        return _record(
            Span, (self.lines.path, line + 1, column + 1, end_line + 1, end_column + 1, begin, end)
        )

    def _characters(self, index: int, column: int) -> int:
        """A column in characters, of one in bytes of UTF-8, in which trees count; both from 0."""
        text = self.lines.lines[index]
        if text.isascii():
            return column
        return len(text.encode("utf-8", "replace")[:column].decode("utf-8", "ignore"))

    def source(self, span: Span) -> str:
        """The text of a span."""
        return self.lines.text[span.start : span.end]
