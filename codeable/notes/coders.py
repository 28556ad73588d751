"""Who coded a note: the note says so, or the settings name the folder, or folders beside each other show it.

Called by `files`.
"""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from attrs import evolve

from codeable.notes.model import FieldNote
from codeable.settings import Settings


class Coders:
    """The coders of the notes in some files.

    Folders beside each other that hold notes of the same file name are those of coders: nobody writes
    `anna/s_1.md` and `ben/s_1.md` about two sources. The settings replace this.

    Args:
        paths: The files of all notes.
        folder: The folder of the study; None for notes without one.
        settings: Its settings.
    """

    def __init__(self, paths: Iterable[Path], folder: Path | None, settings: Settings) -> None:
        root = folder or Path()
        self._places = {os.path.realpath(root / place): name for name, place in settings.coders.items()}
        self._beside = {} if settings.coders else _folders_beside_each_other(paths)
        self._found: dict[str, str | None] = {}

    def with_coder(self, note: FieldNote) -> FieldNote:
        """The note with its coder; a note that names one itself stays as it is."""
        return note if note.coder is not None else coded_by(note, self.of(note.path))

    def of(self, file: str) -> str | None:
        """The coder of a file, as settings or folders show it."""
        if not (self._places or self._beside):
            return None
        if file not in self._found:
            path = Path(os.path.realpath(file))
            named = (name for place, name in self._places.items() if path.is_relative_to(place))
            self._found[file] = next(named, self._beside.get(Path(file).parent))
        return self._found[file]


def coded_by(note: FieldNote, coder: str | None) -> FieldNote:
    """A note with a coder; a note that names one itself stays as it is."""
    return note if coder is None or note.coder is not None else evolve(note, coder=coder)


def _folders_beside_each_other(paths: Iterable[Path]) -> dict[Path, str]:
    """Folder → its name, for the folders of one parent that hold a note of the same file name."""
    same: defaultdict[tuple[Path, str], list[Path]] = defaultdict(list)
    for path in paths:
        same[path.parent.parent, path.name].append(path.parent)
    return {folder: folder.name for folders in same.values() if len(folders) > 1 for folder in folders}
