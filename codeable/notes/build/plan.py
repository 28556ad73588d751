"""The statements of a study that is to be built, as plain data; and the calls of traces as such data.

`collect` fills the plan, `accept` tries it, `modules` writes it.
"""

import ast
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal

from attrs import evolve, field, frozen

from codeable.kernel.place import Span
from codeable.notes.model import FieldNote
from codeable.source_reader import NOT_LITERAL, NotLiteral, literal, parse
from codeable.source_writer import Expression, Verbatim, format_call

_DEEPEST = 20
_LARGEST = 10**300

Lost = Literal[
    "note", "source", "code", "option", "impact", "relation", "evidence", "value", "trace", "statement"
]
"""What a build can leave out."""

Key = tuple[str, ...]
"""What a part of a statement is about: ``("option", decision, solution)``, ``("code", name)``, …."""

TYPES: Mapping[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
"""The types that an attribute of a declared class may have, by the names that a trace gives them."""

ItemKind = Literal[
    "source", "reference", "code", "option", "impact", "relation", "reference link", "evidence"
]
"""The kinds of built statements. Statements of one kind are kept together in a module."""


@frozen
class LeftOut:
    """Something in the notes that is not in the built study.

    Attributes:
        kind: What it is. A ``statement`` is one that cannot be understood as any of the others.
        what: The code, the source, or the statement on one line.
        span: Where it is.
        reason: Why.
        cause: The place of the fault, where it is another one.
        key: What the refused part of a statement is about.
    """

    kind: Lost
    what: str
    span: Span
    reason: str
    cause: Span | None = None
    key: Key | None = field(default=None, eq=False, repr=False)


@frozen(eq=False)
class Part:
    """One thing that a statement says: a declaration, an option, one impact, one link, one code of a source.

    Attributes:
        key: What it is about.
        names: The two ends of an impact or a link, as the statement names them.
        span: Where it is in its note.
        value: What it says: the text of an option, the impact, the stereotypes; for messages.
        again: Where other statements of the notes are about the same.
        instead: Makes a statement of each of these, in the order in which they count. A declaration is made
            of all its statements, so its own is among them.
    """

    key: Key
    span: Span
    names: tuple[str, str] = ("", "")
    value: str = ""
    again: tuple[Span, ...] = ()
    instead: "Callable[[], Iterable[Item]]" = tuple


@frozen(eq=False)
class Item:
    """One statement of a module that is to be built.

    Attributes:
        kind: What it says.
        source: The identifier of its note.
        span: Where it is in its note.
        function: What it calls.
        args: The positional arguments; without the first where that is made of the parts.
        kwargs: The keyword arguments, in their order.
        index: The subscript of the result.
        binds: The identifier that the result is bound to.
        parts: What it says.
        others: The names that it uses besides those of its parts.
        receiver: The `a` of `a.add_links(...)`.
        listed: Whether the targets are a list also where there is one.
    """

    kind: ItemKind
    source: str
    span: Span
    function: str
    args: tuple[Expression, ...] = ()
    kwargs: Mapping[str, Expression] = field(factory=dict)
    index: int | None = None
    binds: str | None = None
    parts: tuple[Part, ...] = ()
    others: tuple[str, ...] = ()
    receiver: str | None = None
    listed: bool = True

    @property
    def declares(self) -> bool:
        """Whether it declares a code, a source or a reference (a bound link does not)."""
        return self.kind in ("source", "reference", "code")

    @property
    def needs(self) -> tuple[str, ...]:
        """The names that it uses, in order."""
        ends = (name for part in self.parts for name in part.names if name)
        return tuple(dict.fromkeys((*ends, *self.others)))

    @property
    def keys(self) -> frozenset[Key]:
        """What its parts are about."""
        return frozenset(part.key for part in self.parts)

    def without(self, keys: Collection[Key]) -> "Item | None":
        """The statement without the parts about some things; none when no part is left."""
        parts = tuple(part for part in self.parts if part.key not in keys)
        return evolve(self, parts=parts) if parts else None

    def arguments(self) -> tuple[Expression, ...]:
        """All positional arguments."""
        if self.kind == "impact":
            impacts: dict[Expression, dict[Expression, Expression]] = {}
            for part in self.parts:
                solution, force = part.names
                impacts.setdefault(Verbatim(solution), {})[Verbatim(force)] = Verbatim(part.value)
            return (impacts, *self.args)
        if self.function != "add_links":
            return self.args
        table: dict[Expression, list[Expression]] = {}
        for part in self.parts:
            source, target = part.names
            table.setdefault(Verbatim(source), []).append(Verbatim(target))
        if self.receiver is not None:
            (targets,) = table.values()
            return (targets if self.listed or len(targets) > 1 else targets[0], *self.args)
        one: dict[Expression, Expression] = {
            source: targets if self.listed or len(targets) > 1 else targets[0]
            for source, targets in table.items()
        }
        return (one, *self.args)

    def text(self, names: Callable[[str], str] = str, comment: str = "") -> str:
        """The statement as Python, with other names for those that it uses."""
        function = self.function
        if self.receiver is not None:
            function = f"{names(self.receiver)}.{function}"
        return format_call(
            None if self.binds is None else names(self.binds),
            function,
            [renamed(argument, names) for argument in self.arguments()],
            {name: renamed(value, names) for name, value in self.kwargs.items()},
            self.index,
            comment=comment,
        )


@frozen(eq=False)
class Mention:
    """A code that a note mentions.

    Attributes:
        code: The code.
        key: The part that mentions it; a part that is refused is no evidence. None for a mere mention.
        span: Where.
    """

    code: str
    key: Key | None
    span: Span


@frozen(eq=False)
class SourcePlan:
    """One source.

    Attributes:
        identifier: The source, such as ``s44``.
        notes: Its notes, one of each coder.
        mentions: The codes that they mention, in order.
    """

    identifier: str
    notes: tuple[FieldNote, ...]
    mentions: tuple[Mention, ...]


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


def one_line(text: str, most: int = 200) -> str:
    """A statement on one line, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


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
