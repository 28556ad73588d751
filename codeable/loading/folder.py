"""Where a study's files are, and loading them all."""

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

from attrs import frozen

from codeable.dsl import fresh_vocabulary
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading.failures import module_error
from codeable.loading.modules import StudyModules
from codeable.metamodels.fresh import resolving_import
from codeable.names import did_you_mean, natural_key
from codeable.registry import Registry
from codeable.settings import Settings, has_settings, read_settings

__all__ = ["LoadedStudy", "StudyFolderError", "is_study", "load_folder", "module_files"]

_DEFAULTS = {*Settings().models, *Settings().sources}


class StudyFolderError(CodeableError):
    """A folder that is missing or holds no study."""

    def __init__(self, message: str) -> None:
        super().__init__(message, exit_status=2)


@frozen(eq=False)
class LoadedStudy:
    """A study as it was when its modules were read.

    Attributes:
        folder: The study's folder, absolute.
        settings: Its settings.
        vocabulary: Its own `codeable.dsl`.
        modules: Its modules by name, in the order in which they ran to their end.
        registry: What its modules declare.
        files: The files of its modules, in the order in which they are loaded.
    """

    folder: Path
    settings: Settings
    vocabulary: ModuleType
    modules: Mapping[str, ModuleType]
    registry: Registry
    files: tuple[Path, ...]


def load_folder(folder: Path | str) -> LoadedStudy:
    """Load the study in a folder; the interpreter is left as it was.

    Args:
        folder: The study's folder. A `~` at its start is the user's home.

    Raises:
        StudyFolderError: The folder is missing or holds no study.
        StudyModuleError: A module does not run to its end.
        CodeableError: The settings are wrong.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as name:
        ...     Path(name, "models").mkdir()
        ...     _ = Path(name, "models", "a.py").write_text(
        ...         "from codeable.dsl import *; bus = CClass(pattern, 'Event Bus')"
        ...     )
        ...     load_folder(name).registry["bus"].name
        'Event Bus'
    """
    root = _existing(folder)
    settings = read_settings(root)
    files = tuple(module_files(root, settings))
    if not files and not has_settings(root):
        raise StudyFolderError(_no_study(root, settings))
    vocabulary = fresh_vocabulary()
    modules = StudyModules(
        root,
        (*settings.models, *settings.sources),
        resolving_import(vocabulary.__vocabulary__),
        offered=vocabulary.__all__,
    )
    for path in files:
        _load(modules, path)
    registry = Registry(
        vocabulary, modules.completed, order=settings.order, where=f"{root / 'pyproject.toml'}: order"
    )
    return LoadedStudy(root, settings, vocabulary, dict(modules.completed), registry, files)


def is_study(folder: Path) -> bool:
    """Whether a folder is meant to be a study: it holds `models/`, or `[tool.codeable]` settings."""
    return (folder / "models").is_dir() or has_settings(folder)


def module_files(folder: Path, settings: Settings) -> Iterator[Path]:
    """The files of a study's modules in the order in which they are loaded: models, then sources.

    Sub-folders count; names that start with `_` or `.` do not, but for a package's own `__init__.py`.

    Raises:
        StudyFolderError: A folder that the settings name is missing.
    """
    seen: set[Path] = set()
    for entry in (*settings.models, *settings.sources):
        start = folder / entry
        if not start.is_dir() and entry not in _DEFAULTS:
            raise StudyFolderError(_no_folder(folder, entry, start))
        for path in _modules_below(start, frozenset()):
            if path not in seen:
                seen.add(path)
                yield path


def _modules_below(folder: Path, above: frozenset[str]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in above or not folder.is_dir():  # a link that leads back up
        return
    if (folder / "__init__.py").is_file():
        yield folder / "__init__.py"
    entries = (entry for entry in folder.iterdir() if not entry.name.startswith(("_", ".")))
    for entry in sorted(entries, key=lambda entry: (natural_key(entry.stem), entry.name)):
        if entry.is_dir():
            yield from _modules_below(entry, above | {real})
        elif entry.suffix == ".py" and entry.is_file():
            yield entry


def _load(modules: StudyModules, path: Path) -> None:
    try:
        modules.load(path)
    except (Exception, SystemExit) as error:
        raise module_error(error, modules, str(path)) from error


def _existing(folder: Path | str) -> Path:
    if not isinstance(folder, str | os.PathLike):
        raise StudyFolderError(f"a study's folder must be a path, not {folder!r}")
    try:
        root = Path(folder).expanduser().resolve()
        is_folder, is_file = root.is_dir(), root.is_file()
    except (ValueError, OSError, RuntimeError) as error:
        raise StudyFolderError(f"{folder!r} cannot be a study's folder: {error}") from error
    if is_file:
        raise StudyFolderError(f"{root} is a file; a study is loaded by its folder")
    if not is_folder:
        siblings = sorted(e.name for e in root.parent.iterdir()) if root.parent.is_dir() else []
        raise StudyFolderError(
            f"there is no folder {root}{did_you_mean(root.name, siblings)}\n{_how_to_start(root)}"
        )
    return root


def _no_study(root: Path, settings: Settings) -> str:
    looked = ", ".join(f"{entry}/" for entry in (*settings.models, *settings.sources))
    return (
        f"{root} holds no study: looked for Python modules in {looked} "
        f"and for [tool.codeable] in pyproject.toml\n{_how_to_start(root)}"
    )


def _how_to_start(root: Path) -> str:
    shown = shown_path(root)
    quoted = shlex.quote(shown)
    return f"`codeable init{'' if shown == '.' else f' {quoted}'}` starts a study there"


def _no_folder(root: Path, entry: str, start: Path) -> str:
    siblings: Sequence[str] = (
        sorted(e.name for e in start.parent.iterdir() if e.is_dir()) if start.parent.is_dir() else ()
    )
    kind = "is a file, not a folder" if start.exists() else "is not there"
    return (
        f"{shown_path(root / 'pyproject.toml')}: [tool.codeable] names the folder {entry!r}, which {kind}"
        f"{did_you_mean(start.name, siblings)}"
    )
