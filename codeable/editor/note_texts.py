"""The field notes and modules of a study with their newest texts: of open documents, else of the files.

Each text is read once, as long as it does not change.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import frozen

from codeable.editor.documents import Document, key_of
from codeable.kernel.bulk_access import collector_paused
from codeable.names.in_modules import module_name, modules_of_study, occurrences_in_module
from codeable.names.in_notes import occurrences_in_note
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence
from codeable.notes.coders import Coders
from codeable.notes.decoding import without_surrogates
from codeable.notes.files import GivenNotes, is_read_as_note, note_files_of_study, templates_beside
from codeable.notes.model import FieldNote
from codeable.notes.reader import read_or_report, read_text
from codeable.settings import Settings

Stamp = tuple[int, int] | None
"""The state of a file; None for one that is not there."""


@frozen(eq=False)
class _Read:
    """What was read from a text, and the state of the file then."""

    stamp: Stamp
    text: str
    note: FieldNote


class NoteTexts:
    """The notes of one study, or one note without a study. One thread at a time calls it.

    Args:
        folder: The folder of the study; None for a note without one.
        alone: The file of that note.
    """

    def __init__(self, folder: Path | None, alone: str = "") -> None:
        self._folder, self._alone = folder, alone
        self._read: dict[str, _Read] = {}
        self._last: tuple[tuple[object, ...], tuple[FieldNote, ...]] = ((), ())
        self._names: dict[str, tuple[FieldNote, tuple[Occurrence, ...]]] = {}

    @collector_paused()
    def notes(self, settings: Settings, documents: Mapping[str, Document]) -> tuple[FieldNote, ...]:
        """All notes in the order of coding; the same objects as long as nothing has changed.

        Args:
            settings: The settings of the study.
            documents: The open documents.

        Raises:
            CodeableError: An entry of the settings matches nothing.
        """
        paths = self._paths(settings, documents)
        read = [self._note(str(path), documents.get(key_of(str(path)))) for path in paths]
        key = (settings, *map(id, read))
        if self._last[0] != key:
            coders = Coders(paths, self._folder, settings)
            notes = GivenNotes(map(coders.with_coder, read), settings).all()
            if self._folder is None:  # the templates beside it say what is left over from them
                notes = tuple(note for note in notes if note.path == self._alone)
            self._last = key, notes
            self._read = {path: one for path, one in self._read.items() if Path(path) in set(paths)}
        return self._last[1]

    def names(self, note: FieldNote) -> tuple[Occurrence, ...]:
        """The names in a note."""
        known = self._names.get(note.path)
        if known is None or known[0] is not note:
            known = self._names[note.path] = note, occurrences_in_note(note)
        return known[1]

    def _paths(self, settings: Settings, documents: Mapping[str, Document]) -> tuple[Path, ...]:
        if self._folder is None:
            note = Path(self._alone)
            return note, *(templates_beside([note]) if note.is_absolute() else ())
        found = note_files_of_study(self._folder, settings)
        known = {key_of(str(path)) for path in found}
        new = [
            Path(each.path)
            for key, each in documents.items()
            if key not in known and is_read_as_note(Path(each.path), self._folder, settings)
        ]
        return (*found, *new)

    def _note(self, path: str, document: Document | None) -> FieldNote:
        known = self._read.get(path)
        stamp = stamp_of(path)
        if document is None:
            if known is None or known.stamp != stamp or stamp is None:
                note = read_or_report(Path(path))
                known = self._read[path] = _Read(stamp, note.text, note)
            return known.note
        if known is None or known.text != document.text:
            saved = read_or_report(Path(path)) if known is None and stamp is not None else None
            is_saved = saved is not None and without_surrogates(saved.text) == document.text
            # The file tells of its encoding as well.
            read = saved if saved is not None and is_saved else read_text(document.text, path)
            known = self._read[path] = _Read(None, document.text, read)
        return known.note


class ModuleTexts:
    """The modules of one study, read and not run. One thread at a time calls it.

    Args:
        folder: The folder of the study; None for a note without one.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = str(folder or "")
        self._read: dict[str, tuple[Stamp, Module]] = {}
        self._importable: frozenset[str] = frozenset()
        self._names: dict[str, tuple[Module, tuple[Occurrence, ...]]] = {}

    def modules(self, paths: Iterable[Path], documents: Mapping[str, Document]) -> Mapping[str, Module]:
        """File → module, with its newest text.

        Args:
            paths: The files.
            documents: The open documents.
        """
        found = {str(path): self._module(str(path), documents.get(key_of(str(path)))) for path in paths}
        if self._read.keys() != found.keys() or not self._importable:
            self._read = {path: self._read[path] for path in found}
            self._importable = modules_of_study(found, self._folder)
            self._names.clear()
        return found

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """File → the state in which it is saved, of the modules that were asked for last."""
        return {path: stamp for path, (stamp, _) in self._read.items()}

    def names(self, module: Module) -> tuple[Occurrence, ...]:
        """The names in a module; while it is no Python, those that it had before."""
        known = self._names.get(module.path)
        if known is None or known[0] is not module:
            name = module_name(module.path, self._folder)
            found = occurrences_in_module(module, name, self._importable)
            known = self._names[module.path] = module, found
        return known[1]

    def _module(self, path: str, document: Document | None) -> Module:
        known, stamp = self._read.get(path), stamp_of(path)
        if document is not None:
            module = known[1] if known is not None and known[1].text == document.text else None
            module = module or Module(path, document.text)
        elif known is not None and known[0] == stamp and stamp is not None:
            return known[1]
        else:
            module = Module(path)
        self._read[path] = stamp, module
        return module


def stamp_of(path: str) -> Stamp:
    """The time and the size of a file; None when it is not there."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
