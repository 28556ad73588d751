"""Reports the modules that a CodeableModels study imports and lacks, with aliases that may replace them.

`running` calls this when a script fails at an import.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from attrs import frozen

from codeable.compat import shims
from codeable.compat.module_discovery import StudyFiles
from codeable.compat.module_file import ModuleFile, ModuleImport, read_module
from codeable.compat.study_roots import folders_above, python_files
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading.loader import find_module
from codeable.text import counted, did_you_mean, nearest

_MOST_FILES = 5000
_MOST_NAMES = 4


@frozen
class MissingModule:
    """One module that a study lacks.

    Attributes:
        name: Its full name.
        imports: The imports of it.
        taken: The names that are taken from it, sorted.
        same: A module of the study that has all of these names, if there is one.
        alias: The alias by which `same` replaces it, as `old=new`.
    """

    name: str
    imports: tuple[ModuleImport, ...]
    taken: tuple[str, ...]
    same: Path | None = None
    alias: str | None = None

    def report(self) -> Iterator[str]:
        """The lines of the message: who imports it, and what may help."""
        places = dict.fromkeys(f"{shown_path(each.path)}:{each.line}" for each in self.imports)
        yield f"asked for by {', '.join(places)}"
        names = ", ".join(self.taken[:_MOST_NAMES]) + (", …" if len(self.taken) > _MOST_NAMES else "")
        if self.alias and self.same:
            what = f"all that is taken from it ({names})" if self.taken else "as much"
            yield f"{shown_path(self.same)} defines {what}: --alias {self.alias}"
        elif self.taken:
            yield f"no module of the study defines all that is taken from it ({names})"
        if near := _nearest_provided(self.name):
            yield f"there is no such module in CodeableModels{near}"
        if "." not in self.name and not self.alias:
            yield f"if it is no module of the study, install it: python -m pip install {self.name}"


class MissingModulesError(CodeableError):
    """A study lacks modules.

    Attributes:
        missing: The modules that it lacks.
        script: The program that was to be run.
    """

    def __init__(self, missing: Sequence[MissingModule], script: Path) -> None:
        self.missing = tuple(missing)
        self.script = script
        number = counted(len(missing), "module") if len(missing) != 1 else "a module"
        lines = [f"the study of {shown_path(script)} lacks {number}:"]
        for each in missing:
            lines += [f"  {each.name}", *(f"      {line}" for line in each.report())]
        aliases = dict.fromkeys(each.alias for each in missing if each.alias)
        if aliases:
            words = " ".join(f"--alias {alias}" for alias in aliases)
            lines.append(f"run again with: codeable compat run {words} {shown_path(script)}")
        super().__init__("\n".join(lines))


def missing_modules(study: StudyFiles) -> list[MissingModule]:
    """The modules that a study lacks, in the order of their imports, each with a module like it.

    A module of the study can replace a missing one if it defines the names that are taken from the missing
    one, or imports them itself.
    """
    by_name: dict[str, list[ModuleImport]] = {}
    for each in study.missing:
        by_name.setdefault(each.module, []).append(each)
    candidates = list(_other_modules(study)) if by_name else []
    found = []
    for name, imports in by_name.items():
        taken = tuple(sorted({each for statement in imports for each in _taken(statement, study)}))
        same = _same_definitions(name, taken, candidates, study)
        alias = _alias(name, same, study) if same else None
        found.append(MissingModule(name, tuple(imports), taken, same if alias else None, alias))
    return found


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


def _nearest_provided(name: str) -> str:
    """The suggestion of a module that codeable provides in the same package, if one has a similar name."""
    package, _, last = name.rpartition(".")
    beside = [each.rpartition(".") for each in sorted(shims.PROVIDED)]
    found = nearest(last, [each for folder, _, each in beside if folder == package], 1) if package else []
    return did_you_mean(name, [f"{package}.{each}" for each in found])


def _taken(statement: ModuleImport, study: StudyFiles) -> Iterable[str]:
    """The names that an import takes; of a star import those that the file uses and nothing else brings."""
    if not statement.is_star:
        return statement.names
    module = study.files[statement.path]
    explained: set[str] = set()
    for other in module.imports:
        if other.is_star and other.module != statement.module:
            explained |= set(offered_names(other.module, study))
    return module.unexplained() - explained


def _other_modules(study: StudyFiles) -> Iterator[ModuleFile]:
    """All modules in the study's folder, and in the folders above it up to its repository."""
    seen: set[Path] = set()
    for folder in [study.script.parent, *folders_above(study.script)]:
        for path in python_files(folder):
            if path not in seen:
                seen.add(path)
                yield study.files.get(path) or read_module(path)
            if len(seen) >= _MOST_FILES:
                return


def _same_definitions(
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


def _alias(name: str, path: Path, study: StudyFiles) -> str | None:
    """The shortest alias that lets the module in a file replace another and hides no package."""
    known = {each.module for module in study.files.values() for each in module.imports}
    names = list(_names_of(path, [*study.roots, *folders_above(study.script)]))
    real = next((each for each in names if each in known), names[0] if names else None)
    if real is None or real == name:
        return None
    old, new = name.split("."), real.split(".")
    while len(old) > 1 and len(new) > 1 and old[-1] == new[-1]:
        package = ".".join(old[:-1])
        if package in shims.PROVIDED or find_module(package, study.roots) is not None:
            break
        old.pop()
        new.pop()
    return f"{'.'.join(old)}={'.'.join(new)}"


def _names_of(path: Path, roots: Iterable[Path]) -> Iterator[str]:
    """The full names of the module in a file, one for each root above it."""
    for root in roots:
        if path.is_relative_to(root):
            parts = path.relative_to(root).with_suffix("").parts
            parts = parts[:-1] if parts[-1] == "__init__" else parts
            if parts and all(part.isidentifier() for part in parts):
                yield ".".join(parts)
