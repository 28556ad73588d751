"""Where a new field note belongs and how its file is called: as the study's other notes.

`codeable notes new` and the import of projects begin notes with it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import evolve, frozen

from codeable.notes.files import notes_of_study
from codeable.notes.model import FieldNote
from codeable.settings import Settings

_STEM = re.compile(r"(?P<kind>[sp])(?P<between>[ _-]?)(?P<number>\d\w*)?", re.IGNORECASE)


def notes_so_far(folder: Path, settings: Settings) -> Sequence[FieldNote]:
    """The notes of a study to which notes are added. A folder in the settings may not be there yet.

    Args:
        folder: The study's folder.
        settings: Its settings.

    Raises:
        CodeableError: A pattern of the settings matches nothing.
    """
    there = tuple(entry for entry in settings.notes if not _is_missing_folder(folder / entry))
    if settings.notes and not there:
        return ()
    return notes_of_study(folder, evolve(settings, notes=there))


def form_of_study(kind: str, notes: Iterable[FieldNote], of_coder: Path | None = None) -> FieldNote | None:
    """The empty note of a study: one in the coder's folder, one of the same kind, else any.

    Args:
        kind: ``s`` for a source, ``p`` for an interview.
        notes: The notes of the study.
        of_coder: The coder's folder.
    """
    forms = [note for note in notes if note.is_template]
    forms.sort(
        key=lambda note: (of_coder is not None and Path(note.path).parent != of_coder, note.kind != kind)
    )
    return next(iter(forms), None)


@frozen
class NotePlace:
    """Where new notes belong and how their files are called: `s_45.md` beside `s_44.md`.

    Attributes:
        folder: The folder.
        between: What is between kind and number.
    """

    folder: Path
    between: str

    def path(self, kind: str, number: str) -> Path:
        """The file of a new note: of the source ``s`` 45, or the interview ``p`` 7."""
        return self.folder / f"{kind}{self.between}{number}.md"


def place_of_new_notes(
    kind: str, notes: Sequence[FieldNote], folder: Path, settings: Settings, of_coder: Path | None = None
) -> NotePlace:
    """Where new notes of a kind belong.

    Args:
        kind: ``s`` for a source, ``p`` for an interview.
        notes: The notes of the study.
        folder: The study's folder.
        settings: Its settings.
        of_coder: The coder's folder; without it notes are beside the empty note, or where most notes are.
    """
    form = form_of_study(kind, notes, of_coder)
    target = of_coder or _folder_of_notes(form, notes) or _default_folder(folder, settings)
    return NotePlace(target, _between([*([form] if form is not None else []), *notes]))


def _is_missing_folder(path: Path) -> bool:
    return not path.suffix and not re.search(r"[*?\[]", str(path)) and not path.exists()


def _folder_of_notes(form: FieldNote | None, notes: Sequence[FieldNote]) -> Path | None:
    """The folder of the study's empty note, else the one with most notes."""
    if form is not None:
        return Path(form.path).parent
    folders = Counter(Path(note.path).parent for note in notes)
    return max(folders, key=folders.__getitem__) if folders else None


def _default_folder(folder: Path, settings: Settings) -> Path:
    """Where the notes of a study without notes belong."""
    named = next((folder / entry for entry in settings.notes if _is_missing_folder(folder / entry)), None)
    return named or folder / (*settings.note_folders, *Settings().sources)[0]


def _between(notes: Iterable[FieldNote]) -> str:
    """What most files of notes have between kind and number."""
    stems = (_STEM.fullmatch(Path(note.path).stem) for note in notes)
    between = Counter(stem["between"] for stem in stems if stem is not None)
    return max(between, key=between.__getitem__) if between else ""
