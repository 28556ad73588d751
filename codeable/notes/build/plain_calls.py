"""The calls of traces as plain data: names, literals, lists and dictionaries. Nothing is evaluated."""

import ast
from collections.abc import Callable, Mapping
from functools import partial

from attrs import frozen

from codeable.notes.mentions import current_name
from codeable.notes.model import TraceStatement
from codeable.source_reader import NOT_LITERAL, NotLiteral, literal, parse
from codeable.source_writer import Expression, Verbatim

_DEEPEST = 20
_LARGEST = 10**300


class NotPlainError(ValueError):
    """An argument that computes something. A study built from notes holds data only."""


@frozen(eq=False)
class PlainCall:
    """A call with the current names of codes; `receiver` is the `a` of `a.add_links(...)`."""

    receiver: str | None
    args: tuple[Expression, ...]
    kwargs: dict[str, Expression]
    index: int | None


def renamed(expression: Expression, names: Callable[[str], str]) -> Expression:
    """An expression with other names."""
    if isinstance(expression, Verbatim):
        return Verbatim(names(expression.text))
    if isinstance(expression, Mapping):
        return {renamed(key, names): renamed(value, names) for key, value in expression.items()}
    if isinstance(expression, list | tuple):
        return [renamed(element, names) for element in expression]
    return expression


def names_in(expression: Expression) -> list[str]:
    """The names in an expression, in order."""
    found: list[str] = []

    def note(name: str) -> str:
        found.append(name)
        return name

    renamed(expression, note)
    return found


def call_in(source: str, current: Callable[[str], str]) -> PlainCall:
    """The call of a statement.

    Args:
        source: The statement, which is Python.
        current: Gives the current name for a name in a note.

    Raises:
        NotPlainError: An argument is not plain data.

    Example:
        >>> call_in('x = a.add_links([b], role_name="to")[0]', str).args
        ([Verbatim(text='b')],)
    """
    body = parse(source).body
    node = getattr(body[0], "value", None) if len(body) == 1 else None
    index = None
    if isinstance(node, ast.Subscript):
        value = literal(node.slice)
        if not isinstance(value, int):
            raise NotPlainError("the subscript of the call is not a plain index")
        node, index = node.value, value
    if not isinstance(node, ast.Call):
        raise NotPlainError("the statement is not one call")
    receiver = None
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        receiver = current(node.func.value.id)
    if any(keyword.arg is None for keyword in node.keywords):
        raise NotPlainError("arguments are unpacked with **")
    return PlainCall(
        receiver,
        tuple(_plain(argument, current, 0) for argument in node.args),
        {keyword.arg or "": _plain(keyword.value, current, 0) for keyword in node.keywords},
        index,
    )


def call_of(statement: TraceStatement, renames: Mapping[str, str]) -> PlainCall:
    """The call of a statement in a note.

    Args:
        statement: The statement.
        renames: Old name → new name.

    Raises:
        NotPlainError: An argument is not plain data.
    """
    return call_in(statement.python, partial(current_name, renames))


def _plain(node: ast.expr, current: Callable[[str], str], depth: int) -> Expression:
    if depth > _DEEPEST:
        raise NotPlainError("an argument is nested too deeply")
    value = literal(node)
    if isinstance(value, int | float) and not -_LARGEST <= value <= _LARGEST:
        raise NotPlainError("a number is too large")
    if not isinstance(value, NotLiteral):
        return value
    if isinstance(node, ast.Name):
        return Verbatim(current(node.id))
    if isinstance(node, ast.Attribute):
        return Verbatim(current(node.attr))
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [_plain(element, current, depth + 1) for element in node.elts]
    if isinstance(node, ast.Dict):
        keys = [_key(key, current) for key in node.keys]
        values = [_plain(value, current, depth + 1) for value in node.values]
        return dict(zip(keys, values, strict=True))
    raise NotPlainError("an argument computes something")


def _key(node: ast.expr | None, current: Callable[[str], str]) -> Verbatim | str | int | float | bool | None:
    value = literal(node) if node is not None else NOT_LITERAL
    if not isinstance(value, NotLiteral):
        return value
    if isinstance(node, ast.Name):
        return Verbatim(current(node.id))
    raise NotPlainError("the key of a dictionary is neither a name nor a literal")
