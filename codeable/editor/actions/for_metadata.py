"""The corrections of findings about sources: fields that are missing, unknown, or say different things."""

import json
import re
from collections.abc import Iterator

from codeable.checks.source_metadata import FIELDS, Entry, MetadataTable, SourceMetadata
from codeable.editor.actions.correction import (
    Case,
    Correction,
    next_source,
    same_everywhere,
    without_lines,
)
from codeable.editor.actions.metadata_entries import entry_in_header, entry_in_module, entry_in_trace
from codeable.lines import Edit
from codeable.names.in_notes import occurrences_in_note
from codeable.names.renaming.settings_entries import list_entry, table_entry
from codeable.notes.identity import identifier_of_file
from codeable.notes.metadata import FIELD_OF, TRUTH_VALUES
from codeable.notes.model import FieldNote
from codeable.source_writer import string_literal

_ADDED_TYPE = re.compile(r"\[tool\.codeable\] (?P<key>source-types|author-types) = \[(?P<value>\".*\")\]$")
_CODERS = re.compile(r"\[tool\.codeable\] coders = \{ (?P<entries>.*) \}$")
_CODER = re.compile(r'("(?:[^"\\]|\\.)*") = ("(?:[^"\\]|\\.)*")')


def unknown_field(case: Case, note: FieldNote) -> Iterator[Correction]:
    """C201: take the field out, where it has no value that is lost; what is proposed corrects its name."""
    field = next((one for one in note.fields if one.name_span == case.span), None)
    if field is not None and not field.value.strip():
        lines = case.lines
        edit = without_lines(lines, field.span.line - 1, max(field.span.end_line, field.name_span.line) - 1)
        yield Correction(f"Take the empty field '{field.name}' out", (edit,))


def missing_metadata(case: Case) -> Iterator[Correction]:
    """C202: write what another place says of the source, or the field with a value to fill in."""
    found = _table_at(case)
    if found is None:
        return
    source, table = found
    lacking = [
        attribute for attribute in FIELDS if f"'{attribute}'" in case.finding.message.rpartition(" lacks ")[2]
    ]
    known = {a: source.entries(a)[0] for a in lacking if source.entries(a)}
    if known and not case.finding.edits:
        edits = _written(case, source, table, {a: entry.value for a, entry in known.items()})
        origins = " and ".join(dict.fromkeys(entry.origin for entry in known.values()))
        if edits:
            names = ", ".join(f"'{_name_in(table, a)}'" for a in known)
            yield Correction(f"Add {names} to {table.name}, as the {origins} says", edits, preferred=True)
    blank = [attribute for attribute in lacking if attribute not in known]
    if blank and table.origin == "header":
        values: dict[str, str | bool] = {a: _name_in(table, a).upper() for a in blank}
        edits = _written(case, source, table, values)
        names = ", ".join(f"'{_name_in(table, a)}'" for a in blank)
        if edits:
            yield Correction(f"Add {names} to {table.name}", edits, blanks=tuple(map(str, values.values())))


def metadata_differs(case: Case) -> Iterator[Correction]:
    """C205: write everywhere what one of the places says."""
    for source in case.context.sources:
        for attribute in FIELDS:
            entries = source.unswapped_entries(attribute)
            if any(entry.span == case.span for entry in entries):
                yield from _agreements(attribute, entries)
                return


def own_type(case: Case) -> Iterator[Correction]:
    """C203: add the type to the vocabulary of the study; what is proposed writes the nearest one."""
    found = _ADDED_TYPE.search(case.finding.suggestion or "")
    entry = case.written.strip("'\"") if found is None else str(json.loads(found["value"]))
    noun = "author type" if "author types" in case.finding.message else "source type"
    path = case.context.settings_file
    if case.has_folder:
        key = f"{noun.replace(' ', '-')}s"
        edit = list_entry(path, case.context.text_of(path), key, entry)
        if edit is not None:
            yield Correction(f"Add {json.dumps(entry, ensure_ascii=False)} to the study's {noun}s", (edit,))


def heading_of_declaration(case: Case) -> Iterator[Correction]:
    """C206: give the heading the number of the declaration; what is proposed goes the other way round."""
    note = case.note
    if note is None or note.heading is None:
        return
    declared, heading = note.declared_source, note.heading
    name = declared.identifier.name if declared is not None else ""
    number = name.removeprefix(heading.kind)
    if heading.number_span is not None and number and number != name and number != heading.number:
        at = heading.number_span
        edit = Edit.of(at, number)
        yield Correction(f"Give the heading the number {number}", (edit,))


