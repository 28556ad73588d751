"""What the field notes claim, as `Facts`; and which names occur in them where."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from codeable.checks.facts import Code, Facts, Impact, Option, Relation
from codeable.checks.finding import Place
from codeable.notes.records import (
    BrokenStatement,
    CodeMention,
    FieldNote,
    ForceRelation,
    Name,
    OptionLink,
    OtherRelation,
    OtherStatement,
    Statement,
)

if TYPE_CHECKING:
    from codeable.checks.context import Context

__all__ = ["IMPACTS", "KINDS", "facts_of_notes", "names_bound", "names_used"]

KINDS = {
    "decision": "decision",
    "practice": "practice",
    "pattern": "pattern",
    "design_solution": "solution",
    "do_nothing_design_solution": "solution",
    "force": "force",
    "category": "category",
    "domain_metaclass": "domain class",
}
"""Metaclass as a trace names it → the kind that the registry calls it."""

IMPACTS = {
    "very_positive": "++",
    "positive": "+",
    "neutral": "o",
    "negative": "-",
    "very_negative": "--",
    "positive_and_negative": "+/-",
}
"""Stereotype as a trace names it → the sign that it stands for."""


def facts_of_notes(context: "Context") -> Facts:
    """What the traces of all notes claim; of two declarations of one code the first counts."""
    codes: dict[str, Code] = {}
    for _, one in context.declared_codes():
        identifier = context.current(one.identifier.name)
        metaclass = one.metaclass.name if one.metaclass is not None else ""
        name = one.display_name.value if one.display_name is not None else identifier
        place = Place.of_span(one.identifier.span)
        codes.setdefault(identifier, Code(identifier, name, KINDS.get(metaclass, metaclass), place))
    options = tuple(
        Option(
            context.current(one.decision.name),
            context.current(one.solution.name),
            one.text.value if one.text is not None else None,
            Place.of_span(one.text.span if one.text is not None else one.span),
        )
        for _, one in context.option_links()
    )
    impacts = tuple(
        Impact(
            context.current(each.solution.name),
            context.current(each.force.name),
            IMPACTS.get(each.impact.name, each.impact.name),
            Place.of_span(each.span),
        )
        for _, one in context.force_relations()
        for each in one.impacts
    )
    relations, next_decisions = _relations(context)
    codes_of = {
        note.identifier: tuple(_codes_met(context, note))
        for note in context.notes
        if note.identifier is not None
    }
    return Facts(codes, options, impacts, relations, next_decisions, codes_of)


def _relations(context: "Context") -> tuple[tuple[Relation, ...], tuple[Relation, ...]]:
    between: list[Relation] = []
    onwards: list[Relation] = []
    for note in context.notes:
        for one in note.statements:
            if not isinstance(one, OtherRelation):
                continue
            role = one.role_name.value if one.role_name is not None else None
            kept = onwards if role == "next decision" else between
            stereotype = one.stereotypes[0].name if one.stereotypes else None
            for ends in one.ends:
                for target in ends.targets:
                    first, last = context.current(ends.source.name), context.current(target.name)
                    if role == "from":
                        first, last = last, first
                    kept.append(Relation(first, last, stereotype, Place.of_span(one.span)))
    return tuple(between), tuple(onwards)


def _codes_met(context: "Context", note: FieldNote) -> Iterable[str]:
    """The codes that a note says were met in its source: mentioned, declared, or spoken of in a statement."""
    found: dict[str, None] = {}
    for one in note.statements:
        if isinstance(one, CodeMention):
            found.setdefault(context.current(one.code.name))
        elif isinstance(one, OptionLink):
            found.setdefault(context.current(one.solution.name))
        elif isinstance(one, ForceRelation):
            for each in one.impacts:
                found.setdefault(context.current(each.solution.name))
                found.setdefault(context.current(each.force.name))
    for code, declared in context.declarations.items():
        if any(where is note for where, _ in declared):
            found.setdefault(code)
    return found


def names_used(statement: Statement) -> Iterator[Name]:
    """The names of codes that a statement reads, in order."""
    if isinstance(statement, CodeMention):
        yield statement.code
    elif isinstance(statement, OptionLink):
        yield from (statement.decision, statement.solution)
    elif isinstance(statement, ForceRelation):
        for each in statement.impacts:
            yield from (each.solution, each.force)
    elif isinstance(statement, OtherRelation):
        for ends in statement.ends:
            yield from (ends.source, *ends.targets)


def names_bound(statement: Statement) -> Iterator[Name]:
    """The names that a statement binds to something other than a code's declaration, or may bind."""
    if isinstance(statement, OptionLink | OtherRelation | OtherStatement | BrokenStatement):
        if statement.identifier is not None:
            yield statement.identifier
        if isinstance(statement, BrokenStatement):
            yield from statement.names
