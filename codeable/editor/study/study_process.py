"""Loads a study in a child process, so that none of its modules runs in the language server.

`Loader` has the next child ready, which has compiled the modules ahead. A child serves one study once:
modules of the next state find nothing that those before have left.
"""

import contextlib
import marshal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from codeable.engines.child_process import ChildDiedError, ChildProcess, UnavailableError
from codeable.errors import CodeableError
from codeable.exchange.study_json.reader import read_model
from codeable.kernel.place import Span
from codeable.loading import existing_folder
from codeable.names.modules import Module
from codeable.settings import read_settings
from codeable.study import Study


@frozen(eq=False)
class LoadedModel:
    """The model of a study, as its modules were when it was loaded.

    Attributes:
        study: The study; its modules did not run in this process.
        modules: File → module, with the text that was loaded.
        files: All files that were run, also those that only modules import.
    """

    study: Study
    modules: Mapping[str, Module] = field(repr=False)
    files: frozenset[str] = field(default=frozenset(), repr=False)


@frozen
class LoadProblem:
    """Why a study does not load.

    Attributes:
        message: Why.
        span: Where; the first line of the settings where no module is at fault.
    """

    message: str
    span: Span


class _Child(ChildProcess[str, tuple[Any, ...]]):
    """A child process that runs `model_loader.py`."""

    what = "the process that loads the study"

    def __init__(self, folder: Path) -> None:
        super().__init__([sys.executable, "-P", "-m", "codeable.editor.study.model_loader"], own_group=True)
        self.folder = folder
        with contextlib.suppress(OSError):  # a child that has ended says so when it is asked
            self._send(str(folder))

    def _first_answer(self) -> str:
        return "1"

    def _send(self, request: str) -> None:
        marshal.dump(request, self._to_child)
        self._to_child.flush()

    def _receive(self) -> tuple[Any, ...]:
        return tuple(marshal.load(self._from_child))


class Loader:
    """Loads studies, one at a time. Any thread may call it; `stop` ends what is loading.

    Args:
        seconds: How long the modules of a study may take.
    """

    def __init__(self, seconds: float = 30.0) -> None:
        self.seconds = seconds
        self._one_at_a_time, self._starting = threading.Lock(), threading.Lock()
        self._working: _Child | None = None
        self._next: _Child | None = None
        self._closed = False

    def prepare(self, folder: Path) -> None:
        """Have a child ready that will load the study in a folder.

        Raises:
            UnavailableError: It cannot be started.
        """
        with self._starting:
            if self._next is not None and self._next.folder != folder:
                self._next.close()
                self._next = None
            if self._next is None and not self._closed:
                self._next = _Child(folder)
                if self._closed:  # meanwhile
                    self.close()

    @property
    def is_prepared(self) -> bool:
        """Whether a child is ready."""
        return self._next is not None

    def load(self, folder: Path) -> LoadedModel | LoadProblem:
        """The model of the study in a folder, or why there is none."""
        with self._one_at_a_time:
            try:
                return self._load(folder)
            except (CodeableError, UnavailableError) as error:
                return _problem(folder, str(error))

    def stop(self) -> None:
        """End what is loading; `load` returns at once."""
        if self._working is not None:
            self._working.kill()

    def close(self) -> None:
        """End all children."""
        self._closed = True
        for child in (self._working, self._next):
            if child is not None:
                child.close()
        self._working = self._next = None

    def _load(self, folder: Path) -> LoadedModel | LoadProblem:
        settings = read_settings(existing_folder(folder))
        kind, *answer = self._answer(folder)
        if kind == "error":
            message, path, line = answer
            return _problem(folder, message, path, line)
        document, modules = answer
        study = read_model(document, Study, folder, settings, modules)
        files = list(dict.fromkeys(map(str, study.files)))
        return LoadedModel(study, {file: Module(file) for file in files}, frozenset(modules.values()) - {""})

    def _answer(self, folder: Path) -> tuple[Any, ...]:
        self.prepare(folder)
        child, self._next = self._next, None
        if child is None:
            raise CodeableError("the editor has closed the study")
        self._working = child
        late = threading.Event()

        def give_up() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self.seconds, give_up)
        timer.start()
        try:
            return child.ask(str(folder))
        except ChildDiedError as death:
            if late.is_set():
                message = f"the modules of the study took longer than {self.seconds:g} s and were stopped"
                raise CodeableError(message) from None
            raise CodeableError(f"a module of the study ends the process that loads it{death}") from None
        finally:
            timer.cancel()
            self._working = None
            child.close()


def _problem(folder: Path, message: str, path: str = "", line: int = 0) -> LoadProblem:
    """A problem at a line; without one, at the settings, which every study has or can have."""
    file = path or str(folder / "pyproject.toml")
    at = max(line, 1)
    return LoadProblem(message, Span(file, at, 1, at, 1))
