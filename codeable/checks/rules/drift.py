"""C5xx: differences between notes and model. Sources without a note are not compared."""

from collections.abc import Iterable, Iterator

from codeable.checks.claims import (
    DECISION_KINDS,
    FORCE_KINDS,
    Claims,
    family,
    name_key,
)
from codeable.checks.claims_from_notes import KNOWN_KINDS, names_bound
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, model_rule
from codeable.checks.rules.model import contradictions
from codeable.notes.mentions import codes_mentioned
from codeable.registry import OPTION_KINDS, Declaration
from codeable.spelling import Spellings
from codeable.text import first_few

_MOST_LISTED = 6


@model_rule("C501", "only-in-notes", "warning", "a code is declared in the notes but absent from the model")
def only_in_notes(context: Context) -> Iterator[Violation]:
    """Renamed, merged or dropped. With a rename in the settings, the evidence goes to the new name.

    `C303` reports a code that has another identifier in the model but the same display name.
    """
    model = context.in_model
    for source, declared in context.in_notes.sources.items():
        if source not in model.sources:
            yield Violation(
                f"the source {source} of this note is absent from the model",
                context.span_of(declared),
                f"declare it in a module (`codeable notes build` does): {source} = CClass(source, ...)",
            )
    names = {name_key(code) for code in model.codes.values()}
    candidates = Spellings({name: name for name in model.codes if name not in context.in_notes.codes})
    for name, code in context.in_notes.codes.items():
        if name in context.model_elements or name_key(code) in names:
            continue
        near = candidates.nearest(name)
        if near is None or family(model.codes[near]) != family(code):
            suggestion = (
                "declare it in a module (`codeable notes build` does), "
                "or say in [tool.codeable.renames] what it became"
            )
            related: tuple[Related, ...] = ()
        else:
            suggestion = f'if it was renamed: [tool.codeable.renames] {name} = "{near}"'
            related = (Related(context.span_of(model.codes[near]), f"'{near}' is declared here"),)
        yield Violation(
            f"'{name}' is declared here but absent from the model", context.span_of(code), suggestion, related
        )


@model_rule("C502", "only-in-model", "warning", "a code of the model occurs in none of the notes")
def only_in_model(context: Context) -> Iterator[Violation]:
    """Every source that is evidence for it has a note, and none of these notes mentions it."""
    model = context.in_model
    for name, code in unmentioned_codes(context):
        source = model.evidence_of[name][0]
        yield Violation(
            f"the {code.kind} '{name}' occurs in none of the notes of its sources",
            context.span_of(code),
            f"write it into the trace of {source}, or take it out of the model",
        )


def unmentioned_codes(context: Context) -> Iterator[tuple[str, Declaration]]:
    """The codes that no note mentions, although each of their sources has a note."""
    model = context.in_model
    mentioned = set(context.declarations) | context.uncertain
    mentioned.update(name for _, name, _ in context.recognised)
    mentioned.update(context.current(use.name.name) for use in context.uses)
    for note in context.notes:
        for statement in note.statements:
            mentioned.update(map(context.current, names_bound(statement)))
    for name, code in model.codes.items():
        evidence = model.evidence_of.get(name, [])
        complete = bool(evidence) and all(source in context.notes_of for source in evidence)
        if complete and code.kind != "decision" and name not in mentioned:
            yield name, code


@model_rule("C503", "option-differs", "warning", "notes and model differ in an option or its text")
def option_differs(context: Context) -> Iterator[Violation]:
    """The text differs, or the model does not offer the solution at all. What counts is compared."""
    model = context.in_model
    in_model = {(option.decision, option.solution): option for option in model.options}
    for option in context.options_that_count:
        decision, solution = option.decision, option.solution
        there = in_model.get((decision, solution))
        if there is None:
            if _is_one_of(model, decision, DECISION_KINDS) and _is_one_of(model, solution, OPTION_KINDS):
                yield Violation(
                    f"'{solution}' is an option of '{decision}' here, but not in the model",
                    context.span_of(option),
                )
        elif option.text and not _same_text(option.text, there.text):
            yield Violation(
                f"the text of the option '{solution}' is \"{option.text}\" here, "
                f'but "{there.text or ""}" in the model',
                context.span_of(option),
                related=(Related(context.span_of(there), "the option in the model"),),
            )


