"""Converts a study written for CodeableModels to a study of codeable. `codeable convert` calls `convert`.

The old study runs. Its modules are copied, and the imports in them are rewritten in their places; comments,
functions and layout stay. The new study is then loaded and compared with the old one.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.compat.convert.comparing import compare, counts
from codeable.compat.convert.new_study import NewStudy, new_study
from codeable.compat.convert.old_study import OldStudy, load_old_study
from codeable.compat.convert.study_settings import settings_of_views, views_with_forces
from codeable.diagrams import views
from codeable.errors import CodeableError, reason_of
from codeable.files import shown_path, write_together
from codeable.loading import load_folder
from codeable.loading.load_errors import WRITTEN_FOR_CODEABLE_MODELS
from codeable.registry import Registry
from codeable.settings import SETTINGS_FILE
from codeable.text import counted

__all__ = ["Conversion", "convert"]

_IMPORT_OURS = (
    "This is written for CodeableModels, in a way that cannot be rewritten: import it from codeable.dsl"
)


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
        counts: How much the new study says, in words; empty if it does not load.
        old_counts: How much the old study says.
        warnings: What the study has none of for codeable, such as decisions, although it could.
    """

    folder: Path
    files: tuple[Path, ...]
    elements: int
    left_out: Mapping[Path, str]
    notices: tuple[str, ...]
    differences: tuple[str, ...]
    counts: str
    old_counts: str
    warnings: tuple[str, ...]


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
        text_format: Whose display names the old metamodels have, `older` or `current`; None decides as a run
            of the old study does.
        paths: Further folders in which the old study's modules are found.
        aliases: Other names under which they are found: old → new.

    Raises:
        CodeableError: The folder is in use or cannot be written, or the old study cannot be loaded.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CodeableError(f"{shown_path(out)} is there already; name a folder that is not", exit_status=2)
    old = load_old_study(old_study, text_format, paths, aliases)
    made = new_study(old)
    modules = {out / path: data for path, data in made.files.items()}
    results: list[_Result] = []
    for settings in made.settings:
        _write({out / SETTINGS_FILE: settings, **(modules if not results else {})})
        results.append(_compared(out, old, made))
        if results[-1].rank == (0, 0):
            break
    best = min(results, key=lambda each: each.rank)
    settings = made.settings[results.index(best)]
    with_forces = views_with_forces(best.registry) if best.registry is not None else []
    if best is not results[-1] or with_forces:
        _write({out / SETTINGS_FILE: settings + settings_of_views(with_forces)})
    differences = (*made.lost, *best.differences)
    if best.registry is None:  # why it does not load comes first
        differences = (*best.differences, *made.lost)
    return Conversion(
        out,
        (Path(SETTINGS_FILE), *made.files),
        len(best.registry) if best.registry is not None else 0,
        made.left_out,
        (*made.notices, *best.notices, *_about_forces(with_forces)),
        (*old.broken, *differences),
        counts(best.registry) if best.registry is not None else "",
        counts(old.registry, made.views),
        made.warnings,
    )


@frozen
class _Result:
    """The new study with some settings, and how it compares."""

    registry: Registry | None
    differences: tuple[str, ...]
    notices: tuple[str, ...] = ()
    same_order: bool = False

    @property
    def rank(self) -> tuple[int, int]:
        """The less, the more it is like the old study."""
        return len(self.differences), 0 if self.same_order else 1


def _compared(out: Path, old: OldStudy, made: NewStudy) -> _Result:
    try:
        registry = load_folder(out)
        found = compare(old.registry, registry, made.views, made.modules)
    except CodeableError as error:
        message = error.message.replace(WRITTEN_FOR_CODEABLE_MODELS, _IMPORT_OURS)
        return _Result(None, (f"the new study does not load; fix it there: {message}",))
    reordered = tuple(
        f"the view {view} has its elements in another order: a set gives them in any order"
        for view in found.reordered
    )
    return _Result(registry, (*found.differences, *_clashes(registry)), reordered, found.same_order)


def _about_forces(names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    views_ = f"{counted(len(names), 'view')} of the old study {'shows' if len(names) == 1 else 'show'}"
    return (f"{views_} forces as boxes, and so the figures do: [tool.codeable.views] in {SETTINGS_FILE}",)


def _clashes(registry: Registry) -> tuple[str, ...]:
    """Why the figures of the new study cannot be drawn as it is."""
    try:
        views(registry)
    except CodeableError as error:
        return (f"before it can be drawn: {error.message}",)
    return ()


def _write(files: Mapping[Path, bytes]) -> None:
    try:
        write_together(files)
    except OSError as error:
        path = shown_path(str(error.filename or next(iter(files))))
        raise CodeableError(f"{path} cannot be written: {reason_of(error)}; nothing was written") from error
