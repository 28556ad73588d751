"""Follows the imports of a CodeableModels study without running it.

The answer says where its modules are, which are missing, and whether it uses names of early 2023.
`run_script`, `run_options` and `convert` ask.
"""

import importlib.machinery
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from attrs import evolve, frozen

from codeable.compat import shims
from codeable.compat.finder import FOLDER
from codeable.compat.modules import Asked, ModuleFile, read_module
from codeable.files import home_folder
from codeable.loading.loader import find_module

_EARLIER_NAMES = frozenset({"can_be_realized_with", "variant"})
_EARLIER_ATTRIBUTES = frozenset({"can_be_realized_with", "top_to_bottom"})
_GUIDANCE = "metamodels.guidance_metamodel"
_LEVELS_UP = 3
_LEVELS_BESIDE = 2
_LEVELS_UP_IN_A_REPOSITORY = 8
_NOT_PART_OF_A_STUDY = frozenset(
    {"__pycache__", "node_modules", "site-packages", "venv", "env", "build", "dist"}
)


@frozen
class StudyFiles:
    """The modules that a script needs, as far as its study has them.

    Attributes:
        script: The program.
        roots: What belongs on the module path for it, in order; the script's folder comes first.
        files: The study's modules that are reached from the script, the script first.
        names: The full names under which they are reached; none for the script.
        missing: The imports for which there is no module.
    """

    script: Path
    roots: tuple[Path, ...]
    files: Mapping[Path, ModuleFile]
    names: Mapping[Path, str]
    missing: tuple[Asked, ...]

    @property
    def uses_earlier_names(self) -> bool:
        """Whether the study uses a name that only the copies of early 2023 have."""
        return any(_is_earlier(module) for module in self.files.values())


def read_study(
    script: Path, paths: Sequence[Path] = (), aliases: Mapping[str, str] | None = None
) -> StudyFiles:
    """Follow the imports of a script through its study, without running anything.

    A folder above the script (or a neighbour of one) in which a module is found that is missing otherwise
    becomes one of the roots, the nearest first: studies were run with a module path that their owners set by
    hand.

    Args:
        script: The program.
        paths: Further roots, which come before those that are found; after them come those of `PYTHONPATH`.
        aliases: Other names under which modules are to be found: old → new.
    """
    script = script.resolve()
    roots = _Roots([script.parent, *(path.resolve() for path in paths), *_python_path()], script)
    files: dict[Path, ModuleFile] = {}
    names: dict[Path, str] = {}
    missing: dict[Asked, None] = {}
    waiting = [] if is_of_the_interpreter(script) else [(script, "")]
    while waiting:
        path, full_name = waiting.pop(0)
        if path in files:
            continue
        if full_name:
            names[path] = full_name
        package = full_name if path.name == "__init__.py" else full_name.rpartition(".")[0]
        files[path] = module = read_module(path, package)
        for asked in module.asked:
            for name in _modules_of(asked, roots.known, aliases or {}):
                followed = _follow(name, asked, roots)
                waiting += followed or []
                if followed is None and not asked.guarded:
                    missing[evolve(asked, module=name)] = None
    return StudyFiles(script, tuple(roots.known), files, names, tuple(missing))


def python_files(folder: Path) -> Iterator[Path]:
    """All Python files of a study, in order of their paths; hidden and installed ones are none of it."""
    for path in _entries(folder):
        if path.name.startswith(".") or path.name in _NOT_PART_OF_A_STUDY:
            continue
        if _is_searched(path):
            yield from python_files(path)
        elif path.suffix == ".py" and path.is_file():
            yield path


def _is_searched(path: Path) -> bool:
    readable = path.is_dir() and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK)
    return readable and not (path / "pyvenv.cfg").exists()


def _modules_of(asked: Asked, roots: Sequence[Path], aliases: Mapping[str, str]) -> list[str]:
    """The full names of the modules that an import needs: of a folder without `__init__`, those in it."""
    name = _real_name(asked.module, aliases)
    found = find_module(name, roots)
    has_code = found is not None and found.is_file()
    if name == shims.METAMODELS:
        is_folder = not has_code
    else:
        is_folder = name not in shims.PROVIDED and found is not None and not has_code
    if not is_folder or not asked.names or "*" in asked.names:
        return [name]
    return [f"{name}.{each}" for each in asked.names]


