"""The corrections of findings about codes: not added, of another kind, stated in two ways."""

import itertools
import re
from collections.abc import Iterator

from codeable.checks.claims_from_notes import KNOWN_KINDS
from codeable.editor.actions.correction import Case, Correction, part_on, same_everywhere, without
from codeable.editor.actions.in_traces import codes_added
from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.notes.model import (
    DeclarationStatement,
    FieldNote,
    Name,
    OptionStatement,
    RelationStatement,
)
from codeable.registry import Declaration
from codeable.source_writer import string_literal
from codeable.text import counted, shortened

_VALUE = re.compile(r"""\w+(?:\s*:\s*\w+)?|(?P<q>["']).*(?P=q)""", re.DOTALL)
_KINDS = ("practice", "pattern", "decision", "force")


def recognised(case: Case, note: FieldNote) -> Iterator[Correction]:
    """C308: add the code, and all that the open traces name, to the axial trace; or take it out here."""
    here = [(code, name) for of, code, name in case.context.recognised if of is note]
    code = next((code for code, name in here if name.span == case.span), None)
    if code is None:
        return
    edit = codes_added(note, [code], case.span)
    if edit is not None:
        yield Correction(f"Add '{code}' to the axial trace", (edit,), preferred=True)
    trace = part_on(note.open_traces, case.span.line)
    together = [code for code, name in here if trace and part_on([trace], name.span.line)]
    if len(together) > 1:
        edit = codes_added(note, together, case.span)
        if edit is not None:
            yield Correction(f"Add all {counted(len(together), 'code')} of this open trace", (edit,))
    names = [
        name
        for one in note.open_traces
        for item in one.items
        for name in item.names
        if case.context.current(name.name) == code
    ]
    edits = same_everywhere(_without_entry(case.lines, name.span) for name in names)
    if edits and all(one.end <= other.start for one, other in itertools.pairwise(edits)):
        yield Correction(f"Take '{case.written}' out of the open trace", edits)


def declared_twice(case: Case, note: FieldNote) -> Iterator[Correction]:
    """C302: keep one declaration, or declare the code as the model does."""
    bound = next(
        (
            one
            for one in note.statements
            if isinstance(one, OptionStatement | RelationStatement) and _is_at(one.identifier, case.span)
        ),
        None,
    )
    if bound is not None:
        if bound.read_as is not None:
            return  # it is read with a repair, which may need the name
        equals = case.lines.text.index("=", case.span.end) + 1
        blanks = len(case.lines.text[equals:]) - len(case.lines.text[equals:].lstrip(" \t"))
        edit = Edit(note.path, bound.span.start, equals + blanks, "")
        yield Correction(f"Take the name '{case.written}' of the link away", (edit,))
        return
    declared = declaration_at(note, case.span)
    if declared is None:
        return
    model = case.context.in_model.codes.get(case.context.current(declared.identifier.name))
    related = [case.note_in(one.span.path) for one in case.finding.related]
    first = declaration_at(related[0], case.finding.related[0].span) if related and related[0] else None
    if first is not None and related[0] is not None:
        yield Correction("Take this declaration out", (without(case.lines, declared.span),))
        lines = Lines(related[0].path, related[0].text)
        if not _is_used_before(case, note, declared):
            yield Correction("Take the first declaration out", (without(lines, first.span),))
    elif model is not None and model.kind in KNOWN_KINDS:
        yield from _as_in_model(declared, model)


def _is_used_before(case: Case, note: FieldNote, declared: DeclarationStatement) -> bool:
    """Whether a code is used above a declaration, or in an earlier note."""
    context = case.context
    code = context.current(declared.identifier.name)
    return any(
        context.current(use.name.name) == code
        and (
            use.name.span.start < declared.span.start
            if use.note is note
            else context.is_before(use.note, note)
        )
        for use in context.uses
    )


def code_of_no_kind(case: Case) -> Iterator[Correction]:
    """C309: the kinds to choose from, for the first code, and for all of the module."""
    places = [found for span in (case.span, *case.finding.covers) if (found := _metaclass_at(case, span))]
    if not places:
        return
    name = re.match(r"\w+", case.written)
    for kind in _KINDS if name is not None else ():
        edits = tuple(Edit.of(at, kind) for at in places)
        yield Correction(f"Make '{name[0] if name else ''}' a {kind}", edits[:1])
    for kind in _KINDS if len(places) > 1 else ():
        edits = tuple(Edit.of(at, kind) for at in places)
        yield Correction(f"Make all {len(places)} codes of no kind {kind}s", edits)


