"""What the statements of an old module bind, and where its values are found again. `name_views` asks."""

import ast
from collections.abc import Iterable, Iterator
from typing import Any

from codeable.compat.convert.module_edits import ModuleEdits

_DEEPEST = 4


def values_in(variables: Iterable[tuple[str, Any]]) -> Iterator[tuple[Any, str]]:
    """The values of variables and what lists, tuples and tables among them hold, each with an expression."""
    waiting: list[tuple[Any, str, int]] = [
        (value, name, 0) for name, value in variables if not name.startswith("__")
    ]
    while waiting:
        value, expression, depth = waiting.pop(0)
        yield value, expression
        if depth == _DEEPEST:
            continue
        if type(value) in (list, tuple):
            waiting += [(each, f"{expression}[{at}]", depth + 1) for at, each in enumerate(value)]
        elif type(value) is dict:
            waiting += [(each, f"list({expression})[{at}]", depth + 1) for at, each in enumerate(value)]
            waiting += [
                (each, f"{expression}[{key!r}]", depth + 1)
                for key, each in value.items()
                if type(key) in (str, int)
            ]


def reads(statement: ast.stmt, name: str) -> bool:
    """Whether a statement reads a name, imports it, or takes an attribute of that name."""
    return any(
        (isinstance(each, ast.Name) and each.id == name)
        or (isinstance(each, ast.alias) and each.name == name)
        or (isinstance(each, ast.Attribute) and each.attr == name)
        for each in ast.walk(statement)
    )


def assignment(edits: ModuleEdits, identifier: str, line: int) -> ast.Assign | None:
    """The statement in a line that binds this name and no parts of a value."""
    for each in edits.statements():
        if isinstance(each, ast.Assign) and each.lineno <= line <= (each.end_lineno or each.lineno):
            names = [target.id for target in each.targets if isinstance(target, ast.Name)]
            if identifier in names and len(names) == len(each.targets):
                return each
    return None
