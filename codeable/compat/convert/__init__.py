"""Converts a study written for CodeableModels to a study of codeable. `codeable convert` calls `convert`.

The old study runs. Its declarations are written as statements, in an order that gives every list of links the
same order. The result is loaded and compared with the old study.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.compat.convert.comparing import compare
from codeable.compat.convert.old_study import OldStudy, load_old_study
from codeable.compat.convert.plan import plan
from codeable.compat.convert.writing import write_study, written_files
from codeable.compat.finder import PACKAGES_FOLDER
from codeable.diagrams import views
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel import CBundle
from codeable.kernel.place import place_of
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
        view_options: Options of the old renderer in lists of views, which are not taken over: module, list,
            names of the options.
    """

    folder: Path
    files: tuple[Path, ...]
    elements: int
    left_out: tuple[Path, ...]
    differences: tuple[str, ...]
    advice: str | None = None
    view_options: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


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
    planned = plan(old)
    files = written_files(old, planned)
    write_study(files, out)
    new = load_folder(out)
    return Conversion(
        out,
        tuple(files),
        len(new),
        old.left_out,
        (
            *(f"left out, it cannot be read: {each}" for each in old.broken),
            *compare(old.registry, new, views=planned.views),
        ),
        _advice(new),
        tuple(_view_options(old)),
    )


def _view_options(old: OldStudy) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The lists of views that the study itself has declared, with the options in them; each list once."""
    seen: set[int] = set()
    for module_name, module in old.modules.items():
        for name, value in list(vars(module).items()):
            if isinstance(value, list) and id(value) not in seen and _is_views(value):
                seen.add(id(value))
                given = [options for options in value[1::2] if isinstance(options, Mapping)]
                options = tuple(dict.fromkeys(str(option) for each in given for option in each))
                if options:
                    yield module_name, name, options


def _is_views(value: list[object]) -> bool:
    """Whether a list is one of views, and none of those that come with a metamodel."""
    bundles = [each for each in value[::2] if isinstance(each, CBundle)]
    places = [place_of(each) for each in bundles]
    ours = str(PACKAGES_FOLDER.parent)
    return (
        bool(bundles)
        and len(bundles) == len(value[::2])
        and not all(place is not None and place.path.startswith(ours) for place in places)
    )


def _advice(registry: Registry) -> str | None:
    try:
        views(registry)
    except CodeableError as error:
        return error.message
    return None
