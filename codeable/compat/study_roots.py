"""The folders in which the modules of a CodeableModels study are found: above its script, and beside it.

`module_discovery` asks for them.
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from codeable.compat.finder import PACKAGES_FOLDER
from codeable.files import home_folder
from codeable.loading.loader import find_module

_LEVELS_UP = 3
_LEVELS_BESIDE = 2
_LEVELS_UP_IN_A_REPOSITORY = 8
_NOT_PART_OF_A_STUDY = frozenset(
    {"__pycache__", "node_modules", "site-packages", "venv", "env", "build", "dist"}
)


def python_files(folder: Path) -> Iterator[Path]:
    """All Python files of a study, in order of their paths, without hidden and installed ones."""
    for path in _entries(folder):
        if not may_hold_modules(path):
            continue
        if path.is_dir():
            readable = not path.is_symlink() and os.access(path, os.R_OK | os.X_OK)
            if readable and not (path / "pyvenv.cfg").exists():
                yield from python_files(path)
        elif path.suffix == ".py" and path.is_file():
            yield path


def folders_above(script: Path) -> list[Path]:
    """The folders above the script's, up to that of the repository; outside of one, only a few."""
    outside = {Path(sys.prefix), home_folder(), Path(tempfile.gettempdir()).resolve(), Path(script.anchor)}
    found: list[Path] = []
    for folder in list(script.parents)[: _LEVELS_UP_IN_A_REPOSITORY + 1]:
        if folder in outside:
            break
        found.append(folder)
        if (folder / ".git").exists():
            return found[1:]
    return found[1 : _LEVELS_UP + 1]


class StudyRoots:
    """The folders in which the modules of a study are found.

    Args:
        given: Those that are known from the start.
        script: The program; folders above it and their neighbours are tried next.
        last: What is tried after all others: the folder in which the program runs.

    Attributes:
        known: The given ones, then those that were found, the nearest to the script first.
    """

    def __init__(self, given: Iterable[Path], script: Path, last: Iterable[Path] = ()) -> None:
        self._given = list(dict.fromkeys(given))
        others = dict.fromkeys([*_neighbourhood(script), *last])
        self._others = [each for each in others if each not in self._given]
        self._found: set[Path] = set()
        self.known = list(self._given)

    def add(self, folder: Path) -> None:
        """Let the modules in a folder be found after all others."""
        if folder not in self.known:
            self._others.append(folder)
            self._found.add(folder)
            self.known.append(folder)

    def have(self, name: str) -> bool:
        """Whether one has a module; another folder that has it becomes known. Python's own do not count."""
        if find_module(name, self._given) is not None:
            return True
        if name.partition(".")[0] in sys.stdlib_module_names:
            return False
        for root in self._others:
            if _has(root, name):
                self._found.add(root)
                self.known = [*self._given, *(each for each in self._others if each in self._found)]
                return True
        return False


def _has(root: Path, name: str) -> bool:
    """Whether a folder has a module or a package with modules; not if it cannot be read."""
    try:
        found = find_module(name, [root])
    except PermissionError:
        return False
    return found is not None and (found.is_file() or any(python_files(found)))


def python_path() -> Iterator[Path]:
    """The folders of `PYTHONPATH`, without those of installed packages and of codeable itself."""
    ours = (PACKAGES_FOLDER.resolve(), PACKAGES_FOLDER.resolve().parents[2])
    for entry in filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        path = Path(entry).resolve()
        if path.is_dir() and path not in ours and not {"site-packages", "dist-packages"} & set(path.parts):
            yield path


def _neighbourhood(script: Path) -> Iterator[Path]:
    """The folder of a script, those above it, and after each of these the folders in it, if near enough."""
    yield script.parent  # of a module of a package: the module path has the folder of the package first
    above = folders_above(script)
    in_repository = bool(above) and (above[-1] / ".git").exists()
    for level, folder in enumerate(above):
        yield folder
        if in_repository or level < _LEVELS_BESIDE:
            yield from (path for path in _entries(folder) if path.is_dir() and may_hold_modules(path))


def _entries(folder: Path) -> list[Path]:
    """The entries of a folder, in order; none if it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def may_hold_modules(path: Path) -> bool:
    """Whether an entry of a folder may be a module of a study, or hold some: no hidden and installed ones."""
    return not path.name.startswith(".") and path.name not in _NOT_PART_OF_A_STUDY
