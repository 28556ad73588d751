"""The uses of names in field notes, and the kinds of codes that are expected there. `Context` calls this."""

from collections.abc import Iterator
from itertools import cycle, repeat

from attrs import frozen

from codeable.checks.claims import DECISION_KINDS, FORCE_KINDS
from codeable.notes.mentions import names_used
from codeable.notes.model import (
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)
from codeable.registry import OPTION_KINDS, SOLUTION_KINDS

_TARGETS = {
    "next decision": (DECISION_KINDS, "a next decision"),
    "to": (SOLUTION_KINDS, "the end of a relation"),
    "from": (SOLUTION_KINDS, "the end of a relation"),
}
"""Role → what is expected at the other end of a relation."""


@frozen
class Use:
    """One use of a name in the statements of a note, and what is expected there.

    Attributes:
        note: The note.
        statement: The statement that uses the name.
        name: The name.
        kinds: The kinds of codes that are expected; any where it is None.
        expected: The same in words.
    """

    note: FieldNote
    statement: TraceStatement
    name: Name
    kinds: frozenset[str] | None = None
    expected: str = ""

    @property
    def is_decision(self) -> bool:
        """Whether a decision is expected in this place."""
        return self.kinds == DECISION_KINDS


def uses_in(note: FieldNote) -> tuple[Use, ...]:
    """Every use of a name in the statements of a note, in order."""
    return tuple(
        Use(note, statement, name, *expected)
        for statement in note.statements
        for name, expected in zip(names_used(statement), _expected(statement), strict=False)
    )


def _expected(statement: TraceStatement) -> Iterator[tuple[frozenset[str] | None, str]]:
    """What is expected of the names that a statement uses, in the order of `names_used`."""
    if isinstance(statement, OptionStatement):
        yield from ((DECISION_KINDS, "a decision"), (OPTION_KINDS, "an option"))
    elif isinstance(statement, ForceStatement):
        yield from cycle(((OPTION_KINDS, "a solution that has an impact"), (FORCE_KINDS, "a force")))
    elif isinstance(statement, RelationStatement) and statement.role in _TARGETS:
        for ends in statement.ends:
            yield OPTION_KINDS, "the start of a relation"
            yield from repeat(_TARGETS[statement.role], len(ends.targets))
    else:
        yield from repeat((None, ""))
