"""C2xx: the metadata of sources, in the header of a note, in its trace and in the module."""

import re
from collections.abc import Iterator

from codeable.checks.context import Context
from codeable.checks.diagnostic import Edit, Place, Related
from codeable.checks.metadata import FIELDS, Entry, SourceMetadata, sources_metadata
from codeable.checks.rule import Violation, rule
from codeable.checks.rules.missing import missing_metadata
from codeable.metamodels.controlled_vocabularies import AUTHOR_TYPES, SOURCE_TYPES
from codeable.notes.records import CodeMention, FieldNote
from codeable.text import did_you_mean, nearest

__all__ = ["RULES"]

_CUSTOMARY = {"type": ("source type", SOURCE_TYPES), "author type": ("author type", AUTHOR_TYPES)}
_SOURCE = re.compile(r"[A-Za-z]+_?\d+[A-Za-z]?")
"""What an identifier of a source looks like; `add codes to the model` names none."""

_HEADER_FIELDS = (
    "url",
    "tiny url",
    "archive url",
    "title",
    "source code",
    "example",
    "source type",
    "author type",
)


@rule("C201", "unknown-field", "warning", "header or trace has a field that sources do not have")
def unknown_field(context: Context) -> Iterator[Violation]:
    """A level-2 heading before `# coding` that is no field of a source, or such a value in the trace."""
    for note in context.notes:
        for one in note.fields:
            if not one.known:
                hint = did_you_mean(one.name, (*_HEADER_FIELDS, "references"))
                yield Violation(
                    f"'{one.name}' is not a field of a source{hint}",
                    Place.of_span(one.name_span),
                    f"the fields are {', '.join(_HEADER_FIELDS)}, references",
                )
        declared = note.declared_source
        for value in declared.values if declared is not None else ():
            if value.name.value not in context.source_values:
                yield Violation(
                    f"'{value.name.value}' is not a value of a source"
                    f"{did_you_mean(value.name.value, context.source_values)}",
                    Place.of_span(value.name.span),
                    f"the values are {', '.join(context.source_values)}",
                )


@rule("C203", "value-not-customary", "warning", "a type is not one of the customary values")
def value_not_customary(context: Context) -> Iterator[Violation]:
    """A source type or an author type outside the list; a swap of the two is told by `C204` alone."""
    for source in sources_metadata(context):
        for attribute, (noun, customary) in _CUSTOMARY.items():
            entries = [
                e for e in source.entries(attribute) if e.value not in customary and not _swapped(source, e)
            ]
            by_value: dict[str | bool, list[Entry]] = {}
            for entry in entries:
                by_value.setdefault(entry.value, []).append(entry)
            for same in by_value.values():
                first = same[0]
                near = nearest(str(first.value), customary, 1)
                yield Violation(
                    f"{first.shown} is not a customary {noun}{did_you_mean(str(first.value), customary)}",
                    first.place,
                    f'write "{near[0]}"' if near else f"the customary values are {', '.join(customary)}",
                    tuple(Related.at(e.place, f"also in the {e.origin}") for e in same[1:]),
                )


def _table_of(source: SourceMetadata, entry: Entry) -> dict[str, Entry]:
    return {"header": source.header, "trace": source.trace, "module": source.module}[entry.origin] or {}


def _swapped(source: SourceMetadata, entry: Entry) -> bool:
    """Whether the two types are swapped in the place where this entry stands."""
    table = _table_of(source, entry)
    author, kind = table.get("author type"), table.get("type")
    return (
        author is not None
        and kind is not None
        and author.value in SOURCE_TYPES
        and kind.value in AUTHOR_TYPES
        and author.value not in AUTHOR_TYPES
    )


@rule("C204", "types-swapped", "warning", "'author type' and 'type' of a source are swapped")
def types_swapped(context: Context) -> Iterator[Violation]:
    """The same swap in the note and in its module is one finding; mending exchanges the values in both."""
    for source in sources_metadata(context):
        tables = (source.header, source.trace, source.module)
        swapped = [t for t in tables if t and "author type" in t and _swapped(source, t["author type"])]
        if not swapped:
            continue
        author = swapped[0]["author type"]
        right = [e for e in source.entries("author type") if e.value in AUTHOR_TYPES]
        said = f"; the {right[0].origin} says {right[0].shown}" if right else ""
        yield Violation(
            f"'author type' is {author.shown}, a source type{said}. Swapped with 'type'?",
            author.place,
            f"exchange the two: 'author type' is {swapped[0]['type'].shown}, 'type' is {author.shown}",
            tuple(
                Related(t["author type"].place.file, t["author type"].place.line, "swapped here too")
                for t in swapped[1:]
            ),
            tuple(
                edit for table in swapped for edit in _exchange(context, table["author type"], table["type"])
            ),
        )


def _exchange(context: Context, author: Entry, kind: Entry) -> tuple[Edit, ...]:
    """The two edits that exchange what is written; none when a value is not written as a literal."""
    if author.start == author.end or kind.start == kind.end:
        return ()
    text = context.text_of(author.place.file)
    return (
        author.replaced_by(text[kind.start : kind.end]),
        kind.replaced_by(text[author.start : author.end]),
    )


