"""What the field notes claim, as `Facts`; and which names occur in them where."""

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codeable.checks.diagnostic import Place
from codeable.checks.facts import Code, Facts, Impact, Option, Relation
from codeable.notes.mentions import codes_met
from codeable.notes.records import (
    BrokenStatement,
    CodeMention,
    Declaration,
    FieldNote,
    ForceRelation,
    Name,
    OptionLink,
    OtherRelation,
    OtherStatement,
    Statement,
)
from codeable.source_reader import literal, try_parse

if TYPE_CHECKING:
    from codeable.checks.context import Context

__all__ = [
    "IMPACTS",
    "KINDS",
    "KNOWN_KINDS",
    "exchanged_option",
    "facts_of_notes",
    "names_bound",
    "names_of_codes",
    "names_used",
    "names_wanted",
    "told",
]

KINDS = {
    "decision": "decision",
    "practice": "practice",
    "pattern": "pattern",
    "design_solution": "solution",
    "do_nothing_design_solution": "solution",
    "force": "force",
    "category": "category",
    "domain_metaclass": "domain class",
    "known_use": "known use",
}
"""Metaclass as a trace names it → the kind that the registry calls it."""
KNOWN_KINDS = frozenset(KINDS.values())

IMPACTS = {
    "very_positive": "++",
    "positive": "+",
    "neutral": "o",
    "negative": "-",
    "very_negative": "--",
    "positive_and_negative": "+/-",
}
"""Stereotype as a trace names it → the sign that it stands for."""

_ASSIGNED = re.compile(r"^[ \t]*([^\W\d]\w*)[ \t]*=(?!=)", re.MULTILINE)


def facts_of_notes(context: "Context") -> Facts:
    """What the traces of all notes claim; of two declarations of one code the first counts."""
    codes: dict[str, Code] = {}
    for _, one in context.declared_codes():
        identifier = context.current(one.identifier.name)
        metaclass = one.metaclass.name if one.metaclass is not None else ""
        name = one.display_name.value if one.display_name is not None else identifier
        kind = KINDS.get(metaclass, metaclass)
        place = Place.of_span(one.identifier.span)
        codes.setdefault(identifier, Code(identifier, name, kind, place, bound=one.identifier.name))
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
    codes_of: dict[str, dict[str, None]] = {}
    sources: dict[str, Place] = {}
    for note in context.notes:
        if note.identifier is not None:
            codes_of.setdefault(note.identifier, {}).update(dict.fromkeys(codes_met(note, context.renames)))
            named = note.heading or note.declared_source
            if named is not None:
                sources.setdefault(note.identifier, Place.of_span(named.span))
    met = {source: tuple(found) for source, found in codes_of.items()}
    return Facts(codes, options, impacts, relations, next_decisions, met, sources)


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


def names_of_codes(statement: Statement) -> Iterator[Name]:
    """Every name of a code that a statement reads or binds, in order."""
    if isinstance(statement, Declaration | OptionLink | OtherRelation) and statement.identifier is not None:
        yield statement.identifier
    yield from names_used(statement)


def told(declaration: Declaration) -> tuple[str, str]:
    """Kind and display name that a declaration gives to its code."""
    metaclass = declaration.metaclass.name if declaration.metaclass is not None else ""
    name = declaration.display_name.value if declaration.display_name is not None else ""
    return KINDS.get(metaclass, metaclass), " ".join(name.split())


def names_bound(statement: Statement) -> Iterator[str]:
    """The names that a statement binds to something other than a code's declaration, or may bind."""
    if isinstance(statement, OptionLink | OtherRelation | OtherStatement | BrokenStatement):
        if statement.identifier is not None:
            yield statement.identifier.name
        if isinstance(statement, BrokenStatement):
            yield from _ASSIGNED.findall(statement.source)


def names_wanted(note: FieldNote) -> Iterator[str]:
    """The names in the statements of a note that break, or are not wholly understood."""
    not_read = {one.span.line for one in note.problems if one.kind == "statement-not-read"}
    for statement in note.statements:
        lines = range(statement.span.line, statement.span.end_line + 1)
        broken = isinstance(statement, BrokenStatement)
        unknown = isinstance(statement, OtherStatement) and statement.kind == "other"
        if broken or unknown or not not_read.isdisjoint(lines):
            yield from (name.name for name in statement.names)


def exchanged_option(statement: Statement) -> str | None:
    """What a link of an option should be in which text and solution stand in each other's place."""
    if not isinstance(statement, OtherStatement) or "add_decision_option" not in statement.source:
        return None
    tree = try_parse(statement.source)
    node = tree.body[0] if tree is not None and tree.body else None
    call = getattr(node, "value", None)
    if not isinstance(call, ast.Call) or len(call.args) != 3:
        return None
    decision, text, solution = call.args
    if isinstance(decision, ast.Starred) or not isinstance(solution, ast.Name):
        return None
    if not isinstance(literal(text), str):
        return None
    return f"{ast.unparse(call.func)}({ast.unparse(decision)}, {solution.id}, {ast.unparse(text)})"
