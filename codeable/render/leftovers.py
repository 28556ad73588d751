"""Files of ours that a run does not draw: former views and parts, formats drawn once. Called by the job.

A file without our mark is never one of them, nor is a link, or a copy under another name.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from codeable.render.drawings import part_name
from codeable.render.files import readable
from codeable.render.fingerprints import Mark, read_mark
from codeable.render.report import FORMATS
from codeable.render.targets import FigureTarget


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
        for path, file_format in _pictures_and_texts(folder):
            owner = by_name.get(path.stem.rpartition("-")[0])
            mark = _own_mark(path, file_format) if owner is not None else None
            if owner is None or mark is None or path.stem != part_name(owner.file.name, mark.part):
                continue
            if mark.part > parts_on_disk(owner.path(file_format), file_format):
                yield owner, path


def orphaned_files(folder: Path, names: set[str]) -> list[Path]:
    """The files drawn from views that the study no longer has, in order of their names.

    Args:
        folder: The folder; its sub-folders do not count.
        names: The file names of the figures, without endings. Parts of these are no orphans.
    """
    kept = {name.casefold(): name for name in names}
    found = []
    for path, file_format in _pictures_and_texts(folder):
        if path.stem in names:
            continue
        namesake = path.with_stem(kept.get(path.stem.casefold(), path.stem))
        if namesake != path and namesake.exists() and namesake.samefile(path):
            continue  # a file system that does not distinguish capital letters
        mark = _own_mark(path, file_format)
        if mark is not None and (mark.part == 1 or path.stem.removesuffix(f"-{mark.part}") not in names):
            found.append(path)
    return found


def _pictures_and_texts(folder: Path) -> list[tuple[Path, str]]:
    """The files of a folder in formats of ours, each with its format."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    by_format = ((path, path.suffix.removeprefix(".")) for path in files)
    return [(path, file_format) for path, file_format in by_format if file_format in FORMATS]


def _own_mark(path: Path, file_format: str) -> Mark | None:
    """The mark of a file of ours under its own name; None for a copy under another name too."""
    mark = read_mark(readable(path), file_format)
    return mark if mark is not None and mark.name == path.stem else None
