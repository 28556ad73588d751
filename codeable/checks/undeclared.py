"""Names that traces use although nothing declares them, and decisions among them that are spelt twice."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from codeable import dsl
from codeable.checks.claims_from_notes import names_bound, names_used
from codeable.checks.facts import DECISION_KINDS
from codeable.checks.spelling import Spellings
from codeable.notes.records import Declaration, FieldNote, Name, OptionLink, Statement

if TYPE_CHECKING:
    from codeable.checks.context import Context

__all__ = ["Use", "known_names", "only_mentioned", "second_spellings", "undeclared_names", "uses_in"]

_SAME = 0.85


@frozen
class Use:
    """One use of a name in the statements of a note."""

    note: FieldNote
    statement: Statement
    name: Name

    @property
    def is_decision(self) -> bool:
        """Whether the name stands where a decision is expected."""
        return isinstance(self.statement, OptionLink) and self.name is self.statement.decision


def uses_in(context: "Context") -> Iterator[Use]:
    """Every use of a name in the statements of all notes, in order."""
    for note in context.notes:
        for statement in note.statements:
            for name in names_used(statement):
                yield Use(note, statement, name)


def undeclared_names(context: "Context") -> dict[str, list[Use]]:
    """The names of today that neither notes nor modules declare, with their uses, in order of the first."""
    known = context.known_names
    found: dict[str, list[Use]] = {}
    for use in uses_in(context):
        name = context.current(use.name.name)
        if name not in known:
            found.setdefault(name, []).append(use)
    return found


def only_mentioned(context: "Context", undeclared: Mapping[str, list[Use]]) -> dict[str, list[Name]]:
    """The undeclared names that open traces mention and no statement uses, in order of the first.

    An open trace is free text, so a word counts only when it can be nothing but an identifier.
    """
    known = {*context.known_names, *undeclared, *dsl.__all__}
    found: dict[str, list[Name]] = {}
    for note in context.notes:
        for mentioned in (name for trace in note.open_traces for name in trace.names):
            name = context.current(mentioned.name)
            if "_" in name and name not in known:
                found.setdefault(name, []).append(mentioned)
    return found


def known_names(context: "Context") -> set[str]:
    """The names of today that notes or modules declare or bind, also in statements that break."""
    known = {*context.model_elements, *context.declarations, *context.notes_of}
    for note in context.notes:
        for statement in note.statements:
            known.update(map(context.current, names_bound(statement)))
            if isinstance(statement, Declaration):
                known.add(context.current(statement.identifier.name))
    return known


def second_spellings(context: "Context", undeclared: Mapping[str, list[Use]]) -> dict[str, str]:
    """The names used as decisions but declared nowhere → the decision that each is almost spelt as."""
    declared = [code.identifier for code in context.noted.of_kind(DECISION_KINDS)]
    if context.model is not None:
        declared += [code.identifier for code in context.model.of_kind(DECISION_KINDS)]
    known = Spellings({_stem(name): name for name in reversed(declared)})
    found: dict[str, str] = {}
    for name, uses in undeclared.items():
        if any(use.is_decision for use in uses):
            other = known.alike(_stem(name), _SAME)
            if other is not None:
                found[name] = other
            else:
                known.add(_stem(name), name)
    return found


def _stem(decision: str) -> str:
    """What tells a decision from others; the ending, which many share, would make them all alike."""
    return decision.casefold().removesuffix("decision").rstrip("_") or decision
