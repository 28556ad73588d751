"""The field notes and modules of a study with their newest texts: of open documents, else of the files.

Each text is read once, as long as it does not change.
"""

import operator
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

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


@define(eq=False)
class _Saved:
    """A file: its `key_of`, the state in which it was last seen, and its note, once it was read."""

    key: str
    stamp: Stamp
    note: FieldNote | None = None


@define(eq=False)
class _SavedModule:
    """The same of a module."""

    key: str
    stamp: Stamp
    module: Module | None = None


class NoteTexts:
    """The notes of one study, or one note without a study. One thread at a time asks for them.

    Args:
        folder: The folder of the study; None for a note without one.
        alone: The file of that note.

    Attributes:
        keys: File → its `key_of`, as it was found last.
    """

    def __init__(self, folder: Path | None, alone: str = "") -> None:
        self.keys: Mapping[str, str] = {}
        self._folder, self._alone = folder, alone
        self._saved: dict[str, _Saved] = {}
        self._open: dict[str, FieldNote] = {}
        self._read: tuple[FieldNote, ...] = ()
        self._settings: Settings | None = None
        self._notes: tuple[FieldNote, ...] = ()
        self._results, self._names = ResultCache(), ResultCache()

    @collector_paused()
    def look(self, settings: Settings) -> None:
        """Find and read the files as they are now. Another thread may ask for the notes meanwhile.

        Raises:
            CodeableError: An entry of the settings matches nothing. What was found before stays.
        """
        found: dict[str, _Saved] = {}
        for path in map(str, self._paths(settings)):
            stamp, known = stamp_of(path), self._saved.get(path)
            is_same = known is not None and known.stamp == stamp is not None
            found[path] = known if known is not None and is_same else _Saved(key_of(path), stamp)
            if stamp is not None:
                _saved_note(path, found[path])
        self._saved = found
        self.keys = {path: saved.key for path, saved in found.items()}

    @collector_paused()
    def notes(self, settings: Settings, documents: Mapping[str, Document]) -> tuple[FieldNote, ...]:
        """All notes in the order of coding; the same objects as long as nothing has changed.

        The files are those that `look` has found.
        """
        saved_files = self._saved
        new = self._new(saved_files, settings, documents)
        before, self._open = self._open, {}
        read = tuple(
            _saved_note(path, saved)
            if (document := documents.get(saved.key)) is None
            else self._open_note(path, saved, document, before.get(path))
            for path, saved in (saved_files | new).items()
        )
        if settings != self._settings or not _are_same(read, self._read):
            self._settings, self._read, self._notes = settings, read, self._in_order(read, settings)
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
        self, files: Mapping[str, _Saved], settings: Settings, documents: Mapping[str, Document]
    ) -> dict[str, _Saved]:
        """The open documents that would be notes of the study if they were saved."""
        if self._folder is None:
            return {}
        known = {saved.key for saved in files.values()}
        return {
            each.path: _Saved(key, None)
            for key, each in documents.items()
            if key not in known and is_read_as_note(Path(each.path), self._folder, settings)
        }

    def _open_note(self, path: str, saved: _Saved, document: Document, before: FieldNote | None) -> FieldNote:
        """The note of an open document. As long as it is that of the file, this tells of its encoding."""
        saved_note = _saved_note(path, saved) if saved.stamp is not None else None
        known = (each for each in (saved_note, before) if each is not None and _has_text(each, document))
        note = self._open[path] = next(known, None) or read_text(document.text, path)
        return note

    def _in_order(self, read: Sequence[FieldNote], settings: Settings) -> tuple[FieldNote, ...]:
        """The notes with their coders, without what is left over from a template."""
        coders = self._results.of(_coders, settings, self._folder, tuple(note.path for note in read))
        coded = [self._results.of(coded_by, note, coders.of(note.path)) for note in read]
        notes = in_coding_order(without_left_overs(coded, results=self._results), settings)
        self._results.forget_unused()
        if self._folder is None:  # the templates beside it say what is left over from them
            return tuple(note for note in notes if note.path == self._alone)
        return notes


def _has_text(note: FieldNote, document: Document) -> bool:
    return without_surrogates(note.text) == document.text


def _saved_note(path: str, saved: _Saved) -> FieldNote:
    if saved.note is None:
        saved.note = read_or_report(Path(path))
    return saved.note


def _coders(settings: Settings, folder: Path | None, files: Sequence[str]) -> Coders:
    return Coders(map(Path, files), folder, settings)


def _are_same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


class ModuleTexts:
    """The modules of one study, read and not run. One thread at a time asks for them.

    Args:
        folder: The folder of the study; None for a note without one.

    Attributes:
        keys: File → its `key_of`, as it was found last.
    """

    def __init__(self, folder: Path | None) -> None:
        self.keys: Mapping[str, str] = {}
        self._folder = str(folder or "")
        self._saved: dict[str, _SavedModule] = {}
        self._open: dict[str, Module] = {}
        self._last: Mapping[str, Module] = {}
        self._importable: frozenset[str] = frozenset()
        self._names = ResultCache()

    def look(self, paths: Iterable[Path]) -> None:
        """Read the files of the modules as they are now. Another thread may ask for the modules meanwhile."""
        found: dict[str, _SavedModule] = {}
        for path in map(str, paths):
            stamp, known = stamp_of(path), self._saved.get(path)
            is_same = known is not None and known.stamp == stamp is not None
            found[path] = known if known is not None and is_same else _SavedModule(key_of(path), stamp)
            _saved_module(path, found[path])
        if found.keys() != self._saved.keys():
            self._importable = modules_of_study(found, self._folder)
        self._saved = found
        self.keys = {path: saved.key for path, saved in found.items()}

    def modules(self, documents: Mapping[str, Document]) -> Mapping[str, Module]:
        """File → module, with its newest text; the same mapping as long as nothing has changed."""
        before, self._open = self._open, {}
        found = {
            path: _saved_module(path, saved)
            if (document := documents.get(saved.key)) is None
            else self._open_module(path, saved, document, before.get(path))
            for path, saved in self._saved.items()
        }
        if found.keys() != self._last.keys() or not _are_same([*found.values()], [*self._last.values()]):
            self._last = found
        return self._last

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """File → the state in which it was last seen."""
        return {path: saved.stamp for path, saved in self._saved.items()}

    def names(self, modules: Mapping[str, Module]) -> Mapping[str, tuple[Occurrence, ...]]:
        """File → the names in it; none while it is no Python."""
        found = {
            path: self._names.of(_names_in, module, self._folder, self._importable)
            for path, module in modules.items()
        }
        self._names.forget_unused()
        return found

    def _open_module(
        self, path: str, saved: _SavedModule, document: Document, before: Module | None
    ) -> Module:
        known = before or saved.module
        is_same = known is not None and known.text == document.text
        module = self._open[path] = known if known is not None and is_same else Module(path, document.text)
        return module


def _saved_module(path: str, saved: _SavedModule) -> Module:
    if saved.module is None:
        saved.module = Module(path)
    return saved.module


def _names_in(module: Module, folder: str, importable: frozenset[str]) -> tuple[Occurrence, ...]:
    return occurrences_in_module(module, module_name(module.path, folder), importable)


def stamp_of(path: str) -> Stamp:
    """The time and the size of a file; None when it is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116  (hundreds of files at each look)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
