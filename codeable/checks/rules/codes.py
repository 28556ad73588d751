"""C3xx: the codes that notes and modules speak of: declared once, spelt one way, used as what they are."""

from collections.abc import Iterator
from itertools import islice

from codeable.checks.claims_from_notes import KNOWN_KINDS, told
from codeable.checks.context import Context
from codeable.checks.diagnostic import Place, Related
from codeable.checks.facts import DECISION_KINDS, FORCE_KINDS, OPTION_KINDS, Code
from codeable.checks.rule import Violation, rule
from codeable.checks.undeclared import only_mentioned, uses_in
from codeable.notes.records import Declaration, ForceRelation, Name, OptionLink, Statement

__all__ = ["RULES"]

_MOST_RELATED = 5


def _elsewhere(written: list[Name]) -> tuple[Related, ...]:
    """The other lines on which a name is written."""
    first = written[0].span
    lines = {(name.span.path, name.span.line): name.span for name in written}
    del lines[first.path, first.line]
    return tuple(Related.at(span, "also here") for span in islice(lines.values(), _MOST_RELATED))


@rule("C301", "undeclared-code", "warning", "a code is used but declared nowhere")
def undeclared_code(context: Context) -> Iterator[Violation]:
    """One finding per name; a second spelling of a decision is told by `C305` alone."""
    for name, uses in context.undeclared.items():
        if name not in context.second_spellings:
            yield _undeclared(context, name, "used", [use.name for use in uses])
    for name, mentions in only_mentioned(context, context.undeclared).items():
        yield _undeclared(context, name, "mentioned", mentions)


def _undeclared(context: Context, name: str, verb: str, written: list[Name]) -> Violation:
    near = context.nearest_declared(name)
    number = f" ({len(written)} times)" if len(written) > 1 else ""
    return Violation(
        f"'{written[0].name}' is {verb}{number} but declared nowhere",
        Place.of_span(written[0].span),
        f"did you mean '{near}'? If it was renamed: [tool.codeable.renames] {name} = \"{near}\""
        if near is not None
        else "declare it, or take it out",
        _elsewhere(written),
    )


@rule("C302", "declared-twice", "error", "one identifier is declared with different names or kinds")
def declared_twice(context: Context) -> Iterator[Violation]:
    """Told at the declaration that differs from the first.

    That a note and a module differ is a warning, since the code may have grown since the note was written; so
    is one name in two modules.
    """
    by_identifier: dict[str, list[Declaration]] = {}
    for _, one in context.declared_codes():
        by_identifier.setdefault(one.identifier.name, []).append(one)
    for identifier, declared in by_identifier.items():
        first, model = declared[0], _in_model(context, identifier)
        different = [one for one in declared[1:] if told(one) != told(first)]
        if different:
            yield Violation(
                f"'{identifier}' is declared as {_shown(different[0])}, but before as {_shown(first)}",
                Place.of_span(different[0].identifier.span),
                "keep one declaration, or give one of them another identifier",
                (Related.at(first.identifier.span, f"first declared here as {_shown(first)}"),),
            )
        elif model is not None and not _is(first, model):
            yield Violation(
                f"'{identifier}' is {_shown(first)} here, but {model.kind} \"{model.name}\" in the model",
                Place.of_span(first.identifier.span),
                related=(Related.at(model.place, "declared in the model here"),),
                severity="warning",
            )
    yield from _twice_in_model(context)


def _is(declared: Declaration, code: Code) -> bool:
    """Whether a note declares what a module does; kinds that a study has of its own are not compared."""
    kind, name = told(declared)
    return (kind == code.kind or kind not in KNOWN_KINDS) and name == " ".join(code.name.split())


def _twice_in_model(context: Context) -> Iterator[Violation]:
    """A name that modules give to two codes: which of them is meant cannot be told.

    In one module the first can no longer be spoken of, which is certainly wrong when the two differ.
    """
    declared = context.model.declared if context.model is not None else ()
    bound: dict[str, Code] = {}
    for code in sorted(declared, key=lambda code: code.place):
        if code.bound is None or code.bound.startswith("_"):
            continue
        first = bound.setdefault(code.bound, code)
        differ = (first.kind, first.name) != (code.kind, code.name)
        in_one = first.place.file == code.place.file
        if first is not code and (differ or in_one):
            yield Violation(
                f"'{code.bound}' is declared as {code.kind} \"{code.name}\", "
                f'but before as {first.kind} "{first.name}"',
                code.place,
                "keep one declaration, or give one of them another identifier",
                (Related.at(first.place, f'first declared here as {first.kind} "{first.name}"'),),
                severity=None if differ and in_one else "warning",
            )


