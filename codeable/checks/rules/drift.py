"""C5xx: what notes and model say differently. Sources without a note are passed over."""

from collections.abc import Iterator

from codeable.checks.context import Context
from codeable.checks.facts import Code, Facts, Impact, Option
from codeable.checks.finding import Place, Related
from codeable.checks.noted import names_bound, names_used
from codeable.checks.rule import Hit, rule
from codeable.names import nearest
from codeable.notes.records import BrokenStatement

__all__ = ["RULES"]


def _renamed_to(context: Context, model: Facts, code: Code) -> Code | None:
    """The code of the model that has the display name of a code which only the notes declare."""
    name = code.name.strip().casefold()
    for other in model.codes.values():
        if other.name.strip().casefold() == name and other.kind == code.kind:
            return other
    near = nearest(code.identifier, [i for i in model.codes if i not in context.noted.codes], 1)
    return model.codes[near[0]] if near and model.codes[near[0]].kind == code.kind else None


@rule("C501", "only-in-notes", "warning", "a code is declared in the notes but absent from the model")
def only_in_notes(context: Context) -> Iterator[Hit]:
    """Renamed, merged or dropped: a rename is written down in the settings, and the evidence follows it."""
    model = context.model
    if model is None:
        return
    for code in context.noted.codes.values():
        if code.identifier in context.model_elements or _has_its_name(context, model, code):
            continue
        renamed = _renamed_to(context, model, code)
        yield Hit(
            f"'{code.identifier}' is declared here but absent from the model",
            code.place,
            f'if it was renamed: [tool.codeable.renames] {code.identifier} = "{renamed.identifier}"'
            if renamed is not None
            else "declare it in a module, or say in [tool.codeable.renames] what it became",
            (Related.at(renamed.place, f"'{renamed.identifier}' is declared here"),)
            if renamed is not None
            else (),
        )


def _has_its_name(context: Context, model: Facts, code: Code) -> bool:
    """Whether `C303` already tells of this code: another identifier of the model has its display name."""
    name = code.name.strip().casefold()
    return (
        any(
            other.name.strip().casefold() == name and other.identifier != code.identifier
            for other in model.codes.values()
            if (other.kind == "force") == (code.kind == "force")
        )
        and context.current(code.identifier) == code.identifier
    )


@rule("C502", "only-in-model", "warning", "a code of the model occurs in none of the notes")
def only_in_model(context: Context) -> Iterator[Hit]:
    """Told when every source that is evidence for it has a note, and none of these notes speaks of it."""
    model = context.model
    for code in _unspoken(context, model) if model is not None else ():
        sources = model.evidence_of[code.identifier] if model is not None else []
        yield Hit(
            f"the {code.kind} '{code.identifier}' occurs in none of the notes of its sources",
            code.place,
            f"write it into the trace of {sources[0]}, or take it out of the model",
        )


def _unspoken(context: Context, model: Facts) -> Iterator[Code]:
    """The codes all of whose sources have a note, while none of the notes speaks of them."""
    spoken = _spoken_of(context)
    for code in model.codes.values():
        evidence = model.evidence_of.get(code.identifier, [])
        complete = bool(evidence) and all(source in context.note_of for source in evidence)
        if complete and code.kind != "decision" and code.identifier not in spoken:
            yield code


def _spoken_of(context: Context) -> set[str]:
    found = set(context.declarations)
    for note in context.notes:
        for statement in note.statements:
            names = [*names_used(statement), *names_bound(statement)]
            found.update(context.current(name.name) for name in names)
    return found


@rule("C503", "option-differs", "warning", "notes and model differ in an option or its text")
def option_differs(context: Context) -> Iterator[Hit]:
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
            if pair[0] in model.codes and pair[1] in model.codes:
                yield Hit(f"'{pair[1]}' is an option of '{pair[0]}' here, but not in the model", last.place)
        elif not any(_same_text(option.text, there.text) for option in options):
            yield Hit(
                f"the text of the option '{pair[1]}' is \"{last.text or ''}\" here, "
                f'but "{there.text or ""}" in the model',
                last.place,
                related=(Related.at(there.place, "the option in the model"),),
            )


def _same_text(one: str | None, other: str | None) -> bool:
    return " ".join((one or "").split()) == " ".join((other or "").split())


@rule("C504", "impact-differs", "warning", "notes and model differ in the impact of a solution on a force")
def impact_differs(context: Context) -> Iterator[Hit]:
    """Opposite impacts are told by `C405` alone."""
    model = context.model
    if model is None:
        return
    in_model = {(i.solution, i.force): i for i in model.impacts}
    noted: dict[tuple[str, str], list[Impact]] = {}
    for impact in context.noted.impacts:
        noted.setdefault((impact.solution, impact.force), []).append(impact)
    for pair, impacts in noted.items():
        there = in_model.get(pair)
        last = impacts[-1]
        if there is None:
            if pair[0] in model.codes and pair[1] in model.codes:
                yield Hit(
                    f"'{pair[0]}' has the impact {last.impact} on '{pair[1]}' here, none in the model",
                    last.place,
                )
        elif all(i.impact != there.impact for i in impacts) and not _opposite(last.impact, there.impact):
            yield Hit(
                f"'{pair[0]}' has the impact {last.impact} on '{pair[1]}' here, {there.impact} in the model",
                last.place,
                related=(Related.at(there.place, "the impact in the model"),),
            )


def _opposite(one: str, other: str) -> bool:
    return {one[0], other[0]} == {"+", "-"} and "+/-" not in (one, other)


@rule("C505", "codes-differ", "warning", "the codes of a source differ between its module and its note")
def codes_differ(context: Context) -> Iterator[Hit]:
    """One finding per source and direction; a decision belongs to a source with any of its options."""
    model = context.model
    if model is None:
        return
    told = {code.identifier for code in _unspoken(context, model)}
    for source, codes in model.codes_of.items():
        note = context.note_of.get(source)
        if note is None or note.heading is None:
            continue
        noted = [c for c in context.noted.codes_of.get(source, ()) if c in model.codes]
        unsure = {
            context.current(name.name)
            for statement in note.statements
            if isinstance(statement, BrokenStatement)
            for name in names_bound(statement)
        }
        place = Place.of_span(note.heading.span)
        module = _place_in_model(context, source)
        related = (Related.at(module, f"{source} in the model"),) if module is not None else ()
        missing = [c for c in noted if c not in codes and not _is_decision(model, c)]
        if missing:
            yield Hit(
                f"{_listed(missing)} in the note of {source}, but not in its module", place, None, related
            )
        extra = [c for c in codes if c in model.codes and c not in noted and c not in unsure | told]
        extra = [c for c in extra if not _is_decision(model, c)]
        if extra:
            yield Hit(
                f"{_listed(extra)} in the module of {source}, but not in its note", place, None, related
            )


def _listed(codes: list[str]) -> str:
    shown = ", ".join(f"'{code}'" for code in codes[:6])
    more = f" and {len(codes) - 6} more" if len(codes) > 6 else ""
    return f"{shown}{more} {'is' if len(codes) == 1 else 'are'}"


def _is_decision(model: Facts, code: str) -> bool:
    return code in model.codes and model.codes[code].kind == "decision"


def _place_in_model(context: Context, source: str) -> Place | None:
    registry = context.registry
    for declaration in registry.declarations if registry is not None else ():
        if declaration.identifier == source and declaration.place is not None:
            return Place(declaration.place.path, declaration.place.line, declaration.place.column)
    return None


RULES = (only_in_notes, only_in_model, option_differs, impact_differs, codes_differ)
