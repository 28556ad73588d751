"""Restores what modules of a study do to the interpreter that runs them, and to the current folder.

`load_folder`, `codeable.compat` and the language server use this.
"""

import builtins
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO


@contextlib.contextmanager
def interpreter_restored(*, only_loads: bool = True) -> Iterator[None]:
    """Undo what modules do to the current folder and to `sys.path`.

    While a command of codeable loads modules, what they print goes to stderr: stdout has the answer of the
    command, and its arguments are not theirs. In a notebook or a program output stays on stdout.

    Args:
        only_loads: Whether the modules are loaded for their elements; a script that runs keeps its stdout.
    """
    search_path, current = sys.path[:], _current_folder()
    try:
        with contextlib.ExitStack() as stack:
            if only_loads and _is_in_command():
                stack.enter_context(_output_on_stderr())
                stack.enter_context(_no_arguments())
            yield
    finally:
        if sys.path != search_path:
            sys.path[:] = search_path
        if current is not None and _current_folder() != current:
            with contextlib.suppress(OSError):
                os.chdir(current)


_end_process = os._exit
"""The real one, also for a thread that begins while another one loads a study."""
_streams_of_studies: list[object] = []
"""What modules have put in the place of stdout and stderr: where such a stream ends, it closes the file."""


class python_restored:  # noqa: N801 - used as a statement; a generator would ask errors of a study for more
    """Undo what modules do to Python: built-in names, finders, the recursion limit, closed streams.

    Nothing of codeable would work after a module that replaces `isinstance` or empties `sys.meta_path`.

    Args:
        only_loads: Whether the modules are loaded for their elements; `os._exit` is a `SystemExit` then.
    """

    def __init__(self, *, only_loads: bool = True) -> None:
        self._only_loads = only_loads

    def __enter__(self) -> None:
        self._names, self._limit = dict(vars(builtins)), sys.getrecursionlimit()
        self._finders, self._path, self._argv = sys.meta_path, sys.path, sys.argv
        self._found, self._streams = sys.meta_path[:], (sys.stdout, sys.stderr)
        self._process = os.getpid()
        if self._only_loads:
            os._exit = self._stop

    def _stop(self, status: int) -> NoReturn:
        if os.getpid() != self._process:  # one that the study has started
            _end_process(status)
        raise SystemExit(status)

    def __exit__(self, *_: object) -> None:
        vars(builtins).update(self._names)
        sys.setrecursionlimit(max(self._limit, sys.getrecursionlimit()))
        os._exit = _end_process
        now = sys.meta_path if isinstance(sys.meta_path, list) else []
        if any(each not in now for each in self._found):
            now = [*(each for each in now if each not in self._found), *self._found]
        self._finders[:], sys.meta_path = now, self._finders
        if isinstance(sys.path, list):
            self._path[:] = sys.path
        sys.path, sys.argv = self._path, self._argv
        stdout, stderr = self._streams
        sys.stdout, sys.stderr = _usable(sys.stdout, stdout, 1), _usable(sys.stderr, stderr, 2)


def _usable(stream: TextIO, before: TextIO, number: int) -> TextIO:
    """A stream that modules have left, or the one that was there before, or one that writes to its file."""
    if stream is not before:
        _streams_of_studies.append(stream)
    for each in (stream, before):
        with contextlib.suppress(AttributeError, ValueError):  # no stream, or one without its buffer
            if not each.closed:
                return each
    if before is None:
        return before
    try:
        return open(number, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
    except OSError:
        return before


@contextlib.contextmanager
def _output_on_stderr() -> Iterator[None]:
    """Send to stderr what is written to stdout, also by other programs that are started inside."""
    sys.stdout.flush()
    try:
        stdout = os.dup(1)
        os.dup2(2, 1)
    except OSError:  # one of the two is closed
        stdout = None
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    finally:
        if stdout is not None:
            os.dup2(stdout, 1)
            os.close(stdout)


@contextlib.contextmanager
def _no_arguments() -> Iterator[None]:
    """Hide the arguments of the command: a study says the same whatever command loads it."""
    arguments = sys.argv[1:]
    del sys.argv[1:]
    try:
        yield
    finally:
        sys.argv[1:] = arguments


def _is_in_command() -> bool:
    """Whether one of codeable's own commands runs in this thread; click is imported then."""
    click = sys.modules.get("click")
    context = click.get_current_context(silent=True) if click is not None else None
    if context is None:
        return False
    callback = context.find_root().command.callback
    return str(getattr(callback, "__module__", "")).startswith("codeable.")


def _current_folder() -> Path | None:
    """The current folder, unless it has been removed."""
    try:
        return Path.cwd()
    except OSError:
        return None


def take_over_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output as pipes under other numbers: what is printed goes to stderr."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return requests, replies
