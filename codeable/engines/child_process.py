"""Child processes that draw: start, handshake, request and answer, end.

`graphviz` and `plantuml.pipe` define the two kinds of child; `pool` starts and asks them.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from codeable.errors import reason_of

Request = TypeVar("Request")
Answer = TypeVar("Answer")

_LAST_SECONDS = 5.0
_NO_ANSWER = (OSError, EOFError, ValueError, TypeError)
_MOST_ERRORS = 1 << 24


class UnavailableError(Exception):
    """What draws is not installed, or does not start; another attempt would fail too.

    Attributes:
        problem: What is wrong.
        install: The command that brings what is missing, or None.
    """

    def __init__(self, problem: str, install: str | None = None) -> None:
        super().__init__(f"{problem}; install it: {install}" if install else problem)
        self.problem = problem
        self.install = install


class ChildDiedError(Exception):
    """A child process ended before it answered; the message says how.

    Attributes:
        killed: Whether a signal ended it.
    """

    def __init__(self, ending: str, *, killed: bool = False) -> None:  # unpickling passes the ending only
        super().__init__(ending)
        self.killed = killed


class ChildProcess(ABC, Generic[Request, Answer]):
    """One child process. `ask` serves one thread at a time; `kill` may be called from any thread.

    What the child writes to standard error goes to a file, so it can never block, and all of it is there as
    soon as the answer is. A forked copy of this process can only close the object: the child stays with the
    original.

    Attributes:
        what: What messages call the child.

    Args:
        command: The program and its arguments.
        environment: All environment variables of the child; None means those of this process.
        folder: Its working directory; None means that of this process.
        own_group: Whether the child and what it starts form a process group of their own. Ctrl-C does not
            reach it, `kill` ends all of it, and a small shell ends it when this process is killed.

    Raises:
        UnavailableError: The program cannot be started.
    """

    what = "the drawing process"

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        own_group: bool = False,
    ) -> None:
        self._owner = os.getpid()
        self._guard: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        try:
            self._errors = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as the process
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=environment,
                cwd=folder,
                start_new_session=own_group,
            )
        except OSError as error:
            if self._errors is not None:
                self._errors.close()
            raise UnavailableError(f"{command[0]} cannot be started: {reason_of(error)}") from None
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._to_child: Any = self._child.stdin
        self._from_child: Any = self._child.stdout
        self.pid = self._child.pid
        self.version: str | None = None
        """What the child says of itself; None until the handshake."""
        self.is_spent = False
        """Whether the child has answered for the last time."""
        if own_group and sys.platform != "win32":
            try:
                self._guard = _guard(self.pid)
            except BaseException:
                self.close()
                raise

    @property
    def is_own(self) -> bool:
        """Whether this process started the child, not the process of which this is a forked copy."""
        return self._owner == os.getpid()

    def handshake(self) -> None:
        """Wait until the child is ready to draw, and learn its version.

        Raises:
            UnavailableError: It cannot draw, or it ended by itself.
            ChildDiedError: It was killed.
        """
        if self.version is None:
            try:
                self.version = self._first_answer()
            except _NO_ANSWER:
                death = self._death()
                if death.killed:
                    raise death from None
                raise UnavailableError(f"{self.what} does not start{death}") from None

    def ask(self, request: Request) -> Answer:
        """Send a request and wait for its answer.

        Raises:
            ChildDiedError: The child crashed or was killed.
        """
        try:
            self._forget_errors()
            self._send(request)
            return self._receive()
        except _NO_ANSWER:
            raise self._death() from None

    def kill(self) -> None:
        """End the process now, whatever it is doing; harmless when it has ended."""
        if not self.is_own:
            return
        with contextlib.suppress(OSError):
            if self._guard is not None and sys.platform != "win32":
                os.killpg(self.pid, signal.SIGKILL)
            else:
                self._child.kill()

    def close(self) -> None:
        """End the process, wait for its end, and give back its pipes."""
        streams = [self._to_child, self._from_child, self._errors]
        if self.is_own:
            self.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(_LAST_SECONDS)
            # Last: should an interrupt end this method half way, the guard still ends the group.
            guard, self._guard = self._guard, None
            if guard is not None:
                guard.kill()
                guard.communicate()
        else:
            self._child.returncode = 0
            if self._guard is not None:
                self._guard.returncode = 0
                streams.append(self._guard.stdin)
            # A thread that the copy does not have may hold the lock of a buffer for ever.
            streams = [getattr(stream, "raw", stream) for stream in streams]
        for stream in streams:
            with contextlib.suppress(OSError, ValueError):
                stream.close()

    @abstractmethod
    def _first_answer(self) -> str:
        """Wait for the first answer and return the version; raises as `_receive`, or `UnavailableError`."""

    @abstractmethod
    def _send(self, request: Request) -> None:
        """Write a request to the child."""

    @abstractmethod
    def _receive(self) -> Answer:
        """Read an answer; raises `EOFError` at the end, `ValueError` or `TypeError` for nonsense."""

    def _ending(self, status: int | None, errors: str) -> str:
        """How the child ended, from its exit status and what it wrote to standard error; follows `what`."""
        if status is None:
            return ": it could not be ended"
        if status < 0:
            return f": it was ended by signal {-status}"
        last = errors.strip().splitlines()[-1:]
        return f": it ended with status {status}{f': {last[0]}' if last and status else ''}"

    def _error_text(self) -> str:
        """What the child wrote to standard error since the last request."""
        assert self._errors is not None
        if sys.platform == "win32":
            self._errors.seek(0)
            return self._errors.read(_MOST_ERRORS).decode("utf-8", "replace")
        return os.pread(self._errors.fileno(), _MOST_ERRORS, 0).decode("utf-8", "replace")

    def _forget_errors(self) -> None:
        """Empty the file of standard error; parent and child share its position."""
        assert self._errors is not None
        self._errors.seek(0)
        self._errors.truncate()

    def _death(self) -> ChildDiedError:
        """How the child ended; it gets a moment to end by itself, then it is killed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(_LAST_SECONDS / 2)
        status = self._child.returncode
        if status is None:
            self.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                status = self._child.wait(_LAST_SECONDS / 2)
        errors = ""
        with contextlib.suppress(OSError, ValueError):
            errors = self._error_text()
        # A shell around the program reports a signal by a status above 128.
        killed = status is not None and (status < 0 or status > 128)
        return ChildDiedError(self._ending(status, errors), killed=killed)


def _guard(group: int) -> "subprocess.Popen[bytes]":
    """A shell that ends a process group when this process is gone, even killed: then its input ends."""
    return subprocess.Popen(
        ["/bin/sh", "-c", 'read _; kill -9 -"$1"', "sh", str(group)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
