"""C3xx: the codes that notes and modules speak of: declared once, spelt one way, used as what they are."""

import difflib
from collections.abc import Iterator

from attrs import frozen

from codeable.checks.context import Context
from codeable.checks.facts import Code
from codeable.checks.finding import Place, Related
from codeable.checks.noted import KINDS, names_bound, names_used
from codeable.checks.rule import Hit, rule
from codeable.names import nearest, slug
from codeable.notes.records import Declaration, FieldNote, ForceRelation, Name, OptionLink, Statement

__all__ = ["RULES"]

_MOST_RELATED = 5
_SAME_SPELLING = 0.85
_SOLUTIONS = frozenset({"practice", "pattern", "solution"})


@frozen
class _Use:
    """One use of a name in the statements of a note."""

    note: FieldNote
    statement: Statement
    name: Name

    @property
    def is_decision(self) -> bool:
        return isinstance(self.statement, OptionLink) and self.name is self.statement.decision


def _undeclared(context: Context) -> dict[str, list[_Use]]:
    """The names used in traces that neither notes nor modules declare, in order of their first use."""
    known = set(context.model_elements) | set(context.declarations)
    for note in context.notes:
        if note.identifier is not None:
            known.add(note.identifier)
        for statement in note.statements:
            known.update(context.current(name.name) for name in names_bound(statement))
            if isinstance(statement, Declaration):
                known.add(context.current(statement.identifier.name))
    found: dict[str, list[_Use]] = {}
    for use in _uses(context):
        name = context.current(use.name.name)
        if name not in known:
            found.setdefault(name, []).append(use)
    return found


def _uses(context: Context) -> Iterator[_Use]:
    for note in context.notes:
        for statement in note.statements:
            for name in names_used(statement):
                yield _Use(note, statement, name)


def _elsewhere(uses: list[_Use]) -> tuple[Related, ...]:
    return tuple(Related.at(use.name.span, "also here") for use in uses[1 : 1 + _MOST_RELATED])


def _nearest_declared(context: Context, name: str) -> str | None:
    """The declared identifier nearest by its own spelling or by that of its display name."""
    by_spelling: dict[str, str] = {}
    for identifier, display_name in context.display_names.items():
        by_spelling.setdefault(identifier, identifier)
        by_spelling.setdefault(slug(display_name), identifier)
    for identifier in (*context.model_elements, *context.declarations):
        by_spelling.setdefault(identifier, identifier)
    found = nearest(name, by_spelling, 1)
    return by_spelling[found[0]] if found else None


@rule("C301", "undeclared-code", "warning", "a code is used but declared nowhere")
def undeclared_code(context: Context) -> Iterator[Hit]:
    """One finding per name; a second spelling of a decision is told by `C305` alone."""
    spellings = {name for pair in _decision_spellings(context) for name in pair[:1]}
    for name, uses in _undeclared(context).items():
        if name in spellings:
            continue
        near = _nearest_declared(context, name)
        number = f" ({len(uses)} times)" if len(uses) > 1 else ""
        yield Hit(
            f"'{uses[0].name.name}' is used{number} but declared nowhere",
            Place.of_span(uses[0].name.span),
            f"did you mean '{near}'? If it was renamed: [tool.codeable.renames] {name} = \"{near}\""
            if near is not None
            else "declare it, or take it out",
            _elsewhere(uses),
        )


@rule("C302", "declared-twice", "error", "one identifier is declared with different names or kinds")
def declared_twice(context: Context) -> Iterator[Hit]:
    """Among the notes, or by a note and a module; told at the declaration that differs from the first."""
    by_identifier: dict[str, list[Declaration]] = {}
    for _, one in context.declared_codes():
        by_identifier.setdefault(one.identifier.name, []).append(one)
    for identifier, declared in by_identifier.items():
        first, model = declared[0], _in_model(context, identifier)
        different = [one for one in declared[1:] if _told(one) != _told(first)]
        if different:
            yield Hit(
                f"'{identifier}' is declared as {_shown(different[0])}, but before as {_shown(first)}",
                Place.of_span(different[0].identifier.span),
                "keep one declaration, or give one of them another identifier",
                (Related.at(first.identifier.span, f"first declared here as {_shown(first)}"),),
            )
        elif model is not None and _told(first) != (model.kind, model.name.strip()):
            yield Hit(
                f"'{identifier}' is {_shown(first)} here, but {model.kind} \"{model.name}\" in the model",
                Place.of_span(first.identifier.span),
                related=(Related.at(model.place, "declared in the model here"),),
            )


def _in_model(context: Context, identifier: str) -> Code | None:
    if context.model is None or context.current(identifier) != identifier:
        return None
    return context.model.codes.get(identifier)


def _told(one: Declaration) -> tuple[str, str]:
    metaclass = one.metaclass.name if one.metaclass is not None else ""
    name = one.display_name.value.strip() if one.display_name is not None else ""
    return KINDS.get(metaclass, metaclass), name


def _shown(one: Declaration) -> str:
    kind, name = _told(one)
    return f'{kind or "something"} "{name}"'


