"""Recognises the copies of CodeableModels that studies bring along, by what they define.

`module_discovery` asks about the modules that a study imports, `finder` about those that it finds.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import frozen

from codeable.compat import shims
from codeable.compat.bundled_metamodels import is_like_ours
from codeable.compat.module_file import ModuleFile, read_module

_KERNEL = "codeable_models"
_RENDERER = "plant_uml_renderer"
_TYPICAL = {_KERNEL: "CClass", _RENDERER: "PlantUMLGenerator"}
"""Package → the class that each copy of it has."""
_NAMES_ENOUGH = {_KERNEL: 8, _RENDERER: 3}
"""How many public names tell a copy that has another name than the original."""
_MOST_LEVELS = 3
_MOST_FILES = 60


@frozen
class BundledModule:
    """A module of a copy of CodeableModels.

    Attributes:
        name: The full name that it has in CodeableModels.
        folder: The folder that holds the packages of the copy.
    """

    name: str
    folder: Path

    @property
    def is_provided(self) -> bool:
        """Whether codeable has a module that can stand in for it."""
        return self.name in shims.PROVIDED


def bundled_module(path: Path) -> BundledModule | None:
    """What a file is a copy of; None if it is a module of the study itself.

    A metamodel counts if it has nothing that CodeableModels has otherwise or has not.

    Args:
        path: The file of a module, absolute.
    """
    inside: list[str] = [] if path.name == "__init__.py" else [path.stem]
    for folder in list(path.parents)[:_MOST_LEVELS]:
        if package := _package_in(folder):
            return BundledModule(".".join([package, *inside]), folder.parent)
        inside.insert(0, folder.name)
    if path.name != "__init__.py" and (package := _package_in(path)):
        return BundledModule(package, path.parent)
    name = f"{shims.METAMODELS}.{path.stem}"
    if name in shims.PROVIDED and is_like_ours(path, name):
        return BundledModule(name, path.parents[1])
    return None


def names_in_copy(path: Path) -> frozenset[str]:
    """The names that can be taken from a module of a copy; from a package, those of all its modules."""
    files = _modules_in(path.parent) if path.name == "__init__.py" else [path]
    return _own_names(tuple((each, each.stat().st_mtime_ns) for each in files))


def packages_of_copies(folder: Path) -> list[Path]:
    """The packages in a folder that have the names or the contents of those of CodeableModels, sorted.

    A package may be a single file.
    """
    return sorted(path for path in folder.iterdir() if any(map(_is_of_a_copy, _modules_in(path))))


def modules_of_copies(folder: Path) -> Iterator[ModuleFile]:
    """The modules of the packages in a folder that have the names or contents of those of CodeableModels."""
    return (read_module(path) for package in packages_of_copies(folder) for path in _modules_in(package))


def _is_of_a_copy(path: Path) -> bool:
    names = {path.stem, f"{path.parent.name}.{path.stem}"}
    return path.parent.name in _TYPICAL or bool(names & shims.PROVIDED) or bundled_module(path) is not None


def _package_in(place: Path) -> str | None:
    """The package of CodeableModels that a folder or a single file is a copy of."""
    start, name = (place / "__init__.py", place.name) if place.is_dir() else (place, place.stem)
    names = [package for package, typical in _TYPICAL.items() if name == package or _mentions(start, typical)]
    if not names or not start.is_file():
        return None
    own = names_in_copy(start)
    return next((package for package in names if _is_copy(own, package, name)), None)


def _mentions(path: Path, text: str) -> bool:
    try:
        return path.is_file() and text.encode() in path.read_bytes()
    except OSError:
        return False


@cache
def _own_names(files: tuple[tuple[Path, int], ...]) -> frozenset[str]:
    """The names that some files bind themselves, given with the times of their last changes."""
    return frozenset(name for path, _ in files for name in read_module(path).own)


def _is_copy(own: frozenset[str], package: str, name: str) -> bool:
    enough = 1 if name == package else _NAMES_ENOUGH[package]
    return _TYPICAL[package] in own and len(own & set(shims.offered(package))) >= enough


def _modules_in(path: Path) -> list[Path]:
    """The modules of a package, which may be a single file."""
    if path.is_dir():
        return sorted(each for each in path.glob("*.py") if each.is_file())[:_MOST_FILES]
    return [path] if path.suffix == ".py" else []
