"""The order in which the new study loads its modules: that of the old program.

Settings name folders, whose modules are loaded in natural order. Where the old program had another order,
single modules come first. `convert` tries the lists that `entries_of_models` gives.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from codeable.compat.convert.layout import PlacedModule, folders_of_models
from codeable.text import natural_key


def entries_of_models(
    completed: Sequence[Path],
    started: Sequence[Path],
    placed: Mapping[Path, PlacedModule],
    declaring: Collection[Path],
    unloaded: Collection[PurePosixPath] = (),
) -> list[tuple[str, ...]]:
    """What the setting `models` may be: the shortest list that may do, and the safest.

    Args:
        completed: The files of the old modules in the order in which they ran to their end.
        started: The files in the order in which they began to run.
        placed: The modules that the new study loads, by their old files.
        declaring: The files that declare elements.
        unloaded: Further modules of the new study, which it does not load.
    """
    folders = folders_of_models([placed[path] for path in placed if path in declaring])
    rest = list(_rest(list(map(PurePosixPath, folders)), {each.path for each in placed.values()}, unloaded))
    roots = _roots(completed, started, placed)
    paths = [placed[path].path for path in roots]
    first = next(number for number in range(len(roots) + 1) if _is_natural(paths[number:]))
    return list(dict.fromkeys([_entries(roots[:first], placed, rest), _entries(roots, placed, rest)]))


def _is_natural(paths: Sequence[PurePosixPath]) -> bool:
    """Whether folders give modules this order; they pass over those with names that begin with `_`."""
    hidden = (part for path in paths for part in path.parts if part != "__init__.py" and part[0] in "_.")
    return sorted(paths, key=_natural) == list(paths) and not any(hidden)


def _roots(
    completed: Iterable[Path], started: Iterable[Path], placed: Mapping[Path, PlacedModule]
) -> list[Path]:
    """The modules that ran while no other module of the new study did, in order."""
    last = {path: number for number, path in enumerate(path for path in completed if path in placed)}
    found: list[Path] = []
    end = -1
    for path in started:
        if path in last and last[path] > end:
            found.append(path)
            end = last[path]
    return found


def _entries(
    files: Sequence[Path], placed: Mapping[Path, PlacedModule], rest: Sequence[PurePosixPath]
) -> tuple[str, ...]:
    """Single modules, then the rest; a package is loaded with the modules in it anyway."""
    paths = [placed[each].path for each in files]
    listed = [
        path
        for number, path in enumerate(paths)
        if path.name != "__init__.py"
        or not any(each.is_relative_to(path.parent) for each in paths[number + 1 :])
    ]
    return tuple(dict.fromkeys(map(str, (*listed, *rest))))


def _rest(
    folders: Iterable[PurePosixPath], paths: Collection[PurePosixPath], unloaded: Collection[PurePosixPath]
) -> Iterator[PurePosixPath]:
    """Folders; of those with modules that are not to be loaded, the folders and modules in them that are."""
    for folder in folders:
        if not any(each.is_relative_to(folder) for each in unloaded):
            yield folder
            continue
        inside = {folder / each.relative_to(folder).parts[0] for each in paths if each.is_relative_to(folder)}
        for each in sorted(inside, key=_natural):
            if each.suffix == ".py":
                yield each
            else:
                yield from _rest([each], paths, unloaded)


def _natural(path: PurePosixPath) -> list[Any]:
    return [(part != "__init__.py", natural_key(PurePosixPath(part).stem), part) for part in path.parts]