def _is_one_of(model: Claims, name: str, kinds: frozenset[str]) -> bool:
    """Whether the model has a code that is allowed in a place. `C306` reports one that is not."""
    code = model.codes.get(name)
    return code is not None and (code.kind in kinds or code.kind not in KNOWN_KINDS)


def _same_text(one: str | None, other: str | None) -> bool:
    return " ".join((one or "").split()) == " ".join((other or "").split())


@model_rule(
    "C504", "impact-differs", "warning", "notes and model differ in the impact of a solution on a force"
)
def impact_differs(context: Context) -> Iterator[Violation]:
    """The statement that counts is compared. `C405` reports opposite impacts."""
    model = context.in_model
    contradictory = contradictions(context)
    in_model = {(impact.solution, impact.force): impact for impact in model.impacts}
    for impact in context.impacts_that_count:
        solution, force = impact.solution, impact.force
        there = in_model.get((solution, force))
        says = f"'{solution}' has the impact {impact.impact} on '{force}' here"
        if there is None:
            if _is_one_of(model, solution, OPTION_KINDS) and _is_one_of(model, force, FORCE_KINDS):
                yield Violation(f"{says}, none in the model", context.span_of(impact))
        elif (solution, force) not in contradictory and impact.impact != there.impact:
            yield Violation(
                f"{says}, {there.impact} in the model",
                context.span_of(impact),
                related=(Related(context.span_of(there), "the impact in the model"),),
            )


@model_rule("C505", "codes-differ", "warning", "the codes of a source differ between its module and its note")
def codes_differ(context: Context) -> Iterator[Violation]:
    """One violation per note for what the module lacks, one per source for what its notes lack.

    A decision belongs to a source that has any of its options. `C308` reports what only an open trace names.
    """
    model = context.in_model
    compared = {name for name, code in model.codes.items() if code.kind != "decision"}
    unmentioned = {name for name, _ in unmentioned_codes(context)}
    recognised = {(note.path, name) for note, name, _ in context.recognised}
    for source, codes in model.codes_of.items():
        notes = context.notes_of.get(source, ())
        for note in notes:
            places = codes_mentioned(note, context.settings.renames)
            missing = _without(places, compared, set(codes))
            if missing:
                message = f"{_listed(missing)} in the note of {source}, but not in its module"
                yield Violation(message, places[missing[0]][0][0].span, None, _in_model(context, source))
        mentioned = context.in_notes.codes_of.get(source, [])
        of_source = (note for note in context.notes if note.identifier == source)
        uncertain = (name for note in of_source for name in context.uncertain_in(note))
        elsewhere = {name for note in notes for name in codes if (note.path, name) in recognised}
        extra = _without(codes, compared, unmentioned.union(mentioned, uncertain, elsewhere))
        if extra and source in context.in_notes.sources:
            message = f"{_listed(extra)} in the module of {source}, but not in its note"
            span = context.span_of(context.in_notes.sources[source])
            yield Violation(message, span, None, _in_model(context, source))


def _in_model(context: Context, source: str) -> tuple[Related, ...]:
    """Where the model declares a source. It takes parsing the module, so only a violation asks for it."""
    return (Related(context.span_of(context.in_model.sources[source]), f"{source} in the model"),)


def _without(codes: Iterable[str], compared: set[str], others: set[str]) -> list[str]:
    return [code for code in codes if code in compared and code not in others]


def _listed(codes: list[str]) -> str:
    shown = first_few([f"'{code}'" for code in codes], _MOST_LISTED)
    return f"{shown} {'is' if len(codes) == 1 else 'are'}"
