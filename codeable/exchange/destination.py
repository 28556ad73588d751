"""Where the files of an export go, and which files there it may replace.

A file is replaced only if codeable made it. All files of an export are written, or none.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from attrs import frozen

from codeable.errors import CodeableError, reason_of
from codeable.exchange.catalogue import EXPORT_FORMATS, ExportFormat
from codeable.exchange.exported import Exported, file_name
from codeable.exchange.marks import is_ours, may_be_replaced
from codeable.exchange.outgoing.zip_bytes import zip_bytes
from codeable.files import expanded, is_folder, locked_folder, shown_path, write_together
from codeable.notes.files import is_read_as_note
from codeable.registry import Registry
from codeable.render.files import InTheWayError, check_folder, old_bytes, readable

FOLDER = "exports"
"""The folder of a study where exports go when a user names no other place."""

_ZIP = ".zip"
_WAY_OUT = "move it away, or name another place with --out"


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

    def write(self, registry: Registry) -> tuple[WrittenFile, ...]:
        """Write the files that have changed, all or none of them.

        Raises:
            CodeableError: A file in the way was not made by codeable, would be a field note, or cannot be
                written. All files are as they were.
        """
        folder = self.path if self.has_several_files else self.path.parent
        check_folder(folder)
        try:
            with locked_folder(folder):
                stale = {path: data for path, data in self.files.items() if _is_stale(path, data, registry)}
                write_together(stale)
        except (OSError, ValueError) as error:
            file = getattr(error, "filename", None) or folder
            message = f"{shown_path(file)} cannot be written: {reason_of(error)}"
            raise CodeableError(f"{message}; all files are as they were") from error
        return tuple(WrittenFile(path, "written" if path in stale else "unchanged") for path in self.files)

    def left_over(self) -> tuple[Path, ...]:
        """The files of earlier exports in the folder that this export does not have."""
        if not self.has_several_files:
            return ()
        endings = {path.suffix for path in self.files}
        return tuple(
            path
            for path in sorted(self.path.iterdir())
            if path.suffix in endings and path not in self.files and is_ours(path.suffix, readable(path))
        )


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
    if out is None:
        folder = registry.folder_for("an export without a place to write it") / FOLDER
        if file_format.has_several_files:
            folder /= f"{file_name(registry.settings.name)}-{file_format.name}"
    else:
        folder = out = expanded(out)
        check_place(file_format, out)
        if out.suffix and not is_folder(out):
            is_zip = file_format.has_several_files
            return Destination(out, {out: zip_bytes(exported.files) if is_zip else exported.only})
    files = {folder / name: data for name, data in exported.files.items()}
    return Destination(
        folder if file_format.has_several_files else next(iter(files)), files, file_format.has_several_files
    )


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
    others = [
        each.name for each in EXPORT_FORMATS.values() if each.ending == ending and each.ending != wanted
    ]
    hint = f"; {ending} is the ending of {others[0]}" if others and others[0] != file_format.name else ""
    raise CodeableError(
        f"{shown_path(out)}: a {file_format.name} export is {what}{hint}; "
        f"name it {out.with_suffix(wanted).name}{also}",
        exit_status=2,
    )


def _is_stale(path: Path, data: bytes, registry: Registry) -> bool:
    """Whether a file has to be written.

    Raises:
        CodeableError: It must not be.
    """
    if registry.folder is not None and is_read_as_note(path, registry.folder, registry.settings):
        raise CodeableError(
            f"{shown_path(path)} would be read as a field note; name another place with --out", exit_status=2
        )
    try:
        old = old_bytes(path)
    except InTheWayError as error:
        raise CodeableError(f"{shown_path(path)}: {error.message}") from error
    if old is not None and old != data and not may_be_replaced(path.suffix.lower(), old, data):
        raise CodeableError(
            f"{shown_path(path)} was not made by codeable, or somebody edited it; {_WAY_OUT}. "
            "All files are as they were"
        )
    return old != data
