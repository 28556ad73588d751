"""Which study a file belongs to, and whether the study reads it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from codeable.editor.documents import Document, key_of
from codeable.errors import CodeableError
from codeable.loading import module_files
from codeable.notes.files import is_read_as_note, note_files_of_study
from codeable.notes.identity import identifier_of_file, is_template_file
from codeable.notes.reader import read_text
from codeable.settings import SETTINGS_FILE, Settings, read_settings, study_above

_TABLE = "[tool.codeable"
_LONGEST_ALONE = 200_000


class StudyFolders:
    """What is known of files, until `forget`."""

    def __init__(self) -> None:
        self._known: dict[str, Path | None] = {}
        self._read: dict[str, bool] = {}

    def of(self, path: str) -> Path | None:
        """The folder of the study that a file is in: the nearest above it."""
        if path not in self._known:
            self._known[path] = _nearest(Path(path))
        return self._known[path]

    def reads(self, path: str) -> bool:
        """Whether the study that a file is in reads it: a note, a module, or its settings."""
        if path not in self._read:
            folder = self.of(path)
            self._read[path] = folder is not None and _reads(folder, path)
        return self._read[path]

    def forget(self, path: str = "") -> None:
        """Look again for the study of a file, or of all files."""
        if path:
            self._known.pop(path, None)
            self._read.pop(path, None)
        else:
            self._known.clear()
            self._read.clear()


def _nearest(path: Path) -> Path | None:
    if not path.is_absolute():
        return None
    try:
        return study_above(path)
    except (CodeableError, OSError, ValueError):  # settings that are no TOML, perhaps of no study
        return next(filter(_was_meant_as_study, path.parents), None)


def _was_meant_as_study(folder: Path) -> bool:
    try:
        return _TABLE in (folder / SETTINGS_FILE).read_text("utf-8", "replace")
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
    """Whether a text that is in no study is a field note: by its heading or its name, and by what it holds.

    Args:
        document: The text.
    """
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
