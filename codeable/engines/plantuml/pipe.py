"""One PlantUML process that lives for a whole run: texts go into its standard input, pictures come out.

Three threads feed and drain the three pipes, so that none of them can fill up and stop both sides for good.
"""

import contextlib
import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

__all__ = ["PipeDiedError", "PipeProcess", "PipeTimeoutError"]

_CHUNK = 1 << 16
_KEPT_COMPLAINTS = 40
_LONGEST_COMPLAINT = 1000
_LARGEST_ANSWER = 1 << 28
_WAIT_FOR_LAST_WORDS = 1.0
_WAIT_FOR_THE_END = 5.0


class PipeDiedError(Exception):
    """The process ended before it answered.

    Attributes:
        status: Its exit status; negative for a signal.
        complaints: The last lines that it wrote to standard error.
    """

    def __init__(self, status: int | None, complaints: tuple[str, ...]) -> None:
        super().__init__(status, complaints)
        self.status = status
        self.complaints = complaints


class PipeTimeoutError(Exception):
    """The process did not answer in time and has been killed."""


class PipeProcess:
    """A child process that answers each text with bytes and a delimiter of its own.

    Args:
        command: The program and its arguments; `-pipe` and the delimiter are added.
        environment: All its environment variables.
        folder: Its working directory.

    Raises:
        OSError: The program cannot be started.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self._delimiter = f"codeable-{secrets.token_hex(16)}"
        arguments = [*command, "-pipe", "-pipenostderr", "-pipedelimitor", self._delimiter]
        # A session of its own keeps Ctrl-C away from it and lets its own children be ended with it.
        self._child = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment),
            cwd=folder,
            bufsize=0,
            start_new_session=True,
        )
        if self._child.stdin is None or self._child.stdout is None or self._child.stderr is None:
            raise AssertionError("a pipe was asked for")
        self._to_child: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._from_child: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._complaints: deque[str] = deque(maxlen=_KEPT_COMPLAINTS)
        self._left_over = b""
        # At exit, and when the object is dropped, the child ends too.
        guard = _guard(self._child.pid)
        self._finalizer = weakref.finalize(self, _end, self._child, guard, self._to_child, os.getpid())
        self._listener = threading.Thread(
            target=_listen, args=(self._child.stderr, self._complaints), daemon=True
        )
        self._listener.start()
        threading.Thread(target=_feed, args=(self._child.stdin, self._to_child), daemon=True).start()
        threading.Thread(target=_drain, args=(self._child.stdout, self._from_child), daemon=True).start()

    @property
    def pid(self) -> int:
        """The process id of the child."""
        return self._child.pid

    def exchange(self, text: bytes, timeout: float) -> bytes:
        """Send one text and wait for its answer, without the delimiter.

        Raises:
            PipeTimeoutError: There is no answer after `timeout` seconds; the process is killed.
            PipeDiedError: The process ended instead of answering.
        """
        deadline = time.monotonic() + timeout
        self._to_child.put(text)
        try:
            return self._answer(deadline)
        except BaseException:
            # Whatever it would still answer must not be taken for the answer to the next text.
            self.kill()
            raise

    def _answer(self, deadline: float) -> bytes:
        delimiter = self._delimiter.encode()
        answer = bytearray(self._left_over)
        searched = 0
        while (end := answer.find(delimiter, searched)) < 0:
            searched = max(0, len(answer) - len(delimiter))
            try:
                chunk = self._from_child.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise PipeTimeoutError from None
            if not chunk:
                raise self._death()
            answer += chunk
            if len(answer) > _LARGEST_ANSWER:
                raise PipeDiedError(None, (f"it wrote more than {_LARGEST_ANSWER:,} bytes",))
        self._left_over = bytes(answer[end + len(delimiter) :])
        return bytes(answer[:end]).lstrip(b"\r\n")

    def kill(self) -> None:
        """End the process and every process that it started."""
        self._finalizer()

    def _death(self) -> PipeDiedError:
        self._listener.join(_WAIT_FOR_LAST_WORDS)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(_WAIT_FOR_LAST_WORDS)
        return PipeDiedError(self._child.returncode, tuple(self._complaints))


def _guard(group: int) -> "subprocess.Popen[bytes] | None":
    """A shell that ends the group of a child when this process is gone, even killed: its input then ends."""
    if sys.platform == "win32":
        return None
    return subprocess.Popen(
        ["/bin/sh", "-c", 'read _; kill -9 -"$1"', "sh", str(group)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _end(
    child: "subprocess.Popen[bytes]",
    guard: "subprocess.Popen[bytes] | None",
    to_child: "queue.SimpleQueue[bytes | None]",
    owner: int,
) -> None:
    if os.getpid() != owner:
        return
    to_child.put(None)
    if sys.platform == "win32":
        child.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(_WAIT_FOR_THE_END)
    # Last, for when an interrupt ends this function half way, it is what still ends the child.
    if guard is not None:
        guard.kill()
        guard.communicate()


def _feed(pipe: IO[bytes], texts: "queue.SimpleQueue[bytes | None]") -> None:
    with contextlib.suppress(OSError, ValueError), pipe:
        while (text := texts.get()) is not None:
            rest = memoryview(text)
            while rest:
                rest = rest[pipe.write(rest) :]


def _drain(pipe: IO[bytes], chunks: "queue.SimpleQueue[bytes]") -> None:
    with contextlib.suppress(OSError, ValueError), pipe:
        while chunk := pipe.read(_CHUNK):
            chunks.put(chunk)
    chunks.put(b"")


def _listen(pipe: IO[bytes], lines: "deque[str]") -> None:
    with contextlib.suppress(OSError, ValueError), pipe:
        while line := pipe.readline(_LONGEST_COMPLAINT):
            if text := line.decode("utf-8", "replace").strip():
                lines.append(text)
