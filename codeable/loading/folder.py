"""Loads the study in a folder: reads its settings, finds the files of its modules and runs them."""

import contextlib
import os
import re
import shlex
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar, overload

from codeable.dsl import fresh_vocabulary
from codeable.errors import CodeableError, reason_of
from codeable.files import is_folder, shown_path
from codeable.loading.interpreter import interpreter_restored, python_restored
from codeable.loading.load_errors import module_error
from codeable.loading.loader import compile_ahead, file_name
from codeable.loading.modules import StudyModules
from codeable.metamodels.isolation import resolving_import
from codeable.registry import Registry
from codeable.settings import (
    SETTINGS_FILE,
    Settings,
    folder_of,
    has_settings,
    is_module_file,
    read_settings,
    study_above,
)
from codeable.text import did_you_mean, natural_key

R = TypeVar("R", bound=Registry)

_OLD_IMPORT = re.compile(rb"^[ \t]*(?:from|import)[ \t]+(?:[\w.]+\.)?codeable_models\b", re.MULTILINE)
_MOST_MODULES = 200
_DEFAULTS = {*Settings().models, *Settings().sources}


class StudyFolderError(CodeableError):
    """A folder that is missing or holds no study."""

    def __init__(self, message: str) -> None:
        super().__init__(message, exit_status=2)


@overload
def load_folder(folder: Path | str, *, pass_closed: bool = False) -> Registry: ...
@overload
def load_folder(folder: Path | str, cls: type[R]) -> R: ...
def load_folder(folder: Path | str, cls: type[Registry] = Registry, *, pass_closed: bool = False) -> Registry:
    """Load the study in a folder: `codeable.load` and all commands call this.

    Working folder and `sys.path` are restored; nothing enters `sys.modules`.

    Args:
        folder: The study's folder. A `~` at its start is the user's home.
        cls: The class of the study: `Registry`, or one above it.
        pass_closed: As for `module_files`.

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
        ...     load_folder(name)["bus"].name
        'Event Bus'
    """
    root = existing_folder(folder)
    settings = read_settings(root)
    files = tuple(module_files(root, settings, pass_closed=pass_closed))
    begun = all(is_folder(root / name) for name in (*settings.model_folders, *settings.source_folders))
    if not files and not begun and not has_settings(root):
        looked = ", ".join(f"{entry}/" for entry in (*settings.model_folders, *settings.source_folders))
        above = study_above(root)
        if above is not None:
            advice = f"The nearest study above it is {above}"
        else:
            advice = _how_to_convert(root) if _is_for_codeable_models(root) else _how_to_start(root)
        raise StudyFolderError(
            f"{root} holds no study: looked for Python modules in {looked} "
            f"and for [tool.codeable] in {SETTINGS_FILE}\n{advice}"
        )
    vocabulary = fresh_vocabulary()
    modules = StudyModules(
        root,
        list(dict.fromkeys(map(folder_of, (*settings.models, *settings.sources)))),
        resolving_import(vocabulary.__vocabulary__),
        offered=vocabulary.__all__,
    )
    with interpreter_restored():
        for path in files:
            _load(modules, path)
    return cls(vocabulary, modules.completed, folder=root, settings=settings, files=files)


def compile_modules(folder: str | Path) -> None:
    """Compile the modules of a study, which this process will load later. None of them is run.

    What is wrong with the study is said when it is loaded.

    Args:
        folder: The study's folder.
    """
    with contextlib.suppress(CodeableError):
        root = existing_folder(folder)
        compile_ahead(module_files(root, read_settings(root), pass_closed=True))


def module_files(folder: Path, settings: Settings, *, pass_closed: bool = False) -> Iterator[Path]:
    """The files of a study's modules in the order in which they are loaded: models, then sources.

    Sub-folders count. Names that start with `_` or `.` do not, except `__init__.py` and modules that the
    settings name. A module that is named comes at its place, and not again with its folder.

    Args:
        folder: The study's folder.
        settings: Its settings.
        pass_closed: Whether to go on without a closed folder where field notes are looked for too. Whoever
            reads the notes reports it.

    Raises:
        StudyFolderError: What the settings name is missing, or a folder cannot be read.
    """
    seen: set[Path] = set()
    for entry in (*settings.models, *settings.sources):
        start = folder / file_name(entry)
        if is_module_file(entry) and start.is_file():
            if start not in seen:
                seen.add(start)
                yield start
            continue
        if not is_folder(start) and entry not in _DEFAULTS:
            raise _missing_entry(folder, entry, start)
        with_notes = entry in (settings.notes or settings.sources) and entry not in settings.models
        for path in _modules_below(start, frozenset(), pass_closed=pass_closed and with_notes):
            if path not in seen:
                seen.add(path)
                yield path


