"""One study that is open in the editor: it gives the view of now, and loads the model when asked.

`server` has one for each study of which a file is open.
"""

import contextlib
import operator
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from codeable.editor.study.known_codes import CodesByName
from codeable.editor.study.study_process import LoadedModel, Loader, LoadProblem, load_problem
from codeable.editor.study.study_view import StudyView
from codeable.editor.texts.documents import Document
from codeable.editor.texts.note_texts import ModuleTexts, NoteTexts, Stamp, stamp_of
from codeable.engines.child_process import UnavailableError
from codeable.errors import CodeableError
from codeable.loading import module_files
from codeable.result_cache import ResultCache
from codeable.settings import SETTINGS_FILE, Settings, read_settings


class EditorStudy:
    """One study. Any thread may ask it.

    Args:
        folder: Its folder; None for a note without a study.
        loader: Loads its model.
        alone: The file of a note without a study.
        units: What the protocol counts columns in.
    """

    def __init__(
        self, folder: Path | None, loader: Loader, *, alone: str = "", units: str = "utf-16"
    ) -> None:
        self.folder = folder
        self.loader, self._units = loader, units
        self._lock, self._looking = threading.Lock(), threading.Lock()
        self._notes = NoteTexts(folder, alone)
        self._modules = ModuleTexts(folder)
        self._codes = CodesByName()
        self._files: tuple[Path, ...] = ()
        self._results, self._places = ResultCache(), ResultCache()
        self._model: LoadedModel | None = None
        self._load_problem: LoadProblem | None = None
        self._loaded: Mapping[str, Stamp] | None = None
        self._now: Mapping[str, Stamp] = {}
        self._others: frozenset[str] = frozenset()
        self._settings = Settings()
        self._settings_problem: LoadProblem | None = None
        self._parts: tuple[object, ...] = ()
        self._problem: LoadProblem | None = None
        self._last: StudyView | None = None

    def load(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Load the model. When that fails, the last one stays.

        Args:
            is_wanted: Whether the result counts; not that of a load that was ended for another one.
        """
        if self.folder is None:
            return
        before = self._saved_now()
        try:
            loaded = self.loader.load(self.folder)
        except Exception as error:  # a fault of codeable: it is told, and not met again at each check
            message = f"the study cannot be read: {type(error).__name__}: {error}"
            self._keep(before, load_problem(self.folder, message))
            raise
        if is_wanted():
            self._keep(before, loaded)

    def _keep(self, before: Mapping[str, Stamp], loaded: LoadedModel | LoadProblem) -> None:
        """Remember what was loaded, and from which state of the files."""
        with self._lock:
            if isinstance(loaded, LoadedModel):
                self._model, self._load_problem = loaded, None
                self._others = loaded.files - {str(file) for file in loaded.study.files}
            else:
                self._load_problem = loaded
                self._others |= {loaded.span.path}
            self._loaded = {**self._stamps({}), **before}

    def close(self) -> None:
        """End all child processes."""
        self.loader.close()

    def end_load(self) -> None:
        """End the load that is running; `load` returns at once."""
        self.loader.stop()

    @property
    def is_prepared(self) -> bool:
        """Whether a process is ready for the next load, or there will be none."""
        return self.folder is None or not self.is_loaded or self.loader.is_prepared

    def prepare_load(self) -> None:
        """Have a process ready for the next load."""
        if self.folder is not None:
            with contextlib.suppress(UnavailableError):  # the next load says why
                self.loader.prepare(self.folder)

    @property
    def is_behind(self) -> bool:
        """Whether the last view found modules or settings that were saved since the model was loaded."""
        return self.folder is not None and self._loaded != self._now

    @property
    def is_loaded(self) -> bool:
        """Whether there is a model."""
        return self._model is not None

    def view(self, documents: Mapping[str, Document], *, look: bool = True) -> StudyView:
        """The study with the newest texts; the same view as long as nothing has changed.

        Args:
            documents: The open documents.
            look: Whether to look for what was saved, made or deleted since the last view.
        """
        if look or self._last is None:
            self._look()
        with self._lock:
            settings, problem = self._settings, self._settings_problem or self._load_problem
            notes, modules = self._notes.notes(settings, documents), self._modules.modules(documents)
            parts = settings, notes, modules, self._model
            is_same = problem == self._problem and all(map(operator.is_, parts, self._parts))
            if self._last is not None and is_same:
                self._last.documents = documents
                return self._last
            self._parts, self._problem = parts, problem
            if self._model is not None:
                self._model.study.answer_from(notes)
            self._last = StudyView(
                self.folder,
                settings,
                self._model,
                problem,
                notes,
                modules,
                documents,
                {**self._notes.names(notes), **self._modules.names(modules)},
                self._codes,
                self._units,
                self._results,
                self._places,
                {**self._notes.keys, **self._modules.keys},
            )
            return self._last

    def _saved_now(self) -> Mapping[str, Stamp]:
        """The state in which the model is saved; no note is read for it."""
        folder = self.folder or Path()
        try:
            files = list(map(str, module_files(folder, read_settings(folder), pass_closed=True)))
        except CodeableError:
            return self._look()
        return self._stamps({file: stamp_of(file) for file in files})

    def _stamps(self, modules: Mapping[str, Stamp]) -> Mapping[str, Stamp]:
        """The state in which the settings, the modules and what these import are saved."""
        settings = str((self.folder or Path()) / SETTINGS_FILE)
        return {**{file: stamp_of(file) for file in (settings, *self._others)}, **modules}

    def _look(self) -> Mapping[str, Stamp]:
        """Find and read what is saved; of what is wrong, that of before. Meanwhile views are of before."""
        looks = (self._look_for_settings, self._look_for_notes, self._look_for_modules)
        with self._looking:
            errors = [error for look in looks if (error := _error_in(look)) is not None]
            self._settings_problem = load_problem(self.folder or Path(), str(errors[0])) if errors else None
            self._now = self._stamps(self._modules.stamps)
            return self._now

    def _look_for_settings(self) -> None:
        if self.folder is not None:
            settings = read_settings(self.folder)
            if settings != self._settings:
                self._settings = settings

    def _look_for_notes(self) -> None:
        self._notes.look(self._settings)

    def _look_for_modules(self) -> None:
        """Find the files of the modules; where a folder is gone, what is left of those before."""
        if self.folder is None:
            return
        try:
            self._files = tuple(module_files(self.folder, self._settings, pass_closed=True))
        except CodeableError:
            self._files = tuple(file for file in self._files if file.is_file())
            raise
        finally:
            self._modules.look(self._files)


def _error_in(look: Callable[[], None]) -> CodeableError | None:
    try:
        look()
    except CodeableError as error:
        return error
    return None
