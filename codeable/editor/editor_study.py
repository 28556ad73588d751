"""One study that is open in the editor: it gives the view of now, and loads the model when asked.

`server` has one for each study of which a file is open.
"""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from codeable.editor.documents import Document
from codeable.editor.known_codes import CodesByName
from codeable.editor.note_texts import ModuleTexts, NoteTexts, Stamp, stamp_of
from codeable.editor.study_process import LoadedModel, Loader, LoadProblem
from codeable.editor.study_view import StudyView
from codeable.errors import CodeableError
from codeable.kernel.place import Span
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
        self._loader, self._units = loader, units
        self._lock = threading.Lock()
        self._notes = NoteTexts(folder, alone)
        self._modules = ModuleTexts(folder)
        self._codes = CodesByName()
        self._files: tuple[Path, ...] = ()
        self._results = ResultCache()
        self._model: LoadedModel | None = None
        self._load_problem: LoadProblem | None = None
        self._loaded: Mapping[str, Stamp] | None = None
        self._now: Mapping[str, Stamp] = {}
        self._others: frozenset[str] = frozenset()
        self._settings = Settings()
        self._last: StudyView | None = None

    def load(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Load the model. When that fails, the last one stays.

        Args:
            is_wanted: Whether the result counts; not that of a load that was ended for another one.
        """
        if self.folder is None:
            return
        with self._lock:
            self._read_settings()
            self._find_modules()
            before = self._stamps({str(file): stamp_of(str(file)) for file in self._files})
        try:
            loaded = self._loader.load(self.folder)
        except Exception as error:  # a fault of codeable: it is told, and not met again at each check
            message = f"the study cannot be read: {type(error).__name__}: {error}"
            self._keep(before, self._at_settings(CodeableError(message)))
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

    def end_load(self) -> None:
        """End the load that is running; `load` returns at once."""
        self._loader.stop()

    @property
    def is_behind(self) -> bool:
        """Whether the last view found modules or settings that were saved since the model was loaded."""
        return self.folder is not None and self._loaded != self._now

    @property
    def is_loaded(self) -> bool:
        """Whether there is a model."""
        return self._model is not None

    def view(self, documents: Mapping[str, Document]) -> StudyView:
        """The study with the newest texts; the same view as long as nothing has changed.

        Args:
            documents: The open documents.
        """
        with self._lock:
            settings, problem = self._read_settings()
            try:
                notes = self._notes.notes(settings, documents)
            except CodeableError as error:  # an entry of the settings matches nothing
                notes, problem = self._last.notes if self._last else (), problem or self._at_settings(error)
            problem = problem or self._find_modules() or self._load_problem
            modules = self._modules.modules(self._files, documents)
            self._now = self._stamps(self._modules.stamps)
            if self._last is not None and _is_same(
                self._last, settings, problem, notes, modules, self._model
            ):
                self._last.documents = documents
                return self._last
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
                {note.path: self._notes.names(note) for note in notes}
                | {path: self._modules.names(module) for path, module in modules.items()},
                self._codes,
                self._units,
                self._results,
            )
            return self._last

    def _stamps(self, modules: Mapping[str, Stamp]) -> Mapping[str, Stamp]:
        """The state in which the settings, the modules and what these import are saved."""
        settings = str((self.folder or Path()) / SETTINGS_FILE)
        return {**{file: stamp_of(file) for file in (settings, *self._others)}, **modules}

    def _find_modules(self) -> LoadProblem | None:
        """Find the files of the modules; where a folder is gone, what is left of those before."""
        if self.folder is None:
            return None
        try:
            self._files = tuple(module_files(self.folder, self._settings, pass_closed=True))
        except CodeableError as error:
            self._files = tuple(file for file in self._files if file.is_file())
            return self._at_settings(error)
        return None

    def _read_settings(self) -> tuple[Settings, LoadProblem | None]:
        """The settings as they are saved; while they are wrong, those before."""
        if self.folder is None:
            return self._settings, None
        try:
            self._settings = read_settings(self.folder)
        except CodeableError as error:
            return self._settings, self._at_settings(error)
        return self._settings, None

    def _at_settings(self, error: CodeableError) -> LoadProblem:
        return LoadProblem(str(error), Span(str((self.folder or Path()) / SETTINGS_FILE), 1, 1, 1, 1))


def _is_same(
    view: StudyView,
    settings: Settings,
    problem: LoadProblem | None,
    notes: object,
    modules: Mapping[str, object],
    model: LoadedModel | None,
) -> bool:
    """Whether a view is still that of now."""
    return (
        view.notes is notes
        and view.model is model
        and view.problem == problem
        and view.settings == settings
        and view.modules.keys() == modules.keys()
        and all(view.modules[path] is module for path, module in modules.items())
    )
