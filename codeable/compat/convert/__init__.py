"""Converts a study written for CodeableModels to a study of codeable. `codeable convert` calls `convert`.

The old study runs. Its modules are copied, and the imports in them are rewritten in their places; comments,
functions and layout stay. The new study is then loaded and compared with the old one.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.compat.convert.comparing import compare
from codeable.compat.convert.new_study import new_study
from codeable.compat.convert.old_study import load_old_study
from codeable.diagrams import views
from codeable.errors import CodeableError
from codeable.files import shown_path, write_together
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
        left_out: Files of the old study that the new one does not have → the reason.
        notices: What was taken out, renamed or hidden in the modules, each with its place.
        differences: What the new study says otherwise than the old one; nothing, as it should be.
        advice: What has to be settled before the new study can be drawn.
    """

    folder: Path
    files: tuple[Path, ...]
    elements: int
    left_out: Mapping[Path, str]
    notices: tuple[str, ...]
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
        CodeableError: The folder is in use, the old study cannot be loaded, or the new one cannot.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CodeableError(f"{shown_path(out)} is there already; name a folder that is not", exit_status=2)
    old = load_old_study(old_study, text_format, paths, aliases)
    made = new_study(old)
    write_together({out / path: data for path, data in made.files.items()})
    new = load_folder(out)
    return Conversion(
        out,
        tuple(made.files),
        len(new),
        made.left_out,
        made.notices,
        (
            *old.broken,
            *made.lost,
            *compare(old.registry, new, views=made.views),
        ),
        _advice(new),
    )


def _advice(registry: Registry) -> str | None:
    try:
        views(registry)
    except CodeableError as error:
        return error.message
    return None
