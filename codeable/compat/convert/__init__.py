"""Turning a study written for CodeableModels into one of ours: modules for models and sources.

The old study runs; what it has declared then is written down as statements, in an order that gives every
list of links the same order, and the result is loaded and compared with the old study.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.compat.convert.comparing import compare
from codeable.compat.convert.old_study import load_old_study
from codeable.compat.convert.plan import plan
from codeable.compat.convert.writing import write_study, written_files
from codeable.diagrams import views
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading import load_folder
from codeable.registry import Registry

__all__ = ["Conversion", "convert"]


@frozen
class Conversion:
    """What a conversion has done.

    Attributes:
        folder: The new study.
        files: Its files, from its folder on.
        elements: How many elements it declares.
        left_out: Files of the old study that declare nothing.
        differences: What the new study says otherwise than the old one; nothing, as it should be.
        advice: What has to be settled before the new study can be drawn.
    """

    folder: Path
    files: tuple[Path, ...]
    elements: int
    left_out: tuple[Path, ...]
    differences: tuple[str, ...]
    advice: str | None = None


def convert(
    old_study: Path,
    out: Path,
    *,
    text_format: str | None = None,
    paths: Sequence[Path] = (),
    aliases: Mapping[str, str] | None = None,
) -> Conversion:
    """Turn a study written for CodeableModels into one of ours, and compare the two.

    Args:
        old_study: The folder of the old study, or the script that builds it.
        out: The folder of the new one; it must be empty or missing.
        text_format: `current` or `older`; without it the names that the old study imports decide.
        paths: Further folders in which the old study's modules are found.
        aliases: Other names under which they are found: old → new.

    Raises:
        CodeableError: The folder is in use, the old study cannot be loaded, or a value has no source text.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CodeableError(f"{shown_path(out)} is there already; name a folder that is not", exit_status=2)
    old = load_old_study(old_study, text_format, paths, aliases)
    files = written_files(old, plan(old))
    write_study(files, out)
    new = load_folder(out)
    return Conversion(
        out,
        tuple(files),
        len(new.registry),
        old.left_out,
        (
            *(f"left out, it cannot be read: {each}" for each in old.broken),
            *compare(old.registry, new.registry),
        ),
        _advice(new.registry),
    )


def _advice(registry: Registry) -> str | None:
    try:
        views(registry)
    except CodeableError as error:
        return error.message
    return None
