"""Reads a file of another tool, and makes the errors for one that cannot be read."""

from pathlib import Path

from codeable.errors import CodeableError, reason_of
from codeable.files import read_file, shown_path


def read_input(path: Path, most: int) -> bytes:
    """The content of a file.

    Args:
        path: The file.
        most: How many bytes are read at most.

    Raises:
        CodeableError: There is no such file, or it is larger; exit status 2.
    """
    try:
        if path.is_file() and path.stat().st_size > most:
            raise unreadable(path, f"it is larger than {most:,} bytes")
        return read_file(path)
    except OSError as error:
        raise unreadable(path, reason_of(error)) from error


def unreadable(path: Path, reason: str) -> CodeableError:
    """The error for a file that cannot be read; exit status 2."""
    return CodeableError(f"cannot read {shown_path(path)}: {reason}", exit_status=2)


def not_installed(what: str, library: str, otherwise: str = "") -> CodeableError:
    """The error for a format whose library is missing; exit status 2.

    Args:
        what: What needs the library.
        library: The library.
        otherwise: What else a user can do.

    Example:
        >>> not_installed("RIS", "rispy").message
        "RIS needs rispy: install it with `pip install 'codeable[exchange]'`"
    """
    way_out = f", or {otherwise}" if otherwise else ""
    return CodeableError(
        f"{what} needs {library}: install it with `pip install 'codeable[exchange]'`{way_out}", exit_status=2
    )
