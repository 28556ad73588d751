"""The parent's end of one worker: a child process that holds a native library; start it, ask it, end it."""

import contextlib
import importlib.util
import marshal
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = ["Answer", "LibraryMissingError", "WorkerDiedError", "WorkerProcess", "library_folder"]

_LAST_SECONDS = 2.0


class LibraryMissingError(Exception):
    """The library is not installed, or cannot be loaded by a child process."""


class WorkerDiedError(Exception):
    """The worker ended before it answered; the message tells how."""


@frozen
class Answer:
    """What a worker made of one text.

    Attributes:
        problem: Why there is no result, or None.
        results: The bytes in each of the formats asked for.
        messages: What the library printed meanwhile.
    """

    problem: str | None
    results: tuple[bytes, ...]
    messages: str


def library_folder(library: str) -> Path | None:
    """The folder from which a library is imported, found without importing it."""
    try:
        found = importlib.util.find_spec(library)
    except (ImportError, ValueError):
        return None
    return Path(found.origin).parent.parent if found is not None and found.origin else None


class WorkerProcess:
    """One child process; `ask` blocks and serves one thread at a time, `kill` may be called from any.

    The child is started by its script's path and isolated from the environment, so it also works when the
    user's main program cannot be imported again, from a notebook, and with any way of starting processes.
    It ends by itself when this process does. A forked copy of this process can only close it, which leaves
    the child to the original.

    Args:
        script: The file that the child runs; it speaks as `graphviz_worker` does.
        library: The package it needs; the folder of that is its first argument.
        arguments: Those after that.

    Raises:
        LibraryMissingError: The package is not installed.
        OSError: No process can be started.
    """

    def __init__(self, script: Path, library: str, *arguments: str) -> None:
        folder = library_folder(library)
        if folder is None:
            raise LibraryMissingError(f"the package {library!r} is not installed")
        self._owner = os.getpid()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        try:
            self._process = subprocess.Popen(
                [_interpreter(), "-I", "-S", str(script), str(folder), *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        except BaseException:
            self._errors.close()
            raise
        self._greeted = False
        self.pid = self._process.pid

    @property
    def is_own(self) -> bool:
        """Whether this process started it, not the one that this is a forked copy of."""
        return self._owner == os.getpid()

    def ask(self, *request: Any) -> Answer:
        """Draw one text; what belongs to a request is for the script to say.

        Raises:
            LibraryMissingError: The child could not load the library.
            WorkerDiedError: The child crashed or was killed.
        """
        self.greet()
        try:
            marshal.dump(request, self._stream(self._process.stdin))
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
        if self.is_own:
            with contextlib.suppress(OSError):
                self._process.kill()

    def close(self) -> None:
        """End the process, wait for its end, and give back its pipes."""
        streams = [self._process.stdin, self._process.stdout, self._errors]
        if self.is_own:
            self._status()
        else:
            self._process.returncode = 0
            # A thread that the copy does not have may hold the lock of a buffer for ever.
            streams = [getattr(stream, "raw", stream) for stream in streams]
        for stream in streams:
            with contextlib.suppress(OSError, ValueError):
                self._stream(stream).close()

    def _receive(self) -> Answer:
        try:
            problem, results, messages = marshal.load(self._stream(self._process.stdout))
        except (EOFError, ValueError, TypeError, OSError):
            raise WorkerDiedError(self._how_it_ended()) from None
        return Answer(problem, results, messages)

    def _how_it_ended(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_SECONDS)
        status = self._status()
        if status is None:
            return "it could not be ended"
        with contextlib.suppress(OSError, ValueError):
            self._errors.seek(0)
            printed = self._errors.read(2000).decode("utf-8", "replace").strip()
            if printed and status > 0:
                return f"it ended with status {status}: {printed.splitlines()[-1]}"
        return f"it was ended by signal {-status}" if status < 0 else f"it ended with status {status}"

    def _status(self) -> int | None:
        """The exit status of the process, killed if it still runs; None if even that does not help."""
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(_LAST_SECONDS)
        return None

    @staticmethod
    def _stream(stream: Any) -> Any:
        assert stream is not None
        return stream


def _interpreter() -> str:
    # In a virtual environment on Windows, `sys.executable` only starts the real interpreter: killing it
    # would leave the drawing process alive.
    base = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    return base or sys.executable
