"""Which study a file belongs to, and whether the study reads it."""

import os
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from codeable.editor.texts.documents import Document, key_of
from codeable.errors import CodeableError
from codeable.files import read_file
from codeable.loading import module_files
from codeable.names.modules import Module
from codeable.notes.files import is_read_as_note, note_files_of_study
from codeable.notes.identity import identifier_of_file, is_template_file
from codeable.notes.reader import read_text
from codeable.settings import SETTINGS_FILE, Settings, has_settings, read_settings, study_above

_TABLE = b"[tool.codeable"
_LONGEST_ALONE = 200_000
_MOST_LOOKED_AT = 500


class StudyFolders:
    """What is known of files, until `forget`."""

    def __init__(self) -> None:
        self._known: dict[str, Path | None] = {}
        self._read: dict[str, bool] = {}

    def of(self, path: str) -> Path | None:
        """The folder of the study that a file is in: the nearest above it."""
        if not Path(path).is_absolute():
            return None
        folder, _ = os.path.split(key_of(path))
        if folder not in self._known:
            self._known[folder] = _nearest(Path(path))
        return self._known[folder]

    def reads(self, path: str) -> bool:
        """Whether the study that a file is in reads it: a note, a module, or its settings."""
        if path not in self._read:
            folder = self.of(path)
            self._read[path] = folder is not None and _reads(folder, path)
        return self._read[path]

    def forget(self) -> None:
        """Look again for the study of each file."""
        self._known.clear()
        self._read.clear()


def _nearest(path: Path) -> Path | None:
    try:
        found = study_above(path)
        return found if found is not None and _is_of_codeable(found) else None
    except (CodeableError, OSError, ValueError):  # settings that are no TOML, perhaps of no study
        return next(filter(_names_codeable, path.parents), None)


def _is_of_codeable(folder: Path) -> bool:
    """Whether a study has settings, or its modules use codeable.

    Many programs have folders with these names; nothing of them may be run or reported.
    """
    if has_settings(folder):
        return True
    try:
        files = [*islice(module_files(folder, Settings(), pass_closed=True), _MOST_LOOKED_AT)]
    except CodeableError:
        return False
    return not files or any("codeable" in Module(str(file)).text for file in files)


def _names_codeable(folder: Path) -> bool:
    """Whether settings that are no TOML have a table of codeable."""
    try:
        return _TABLE in read_file(folder / SETTINGS_FILE)
    except (OSError, ValueError):
        return False


def _reads(folder: Path, path: str) -> bool:
    key = key_of(path)
    if key == key_of(str(folder / SETTINGS_FILE)):
        return True
    try:
        settings = read_settings(folder)
    except CodeableError:
        settings = Settings()
    if path.endswith(".md"):
        return is_read_as_note(Path(path), folder, settings) or _is_among(
            key, lambda: note_files_of_study(folder, settings)
        )
    return path.endswith(".py") and _is_among(key, lambda: module_files(folder, settings, pass_closed=True))


def _is_among(key: str, files: Callable[[], Iterable[Path]]) -> bool:
    try:
        return any(key_of(str(file)) == key for file in files())
    except CodeableError:
        return False


def is_note_alone(document: Document) -> bool:
    """Whether a text in no study is a field note: by its heading or its name, and by what it holds."""
    path, text = document.path, document.text
    is_markdown = path.endswith(".md") or (document.language == "markdown" and not Path(path).is_absolute())
    if not is_markdown or len(text) > _LONGEST_ALONE:
        return False
    is_named = identifier_of_file(path) is not None or is_template_file(path)
    if not is_named and not text.lstrip().startswith("#"):
        return False
    note = read_text(text, path)
    has_number = note.heading is not None and note.heading.number is not None
    holds_something = bool(note.fields or note.coding_span or note.open_traces or note.axial_traces)
    return (is_named or has_number) and holds_something