@rule("C303", "two-identifiers-one-name", "warning", "two identifiers have one display name")
def two_identifiers_one_name(context: Context) -> Iterator[Hit]:
    """Often one of them is the old name of the other: then a line in the settings joins them."""
    by_name: dict[tuple[str, bool], list[Code]] = {}
    model = context.model.codes if context.model is not None else {}
    for code in (*model.values(), *(c for i, c in context.noted.codes.items() if i not in model)):
        kept = by_name.setdefault((code.name.strip().casefold(), code.kind == "force"), [])
        kept.append(code)
    for codes in by_name.values():
        for code in codes[1:]:
            first = codes[0]
            old, new = (code, first) if first.identifier in model else (first, code)
            yield Hit(
                f"'{code.identifier}' and '{first.identifier}' are both \"{code.name.strip()}\"",
                code.place,
                f'if they are one code: [tool.codeable.renames] {old.identifier} = "{new.identifier}"',
                (Related.at(first.place, f"'{first.identifier}' is declared here"),),
            )


@rule("C304", "used-before-declared", "warning", "a code is used before the notes declare it")
def used_before_declared(context: Context) -> Iterator[Hit]:
    """In the same block, the same note, or an earlier note; interviews are compared with interviews."""
    order = {note.path: position for position, note in enumerate(context.notes)}
    told = set()
    for use in _uses(context):
        name = context.current(use.name.name)
        declared = context.declarations.get(name)
        if declared is None or name in told:
            continue
        note, declaration = min(declared, key=lambda d: (order[d[0].path], d[1].span.start))
        if note.kind != use.note.kind:
            continue
        if (order[use.note.path], use.name.span.start) < (order[note.path], declaration.span.start):
            told.add(name)
            where = "below" if note is use.note else f"only in the later note {note.identifier or note.path}"
            yield Hit(
                f"'{use.name.name}' is used here but declared {where}",
                Place.of_span(use.name.span),
                related=(Related.at(declaration.identifier.span, "declared here"),),
            )


def _decision_spellings(context: Context) -> list[tuple[str, str, list[_Use]]]:
    """Names used as decisions but declared nowhere, each with the decision that it is a spelling of."""
    undeclared = _undeclared(context)
    used = {name: uses for name, uses in undeclared.items() if any(use.is_decision for use in uses)}
    declared = [code.identifier for code in context.noted.of_kind(frozenset({"decision"}))]
    if context.model is not None:
        declared += [code.identifier for code in context.model.of_kind(frozenset({"decision"}))]
    found = []
    others = list(dict.fromkeys(declared))
    for name, uses in used.items():
        likely = [other for other in others if _alike(name, other)]
        if likely:
            found.append((name, max(likely, key=lambda other: _ratio(name, other)), uses))
        else:
            others.append(name)
    return found


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _alike(one: str, other: str) -> bool:
    return one != other and _ratio(one, other) >= _SAME_SPELLING


@rule("C305", "two-spellings", "warning", "one decision is spelt in two ways")
def two_spellings(context: Context) -> Iterator[Hit]:
    """A name used as a decision, declared nowhere, and almost the name of another decision."""
    for name, other, uses in _decision_spellings(context):
        yield Hit(
            f"'{uses[0].name.name}' is declared nowhere, but the decision '{other}' is spelt almost so",
            Place.of_span(uses[0].name.span),
            f"write '{other}', or [tool.codeable.renames] {name} = \"{other}\"",
            _elsewhere(uses),
        )


@rule("C306", "wrong-kind", "error", "a code is used as something that it is not")
def wrong_kind(context: Context) -> Iterator[Hit]:
    """A force as a decision, a practice with options, a solution where a force is expected, and the like."""
    for note in context.notes:
        for statement in note.statements:
            for name, expected, allowed in _expectations(statement):
                code = _declared_as(context, name.name)
                if code is not None and code.kind not in allowed:
                    yield Hit(
                        f"'{name.name}' is a {code.kind}, used here as {expected}",
                        Place.of_span(name.span),
                        related=(Related.at(code.place, f"declared here as a {code.kind}"),),
                    )


def _expectations(statement: Statement) -> Iterator[tuple[Name, str, frozenset[str]]]:
    if isinstance(statement, OptionLink):
        yield statement.decision, "a decision", frozenset({"decision"})
        yield statement.solution, "an option", _SOLUTIONS
    elif isinstance(statement, ForceRelation):
        for each in {one.solution.span: one for one in statement.impacts}.values():
            yield each.solution, "a solution that has an impact", _SOLUTIONS | {"decision"}
        for each in statement.impacts:
            yield each.force, "a force", frozenset({"force"})


def _declared_as(context: Context, name: str) -> Code | None:
    """The code that a name stands for, when its kind is one that the vocabulary knows and is undisputed."""
    current = context.current(name)
    code = context.noted.codes.get(current)
    if context.model is not None and current in context.model.codes:
        code = context.model.codes[current]
    kinds = {_told(one)[0] for _, one in context.declarations.get(current, [])}
    known = code is not None and code.kind in set(KINDS.values())
    return code if known and len(kinds) < 2 else None


RULES = (
    undeclared_code,
    declared_twice,
    two_identifiers_one_name,
    used_before_declared,
    two_spellings,
    wrong_kind,
)
