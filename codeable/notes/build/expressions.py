"""A statement of a trace as plain data: names, literals, lists and dictionaries; nothing that computes."""

import ast
from collections.abc import Callable

from attrs import frozen

from codeable.source_reader import NOT_LITERAL, NotLiteral, literal, parse
from codeable.source_writer import Expression, Verbatim

__all__ = ["NotPlainError", "PlainCall", "call_in"]

_DEEPEST = 20


class NotPlainError(ValueError):
    """An argument that computes something; a study built from notes holds data only."""


@frozen(eq=False)
class PlainCall:
    """A call as it is written, with the new names of codes; `receiver` is the `a` of `a.add_links(...)`."""

    receiver: str | None
    args: tuple[Expression, ...]
    kwargs: dict[str, Expression]
    index: int | None


def call_in(source: str, current: Callable[[str], str]) -> PlainCall:
    """The call that a statement makes.

    Args:
        source: The statement; it has been read before, so it is Python.
        current: Gives the name of today for a name in a note.

    Raises:
        NotPlainError: An argument is not plain data.

    Example:
        >>> call_in('x = a.add_links([b], role_name="to")[0]', str).args
        ([Verbatim(text='b')],)
    """
    (statement,) = parse(source).body
    node = getattr(statement, "value", None)
    index = None
    if isinstance(node, ast.Subscript):
        value = literal(node.slice)
        if not isinstance(value, int):
            raise NotPlainError("what follows the call is not a plain index")
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


def _plain(node: ast.expr, current: Callable[[str], str], depth: int) -> Expression:
    if depth > _DEEPEST:
        raise NotPlainError("an argument is nested too deeply")
    value = literal(node)
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
