"""The field notes and modules of a study with their newest texts: of open documents, else of the files.

Each text is read once, as long as it does not change.
"""

import operator
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from attrs import define

from codeable.editor.texts.documents import Document, key_of
from codeable.kernel.bulk_access import collector_paused
from codeable.names.in_modules import module_name, modules_of_study, occurrences_in_module
from codeable.names.in_notes import occurrences_in_note
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence
from codeable.notes.coders import Coders, coded_by
from codeable.notes.decoding import without_surrogates
from codeable.notes.files import in_coding_order, is_read_as_note, note_files_of_study, templates_beside
from codeable.notes.left_overs import without_left_overs
from codeable.notes.model import FieldNote
from codeable.notes.reader import read_or_report, read_text
from codeable.result_cache import ResultCache
from codeable.settings import Settings

Stamp = tuple[int, int] | None
"""The state of a file; None for one that is not there."""


class _HasText(Protocol):
    @property
    def text(self) -> str: ...


T = TypeVar("T", bound=_HasText)


@define(eq=False)
class _Saved(Generic[T]):
    """A file: its `key_of`, the state in which it was last seen, and what it holds, once it was read."""

    key: str
    stamp: Stamp
    content: T | None = None


class _Texts(Generic[T]):
    """The files of one kind with their newest texts. One thread at a time asks for them; another may look.

    Args:
        read: Reads a file.
        read_text: Reads a text, of a file that may have another one.
    """

    def __init__(self, read: Callable[[str], T], read_text: Callable[[str, str], T]) -> None:
        self._read, self._read_text = read, read_text
        self._saved: Mapping[str, _Saved[T]] = {}
        self._open: dict[str, T] = {}
        self._names = ResultCache()

    @property
    def keys(self) -> Mapping[str, str]:
        """File → its `key_of`, as it was found last."""
        return {path: saved.key for path, saved in self._saved.items()}

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """File → the state in which it was last seen."""
        return {path: saved.stamp for path, saved in self._saved.items()}

    def _look_at(self, paths: Iterable[Path]) -> None:
        """Read the files as they are now, as far as they have changed."""
        found: dict[str, _Saved[T]] = {}
        for path in map(str, paths):
            stamp, known = stamp_of(path), self._saved.get(path)
            is_same = known is not None and known.stamp == stamp is not None
            found[path] = known if known is not None and is_same else _Saved(key_of(path), stamp)
            if stamp is not None:
                self._content(path, found[path])
        self._saved = found

    def _newest(self, files: Mapping[str, _Saved[T]], documents: Mapping[str, Document]) -> dict[str, T]:
        """File → what its newest text holds. As long as that is the text of the file, it is what was read."""
        before, self._open = self._open, {}
        found: dict[str, T] = {}
        for path, saved in files.items():
            document = documents.get(saved.key)
            if document is None:
                found[path] = self._content(path, saved)
                continue
            known = (self._content(path, saved) if saved.stamp is not None else None, before.get(path))
            same = (each for each in known if each and without_surrogates(each.text) == document.text)
            found[path] = self._open[path] = next(same, None) or self._read_text(document.text, path)
        return found

    def _content(self, path: str, saved: _Saved[T]) -> T:
        if saved.content is None:
            saved.content = self._read(path)
        return saved.content


