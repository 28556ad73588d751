"""Finds the list in a statement that names an element twice.

`load_errors` calls this for the message about a link that is made twice.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from codeable.files import shown_path
from codeable.source_reader import parse_file


@frozen
class Repetition:
    """An entry of a list that the list has before.

    Attributes:
        path: The file.
        of: Whose list it is, as the code names it: the key of a dict, the variable, the element.
        entry: The repeated entry, as the code names it.
        first_line: The line of the first of the two.
        line: The line of the second.
    """

    path: Path
    of: str
    entry: str
    first_line: int
    line: int

    def __str__(self) -> str:
        return (
            f"the list of {self.of} repeats {self.entry}: {shown_path(self.path)}:{self.line}, "
            f"it is in line {self.first_line} already; take one of the two out"
        )


def find_repetitions(path: Path, line: int, names: Mapping[str, object]) -> list[Repetition]:
    """Find the repetitions in the lists that a statement holds or refers to by a variable.

    Args:
        path: The file.
        line: A line of the statement.
        names: The values of the names in the file, so that two names of one element count as a repetition.
    """
    try:
        return list(_repetitions(path, line, names))
    except (OSError, SyntaxError, UnicodeError, RecursionError):
        return []


def _repetitions(path: Path, line: int, names: Mapping[str, object]) -> Iterator[Repetition]:
    tree = parse_file(path)
    holding = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    if holding:
        statement = min(holding, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)
        for of, entries in _lists(statement, tree):
            yield from _in_list(path, of, entries, names)


def _lists(statement: ast.stmt, tree: ast.Module) -> Iterator[tuple[str, ast.List]]:
    assigned = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(statement):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None:
                    yield from _list_of(ast.unparse(key), value, assigned)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            for argument in node.args:
                yield from _list_of(ast.unparse(node.func.value), argument, assigned)


def _list_of(of: str, value: ast.expr, assigned: Mapping[str, ast.List]) -> Iterator[tuple[str, ast.List]]:
    if isinstance(value, ast.List):
        yield of, value
    elif isinstance(value, ast.Name) and value.id in assigned:
        yield f"{of}, {value.id}", assigned[value.id]


def _in_list(path: Path, of: str, entries: ast.List, names: Mapping[str, object]) -> Iterator[Repetition]:
    seen: dict[object, ast.expr] = {}
    for entry in entries.elts:
        known = isinstance(entry, ast.Name) and entry.id in names
        key: object = id(names[entry.id]) if known and isinstance(entry, ast.Name) else ast.unparse(entry)
        first = seen.setdefault(key, entry)
        if first is not entry:
            yield Repetition(path, of, ast.unparse(entry), first.lineno, entry.lineno)
