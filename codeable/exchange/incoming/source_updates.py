"""Empty fields of field notes, filled in with what a file says of their sources (`import --update`)."""

from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from codeable.errors import CodeableError
from codeable.exchange.incoming.study_sources import StudySource
from codeable.files import path_in
from codeable.notes.metadata import SYNONYMS
from codeable.notes.model import FieldNote
from codeable.notes.new_note import with_fields
from codeable.text import counted_names, first_few


@frozen
class FilledNotes:
    """The notes with fields filled in, and what a user must know.

    Attributes:
        texts: Path of a note from the study's folder on → its text.
        messages: What was filled in, and what cannot be.
    """

    texts: Mapping[str, str] = field(repr=False)
    messages: tuple[str, ...] = ()


def filled_notes(missing: Mapping[str, tuple[StudySource, dict[str, str]]], folder: Path) -> FilledNotes:
    """Fill in the notes of sources. What is written in a note is never changed.

    Args:
        missing: Identifier → source of the study, and the fields of which it says nothing.
        folder: The folder of the study.
    """
    texts: dict[str, str] = {}
    filled: list[str] = []
    refused: list[str] = []
    for identifier, (source, fields) in missing.items():
        if not source.notes:
            refused.append(f"{identifier} has no note; `codeable notes new {identifier}` begins one")
        for note in source.notes:
            made = _filled(note, fields)
            if made is None:
                refused.append(f"{path_in(folder, note.path)} cannot hold {', '.join(fields)}")
            else:
                texts[path_in(folder, note.path)] = made
        if any(path_in(folder, note.path) in texts for note in source.notes):
            filled += [f"{name} of {identifier}" for name in fields]
    done = counted_names(filled, "field is filled in", "fields are filled in")
    failed = (f"not filled in: {first_few(refused)}",) if refused else ()
    return FilledNotes(texts, (*done, *failed))


def _filled(note: FieldNote, fields: Mapping[str, str]) -> str | None:
    """The text of a note with fields filled in; None where it would not be read back."""
    if note.encoding.errors != "strict":
        return None
    try:
        return with_fields(note, {_name_in(note, name): value for name, value in fields.items()})
    except CodeableError:
        return None


def _name_in(note: FieldNote, name: str) -> str:
    """The name that the note has for a field, such as `authors`."""
    return next((each for each in SYNONYMS.get(name, ()) if each in note.metadata), name)
