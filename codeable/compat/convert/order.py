"""The order in which the new study loads its modules: that of the old program.

`new_study` calls `entries_of_models`. Settings name folders, whose modules are loaded in natural order. Where
the old program had another order, single modules come first, as many as it takes.
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
    imports: Mapping[Path, Sequence[Path]],
    declaring: Collection[Path],
    unloaded: Collection[PurePosixPath] = (),
) -> list[tuple[str, ...]]:
    """What the setting `models` may be: the shortest list with the order of the old program, and the safest.

    Args:
        completed: The files of the old modules in the order in which they ran to their end.
        started: The files in the order in which they began to run.
        placed: The modules that the new study loads, by their old files.
        imports: The modules that each one imports, in order.
        declaring: The files that declare elements.
        unloaded: Further modules of the new study, which it does not load.
    """
    folders = folders_of_models([placed[path] for path in placed if path in declaring])
    rest = list(_rest(list(map(PurePosixPath, folders)), {each.path for each in placed.values()}, unloaded))
    below = [path for path in _in_natural_order(placed) if _is_below(placed[path].path, rest)]
    roots = _roots(completed, started, placed)
    wanted = [path for path in completed if path in placed and path in declaring]
    order = {path: number for number, path in enumerate(completed)}
    loading = _Loading(
        {path: [each for each in imports.get(path, ()) if order[each] < order[path]] for path in placed},
        placed,
    )
    every = _entries(roots, placed, rest)
    for number in range(len(roots) + 1):
        found = loading.order([*roots[:number], *below])
        if [path for path in found if path in declaring] == wanted:
            return list(dict.fromkeys([_entries(roots[:number], placed, rest), every]))
    return [every]


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


def _is_below(path: PurePosixPath, entries: Sequence[PurePosixPath]) -> bool:
    return any(path.is_relative_to(each) for each in entries)


def _in_natural_order(placed: Mapping[Path, PlacedModule]) -> Iterator[Path]:
    """The modules in the order in which a folder of the settings loads them."""
    hidden = {
        path
        for path, each in placed.items()
        if any(part.startswith(("_", ".")) for part in each.path.parts if part != "__init__.py")
    }
    yield from sorted(placed.keys() - hidden, key=lambda path: _natural(placed[path].path))


def _natural(path: PurePosixPath) -> list[Any]:
    return [(part != "__init__.py", natural_key(PurePosixPath(part).stem), part) for part in path.parts]


class _Loading:
    """Loads modules without running them: each after those that it imports.

    Args:
        imports: The modules that each module imports while it runs, in order.
        placed: Their names, by which packages are found.
    """

    def __init__(self, imports: Mapping[Path, Sequence[Path]], placed: Mapping[Path, PlacedModule]) -> None:
        self._imports = imports
        self._names = {path: each.name for path, each in placed.items()}
        self._packages = {each.name: path for path, each in placed.items() if each.path.name == "__init__.py"}

    def order(self, files: Iterable[Path]) -> list[Path]:
        """The modules in the order in which they have run to their end."""
        done: dict[Path, None] = {}
        begun: set[Path] = set()
        waiting: list[tuple[Path, bool]] = [(path, False) for path in reversed(list(files))]
        while waiting:
            path, is_over = waiting.pop()
            if is_over:
                done[path] = None
            elif path not in begun:
                begun.add(path)
                waiting.append((path, True))
                waiting += [(each, False) for each in reversed(list(self._imports.get(path, ())))]
                waiting += [(each, False) for each in reversed(list(self._packages_above(path)))]
        return list(done)

    def _packages_above(self, path: Path) -> Iterator[Path]:
        parts = self._names[path].split(".")
        for length in range(1, len(parts)):
            package = self._packages.get(".".join(parts[:length]))
            if package is not None and package != path:
                yield package
