"""The parent's end of one Graphviz worker: start it, ask it, end it."""

import contextlib
import importlib.util
import marshal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = ["Answer", "LibraryMissingError", "WorkerDiedError", "WorkerProcess", "library_folder"]

LIBRARY = "pygraphviz"
_LAST_SECONDS = 2.0
_SCRIPT = Path(__file__).with_name("graphviz_worker.py")


class LibraryMissingError(Exception):
    """The Graphviz library is not installed, or cannot be loaded by a child process."""


class WorkerDiedError(Exception):
    """The worker ended before it answered; the message tells how."""


@frozen
class Answer:
    """What a worker made of one text.

    Attributes:
        problem: Why there is no result, or None.
        results: The bytes in each of the formats asked for.
        messages: What Graphviz printed meanwhile.
    """

    problem: str | None
    results: tuple[bytes, ...]
    messages: str


def library_folder() -> Path | None:
    """The folder from which the Graphviz library is imported, found without importing it."""
    try:
        found = importlib.util.find_spec(LIBRARY)
    except (ImportError, ValueError):
        return None
    return Path(found.origin).parent.parent if found is not None and found.origin else None


class WorkerProcess:
    """One child process; `ask` blocks and serves one thread at a time, `kill` may be called from any.

    The child is started by its script's path and isolated from the environment, so it also works when the
    user's main program cannot be imported again, from a notebook, and with any way of starting processes.
    """

    def __init__(self) -> None:
        folder = library_folder()
        if folder is None:
            raise LibraryMissingError(f"the package {LIBRARY!r} is not installed")
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        try:
            self._process = subprocess.Popen(
                [_interpreter(), "-I", "-S", str(_SCRIPT), str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        except BaseException:
            self._errors.close()
            raise
        self._greeted = False
        self.pid = self._process.pid

    def ask(self, text: str, formats: tuple[str, ...], dpi: int | None, seconds: float) -> Answer:
        """Draw one text.

        Raises:
            LibraryMissingError: The child could not load the library.
            WorkerDiedError: The child crashed or was killed.
        """
        self.greet()
        try:
            marshal.dump((text, formats, dpi, seconds), self._stream(self._process.stdin))
            self._stream(self._process.stdin).flush()
        except (OSError, ValueError):
            raise WorkerDiedError(self._how_it_ended()) from None
        return self._receive()

    def greet(self) -> str:
        """Wait until the child has loaded the library; the library's version, or empty if greeted before."""
        if self._greeted:
            return ""
        greeting = self._receive()
        if greeting.problem is not None:
            raise LibraryMissingError(greeting.problem)
        self._greeted = True
        return greeting.results[0].decode()

    def kill(self) -> None:
        """End the process now, whatever it is doing; harmless when it has ended."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def close(self) -> None:
        """End the process, wait for its end, and give back its pipes."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            with contextlib.suppress(OSError, ValueError):
                self._stream(stream).close()

    def forget(self) -> None:
        """Drop the pipes without touching the process; for a forked copy of the parent."""
        self._process.returncode = 0
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            with contextlib.suppress(OSError, ValueError):
                self._stream(stream).close()

    def _receive(self) -> Answer:
        try:
            problem, results, messages = marshal.load(self._stream(self._process.stdout))
        except (EOFError, ValueError, TypeError, OSError):
            raise WorkerDiedError(self._how_it_ended()) from None
        return Answer(problem, results, messages)

    def _how_it_ended(self) -> str:
        try:
            status = self._process.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            status = self._process.wait()
        with contextlib.suppress(OSError, ValueError):
            self._errors.seek(0)
            printed = self._errors.read(2000).decode("utf-8", "replace").strip()
            if printed and status > 0:
                return f"it ended with status {status}: {printed.splitlines()[-1]}"
        return f"it was ended by signal {-status}" if status < 0 else f"it ended with status {status}"

    @staticmethod
    def _stream(stream: Any) -> Any:
        assert stream is not None
        return stream


def _interpreter() -> str:
    # In a virtual environment on Windows, `sys.executable` only starts the real interpreter: killing it
    # would leave the drawing process alive.
    base = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    return base or sys.executable