def _follow(name: str, asked: Asked, roots: "_Roots") -> list[tuple[Path, str]] | None:
    """The files of the study that an import executes, each with its name; None when the module is missing."""
    if name in shims.PROVIDED or name.partition(".")[0] == "codeable":
        return []
    if not roots.have(name):
        return [] if _is_installed(name) else None
    parts = name.split(".")
    names = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    names += [f"{name}.{each}" for each in asked.names if each != "*"]
    found = [(find_module(name, roots.known), name) for name in names]
    return [(path, name) for path, name in found if path is not None and path.is_file()]


class _Roots:
    """The folders in which the modules of a study are found.

    Args:
        given: Those that are known from the start.
        script: The program, above which others are looked for.

    Attributes:
        known: The given ones, then those that were found, the nearest to the script first.
    """

    def __init__(self, given: Iterable[Path], script: Path) -> None:
        self._given = list(dict.fromkeys(given))
        self._others = [each for each in _neighbourhood(script) if each not in self._given]
        self._found: set[Path] = set()
        self.known = list(self._given)

    def have(self, name: str) -> bool:
        """Whether one has a module; another that has it becomes known. Python's own are not looked for."""
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
    """Whether a folder has a module or a package with modules; none that may not be read."""
    try:
        found = find_module(name, [root])
    except PermissionError:
        return False
    return found is not None and (found.is_file() or any(python_files(found)))


def _python_path() -> Iterator[Path]:
    """The folders of `PYTHONPATH`, those apart that hold what is installed, provided, or codeable itself."""
    ours = (FOLDER.resolve(), FOLDER.resolve().parents[2])
    for entry in filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        path = Path(entry).resolve()
        if path.is_dir() and path not in ours and not {"site-packages", "dist-packages"} & set(path.parts):
            yield path


def _neighbourhood(script: Path) -> Iterator[Path]:
    """The folders above a script's, each followed by what is in it unless that is too far away."""
    above = folders_above(script)
    in_repository = bool(above) and (above[-1] / ".git").exists()
    for level, folder in enumerate(above):
        yield folder
        if in_repository or level < _LEVELS_BESIDE:
            yield from _folders_in(folder)


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


def is_of_the_interpreter(script: Path) -> bool:
    """Whether a program is no study but a tool: a test runner, a notebook's kernel."""
    folders = [
        Path(prefix, name) for prefix in (sys.prefix, sys.base_prefix) for name in ("bin", "lib", "Scripts")
    ]
    return "site-packages" in script.parts or any(script.is_relative_to(folder) for folder in folders)


def _folders_in(folder: Path) -> list[Path]:
    return [path for path in _entries(folder) if path.is_dir() and _may_hold_modules(path)]


def _entries(folder: Path) -> list[Path]:
    """What is in a folder, in order; nothing if it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _may_hold_modules(path: Path) -> bool:
    return not path.name.startswith(".") and path.name not in _NOT_PART_OF_A_STUDY


def _real_name(name: str, aliases: Mapping[str, str]) -> str:
    for old, new in aliases.items():
        if name == old or name.startswith(old + "."):
            return new + name[len(old) :]
    return name


@cache
def _is_installed(name: str) -> bool:
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names or top == "codeable":
        return True
    elsewhere = [path for path in sys.path if path not in ("", str(Path.cwd()))]
    found = importlib.machinery.PathFinder.find_spec(top, elsewhere)
    if found is not None and found.origin is None:  # a folder that merely has the name
        return False
    return found is not None or (top in sys.builtin_module_names and find_spec(top) is not None)


def _is_earlier(module: ModuleFile) -> bool:
    taken = {name for asked in module.asked if asked.module == _GUIDANCE for name in asked.names}
    if taken & _EARLIER_NAMES:
        return True
    if any(attribute in _EARLIER_ATTRIBUTES for _, attribute in module.attributes):
        return True
    if "*" in taken and _EARLIER_NAMES & module.used - module.bound:
        return True
    asks_for_module = _GUIDANCE in {asked.module for asked in module.asked if not asked.names} or any(
        asked.module == "metamodels" and "guidance_metamodel" in asked.names for asked in module.asked
    )
    return asks_for_module and "variant" in {attribute for _, attribute in module.attributes}
