"""Reads regular files, writes files whole or not at all, and shows paths in messages.

Called by every layer that reads or writes files of a user.
"""

import contextlib
import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

TEMPORARY_SUFFIX = ".codeable-tmp"
"""End of the name of every temporary file. The next run removes those that a killed run left."""


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; not if a folder above it cannot be entered."""
    try:
        return path.is_dir()
    except OSError:
        return False


def read_file(path: Path) -> bytes:
    """The content of a file. Never waits for somebody who writes into a pipe.

    Raises:
        OSError: There is no file, it cannot be read, or the path is a folder, a pipe or a device.
    """
    _check_regular(path)
    return path.read_bytes()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never a part of them.

    The bytes go to a temporary file in the same folder, which then replaces the old file. A missing folder is
    made; the permissions of an existing file are kept. Of a link, the file that it leads to is written.

    Raises:
        OSError: The folder cannot be written, the disk is full, or the path is a folder, a pipe or a device.
            What was there is intact.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_whole(Path(folder, "a.txt"), b"whole")
        ...     Path(folder, "a.txt").read_bytes()
        b'whole'
    """
    _write_beside(path, data, replace=True)


def write_together(files: Mapping[Path, bytes | None]) -> None:
    """Write some files and remove others, all or none of them; see `write_whole`.

    All bytes are on the disk before the first file is replaced. When that is interrupted, or fails, the files
    are put back as they were, and new folders are removed.

    Args:
        files: The files in the order of writing; a file without bytes is removed.

    Raises:
        OSError: As `write_whole`, with the file as `filename`.
    """
    beside: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    folders = [each for path in files for each in path.parents if not os.path.exists(each)]  # noqa: PTH110 - also if it cannot be asked
    at = None
    try:
        for at, data in files.items():
            if data is not None:
                beside[at] = _write_beside(at, data, replace=False)
        for at, data in files.items():
            before[at] = at.read_bytes() if at.exists() else None
            if data is None:
                at.unlink(missing_ok=True)
            else:
                beside[at].replace(os.path.realpath(at))
                del beside[at]
    except BaseException as error:
        _put_back(before)
        if isinstance(error, OSError) and at is not None:
            error.filename = str(at)
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)
        for folder in {path.parent for path in files}:
            with contextlib.suppress(OSError):
                remove_left_over_files(folder)  # one that was just being made
        _remove_empty(folders)
        raise


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove those folders that are empty, the inner ones first."""
    for folder in sorted(set(folders), key=lambda each: len(each.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _put_back(before: Mapping[Path, bytes | None]) -> None:
    for path, data in before.items():
        with contextlib.suppress(OSError):
            if data is None:
                path.unlink(missing_ok=True)
            else:
                write_whole(path, data)


def _write_beside(path: Path, data: bytes, *, replace: bool) -> Path:
    """Write new bytes into a temporary file in the folder of a file, and let it replace the file at once."""
    path = Path(os.path.realpath(path))
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        _check_regular(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    file, temporary = _temporary_file(path)
    try:
        with file:
            file.write(data)
            file.flush()
            if sys.platform != "win32":
                with contextlib.suppress(OSError):  # a file system without permissions
                    os.fchmod(file.fileno(), _permissions(path))
                if replace:  # while it is open and locked, so that no other run removes it
                    temporary.replace(path)
        if sys.platform == "win32" and replace:
            temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


@contextlib.contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Wait until no other run has locked a folder, and lock it; it is made where it is not there.

    Raises:
        OSError: There can be no such folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, wait=True)
        yield
    finally:
        os.close(handle)


def write_text_whole(path: Path, text: str) -> None:
    """Write a text as UTF-8 with line feeds, whole or not at all; see `write_whole`."""
    write_whole(path, text.encode("utf-8"))


def left_over_files(folder: Path) -> Iterator[Path]:
    """The temporary files that a killed run left in a folder, in order of their names."""
    if folder.is_dir():
        for path in sorted(folder.glob(f".*{TEMPORARY_SUFFIX}")):
            if path.is_file() and not path.is_symlink():
                yield path


def remove_left_over_files(folder: Path) -> list[Path]:
    """Remove the temporary files that killed runs left in a folder, except those that a run is writing now.

    Returns:
        The removed files, in order of their names.
    """
    removed = []
    for path in left_over_files(folder):
        with contextlib.suppress(OSError), path.open("rb") as file:
            if _lock(file, wait=False):
                path.unlink()
                removed.append(path)
    return removed


def _temporary_file(path: Path) -> tuple[BinaryIO, Path]:
    while True:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name[:80]}.", suffix=TEMPORARY_SUFFIX
        )
        file, temporary = os.fdopen(handle, "wb"), Path(name)
        # Another run may have removed the new file as a left-over before it was locked.
        if _lock(file, wait=True) and temporary.exists():
            return file, temporary
        file.close()


def _lock(file: BinaryIO | int, *, wait: bool) -> bool:
    """Lock a file or a folder until it is closed; on Windows an open file cannot be removed anyway."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    return True


def shown_path(path: Path | str) -> str:
    """A path in a message: relative to the current folder if it is in there, else as it is.

    Example:
        >>> shown_path(Path.cwd() / "models" / "a.py")
        'models/a.py'
        >>> shown_path("<ipython-input-3>")
        '<ipython-input-3>'
    """
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def path_in(folder: Path, path: Path | str) -> str:
    """A path as the settings and the files of a study write it: relative to its folder if it is in there.

    Example:
        >>> path_in(Path("study"), "study/models/a.py"), path_in(Path("study"), "notes/s4.md")
        ('models/a.py', 'notes/s4.md')
    """
    path = Path(path)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _check_regular(path: Path) -> None:
    """Refuse a pipe, a socket or a device; opening a folder fails anyway."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is a pipe, a socket or a device", str(path))


def _permissions(path: Path) -> int:
    """The permissions of a file; those of a new file when there is none."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def home_folder() -> Path:
    """The home folder of the user; `~` itself for a user that the system does not know, as in a container."""
    return expanded(Path("~"))


def expanded(path: Path) -> Path:
    """The path with its `~` expanded; unchanged when the system does not know that home folder."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path
