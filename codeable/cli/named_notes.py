"""The field notes that a command works on."""

from collections.abc import Sequence
from pathlib import Path

from codeable.loading import existing_folder
from codeable.notes import FieldNote
from codeable.notes.files import note_files_in, notes_of_study, read_notes
from codeable.settings import read_settings


def notes_named(folder: Path | None, paths: Sequence[Path]) -> list[FieldNote]:
    """The notes that are named, or those of a study.

    Args:
        folder: The study's folder; None when only paths are named.
        paths: Files and folders of notes.

    Raises:
        CodeableError: A path or the folder is missing, or the settings are wrong.
    """
    if folder is not None and not paths:
        existing_folder(folder)
        return list(notes_of_study(folder, read_settings(folder)))
    return list(read_notes(note_files_in(paths)))
