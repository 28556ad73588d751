"""Where the modules of an old study lie in the new one, and how they are called there."""

import keyword
import re
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from attrs import frozen

from codeable.files import shown_path
from codeable.text import natural_key

MODELS = "models"
_MOST_LEVELS = 3
_NO_NAME = "no import can write the old name"


@frozen
class PlacedModule:
    """A module of the old study in the new one.

    Attributes:
        old: Its file in the old study.
        path: Its file, from the new study's folder on.
        name: Its full name in the new study.
        renamed: Why its file or a folder of it has another name; empty if they have not.
    """

    old: Path
    path: PurePosixPath
    name: str
    renamed: str = ""

    def notice(self) -> str:
        """What is said of another name: once of a folder, however many modules are in it."""
        if self.renamed == _NO_NAME and self.path.name == self.old.name:
            return f"{shown_path(self.old.parent)} becomes {self.path.parent}: {self.renamed}"
        return f"{shown_path(self.old)} becomes {self.path}: {self.renamed}"

    @property
    def package(self) -> str:
        """The full name of its package, from which its relative imports start."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]


def placed_modules(files: Mapping[Path, str], unloaded: Collection[Path] = ()) -> dict[Path, PlacedModule]:
    """Place the modules of a study.

    The folders stay as they were below the folder that the program had on its module path; several such
    folders stay side by side as they are. A module at the root goes to `models/`, and so does a folder that
    has the name of a module of Python. Names that no import can write become identifiers.

    Args:
        files: File of each module of the old study → its full name there.
        unloaded: Those that the study does not load, such as scripts that count. At the root they stay there.
    """
    relative = _relative_paths({path: _root(path, name) for path, name in files.items()})
    taken: set[PurePosixPath] = set()
    placed: dict[Path, PlacedModule] = {}
    for path in sorted(files, key=lambda each: len(relative[each].parts) == 1):  # those at the root come last
        *folders, file = relative[path].parts
        valid = PurePosixPath(*map(_valid_name, folders), _valid_name(file.removesuffix(".py")) + ".py")
        renamed = _NO_NAME if valid != relative[path] else ""
        if path.name == "__main__.py":
            valid = valid.with_name("main.py")
            renamed = "a study does not load modules called __main__"
        at_root = len(valid.parts) == 1
        if (at_root and path not in unloaded) or _is_taken_by_python(valid.parts[0]):
            valid = PurePosixPath(MODELS) / valid
        new = _not_taken(valid, taken)
        if new != valid:
            renamed = f"another module is {valid}"
        taken.add(new)
        stem = new.parent if new.name == "__init__.py" else new.with_suffix("")
        placed[path] = PlacedModule(path, new, ".".join(stem.parts), renamed)
    return {path: placed[path] for path in files}


def folders_of_models(modules: Iterable[PlacedModule]) -> tuple[str, ...]:
    """The folders, from the new study's folder on, that together hold some modules, in natural order."""
    folders = {each.path.parts[0] for each in modules}
    return tuple(sorted(folders, key=natural_key))


def _relative_paths(roots: Mapping[Path, Path]) -> dict[Path, PurePosixPath]:
    """The paths of modules from the folder on that holds all roots; or each from its own root on."""
    every = list(dict.fromkeys(roots.values()))
    base = common_folder(every)
    if all(len(root.relative_to(base).parts) <= _MOST_LEVELS for root in every):
        return {path: PurePosixPath(path.relative_to(base).as_posix()) for path in roots}
    return {
        path: PurePosixPath(*([] if root == every[0] else [root.name]), path.relative_to(root).as_posix())
        for path, root in roots.items()
    }


def _root(path: Path, name: str) -> Path:
    """The folder on the module path from which a file has its name."""
    levels = 1 if name == path.stem else len(name.split("."))
    return path.parents[levels if path.name == "__init__.py" else levels - 1]


def common_folder(roots: list[Path]) -> Path:
    """The one folder, or the nearest folder that holds all of them."""
    first, *others = roots
    return next(
        folder for folder in (first, *first.parents) if all(other.is_relative_to(folder) for other in others)
    )


def _valid_name(name: str) -> str:
    """An identifier for the name of a module or a folder.

    Example:
        >>> _valid_name("01-first"), _valid_name("shared code"), _valid_name("decisions")
        ('m01_first', 'shared_code', 'decisions')
    """
    if name.isidentifier() and not keyword.iskeyword(name):
        return name
    valid = re.sub(r"\W+", "_", name).strip("_") or "module"
    if not valid.isidentifier() or keyword.iskeyword(valid):
        valid = f"m{valid}" if valid[0].isdigit() else f"{valid}_"
    return valid


def _is_taken_by_python(name: str) -> bool:
    return name in sys.stdlib_module_names or name == "codeable"


def _not_taken(path: PurePosixPath, taken: set[PurePosixPath]) -> PurePosixPath:
    """The path, with a number where another module has it."""
    found, number = path, 1
    while found in taken:
        number += 1
        found = path.with_stem(f"{path.stem}_{number}")
    return found
