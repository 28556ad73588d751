"""The files of figures on disk: which are stale, and which may be written or removed. Called by the job.

Only files that codeable made are ever replaced or removed; any other file stays, and is named.
"""

import os
import stat
import sys
from pathlib import Path

from attrs import frozen

from codeable.engines import Picture
from codeable.errors import CodeableError, reason_of
from codeable.files import read_file, shown_path, write_whole
from codeable.render.fingerprints import (
    Mark,
    digest,
    is_cut_from,
    is_intact,
    is_ours,
    marked,
    may_be_cut,
    read_mark,
)
from codeable.render.targets import FigureTarget

_WAY_OUT = "move it away, or name another folder with --out"
NOT_OURS = f"this file was not made by codeable; {_WAY_OUT}"


class InTheWayError(CodeableError):
    """A path that must not be overwritten. Only this file fails."""


class UnwritableError(CodeableError):
    """A file that cannot be written: the disk is full, or its folder is a file or belongs to another user."""


@frozen
class Target:
    """One file that a figure should have.

    Attributes:
        figure: The figure.
        file_format: The format, which is the ending of the file too.
        source: Digest of what the file is drawn from.
        part: The part of a picture, from 1.
        data: The content of a text; None for a picture.
        messages: In a text, what does not fit or is drawn otherwise than asked.
    """

    figure: FigureTarget
    file_format: str
    source: str
    part: int = 1
    data: bytes | None = None
    messages: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self.figure.path(self.file_format, self.part)

    def marked(self, picture: Picture, parts: int = 1, messages: tuple[str, ...] = ()) -> bytes:
        """The bytes of a picture with their mark.

        Args:
            picture: The picture.
            parts: The number of parts, which the first one records.
            messages: What does not fit, is left out, or is drawn otherwise than asked.
        """
        mark = Mark(
            name=self.path.stem,
            source=self.source,
            default_digest=self.figure.default_digest,
            parts=parts if self.part == 1 else 1,
            part=self.part,
            fonts=_fonts_here() if picture.lacks_fonts else "",
            messages=messages,
        )
        return marked(picture.data, self.file_format, mark)


def why_stale(target: Target) -> str | None:
    """The reason why a file has to be written; None when it is up to date.

    Raises:
        InTheWayError: The path must not be overwritten.
    """
    data = old_bytes(target.path)
    if data is None:
        return "missing"
    if target.data is not None and data.replace(b"\r\n", b"\n") == target.data:
        return None
    file_format = target.file_format
    if not is_ours(data, file_format):
        if may_be_cut(data, file_format):
            return "cut since it was drawn, or not made by codeable"
        raise InTheWayError(NOT_OURS)
    mark = read_mark(data, file_format)
    if mark is None or not is_intact(data, file_format):
        return "edited or cut since it was drawn"
    is_same = (mark.source, mark.name, mark.part, mark.default_digest) == (
        target.source,
        target.path.stem,
        target.part,
        target.figure.default_digest,
    )
    if not is_same or target.data is not None:
        return "the model, the options or the style changed"
    return "fonts were missing where it was drawn" if mark.fonts and mark.fonts != _fonts_here() else None


def _fonts_here() -> str:
    """Digest of the fonts of this machine."""
    from codeable.engines.fonts import font_folders_stamp

    return digest(font_folders_stamp())


def save(target: Target, data: bytes) -> None:
    """Write the file of a target, whole or not at all.

    Raises:
        InTheWayError: The path must not be overwritten.
        UnwritableError: The file cannot be written; the old file is intact.
    """
    check_replaceable(target, data)
    write(target.path, data)


def check_replaceable(target: Target, data: bytes | None = None) -> None:
    """Check that the file of a target may be replaced by these bytes, or removed.

    Raises:
        InTheWayError: The user made the file.
    """
    old = old_bytes(target.path)
    if old is None or is_ours(old, target.file_format):
        return
    if data is None or not is_cut_from(old, data):
        raise InTheWayError(NOT_OURS)


def write(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all.

    Raises:
        UnwritableError: The file cannot be written; the old file is intact.
    """
    try:
        write_whole(path, data)
    except (OSError, ValueError) as error:
        raise UnwritableError(
            f"{shown_path(path)} cannot be written: {reason_of(error)}; "
            "what was there before is unchanged. "
            "Make room, or name another folder with --out or in the settings"
        ) from error


def remove(path: Path) -> None:
    """Remove a file of ours.

    Raises:
        CodeableError: The file cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CodeableError(f"{shown_path(path)} cannot be removed: {reason_of(error)}") from error


def old_bytes(path: Path) -> bytes | None:
    """The content of a file; None when there is no file.

    Raises:
        InTheWayError: The path is a link, a folder, a pipe, or cannot be read.
    """
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise InTheWayError(f"this is a link, and no file is written through a link; {_WAY_OUT}")
        if stat.S_ISDIR(mode):
            raise InTheWayError(f"this is a folder; {_WAY_OUT}")
        if not stat.S_ISREG(mode):
            raise InTheWayError(f"this is a pipe, a socket or a device; {_WAY_OUT}")
        return read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeEncodeError as error:
        raise InTheWayError(
            f"this system encodes file names as {sys.getfilesystemencoding()}, which lacks a character of "
            "this one; set PYTHONUTF8=1"
        ) from error
    except OSError as error:
        raise InTheWayError(f"this file cannot be read: {reason_of(error)}") from error


def intact_mark(path: Path, file_format: str) -> Mark | None:
    """The mark of a file that is as it was drawn; None for any other file."""
    data = readable(path)
    return read_mark(data, file_format) if is_intact(data, file_format) else None


def readable(path: Path) -> bytes:
    """The content of a file; nothing where there is none that we may read."""
    try:
        return old_bytes(path) or b""
    except InTheWayError:
        return b""


def check_folder(folder: Path) -> None:
    """Refuse an output folder that is a file, or is below a file.

    Raises:
        CodeableError: With exit status 2.
    """
    for path in (folder, *folder.parents):
        if os.path.exists(path):  # noqa: PTH110 - `Path.exists` raises in a folder of another user
            if not path.is_dir():
                message = f"{shown_path(path)} is a file, so nothing can be written below it"
                raise CodeableError(
                    f"{message}; name another folder with --out or in the settings", exit_status=2
                )
            return
