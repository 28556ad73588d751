"""Runs a click command and turns its errors into lines on stderr and an exit status.

The console script and `python -m codeable.render` and `codeable.compat` run their commands here.
"""

import contextlib
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeable.errors import CodeableError, reason_of
from codeable.text import printable

if TYPE_CHECKING:
    import click


def run(
    command: "click.Command | str", arguments: list[str] | None = None, program: str | None = None
) -> None:
    """Run a command and exit: 0 done, 1 the job failed, 2 wrong usage, 130 interrupted.

    Args:
        command: The command, or where it is defined, as `module:attribute`. The module is then imported here,
            so that Ctrl-C has the same effect during the import.
        arguments: The words after the program's name; those of this process when left out.
        program: The program's name in usage lines; taken from this process when left out.
    """
    for name in ("stdout", "stderr"):
        _make_writable(name)
    try:
        status = _status(_imported(command) if isinstance(command, str) else command, arguments, program)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        status = 130
    sys.exit(status)


def _imported(where: str) -> "click.Command":
    module, _, attribute = where.partition(":")
    command: click.Command = getattr(importlib.import_module(module), attribute)
    return command


def _status(command: "click.Command", arguments: list[str] | None, program: str | None) -> int:
    """Run a command, report its error, and return the exit status."""
    import click

    try:
        returned: Any = command.main(arguments, prog_name=program, standalone_mode=False)
        sys.stdout.flush()
    except CodeableError as error:
        print(printable(error.message), file=sys.stderr)
        return error.exit_status
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except BrokenPipeError:
        _give_up_output()
        return 1
    except OSError as error:
        what = f"{error.filename}: " if error.filename else "the output cannot be written: "
        with contextlib.suppress(OSError):
            print(printable(f"{what}{reason_of(error)}"), file=sys.stderr)
        _give_up_output()
        return 1
    return returned if isinstance(returned, int) else 0


def _make_writable(name: str) -> None:
    """Let a stream take every text. One that was closed before the start is replaced by the null device."""
    stream = getattr(sys, name)
    if stream is None:
        setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open until the end
        return
    with contextlib.suppress(AttributeError, OSError):
        stream.reconfigure(errors="backslashreplace")


def _give_up_output() -> None:
    """Discard what is still to be written to stdout: nobody reads it, or its disk is full."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
