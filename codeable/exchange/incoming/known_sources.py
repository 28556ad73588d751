"""Which sources of a project the study has already, and the identifiers of the others."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import frozen

from codeable.exchange.incoming.new_notes import note_fields
from codeable.exchange.incoming.planned import Difference, ImportOptions, PlannedSources, StudyBefore
from codeable.exchange.incoming.source_differences import differences, missing_fields
from codeable.exchange.incoming.source_identifiers import SourceIdentifiers
from codeable.exchange.incoming.source_updates import FilledNotes, filled_notes
from codeable.exchange.incoming.study_sources import (
    SourceKeys,
    StudySource,
    by_field,
    source_keys,
    study_sources,
    without_blanks,
)
from codeable.exchange.project import Project, ProjectSource
from codeable.exchange.whole_texts import is_another_text, path_of_text
from codeable.files import read_file
from codeable.notes.identity import identifier_of_file
from codeable.notes.mentions import current_name
from codeable.text import counted, counted_names, first_few, shortened

_LONGEST_TITLE = 50
_SAYS_ENOUGH = 60
"""How many letters of passages two sources must share to be the same."""


def planned_sources(project: Project, study: StudyBefore, options: ImportOptions) -> PlannedSources:
    """What is to become of the sources of a project.

    A source is known by its identifier where the project was a study of codeable, else by its DOI, one of its
    addresses, or its title. Other authors, another DOI, or quite another text make another source of the same
    title. Two documents with texts are never one source. What a bibliography has twice counts once.

    Args:
        project: The project.
        study: The study that it comes into.
        options: What the user chose.
    """
    return _Planning(project, study, options).planned()


@frozen(eq=False)
class _Match:
    """A source of the project, the one of the study or before it in the file that is the same, and why."""

    source: ProjectSource
    other: StudySource
    why: str

    def __str__(self) -> str:
        title = shortened(" ".join(self.source.name.split()), _LONGEST_TITLE)
        return f"{title} is {self.other.identifier} (the same {self.why})"


class _Planning:
    """Goes through the sources of a project once, in their order."""

    def __init__(self, project: Project, study: StudyBefore, options: ImportOptions) -> None:
        self.project = project
        self.study = study
        self.options = options
        self.of_study = study_sources(study.registry, study.notes)
        taken = [*self.of_study, *(each.short_name for each in study.registry.declarations)]
        # A note that cannot be read has its identifier, too.
        taken += [name for note in study.notes if (name := note.identifier or identifier_of_file(note.path))]
        wanted = [source.identifier for source in project.sources if source.identifier]
        self.identifiers = SourceIdentifiers(taken, wanted)
        self.index = _Index(self.of_study.values())
        self.claimed: set[str] = set()
        self.other_texts: dict[str, str] = {}

    def planned(self) -> PlannedSources:
        """The plan."""
        identifiers: dict[str, str] = {}
        matches: list[_Match] = []
        renamed: list[str] = []
        cited: list[str] = []
        apart: list[str] = []
        for source in self.project.sources:
            match = self._match(source)
            if match is not None:
                matches.append(match)
                identifiers[source.key] = match.other.identifier
                self._claim(match.other.identifier, source)
                continue
            identifier = identifiers[source.key] = self.identifiers.new(source)
            self._begin(identifier, source)
            if source.identifier and identifier != source.identifier:
                renamed.append(f"{source.identifier} is {identifier}")
            cited += [f"{identifier} is {name}" for name in self._references_like(source)]
            if source.key in self.other_texts:
                apart.append(f"{identifier} is not {self.other_texts[source.key]}")
        first = {match.other.identifier: match for match in reversed(matches) if self._is_in_study(match)}
        known = [match for match in matches if first.get(match.other.identifier) is match]
        again = [match for match in matches if first.get(match.other.identifier) is not match]
        filled = self._filled([match for match in matches if self._is_in_study(match)])
        return PlannedSources(
            identifiers,
            {match.source.key: f"the same {match.why}" for match in matches},
            filled.texts,
            tuple(each for match in known for each in _differences(match)),
            (
                *counted_names(
                    map(str, known), "source is in the study already", "sources are in the study already"
                ),
                *counted_names(
                    map(str, again),
                    "entry is in the file twice and counts once",
                    "entries are in the file twice and count once",
                ),
                *counted_names(
                    cited,
                    "new source is a reference of the study, too",
                    "new sources are references of the study, too",
                ),
                *counted_names(
                    apart,
                    "new source has the title of one with another text",
                    "new sources have the titles of others with other texts",
                ),
                *counted_names(
                    renamed,
                    "source has another identifier than in the file, which is taken or no name of a note",
                    "sources have other identifiers than in the file, which is taken or no name of a note",
                ),
                *filled.messages,
                *_fields_of_second_entries([match for match in again if not self._is_in_study(match)]),
            ),
        )

    def _is_in_study(self, match: "_Match") -> bool:
        return match.other.identifier in self.of_study

    def _filled(self, matches: Iterable["_Match"]) -> FilledNotes:
        """The notes with the fields of which the study says nothing, or a message about these fields."""
        missing: dict[str, tuple[StudySource, dict[str, str]]] = {}
        for match in matches:
            for name, value in missing_fields(note_fields(match.source), match.other).items():
                missing.setdefault(match.other.identifier, (match.other, {}))[1].setdefault(name, value)
        if self.options.update:
            return filled_notes(missing, self.study.folder)
        empty = [f"{name} of {identifier}" for identifier, (_, fields) in missing.items() for name in fields]
        if not empty:
            return FilledNotes({})
        fields = counted(len(empty), "empty field")
        return FilledNotes({}, (f"--update fills in {fields}: {first_few(empty)}.",))

    def _match(self, source: ProjectSource) -> _Match | None:
        keys = source_keys(note_fields(source).items())
        if source.identifier:
            found = self.of_study.get(current_name(self.study.settings.renames, source.identifier))
            if found is not None and not keys.contradict(found.keys):
                return _Match(source, found, "identifier")
        for why, candidates in self.index.candidates(keys):
            fitting = [each for each in candidates if self._fits(source, keys, each, why)]
            if fitting:
                return _Match(source, max(fitting, key=lambda each: each.shared_passages(source)), why)
        return self._with_same_passages(source, keys)

    def _with_same_passages(self, source: ProjectSource, keys: SourceKeys) -> _Match | None:
        """The source of the study with the same passages, to which another tool has given another name."""
        shared: dict[StudySource, list[str]] = {}
        quoted = (without_blanks(source.text[each.start : each.end]) for each in source.passages)
        for text in dict.fromkeys(quoted):
            for other in self.by_passage.get(text, ()):
                shared.setdefault(other, []).append(text)
        fitting = [
            other
            for other, texts in shared.items()
            if other.identifier not in self.claimed
            and not keys.are_other_documents(other.keys)
            and 2 * len(texts) >= len(other.passages)
            and sum(map(len, texts)) >= _SAYS_ENOUGH
        ]
        found = max(fitting, key=lambda each: len(shared[each]), default=None)
        return _Match(source, found, "passages") if found is not None else None

    @cached_property
    def by_passage(self) -> dict[str, list[StudySource]]:
        """Text of a passage without blanks → the sources of the study whose notes quote it."""
        found: dict[str, list[StudySource]] = {}
        for source in self.of_study.values():
            for text in source.passages:
                found.setdefault(text, []).append(source)
        return found

    def _references_like(self, source: ProjectSource) -> list[str]:
        """The references of the study, which are no sources, to the same document."""
        candidates = self.index.candidates(source_keys(note_fields(source).items()))
        return list(
            dict.fromkeys(each.identifier for _, some in candidates for each in some if each.is_reference)
        )

    def _fits(self, source: ProjectSource, keys: SourceKeys, other: StudySource, why: str) -> bool:
        if other.is_reference or (why in ("title", "name") and keys.are_other_works(other.keys)):
            return False
        if why == "name" and not (source.text and other.identifier in self.of_study):
            return False  # two documents of one file may differ in the ending alone
        if why in ("title", "name") and self._has_another_text(source, other):
            self.other_texts.setdefault(source.key, other.identifier)
            return False
        return not ((source.identifier or source.text) and other.identifier in self.claimed)

    def _has_another_text(self, source: ProjectSource, other: StudySource) -> bool:
        """Whether the study keeps a text of a source that is not that of the project: two "Interview 1"."""
        kept = self.study.folder / path_of_text(other.identifier)
        if not source.text or other.identifier not in self.of_study or not kept.is_file():
            return False
        return is_another_text(read_file(kept).decode("utf-8", "replace"), source.text)

    def _begin(self, identifier: str, source: ProjectSource) -> None:
        said = ((name, value, source.place) for name, value in note_fields(source).items())
        begun = StudySource(identifier, by_field(said))
        self.index.add(begun)
        self._claim(identifier, source)

    def _claim(self, identifier: str, source: ProjectSource) -> None:
        """A source of the study is one document of the file; entries without a text may be about it, too."""
        if source.identifier or source.text:
            self.claimed.add(identifier)


class _Index:
    """Finds sources by their keys."""

    def __init__(self, sources: Iterable[StudySource]) -> None:
        self._by_key: dict[tuple[str, str], list[StudySource]] = {}
        for source in sources:
            self.add(source)

    def add(self, source: StudySource) -> None:
        for key in _entries(source.keys):
            self._by_key.setdefault(key, []).append(source)

    def candidates(self, keys: SourceKeys) -> Iterator[tuple[str, list[StudySource]]]:
        """What is the same, and the sources of which it is; the surest first."""
        for what, key in _entries(keys):
            yield what, self._by_key.get((what, key), [])


def _entries(keys: SourceKeys) -> Iterator[tuple[str, str]]:
    kinds = (("DOI", keys.dois), ("url", keys.addresses), ("title", keys.titles), ("name", keys.documents))
    for what, values in kinds:
        yield from ((what, each) for each in sorted(values))


def _differences(match: _Match) -> Iterator[Difference]:
    return differences(
        note_fields(match.source), match.other, is_of_study=match.source.identifier is not None
    )


def _fields_of_second_entries(again: Iterable[_Match]) -> tuple[str, ...]:
    """What only the second entry of a new source says."""
    fields = (
        f"{name} of {match.other.identifier}"
        for match in again
        for name in missing_fields(note_fields(match.source), match.other)
    )
    one, several = (f"{each} only in the second entry of a source" for each in ("field is", "fields are"))
    return counted_names(fields, one, several, "; import the file again with --update, which fills them in")