def _missing_entry(folder: Path, entry: str, start: Path) -> StudyFolderError:
    what = "module" if is_module_file(entry) else "folder"
    kind = f"is a file, not a {what}" if start.exists() else "is not there"
    near = did_you_mean(start.name, _names_in(start.parent, "*.py" if what == "module" else "*/"))
    settings = shown_path(folder / SETTINGS_FILE)
    return StudyFolderError(f"{settings}: [tool.codeable] names the {what} {entry!r}, which {kind}{near}")


def _modules_below(folder: Path, above: frozenset[str], *, pass_closed: bool) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in above:  # a link to a folder above
        return
    try:
        folders, files = _entries(folder)
    except OSError as error:
        if pass_closed and above and not folder.is_symlink() and not _lists_modules(folder):
            return
        raise StudyFolderError(
            f"the folder {shown_path(folder)} cannot be read: {reason_of(error)}"
        ) from error
    if folder / "__init__.py" in files:
        yield folder / "__init__.py"
    entries = (entry for entry in (*folders, *files) if not entry.name.startswith(("_", ".")))
    for entry in sorted(entries, key=lambda entry: (natural_key(entry.stem), entry.name)):
        if entry in folders:
            yield from _modules_below(entry, above | {real}, pass_closed=pass_closed)
        elif entry.suffix == ".py":
            yield entry


def _lists_modules(folder: Path) -> bool:
    """Whether a folder that cannot be entered lists modules."""
    try:
        return any(entry.suffix == ".py" for entry in folder.iterdir())
    except OSError:
        return False


def _entries(folder: Path) -> tuple[set[Path], set[Path]]:
    """The folders in a folder, and its other entries. Broken links are left out."""
    entries = [entry for entry in folder.iterdir() if entry.exists()] if folder.is_dir() else []
    folders = {entry for entry in entries if entry.is_dir()}
    return folders, {*entries} - folders


def _load(modules: StudyModules, path: Path) -> None:
    try:
        with python_restored():
            modules.load(path)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise module_error(error, modules, str(path)) from error


def existing_folder(folder: Path | str) -> Path:
    """The absolute path of a study's folder.

    Raises:
        StudyFolderError: It is missing or is no folder; the message names the nearest.
    """
    if not isinstance(folder, str | os.PathLike):
        raise StudyFolderError(f"a study's folder must be a path, not {folder!r}")
    if folder == "":
        raise StudyFolderError("the path of the study's folder is empty; '.' is the current folder")
    try:
        root = Path(folder).expanduser().resolve()
        found, is_there = root.is_dir(), root.exists()
    except (ValueError, OSError, RuntimeError) as error:
        raise StudyFolderError(
            f"{os.fspath(folder)!r} cannot be a study's folder: {reason_of(error)}"
        ) from error
    if is_there and not found:
        raise StudyFolderError(f"{root} is a file; a study is loaded by its folder")
    if not found:
        near = did_you_mean(root.name, _names_in(root.parent))
        raise StudyFolderError(f"there is no folder {root}{near}\n{_how_to_start(root)}")
    return root


def _how_to_start(root: Path) -> str:
    shown = shown_path(root)
    quoted = shlex.quote(shown)
    return f"`codeable init{'' if shown == '.' else f' {quoted}'}` starts a study there"


def _how_to_convert(root: Path) -> str:
    quoted = shlex.quote(shown_path(root))
    return (
        f"It is written for CodeableModels: `codeable convert {quoted} --out STUDY` makes a study of it, "
        "`codeable compat run SCRIPT` runs it as it is"
    )


def _is_for_codeable_models(root: Path) -> bool:
    """Whether one of the first modules in a folder, or in a folder of it, imports CodeableModels."""
    modules = (path for pattern in ("*.py", "*/*.py") for path in root.glob(pattern))
    try:
        return any(_OLD_IMPORT.search(path.read_bytes()) for path in islice(modules, _MOST_MODULES))
    except OSError:
        return False


def _names_in(folder: Path, pattern: str = "*/") -> list[str]:
    """The names of the folders in a folder, or of the modules; none where it cannot be read."""
    try:
        return sorted(entry.name for entry in folder.glob(pattern))
    except OSError:
        return []
