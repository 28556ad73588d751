"""C5xx: what notes and model say differently. Sources without a note are passed over."""

from collections.abc import Iterable, Iterator

from codeable.checks.claims_from_notes import KNOWN_KINDS, names_bound, names_used, names_wanted
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related
from codeable.checks.facts import DECISION_KINDS, FORCE_KINDS, OPTION_KINDS, Code, Facts, Impact, Option
from codeable.checks.rule import Violation, rule
from codeable.checks.rules.model import contradictions
from codeable.checks.spelling import Spellings

__all__ = ["RULES"]

_MOST_LISTED = 6


@rule("C501", "only-in-notes", "warning", "a code is declared in the notes but absent from the model")
def only_in_notes(context: Context) -> Iterator[Violation]:
    """Renamed, merged or dropped: a rename is written down in the settings, and the evidence follows it.

    What has another identifier in the model, but the same display name, is told by `C303` alone.
    """
    model = context.model
    if model is None:
        return
    yield from _sources_only_in_notes(context, model)
    names = {code.name_key for code in model.codes.values()}
    unspoken = Spellings({name: name for name in model.codes if name not in context.noted.codes})
    for code in context.noted.codes.values():
        if code.identifier in context.model_elements or code.name_key in names:
            continue
        near = unspoken.nearest(code.identifier)
        likely = model.codes[near] if near is not None else None
        if likely is None or likely.family != code.family:
            suggestion = "declare it in a module, or say in [tool.codeable.renames] what it became"
            related: tuple[Related, ...] = ()
        else:
            suggestion = (
                f'if it was renamed: [tool.codeable.renames] {code.identifier} = "{likely.identifier}"'
            )
            related = (Related.at(likely.place, f"'{likely.identifier}' is declared here"),)
        yield Violation(
            f"'{code.identifier}' is declared here but absent from the model", code.place, suggestion, related
        )


def _sources_only_in_notes(context: Context, model: Facts) -> Iterator[Violation]:
    for source, place in context.noted.sources.items():
        if source not in model.sources:
            yield Violation(
                f"the source {source} of this note is absent from the model",
                place,
                f"declare it in a module: {source} = CClass(source, ...)",
            )


@rule("C502", "only-in-model", "warning", "a code of the model occurs in none of the notes")
def only_in_model(context: Context) -> Iterator[Violation]:
    """Told when every source that is evidence for it has a note, and none of these notes speaks of it."""
    model = context.model
    if model is None:
        return
    for code in _unspoken(context, model):
        source = model.evidence_of[code.identifier][0]
        yield Violation(
            f"the {code.kind} '{code.identifier}' occurs in none of the notes of its sources",
            code.place,
            f"write it into the trace of {source}, or take it out of the model",
        )


def _unspoken(context: Context, model: Facts) -> Iterator[Code]:
    """The codes all of whose sources have a note, while none of the notes speaks of them."""
    spoken = _spoken_of(context)
    for code in model.codes.values():
        evidence = model.evidence_of.get(code.identifier, [])
        complete = bool(evidence) and all(source in context.notes_of for source in evidence)
        if complete and code.kind != "decision" and code.identifier not in spoken:
            yield code


def _spoken_of(context: Context) -> set[str]:
    found = set(context.declarations) | context.unsure
    for note in context.notes:
        for statement in note.statements:
            names = [*(name.name for name in names_used(statement)), *names_bound(statement)]
            found.update(map(context.current, names))
    return found


@rule("C503", "option-differs", "warning", "notes and model differ in an option or its text")
def option_differs(context: Context) -> Iterator[Violation]:
    """The text differs, or the model does not offer the solution at all; the last note counts."""
    model = context.model
    if model is None:
        return
    in_model = {(o.decision, o.solution): o for o in model.options}
    noted: dict[tuple[str, str], list[Option]] = {}
    for option in context.noted.options:
        noted.setdefault((option.decision, option.solution), []).append(option)
    for pair, options in noted.items():
        there = in_model.get(pair)
        last = options[-1]
        if there is None:
            if _is_one_of(model, pair[0], DECISION_KINDS) and _is_one_of(model, pair[1], OPTION_KINDS):
                yield Violation(
                    f"'{pair[1]}' is an option of '{pair[0]}' here, but not in the model", last.place
                )
        elif not any(_same_text(option.text, there.text) for option in options):
            yield Violation(
                f"the text of the option '{pair[1]}' is \"{last.text or ''}\" here, "
                f'but "{there.text or ""}" in the model',
                last.place,
                related=(Related.at(there.place, "the option in the model"),),
            )


