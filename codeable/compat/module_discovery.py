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
from codeable.compat.finder import PACKAGES_FOLDER
from codeable.compat.module_file import ModuleFile, ModuleImport, read_module
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
        roots: The folders that it needs on the module path, in order; the script's folder comes first.
        files: The modules that the script reaches by imports, the script first.
        names: Their full names; the script has none.
        missing: The imports of modules that do not exist.
    """

    script: Path
    roots: tuple[Path, ...]
    files: Mapping[Path, ModuleFile]
    names: Mapping[Path, str]
    missing: tuple[ModuleImport, ...]

    @property
    def uses_earlier_names(self) -> bool:
        """Whether the study uses a name that only the copies of early 2023 have."""
        return any(_is_earlier(module) for module in self.files.values())


def read_study(
    script: Path, paths: Sequence[Path] = (), aliases: Mapping[str, str] | None = None
) -> StudyFiles:
    """Follow the imports of a script through its study, without running anything.

    Studies were run with a module path that their owners set by hand. So a folder above the script, or a
    neighbour of such a folder, becomes a root if it has a module that is missing otherwise, the nearest
    first.

    Args:
        script: The program.
        paths: Further roots, which come before those that are found; after them come those of `PYTHONPATH`.
        aliases: Other names under which modules are found: old → new.
    """
    script = script.resolve()
    roots = _Roots([script.parent, *(path.resolve() for path in paths), *_python_path()], script)
    files: dict[Path, ModuleFile] = {}
    names: dict[Path, str] = {}
    missing: dict[ModuleImport, None] = {}
    waiting = [] if is_of_the_interpreter(script) else [(script, "")]
    while waiting:
        path, full_name = waiting.pop(0)
        if path in files:
            continue
        if full_name:
            names[path] = full_name
        package = full_name if path.name == "__init__.py" else full_name.rpartition(".")[0]
        files[path] = module = read_module(path, package)
        for each in module.imports:
            for name in _modules_of(each, roots.known, aliases or {}):
                executed = _executed(name, each, roots)
                waiting += executed or []
                if executed is None and not each.guarded:
                    missing[evolve(each, module=name)] = None
    return StudyFiles(script, tuple(roots.known), files, names, tuple(missing))


def python_files(folder: Path) -> Iterator[Path]:
    """All Python files of a study, in order of their paths, without hidden and installed ones."""
    for path in _entries(folder):
        if not _may_hold_modules(path):
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


def is_of_the_interpreter(script: Path) -> bool:
    """Whether a program is a tool and no study: a test runner, a notebook's kernel."""
    folders = [
        Path(prefix, name) for prefix in (sys.prefix, sys.base_prefix) for name in ("bin", "lib", "Scripts")
    ]
    return "site-packages" in script.parts or any(script.is_relative_to(folder) for folder in folders)


def _modules_of(statement: ModuleImport, roots: Sequence[Path], aliases: Mapping[str, str]) -> list[str]:
    """The full names of the modules that an import needs; of a package without `__init__`, those in it."""
    name = statement.module
    for old, new in aliases.items():
        if name == old or name.startswith(old + "."):
            name = new + name[len(old) :]
            break
    found = find_module(name, roots)
    if name == shims.METAMODELS:
        only_folder = found is None or found.is_dir()
    else:
        only_folder = name not in shims.PROVIDED and found is not None and found.is_dir()
    if only_folder and statement.names and not statement.is_star:
        return [f"{name}.{each}" for each in statement.names]
    return [name]


def _executed(name: str, statement: ModuleImport, roots: "_Roots") -> list[tuple[Path, str]] | None:
    """The files of the study that an import executes, each with its name; None if the module is missing."""
    if name in shims.PROVIDED or name.partition(".")[0] == "codeable":
        return []
    if not roots.have(name):
        return [] if _is_installed(name) else None
    parts = name.split(".")
    names = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    names += [f"{name}.{each}" for each in statement.names if each != "*"]
    found = [(find_module(name, roots.known), name) for name in names]
    return [(path, name) for path, name in found if path is not None and path.is_file()]


class _Roots:
    """The folders in which the modules of a study are found.

    Args:
        given: Those that are known from the start.
        script: The program; folders above it and their neighbours are tried next.

    Attributes:
        known: The given ones, then those that were found, the nearest to the script first.
    """

    def __init__(self, given: Iterable[Path], script: Path) -> None:
        self._given = list(dict.fromkeys(given))
        self._others = [each for each in _neighbourhood(script) if each not in self._given]
        self._found: set[Path] = set()
        self.known = list(self._given)

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


def _python_path() -> Iterator[Path]:
    """The folders of `PYTHONPATH`, without those of installed packages and of codeable itself."""
    ours = (PACKAGES_FOLDER.resolve(), PACKAGES_FOLDER.resolve().parents[2])
    for entry in filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        path = Path(entry).resolve()
        if path.is_dir() and path not in ours and not {"site-packages", "dist-packages"} & set(path.parts):
            yield path


def _neighbourhood(script: Path) -> Iterator[Path]:
    """The folders above a script's, each followed by the folders in it unless that is too far away."""
    above = folders_above(script)
    in_repository = bool(above) and (above[-1] / ".git").exists()
    for level, folder in enumerate(above):
        yield folder
        if in_repository or level < _LEVELS_BESIDE:
            yield from (path for path in _entries(folder) if path.is_dir() and _may_hold_modules(path))


def _entries(folder: Path) -> list[Path]:
    """The entries of a folder, in order; none if it cannot be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _may_hold_modules(path: Path) -> bool:
    return not path.name.startswith(".") and path.name not in _NOT_PART_OF_A_STUDY


@cache
def _is_installed(name: str) -> bool:
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return True
    elsewhere = [path for path in sys.path if path not in ("", str(Path.cwd()))]
    found = importlib.machinery.PathFinder.find_spec(top, elsewhere)
    if found is not None and found.origin is None:  # a folder that merely has the name
        return False
    return found is not None or (top in sys.builtin_module_names and find_spec(top) is not None)


def _is_earlier(module: ModuleFile) -> bool:
    taken = {name for each in module.imports if each.module == _GUIDANCE for name in each.names}
    if taken & _EARLIER_NAMES:
        return True
    if any(attribute in _EARLIER_ATTRIBUTES for _, attribute in module.attributes):
        return True
    if "*" in taken and _EARLIER_NAMES & module.used - module.bound:
        return True
    imports_guidance = any(
        (each.module == _GUIDANCE and not each.names)
        or (each.module == shims.METAMODELS and "guidance_metamodel" in each.names)
        for each in module.imports
    )
    return imports_guidance and "variant" in {attribute for _, attribute in module.attributes}
