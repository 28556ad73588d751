"""C502 to C505: differences between notes and model. Sources without a note are not compared."""

from collections.abc import Iterator

from codeable.checks.claims import grouped
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, model_rule
from codeable.checks.rules.model import contradictions
from codeable.text import first_few

_MOST_LISTED = 6


@model_rule("C502", "only-in-model", "warning", "a code of the model occurs in none of the notes")
def only_in_model(context: Context) -> Iterator[Violation]:
    """Every source that is evidence for it has a note, and none of these notes mentions it."""
    model = context.in_model
    for name, code in context.unmentioned.items():
        source = model.evidence_of[name][0]
        yield Violation(
            f"the {code.kind} '{name}' occurs in none of the notes of its sources",
            context.span_of(code),
            f"write it into the trace of {source}, or take it out of the model",
        )


@model_rule(
    "C503", "option-differs", "warning", "notes and model differ in the text or description of an option"
)
def option_differs(context: Context) -> Iterator[Violation]:
    """What counts in the notes is compared. `C501` reports an option that the model lacks."""
    in_model = {(option.decision, option.solution): option for option in context.in_model.options}
    for option in context.options_that_count:
        there = in_model.get((option.decision, option.solution))
        if there is None:
            continue
        for what, text, of_model in (
            ("text", option.text, there.text),
            ("description", option.description, there.description),
        ):
            if text and not _same_text(text, of_model):
                yield Violation(
                    f"the {what} of the option '{option.solution}' is \"{text}\" here, "
                    f'but "{of_model or ""}" in the model',
                    context.span_of(option),
                    related=(Related(context.span_of(there), "the option in the model"),),
                )


def _same_text(one: str | None, other: str | None) -> bool:
    return " ".join((one or "").split()) == " ".join((other or "").split())


@model_rule(
    "C504", "impact-differs", "warning", "notes and model differ in the impact of a solution on a force"
)
def impact_differs(context: Context) -> Iterator[Violation]:
    """What counts in the notes is compared.

    `C405` reports opposite impacts, `C501` an impact that the model lacks.
    """
    contradictory = contradictions(context)
    in_model = {(impact.solution, impact.force): impact for impact in context.in_model.impacts}
    for impact in context.impacts_that_count:
        ends = impact.solution, impact.force
        there = in_model.get(ends)
        if there is not None and ends not in contradictory and impact.impact != there.impact:
            yield Violation(
                f"'{impact.solution}' has the impact {impact.impact} on '{impact.force}' here, "
                f"{there.impact} in the model",
                context.span_of(impact),
                related=(Related(context.span_of(there), "the impact in the model"),),
            )


@model_rule("C505", "only-in-module", "warning", "the module of a source has codes that its note lacks")
def only_in_module(context: Context) -> Iterator[Violation]:
    """One violation per source. `C501` reports the codes that the module lacks.

    A decision belongs to a source that has any of its options. `C308` reports what only an open trace names.
    """
    model = context.in_model
    for source, extra in codes_lacking(context):
        shown = first_few([f"'{code}'" for code in extra], _MOST_LISTED)
        yield Violation(
            f"{shown} {'is' if len(extra) == 1 else 'are'} in the module of {source}, but not in its note",
            context.span_of(context.in_notes.sources[source]),
            "write what is missing into a trace of the note, or take it out of the module",
            related=(Related(context.span_of(model.sources[source]), f"{source} in the model"),),
        )


def codes_lacking(context: Context) -> Iterator[tuple[str, list[str]]]:
    """The sources that have a note, each with the codes in its module that no trace of the note has."""
    model = context.in_model
    recognised = {(note.path, name) for note, name, _ in context.recognised}
    notes_of = grouped(context.notes, lambda note: note.identifier)
    for source, codes in model.codes_of.items():
        if source not in context.in_notes.sources:
            continue
        notes = notes_of.get(source, [])
        known = {*context.unmentioned, *context.in_notes.codes_of.get(source, ())}
        known.update(name for note in notes for name in context.uncertain_in(note))
        known.update(name for note in notes for name in codes if (note.path, name) in recognised)
        extra = [
            code
            for code in codes
            if code in model.codes and model.codes[code].kind != "decision" and code not in known
        ]
        if extra:
            yield source, extra
