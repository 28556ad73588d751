"""Files of ours that a run does not draw: former views and parts, formats drawn once. Called by the job.

A file without our mark is never one of them, nor is a link, or a copy under another name.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from codeable.render.files import readable
from codeable.render.fingerprints import Mark, read_mark
from codeable.render.report import FORMATS
from codeable.render.targets import FigureTarget, whole_name


def stale_formats(figure: FigureTarget) -> Iterator[tuple[str, Path]]:
    """The files in other formats that a figure was drawn in before the model or the settings changed."""
    for file_format in FORMATS:
        path = figure.path(file_format)
        if file_format not in figure.formats:
            mark = _own_mark(path, file_format)
            if mark is not None and mark.default_digest != figure.default_digest:
                yield file_format, path


def parts_on_disk(first: Path, file_format: str) -> int:
    """The number of files that a picture has, by its first one; 0 where that is none of ours."""
    mark = _own_mark(first, file_format)
    return mark.parts if mark is not None else 0


def orphaned_parts(figures: Iterable[FigureTarget]) -> Iterator[tuple[FigureTarget, Path]]:
    """The files of pictures that have fewer parts now, in order of folders and names."""
    by_folder: dict[Path, dict[str, FigureTarget]] = {}
    for figure in figures:
        by_folder.setdefault(figure.file.parent, {})[figure.file.name] = figure
    for folder, by_name in by_folder.items():
        for path in _listed(folder):
            whole, file_format = whole_name(path.stem), path.suffix.removeprefix(".")
            owner = by_name.get(whole)
            if owner is None or whole == path.stem or file_format not in FORMATS:
                continue
            number = int(path.stem.removeprefix(f"{whole}-"))
            is_present = number <= parts_on_disk(owner.path(file_format), file_format)
            if not is_present and _own_mark(path, file_format) is not None:
                yield owner, path


def orphaned_files(folder: Path, names: set[str]) -> list[Path]:
    """The files drawn from views that the study no longer has, in order of their names.

    Args:
        folder: The folder; its sub-folders do not count.
        names: The file names of the figures, without endings. Parts of these are no orphans.
    """
    kept = {name.casefold(): name for name in names}
    found = []
    for path in _listed(folder):
        file_format = path.suffix.removeprefix(".")
        if file_format not in FORMATS or path.stem in names or whole_name(path.stem) in names:
            continue
        namesake = path.with_stem(kept.get(path.stem.casefold(), path.stem))
        if namesake != path and namesake.exists() and namesake.samefile(path):
            continue  # a file system that does not distinguish capital letters
        if _own_mark(path, file_format) is not None:
            found.append(path)
    return found


def _listed(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _own_mark(path: Path, file_format: str) -> Mark | None:
    """The mark of a file of ours under its own name; None for a copy under another name too."""
    mark = read_mark(readable(path), file_format)
    return mark if mark is not None and mark.name == path.stem else None
