"""An import as one transaction: its files are made in memory, tried, then written together or not at all."""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from attrs import evolve, field, frozen

from codeable.errors import CodeableError, reason_of
from codeable.exchange.incoming.codes import planned_codes
from codeable.exchange.incoming.known_sources import planned_sources
from codeable.exchange.incoming.new_notes import note_fields
from codeable.exchange.incoming.notes import PlannedNotes, planned_notes
from codeable.exchange.incoming.planned import (
    Difference,
    ImportOptions,
    PlannedCodes,
    PlannedSources,
    StudyBefore,
)
from codeable.exchange.incoming.prepared import signed, writable
from codeable.exchange.incoming.texts import kept_texts
from codeable.exchange.project import NotTakenOver, Project
from codeable.files import path_in, read_file
from codeable.kernel.bulk_access import collector_paused
from codeable.kernel.place import shown_place
from codeable.loading import load_folder
from codeable.notes import FieldNote
from codeable.notes.build import Change, build
from codeable.notes.build.notes_entry import with_entries
from codeable.notes.files import in_coding_order, is_read_as_note
from codeable.notes.new_note import form_with, with_fields
from codeable.notes.new_study import EMPTY_NOTE, check_free, files_of_new_study
from codeable.notes.note_places import form_of_study, notes_so_far, place_of_new_notes
from codeable.notes.reader import read_text
from codeable.registry import Registry
from codeable.settings import SETTINGS_FILE, Settings, is_study, read_settings
from codeable.text import counted, natural_key


@frozen
class PlannedImport:
    """What an import means, before anything is written.

    Attributes:
        project: What the file holds.
        changes: What it means for each file of the study. `codeable.notes.build.apply` writes them.
        codes: What becomes of the codes.
        sources: What becomes of the sources.
        notes: What becomes of the notes.
        differences: Where the file says something else than the study, which stays as it is.
        messages: What a user must know, in whole sentences.
        not_taken_over: What of the file does not come into the study.
    """

    project: Project
    changes: tuple[Change, ...] = field(repr=False)
    codes: PlannedCodes
    sources: PlannedSources
    notes: PlannedNotes
    differences: tuple[Difference, ...] = ()
    messages: tuple[str, ...] = ()
    not_taken_over: tuple[NotTakenOver, ...] = ()

    @property
    def new_sources(self) -> int:
        """How many sources the study did not have."""
        keys = (each.key for each in self.project.sources if each.key not in self.sources.known)
        return len({self.sources.identifiers[key] for key in keys})

    @property
    def is_complete(self) -> bool:
        """Whether nothing was lost and nothing differs."""
        return not self.differences and not any(each.is_loss for each in self.not_taken_over)


@collector_paused()
def planned_import(
    project: Project, folder: Path, options: ImportOptions, *, with_texts: bool = True
) -> PlannedImport:
    """What the import of a project into a study means. Nothing is written.

    The study is loaded with the changes in a fresh process; nothing of the project is run.

    Args:
        project: The project.
        folder: The folder of the study; without one there a study is started.
        options: What the user chooses.
        with_texts: Whether the whole texts of sources are kept in ``texts/``.

    Raises:
        CodeableError: The study does not load, or would not; nothing can be started in the folder.
    """
    project, number = writable(signed(project))
    replaced = [f"{counted(number, 'character')} that no file can hold: U+FFFD instead"] if number else []
    is_new = not is_study(folder)
    name = project.name if project.has_name and project.name else folder.name
    begun = _begun(folder, name, project) if is_new else {}
    settings = Settings(name=name) if is_new else read_settings(folder)
    registry = Registry.of({}) if is_new else load_folder(folder)
    notes = _forms(begun, folder) if is_new else notes_so_far(folder, settings)
    study = StudyBefore(registry, settings, notes, folder)
    codes = planned_codes(project, study, options)
    sources = planned_sources(project, study, options)
    planned = planned_notes(project, study, options, codes, sources)
    texts = kept_texts(project, sources, folder, with_texts=with_texts)
    files = {**begun, **codes.files, **_note_files(planned, folder), **_empty_note(planned, study)}
    files |= {**texts.files, **_settings_file(planned, study)}
    files, left_out = _with_modules(files, planned, study)
    return PlannedImport(
        project,
        tuple(_changes(files, folder)),
        codes,
        sources,
        planned,
        (*codes.differences, *sources.differences, *planned.differences, *texts.differences),
        (
            *project.messages,
            *replaced,
            *codes.messages,
            *sources.messages,
            *(planned.messages if planned.new or planned.changed else ()),
        ),
        (
            *project.not_taken_over,
            *codes.not_taken_over,
            *planned.not_taken_over,
            *texts.not_taken_over,
            *left_out,
        ),
    )


