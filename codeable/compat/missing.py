"""Reports the modules that a CodeableModels study imports and lacks, with aliases that may replace them.

`failures` calls this when a script fails at an import.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from codeable.compat import shims
from codeable.compat.invocation import again_with
from codeable.compat.module_discovery import StudyFiles
from codeable.compat.module_file import ModuleImport
from codeable.compat.replacements import names_of_module, other_modules, same_definitions, taken_names
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading.loader import find_module
from codeable.text import counted, did_you_mean, nearest

_MOST_NAMES = 4


@frozen
class MissingModule:
    """One module that a study lacks.

    Attributes:
        name: Its full name.
        imports: The imports of it.
        taken: The names that are taken from it, sorted.
        same: A module of the study that has all of these names, if there is one.
        alias: The alias by which `same`, or a module that codeable provides, replaces it, as `old=new`.
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
        elif self.alias:
            yield f"codeable provides {self.alias.partition('=')[2]}: --alias {self.alias}"
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

    Args:
        missing: The modules.
        script: The program.
        given: The aliases that were given.
    """

    def __init__(
        self, missing: Sequence[MissingModule], script: Path, given: Mapping[str, str] | None = None
    ) -> None:
        self.missing = tuple(missing)
        self.script = script
        number = counted(len(missing), "module") if len(missing) != 1 else "a module"
        lines = [f"the study of {shown_path(script)} lacks {number}:"]
        for each in missing:
            lines += [f"  {each.name}", *(f"      {line}" for line in each.report())]
        aliases = dict.fromkeys(each.alias for each in missing if each.alias)
        if aliases:
            lines.append(again_with(aliases, given or {}))
        super().__init__("\n".join(lines))


def missing_modules(study: StudyFiles) -> list[MissingModule]:
    """The modules that a study lacks, in the order of their imports, each with a module like it.

    A module of the study can replace a missing one if it defines the names that are taken from the missing
    one, or imports them itself.
    """
    by_name: dict[str, list[ModuleImport]] = {}
    for each in study.missing:
        by_name.setdefault(each.module, []).append(each)
    candidates = list(other_modules(study)) if by_name else []
    found = []
    for name, imports in by_name.items():
        taken = tuple(sorted({each for statement in imports for each in taken_names(statement, study)}))
        ours = _alias_of_ours(name, taken)
        same = None if ours else same_definitions(name, taken, candidates, study)
        alias = _alias(name, same, study) if same else ours
        found.append(MissingModule(name, tuple(imports), taken, same if alias else None, alias))
    return found


def _nearest_provided(name: str) -> str:
    """The suggestion of a module that codeable provides in the same package, if one has a similar name."""
    package, _, last = name.rpartition(".")
    beside = [each.rpartition(".") for each in sorted(shims.PROVIDED)]
    found = nearest(last, [each for folder, _, each in beside if folder == package], 1) if package else []
    return did_you_mean(name, [f"{package}.{each}" for each in found])


def _alias(name: str, path: Path, study: StudyFiles) -> str | None:
    """The shortest alias that lets the module in a file replace another and hides no package."""
    names = names_of_module(path, study)
    return _shortened(name, names[0], study) if names and names[0] != name else None


def _alias_of_ours(name: str, taken: Sequence[str]) -> str | None:
    """The alias for a module of CodeableModels that the study expects in a package."""
    parts = name.split(".")
    for start in range(1, len(parts)):
        ours = ".".join(parts[start:])
        if ours in shims.PROVIDED and set(taken) <= {*shims.offered(ours)}:
            return _shortened(name, ours, None)
    return None


def _shortened(name: str, real: str, study: StudyFiles | None) -> str:
    """An alias as a pair of packages, if they hold the same module and the first one hides no package."""
    old, new = name.split("."), real.split(".")
    while len(old) > 1 and len(new) > 1 and old[-1] == new[-1]:
        package = ".".join(old[:-1])
        if package in shims.PROVIDED or (study and find_module(package, study.roots) is not None):
            break
        old.pop()
        new.pop()
    return f"{'.'.join(old)}={'.'.join(new)}"
