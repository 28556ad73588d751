"""Where in a module a value, a name or a text is written, so that a finding can point at it and mend it.

Modules are read here with `ast` and never run; what cannot be found is simply not pointed at.
"""

import ast
import re
from itertools import accumulate
from pathlib import Path

from attrs import evolve, frozen

from codeable.checks.diagnostic import Place
from codeable.kernel.place import Span
from codeable.notes.decoding import decode
from codeable.source_reader import NotLiteral, literal, try_parse

__all__ = ["Literal", "Module", "Modules", "lines_of"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@frozen
class Literal:
    """A literal in a module: its value, its place, and its character offsets."""

    value: object
    place: Place
    start: int
    end: int


def lines_of(text: str) -> list[str]:
    r"""The lines of a text with their ends; a line ends with LF, CR LF or CR and nothing else.

    Example:
        >>> lines_of("a\x0cb\r\nc")
        ['a\x0cb\r\n', 'c']
    """
    return _LINE.findall(text)


class Module:
    """The text and the syntax tree of one module; both empty when it cannot be read.

    Args:
        path: The file.

    Attributes:
        text: The whole text, without a byte order mark, line ends as they stand.
        lines: Its lines with their ends.
        starts: The character offset at which each line starts, and that behind the last one.
        tree: The syntax tree; none when the text is not Python.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            self.text = decode(Path(path).read_bytes())[0]
        except (OSError, ValueError):
            self.text = ""
        self.lines = lines_of(self.text)
        self.starts = list(accumulate(map(len, self.lines), initial=0))
        self._calls: dict[int, list[ast.Call]] = {}
        self._targets: dict[tuple[int, int], ast.Name] = {}
        self._variables: set[ast.Name] = set()
        self.tree = try_parse(self.text)
        if self.tree is None:
            return
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                self._calls.setdefault(node.lineno, []).append(node)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                begin = node.value.lineno, node.value.col_offset
                self._targets.setdefault(begin, node.targets[0])
        variables = (node.targets[0] for node in self.tree.body if isinstance(node, ast.Assign))
        self._variables = {node for node in variables if isinstance(node, ast.Name)}

    def call(self, line: int, name: str | None) -> ast.Call | None:
        """The call on a line whose second argument is this display name; the only call when there is one."""
        calls = self._calls.get(line, [])
        for call in calls:
            if len(call.args) > 1 and name is not None and literal(call.args[1]) == name:
                return call
        return calls[0] if len(calls) == 1 else None

    def literal(self, node: ast.expr) -> Literal | None:
        """A node that is a plain literal, or strings joined by ``+``, with its place."""
        value = literal(node)
        if isinstance(value, NotLiteral):
            return None
        place = self._place(node)
        start = self.starts[place.line - 1] + place.column - 1
        end = self.starts[place.end_line - 1] + place.end_column - 1
        return Literal(value, place, start, end)

    def offset(self, line: int, byte_offset: int) -> int:
        """The character offset of a place of the syntax tree."""
        return self.starts[line - 1] + self._column(line, byte_offset) - 1

    def values(self, line: int, name: str | None) -> dict[str, Literal]:
        """The literal entries of `values={...}` in the declaration on a line; a place begins at the key."""
        call = self.call(line, name)
        table = next((kw.value for kw in call.keywords if kw.arg == "values"), None) if call else None
        if not isinstance(table, ast.Dict):
            return {}
        found: dict[str, Literal] = {}
        for key, value in zip(table.keys, table.values, strict=True):
            written = self.literal(value)
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and written is not None:
                column = self._column(key.lineno, key.col_offset)
                at_key = evolve(written.place, line=key.lineno, column=column)
                found[key.value] = evolve(written, place=at_key)
        return found

    def made_at(self, made: Span) -> Place:
        """The place of a call that the kernel remembers, from the name which it is bound to to its end.

        The kernel counts columns in bytes of UTF-8, a place counts them in characters.
        """
        byte_offset = made.column - 1
        call = next((call for call in self._calls.get(made.line, []) if call.col_offset == byte_offset), None)
        if call is None:
            column = self._column(made.line, byte_offset) if made.line <= len(self.lines) else made.column
            return Place(self.path, made.line, column)
        place = self._place(call)
        target = self._targets.get((made.line, byte_offset))
        if target is None:
            return place
        return evolve(place, line=target.lineno, column=self._column(target.lineno, target.col_offset))

    def bound_at(self, made: Span) -> str | None:
        """The variable of the module that a call is bound to; none inside a loop or a function."""
        target = self._targets.get((made.line, made.column - 1))
        return target.id if target is not None and target in self._variables else None

    def _place(self, node: ast.expr) -> Place:
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        column, end_column = self._column(node.lineno, node.col_offset), self._column(end_line, end)
        return Place(self.path, node.lineno, column, end_line, end_column)

    def _column(self, line: int, byte_offset: int) -> int:
        """The column in characters, from 1; `ast` counts bytes of UTF-8, from 0."""
        text = self.lines[line - 1]
        if text.isascii():
            return byte_offset + 1
        return len(text.encode("utf-8")[:byte_offset].decode("utf-8", "ignore")) + 1


class Modules:
    """The modules of a study, each read once for one check, since they may be edited before the next."""

    def __init__(self) -> None:
        self._read: dict[str, Module] = {}

    def __getitem__(self, path: str) -> Module:
        if path not in self._read:
            self._read[path] = Module(path)
        return self._read[path]
