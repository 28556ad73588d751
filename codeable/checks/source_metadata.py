"""The metadata of one source from three origins: the header of its note, its trace, and its module.

The rules of `metadata` compare them; `Context.sources` keeps them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from codeable.kernel import CClass
from codeable.kernel.place import Span
from codeable.metamodels.controlled_vocabularies import AUTHOR_TYPES, SOURCE_TYPES
from codeable.names.modules import Modules
from codeable.notes.metadata import ATTRIBUTES, TRUTH_VALUES
from codeable.notes.model import FieldNote
from codeable.registry import Registry

if TYPE_CHECKING:
    from codeable.checks.context import Context

_ADDRESSES = frozenset({"url", "tiny url", "archive url"})
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:www\.)?")
_INTERVIEW = "Interview"

FIELDS = tuple(ATTRIBUTES.values())
"""The attributes of a source that both header and declaration have, by the name in the declaration."""


@frozen
class Entry:
    """The value of one attribute.

    Attributes:
        origin: ``header``, ``trace`` or ``module``.
        value: Its meaning: runs of blanks are one blank, yes and no are truth values.
        places: Gives the span of the whole entry, and of the value alone where it is not computed. Those of
            a module are looked up only for a message.
    """

    origin: str
    value: str | bool
    places: Callable[[], tuple[Span, Span | None]] = field(repr=False)

    @property
    def span(self) -> Span:
        """The whole entry."""
        return self.places()[0]

    @property
    def value_span(self) -> Span | None:
        """The value alone; None where it is computed."""
        return self.places()[1]

    @property
    def shown(self) -> str:
        """The value as a message quotes it."""
        return f'"{self.value}"' if isinstance(self.value, str) else str(self.value)


@frozen
class MetadataTable:
    """The entries of one origin by attribute, and what gives the span of their heading or declaration.

    `refused` are the attributes whose value cannot be read.
    """

    origin: str
    place: Callable[[], Span] = field(repr=False)
    entries: dict[str, Entry]
    refused: frozenset[str] = frozenset()

    @property
    def span(self) -> Span:
        """Their heading or declaration."""
        return self.place()

    @property
    def name(self) -> str:
        """What a message calls it."""
        return "the header" if self.origin == "header" else f"the declaration in the {self.origin}"


@frozen
class SourceMetadata:
    """The metadata of one source: a table per origin that there is, in the order header, trace, module.

    `vocabularies` are its controlled vocabularies, for the attributes `type` and `author type`.
    """

    identifier: str
    note: FieldNote | None
    tables: tuple[MetadataTable, ...]
    vocabularies: Mapping[str, tuple[str, ...]] = field(repr=False)

    def entries(self, attribute: str) -> list[Entry]:
        """The entries of one attribute that have a value."""
        found = (table.entries[attribute] for table in self.tables if attribute in table.entries)
        return [entry for entry in found if entry.value != ""]

    def unswapped_entries(self, attribute: str) -> list[Entry]:
        """The same, without the types of a table in which they are swapped."""
        if attribute not in ("type", "author type"):
            return self.entries(attribute)
        swapped = {table.origin for table in self.tables if self.are_swapped(table)}
        return [entry for entry in self.entries(attribute) if entry.origin not in swapped]

    def are_swapped(self, table: MetadataTable) -> bool:
        """Whether the 'author type' of a table is a type of sources, and its 'type' a type of authors."""
        author, kind = table.entries.get("author type"), table.entries.get("type")
        types, author_types = self.vocabularies["type"], self.vocabularies["author type"]
        return (
            author is not None
            and kind is not None
            and author.value in types
            and kind.value in author_types
            and author.value not in author_types
        )


def comparable(attribute: str, value: str | bool) -> str | bool:
    """A value in the form in which it is compared: of an address without what means nothing.

    Example:
        >>> comparable("url", "https://www.Example.org/a/") == comparable("url", "http://example.org/a")
        True
    """
    if attribute not in _ADDRESSES or not isinstance(value, str):
        return value
    return _SCHEME.sub("", value.strip().casefold()).rstrip("/")


def sources_metadata(context: "Context") -> Iterator[SourceMetadata]:
    """The metadata of every source: first those with a note, in that order, then those of the model alone."""
    results, modules = context.results, dict[str, MetadataTable]()
    if context.registry is not None:
        modules = results.of(_tables_of_modules, context.registry, context.modules)
    vocabularies = {is_interview: _vocabularies(context, is_interview) for is_interview in (False, True)}
    identifiers: set[str] = set()
    for note in context.notes:
        if note.identifier is not None:
            module = modules.get(note.identifier) if note.identifier not in identifiers else None
            identifiers.add(note.identifier)
            tables = (results.of(_header_table, note), results.of(_trace_table, note), module)
            present = tuple(table for table in tables if table is not None)
            yield SourceMetadata(note.identifier, note, present, vocabularies[note.kind == "p"])
    for identifier, table in modules.items():
        if identifier not in identifiers:
            yield SourceMetadata(identifier, None, (table,), vocabularies[identifier.startswith("p")])


def _vocabularies(context: "Context", is_interview: bool) -> dict[str, tuple[str, ...]]:
    """The controlled vocabularies, with the types that the settings add."""
    settings = context.settings
    interview = (_INTERVIEW,) if is_interview else ()
    return {
        "type": (*SOURCE_TYPES, *interview, *settings.source_types),
        "author type": (*AUTHOR_TYPES, *settings.author_types),
    }


def _header_table(note: FieldNote) -> MetadataTable | None:
    """The metadata in the header; none where the header has the number of another note: it was copied."""
    if note.heading is None or note.heading.identifier not in (None, note.identifier):
        return None
    found: dict[str, Entry] = {}
    for one in note.metadata.values():
        attribute = ATTRIBUTES.get(one.name, one.name)
        if attribute in FIELDS:
            truth = one.as_bool if attribute in TRUTH_VALUES else None
            value = _joined(one.value) if truth is None else truth
            found[attribute] = Entry("header", value, _at(one.value_span, one.value_span))
    return MetadataTable("header", _at(note.heading.span), found)


def _trace_table(note: FieldNote) -> MetadataTable | None:
    declared = note.declared_source
    if declared is None:
        return None
    found: dict[str, Entry] = {}
    for one in declared.values:
        attribute, value = one.name.value, one.value
        if one.literal and isinstance(value, str | bool) and attribute in FIELDS:
            found[attribute] = Entry("trace", _joined(value), _at(one.span, one.value_span))
    refused = frozenset(one.name.value for one in declared.values if not one.literal)
    return MetadataTable("trace", _at(declared.span), found, refused)


def _tables_of_modules(registry: Registry, modules: Modules) -> dict[str, MetadataTable]:
    """Source → its first declaration in a module."""
    tables: dict[str, MetadataTable] = {}
    for identifier, table in _module_tables(registry, modules):
        tables.setdefault(identifier, table)
    return tables


def _module_tables(registry: Registry, modules: Modules) -> Iterator[tuple[str, MetadataTable]]:
    for declaration in registry.declarations:
        element, made = declaration.element, declaration.span
        if declaration.kind != "source" or not isinstance(element, CClass) or made is None:
            continue
        found: dict[str, Entry] = {}
        for attribute, value in element.values.items():
            if attribute in FIELDS and isinstance(value, str | bool):
                places = partial(_places_in_module, modules, made, attribute, value)
                found[attribute] = Entry("module", _joined(value), places)
        place = partial(modules.span_of, declaration)
        yield declaration.short_name, MetadataTable("module", place, found)


def _places_in_module(
    modules: Modules, made: Span, attribute: str, value: str | bool
) -> tuple[Span, Span | None]:
    module = modules[made.path]
    literal = module.values(made).get(attribute)
    if literal is not None and literal.value == value:
        return literal.entry, literal.span
    return module.made_at(made), None


def _at(*spans: Any) -> Callable[[], Any]:
    """Gives a span, or two, that are known already."""
    return lambda: spans if len(spans) > 1 else spans[0]


def _joined(value: str | bool) -> str | bool:
    return " ".join(value.split()) if isinstance(value, str) else value
