"""The entry in the settings of a study that says where its field notes are. `build` adds what is missing."""

import contextlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import evolve

from codeable.errors import CodeableError
from codeable.notes.files import note_files_of_study, notes_of_files
from codeable.notes.model import FieldNote
from codeable.settings import Settings, read_settings

_TABLE = re.compile(
    r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*codeable[ \t]*\][ \t]*(?:#[^\r\n]*)?(?=\r?$)", re.MULTILINE
)
_ENTRY = re.compile(r"^[ \t]*notes[ \t]*=[ \t]*\[", re.MULTILINE)


def notes_with(paths: Sequence[Path], folder: Path) -> tuple[FieldNote, ...]:
    """The notes of a study as they will be when some notes are added to it, in the order of coding.

    Args:
        paths: The notes that are added.
        folder: The study's folder; it need not exist.

    Raises:
        CodeableError: An entry of the settings matches nothing.
    """
    settings = read_settings(folder)
    folders = _missing_folders(paths, folder, settings)
    files = dict.fromkeys(note_files_of_study(folder, settings) if _has_notes(folder, settings) else ())
    for one in folders:
        pattern = f"{one}/*.md" if _real(folder).is_relative_to(one) else str(one)
        with contextlib.suppress(CodeableError):  # no note is there but those that are named
            files |= dict.fromkeys(note_files_of_study(folder, evolve(settings, notes=(pattern,))))
    real = {_real(path): path for path in files} | {_real(path): path for path in paths}
    return notes_of_files(real.values(), folder, settings)


def missing_entries(paths: Iterable[Path], folder: Path, settings: Settings) -> list[str]:
    """What the settings have to name so that the study knows some notes; nothing where it does.

    A folder of notes is named, not each of its notes, so that the study knows notes that are added to it.

    Args:
        paths: The notes.
        folder: The study's folder.
        settings: Its settings.
    """
    entries = (_entry(one, _real(folder)) for one in _missing_folders(paths, folder, settings))
    return [entry for entry in entries if entry not in settings.notes]


def _missing_folders(paths: Iterable[Path], folder: Path, settings: Settings) -> list[Path]:
    known = (
        {_real(path) for path in note_files_of_study(folder, settings)}
        if _has_notes(folder, settings)
        else set()
    )
    new = (path for path in paths if _real(path) not in known and path.exists())
    folders = dict.fromkeys(_real(path).parent for path in new)
    return [
        one for one in folders if not any(one != other and one.is_relative_to(other) for other in folders)
    ]


def _has_notes(folder: Path, settings: Settings) -> bool:
    return bool(settings.notes) or folder.is_dir()


def with_entries(text: str, entries: Sequence[str], defaults: Sequence[str]) -> str | None:
    r"""The settings with more entries in `notes`; none when they cannot be added to the text as it is.

    Args:
        text: The settings file; empty for a new one.
        entries: The entries.
        defaults: What counts as long as `notes` is not there, and has to be named with it.

    Example:
        >>> print(with_entries('[tool.codeable]\nname = "x"', ["notes"], []))
        [tool.codeable]
        notes = ["notes"]
        name = "x"
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    for after in _candidates(text, [*defaults, *entries], newline):
        if set(entries) <= set(_notes_of(after)) and _rest(after) == _rest(text):
            return after
    return None


def _candidates(text: str, entries: Sequence[str], newline: str) -> Iterator[str]:
    """The text with the entries at each place that looks like the right one; it may be in a string."""
    for table in _TABLE.finditer(text):
        end = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, table.end())
        there = _ENTRY.search(text, table.end(), end.start() if end is not None else len(text))
        if there is not None:
            yield text[: there.end()] + _added(text, there.end(), entries) + text[there.end() :]
        else:
            yield f"{text[: table.end()]}{newline}{_line(entries)}{text[table.end() :]}"
    gap = "" if not text.strip() else newline if text.endswith("\n") else newline * 2
    yield f"{text}{gap}[tool.codeable]{newline}{_line(entries)}{newline}"


def _added(text: str, at: int, entries: Sequence[str]) -> str:
    listed = ", ".join(map(toml_text, entries))
    empty = text[at:].lstrip().startswith("]")
    return listed if empty else f"{listed}, "


def _line(entries: Sequence[str]) -> str:
    return f"notes = [{', '.join(map(toml_text, entries))}]"


def _table_of(text: str) -> dict[str, object]:
    try:
        found = tomllib.loads(text).get("tool", {}).get("codeable", {})
    except (ValueError, AttributeError):
        return {}
    return found if isinstance(found, dict) else {}


def _notes_of(text: str) -> list[str]:
    notes = _table_of(text).get("notes", [])
    return notes if isinstance(notes, list) else []


def _rest(text: str) -> dict[str, object]:
    return {key: value for key, value in _table_of(text).items() if key != "notes"}


def _entry(notes: Path, folder: Path) -> str:
    """A folder of notes as the settings name it; only its own notes where the study itself is in it."""
    try:
        entry = Path(os.path.relpath(notes, folder)).as_posix()
    except ValueError:  # on another drive
        entry = notes.as_posix()
    return f"{entry}/*.md" if folder.is_relative_to(notes) else entry


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def toml_text(text: str) -> str:
    r"""A text as TOML writes it.

    Example:
        >>> print(toml_text('a "b"'))
        "a \U00000022b\U00000022"
    """
    escaped = "".join(
        character if character.isprintable() and character not in '"\\' else f"\\U{ord(character):08x}"
        for character in text
    )
    return f'"{escaped}"'
