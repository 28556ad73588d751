"""The files of a study's figures on disk: what they ought to hold, and why they do not."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from codeable.engines import Drawing
from codeable.errors import CodeableError
from codeable.files import shown_path, write_whole
from codeable.render.fingerprints import Mark, is_foreign, is_intact, marked, read_mark
from codeable.render.report import FORMATS
from codeable.render.targets import Figure, text_digest

__all__ = [
    "NOT_OURS",
    "InTheWayError",
    "Target",
    "check_folder",
    "old_bytes",
    "remembered",
    "save",
    "stale_formats",
    "superfluous_files",
    "text_target",
    "why_stale",
]

NOT_OURS = "this file was not made by codeable; move it away, or name another folder with --out"


@frozen
class Target:
    """One file that a figure ought to have.

    Attributes:
        figure: The figure.
        file_format: The format, which is the file's ending too.
        path: The file.
        source: The digest of what it is drawn from.
        data: What a text ought to hold; None for a picture.
        drawing: What the engine gets for a picture; None for a text.
    """

    figure: Figure
    file_format: str
    path: Path
    source: str
    data: bytes | None = None
    drawing: Drawing | None = None


def text_target(figure: Figure, file_format: str, folder: Path, undrawn: tuple[str, ...] = ()) -> Target:
    """The file of a text, which remembers the pictures that turned out too large to be drawn from it.

    What an older file of the same text remembers is kept.
    """
    path = folder / f"{figure.view.file_name}.{file_format}"
    text = figure.text(file_format)
    source = text_digest(text)
    old = remembered(path, file_format)
    known = old.undrawn if old is not None and old.source == source else ()
    undrawn = tuple(sorted({*known, *undrawn}))
    data = marked(
        text.encode("utf-8", "replace"), file_format, figure.view.file_name, source, figure.basis, undrawn
    )
    return Target(figure, file_format, path, source, data)


def remembered(path: Path, file_format: str) -> Mark | None:
    """The mark of a file that is there and whole."""
    try:
        data = old_bytes(path)
    except InTheWayError:
        return None
    return read_mark(data, file_format) if data is not None and is_intact(data, file_format) else None


def why_stale(target: Target) -> str | None:
    """Why a file has to be written, in words; None when it is as it ought to be.

    Raises:
        InTheWayError: A folder stands there, or a file that somebody else made.
    """
    data = old_bytes(target.path)
    if data is None:
        return "missing"
    if target.data is not None and data.replace(b"\r\n", b"\n") == target.data:
        return None
    if is_foreign(data, target.file_format):
        raise InTheWayError(NOT_OURS)
    mark = read_mark(data, target.file_format)
    if mark is None or not is_intact(data, target.file_format):
        return "edited or cut since it was drawn"
    figure = target.figure
    is_same = (mark.source, mark.name, mark.basis) == (target.source, figure.view.file_name, figure.basis)
    return None if is_same and target.data is None else "the model, the options or the style changed"


class InTheWayError(CodeableError):
    """What stands where a file belongs may not be replaced; it spoils that file and no other."""


def old_bytes(path: Path) -> bytes | None:
    """What a file holds; None when there is none.

    Raises:
        InTheWayError: A folder stands where the file belongs.
        CodeableError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return None
    except IsADirectoryError as error:
        raise InTheWayError(
            f"{shown_path(path)} is a folder, so no file can be written there; move it away"
        ) from error
    except OSError as error:
        raise CodeableError(f"{shown_path(path)} cannot be read: {error.strerror or error}") from error


def save(path: Path, data: bytes) -> None:
    """Write a file whole.

    Raises:
        CodeableError: It cannot be written; the old file is then intact.
    """
    try:
        write_whole(path, data)
    except OSError as error:
        raise CodeableError(
            f"{shown_path(path)} cannot be written: {error.strerror or error}; "
            "what was there before is unchanged. Make room or name another folder with --out"
        ) from error


def check_folder(folder: Path) -> None:
    """Refuse a folder for the files that is a file, or lies below one.

    Raises:
        CodeableError: With exit status 2.
    """
    for path in (folder, *folder.parents):
        if path.exists():
            if not path.is_dir():
                message = f"{shown_path(path)} is a file, so no diagram can be written below it"
                raise CodeableError(f"{message}; name another folder with --out", exit_status=2)
            return


def stale_formats(figure: Figure, formats: Sequence[str], folder: Path) -> Iterator[tuple[str, Path]]:
    """The formats besides these that a figure was drawn in before the model or the settings changed."""
    for file_format in FORMATS:
        path = folder / f"{figure.view.file_name}.{file_format}"
        if file_format not in formats and path.is_file():
            mark = read_mark(old_bytes(path) or b"", file_format)
            if mark is not None and mark.name == path.stem and mark.basis != figure.basis:
                yield file_format, path


def superfluous_files(folder: Path, names: set[str]) -> list[Path]:
    """The files that were drawn from views which the study no longer has, in order of their names.

    A file without our mark is never one of them, nor is a copy under another name.

    Args:
        folder: Where to look; sub-folders do not count.
        names: The file names of the views, without endings.
    """
    if not folder.is_dir():
        return []
    kept = {name.casefold(): name for name in names}
    found = []
    for path in sorted(folder.iterdir()):
        file_format = path.suffix.removeprefix(".")
        if file_format not in FORMATS or path.stem in names or not path.is_file():
            continue
        namesake = path.with_stem(kept.get(path.stem.casefold(), path.stem))
        if namesake != path and namesake.exists() and namesake.samefile(path):
            continue  # a file system that takes capital letters for small ones
        mark = read_mark(old_bytes(path) or b"", file_format)
        if mark is not None and mark.name == path.stem:
            found.append(path)
    return found
