"""The statements of a study that is to be built, as plain data.

`collect` fills the plan, `accept` tries it, `editing` writes it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal

from attrs import evolve, field, frozen

from codeable.kernel.place import Span
from codeable.notes.build.plain_calls import renamed
from codeable.notes.model import FieldNote
from codeable.source_writer import Expression, Verbatim, format_call

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


def one_line(text: str, most: int = 200) -> str:
    """A statement on one line, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
