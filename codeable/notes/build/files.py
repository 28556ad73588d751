"""Writes the files that a build changes, and shows what it would change.

`codeable notes build` calls `apply` and `difference`.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from attrs import frozen

from codeable.errors import CodeableError, reason_of
from codeable.files import locked_folder, read_file, remove_left_over_files, shown_path, write_together
from codeable.notes.decoding import decode

BACKUP_SUFFIX = ".bak"
"""End of the name of the file in which `--force` keeps what a person edited."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@frozen
class Change:
    """What building means for one file of a study.

    Attributes:
        path: The file, from the study's folder on, with slashes.
        state: ``new``, ``changed``, or ``removed``.
        before: The file as it is; none without a file.
        after: The file as it will be; none for one that is removed.
        overwrites: Whether what a person edited is lost in it.
    """

    path: str
    state: Literal["new", "changed", "removed"]
    before: bytes | None
    after: bytes | None
    overwrites: bool = False

    @property
    def text(self) -> str:
        """The file as it will be, as a text; empty for one that is removed."""
        return decode(self.after)[0] if self.after is not None else ""


def apply(changes: Iterable[Change], folder: Path) -> list[Change]:
    """Write what is new or changed and remove what goes: all of it, or nothing.

    Where what a person edited is lost, the file as it was is kept beside it, with `BACKUP_SUFFIX`.

    Returns:
        The changes that were made.

    Raises:
        CodeableError: A file cannot be written, is a link, or was changed meanwhile. The study is as it was.
    """
    changes = list(changes)
    try:
        with locked_folder(folder):
            for change in changes:
                _check(folder / change.path, change)
            for parent in dict.fromkeys((folder / change.path).parent for change in changes):
                remove_left_over_files(parent)  # of a build that was killed
            write_together(dict(_files(changes, folder)))
    except OSError as error:
        where = shown_path(error.filename or folder)
        message = f"{where} cannot be written: {reason_of(error)}; the study is as it was"
        raise CodeableError(message) from error
    return changes


def _files(changes: Iterable[Change], folder: Path) -> Iterator[tuple[Path, bytes | None]]:
    for change in sorted(changes, key=lambda change: change.after is None):
        path = folder / change.path
        if change.overwrites and change.before is not None:
            yield path.with_name(path.name + BACKUP_SUFFIX), change.before
        yield path, change.after


def _check(path: Path, change: Change) -> None:
    if path.is_symlink():
        raise CodeableError(
            f"{shown_path(path)} is a link, and nothing is written through a link; put the file there"
        )
    there = read_file(path) if path.exists() else None
    if there != change.before:
        raise CodeableError(f"{shown_path(path)} was changed meanwhile; run it again")


def difference(changes: Iterable[Change]) -> Iterator[str]:
    """The lines of a unified diff of what `apply` would do."""
    for change in changes:
        before, after = (
            _LINE.findall(decode(data)[0]) if data is not None else []
            for data in (change.before, change.after)
        )
        lines = difflib.unified_diff(
            before,
            after,
            f"a/{change.path}" if change.before is not None else "/dev/null",
            f"b/{change.path}" if change.after is not None else "/dev/null",
        )
        for line in lines:
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
