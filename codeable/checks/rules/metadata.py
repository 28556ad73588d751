"""C201 to C205, C208: metadata of sources, in the header of a note, in its trace and in the module."""

import json
from collections.abc import Iterator, Sequence

from codeable.checks.claims import grouped
from codeable.checks.context import Context
from codeable.checks.diagnostic import Related, Violation, rule, written_at
from codeable.checks.metadata_edits import edits_from_header
from codeable.checks.source_metadata import (
    FIELDS,
    Entry,
    MetadataTable,
    SourceMetadata,
    comparable,
)
from codeable.kernel.place import Span
from codeable.lines import Edit
from codeable.notes.metadata import FIELDS as NOTE_FIELDS
from codeable.notes.metadata import SYNONYMS
from codeable.spelling import Spellings

_TYPES = {"type": "source type", "author type": "author type"}
"""The attributes with a controlled vocabulary, and the fields that hold them in a note."""
_REQUIRED = ("url", "title", "type", "author type")


@rule("C201", "unknown-field", "warning", "header or trace has a field that sources do not have")
def unknown_field(context: Context) -> Iterator[Violation]:
    """A level-2 heading before `# coding` that is no field of a source, or such a value in the trace.

    The fields of the study's empty note are fields of its sources.
    """
    own = {one.name for note in context.all_notes if note.is_template for one in note.fields}
    for note in context.notes:
        for one in note.fields:
            if not one.known and one.name not in own:
                what = f"'{one.name}' is not a field of a source"
                valid = (*NOTE_FIELDS, *SYNONYMS)
                yield _unknown(what, one.name_span, note.text, one.name, valid, NOTE_FIELDS)
        declared = note.declared_source
        for value in declared.values if declared is not None else ():
            if value.name.value not in context.source_values:
                what = f"'{value.name.value}' is not a value of a source"
                valid, at = context.source_values, value.name.span
                yield _unknown(what, at, note.text, value.name.value, valid, valid)


def _unknown(
    message: str, at: Span, text: str, name: str, valid: Sequence[str], listed: Sequence[str]
) -> Violation:
    """A name that is not valid, with the nearest valid one, or a list of those to choose from."""
    near = _nearest(name, valid)
    if near is None:
        return Violation(message, at, f"take it out, or write one of {', '.join(listed)}")
    return Violation(message, at, f"write '{near}'", proposed=written_at(at, text, near))


def _nearest(name: str, valid: Sequence[str]) -> str | None:
    return Spellings({one: one for one in valid}).nearest(name)


@rule("C202", "missing-metadata", "warning", "a source lacks metadata, or one place lacks what another has")
def missing_metadata(context: Context) -> Iterator[Violation]:
    """Each attribute is reported once, at the first place that lacks it. One violation per place."""
    for source in context.sources:
        misspelt = _misspelt(source)
        lacking = [(table, _lacking(source, table) - misspelt) for table in source.tables]
        reported: set[str] = set()
        for table, attributes in lacking:
            first = _in_order(attributes - reported)
            reported |= attributes
            if first:
                yield Violation(
                    f"{table.name} of {source.identifier} lacks {_quoted(first)}",
                    table.span,
                    related=(
                        *_where_it_is(source, first),
                        *(
                            Related(other.span, f"{other.name} lacks {_quoted(too)} too")
                            for other, others in lacking
                            if other is not table and (too := _in_order(others.intersection(first)))
                        ),
                    ),
                    edits=edits_from_header(source, first) if table.origin == "trace" else (),
                )


def _lacking(source: SourceMetadata, table: MetadataTable) -> set[str]:
    """The attributes that a table should have: those of every source, and those that another table has.

    `C110` reports a value that is refused.
    """
    required = _REQUIRED if source.note is None or source.note.kind == "s" else ("title",)
    present = {attribute for attribute, entry in table.entries.items() if entry.value != ""} | table.refused
    return {a for a in FIELDS if a not in present and (a in required or source.entries(a))}


def _misspelt(source: SourceMetadata) -> set[str]:
    """The attributes that `C201` finds under a similar name."""
    note = source.note
    unknown = [one.name for one in note.fields if not one.known] if note is not None else []
    if note is not None and note.declared_source is not None:
        unknown += [one.name.value for one in note.declared_source.values if one.name.value not in FIELDS]
    near = (_nearest(name, (*FIELDS, "source type")) for name in unknown)
    return {"type" if name == "source type" else name for name in near if name is not None}


def _in_order(attributes: set[str]) -> list[str]:
    return [attribute for attribute in FIELDS if attribute in attributes]


def _quoted(attributes: list[str]) -> str:
    return ", ".join(f"'{attribute}'" for attribute in attributes)


def _where_it_is(source: SourceMetadata, attributes: list[str]) -> Iterator[Related]:
    for attribute in attributes:
        for entry in source.entries(attribute)[:1]:
            yield Related(entry.span, f"'{attribute}' is {entry.shown} in the {entry.origin}")


