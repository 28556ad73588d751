"""The statements of a study that is to be built, as plain data; and the calls of traces as such data.

`collect` fills the plan, `modules` writes it.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Literal

from attrs import field, frozen

from codeable.kernel.place import Span
from codeable.notes.model import FieldNote
from codeable.source_reader import NOT_LITERAL, NotLiteral, literal, parse
from codeable.source_writer import Expression, Verbatim

_DEEPEST = 20


@frozen(eq=False)
class Item:
    """One statement of a module that is to be built.

    Attributes:
        span: Where it is in its note.
        function: What it calls.
        args: The positional arguments.
        kwargs: The keyword arguments, in their order.
        index: The subscript of the result.
        binds: The identifier that the result is bound to.
        needs: The codes that it mentions.
        declares: Whether it declares a code (a bound link does not).
        option: Decision and solution of an option.
    """

    span: Span
    function: str
    args: tuple[Expression, ...] = ()
    kwargs: Mapping[str, Expression] = field(factory=dict)
    index: int | None = None
    binds: str | None = None
    needs: tuple[str, ...] = ()
    declares: bool = False
    option: tuple[str, str] | None = None


@frozen
class LeftOut:
    """Something in the notes that is not in the built study.

    Attributes:
        kind: ``undeclared`` for a code that no note declares, ``note`` for a whole note, else ``statement``.
        what: The code, or the statement on one line.
        span: Where it is.
        reason: Why.
        cause: The place of the fault, where it is another one.
    """

    kind: Literal["undeclared", "note", "statement"]
    what: str
    span: Span
    reason: str
    cause: Span | None = None


@frozen(eq=False)
class SourcePlan:
    """The module of one source.

    Attributes:
        identifier: The source, such as ``s44``.
        note: Its note.
        items: The declarations of the source and of its references.
        codes: The codes of the source, in the order in which the note mentions them.
    """

    identifier: str
    note: FieldNote
    items: tuple[Item, ...]
    codes: tuple[str, ...]


@frozen(eq=False)
class BuildPlan:
    """All that the notes say about a study, in their order."""

    items: tuple[Item, ...]
    decisions: tuple[str, ...]
    sources: tuple[SourcePlan, ...]
    left_out: tuple[LeftOut, ...]


class NotPlainError(ValueError):
    """An argument that computes something. A study built from notes holds data only."""


@frozen(eq=False)
class PlainCall:
    """A call with the current names of codes; `receiver` is the `a` of `a.add_links(...)`."""

    receiver: str | None
    args: tuple[Expression, ...]
    kwargs: dict[str, Expression]
    index: int | None


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
    (statement,) = parse(source).body
    node = getattr(statement, "value", None)
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
