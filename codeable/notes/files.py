"""The field notes of a study, in the order of coding, and the files that are field notes.

Called by the commands and by `Study`.
"""

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from codeable.errors import CodeableError, reason_of
from codeable.kernel.bulk_access import collector_paused
from codeable.notes.coders import Coders
from codeable.notes.identity import identifier_of_file, is_template_file
from codeable.notes.left_overs import without_left_overs
from codeable.notes.model import FieldNote
from codeable.notes.reader import read_or_report, text_of_note
from codeable.settings import SETTINGS_FILE, Settings
from codeable.text import did_you_mean, natural_key

_PATTERN = re.compile(r"[*?\[]")
_NUMBERED = re.compile(r"\s*#[ \t]*(?:source|interview|s|p)[ \t_-]*\d", re.IGNORECASE)
_LONGEST_BEGINNING = 200
_MOST_PLACES = 4096
_NOT_NOTES = frozenset({"readme.md", "index.md", "contributing.md", "changelog.md", "license.md"})


def notes_of_study(folder: Path, settings: Settings) -> tuple[FieldNote, ...]:
    """The field notes of a study in the order of coding, with their coders.

    Args:
        folder: The study's folder.
        settings: Its settings.

    Raises:
        CodeableError: An entry of the settings matches nothing.
    """
    return StudyNotes(folder, settings).all()


