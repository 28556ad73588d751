"""Plans the field notes of an import: new ones in the study's manner, and what is added to those it has."""

from collections.abc import Collection, Iterable, Iterator

from attrs import define, evolve, field, frozen

from codeable.exchange.incoming.missing_codings import Missing, missing_in
from codeable.exchange.incoming.new_notes import NewNotes
from codeable.exchange.incoming.note_coders import likely_coder, taken_by, whose_work
from codeable.exchange.incoming.note_text import with_codings
from codeable.exchange.incoming.planned import (
    Difference,
    ImportOptions,
    PlannedCodes,
    PlannedSources,
    StudyBefore,
)
from codeable.exchange.incoming.project_codings import CodingsOfCoder, ProjectCodings
from codeable.exchange.project import NotTakenOver, Project, ProjectSource
from codeable.files import path_in
from codeable.kernel.place import shown_place
from codeable.notes.model import FieldNote
from codeable.notes.reader import read_text
from codeable.registry import Registry
from codeable.registry.values import attribute_text
from codeable.text import counted_names, shortened


@frozen
class PlannedNotes:
    """What is to become of the notes of a study.

    Attributes:
        notes: All notes as they will be.
        new: The paths of those that are begun.
        changed: The paths of those that something is added to.
        passages: How many passages are added.
        codings: How many codes are given to passages or to whole sources.
        differences: Where the file says something else than the study.
        messages: What a user must know, in whole sentences.
        not_taken_over: What of the sources does not come into the study.
    """

    notes: tuple[FieldNote, ...]
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    passages: int = 0
    codings: int = 0
    differences: tuple[Difference, ...] = ()
    messages: tuple[str, ...] = ()
    not_taken_over: tuple[NotTakenOver, ...] = ()

    @property
    def written(self) -> tuple[FieldNote, ...]:
        """The notes that are begun, or that something is added to."""
        paths = {*self.new, *self.changed}
        return tuple(note for note in self.notes if note.path in paths)


def planned_notes(
    project: Project,
    study: StudyBefore,
    options: ImportOptions,
    codes: PlannedCodes,
    sources: PlannedSources,
) -> PlannedNotes:
    """Plan the notes of a project. Nothing is written.

    Each source has a note of each coder. What is in a note already, by text and code, is not added again.

    Args:
        project: The project.
        study: The study that it comes into.
        options: What the user chooses.
        codes: What becomes of its codes.
        sources: What becomes of its sources.
    """
    planning = _Planning(project, study, options, codes, sources)
    for source in project.sources:
        planning.add(source)
    return planning.planned()


