"""Loads a study in a child process, so that none of its modules runs in the language server.

`Loader` has the next child ready, which has compiled the modules ahead. A child serves one study once:
modules of the next state find nothing that those before have left.
"""

import contextlib
import marshal
import re
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from codeable.editor.study.model_loader import LENGTH_BYTES, MARK
from codeable.engines.child_process import ChildDiedError, ChildProcess, UnavailableError
from codeable.errors import CodeableError
from codeable.exchange.study_json.reader import read_model
from codeable.kernel.place import Span
from codeable.loading import StudyModuleError, existing_folder
from codeable.names.modules import Module
from codeable.settings import SETTINGS_FILE, read_settings
from codeable.study import Study

_FRAME = re.compile(r'^  File "(.*)", line (\d+) in ', re.MULTILINE)
_ESCAPED = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")
"""A frame as `faulthandler` writes it, and a character of its file that is not ASCII."""


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


class _Child(ChildProcess[tuple[str, float], tuple[Any, ...]]):
    """A child process that runs `model_loader.py`."""

    what = "the process that loads the study"

    def __init__(self, folder: Path) -> None:
        super().__init__([sys.executable, "-P", "-m", "codeable.editor.study.model_loader"], own_group=True)
        self.folder = folder
        with contextlib.suppress(OSError):  # a child that has ended says so when it is asked
            self._write(str(folder))

    def _first_answer(self) -> str:
        return "1"

    def running(self) -> tuple[str, int] | None:
        """File and line of the study that were running when the child last said so."""
        _, _, frames = self._error_text().rpartition("Timeout (")
        for path, line in _FRAME.findall(frames):
            file = _ESCAPED.sub(lambda found: chr(int(found[0][2:], 16)), path)
            if Path(file).is_relative_to(self.folder):
                return file, int(line)
        return None

    def _send(self, request: tuple[str, float]) -> None:
        self._write(request)

    def _write(self, value: str | tuple[str, float]) -> None:
        marshal.dump(value, self._to_child)
        self._to_child.flush()

    def _receive(self) -> tuple[Any, ...]:
        mark = self._from_child.read(len(MARK))
        if mark and mark != MARK:
            message = "a module of the study writes to a file that it has not opened: to the language server"
            return "error", message, "", 0
        length = int.from_bytes(self._from_child.read(LENGTH_BYTES))
        return tuple(marshal.loads(self._from_child.read(length)))


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
            except StudyModuleError as error:
                return load_problem(folder, str(error), error.path, error.line)
            except (CodeableError, UnavailableError) as error:
                return load_problem(folder, str(error))

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
            return load_problem(folder, message, path, line)
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
            return child.ask((str(folder), self.seconds))
        except ChildDiedError as death:
            if late.is_set():
                message = f"the modules of the study took longer than {self.seconds:g} s and were stopped"
                path, line = child.running() or ("", 0)
                raise StudyModuleError(message, path, line) from None
            raise CodeableError(f"a module of the study ends the process that loads it{death}") from None
        finally:
            timer.cancel()
            self._working = None
            child.close()


def load_problem(folder: Path, message: str, path: str = "", line: int = 0) -> LoadProblem:
    """A problem at a line; without one, at the settings, which every study has or can have.

    Args:
        folder: The study.
        message: What is wrong. What it says of a place in the settings is taken out of it.
        path: The file.
        line: The line in it, counted from 1; 0 for the file as a whole.
    """
    settings = str(folder / SETTINGS_FILE)
    stated = None if path else re.match(rf"{re.escape(settings)}:(?:(\d+):(?:\d+:)?)? ", message)
    if stated is not None:
        message, line = message[stated.end() :], int(stated[1] or 0)
    at = max(line, 1)
    return LoadProblem(message, Span(path or settings, at, 1, at, 1))
