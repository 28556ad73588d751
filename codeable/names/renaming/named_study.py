"""A study with all places of its names: what a rename and a merge work on."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from attrs import define, field

from codeable.errors import CodeableError, reason_of
from codeable.files import read_file
from codeable.names.identifiers import normal
from codeable.names.in_modules import module_name, modules_of_study, occurrences_in_module
from codeable.names.in_notes import occurrences_in_note
from codeable.names.in_settings import occurrences_in_settings
from codeable.names.index import StudyNames
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence
from codeable.notes.decoding import decode
from codeable.notes.model import DeclarationStatement, FieldNote, SourceDeclaration
from codeable.registry import Declaration, Registry
from codeable.settings import SETTINGS_FILE, Settings


@define(eq=False, slots=False)
class NamedStudy:
    """The texts of a study, and its model as it was last loaded.

    Attributes:
        folder: The folder of the study.
        settings: Its settings.
        settings_text: The text of `pyproject.toml`; empty where there is none.
        notes: Its notes.
        modules: File → module.
        registry: The model; None where the study has never loaded.
        known: File → its names, of files in which they were found before.
    """

    folder: Path
    settings: Settings
    settings_text: str = field(repr=False)
    notes: tuple[FieldNote, ...] = field(repr=False)
    modules: Mapping[str, Module] = field(repr=False)
    registry: Registry | None = None
    known: Mapping[str, tuple[Occurrence, ...]] = field(factory=dict, repr=False)

    @property
    def settings_file(self) -> str:
        """The file of the settings."""
        return str(self.folder / SETTINGS_FILE)

    @cached_property
    def occurrences(self) -> Mapping[str, tuple[Occurrence, ...]]:
        """File → its names: of the modules, of the notes, then of the settings."""
        found = {
            path: self.known[path] if path in self.known else self.names_in(module)
            for path, module in self.modules.items()
        }
        for note in self.notes:
            found[note.path] = self.known[note.path] if note.path in self.known else occurrences_in_note(note)
        found[self.settings_file] = occurrences_in_settings(self.settings_file, self.settings_text)
        return found

    @cached_property
    def names(self) -> StudyNames:
        """All names with their places."""
        return StudyNames(self.occurrences, self.settings.renames)

    def names_in(self, module: Module) -> tuple[Occurrence, ...]:
        """The names in a module, which may have another text than that of the study."""
        return occurrences_in_module(module, self.module_name(module.path), self._known_modules)

    def module_name(self, path: str) -> str:
        """The name of a module, with dots."""
        return module_name(path, str(self.folder))

    def places_of(self, name: str) -> list[Occurrence]:
        """Where a name is written, and not an old one that leads to it; no places of other names for it."""
        return [one for one in self.names.of(name) if one.name == name and not one.alias]

    def is_in_note(self, one: Occurrence) -> bool:
        """Whether a name is in a note, and not in a module or the settings."""
        return one.role != "setting" and one.span.path not in self.modules

    def declarations_of(self, name: str) -> list[Declaration]:
        """The elements of this identifier: those of the model, then those that notes declare."""
        found = list(self._of_model.get(name, ()))
        for note in self.notes:
            for one in () if note.is_template else note.statements:
                if isinstance(one, DeclarationStatement) and one.identifier.name == name:
                    kind = one.kind or one.constructor.name
                    found.append(Declaration(name, one.name or None, kind, span=one.identifier.span))
        return found

    def is_source(self, name: str) -> bool:
        """Whether a name is that of a source: of the model, or of a note."""
        declared = (one.kind == "source" for one in self._of_model.get(name, ()))
        return any(declared) or any(name in _sources_of(note) for note in self.notes)

    def identifiers_of(self, display_name: str) -> list[str]:
        """The identifiers of the elements that have a display name."""
        wanted = " ".join(display_name.split()).casefold()
        of_model = ((one.identifier, one.name) for found in self._of_model.values() for one in found)
        of_notes = (
            (one.identifier.name, one.name)
            for note in self.notes
            for one in note.statements
            if isinstance(one, DeclarationStatement)
        )
        pairs = (*of_model, *of_notes)
        named = (identifier for identifier, name in pairs if " ".join(name.split()).casefold() == wanted)
        return list(dict.fromkeys(each for each in named if each is not None))

    def text_of(self, path: str) -> str:
        """The text of a file of the study."""
        if path == self.settings_file:
            return self.settings_text
        module = self.modules.get(path)
        return module.text if module is not None else self._note_of[path].text

    @cached_property
    def _note_of(self) -> Mapping[str, FieldNote]:
        return {note.path: note for note in self.notes}

    @cached_property
    def _known_modules(self) -> frozenset[str]:
        return modules_of_study(self.modules, str(self.folder))

    @cached_property
    def _of_model(self) -> Mapping[str, list[Declaration]]:
        found: dict[str, list[Declaration]] = {}
        for one in self.registry.declarations if self.registry is not None else ():
            for name in dict.fromkeys((one.identifier, *one.aliases)):
                if name is not None:
                    found.setdefault(name, []).append(one)
        return found


def named_study(registry: Registry, notes: tuple[FieldNote, ...], folder: Path) -> NamedStudy:
    """A study as its files are.

    Args:
        registry: The study, as it was loaded just now.
        notes: Its notes.
        folder: Its folder, as its notes and modules name it.

    Raises:
        CodeableError: The settings cannot be read.
    """
    path = folder / SETTINGS_FILE
    try:
        text = decode(read_file(path))[0]
    except FileNotFoundError:
        text = ""
    except OSError as error:
        raise CodeableError(f"{path} cannot be read: {reason_of(error)}") from error
    modules = {str(file): Module(str(file)) for file in registry.files}
    return NamedStudy(folder, registry.settings, text, notes, modules, registry)


def _sources_of(note: FieldNote) -> Iterator[str]:
    if note.is_template:
        return
    if note.identifier is not None:
        yield normal(note.identifier)
    yield from (one.identifier.name for one in note.statements if isinstance(one, SourceDeclaration))