@define
class _Planning:
    project: Project
    study: StudyBefore
    options: ImportOptions
    codes: PlannedCodes
    sources: PlannedSources
    notes: dict[str, FieldNote] = field(init=False)
    by_source: dict[str, dict[str, None]] = field(factory=dict)
    begun: NewNotes = field(init=False)
    codings: ProjectCodings = field(init=False)
    codes_of_file: set[str] = field(init=False)
    in_modules: dict[str, set[str]] = field(init=False)
    new: dict[str, None] = field(factory=dict)
    changed: dict[str, None] = field(factory=dict)
    number_of_passages: int = 0
    number_of_codings: int = 0
    stated: set[str] = field(init=False)
    likely: tuple[str | None, ...] = field(init=False)
    not_of_own: dict[str, None] = field(factory=dict)
    differences: list[Difference] = field(factory=list)
    inexact: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.begun = NewNotes(self.study)
        self.codings = ProjectCodings(self.project, self.codes, self.sources.identifiers, self.options.coder)
        self.notes = {note.path: note for note in self.study.notes}
        updates, folder = self.sources.updates, self.study.folder
        of_path = {path_in(folder, each.path): each for each in self.study.notes} if updates else {}
        for path, text in updates.items():
            before = of_path[path]
            self.notes[before.path] = evolve(
                read_text(text, before.path), encoding=before.encoding, coder=before.coder
            )
            self.changed[before.path] = None
        for note in self.notes.values():
            self._know(note)
        self.codes_of_file = {*self.codes.identifiers.values()}
        self.in_modules = dict(_said_in_modules(self.study.registry))
        self.stated = {" ".join(each.name.split()) for each in self.project.coders}
        notes = [each for each in self.study.notes if each.coder not in self.stated]
        self.likely = likely_coder(self.project, self.sources.identifiers, notes)

    def _know(self, note: FieldNote) -> None:
        self.notes[note.path] = note
        if note.identifier is not None and not note.is_template and note.unread is None:
            self.by_source.setdefault(note.identifier, {})[note.path] = None

    def add(self, source: ProjectSource) -> None:
        """Add what the coders say about a source."""
        identifier = self.sources.identifiers[source.key]
        said = self._not_elsewhere(self.codings.of_source(source), identifier)
        if not said and not self._notes_of(identifier) and source.key not in self.sources.known:
            said = (CodingsOfCoder(self.options.coder),)
        for codings in said:
            own = self._note_of(identifier, codings.coder)
            is_new = own is None
            note = own if own is not None else self._begun(identifier, source, codings.coder)
            missing = missing_in(note, codings, self.study.settings.renames)
            if own is not None and own.path not in self.new:
                self.differences += _differences(own, missing, self.codes_of_file)
            if is_new or not missing.is_nothing:
                self._write(note, codings, missing, is_new=is_new)

    def planned(self) -> PlannedNotes:
        """The plan."""
        return PlannedNotes(
            tuple(self.notes.values()),
            tuple(self.new),
            tuple(self.changed),
            self.number_of_passages,
            self.number_of_codings,
            tuple(self.differences),
            (
                *self.codings.messages,
                *([whose_work(self.likely[0], self.options.coder)] if self.not_of_own else []),
                *counted_names(
                    self.begun.escaped,
                    "field would be read as Markdown and got a backslash",
                    "fields would be read as Markdown and got a backslash",
                ),
            ),
            (*self.codings.not_taken_over, *self._not_taken_over()),
        )

    def _note_of(self, identifier: str, coder: str | None) -> FieldNote | None:
        """The note of a coder. What the file says of nobody is in the notes of who has most of it already."""
        notes = self._notes_of(identifier)
        own = next((each for each in notes if _is_of(each, coder)), None)
        is_stated = coder is not None and (coder != self.options.coder or coder in self.stated)
        if own is None and coder is not None and coder not in self.study.settings.coders:
            own = next(filter(None, (taken_by(each, coder) for each in notes)), None)
            if own is not None:
                self._know(own)
        if own is not None or is_stated or not self.likely or None not in (coder, *self.likely):
            return own
        of_likely = (each for each in notes if (each.coder,) == self.likely and each.path not in self.new)
        found = next(of_likely, None)
        self.not_of_own |= {} if found is None else {found.path: None}
        return found

    def _notes_of(self, identifier: str) -> list[FieldNote]:
        return [self.notes[path] for path in self.by_source.get(identifier, ())]

    def _begun(self, identifier: str, source: ProjectSource, coder: str | None) -> FieldNote:
        is_known = source.key in self.sources.known
        return self.begun.note(source, identifier, coder, self._notes_of(identifier), is_known=is_known)

    def _not_elsewhere(self, said: Iterable[CodingsOfCoder], identifier: str) -> tuple[CodingsOfCoder, ...]:
        """What coders say, without what a module says, too: memos, and codes of nobody in particular.

        A memo about the source may be in the note of another coder already.
        """
        there = self.in_modules.get(identifier, set())
        notes = [note for note in self._notes_of(identifier) if note.path not in self.new]
        noted = there | {memo.text for note in notes for memo in note.memos}
        found: list[CodingsOfCoder] = []
        for each in said:
            codes = tuple(code for code in each.codes if each.coder is not None or code not in there)
            memos = tuple(memo for memo in each.memos if memo.text not in noted)
            kept = evolve(each, codes=codes, memos=memos)
            if kept.codes or kept.memos or kept.passages:
                found.append(kept)
        return tuple(found)

    def _write(self, note: FieldNote, codings: CodingsOfCoder, missing: Missing, *, is_new: bool) -> None:
        made = self._with_codings(note, missing)
        lost = missing_in(made, codings, self.study.settings.renames)
        if any(each.kind == "too-large" for each in made.problems):  # the last passages are beyond its end
            missing = evolve(missing, passages=missing.passages[: -len(lost.passages) or None])
            made = self._with_codings(note, missing)
        if not lost.is_nothing or made.identifier != note.identifier:
            self.inexact += [shortened(each.text) for each in lost.passages] or [str(note.identifier)]
        if missing.is_nothing and not is_new:
            return
        self._know(made)
        if is_new:
            self.new[note.path] = None
        elif note.path not in self.new:
            self.changed[note.path] = None
        self.number_of_passages += len(missing.passages)
        codes = [missing.codes, *(each.codes for each in missing.passages)]
        self.number_of_codings += sum(map(len, (*codes, *(each.codes for _, each in missing.added))))

    def _with_codings(self, note: FieldNote, missing: Missing) -> FieldNote:
        made = read_text(with_codings(note, missing), note.path)
        return evolve(made, encoding=note.encoding, coder=note.coder)

    def _not_taken_over(self) -> Iterator[NotTakenOver]:
        reason = "they would be read as Markdown; write them into the notes by hand"
        yield from NotTakenOver.of_names("fields of sources", self.begun.left_out, reason)
        reason = "a field note would not give them back as they are; put them into the note by hand"
        yield from NotTakenOver.of_names("passages", self.inexact, reason)


def _is_of(note: FieldNote, coder: str | None) -> bool:
    """Whether a note is that of a coder. The name has a backslash there if it would be Markdown."""
    return note.coder == coder or (coder is not None and note.coder == f"\\{coder}")


def _said_in_modules(registry: Registry) -> Iterator[tuple[str, set[str]]]:
    """The identifiers of the codes of each source in the modules, and its memo there."""
    for source in registry.sources:
        identifier = registry.identifier_of(source)
        if identifier is not None:
            codes = {registry.identifier_of(code) or "" for code in registry.codes_of(source)}
            yield identifier, {*codes, attribute_text(source, "memo") or ""}


def _differences(note: FieldNote, missing: Missing, codes_of_file: Collection[str]) -> Iterator[Difference]:
    """What a note says with codes of the file, and the file does not."""
    for passage, codes in missing.surplus_codes:
        known = [code for code in codes if code in codes_of_file]
        if known:
            what = f"codes of a passage of {note.identifier}"
            yield Difference(what, "", ", ".join(known), shown_place(passage.span))
    for passage, codes in missing.surplus_passages:
        if any(code in codes_of_file for code in codes):
            text = shortened(passage.text)
            yield Difference(f"passage of {note.identifier}", "", text, shown_place(passage.span))
