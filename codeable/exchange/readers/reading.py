"""Reads the file of another tool into a project, by the format that is named or that its ending means."""

import re
from pathlib import Path

from codeable.errors import CodeableError, reason_of
from codeable.exchange.catalogue import IMPORT_FORMATS, ImportFormat
from codeable.exchange.project import Project
from codeable.exchange.readers.input_file import unreadable
from codeable.files import shown_path
from codeable.text import did_you_mean

_PROJECT = "a project of REFI-QDA (.qdpx)"
_OWN_FORMATS = tuple(
    (re.compile(rf"\.(?:{endings})", re.IGNORECASE), tool, what)
    for endings, tool, what in (
        ("nvp|nvpx|nvcx", "NVivo", _PROJECT),
        (r"m[et]?x\d+|mtr", "MAXQDA", _PROJECT),
        (r"atl(?:proj|cb|pac)?\d*|hpr\d*", "ATLAS.ti", _PROJECT),
        ("qrk|qrx", "Quirkos", _PROJECT),
        ("enl|enlx|enlp", "EndNote", "its references as RIS"),
    )
)
"""Endings, tool, and what to export there."""


def format_of_file(path: Path) -> ImportFormat:
    """The format that the ending of a file means.

    Raises:
        CodeableError: It means none; exit status 2.

    Example:
        >>> format_of_file(Path("Interviews.QDPX")).name
        'qdpx'
    """
    ending = path.suffix.casefold()
    found = next((each for each in IMPORT_FORMATS.values() if ending in each.endings), None)
    if found is None:
        _refuse_own_format(path)
        endings = ", ".join(f"{' '.join(each.endings)} ({each.name})" for each in IMPORT_FORMATS.values())
        raise CodeableError(
            f"the ending of {shown_path(path)} does not say what it is; name it with --format. "
            f"These are read: {endings}",
            exit_status=2,
        )
    return found


def _refuse_own_format(path: Path) -> None:
    """Refuse a file that only the tool that wrote it can read, and say what to export there."""
    for pattern, tool, what in _OWN_FORMATS:
        if pattern.fullmatch(path.suffix):
            raise CodeableError(
                f"only {tool} reads {shown_path(path)}; export {what} there, and import that", exit_status=2
            )


def read_project(path: Path, file_format: ImportFormat, only: str | None = None) -> Project:
    """Read a file.

    Args:
        path: The file, or the folder of a project.
        file_format: Its format.
        only: The name of one of its projects or sheets.

    Raises:
        CodeableError: It is not there, or cannot be read as such a file; exit status 2. The format has no
            parts of which one could be named.
    """
    if only is not None and not file_format.has_parts:
        having = ", ".join(each.name for each in IMPORT_FORMATS.values() if each.has_parts)
        raise CodeableError(
            f"a {file_format.name} file is one project; --only is for {having}", exit_status=2
        )
    if path.is_symlink() and not path.exists():
        raise CodeableError(f"{shown_path(path)} is a link that leads to no file", exit_status=2)
    if not path.exists():
        near = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        raise CodeableError(
            f"there is no file {shown_path(path)}{did_you_mean(path.name, near)}", exit_status=2
        )
    try:
        read: Project = file_format.reader(path, only) if file_format.has_parts else file_format.reader(path)
    except OSError as error:
        raise unreadable(path, reason_of(error)) from error
    return read
