"""The report on modules that a study asks for and does not have, with what may stand in for them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.compat import shims
from codeable.compat.module_discovery import StudyFiles, folders_above, python_files
from codeable.compat.modules import Asked, ModuleFile, read_module
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading.loader import find_module
from codeable.text import did_you_mean, nearest

_MOST_FILES = 5000
_NAMES_TOLD = 4


@frozen
class MissingModule:
    """One module that a study lacks.

    Attributes:
        name: Its full name.
        asked: The imports that ask for it.
        taken: The names that are taken from it, sorted.
        same: A module of the study that has all of these names, if there is one.
        alias: What lets `same` stand in for it, as `old=new`.
    """

    name: str
    asked: tuple[Asked, ...]
    taken: tuple[str, ...]
    same: Path | None = None
    alias: str | None = None


class MissingModulesError(CodeableError):
    """A study lacks modules.

    Attributes:
        missing: What it lacks.
        script: The program that was to be run.
    """

    def __init__(self, missing: Sequence[MissingModule], script: Path) -> None:
        self.missing = tuple(missing)
        self.script = script
        count = f"{len(missing)} modules" if len(missing) != 1 else "a module"
        lines = [f"the study of {shown_path(script)} lacks {count}:"]
        for each in missing:
            lines += [f"  {each.name}", *(f"      {line}" for line in _told(each))]
        aliases = dict.fromkeys(each.alias for each in missing if each.alias)
        if aliases:
            words = " ".join(f"--alias {alias}" for alias in aliases)
            lines.append(f"run again with: codeable compat run {words} {shown_path(script)}")
        super().__init__("\n".join(lines))


def missing_modules(study: StudyFiles) -> list[MissingModule]:
    """What a study lacks, in the order in which it is asked for, and what has the same definitions.

    A module of the study can stand in for a missing one when it defines the names that are taken from it, or
    passes on what it imports itself.
    """
    by_name: dict[str, list[Asked]] = {}
    for asked in study.missing:
        by_name.setdefault(asked.module, []).append(asked)
    candidates = list(_other_modules(study)) if by_name else []
    found = []
    for name, asked_for in by_name.items():
        taken = tuple(sorted({each for asked in asked_for for each in _taken(asked, study)}))
        same = _same_definitions(name, taken, candidates, study)
        alias = _alias(name, same, study) if same else None
        found.append(MissingModule(name, tuple(asked_for), taken, same if alias else None, alias))
    return found


def _told(module: MissingModule) -> Iterator[str]:
    places = dict.fromkeys(f"{shown_path(asked.path)}:{asked.line}" for asked in module.asked)
    yield f"asked for by {', '.join(places)}"
    names = ", ".join(module.taken[:_NAMES_TOLD]) + (", …" if len(module.taken) > _NAMES_TOLD else "")
    if module.alias and module.same:
        what = f"all that is taken from it ({names})" if module.taken else "as much"
        yield f"{shown_path(module.same)} defines {what}: --alias {module.alias}"
    elif module.taken:
        yield f"no module of the study defines all that is taken from it ({names})"
    near = _near(module.name)
    if near:
        yield f"there is no such module in CodeableModels{near}"
    if "." not in module.name and not module.alias:
        yield f"if it is no module of the study, install it: python -m pip install {module.name}"


def _near(name: str) -> str:
    """The module that codeable provides beside the missing one, if its name is much like it."""
    package, _, last = name.rpartition(".")
    beside = [each.rpartition(".") for each in sorted(shims.PROVIDED)]
    found = nearest(last, [each for folder, _, each in beside if folder == package], 1) if package else []
    return did_you_mean(name, [f"{package}.{each}" for each in found])


def _taken(asked: Asked, study: StudyFiles) -> Iterable[str]:
    """The names an import takes; of a star import those that the file uses and nothing else explains."""
    if "*" not in asked.names:
        return asked.names
    module = study.files[asked.path]
    explained: set[str] = set()
    for other in module.asked:
        if "*" in other.names and other.module != asked.module:
            explained |= set(offered_names(other.module, study))
    return module.unexplained() - explained


def offered_names(name: str, study: StudyFiles, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The names that can be imported from a module, as far as its source tells."""
    if name in shims.PROVIDED:
        yield from shims.offered(name)
        return
    path = find_module(name, study.roots)
    if path is None or path.is_dir() or name in seen:
        return
    module = study.files.get(path) or read_module(path)
    yield from module.defined
    for asked in module.asked:
        if "*" in asked.names:
            yield from offered_names(asked.module, study, seen | {name})


def _other_modules(study: StudyFiles) -> Iterator[ModuleFile]:
    """All modules of the study's folder, and of the folders above it up to its repository."""
    folders = [study.script.parent, *folders_above(study.script)]
    seen: set[Path] = set()
    for folder in folders:
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
    last = name.rpartition(".")[2]
    able: dict[Path, tuple[int, bool]] = {}
    for each in candidates:
        own, alike = set(taken) & set(each.own), _module_name(each.path) == last
        if (own and set(taken) <= own | set(_passed_on(each, study))) or (not taken and alike):
            able[each.path] = (len(own), alike)
    return max(able, key=able.__getitem__, default=None)


def _passed_on(module: ModuleFile, study: StudyFiles) -> Iterator[str]:
    """The names that a module imports from modules which are there."""
    for asked in module.asked:
        if asked.module in shims.PROVIDED or find_module(asked.module, study.roots) is not None:
            yield from offered_names(asked.module, study) if "*" in asked.names else asked.names


def _module_name(path: Path) -> str:
    return path.parent.name if path.name == "__init__.py" else path.stem


def _alias(name: str, path: Path, study: StudyFiles) -> str | None:
    """What makes the module in a file answer to another name; as short as it can be, no package replaced."""
    known = {asked.module for module in study.files.values() for asked in module.asked}
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
    for root in roots:
        if path.is_relative_to(root):
            parts = path.relative_to(root).with_suffix("").parts
            parts = parts[:-1] if parts[-1] == "__init__" else parts
            if parts and all(part.isidentifier() for part in parts):
                yield ".".join(parts)


def checked_aliases(given: Iterable[str]) -> Mapping[str, str]:
    """Aliases from a command line, `old=new` each.

    Raises:
        CodeableError: One has another form, or a name is given twice; exit status 2.
    """
    aliases: dict[str, str] = {}
    for each in given:
        old, equals, new = each.partition("=")
        if not equals or not all(part.isidentifier() for name in (old, new) for part in name.split(".")):
            raise CodeableError(
                f"an alias is two names of modules, old=new, as in api_models=domain_models; given: {each!r}",
                exit_status=2,
            )
        if aliases.get(old, new) != new:
            raise CodeableError(f"{old!r} is an alias twice, of {aliases[old]!r} and {new!r}", exit_status=2)
        aliases[old] = new
    return aliases
