"""Where the modules of an old study lie in the new one, and how they are called there."""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from attrs import frozen

from codeable.text import natural_key

MODELS = "models"


@frozen
class PlacedModule:
    """A module of the old study in the new one.

    Attributes:
        old: Its file in the old study.
        path: Its file, from the new study's folder on.
        name: Its full name in the new study.
    """

    old: Path
    path: PurePosixPath
    name: str

    @property
    def package(self) -> str:
        """The full name of its package, from which its relative imports start."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]


def placed_modules(files: Mapping[Path, str]) -> dict[Path, PlacedModule]:
    """Place the modules of a study.

    The folders stay as they were below the folder that the program had on its module path; several such
    folders stay side by side as they are. A module at the root goes to `models/`.

    Args:
        files: File of each module of the old study → its full name there.
    """
    roots = {_root(path, name) for path, name in files.items()}
    base = _common(roots)
    placed: dict[Path, PlacedModule] = {}
    for path in files:
        relative = PurePosixPath(path.relative_to(base).as_posix())
        if len(relative.parts) == 1:
            relative = PurePosixPath(MODELS) / relative
        stem = relative.parent if relative.name == "__init__.py" else relative.with_suffix("")
        placed[path] = PlacedModule(path, relative, ".".join(stem.parts))
    return placed


def folders_of_models(modules: Iterable[PlacedModule]) -> tuple[str, ...]:
    """The folders, from the new study's folder on, that together hold some modules, in natural order."""
    folders = {each.path.parts[0] for each in modules}
    return tuple(sorted(folders, key=natural_key))


def _root(path: Path, name: str) -> Path:
    """The folder on the module path from which a file has its name."""
    levels = len(name.split(".")) if name else 1
    return path.parents[levels if path.name == "__init__.py" else levels - 1]


def _common(roots: set[Path]) -> Path:
    """The one root, or the nearest folder that holds all of them."""
    first, *others = roots
    return next(
        folder for folder in (first, *first.parents) if all(other.is_relative_to(folder) for other in others)
    )
