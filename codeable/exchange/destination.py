"""Where the files of an export go, and which files there it may replace.

A file is replaced only if codeable made it. All files of an export are written, or none.
"""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from attrs import frozen

from codeable.errors import CodeableError, reason_of
from codeable.exchange.catalogue import EXPORT_FORMATS, ExportFormat
from codeable.exchange.exported import Exported, file_name
from codeable.exchange.marks import LIST, digest_of, is_ours, list_of, read_list
from codeable.exchange.outgoing.zip_bytes import zip_bytes
from codeable.files import expanded, is_folder, locked_folder, shown_path, write_together
from codeable.notes.files import is_read_as_note
from codeable.registry import Registry
from codeable.render.files import InTheWayError, check_folder, old_bytes, readable

FOLDER = "exports"
"""The folder of a study where exports go when a user names no other place."""

_ZIP = ".zip"
_WAY_OUT = "move it away, or name another place with --out. All files are as they were"


@frozen
class WrittenFile:
    """A file of an export.

    Attributes:
        path: Its path.
        state: Whether it was written now, or had this content already.
    """

    path: Path
    state: Literal["written", "unchanged"]


@frozen
class Destination:
    """Where an export goes.

    Attributes:
        path: The file, or the folder of the files.
        files: Path → content of each file.
        has_several_files: Whether the path is a folder.
    """

    path: Path
    files: Mapping[Path, bytes]
    has_several_files: bool = False

    def write(self, registry: Registry) -> tuple[tuple[WrittenFile, ...], tuple[Path, ...]]:
        """Write the files that have changed, all or none of them.

        Returns:
            What became of each file; and the files of earlier exports in the folder that this one has not.

        Raises:
            CodeableError: A file in the way was not made by codeable, would be a field note, or cannot be
                written. All files are as they were.
        """
        folder = self.path if self.has_several_files else self.path.parent
        check_folder(folder)
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        try:
            with locked_folder(folder):
                before = read_list(readable(folder / LIST)) if self.has_several_files else {}
                stale = {
                    path: data for path, data in self.files.items() if _is_stale(path, data, before, registry)
                }
                left = {name: digest for name, digest in before.items() if self._is_left(folder / name)}
                write_together(stale | (self._list(left) if self.has_several_files else {}))
        except BaseException as error:
            for each in missing:
                with contextlib.suppress(OSError):
                    each.rmdir()
            if not isinstance(error, OSError | ValueError):
                raise
            file = getattr(error, "filename", None) or folder
            message = f"{shown_path(file)} cannot be written: {reason_of(error)}"
            raise CodeableError(f"{message}; all files are as they were") from error
        states = tuple(WrittenFile(path, "written" if path in stale else "unchanged") for path in self.files)
        endings = {path.suffix for path in self.files}
        return states, tuple(folder / name for name in left if Path(name).suffix in endings)

    def _is_left(self, path: Path) -> bool:
        return path not in self.files and path.parent == self.path and bool(readable(path))

    def _list(self, left: Mapping[str, str]) -> dict[Path, bytes]:
        """The list of files, where it changes."""
        digests = {path.name: digest_of(data) for path, data in self.files.items()}
        path, data = self.path / LIST, list_of(dict(left) | digests)
        return {} if _content(path) == data else {path: data}


def destination(
    exported: Exported, file_format: ExportFormat, out: Path | None, registry: Registry
) -> Destination:
    """Where the files of an export go.

    Args:
        exported: The files.
        file_format: Their format.
        out: The file, the folder or the zip that a user names; None for a place in the study's folder.
        registry: The study.

    Raises:
        CodeableError: The place is none for these files; exit status 2.
    """
    several = file_format.has_several_files
    if out is None:
        if registry.folder is None:
            raise CodeableError(
                "this study has no folder to write the export into; name a place, such as "
                f"{file_name(registry.settings.name)}{'.zip' if several else file_format.ending}",
                exit_status=2,
            )
        folder = registry.folder / FOLDER
        if several:
            folder /= f"{file_name(registry.settings.name)}-{file_format.name}"
    else:
        folder = out = expanded(out)
        check_place(file_format, out)
        if out.suffix and not is_folder(out):
            return Destination(out, {out: archive_of(exported) if several else exported.only})
    files = {folder / name: data for name, data in exported.files.items()}
    return Destination(folder if several else next(iter(files)), files, several)


def archive_of(exported: Exported) -> bytes:
    """Several files as one zip, with the list by which codeable knows it again."""
    digests = {name: digest_of(data) for name, data in exported.files.items()}
    return zip_bytes({**exported.files, LIST: list_of(digests)})


def check_place(file_format: ExportFormat, out: Path) -> None:
    """Refuse a place whose ending is that of files of another kind.

    Raises:
        CodeableError: With the place that would do; exit status 2.
    """
    wanted = _ZIP if file_format.has_several_files else file_format.ending
    ending = out.suffix.lower()
    if ending in ("", wanted) or is_folder(out):
        return
    what = "several files" if file_format.has_several_files else f"a {wanted} file"
    also = " or a folder" if file_format.has_several_files else ""
    others = [each.name for each in EXPORT_FORMATS.values() if each.ending == ending]
    hint = f"; {ending} is the ending of {others[0]}" if others and others[0] != file_format.name else ""
    raise CodeableError(
        f"{shown_path(out)}: a {file_format.name} export is {what}{hint}; "
        f"name it {out.with_suffix(wanted).name}{also}",
        exit_status=2,
    )


def _is_stale(path: Path, data: bytes, before: Mapping[str, str], registry: Registry) -> bool:
    """Whether a file has to be written.

    Args:
        path: Its path.
        data: Its new content.
        before: The files that codeable made in the folder, with their digests.
        registry: The study.

    Raises:
        CodeableError: It must not be.
    """
    if registry.folder is not None and is_read_as_note(path, registry.folder, registry.settings):
        raise CodeableError(
            f"{shown_path(path)} would be read as a field note; name another place with --out", exit_status=2
        )
    old = _content(path)
    if old is None or old == data:
        return old is None
    if path.name in before:
        if before[path.name] != digest_of(old):
            raise CodeableError(f"{shown_path(path)}: somebody edited it since it was exported; {_WAY_OUT}")
    elif not is_ours(path.suffix.lower(), old):
        raise CodeableError(f"{shown_path(path)} was not made by codeable; {_WAY_OUT}")
    return digest_of(old) != digest_of(data)


def _content(path: Path) -> bytes | None:
    """The content of a file; None when there is no file.

    Raises:
        CodeableError: The path is a link, a folder, a pipe, or cannot be read.
    """
    try:
        return old_bytes(path)
    except InTheWayError as error:
        raise CodeableError(f"{shown_path(path)}: {error.message}") from error
