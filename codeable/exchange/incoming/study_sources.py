"""The sources that a study has, as an import sees them: what notes and modules say of each, and where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from codeable.exchange.incoming.same_source import address_key, document_key, doi_key, names_in, title_key
from codeable.exchange.project import ProjectSource
from codeable.kernel.place import shown_place
from codeable.notes.metadata import BIBLIOGRAPHIC, FIELD_OF
from codeable.notes.model import FieldNote
from codeable.registry import Declaration, Registry
from codeable.registry.values import given_values, value_text

ADDRESSES = ("url", "tiny url", "archive url")
"""The fields that hold an address of a source."""


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
    documents: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def contradict(self, other: "SourceKeys") -> bool:
        """Whether both say what they are, and nothing of it is the same."""
        pairs = [
            (self.addresses, other.addresses),
            (self.dois, other.dois),
            (self.documents, other.documents),
        ]
        both = [(one, another) for one, another in pairs if one and another]
        return bool(both) and all(one.isdisjoint(another) for one, another in both)

    def are_other_documents(self, other: "SourceKeys") -> bool:
        """Whether two sources with the same passages are different ones: other works or other addresses."""
        one, another = self.addresses, other.addresses
        return self.are_other_works(other) or bool(one and another and one.isdisjoint(another))

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
        frozenset(key for each in addresses if (key := address_key(each))),
        frozenset(each for each in dois if each),
        frozenset(map(title_key, values.get("title", ()))),
        frozenset(map(document_key, values.get("title", ()))),
        frozenset().union(*map(names_in, authors)),
    )


@frozen(eq=False)
class StudySource:
    """A source that a study has, or that an import begins.

    Attributes:
        identifier: Its identifier.
        values: Field of a note → what notes and modules say, the headers first. Empty values are not there.
        notes: Its notes, one or more for each coder; none for a source of the modules alone.
        is_reference: Whether the modules have it as a reference, which is no source.
    """

    identifier: str
    values: Mapping[str, Sequence[SourceValue]]
    notes: tuple[FieldNote, ...] = ()
    is_reference: bool = False

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


def by_field(said: Iterable[tuple[str, str, str]]) -> dict[str, list[SourceValue]]:
    """Field → values, of fields with their texts and places; without empty texts."""
    values: dict[str, list[SourceValue]] = {}
    for name, text, place in said:
        if text.strip():
            values.setdefault(name, []).append(SourceValue(" ".join(text.split()), place))
    return values


def study_sources(registry: Registry, notes: Iterable[FieldNote]) -> Mapping[str, StudySource]:
    """Identifier → source, of the notes and the modules of a study."""
    noted: dict[str, list[FieldNote]] = {}
    for note in notes:
        if note.identifier is not None and not note.is_template and note.unread is None:
            noted.setdefault(note.identifier, []).append(note)
    declared = _declared(registry)
    found = {}
    for identifier in dict.fromkeys([*noted, *declared]):
        of_source = tuple(noted.get(identifier, ()))
        declaration = declared.get(identifier)
        values = by_field([*_in_notes(identifier, of_source), *_in_module(declaration)])
        if declaration is not None and "title" not in values:
            values |= by_field([("title", _display_name(declaration), shown_place(declaration.span))])
        is_reference = declaration is not None and declaration.kind == "reference" and not of_source
        found[identifier] = StudySource(identifier, values, of_source, is_reference)
    return found


def _declared(registry: Registry) -> dict[str, Declaration]:
    """Name → declaration of a source, or of a reference that is none."""
    every = (*registry.references.declarations, *registry.sources.declarations)
    return {each.short_name: each for each in every}


def _in_notes(identifier: str, notes: Iterable[FieldNote]) -> Iterator[tuple[str, str, str]]:
    """What the headers of notes say, then what their traces say."""
    for note in notes:
        for one in note.metadata.values():
            yield one.name, one.value, shown_place(one.value_span)
    for note in notes:
        source = note.declared_source
        for value in source.values if source is not None and source.identifier.name == identifier else ():
            if isinstance(value.value, str | bool):
                name = FIELD_OF.get(value.name.value, value.name.value)
                yield name, value_text(value.value), shown_place(value.span)


def _in_module(declaration: Declaration | None) -> Iterator[tuple[str, str, str]]:
    if declaration is not None:
        for attribute, value in given_values(declaration.element):
            yield FIELD_OF.get(attribute, attribute), value_text(value), shown_place(declaration.span)


def _display_name(declaration: Declaration) -> str:
    """The display name; empty where it is the identifier."""
    return declaration.name if declaration.name != declaration.short_name else ""