def two_notes(case: Case) -> Iterator[Correction]:
    """C209: the next free number for the note; or two coders, in the settings."""
    note = case.note
    if note is not None and note.heading is not None and note.heading.number_span is not None:
        yield from _other_number(case, note)
    yield from _coders_in_settings(case)


def _other_number(case: Case, note: FieldNote) -> Iterator[Correction]:
    """Another number in the heading, and in the statements that name the source."""
    heading, old = note.heading, note.identifier
    if heading is None or heading.number_span is None or heading.identifier != old:
        return
    if old == identifier_of_file(note.path):
        return  # the file is that of the number
    new = next_source(case.context, heading.kind)
    at, declared = heading.number_span, note.declared_source
    edits = [Edit.of(at, new[1:])]
    edits += [Edit.of(one.span, new) for one in occurrences_in_note(note) if one.name == old]
    if declared is not None and declared.display_name is not None and declared.name == old:
        at = declared.display_name.span
        edits.append(Edit.of(at, string_literal(new)))
    yield Correction(f"Make it the note of {new}", same_everywhere(edits))


def _coders_in_settings(case: Case) -> Iterator[Correction]:
    """An entry of the settings that says that two persons coded the source."""
    found = _CODERS.search(case.finding.suggestion or "")
    if found is None or not case.has_folder:
        return
    path = case.context.settings_file
    text, edits = case.context.text_of(path), []
    for name, folder in _CODER.findall(found["entries"]):
        edit = table_entry(path, text, "coders", json.loads(name), json.loads(folder))
        if edit is None:
            return
        edits.append(edit)
        text = text[: edit.start] + edit.replacement + text[edit.start :]
    first, *others = edits
    if all(edit.start >= first.start for edit in others):
        whole = case.context.text_of(path)
        added = text[first.start : len(text) - (len(whole) - first.start)]
        edit = Edit(path, first.start, first.start, added)
        yield Correction("Say in the settings that two persons coded this source", (edit,))


def order_astray(case: Case) -> Iterator[Correction]:
    """C212: take an entry out of the order of coding."""
    if case.written[:1] not in ("'", '"'):
        return
    text = case.lines.text
    behind = re.compile(r"[ \t]*,[ \t]*").match(text, case.span.end)
    before = re.search(r",\s*\Z", text[: case.span.start])
    start = before.start() if before is not None and behind is None else case.span.start
    end = behind.end() if behind is not None else case.span.end
    yield Correction(f"Take {case.written} out of the order", (Edit(case.span.path, start, end, ""),))


def _table_at(case: Case) -> tuple[SourceMetadata, MetadataTable] | None:
    """The source and the table that a finding is about."""
    for source in case.context.sources:
        for table in source.tables:
            if table.span == case.span and case.finding.message.startswith(
                f"{table.name} of {source.identifier} "
            ):
                return source, table
    return None


def _name_in(table: MetadataTable, attribute: str) -> str:
    return FIELD_OF.get(attribute, attribute) if table.origin == "header" else attribute


def _written(
    case: Case, source: SourceMetadata, table: MetadataTable, values: dict[str, str | bool]
) -> tuple[Edit, ...]:
    """The edits that write attributes into a table."""
    if table.origin == "header" and source.note is not None:
        fields = {FIELD_OF.get(attribute, attribute): value for attribute, value in values.items()}
        return entry_in_header(source.note, fields)
    if table.origin == "trace" and source.note is not None:
        return entry_in_trace(source.note, values)
    return entry_in_module(case.context, source.identifier, values)


def _agreements(attribute: str, entries: list[Entry]) -> Iterator[Correction]:
    """For each value, the edits that write it in all places that say something else."""
    for right in {str(entry.value): entry for entry in entries}.values():
        edits = [_as(attribute, entry, right) for entry in entries if entry.value != right.value]
        if edits and all(edit is not None for edit in edits):
            title = f"Write {right.shown} in {_where(entries, right)}, as the {right.origin} says"
            yield Correction(title, same_everywhere(edit for edit in edits if edit is not None))


def _where(entries: list[Entry], right: Entry) -> str:
    return " and ".join(f"the {entry.origin}" for entry in entries if entry.value != right.value)


def _as(attribute: str, entry: Entry, right: Entry) -> Edit | None:
    """The edit that gives an entry the value of another one."""
    at = entry.value_span
    if at is None or isinstance(right.value, bool) != (attribute in TRUTH_VALUES):
        return None
    if entry.origin == "header":
        value = {True: "yes", False: "no"}.get(right.value) if isinstance(right.value, bool) else right.value
    else:
        value = str(right.value) if isinstance(right.value, bool) else string_literal(right.value)
    return Edit.of(at, str(value))