def _metaclass_at(case: Case, span: Span) -> Span | None:
    """Where the declaration of a code of no kind has its metaclass."""
    found = re.match(r"\w+\s*=\s*CClass\(\s*(code)\b", case.text_of(span))
    if found is None:
        return None
    return span._replace(start=span.start + found.start(1), end=span.start + found.end(1))


def agree(case: Case) -> Iterator[Correction]:
    """C411 to C413: write at one place what the other one says."""
    for other in case.finding.related[:1]:
        at, at_other = (_place_of_value(case, span) for span in (case.span, other.span))
        here, there = case.text_of(at), case.text_of(at_other)
        if here == there or not (_VALUE.fullmatch(here) and _VALUE.fullmatch(there)):
            continue
        nearby = "above" if at_other.path == at.path else _where(case, at_other)
        edit = Edit.of(at, there)
        yield Correction(f"Write {shortened(_flat(there), 40)} here, as {nearby}", (edit,))
        edit = Edit.of(at_other, here)
        yield Correction(f"Write {shortened(_flat(here), 40)} {nearby}, as here", (edit,))


def _place_of_value(case: Case, span: Span) -> Span:
    """Where a value is written: at a place, or in the declaration of the code at that place."""
    note = case.note_in(span.path)
    declared = declaration_at(note, span) if note is not None else None
    if declared is None:
        return span
    is_kind = case.finding.message.startswith("the kind of ")
    value = declared.metaclass if is_kind else declared.display_name
    return value.span if value is not None else span


def _as_in_model(declared: DeclarationStatement, model: Declaration) -> Iterator[Correction]:
    edits = []
    name = " ".join(model.name.split())
    if declared.metaclass is not None and declared.kind != model.kind:
        at = declared.metaclass.span
        edits.append(Edit.of(at, model.kind))
    if declared.display_name is not None and declared.name != name:
        at = declared.display_name.span
        edits.append(Edit.of(at, string_literal(name)))
    if edits:
        yield Correction(f'Declare it as the model does: {model.kind} "{shortened(name, 40)}"', tuple(edits))


def declaration_at(note: FieldNote, span: Span) -> DeclarationStatement | None:
    """The declaration in a note whose identifier is at a place."""
    declared = (one for one in note.statements if isinstance(one, DeclarationStatement))
    return next((one for one in declared if one.identifier.span.start == span.start), None)


def _is_at(name: Name | None, span: Span) -> bool:
    return name is not None and name.span == span


def end_of(note: FieldNote) -> Span:
    """The place behind the last axial trace of a note, or its end."""
    lines = Lines(note.path, note.text)
    traces = [one for one in note.axial_traces if not one.in_metadata and any(b.python for b in one.blocks)]
    return traces[-1].blocks[-1].span if traces else lines.in_line(len(lines.lines) - 1, 0, 0)


def _without_entry(lines: Lines, span: Span) -> Edit:
    """The edit that takes one entry out of a list on a line, with a comma beside it."""
    text = lines.text
    behind = re.compile(r"[ \t]*,[ \t]*").match(text, span.end)
    if behind is not None:
        return Edit(span.path, span.start, behind.end(), "")
    before = re.search(r"[ \t]*,[ \t]*\Z", text[: span.start])
    if before is not None:
        return Edit(span.path, before.start(), span.end, "")
    return without(lines, span)


def _where(case: Case, span: Span) -> str:
    note = case.note_in(span.path)
    return f"in {note.identifier}" if note is not None and note.identifier else "there"


def _flat(text: str) -> str:
    return " ".join(text.split())


def wrong_kind(case: Case) -> Iterator[Correction]:
    """C306: the nearest code of the kind that is expected, or another kind in the declaration."""
    use = next((one for one in case.context.misuses if one.name.span == case.span), None)
    if use is None or use.kinds is None or case.finding.proposed:
        return
    name = case.context.current(use.name.name)
    near = case.context.undeclared.nearest(name, [use])
    if near is not None:
        start = case.span.end - len(use.name.name)
        yield Correction(f"Write '{near}'", (Edit(case.span.path, start, case.span.end, near),))
    written = [one.metaclass.span for _, one in case.context.declarations.get(name, ()) if one.metaclass]
    if name in case.context.in_model.codes:
        return  # its module would have to change, too
    for kind in _KINDS if written else ():
        if kind in use.kinds:
            edits = tuple(Edit.of(at, kind) for at in written)
            yield Correction(f"Declare '{name}' as a {kind}", edits)
