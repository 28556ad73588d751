"""What may be written above `# coding`: the heading with its number, fields, values, the source."""

import re
from collections.abc import Iterator
from functools import cache

from lsprotocol.types import CompletionItemKind

from codeable.editor.completion.candidates import Candidate, Offer
from codeable.editor.completion.customary_values import values_of_field
from codeable.editor.completion.skeletons import fence_of, line_end
from codeable.editor.study.study_view import Cursor, StudyView
from codeable.notes.identity import identifier_of_file, next_identifier
from codeable.notes.metadata import ATTRIBUTES, CODER, FIELDS, SYNONYMS, TRUTH_VALUES
from codeable.notes.model import FieldNote, MetadataField
from codeable.notes.new_note import FORM, new_note
from codeable.notes.note_places import form_of_study
from codeable.notes.reader import read_text
from codeable.source_writer import string_literal

_MARKS = re.compile(r"[ \t]*(?P<marks>\#{1,6})[ \t]*(?P<name>[^:#]*)\Z")
_HEADING = re.compile(
    r"[ \t]*\#[ \t]*(?:source|interview|s|p)(?P<blank>[ \t_-]*)(?P<number>\w*)\Z", re.IGNORECASE
)
_CODING = Candidate(
    label="# coding", icon=CompletionItemKind.Class, detail="passages and traces follow", rank=6
)
_HINTS = {name: f"{name} (yes, no)" for name in TRUTH_VALUES}


def offer_in_head(cursor: Cursor, note: FieldNote) -> Offer | None:
    """What may be written in the head of a note."""
    before = cursor.line_before
    heading = _HEADING.fullmatch(before)
    if heading is not None and heading["blank"] + heading["number"]:
        return Offer(*cursor.word, [_number(kind, cursor) for kind in _kinds(before)])
    marks = _MARKS.fullmatch(before)
    if marks is not None:
        return Offer(
            cursor.offset - len(before.lstrip()),
            line_end(cursor),
            list(_headings(cursor, note, marks["marks"])),
        )
    if _is_below_heading(cursor, note):
        return Offer(*cursor.word, [_number(note.heading.kind if note.heading else "s", cursor)])
    field = _field_at(cursor, note)
    if field is not None:
        return _values(cursor, note, field)
    if before.strip() and not before.strip().isalpha():
        return None
    return Offer(cursor.offset - len(before.lstrip()), line_end(cursor), list(_lines(cursor, note)))


# -- headings


def _kinds(before: str) -> tuple[str, ...]:
    letter = before.strip("# \t")[:1].casefold()
    return ("p" if letter in ("p", "i") else "s",)


def _number(kind: str, cursor: Cursor) -> Candidate:
    number = next_number(kind, cursor.view, cursor.document.path)
    detail = (
        "the number in the name of the file"
        if identifier_of_file(cursor.document.path)
        else "the next free number"
    )
    return Candidate(label=number, icon=CompletionItemKind.Value, detail=detail, rank=0)


def next_number(kind: str, view: StudyView, path: str) -> str:
    """The number in the name of a file; without one the next that no source of the study has.

    Args:
        kind: ``s`` for a source, ``p`` for an interview.
        view: The study.
        path: The file of the note.
    """
    of_file = identifier_of_file(path)
    if of_file is not None:
        return of_file[1:]
    sources = (name for name, code in view.codes.items() if code.kind == "source")
    return next_identifier(kind, sources)[1:]


def _headings(cursor: Cursor, note: FieldNote, marks: str) -> Iterator[Candidate]:
    """The headings that the note lacks: that of the note, its fields, and `# coding`."""
    path = cursor.document.path
    if len(marks) == 1 and (note.heading is None or note.heading.number is None):
        for kind, what in (("s", "a source"), ("p", "an interview")):
            text = f"# {kind} {next_number(kind, cursor.view, path)}"
            yield Candidate(
                label=text, icon=CompletionItemKind.Class, detail=f"heading of the note of {what}", rank=0
            )
    if len(marks) < 3:
        yield from fields_missing(cursor, note)
    if note.coding_span is None and len(marks) == 1:
        yield _CODING


