"""The field notes and modules of a study with their newest texts: of open documents, else of the files.

Each text is read once, as long as it does not change.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import frozen

from codeable.editor.documents import Document, key_of
from codeable.kernel.bulk_access import collector_paused
from codeable.names.in_modules import occurrences_in_module
from codeable.names.in_notes import occurrences_in_note
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence
from codeable.notes.coders import Coders
from codeable.notes.files import GivenNotes, is_read_as_note, note_files_of_study
from codeable.notes.model import FieldNote
from codeable.notes.reader import read_or_report, read_text
from codeable.settings import Settings

_Stamp = tuple[int, int] | None


@frozen(eq=False)
class _Read:
    """What was read from a text, and the state of the file then."""

    stamp: _Stamp
    text: str
    note: FieldNote


class NoteTexts:
    """The notes of one study. One thread at a time calls it.

    Args:
        folder: The folder of the study; None for single notes without one.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
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
            return tuple(Path(each.path) for each in documents.values() if each.path.endswith(".md"))
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
        stamp = _stamp(path)
        if document is None:
            if known is None or known.stamp != stamp or stamp is None:
                note = read_or_report(Path(path))
                known = self._read[path] = _Read(stamp, note.text, note)
            return known.note
        if known is None or known.text != document.text:
            saved = read_or_report(Path(path)) if known is None and stamp is not None else None
            is_saved = saved is not None and saved.text == document.text
            # The file tells of its encoding as well.
            read = saved if saved is not None and is_saved else read_text(document.text, path)
            known = self._read[path] = _Read(None, document.text, read)
        return known.note


class ModuleTexts:
    """The modules of one study, read and not run. One thread at a time calls it."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[_Stamp, Module]] = {}
        self._names: dict[str, tuple[Module, tuple[Occurrence, ...]]] = {}

    def modules(self, paths: Iterable[Path], documents: Mapping[str, Document]) -> Mapping[str, Module]:
        """File → module, with its newest text.

        Args:
            paths: The files.
            documents: The open documents.
        """
        found = {str(path): self._module(str(path), documents.get(key_of(str(path)))) for path in paths}
        self._read = {path: self._read[path] for path in found}
        return found

    def names(self, module: Module) -> tuple[Occurrence, ...]:
        """The names in a module; while it is no Python, those that it had before."""
        known = self._names.get(module.path)
        if known is None or known[0] is not module:
            known = self._names[module.path] = module, occurrences_in_module(module)
        return known[1]

    def _module(self, path: str, document: Document | None) -> Module:
        known = self._read.get(path)
        stamp = _stamp(path) if document is None else None
        if document is not None:
            if known is None or known[1].text != document.text:
                known = self._read[path] = stamp, Module(path, document.text)
        elif known is None or known[0] != stamp or stamp is None:
            known = self._read[path] = stamp, Module(path)
        return known[1]


def _stamp(path: str) -> _Stamp:
    """The time and the size of a file; None when it is not there."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