def _begun(folder: Path, name: str, project: Project) -> Mapping[str, bytes]:
    """The files of the study that is started in a folder."""
    try:
        check_free(folder)
        if any(folder.glob("sources/**/*.md")):
            raise CodeableError(
                f"there are notes in {folder / 'sources'} and no study; start it with `codeable init` first",
                exit_status=2,
            )
        fields = [name for source in project.sources for name in note_fields(source)]
        coded = ["coder"] if any(each.name.strip() for each in project.coders) else []
        files = files_of_new_study(folder, name=name, fields=[*coded, *fields])
    except OSError as error:
        raise CodeableError(
            f"a study cannot be started in {folder}: {reason_of(error)}", exit_status=2
        ) from error
    return {path: text.encode() for path, text in files.items()}


def _forms(begun: Mapping[str, bytes], folder: Path) -> tuple[FieldNote, ...]:
    return tuple(
        read_text(data.decode(), str(folder / path)) for path, data in begun.items() if path.endswith(".md")
    )


def _note_files(planned: PlannedNotes, folder: Path) -> dict[str, bytes]:
    return {path_in(folder, note.path): _encoded(note) for note in planned.written}


def _empty_note(planned: PlannedNotes, study: StudyBefore) -> dict[str, bytes]:
    """The empty note of a study with the fields that its new notes have besides the usual ones.

    They are fields of its sources from now on, for `codeable check` and for the next new note.
    """
    there = {one.name for note in study.notes if note.is_template for one in note.fields}
    fields = dict.fromkeys(
        one.name for note in planned.written for one in note.fields if not one.known and one.name not in there
    )
    if not fields:
        return {}
    form = form_of_study("s", study.notes)
    if form is None:
        path = place_of_new_notes("s", planned.notes, study.folder, study.settings).folder / EMPTY_NOTE
        return {path_in(study.folder, path): form_with(fields).encode()} if not os.path.lexists(path) else {}
    with suppress(CodeableError):  # it is no form that fields can be added to; the check names them
        form = evolve(form, text=with_fields(form, dict.fromkeys(fields, "")))
        return {path_in(study.folder, form.path): _encoded(form)}
    return {}


def _with_modules(
    files: Mapping[str, bytes], planned: PlannedNotes, study: StudyBefore
) -> tuple[dict[str, bytes], list[NotTakenOver]]:
    """The files with the modules that are built from the notes, and what a build leaves out.

    Only the notes of sources are built to which something is added. The study is loaded with all files.
    """
    sources = {note.identifier for note in planned.written}
    notes = [note for note in planned.notes if note.identifier in sources and not note.is_template]
    if not files:
        return {}, []
    built = build(in_coding_order(notes, study.settings), study.folder, beside=files, others_stay=True)
    modules = {one.path: one.after for one in built.changes if one.after is not None}
    left_out = [
        NotTakenOver(one.what, 1, place=shown_place(one.span), reason=one.reason) for one in built.left_out
    ]
    return {**files, **modules}, left_out


def _encoded(note: FieldNote) -> bytes:
    """A note in its own encoding; in UTF-8 where that has no bytes for what is added."""
    encoding = note.encoding
    try:
        return encoding.mark + note.text.encode(encoding.name, encoding.errors)
    except UnicodeEncodeError:
        return note.text.encode()


def _settings_file(planned: PlannedNotes, study: StudyBefore) -> dict[str, bytes]:
    """The settings, where they do not name the place of a new note."""
    new = map(Path, planned.new)
    unnamed = [each for each in new if not is_read_as_note(each, study.folder, study.settings)]
    if not unnamed:
        return {}
    path = study.folder / SETTINGS_FILE
    entries = dict.fromkeys(path_in(study.folder, each.parent) for each in unnamed)
    after = with_entries(read_file(path).decode("utf-8-sig"), list(entries), [])
    if after is None or path.is_symlink():
        raise CodeableError(
            f"nothing was written: {path} does not name the place of the new notes and cannot be changed as "
            f"it is; add to its `notes`: {', '.join(entries)}",
            exit_status=2,
        )
    return {SETTINGS_FILE: after.encode()}


def _changes(files: Mapping[str, bytes], folder: Path) -> Iterator[Change]:
    """What is new or changed; files that are as they would be written are left out."""
    for path, data in sorted(files.items(), key=lambda item: natural_key(item[0])):
        place = folder / path
        before = read_file(place) if os.path.lexists(place) else None
        if before != data:
            yield Change(path, "new" if before is None else "changed", before, data)
