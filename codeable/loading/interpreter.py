"""Restores the current folder, the module path and the output after modules of a study have run.

`load_folder` and `codeable.compat` use this.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def interpreter_restored(*, only_loads: bool = True) -> Iterator[None]:
    """Undo what modules do to the current folder and to `sys.path`.

    While a command of codeable loads modules, what they print goes to stderr: stdout has the answer of the
    command. In a notebook or a program it stays on stdout.

    Args:
        only_loads: Whether the modules are loaded for their elements; a script that runs keeps its stdout.
    """
    search_path, current = sys.path[:], _current_folder()
    try:
        with _output_on_stderr() if only_loads and _is_in_command() else contextlib.nullcontext():
            yield
    finally:
        if sys.path != search_path:
            sys.path[:] = search_path
        if current is not None and _current_folder() != current:
            with contextlib.suppress(OSError):
                os.chdir(current)


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
