"""The sources that a study has, as an import sees them: what notes and modules say of each, and where."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import define, field, frozen

from codeable.exchange.incoming.same_source import address_key, doi_key, names_in, title_key
from codeable.exchange.project import ProjectSource
from codeable.kernel.place import shown_place
from codeable.notes.metadata import ATTRIBUTES, BIBLIOGRAPHIC
from codeable.notes.model import FieldNote
from codeable.registry import Registry
from codeable.registry.values import given_values, value_text

ADDRESSES = ("url", "tiny url", "archive url")
"""The fields that hold an address of a source."""

_FIELDS = {attribute: name for name, attribute in ATTRIBUTES.items()}


@frozen
class SourceValue:
    """What a note or a module says in one field of a source; `place` is where."""

    text: str
    place: str


@frozen
class SourceKeys:
    """What a source is known by. See `same_source`."""

    addresses: frozenset[str] = frozenset()
    dois: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def contradict(self, other: "SourceKeys") -> bool:
        """Whether both say what they are, and nothing of it is the same."""
        pairs = [
            (self.addresses, other.addresses),
            (self.dois, other.dois),
            (self.titles, other.titles),
        ]
        both = [(one, another) for one, another in pairs if one and another]
        return bool(both) and all(one.isdisjoint(another) for one, another in both)

    def are_other_works(self, other: "SourceKeys") -> bool:
        """Whether two sources of one title are different works: other DOIs, or other authors."""
        pairs = [(self.dois, other.dois), (self.authors, other.authors)]
        return any(one and another and one.isdisjoint(another) for one, another in pairs)


def source_keys(fields: Iterable[tuple[str, str]]) -> SourceKeys:
    """The keys of a source with these fields and values.

    Example:
        >>> source_keys([("url", "https://doi.org/10.1000/A"), ("title", "Data Mesh")]).dois
        frozenset({'10.1000/a'})
    """
    values: dict[str, list[str]] = {}
    for name, text in fields:
        if text.strip():
            values.setdefault(name, []).append(text)
    addresses = [text for name in ADDRESSES for text in values.get(name, ())]
    dois = map(doi_key, [*values.get("doi", ()), *(each for each in addresses if "doi.org/" in each)])
    authors = [text for name in BIBLIOGRAPHIC["author"] for text in values.get(name, ())]
    return SourceKeys(
        frozenset(map(address_key, addresses)),
        frozenset(each for each in dois if each),
        frozenset(map(title_key, values.get("title", ()))),
        frozenset().union(*map(names_in, authors)),
    )


@define(eq=False)
class StudySource:
    """A source that a study has.

    Attributes:
        identifier: Its identifier.
        notes: Its notes, one or more for each coder; none for a source of the modules alone.
        values: Field of a note → what notes and modules say, the headers first. Empty values are not there.
        is_reference: Whether the modules have it as a reference, which is no source.
    """

    identifier: str
    notes: list[FieldNote] = field(factory=list)
    values: dict[str, list[SourceValue]] = field(factory=dict)
    is_reference: bool = False

    def add(self, name: str, text: str, place: str) -> None:
        """Add what a note or a module says in a field."""
        if text.strip():
            self.values.setdefault(name, []).append(SourceValue(" ".join(text.split()), place))

    @cached_property
    def keys(self) -> SourceKeys:
        """What it is known by."""
        return source_keys((name, each.text) for name, values in self.values.items() for each in values)

    @cached_property
    def passages(self) -> frozenset[str]:
        """The texts of its passages, without their blanks."""
        return frozenset(without_blanks(each.text) for note in self.notes for each in note.passages)

    def shared_passages(self, source: ProjectSource) -> int:
        """How many passages of a source of a project its notes have."""
        texts = (without_blanks(source.text[each.start : each.end]) for each in source.passages)
        return sum(each in self.passages for each in texts)


def without_blanks(text: str) -> str:
    """A text without its blanks and line ends, which differ from note to document."""
    return "".join(text.split())


def study_sources(registry: Registry | None, notes: Iterable[FieldNote]) -> Mapping[str, StudySource]:
    """Identifier → source, of the notes and the modules of a study."""
    found: dict[str, StudySource] = {}
    for note in notes:
        if note.identifier is not None and not note.is_template and note.unread is None:
            found.setdefault(note.identifier, StudySource(note.identifier)).notes.append(note)
    for each in found.values():
        _read_notes(each)
    if registry is not None:
        _read_modules(registry, found)
    return found


def _read_notes(source: StudySource) -> None:
    for note in source.notes:
        for name, text, place in _in_header(note):
            source.add(name, text, place)
    for note in source.notes:
        declared = note.declared_source
        if declared is not None and declared.identifier.name == source.identifier:
            for one in declared.values:
                if isinstance(one.value, str | bool):
                    name = _FIELDS.get(one.name.value, one.name.value)
                    source.add(name, value_text(one.value), shown_place(one.span))


def _in_header(note: FieldNote) -> Iterator[tuple[str, str, str]]:
    for one in note.metadata.values():
        yield one.name, one.value, shown_place(one.value_span)


def _read_modules(registry: Registry, found: dict[str, StudySource]) -> None:
    for collection in (registry.sources, registry.references):
        for declaration in collection.declarations:
            name = declaration.short_name
            is_reference = collection is not registry.sources and name not in found
            source = found.setdefault(name, StudySource(name, is_reference=is_reference))
            span = declaration.span
            place = shown_place(span) if span is not None else ""
            for attribute, value in given_values(declaration.element):
                source.add(_FIELDS.get(attribute, attribute), value_text(value), place)
            if not source.values.get("title") and declaration.name != name:
                source.add("title", declaration.name, place)
