"""What field notes claim, and the names of codes in their statements. Called by `context` and the rules."""

import ast
import re
from collections.abc import Iterator, Mapping

from codeable import dsl
from codeable.checks.claims import Claims
from codeable.kernel import CStereotype
from codeable.notes.mentions import codes_mentioned, current_name, names_used
from codeable.notes.model import (
    BrokenStatement,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)
from codeable.registry import CLASS_KINDS, Declaration, Impact, Option, Relation
from codeable.source_reader import literal, try_parse

_KINDS: dict[str, str] = {**dict(CLASS_KINDS), "do_nothing_design_solution": "solution"}
"""Metaclass as a trace names it → the kind that the registry calls it."""
KNOWN_KINDS = frozenset(_KINDS.values()) - {"source", "reference", "code"}
"""The kinds of codes that the vocabulary has. A `code` may be of a metaclass of the study's own."""

_SIGNS: dict[str, str] = {
    name: stereotype.name
    for name, stereotype in vars(dsl).items()
    if isinstance(stereotype, CStereotype) and dsl.force_impact_type in stereotype.superclasses
}
"""Stereotype as a trace names it → the sign of the impact."""

_ASSIGNED = re.compile(r"^[ \t]*([^\W\d]\w*)[ \t]*=(?!=)", re.MULTILINE)


def claims_of_note(note: FieldNote, renames: Mapping[str, str]) -> Claims:
    """What the traces of a note claim, under current names."""
    claims = Claims()
    for statement in note.statements:
        _add(claims, statement, renames)
    if note.identifier is not None:
        claims.codes_of[note.identifier] = list(codes_mentioned(note, renames))
        named = note.heading or note.declared_source
        if named is not None:
            declared = Declaration(note.identifier, kind="source", span=named.span)
            claims.sources[note.identifier] = declared
    return claims


def _add(claims: Claims, one: TraceStatement, renames: Mapping[str, str]) -> None:
    def current(name: Name) -> str:
        return current_name(renames, name.name)

    if isinstance(one, DeclarationStatement):
        if not one.is_source_like:
            identifier, kind = current(one.identifier), kind_and_name(one)[0]
            name = one.display_name.value if one.display_name is not None else identifier
            declaration = Declaration(identifier, name, kind, span=one.identifier.span)
            claims.codes.setdefault(identifier, declaration)
            claims.declared.append(declaration)
            if one.superclasses:
                claims.superclasses.setdefault(identifier, []).extend(map(current, one.superclasses))
    elif isinstance(one, OptionStatement):
        claims.options.append(option_stated(one, (current(one.decision), current(one.solution))))
    elif isinstance(one, ForceStatement):
        for each in one.impacts:
            sign = sign_of(each.impact.name)
            claims.impacts.append(Impact(current(each.solution), current(each.force), sign, each.span))
    elif isinstance(one, RelationStatement):
        kept = claims.next_decisions if one.role == "next decision" else claims.relations
        stereotype = one.stereotypes[0].name if one.stereotypes else None
        for ends in one.ends:
            for target in ends.targets:
                first, last = current(ends.source), current(target)
                if one.role == "from":
                    first, last = last, first
                kept.append(Relation(first, last, stereotype, span=one.span))


def option_stated(one: OptionStatement, pair: tuple[str, str]) -> Option:
    """The option that a statement states, between a decision and a solution under current names."""
    text, description = (part.value if part is not None else None for part in (one.text, one.description))
    return Option(*pair, text, one.text_span, description=description)


def sign_of(impact: str) -> str:
    """The sign of an impact, such as ``++`` for ``very_positive``; the name itself where there is none."""
    return _SIGNS.get(impact, impact)


def names_of_codes(statement: TraceStatement) -> Iterator[Name]:
    """The names of codes that a statement reads or binds, in order."""
    if (
        isinstance(statement, DeclarationStatement | OptionStatement | RelationStatement)
        and statement.identifier is not None
    ):
        yield statement.identifier
    yield from names_used(statement)


def names_bound(statement: TraceStatement) -> Iterator[str]:
    """The names that a statement binds, or may bind, to something other than a declared code."""
    if isinstance(statement, OptionStatement | RelationStatement | BrokenStatement):
        if statement.identifier is not None:
            yield statement.identifier.name
        if isinstance(statement, BrokenStatement):
            yield from _ASSIGNED.findall(statement.source)


def uncertain_names(note: FieldNote) -> Iterator[str]:
    """The names in the statements of a note that are broken or not completely understood."""
    not_read = {one.span.line for one in note.problems if one.kind == "statement-not-read"}
    for statement in note.statements:
        lines = range(statement.span.line, statement.span.end_line + 1)
        broken = isinstance(statement, BrokenStatement)
        if broken or not not_read.isdisjoint(lines):
            yield from (name.name for name in statement.names)


def kind_and_name(declaration: DeclarationStatement) -> tuple[str, str]:
    """The kind and the display name that a declaration gives to its code."""
    kind = declaration.kind
    return _KINDS.get(kind, kind), " ".join(declaration.name.split())


def corrected_option(statement: TraceStatement) -> str | None:
    """The link of an option as it should be, for a statement in which text and solution are exchanged."""
    if not isinstance(statement, BrokenStatement) or "add_decision_option" not in statement.source:
        return None
    tree = try_parse(statement.source)
    node = tree.body[0] if tree is not None and tree.body else None
    call = getattr(node, "value", None)
    if not isinstance(call, ast.Call) or len(call.args) < 3:
        return None
    decision, text, solution, *rest = call.args
    if isinstance(decision, ast.Starred) or not isinstance(solution, ast.Name):
        return None
    if not isinstance(literal(text), str):
        return None
    corrected = ast.Call(call.func, [decision, solution, text, *rest], call.keywords)
    return ast.unparse(corrected)
