"""Finds the modules of a CodeableModels study that have the same definitions as another one.

`missing` and `own_metamodels` ask.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from codeable.compat import shims
from codeable.compat.module_discovery import StudyFiles
from codeable.compat.module_file import ModuleFile, ModuleImport, read_module
from codeable.compat.study_roots import folders_above, python_files
from codeable.loading.loader import find_module

_MOST_FILES = 5000


def offered_names(name: str, study: StudyFiles, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The names that can be imported from a module, according to its source."""
    if name in shims.PROVIDED:
        yield from shims.offered(name)
        return
    path = find_module(name, study.roots)
    if path is None or path.is_dir() or name in seen:
        return
    module = study.files.get(path) or read_module(path)
    yield from module.defined
    for each in module.imports:
        if each.is_star:
            yield from offered_names(each.module, study, seen | {name})


def taken_names(statement: ModuleImport, study: StudyFiles) -> Iterable[str]:
    """The names that an import takes; of a star import those that the file uses and nothing else brings."""
    if not statement.is_star:
        return statement.names
    module = study.files[statement.path]
    explained: set[str] = set()
    for other in module.imports:
        if other.is_star and other.module != statement.module:
            explained |= set(offered_names(other.module, study))
    return module.unexplained() - explained


def other_modules(study: StudyFiles) -> Iterator[ModuleFile]:
    """All modules in the study's folder, and in the folders above it up to its repository."""
    seen: set[Path] = set()
    for folder in [study.script.parent, *folders_above(study.script)]:
        for path in python_files(folder):
            if path not in seen:
                seen.add(path)
                yield study.files.get(path) or read_module(path)
            if len(seen) >= _MOST_FILES:
                return


def same_definitions(
    name: str, taken: Sequence[str], candidates: Iterable[ModuleFile], study: StudyFiles
) -> Path | None:
    """The module that has all names, most of them its own; of several the one with the same file name."""
    able: dict[Path, tuple[int, bool]] = {}
    for each in candidates:
        stem = each.path.parent.name if each.path.name == "__init__.py" else each.path.stem
        own, alike = set(taken) & set(each.own), stem == name.rpartition(".")[2]
        if (own and set(taken) <= own | set(_passed_on(each, study))) or (not taken and alike):
            able[each.path] = (len(own), alike)
    return max(able, key=able.__getitem__, default=None)


def _passed_on(module: ModuleFile, study: StudyFiles) -> Iterator[str]:
    """The names that a module imports from modules that exist."""
    for each in module.imports:
        if each.module in shims.PROVIDED or find_module(each.module, study.roots) is not None:
            yield from offered_names(each.module, study) if each.is_star else each.names


def names_of_module(path: Path, study: StudyFiles) -> list[str]:
    """The full names under which a study can find the module in a file; those that it imports come first."""
    names: list[str] = []
    for root in (*study.roots, *folders_above(study.script)):
        if path.is_relative_to(root):
            parts = path.relative_to(root).with_suffix("").parts
            parts = parts[:-1] if parts[-1] == "__init__" else parts
            if parts and all(part.isidentifier() for part in parts):
                names.append(".".join(parts))
    imported = {each.module for module in study.files.values() for each in module.imports}
    return sorted(names, key=lambda name: name not in imported)
