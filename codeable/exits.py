"""The one place where what went wrong in a command becomes lines on stderr and an exit status."""

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeable.errors import CodeableError
from codeable.names import printable

if TYPE_CHECKING:
    import click

__all__ = ["run"]


def run(command: "click.Command", arguments: list[str] | None = None, program: str | None = None) -> None:
    """Run a command and exit: 0 done, 1 the job failed, 2 wrong usage, 130 interrupted.

    Args:
        command: What to run.
        arguments: The words after the program's name; those of this process when left out.
        program: The program's name in usage lines; worked out from this process when left out.
    """
    import click

    for name in ("stdout", "stderr"):
        _make_writable(name)
    try:
        status: Any = command.main(arguments, prog_name=program, standalone_mode=False)
        sys.stdout.flush()
    except CodeableError as error:
        print(printable(error.message), file=sys.stderr)
        sys.exit(error.exit_status)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        _give_up_output()
        sys.exit(1)
    except OSError as error:
        what = f"{error.filename}: " if error.filename else "the output cannot be written: "
        with contextlib.suppress(OSError):
            print(printable(f"{what}{error.strerror or error}"), file=sys.stderr)
        _give_up_output()
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def _make_writable(name: str) -> None:
    """See that every text can be written to a stream, also one that was closed before we were started."""
    stream = getattr(sys, name)
    if stream is None:
        setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as we run
        return
    with contextlib.suppress(AttributeError, OSError):
        stream.reconfigure(errors="backslashreplace")


def _give_up_output() -> None:
    """Write nothing more to stdout, not even at the interpreter's end: its reader has gone, or it is full."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
