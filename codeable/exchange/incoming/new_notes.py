"""New field notes of an import, begun as `codeable notes new` begins them: the study's form, its places."""

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import evolve

from codeable.errors import CodeableError
from codeable.exchange.incoming.planned import StudyBefore
from codeable.exchange.project import ProjectSource
from codeable.notes.known_metadata import known_metadata, usual_metadata
from codeable.notes.metadata import field_name
from codeable.notes.model import FieldNote
from codeable.notes.new_note import FORM, new_note, note_identifier, value_for_note
from codeable.notes.note_places import NotePlace, form_of_study, place_of_new_notes
from codeable.notes.reader import read_text
from codeable.text import folded, free_name, slug

_LONGEST_FOLDER = 60
"""The characters of the folder of a coder; file systems have names of 255 bytes."""


def note_fields(source: ProjectSource) -> Mapping[str, str]:
    """The fields of the note of a source, with their values; its name is the title where it has no other.

    Example:
        >>> note_fields(ProjectSource("1", "Interview.docx", metadata={"url": "", "author": "A  B"}))
        {'author': 'A B', 'title': 'Interview.docx'}
        >>> note_fields(ProjectSource("1", "p", metadata={"Role": "a", "role": "x", "Coder": "B"}))
        {'role': 'a', 'role 2': 'x', 'variable coder': 'B', 'title': 'p'}
    """
    values: dict[str, str] = {}
    for field, value in source.metadata.items():
        if value.strip():
            values[free_name(field_name(field), values.__contains__, "{} {}")] = " ".join(value.split())
    name = " ".join(source.name.split())
    if not name and values.keys().isdisjoint(("title", "url", "doi")):  # it has to be found again
        name = f"Unnamed source {source.key}"
    if not values.get("title") and name != source.identifier:
        values["title"] = name
    return {field: value for field, value in values.items() if value}


class NewNotes:
    """Begins the new notes of one import.

    Args:
        study: The study that they come into.

    Attributes:
        escaped: The fields whose values would be Markdown, and begin with a backslash.
        left_out: The fields whose values no note can hold.
    """

    def __init__(self, study: StudyBefore) -> None:
        self.escaped: list[str] = []
        self.left_out: list[str] = []
        self._study = study
        self._forms: dict[str, FieldNote] = {}
        self._places: dict[tuple[str, Path | None], NotePlace] = {}
        self._taken = {folded(note.path) for note in study.notes}

    def note(
        self,
        source: ProjectSource,
        identifier: str,
        coder: str | None,
        others: Sequence[FieldNote],
        *,
        is_known: bool,
    ) -> FieldNote:
        """An empty note of a source.

        Args:
            source: The source.
            identifier: Its identifier in the study.
            coder: Whose note it is.
            others: The notes of the source that are there.
            is_known: Whether the study has the source.
        """
        kind, number = note_identifier(identifier)
        if kind not in self._forms:
            self._forms[kind] = form_of_study(kind, self._study.notes) or read_text(FORM)
        form = self._forms[kind]
        registry = self._study.registry if is_known else None
        name, known = known_metadata(identifier, others, registry, form)
        usual = usual_metadata(kind, form) if source.identifier is None else {}
        given = {**usual, **note_fields(source), **known}
        if coder is not None:
            given["coder"] = coder
        text = new_note(form, kind, number, self._as_values(form, given, identifier), name)
        newline = form.encoding.newline
        if read_text(text).coding_span is None:
            text = f"{text.rstrip()}{newline}{newline}# coding{newline}"
        path = str(self._path(kind, number, coder, bool(others)))
        self._taken.add(folded(path))
        return evolve(read_text(text, path), coder=coder)

    def _as_values(self, form: FieldNote, given: Mapping[str, str], identifier: str) -> dict[str, str]:
        """The fields as a note can hold them. A value that would be Markdown begins with a backslash."""
        kind, number = note_identifier(identifier)
        with contextlib.suppress(CodeableError):  # nearly always; one by one takes long
            new_note(form, kind, number, given)
            return dict(given)
        values: dict[str, str] = {}
        for name, value in given.items():
            held = value_for_note(form, name, value)
            if held is not None:
                values[name] = held
            if held != value:
                (self.left_out if held is None else self.escaped).append(f"{name} of {identifier}")
        return values

    def _path(self, kind: str, number: str, coder: str | None, is_further: bool) -> Path:
        """The file of a new note: in the folder of the coder, where the settings or other coders have one.

        It is never in the folder of another coder.
        """
        folder, settings = self._study.folder, self._study.settings
        own = folder / settings.coders[coder] if coder is not None and coder in settings.coders else None
        if (kind, own) not in self._places:
            self._places[kind, own] = place_of_new_notes(kind, self._study.notes, folder, settings, own)
        path = self._places[kind, own].path(kind, number)
        is_of_other = path.parent in {folder / each for each in settings.coders.values()} - {own}
        is_apart = is_further or (is_of_other and coder is not None)
        if is_apart and is_of_other:
            path = path.parent.parent / path.name
        if is_apart and own is None and coder is not None:
            path = path.parent / slug(coder)[:_LONGEST_FOLDER] / path.name
        return path.with_stem(free_name(path.stem, lambda stem: self._is_taken(path.with_stem(stem))))

    def _is_taken(self, path: Path) -> bool:
        return folded(str(path)) in self._taken or os.path.lexists(path)