@rule("C205", "metadata-differs", "warning", "header, trace and module say different things of a source")
def metadata_differs(context: Context) -> Iterator[Violation]:
    """One finding per attribute, at the first place that differs from the header (or from the trace)."""
    for source in sources_metadata(context):
        for attribute in FIELDS:
            entries = [e for e in source.entries(attribute) if not _is_type_swap(source, attribute, e)]
            differing = [e for e in entries[1:] if e.value != entries[0].value]
            if differing:
                first = entries[0]
                other = differing[0]
                yield Violation(
                    f"'{attribute}' of {source.identifier} is {other.shown} in the {other.origin}, "
                    f"but {first.shown} in the {first.origin}",
                    other.place,
                    related=tuple(
                        Related.at(e.place, f"{e.shown} in the {e.origin}") for e in entries if e is not other
                    ),
                )


def _is_type_swap(source: SourceMetadata, attribute: str, entry: Entry) -> bool:
    return attribute in _CUSTOMARY and _swapped(source, entry)


@rule("C206", "identifiers-differ", "warning", "heading and declaration of a note name two sources")
def identifiers_differ(context: Context) -> Iterator[Violation]:
    """`# s` 16 above, `s15 = CClass(source, …)` below; or the display name of the declaration is a third."""
    for note in context.notes:
        declared = note.declared_source
        heading = note.heading.identifier if note.heading is not None else None
        if declared is None or heading is None or note.heading is None:
            continue
        if declared.identifier.name != heading:
            yield Violation(
                f"the note is {heading}, but it declares {declared.identifier.name}",
                Place.of_span(declared.identifier.span),
                f"write '{heading}', or mend the heading",
                (Related.at(note.heading.span, f"the heading says {heading}"),),
            )
        elif declared.display_name is not None and declared.display_name.value.strip() != heading:
            yield Violation(
                f'{heading} is declared with the name "{declared.display_name.value}"',
                Place.of_span(declared.display_name.span),
                f'write "{heading}"',
            )


@rule("C207", "codes-to-another-source", "warning", "codes of a note are added to another source")
def codes_to_another_source(context: Context) -> Iterator[Violation]:
    """They count for the note's own source. One finding per other source and note."""
    for note in context.notes:
        if note.heading is None or note.heading.number is None:
            continue
        own = {note.identifier, note.declared_source.identifier.name if note.declared_source else None}
        for name, mentions in _added_elsewhere(note, own).items():
            first = mentions[0]
            place = first.added_to.span if first.added_to is not None else first.span
            codes = "1 code" if len(mentions) == 1 else f"{len(mentions)} codes"
            yield Violation(
                f"{codes} added to {name} in the note of {note.identifier}; they count for {note.identifier}",
                Place.of_span(place),
                f"write '{note.identifier}'",
                tuple(
                    {
                        m.added_to.span.line: Related.at(m.added_to.span, f"and here: {name}")
                        for m in mentions
                        if m.added_to is not None and m.added_to.span.line != place.line
                    }.values()
                ),
            )


def _added_elsewhere(note: FieldNote, own: set[str | None]) -> dict[str, list[CodeMention]]:
    found: dict[str, list[CodeMention]] = {}
    for one in note.statements:
        if isinstance(one, CodeMention) and one.added_to is not None:
            name = one.added_to.name
            if name not in own and _SOURCE.fullmatch(name):
                found.setdefault(name, []).append(one)
    return found


@rule("C208", "blanks-in-name", "warning", "a display name begins or ends with a blank")
def blanks_in_name(context: Context) -> Iterator[Violation]:
    """In a note or a module; mending takes the blanks away."""
    for note, one in context.declared_codes():
        name = one.display_name
        if name is not None and name.value != name.value.strip() and name.value.strip():
            written = note.text[name.span.start : name.span.end]
            yield Violation(
                f'the name of {one.identifier.name} is "{name.value}", with a blank at its edge',
                Place.of_span(name.span),
                f'write "{name.value.strip()}"',
                edits=_without_blanks(name.span.path, name.span.start, written, name.value),
            )
    for declaration, literal in context.model_names():
        value = declaration.name
        if value != value.strip() and value.strip():
            yield Violation(
                f'the name "{value}" has a blank at its edge',
                literal.place,
                f'write "{value.strip()}"',
                edits=_without_blanks(
                    literal.place.file,
                    literal.start,
                    context.text_of(literal.place.file)[literal.start : literal.end],
                    value,
                ),
            )


@rule("C209", "two-notes-of-one-source", "warning", "two notes are about one source")
def two_notes_of_one_source(context: Context) -> Iterator[Violation]:
    """Often one was copied from the other and kept its number."""
    for source, notes in context.notes_of.items():
        for note in notes[1:]:
            named = note.heading or note.declared_source
            first = notes[0].heading or notes[0].declared_source
            if named is not None and first is not None:
                yield Violation(
                    f"this note is about {source}, and so is another one",
                    Place.of_span(named.span),
                    "give one of them its own number, or join the two",
                    (Related.at(first.span, f"the other note about {source}"),),
                )


def _without_blanks(file: str, start: int, written: str, value: str) -> tuple[Edit, ...]:
    """The edit that strips a string as it is written; none when it is written in an unusual way."""
    at = written.find(value)
    if at < 0 or len(written) - len(value) not in (2, 6):
        return ()
    return (Edit(file, start + at, start + at + len(value), value.strip()),)


RULES = (
    unknown_field,
    missing_metadata,
    value_not_customary,
    types_swapped,
    metadata_differs,
    identifiers_differ,
    codes_to_another_source,
    blanks_in_name,
    two_notes_of_one_source,
)
