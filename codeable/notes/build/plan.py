"""What is to be built: the statements of a study, taken from notes, and what had to be left out."""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from codeable.kernel.place import Span
from codeable.notes.model import FieldNote
from codeable.source_writer import Expression

__all__ = ["Item", "LeftOut", "Plan", "SourcePlan"]


@frozen(eq=False)
class Item:
    """One statement of a module that is to be built.

    Attributes:
        span: Where it stands in its note.
        function: What it calls.
        args: The positional arguments.
        kwargs: The keyword arguments, in their order.
        index: What the result is subscripted with.
        binds: The identifier that the result is bound to.
        needs: The codes that it speaks of.
        declares: Whether it declares a code (a bound link does not).
        option: Decision and solution, when it links an option.
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
    """Something in the notes that the study does not hold.

    Attributes:
        kind: ``undeclared`` for a code that no note declares, ``note`` for a whole note, else ``statement``.
        what: The code, or the statement on one line.
        span: Where it stands.
        reason: Why.
    """

    kind: Literal["undeclared", "note", "statement"]
    what: str
    span: Span
    reason: str


@frozen(eq=False)
class SourcePlan:
    """The module of one source.

    Attributes:
        identifier: The source, such as ``s44``.
        note: Its note.
        items: The declarations of the source and of its references.
        codes: What the source is evidence for, in the order in which the note speaks of it.
    """

    identifier: str
    note: FieldNote
    items: tuple[Item, ...]
    codes: tuple[str, ...]


@frozen(eq=False)
class Plan:
    """Everything that the notes say about a study, in their order."""

    items: tuple[Item, ...]
    decisions: tuple[str, ...]
    sources: tuple[SourcePlan, ...]
    left_out: tuple[LeftOut, ...]
