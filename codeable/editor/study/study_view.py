"""One study as it is at one moment: its model as last loaded, its notes and modules with their newest texts.

Every feature of the server answers from it. It does not change; the next change makes another one.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from attrs import define, field

from codeable.checks.context import Context
from codeable.checks.undeclared import UnloadedNames
from codeable.dsl import fresh_vocabulary
from codeable.editor.study.known_codes import CodesByName, KnownCode, declared_in
from codeable.editor.study.study_process import LoadedModel, LoadProblem
from codeable.editor.texts.documents import Document, key_of
from codeable.kernel.place import Span
from codeable.names.index import StudyNames
from codeable.names.modules import Module
from codeable.names.occurrence import Occurrence
from codeable.notes.mentions import current_name
from codeable.notes.model import FieldNote
from codeable.registry import Registry
from codeable.result_cache import ResultCache
from codeable.settings import Settings
from codeable.study import Study

_WORD = re.compile(r"\w*")
_END_OF_WORD = re.compile(r"\w*\Z")


@define(eq=False, slots=False)
class StudyView:
    """A study at one moment.

    Attributes:
        folder: The folder of the study; None for notes without a study.
        settings: Its settings.
        model: The model as last loaded; None before, and where the study never loaded.
        problem: Why it does not load as it is saved now.
        notes: The notes in the order of coding.
        modules: File → module, with its newest text.
        documents: The open documents, by `key_of` their files.
        occurrences: File → the names in it.
        known: Gives what is known of the codes; it remembers what the texts of the view before said.
        units: What the protocol counts columns in.
        results: What the checks of the views before have found in single notes.
        places: The same of the places of names.
        keys: File → its `key_of`, as far as it is known, which takes long to find.
    """

    folder: Path | None
    settings: Settings
    model: LoadedModel | None
    problem: LoadProblem | None
    notes: tuple[FieldNote, ...]
    modules: Mapping[str, Module]
    documents: Mapping[str, Document]
    occurrences: Mapping[str, tuple[Occurrence, ...]]
    known: CodesByName = field(factory=CodesByName)
    units: str = "utf-16"
    results: ResultCache = field(factory=ResultCache)
    places: ResultCache = field(factory=ResultCache)
    keys: Mapping[str, str] = field(factory=dict)

    @property
    def study(self) -> Study | None:
        """The study as last loaded; its answers about notes are of the notes of that moment."""
        return self.model.study if self.model is not None else None

    @cached_property
    def names(self) -> StudyNames:
        """All names with their places."""
        return StudyNames(self.occurrences, self.settings.renames, self.places)

    @cached_property
    def codes(self) -> Mapping[str, KnownCode]:
        """Identifier → what is known of the element, of the model, the notes and the modules together."""
        return self.known.of(self.study, self.notes, self.modules.values(), self.settings.renames)

    def code(self, name: str) -> KnownCode | None:
        """What is known of a name, which may be an old one or an alias."""
        return self.codes.get(current_name(self.settings.renames, name))

    def note(self, path: str) -> FieldNote | None:
        """The note in a file."""
        return self._note_of.get(self._key_of(path))

    def module(self, path: str) -> Module | None:
        """The module in a file."""
        return self._module_of.get(self._key_of(path))

    def reads(self, path: str) -> bool:
        """Whether a file is a note or a module of the study."""
        return self.note(path) is not None or self.module(path) is not None

    def document(self, path: str) -> Document:
        """The text of a note or a module, open or not, to find places in."""
        known = self.documents.get(self._key_of(path)) or self._saved.get(path)
        if known is None:
            read = self.note(path) or self.module(path)
            if read is None:  # such as the settings, of which a change makes no other view
                return Document.of(path, Module(path).text, None, self.units)
            known = self._saved[path] = Document.of(path, read.text, None, self.units)
        return known

    def names_in(self, document: Document) -> tuple[Occurrence, ...]:
        """The names in a note or a module."""
        found = self.note(document.path) or self.module(document.path)
        return self.occurrences.get(found.path, ()) if found is not None else ()

    def declarations(self, name: str) -> list[Span]:
        """Where a name is declared: in modules, then in notes."""
        spans = [one.span for one in self.names.declarations(name)]
        return sorted(spans, key=lambda span: self.module(span.path) is None)

    def context(self, proceed: Callable[[], None]) -> Context:
        """What a check needs; `proceed` may end it."""
        if self.model is not None:
            modules, unloaded_names = self.model.modules, self._unloaded_names(self.model.modules)
            return Context(self.notes, self.study, modules, proceed, self.results, unloaded_names)
        if self.folder is None:
            return Context(self.notes, None, proceed=proceed, results=self.results)
        unloaded = Registry(fresh_vocabulary(), {}, folder=self.folder, settings=self.settings)
        return Context(self.notes, unloaded, proceed=proceed, results=self.results)

    def _unloaded_names(self, loaded: Mapping[str, Module]) -> UnloadedNames:
        """What open modules declare otherwise than when they were loaded, as far as their text tells."""
        added: set[str] = set()
        gone: set[str] = set()
        for path, module in self.modules.items():
            before = loaded.get(path)
            is_loaded = before is not None and before.text == module.text
            if is_loaded or module.tree is None or self._key_of(path) not in self.documents:
                continue
            names = declared_in(module).keys()
            added |= names
            gone |= declared_in(before).keys() - names if before is not None else set()
        gone = {name for name in gone if name not in self.codes or self.codes[name].module is None}
        return UnloadedNames(frozenset(added), frozenset(gone))

    @property
    def waits_for_model(self) -> bool:
        """Whether the study has modules, none of which is known otherwise than by its text."""
        return self.model is None and bool(self.modules)

    @cached_property
    def _saved(self) -> dict[str, Document]:
        """The texts that are not open, as far as they were asked for."""
        return {}

    @cached_property
    def context_for_answers(self) -> Context:
        """What the rules know of the study, for features that ask them."""
        return self.context(_never_ended)

    def answer_from(self, context: Context) -> None:
        """Answer from what a check has found out, which has come to its end."""
        context.proceed = _never_ended
        self.context_for_answers = context

    @cached_property
    def _note_of(self) -> Mapping[str, FieldNote]:
        return {self._key_of(note.path): note for note in self.notes}

    @cached_property
    def _module_of(self) -> Mapping[str, Module]:
        return {self._key_of(path): module for path, module in self.modules.items()}

    def _key_of(self, path: str) -> str:
        return self.keys.get(path) or key_of(path)


def _never_ended() -> None:
    """Nothing ends an answer."""


@define(eq=False, slots=False)
class Cursor:
    """A place in a file of a study, at which a feature is asked.

    Attributes:
        view: The study.
        document: The file, with its newest text.
        offset: The character in it.
    """

    view: StudyView
    document: Document
    offset: int

    @property
    def path(self) -> str:
        """The file, as the study names it."""
        found = self.note or self.module
        return found.path if found is not None else self.document.path

    @cached_property
    def note(self) -> FieldNote | None:
        """The note that the file is; None for a module."""
        return self.view.note(self.document.path)

    @cached_property
    def module(self) -> Module | None:
        """The module that the file is; None for a note."""
        return self.view.module(self.document.path)

    @cached_property
    def occurrence(self) -> Occurrence | None:
        """The name at the place."""
        return self.view.names.at(self.path, self.offset)

    @cached_property
    def line(self) -> int:
        """The line of the place, counted from 0."""
        return self.document.lines.line_at(self.offset)

    @property
    def column(self) -> int:
        """How many characters of the line are before the place."""
        return self.offset - self.document.lines.starts[self.line]

    @property
    def line_before(self) -> str:
        """The text of the line before the place."""
        return self.document.lines.lines[self.line][: self.column]

    @property
    def line_behind(self) -> str:
        """The text of the line behind the place."""
        return self.document.lines.lines[self.line][self.column :]

    @property
    def word(self) -> tuple[int, int]:
        """Where the word at the place begins and ends; twice the place where there is none."""
        before, behind = _END_OF_WORD.search(self.line_before), _WORD.match(self.line_behind)
        start = self.offset - (len(before[0]) if before else 0)
        return start, self.offset + (len(behind[0]) if behind else 0)