def _is_one_of(model: Facts, name: str, kinds: frozenset[str]) -> bool:
    """Whether the model has a code that may stand there; one that may not is told by `C306` alone."""
    code = model.codes.get(name)
    return code is not None and (code.kind in kinds or code.kind not in KNOWN_KINDS)


def _same_text(one: str | None, other: str | None) -> bool:
    return " ".join((one or "").split()) == " ".join((other or "").split())


@rule("C504", "impact-differs", "warning", "notes and model differ in the impact of a solution on a force")
def impact_differs(context: Context) -> Iterator[Violation]:
    """Opposite impacts are told by `C405` alone."""
    model = context.model
    if model is None:
        return
    contradictory = contradictions(context)
    in_model = {(i.solution, i.force): i for i in model.impacts}
    noted: dict[tuple[str, str], list[Impact]] = {}
    for impact in context.noted.impacts:
        noted.setdefault((impact.solution, impact.force), []).append(impact)
    for pair, impacts in noted.items():
        there = in_model.get(pair)
        last = impacts[-1]
        if there is None:
            if _is_one_of(model, pair[0], OPTION_KINDS) and _is_one_of(model, pair[1], FORCE_KINDS):
                yield Violation(
                    f"'{pair[0]}' has the impact {last.impact} on '{pair[1]}' here, none in the model",
                    last.place,
                )
        elif pair not in contradictory and all(impact.impact != there.impact for impact in impacts):
            yield Violation(
                f"'{pair[0]}' has the impact {last.impact} on '{pair[1]}' here, {there.impact} in the model",
                last.place,
                related=(Related.at(there.place, "the impact in the model"),),
            )


@rule("C505", "codes-differ", "warning", "the codes of a source differ between its module and its note")
def codes_differ(context: Context) -> Iterator[Violation]:
    """One finding per source and direction; a decision belongs to a source with any of its options."""
    model = context.model
    if model is None:
        return
    compared = {code.identifier for code in model.codes.values() if code.kind != "decision"}
    told = {code.identifier for code in _unspoken(context, model)}
    for source, codes in model.codes_of.items():
        place = context.noted.sources.get(source)
        if place is None:
            continue
        noted = context.noted.codes_of.get(source, ())
        related = (Related.at(model.sources[source], f"{source} in the model"),)
        missing = _without(noted, compared, set(codes))
        if missing:
            yield Violation(
                f"{_listed(missing)} in the note of {source}, but not in its module", place, None, related
            )
        extra = _without(codes, compared, told.union(noted, _unsure_of(context, source)))
        if extra:
            yield Violation(
                f"{_listed(extra)} in the module of {source}, but not in its note", place, None, related
            )


def _unsure_of(context: Context, source: str) -> set[str]:
    """The names of today in the statements of a source's notes that break or are not understood."""
    notes = context.notes_of.get(source, ())
    return {context.current(name) for note in notes for name in names_wanted(note)}


def _without(codes: Iterable[str], compared: set[str], others: set[str]) -> list[str]:
    return [code for code in codes if code in compared and code not in others]


def _listed(codes: list[str]) -> str:
    shown = ", ".join(f"'{code}'" for code in codes[:_MOST_LISTED])
    more = f" and {len(codes) - _MOST_LISTED} more" if len(codes) > _MOST_LISTED else ""
    return f"{shown}{more} {'is' if len(codes) == 1 else 'are'}"


RULES = (only_in_notes, only_in_model, option_differs, impact_differs, codes_differ)