@rule("C203", "type-not-in-vocabulary", "warning", "a type is not in the controlled vocabulary")
def type_not_in_vocabulary(context: Context) -> Iterator[Violation]:
    """A source type or an author type outside its list. `C204` reports a swap of the two."""
    for source in context.sources:
        for attribute, noun in _TYPES.items():
            valid = source.vocabularies[attribute]
            entries = [e for e in source.unswapped_entries(attribute) if e.value not in valid]
            for same in grouped(entries, lambda entry: entry.value).values():
                first = same[0]
                near = _nearest(str(first.value), valid)
                yield Violation(
                    f"{first.shown} is not in the controlled vocabulary of {noun}s",
                    first.span,
                    f'write "{near}"'
                    if near
                    else f"write one of {', '.join(valid)}; or add it to the settings: "
                    f"[tool.codeable] {noun.replace(' ', '-')}s = [{_toml(first.value)}]",
                    tuple(Related(e.span, f"also in the {e.origin}") for e in same[1:]),
                    proposed=tuple(edit for e in same for edit in _in_place_of(context, e, near)),
                )


def _in_place_of(context: Context, entry: Entry, near: str | None) -> tuple[Edit, ...]:
    """The edit that writes another value in the place of one."""
    at = entry.value_span
    return written_at(at, context.text_of(at.path), near) if near is not None and at is not None else ()


def _toml(value: object) -> str:
    """A value as a string of TOML; JSON escapes what TOML does."""
    return json.dumps(value, ensure_ascii=False)


@rule("C204", "types-swapped", "warning", "'author type' and 'type' of a source are swapped")
def types_swapped(context: Context) -> Iterator[Violation]:
    """The same swap in the note and in its module is one violation. The fix exchanges the values in both."""
    for source in context.sources:
        swapped = [table.entries for table in source.tables if source.are_swapped(table)]
        if not swapped:
            continue
        author, kind = swapped[0]["author type"], swapped[0]["type"]
        valid = source.vocabularies["author type"]
        right = [e for e in source.entries("author type") if e.value in valid]
        evidence = f"; the {right[0].origin} says {right[0].shown}" if right else ""
        yield Violation(
            f"'author type' is {author.shown}, a source type{evidence}. Swapped with 'type'?",
            author.span,
            f"exchange the two: 'author type' is {kind.shown}, 'type' is {author.shown}",
            tuple(Related(entries["author type"].span, "swapped here too") for entries in swapped[1:]),
            tuple(
                edit
                for entries in swapped
                for edit in _exchange(context, entries["author type"].value_span, entries["type"].value_span)
            ),
        )


def _exchange(context: Context, one: Span | None, other: Span | None) -> tuple[Edit, ...]:
    """The two edits that exchange what is written; none when a value is computed."""
    if one is None or other is None:
        return ()
    text = context.text_of(one.path)
    return (
        Edit.of(one, text[other.start : other.end]),
        Edit.of(other, text[one.start : one.end]),
    )


@rule("C205", "metadata-differs", "warning", "header, trace and module say different things of a source")
def metadata_differs(context: Context) -> Iterator[Violation]:
    """One violation per attribute, at the first place that differs from the header (or from the trace)."""
    for source in context.sources:
        for attribute in FIELDS:
            entries = source.unswapped_entries(attribute)
            other = _different(attribute, entries)
            if other is None:
                continue
            alike = str(other.value).casefold() == str(entries[0].value).casefold()
            yield Violation(
                f"'{attribute}' of {source.identifier} is {other.shown} in the {other.origin}, "
                f"but {entries[0].shown} in the {entries[0].origin}",
                other.span,
                related=tuple(
                    Related(e.span, f"{e.shown} in the {e.origin}") for e in entries if e is not other
                ),
                severity="info" if alike else None,
            )


def _different(attribute: str, entries: list[Entry]) -> Entry | None:
    """The first entry that says something else; one that differs in letter case only comes last."""
    values = [comparable(attribute, entry.value) for entry in entries]
    differing = [entry for entry, value in zip(entries, values, strict=True) if value != values[0]]
    first = str(entries[0].value).casefold() if entries else ""
    return next(
        (entry for entry in differing if str(entry.value).casefold() != first), next(iter(differing), None)
    )


@rule("C208", "blanks-in-name", "warning", "a display name begins or ends with a blank")
def blanks_in_name(context: Context) -> Iterator[Violation]:
    """In a note or a module. The fix removes the blanks."""
    for _, one in context.declared_codes():
        if one.display_name is not None:
            start = f'the name of {one.identifier.name} is "{one.display_name.value}", with a blank'
            yield from _blanks(context, start, one.display_name.value, one.display_name.span)
    for declaration, literal in context.names_with_blanks():
        name = declaration.name
        yield from _blanks(context, f'the name "{name}" has a blank', name, literal.span)


def _blanks(context: Context, start: str, name: str, span: Span) -> Iterator[Violation]:
    stripped = name.strip()
    if stripped in ("", name):
        return
    at = context.text_of(span.path).find(name, span.start, span.end)
    plainly_written = at >= 0 and span.end - span.start - len(name) in (2, 6)  # one pair of quotes
    fix = (Edit(span.path, at, at + len(name), stripped),) if plainly_written else ()
    yield Violation(f"{start} at its edge", span, f'write "{stripped}"', edits=fix)
