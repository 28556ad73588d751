"""The corrections of findings about differences between notes and model."""

from collections.abc import Iterator

from codeable.checks.claims_from_notes import sign_of
from codeable.checks.rules.drift import codes_lacking
from codeable.editor.actions.correction import Case, Correction
from codeable.editor.actions.for_codes import end_of
from codeable.editor.actions.for_model import word_of
from codeable.editor.actions.in_traces import codes_added, statements_added
from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.notes.model import FieldNote, OptionStatement
from codeable.notes.vocabulary import vocabulary
from codeable.registry import Option
from codeable.source_writer import string_literal
from codeable.text import counted, shortened


def only_in_module(case: Case, note: FieldNote) -> Iterator[Correction]:
    """C505: add the codes of the module to the note."""
    lacking = dict(codes_lacking(case.context)).get(note.identifier or "", [])
    edit = codes_added(note, lacking, end_of(note)) if lacking else None
    if edit is not None:
        title = (
            f"Add '{lacking[0]}' to the note"
            if len(lacking) == 1
            else f"Add the {len(lacking)} codes to the note"
        )
        yield Correction(title, (edit,))


def only_in_model(case: Case) -> Iterator[Correction]:
    """C502: add the code to the note of its source."""
    model = case.context.in_model
    name = _name_of_code(case)
    sources = model.evidence_of.get(name, []) if name is not None else []
    for source in sources[:1] if name is not None else ():
        note = case.context.notes_of[source][0]
        edit = codes_added(note, [name], end_of(note)) if name is not None else None
        if edit is not None:
            yield Correction(f"Add '{name}' to the note of {source}", (edit,))


def _name_of_code(case: Case) -> str | None:
    """The code of the model that a finding is about."""
    codes = case.context.in_model.codes.items()
    return next((name for name, code in codes if case.context.span_of(code) == case.span), None)


def impact_differs(case: Case) -> Iterator[Correction]:
    """C504: the impact of the model in the note, or that of the note in the module."""
    in_model = {(impact.solution, impact.force): impact for impact in case.context.in_model.impacts}
    for here in case.context.impacts_that_count:
        pair = here.solution, here.force
        if case.context.span_of(here) != case.span or pair not in in_model:
            continue
        there = in_model[pair]
        at, at_model = (word_of(case, one, pair) for one in (here, there))
        word = _word(there.impact)
        if at is not None and word is not None:
            yield Correction(f"Write {word}, as the model says", (Edit.of(at, word),))
        if at is not None and at_model is not None:
            word = case.text_of(at)
            edit = Edit.of(at_model, word)
            yield Correction(f"Write {word} in the module, as the note says", (edit,))


def option_differs(case: Case) -> Iterator[Correction]:
    """C503: the text of the model in the note, or that of the note in the module."""
    in_model = {(option.decision, option.solution): option for option in case.context.in_model.options}
    is_text = case.finding.message.startswith("the text ")
    for pair, versions in case.context.resolution.options.items():
        statement, there = versions.counts.statement, in_model.get(pair)
        if there is None or not isinstance(statement, OptionStatement) or statement.text_span != case.span:
            continue
        said = statement.text if is_text else statement.description
        text = there.text if is_text else there.description
        if said is not None and text:
            edit = Edit.of(said.span, string_literal(text))
            yield Correction(f"Write {shortened(string_literal(text), 40)}, as the model says", (edit,))
        at = _text_in_module(case, there, is_text=is_text)
        if said is not None and at is not None:
            literal = string_literal(said.value)
            title = f"Write {shortened(literal, 40)} in the module, as the note says"
            yield Correction(title, (Edit.of(at, literal),))


def _text_in_module(case: Case, option: Option, *, is_text: bool) -> Span | None:
    """Where a module has the text of an option, or its description, as a literal."""
    if option.span is None or option.link is None:
        return None
    module = case.context.modules[option.span.path]
    call = module.call_at(option.span)
    position, keyword = (2, "option_name") if is_text else (3, "option_description")
    node = call.args[position] if call is not None and len(call.args) > position else None
    named = (each.value for each in call.keywords if each.arg == keyword) if call is not None else ()
    node = node or next(iter(named), None)
    found = module.literal(node) if node is not None else None
    text = option.text if is_text else option.description
    return found.span if found is not None and found.value == text else None


def not_in_notes(case: Case) -> Iterator[Correction]:
    """C506: state the options and impacts in the note of a source that is evidence for them."""
    spans = {case.span, *case.finding.covers}
    model = case.context.in_model
    statements: dict[str, list[str]] = {}
    for option in model.options:
        if case.context.span_of(option) in spans:
            text = string_literal(option.text or "TEXT")
            statement = f"add_decision_option_link({option.decision}, {option.solution}, {text})"
            statements.setdefault(option.solution, []).append(statement)
    for impact in model.impacts:
        word = _word(impact.impact)
        if case.context.span_of(impact) in spans and word is not None:
            statement = f"add_force_relations({{{impact.solution}: {{{impact.force}: {word}}}}})"
            statements.setdefault(impact.solution, []).append(statement)
    by_note: dict[str, tuple[FieldNote, list[str]]] = {}
    for solution, stated in statements.items():
        sources = model.evidence_of.get(solution, [])
        notes = case.context.notes_of.get(sources[0], []) if sources else []
        for note in notes[:1]:
            by_note.setdefault(note.path, (note, []))[1].extend(stated)
    edits = [statements_added(note, stated, end_of(note), at_end=True) for note, stated in by_note.values()]
    if by_note and "." not in "".join(statements) and all(edit is not None for edit in edits):
        number = sum(len(stated) for _, stated in by_note.values())
        where = " and ".join(str(note.identifier) for note, _ in by_note.values())
        title = f"State {counted(number, 'thing')} in the note of {where}"
        yield Correction(title, tuple(edit for edit in edits if edit is not None))


def _word(sign: str | None) -> str | None:
    """The word of the vocabulary for the sign of an impact."""
    return next((word for word in vocabulary().impacts if sign_of(word) == sign), None)
