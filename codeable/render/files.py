"""The files of figures on disk: which are stale, and which may be written or removed. Called by the job.

Only files that codeable made are ever replaced or removed; any other file stays, and is named.
"""

import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from codeable.diagrams import View
from codeable.errors import CodeableError, reason_of
from codeable.files import read_file, shown_path, write_whole
from codeable.render.fingerprints import (
    Mark,
    is_cut_from,
    is_intact,
    is_ours,
    marked,
    may_be_cut,
    read_mark,
)
from codeable.render.report import FORMATS
from codeable.render.targets import FigureTarget, text_digest

_WAY_OUT = "move it away, or name another folder with --out"
NOT_OURS = f"this file was not made by codeable; {_WAY_OUT}"


class InTheWayError(CodeableError):
    """A path that must not be overwritten. Only this file fails."""


@frozen
class Target:
    """One file that a figure should have.

    Attributes:
        figure: The figure.
        file_format: The format, which is the ending of the file too.
        path: The path of the file.
        source: Digest of what the file is drawn from.
        data: The content of a text; None for a picture.
    """

    figure: FigureTarget
    file_format: str
    path: Path
    source: str
    data: bytes | None = None

    def marked(self, data: bytes) -> bytes:
        """The bytes of a picture with their mark."""
        figure = self.figure
        return marked(data, self.file_format, figure.view.file_name, self.source, figure.default_digest)


def file_of(view: View, file_format: str, folder: Path) -> Path:
    """The file of a view in one format."""
    return folder / f"{view.file_name}.{file_format}"


def text_target(
    figure: FigureTarget, file_format: str, folder: Path, undrawn: tuple[str, ...] = ()
) -> Target:
    """The file of a text.

    Args:
        figure: The figure.
        file_format: `puml` or `dot`.
        folder: Folder of the file.
        undrawn: Sources of pictures that are too large to be drawn. The file records them, with those that
            an older file of the same text records.
    """
    path = file_of(figure.view, file_format, folder)
    text = figure.text(file_format)
    source = text_digest(text)
    old = intact_mark(path, file_format)
    known = old.undrawn if old is not None and old.source == source else ()
    undrawn = tuple(sorted({*known, *undrawn}))
    body = text.encode("utf-8", "replace")
    data = marked(body, file_format, figure.view.file_name, source, figure.default_digest, undrawn)
    return Target(figure, file_format, path, source, data)


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
    figure = target.figure
    is_same = (mark.source, mark.name, mark.default_digest) == (
        target.source,
        figure.view.file_name,
        figure.default_digest,
    )
    return None if is_same and target.data is None else "the model, the options or the style changed"


def save(target: Target, data: bytes) -> None:
    """Write the file of a target, whole or not at all.

    Raises:
        InTheWayError: The path must not be overwritten.
        CodeableError: The file cannot be written; the old file is intact.
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
        CodeableError: The file cannot be written; the old file is intact.
    """
    try:
        write_whole(path, data)
    except (OSError, ValueError) as error:
        raise CodeableError(
            f"{shown_path(path)} cannot be written: {reason_of(error)}; "
            "what was there before is unchanged. Make room or name another folder with --out"
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
    data = _readable(path)
    return read_mark(data, file_format) if is_intact(data, file_format) else None


def _readable(path: Path) -> bytes:
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
        if path.exists():
            if not path.is_dir():
                message = f"{shown_path(path)} is a file, so no diagram can be written below it"
                raise CodeableError(f"{message}; name another folder with --out", exit_status=2)
            return


def stale_formats(figure: FigureTarget, formats: Sequence[str], folder: Path) -> Iterator[tuple[str, Path]]:
    """The files in other formats that a figure was drawn in before the model or the settings changed."""
    for file_format in FORMATS:
        path = file_of(figure.view, file_format, folder)
        if file_format not in formats:
            mark = read_mark(_readable(path), file_format)
            if mark is not None and mark.name == path.stem and mark.default_digest != figure.default_digest:
                yield file_format, path


def orphaned_files(folder: Path, names: set[str]) -> list[Path]:
    """The files drawn from views that the study no longer has, in order of their names.

    A file without our mark is never one of them, nor is a link, or a copy under another name.

    Args:
        folder: The folder; its sub-folders do not count.
        names: The file names of the views, without endings.
    """
    if not folder.is_dir():
        return []
    kept = {name.casefold(): name for name in names}
    found = []
    for path in sorted(folder.iterdir()):
        file_format = path.suffix.removeprefix(".")
        if file_format not in FORMATS or path.stem in names:
            continue
        namesake = path.with_stem(kept.get(path.stem.casefold(), path.stem))
        if namesake != path and namesake.exists() and namesake.samefile(path):
            continue  # a file system that does not distinguish capital letters
        mark = read_mark(_readable(path), file_format)
        if mark is not None and mark.name == path.stem:
            found.append(path)
    return found
