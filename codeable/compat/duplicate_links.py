"""Which list of a statement names a thing twice, and where: for the message on a link that is repeated."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from codeable.compat.modules import syntax_tree

__all__ = ["Repetition", "find_repetitions"]


@frozen
class Repetition:
    """One entry of a list that stands in it before.

    Attributes:
        of: Whose list it is, as the code names it: the key of a dict, the variable, the element.
        entry: The repeated entry, as the code names it.
        first_line: The line of the first of the two.
        line: The line of the second.
    """

    of: str
    entry: str
    first_line: int
    line: int


def find_repetitions(path: Path, line: int, names: Mapping[str, object]) -> list[Repetition]:
    """The repetitions in the lists that the statement at a line holds or refers to by a variable.

    Args:
        path: The file.
        line: A line of the statement.
        names: What the names in the file stand for, so that two names of one thing count as a repetition.
    """
    try:
        tree = syntax_tree(path)
    except (OSError, SyntaxError, ValueError):
        return []
    holding = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    if not holding:
        return []
    statement = min(holding, key=lambda node: (node.end_lineno or node.lineno) - node.lineno)
    return [found for of, entries in _lists(statement, tree) for found in _in_list(of, entries, names)]


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


def _in_list(of: str, entries: ast.List, names: Mapping[str, object]) -> Iterator[Repetition]:
    seen: dict[object, ast.expr] = {}
    for entry in entries.elts:
        known = isinstance(entry, ast.Name) and entry.id in names
        key: object = id(names[entry.id]) if known and isinstance(entry, ast.Name) else ast.unparse(entry)
        first = seen.setdefault(key, entry)
        if first is not entry:
            yield Repetition(of, ast.unparse(entry), first.lineno, entry.lineno)