def fields_missing(cursor: Cursor, note: FieldNote) -> Iterator[Candidate]:
    """The fields that the note does not have: those of the study's empty note first, in its order."""
    line = cursor.line + 1
    there = {one.name for one in note.fields if one.name_span.line != line}
    form = form_of_study(note.kind or "s", cursor.view.notes)
    texts = {one.name: _heading_text(form, one) for one in form.fields} if form is not None else {}
    own = len(texts)
    for name in (*FIELDS, "coder", *SYNONYMS):
        texts.setdefault(name, _HINTS.get(name, name))
    for number, (name, text) in enumerate(texts.items()):
        if name not in there and not (name in CODER and there & set(CODER)):
            known = "of the study's empty note" if number < own else ""
            rank = 1 if number < own else 2 if name in FIELDS else 4
            yield Candidate(
                label=f"## {text}",
                icon=CompletionItemKind.Field,
                detail=" ".join(part for part in ("field", known) if part),
                also=name,
                rank=rank,
                uses=own + 100 - number,
            )


def _heading_text(form: FieldNote, field: MetadataField) -> str:
    """The heading of a field as the empty note writes it, with its hint."""
    text = form.text[field.name_span.start :].split("\n", 1)[0].partition(":")[0]
    return text.strip().rstrip("#").strip() or field.name


def _is_below_heading(cursor: Cursor, note: FieldNote) -> bool:
    """Whether a place is on the line of the number below `# s`."""
    heading = note.heading
    line = cursor.line + 1
    if heading is None or not re.fullmatch(r"[ \t]*\w*", cursor.line_before):
        return False
    return line == heading.span.line + 1 and (heading.number is None or heading.span.end_line == line)


# -- values


def _field_at(cursor: Cursor, note: FieldNote) -> MetadataField | None:
    """The field on whose line, or the first line below it, a place is."""
    line = cursor.line + 1
    for field in note.fields:
        if field.name_span.line == line and ":" in cursor.line_before:
            return field
        first = field.value_span.line if field.value else field.name_span.line + 1
        if field.name_span.line < line <= first:
            return field
    return None


def _values(cursor: Cursor, note: FieldNote, field: MetadataField) -> Offer | None:
    candidates = list(values_of_field(field.name, note, cursor.view))
    before = cursor.line_before
    on_line = before.partition(":")[2] if before.lstrip().startswith("#") else before
    start = cursor.offset - len(on_line.lstrip())
    return Offer(start, line_end(cursor), candidates) if candidates else None


# -- whole lines


def _lines(cursor: Cursor, note: FieldNote) -> Iterator[Candidate]:
    """What may begin on an empty line of the head."""
    if note.heading is None and not note.fields:
        yield from _whole_notes(cursor)
        return
    yield from fields_missing(cursor, note)
    declared = note.declared_source
    if declared is None and note.identifier is not None:
        yield _declaration(note, note.identifier)
    if note.coding_span is None:
        yield _CODING


def _whole_notes(cursor: Cursor) -> Iterator[Candidate]:
    for kind, what in (("s", "source"), ("p", "interview")):
        number = next_number(kind, cursor.view, cursor.document.path)
        form = form_of_study(kind, cursor.view.notes) or _form()
        text = new_note(form, kind, number, {})
        yield Candidate(
            label=f"note of a new {what}, {kind}{number}",
            icon=CompletionItemKind.Snippet,
            detail="the study's empty note with its number",
            also=f"# {kind} {number}",
            rank=0 if (identifier_of_file(cursor.document.path) or "s")[0] == kind else 1,
            text=text.rstrip("\n") if cursor.line_behind else text,
        )


@cache
def _form() -> FieldNote:
    return read_text(FORM)


def _declaration(note: FieldNote, identifier: str) -> Candidate:
    """The trace that declares the source, with what the head says."""
    values = values_of_head(note)
    table = f", values={values}" if values else ""
    opening, closing = fence_of(note)
    text = (
        f"**AXIAL CODING TRACE**: source and references\n{opening}\n"
        f"{identifier} = CClass(source, {string_literal(identifier)}{table})\n{closing}\n"
    )
    return Candidate(
        label=f"declaration of {identifier}",
        icon=CompletionItemKind.Snippet,
        detail="the trace that declares the source, with the values of the head",
        also="axial coding trace source",
        rank=0,
        text=text,
    )


def values_of_head(note: FieldNote) -> str:
    """The values of the source as a dictionary in Python, as the head of a note says them; empty without."""
    values = [
        f"{string_literal(ATTRIBUTES[one.name])}: {_literal(one)}"
        for one in note.fields
        if one.name in ATTRIBUTES and one.value and "\n" not in one.value
    ]
    return "{\n    " + ",\n    ".join(values) + "}" if values else ""


def _literal(field: MetadataField) -> str:
    if field.name in TRUTH_VALUES and field.as_bool is not None:
        return str(field.as_bool)
    return string_literal(field.value)
