"""The metadata of one source as it stands in the header of its note, in its trace and in its module."""

from collections.abc import Iterator

from attrs import frozen

from codeable.checks.context import Context
from codeable.checks.diagnostic import Edit, Place
from codeable.checks.modules import Module
from codeable.kernel import CClass
from codeable.notes.records import FieldNote, SourceDeclaration

__all__ = ["FIELDS", "Entry", "SourceMetadata", "sources_metadata"]

_HEADER_NAMES = {"source type": "type"}
FIELDS = ("url", "tiny url", "archive url", "title", "source code", "example", "type", "author type")
"""The attributes of a source that both header and declaration hold, by the name in the declaration."""

_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


@frozen
class Entry:
    """One value: where it stands, how it is written there, and what it means."""

    origin: str
    value: str | bool
    place: Place
    start: int
    end: int

    @property
    def shown(self) -> str:
        """The value as a message quotes it."""
        return f'"{self.value}"' if isinstance(self.value, str) else str(self.value)

    def replaced_by(self, text: str) -> Edit:
        """The edit that writes another text in place of this entry."""
        return Edit(self.place.file, self.start, self.end, text)


@frozen
class SourceMetadata:
    """A source's metadata: for each origin that there is, its place and its entries by attribute."""

    identifier: str
    note: FieldNote | None
    header: dict[str, Entry] | None
    trace: dict[str, Entry] | None
    module: dict[str, Entry] | None
    header_place: Place | None
    trace_place: Place | None
    module_place: Place | None

    def entries(self, attribute: str) -> list[Entry]:
        """The entries of one attribute: header, trace, module; empty ones left out."""
        tables = (self.header, self.trace, self.module)
        found = [table[attribute] for table in tables if table is not None and attribute in table]
        return [entry for entry in found if entry.value != ""]


def sources_metadata(context: Context) -> Iterator[SourceMetadata]:
    """The metadata of every source: those with a note in their order, then those of the model alone."""
    sources = _sources_of_model(context)
    told = set()
    for note in context.notes:
        if note.identifier is not None:
            told.add(note.identifier)
            yield _metadata(note.identifier, note, sources.get(note.identifier))
    for identifier, source in sources.items():
        if identifier not in told:
            yield _metadata(identifier, None, source)


@frozen
class _ModelSource:
    """A source as a module declares it."""

    element: CClass
    line: int
    place: Place
    module: Module


def _sources_of_model(context: Context) -> dict[str, _ModelSource]:
    registry = context.registry
    found: dict[str, _ModelSource] = {}
    for declaration in registry.declarations if registry is not None else ():
        element, made = declaration.element, declaration.span
        if declaration.kind == "source" and isinstance(element, CClass) and made is not None:
            module = context.modules[made.path]
            source = _ModelSource(element, made.line, module.made_at(made), module)
            found.setdefault(declaration.short_name, source)
    return found


def _metadata(identifier: str, note: FieldNote | None, source: _ModelSource | None) -> SourceMetadata:
    declared = note.declared_source if note is not None else None
    heading = note.heading if note is not None else None
    return SourceMetadata(
        identifier,
        note,
        _of_header(note) if note is not None and heading is not None else None,
        _of_trace(declared) if declared is not None else None,
        _of_module(source) if source is not None else None,
        Place.of_span(heading.span) if heading is not None else None,
        Place.of_span(declared.span) if declared is not None else None,
        source.place if source is not None else None,
    )


def _of_header(note: FieldNote) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for one in note.metadata.values():
        attribute = _HEADER_NAMES.get(one.name, one.name)
        if attribute in FIELDS:
            text = " ".join(one.value.split())
            value = _YES_NO.get(text.casefold(), text) if attribute in ("example", "source code") else text
            span = one.value_span
            found[attribute] = Entry("header", value, Place.of_span(span), span.start, span.end)
    return found


def _of_trace(declared: SourceDeclaration) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for one in declared.values:
        if one.literal and isinstance(one.value, str | bool) and one.name.value in FIELDS:
            value = " ".join(one.value.split()) if isinstance(one.value, str) else one.value
            written = one.value_span
            found[one.name.value] = Entry("trace", value, Place.of_span(one.span), written.start, written.end)
    return found


def _of_module(source: _ModelSource) -> dict[str, Entry]:
    written = source.module.values(source.line, source.element.name)
    found: dict[str, Entry] = {}
    for attribute, value in source.element.values.items():
        if attribute not in FIELDS or not isinstance(value, str | bool):
            continue
        literal = written.get(attribute)
        kept = " ".join(value.split()) if isinstance(value, str) else value
        if literal is not None and literal.value == value:
            found[attribute] = Entry("module", kept, literal.place, literal.start, literal.end)
        else:
            found[attribute] = Entry("module", kept, source.place, 0, 0)
    return found