def _in_model(context: Context, identifier: str) -> Code | None:
    if context.model is None or context.current(identifier) != identifier:
        return None
    return context.model.codes.get(identifier)


def _shown(one: Declaration) -> str:
    kind, name = told(one)
    return f'{kind or "something"} "{name}"'


@rule("C303", "two-identifiers-one-name", "warning", "two identifiers have one display name")
def two_identifiers_one_name(context: Context) -> Iterator[Violation]:
    """Often one of them is the old name of the other: then a line in the settings joins them.

    A practice may be called as a force or a category is; among the solutions a name should be the only one.
    """
    by_name: dict[tuple[str, str], list[Code]] = {}
    model = context.model.codes if context.model is not None else {}
    for code in (*model.values(), *(c for i, c in context.noted.codes.items() if i not in model)):
        by_name.setdefault(code.name_key, []).append(code)
    for codes in by_name.values():
        for code in codes[1:]:
            first = codes[0]
            if code.bound is not None and (code.bound, code.place.file) == (first.bound, first.place.file):
                continue  # the same declaration twice, which `C302` tells
            only_new = first.identifier in model and code.identifier not in model
            old, new = (code, first) if only_new else (first, code)
            yield Violation(
                f"'{code.identifier}' and '{first.identifier}' are both \"{code.name.strip()}\"",
                code.place,
                f'if they are one code: [tool.codeable.renames] {old.identifier} = "{new.identifier}"',
                (Related.at(first.place, f"'{first.identifier}' is declared here"),),
            )


@rule("C304", "used-before-declared", "warning", "a code is used before the notes declare it")
def used_before_declared(context: Context) -> Iterator[Violation]:
    """In the same block, the same note, or an earlier note; interviews are compared with interviews."""
    seen = set()
    for use in uses_in(context):
        name = context.current(use.name.name)
        declared = context.declarations.get(name)
        if declared is None or name in seen:
            continue
        note, declaration = declared[0]
        below = note is use.note and use.name.span.start < declaration.span.start
        if below or context.is_before(use.note, note):
            seen.add(name)
            where = "below" if below else f"only in the later note {note.identifier or note.path}"
            yield Violation(
                f"'{use.name.name}' is used here but declared {where}",
                Place.of_span(use.name.span),
                related=(Related.at(declaration.identifier.span, "declared here"),),
            )


@rule("C305", "two-spellings", "warning", "one decision is spelt in two ways")
def two_spellings(context: Context) -> Iterator[Violation]:
    """A name used as a decision, declared nowhere, and almost the name of another decision."""
    for name, other in context.second_spellings.items():
        uses = context.undeclared[name]
        yield Violation(
            f"'{uses[0].name.name}' is declared nowhere, but the decision '{other}' is spelt almost so",
            Place.of_span(uses[0].name.span),
            f"write '{other}', or [tool.codeable.renames] {name} = \"{other}\"",
            _elsewhere([use.name for use in uses]),
        )


@rule("C306", "wrong-kind", "error", "a code is used as something that it is not")
def wrong_kind(context: Context) -> Iterator[Violation]:
    """A force as a decision, a practice with options, a solution where a force is expected, and the like."""
    for note in context.notes:
        for statement in note.statements:
            for name, expected, allowed in _expectations(statement):
                code = _declared_as(context, name.name)
                if code is not None and code.kind not in allowed:
                    yield Violation(
                        f"'{name.name}' is a {code.kind}, used here as {expected}",
                        Place.of_span(name.span),
                        related=(Related.at(code.place, f"declared here as a {code.kind}"),),
                    )


def _expectations(statement: Statement) -> Iterator[tuple[Name, str, frozenset[str]]]:
    if isinstance(statement, OptionLink):
        yield statement.decision, "a decision", DECISION_KINDS
        yield statement.solution, "an option", OPTION_KINDS
    elif isinstance(statement, ForceRelation):
        for each in {one.solution.span: one for one in statement.impacts}.values():
            yield each.solution, "a solution that has an impact", OPTION_KINDS
        for each in statement.impacts:
            yield each.force, "a force", FORCE_KINDS


def _declared_as(context: Context, name: str) -> Code | None:
    """The code that a name stands for, when its kind is one that the vocabulary knows and is undisputed."""
    current = context.current(name)
    code = context.noted.codes.get(current)
    if context.model is not None and current in context.model.codes:
        code = context.model.codes[current]
    if code is None or code.kind not in KNOWN_KINDS:
        return None
    kinds = {told(one)[0] for _, one in context.declarations.get(current, [])}
    return code if kinds <= {code.kind} else None


RULES = (
    undeclared_code,
    declared_twice,
    two_identifiers_one_name,
    used_before_declared,
    two_spellings,
    wrong_kind,
)