class NoteTexts(_Texts[FieldNote]):
    """The notes of one study, or one note without a study.

    Args:
        folder: The folder of the study; None for a note without one.
        alone: The file of that note.
    """

    def __init__(self, folder: Path | None, alone: str = "") -> None:
        super().__init__(lambda path: read_or_report(Path(path)), read_text)
        self._folder, self._alone = folder, alone
        self._last: tuple[FieldNote, ...] = ()
        self._settings: Settings | None = None
        self._notes: tuple[FieldNote, ...] = ()
        self._results = ResultCache()

    @collector_paused()
    def look(self, settings: Settings) -> None:
        """Find and read the files as they are now.

        Raises:
            CodeableError: An entry of the settings matches nothing. What was found before stays.
        """
        self._look_at(self._paths(settings))

    @collector_paused()
    def notes(self, settings: Settings, documents: Mapping[str, Document]) -> tuple[FieldNote, ...]:
        """All notes in the order of coding; the same objects as long as nothing has changed.

        The files are those that `look` has found.
        """
        files = self._saved
        read = tuple(self._newest({**files, **self._new(files, settings, documents)}, documents).values())
        if settings != self._settings or not _are_same(read, self._last):
            self._settings, self._last, self._notes = settings, read, self._in_order(read, settings)
        return self._notes

    def names(self, notes: Iterable[FieldNote]) -> Mapping[str, tuple[Occurrence, ...]]:
        """File → the names in it."""
        found = {note.path: self._names.of(occurrences_in_note, note) for note in notes}
        self._names.forget_unused()
        return found

    def _paths(self, settings: Settings) -> tuple[Path, ...]:
        if self._folder is None:
            note = Path(self._alone)
            has_folder = note.is_absolute() and os.path.isdir(note.parent)  # noqa: PTH112 - never raises
            return note, *(templates_beside([note]) if has_folder else ())
        return note_files_of_study(self._folder, settings)

    def _new(
        self, files: Mapping[str, _Saved[FieldNote]], settings: Settings, documents: Mapping[str, Document]
    ) -> dict[str, _Saved[FieldNote]]:
        """The open documents that would be notes of the study if they were saved."""
        if self._folder is None:
            return {}
        known = {saved.key for saved in files.values()}
        return {
            each.path: _Saved(key, None)
            for key, each in documents.items()
            if key not in known and is_read_as_note(Path(each.path), self._folder, settings)
        }

    def _in_order(self, read: Sequence[FieldNote], settings: Settings) -> tuple[FieldNote, ...]:
        """The notes with their coders, without what is left over from a template."""
        coders = self._results.of(_coders, settings, self._folder, tuple(note.path for note in read))
        coded = [self._results.of(coded_by, note, coders.of(note.path)) for note in read]
        notes = in_coding_order(without_left_overs(coded, results=self._results), settings)
        self._results.forget_unused()
        if self._folder is None:  # the templates beside it say what is left over from them
            return tuple(note for note in notes if note.path == self._alone)
        return notes


def _coders(settings: Settings, folder: Path | None, files: Sequence[str]) -> Coders:
    return Coders(map(Path, files), folder, settings)


def _are_same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


class ModuleTexts(_Texts[Module]):
    """The modules of one study, read and not run.

    Args:
        folder: The folder of the study; None for a note without one.
    """

    def __init__(self, folder: Path | None) -> None:
        super().__init__(Module, lambda text, path: Module(path, text))
        self._folder = str(folder or "")
        self._last: Mapping[str, Module] = {}
        self._importable: frozenset[str] = frozenset()

    def look(self, paths: Iterable[Path]) -> None:
        """Read the files of the modules as they are now."""
        before = self._saved.keys()
        self._look_at(paths)
        if self._saved.keys() != before:
            self._importable = modules_of_study(self._saved, self._folder)

    def modules(self, documents: Mapping[str, Document]) -> Mapping[str, Module]:
        """File → module, with its newest text; the same mapping as long as nothing has changed."""
        found = self._newest(self._saved, documents)
        if found.keys() != self._last.keys() or not _are_same([*found.values()], [*self._last.values()]):
            self._last = found
        return self._last

    def names(self, modules: Mapping[str, Module]) -> Mapping[str, tuple[Occurrence, ...]]:
        """File → the names in it; none while it is no Python."""
        found = {
            path: self._names.of(_names_in, module, self._folder, self._importable)
            for path, module in modules.items()
        }
        self._names.forget_unused()
        return found


def _names_in(module: Module, folder: str, importable: frozenset[str]) -> tuple[Occurrence, ...]:
    return occurrences_in_module(module, module_name(module.path, folder), importable)


def stamp_of(path: str) -> Stamp:
    """The time and the size of a file; None when it is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116  (hundreds of files at each look)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