class StudyNotes:
    """The field notes of a study, each read when a question first needs it.

    Args:
        folder: The study's folder.
        settings: Its settings.

    Raises:
        CodeableError: An entry of the settings matches nothing.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._paths = note_files_of_study(folder, settings)
        self._coders = Coders(self._paths, folder, settings)
        self._read: dict[Path, FieldNote] = {}

    def all(self) -> tuple[FieldNote, ...]:
        """All notes in the order of coding, with their coders."""
        return self._notes(self._paths)

    def with_words(self, words: Iterable[str]) -> tuple[FieldNote, ...]:
        """The notes whose text holds one of some words, such as the names of a code, in the order of coding.

        A note that is not read here has no statement about a code with these names.
        """
        wanted = tuple(words)
        texts = self._texts.items()
        paths = [path for path, text in texts if any(word in text for word in wanted)]
        return self._notes(paths, self._templates if paths else ())

    @cached_property
    def _texts(self) -> dict[Path, str]:
        """The text of each note, and its normal form: the parser of Python reads names in that."""
        return {path: _with_normal_names(text_of_note(path)) for path in self._paths}

    @cached_property
    def _templates(self) -> tuple[FieldNote, ...]:
        """The templates. A note with a number in the name of its file or in its heading is none."""
        texts = self._texts.items()
        unnumbered = (path for path, text in texts if not _NUMBERED.match(text[:_LONGEST_BEGINNING]))
        notes = self._read_all(path for path in unnumbered if identifier_of_file(str(path)) is None)
        return tuple(note for note in notes if note.is_template)

    def _notes(self, paths: Iterable[Path], templates: Iterable[FieldNote] = ()) -> tuple[FieldNote, ...]:
        notes = without_left_overs(self._read_all(paths), templates)
        return in_coding_order(notes, self._settings)

    def _read_all(self, paths: Iterable[Path]) -> list[FieldNote]:
        found = []
        with collector_paused():
            for path in paths:
                if path not in self._read:
                    self._read[path] = self._coders.with_coder(read_or_report(path))
                found.append(self._read[path])
        return found


class GivenNotes:
    """The field notes of a study that are all read already, as `StudyNotes` gives those in files.

    Args:
        notes: The notes, with their coders; templates are among them.
        settings: The settings of the study.
    """

    def __init__(self, notes: Iterable[FieldNote], settings: Settings) -> None:
        self._notes, self._settings = tuple(notes), settings

    @cached_property
    def _given(self) -> tuple[FieldNote, ...]:
        return in_coding_order(without_left_overs(self._notes), self._settings)

    def all(self) -> tuple[FieldNote, ...]:
        """All notes in the order of coding."""
        return self._given

    def with_words(self, words: Iterable[str]) -> tuple[FieldNote, ...]:
        """The notes whose text holds one of some words."""
        wanted = tuple(words)
        return tuple(
            note for note in self._given if any(word in _with_normal_names(note.text) for word in wanted)
        )


def read_notes(
    paths: Iterable[Path], folder: Path | None = None, settings: Settings | None = None
) -> tuple[FieldNote, ...]:
    """The notes in some files, in this order. One that cannot be read stops no other: it is a problem.

    The template of the study is looked for beside them, because what is left over from it counts nowhere.

    Args:
        paths: The files.
        folder: The folder of the study that they belong to; None without one.
        settings: Its settings.
    """
    files = dict.fromkeys(paths)
    coders = Coders(files, folder, settings or Settings())
    with collector_paused():
        beside = [read_or_report(path) for path in templates_beside(files)]
        notes = [coders.with_coder(read_or_report(path)) for path in files]
        return without_left_overs(notes, beside)


def templates_beside(paths: Collection[Path]) -> tuple[Path, ...]:
    """The templates in the folders of some notes that are not among these."""
    files = frozenset(paths)
    folders = dict.fromkeys(path.parent for path in paths)
    beside = (path for folder in folders for path in sorted(folder.glob("*.md")))
    return tuple(path for path in beside if is_template_file(path.name) and path not in files)


def _with_normal_names(text: str) -> str:
    if text.isascii():
        return text
    normal = unicodedata.normalize("NFKC", text)
    return text if normal == text else f"{text}\n{normal}"


def notes_of_files(paths: Iterable[Path], folder: Path, settings: Settings) -> tuple[FieldNote, ...]:
    """The notes in some files, in the order of coding, with their coders.

    Args:
        paths: The files.
        folder: The folder of the study that they belong to.
        settings: Its settings.
    """
    return in_coding_order(read_notes(paths, folder, settings), settings)


def in_coding_order(notes: Iterable[FieldNote], settings: Settings) -> tuple[FieldNote, ...]:
    """Notes in the order that the settings give, then sources before interviews, each in natural order.

    Of the notes of one source, one that is beside a folder comes before those in it.
    """
    rank = {source: position for position, source in enumerate(settings.order)}

    def position(note: FieldNote) -> tuple[object, ...]:
        name = note.identifier or ""
        return rank.get(name, len(rank)), note.kind == "p", natural_key(name), *_place(note.path)

    return tuple(sorted(notes, key=position))


@lru_cache(maxsize=_MOST_PLACES)
def _place(path: str) -> tuple[object, object]:
    """What the folders and the name of a file are sorted by."""
    *folders, file = map(natural_key, Path(path).parts)
    return folders, file


def note_files_of_study(folder: Path, settings: Settings) -> tuple[Path, ...]:
    """The field notes of a study, in natural order.

    Without settings they are the `*.md` below the folders of its sources and coders, and beside sources
    that are single modules.

    Args:
        folder: The study's folder.
        settings: Its settings; an entry of `notes` is a file, a folder or a pattern, below the folder or
            absolute.

    Raises:
        CodeableError: An entry of the settings matches nothing, or cannot be a file, a folder or a pattern.
    """
    if not settings.notes:
        folders = (*settings.note_folders, *settings.coders.values())
        return _in_order(path for name in folders for path in _below(folder / name))
    return _in_order(path for entry in settings.notes for path in _named(entry, folder))


def is_read_as_note(path: Path, folder: Path, settings: Settings) -> bool:
    """Whether a file would be read as a field note of a study, if it is there or not.

    Args:
        path: The file.
        folder: The study's folder.
        settings: Its settings.

    Example:
        >>> is_read_as_note(Path("study/sources/reports/a.md"), Path("study"), Settings())
        True
        >>> is_read_as_note(Path("study/reports/a.md"), Path("study"), Settings())
        False
    """
    if not path.name.endswith(".md") or path.name.casefold() in _NOT_NOTES:
        return False
    path, folder = Path(os.path.realpath(path)), Path(os.path.realpath(folder))
    entries = settings.notes or (*settings.note_folders, *settings.coders.values())
    for place in (folder / entry for entry in entries):
        if path.is_relative_to(place):
            if not any(part.startswith((".", "_")) for part in path.relative_to(place).parts):
                return True
        elif settings.notes and path.match(str(place)):
            return True
    return False


def _named(entry: str, folder: Path) -> list[Path]:
    """What an entry of the settings names.

    Raises:
        CodeableError: It names nothing, a whole disk, or is no pattern.
    """
    where = f"{folder / SETTINGS_FILE}: notes names {entry!r}, "
    try:
        path = folder / entry
        if path.is_dir():
            if path.resolve() == Path(path.resolve().anchor):
                raise CodeableError(f"{where}the whole disk; name a folder", exit_status=2)
            return _below(path)
        found = [path] if path.is_file() else [each for each in _matches(path) if _may_be_note(each)]
    except (OSError, ValueError, RecursionError) as error:
        raise CodeableError(f"{where}which cannot be looked up: {reason_of(error)}", exit_status=2) from error
    if not found:
        entries = folder.iterdir() if folder.is_dir() else ()
        near = [one.name for one in entries if not one.name.startswith(".")]
        raise CodeableError(f"{where}but nothing is there{did_you_mean(entry, near)}", exit_status=2)
    return found


def _matches(pattern: Path) -> Iterator[Path]:
    """The paths that a pattern matches, searched below its last folder that is no pattern itself."""
    parts = pattern.parts
    fixed = next((at for at, part in enumerate(parts) if _PATTERN.search(part)), len(parts) - 1)
    below = Path(*parts[:fixed])
    if "**" in parts[fixed] and below.resolve() == Path(below.resolve().anchor):
        raise ValueError("it searches the whole disk")
    return below.glob(str(Path(*parts[fixed:])))


def note_files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The field notes that paths name: files, and every `*.md` below folders.

    Raises:
        CodeableError: A path does not exist, or a folder holds no note.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = _below(path)
            if not below:
                raise CodeableError(f"the folder {path} holds no field note (*.md)", exit_status=2)
            found += below
        elif path.exists():
            found.append(path)
        else:
            near = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
            raise CodeableError(
                f"there is no file or folder {path}{did_you_mean(path.name, near)}", exit_status=2
            )
    return _in_order(found)


def _below(folder: Path) -> list[Path]:
    """Every `*.md` below a folder without hidden files and common pages such as a README.

    A folder that cannot be listed is among them: what is in it is missing, and whoever reads it says so.
    """
    unlisted: list[Path] = []

    def keep(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            unlisted.append(Path(error.filename))

    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=keep):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        notes = (name for name in files if name.endswith(".md") and not name.startswith((".", "_")))
        found += [Path(place, name) for name in notes if name.casefold() not in _NOT_NOTES]
    return found + unlisted


def _may_be_note(path: Path) -> bool:
    """Whether it is no folder, and no common page such as a README."""
    return path.name.casefold() not in _NOT_NOTES and not path.is_dir()


def _in_order(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(sorted(dict.fromkeys(paths), key=lambda path: natural_key(path.as_posix())))
