"""Where in a module a value, a name or a text is written, so that a finding can point at it and mend it.

Modules are read here with `ast` and never run; what cannot be found is simply not pointed at.
"""

import ast
import re
from functools import lru_cache
from pathlib import Path

from attrs import evolve, frozen

from codeable.checks.finding import Place

__all__ = [
    "Literal",
    "declaration_call",
    "forget_modules",
    "lines_of",
    "literal_of",
    "module_lines",
    "values_of",
]


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@frozen
class Literal:
    """A literal in a module: its value, its place, and its character offsets."""

    value: object
    place: Place
    start: int
    end: int


@lru_cache(maxsize=512)
def _text(path: str) -> str:
    """The text of a module; empty when it cannot be read as UTF-8."""
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


def module_lines(path: str) -> list[str]:
    """The lines of a module with their ends, as Python counts lines."""
    return lines_of(_text(path))


def forget_modules() -> None:
    """Read modules anew: they may have been edited since."""
    _text.cache_clear()
    _calls.cache_clear()


def lines_of(text: str) -> list[str]:
    r"""The lines of a text with their ends; a line ends with LF, CR LF or CR and nothing else.

    Example:
        >>> lines_of("a\x0cb\r\nc")
        ['a\x0cb\r\n', 'c']
    """
    return _LINE.findall(text)


@lru_cache(maxsize=512)
def _calls(path: str) -> dict[int, list[ast.Call]]:
    """The calls of a module by the line on which they begin."""
    try:
        tree = ast.parse(_text(path))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[int, list[ast.Call]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found.setdefault(node.lineno, []).append(node)
    return found


def declaration_call(path: str, line: int, name: str | None) -> ast.Call | None:
    """The call on a line whose second argument is this display name; the only call when there is one."""
    calls = _calls(path).get(line, [])
    for call in calls:
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant) and call.args[1].value == name:
            return call
    return calls[0] if len(calls) == 1 else None


def literal_of(path: str, node: ast.expr) -> Literal | None:
    """A node that is a plain literal, with its place."""
    if not isinstance(node, ast.Constant) or node.end_lineno is None or node.end_col_offset is None:
        return None
    start_column = _column(path, node.lineno, node.col_offset)
    end_column = _column(path, node.end_lineno, node.end_col_offset)
    lines = module_lines(path)
    start = sum(len(line) for line in lines[: node.lineno - 1]) + start_column - 1
    end = sum(len(line) for line in lines[: node.end_lineno - 1]) + end_column - 1
    place = Place(path, node.lineno, start_column, node.end_lineno, end_column)
    return Literal(node.value, place, start, end)


def _column(path: str, line: int, byte_offset: int) -> int:
    """The column in characters, from 1; `ast` counts bytes of UTF-8, from 0."""
    lines = module_lines(path)
    return len(lines[line - 1].encode("utf-8")[:byte_offset].decode("utf-8")) + 1


def values_of(path: str, line: int, name: str | None) -> dict[str, Literal]:
    """The literal entries of `values={...}` in the declaration on a line; a place begins at the key."""
    call = declaration_call(path, line, name)
    if call is None:
        return {}
    table = next((keyword.value for keyword in call.keywords if keyword.arg == "values"), None)
    if not isinstance(table, ast.Dict):
        return {}
    found: dict[str, Literal] = {}
    for key, value in zip(table.keys, table.values, strict=True):
        literal = literal_of(path, value)
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and literal is not None:
            column = _column(path, key.lineno, key.col_offset)
            found[key.value] = evolve(literal, place=evolve(literal.place, line=key.lineno, column=column))
    return found
