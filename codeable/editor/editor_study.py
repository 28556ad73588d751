"""One study that is open in the editor: it gives the view of now, and loads the model when asked.

`server` has one for each study of which a file is open.
"""

import threading
from collections.abc import Mapping
from pathlib import Path

from codeable.editor.documents import Document
from codeable.editor.known_codes import CodesByName
from codeable.editor.note_texts import ModuleTexts, NoteTexts
from codeable.editor.study_process import LoadedModel, Loader, LoadProblem
from codeable.editor.study_view import StudyView
from codeable.errors import CodeableError
from codeable.kernel.place import Span
from codeable.loading import module_files
from codeable.settings import SETTINGS_FILE, Settings, read_settings


class EditorStudy:
    """One study. Any thread may ask it.

    Args:
        folder: Its folder; None for notes without a study.
        loader: Loads its model.
    """

    def __init__(self, folder: Path | None, loader: Loader) -> None:
        self.folder = folder
        self._loader = loader
        self._lock = threading.Lock()
        self._notes = NoteTexts(folder)
        self._modules = ModuleTexts()
        self._codes = CodesByName()
        self._model: LoadedModel | None = None
        self._load_problem: LoadProblem | None = None
        self._settings = Settings()
        self._last: StudyView | None = None

    def load(self) -> None:
        """Load the model. When that fails, the last one stays."""
        if self.folder is None:
            return
        loaded = self._loader.load(self.folder)
        with self._lock:
            if isinstance(loaded, LoadedModel):
                self._model, self._load_problem = loaded, None
            else:
                self._load_problem = loaded

    def view(self, documents: Mapping[str, Document]) -> StudyView:
        """The study with the newest texts; the same view as long as nothing has changed.

        Args:
            documents: The open documents.
        """
        with self._lock:
            settings, problem = self._read_settings()
            try:
                notes = self._notes.notes(settings, documents)
            except CodeableError as error:  # an entry of the settings that matches nothing
                notes, problem = (), self._at_settings(error)
            files = tuple(module_files(self.folder, settings, pass_closed=True)) if self.folder else ()
            modules = self._modules.modules(files, documents)
            problem = problem or self._load_problem
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
            )
            return self._last

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
