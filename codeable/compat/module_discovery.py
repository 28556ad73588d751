"""Follows the imports of a CodeableModels study without running it.

The answer says where its modules are, which are missing, and whether it was written for a copy of early 2023.
`running`, `run_options` and `convert` ask.
"""

import importlib.machinery
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from attrs import evolve, frozen

from codeable.compat import shims
from codeable.compat.aliases import aliased, asks_for
from codeable.compat.bundled import BundledModule, bundled_module, names_in_copy
from codeable.compat.earlier_copies import is_earlier_copy, uses_earlier_names
from codeable.compat.module_file import ModuleFile, ModuleImport, read_module
from codeable.compat.study_roots import StudyRoots, python_path
from codeable.loading.loader import find_module

_LOADED_WITH_PYTHON = frozenset(
    {"abc", "builtins", "codecs", "encodings", "genericpath", "io", "marshal", "ntpath"}
    | {"os", "posix", "posixpath", "site", "stat", "sys", "time"}
)


@frozen
class StudyFiles:
    """The modules that a script needs, as far as its study has them.

    Attributes:
        called: What the user named, the program or its folder.
        script: The program; of a folder its `__main__.py`.
        package: The full name of the package that the script is a module of; empty for an ordinary script.
        roots: The folders that it needs on the module path, in order. The script's folder comes first, or the
            folder of its package.
        files: The modules that the script reaches by imports, the script first.
        names: Their full names; the script has none.
        missing: The imports of modules that do not exist.
        aliases: Other names under which modules are found: old → new.
        provided: The full names under which it imports modules of a bundled copy of CodeableModels, for which
            codeable's stand in. Copies at the top level of the module path are not in it.
        copies: The folders of copies that are used as they are, each with what the study takes from it and
            codeable does not have.
    """

    called: Path
    script: Path
    package: str
    roots: tuple[Path, ...]
    files: Mapping[Path, ModuleFile]
    names: Mapping[Path, str]
    missing: tuple[ModuleImport, ...]
    aliases: Mapping[str, str]
    provided: Mapping[str, BundledModule]
    copies: Mapping[Path, tuple[str, ...]]

    @property
    def uses_earlier_names(self) -> bool:
        """Whether the study uses a name that only the copies of early 2023 have, or brings one along."""
        folders = {each.folder for each in self.provided.values()}
        return any(uses_earlier_names(module, self._original) for module in self.files.values()) or any(
            map(is_earlier_copy, folders)
        )

    @property
    def hidden(self) -> frozenset[str]:
        """The modules of Python that it does not get, because the script's folder has one of that name."""
        own = {name for path, name in self.names.items() if path.parent == self.roots[0]}
        return frozenset(own & sys.stdlib_module_names - _LOADED_WITH_PYTHON)

    def _original(self, name: str) -> str:
        """The name in CodeableModels of a module that the study imports."""
        name = aliased(name, self.aliases)
        return self.provided[name].name if name in self.provided else name


def read_study(
    script: Path,
    paths: Sequence[Path] = (),
    aliases: Mapping[str, str] | None = None,
    *,
    keep_bundled: bool = False,
    working_folder: Path | None = None,
) -> StudyFiles:
    """Follow the imports of a script through its study, without running anything.

    Studies were run with a module path that their owners set by hand. So a folder above the script, or a
    neighbour of such a folder, becomes a root if it has a module that is missing otherwise, the nearest
    first.

    A script that imports relatively at its top level is a module of a package: `python -m` runs it so, and
    `python SCRIPT` cannot.

    Args:
        script: The program, or a folder with a `__main__.py`.
        paths: Further roots, which come before those that are found; after them come those of `PYTHONPATH`.
        aliases: Other names under which modules are found: old → new.
        keep_bundled: Whether copies of CodeableModels count as modules of the study.
        working_folder: The folder in which the program runs, if that is not the script's. What no other
            folder has is looked for in it.
    """
    called = script.resolve()
    script = called / "__main__.py" if called.is_dir() else called
    package, home = _package(script)
    given = [home, *(path.resolve() for path in paths), *python_path()]
    last = [working_folder.resolve()] if working_folder else []
    kept: dict[Path, tuple[str, ...]] = {}
    while True:
        imports = _Imports(StudyRoots(given, script, last), aliases or {}, None if keep_bundled else kept)
        files, names, missing = _followed(script, package, imports)
        if not imports.beyond:
            break
        kept |= {folder: tuple(names_beyond) for folder, names_beyond in imports.beyond.items()}
    return StudyFiles(
        called,
        script,
        package,
        tuple(imports.roots.known),
        files,
        names,
        missing,
        dict(aliases or {}),
        imports.provided,
        kept,
    )


def _followed(
    script: Path, package: str, imports: "_Imports"
) -> tuple[Mapping[Path, ModuleFile], Mapping[Path, str], tuple[ModuleImport, ...]]:
    """The modules that a script reaches by imports, their full names, and the imports that find nothing."""
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
        inside = full_name if path.name == "__init__.py" else full_name.rpartition(".")[0]
        files[path] = module = read_module(path, inside or package)
        found: list[tuple[Path, str]] = []
        for each in module.imports:
            for name in imports.modules_of(each):
                executed = imports.executed(name, each, module)
                found += executed or []
                if executed is None and not each.guarded:
                    missing[evolve(each, module=name)] = None
        waiting[:0] = found  # in the order in which the modules begin to run
    return files, names, tuple(missing)


def is_of_the_interpreter(script: Path) -> bool:
    """Whether a program is a tool and no study: a test runner, a notebook's kernel."""
    folders = [
        Path(prefix, name) for prefix in (sys.prefix, sys.base_prefix) for name in ("bin", "lib", "Scripts")
    ]
    return "site-packages" in script.parts or any(script.is_relative_to(folder) for folder in folders)


def _package(script: Path) -> tuple[str, Path]:
    """The package that a script is a module of, and the folder that it is found in; else its own folder."""
    levels = read_module(script).levels_up
    if not levels:
        return "", script.parent
    folders = list(script.parents)
    while levels < len(folders) - 1 and (folders[levels] / "__init__.py").is_file():
        levels += 1
    parts = [folder.name for folder in folders[:levels]]
    if levels >= len(folders) or not all(part.isidentifier() for part in parts):
        return "", script.parent
    return ".".join(reversed(parts)), folders[levels]


class _Imports:
    """Finds what the imports of a study execute.

    Args:
        roots: The folders of its modules.
        aliases: Other names under which modules are found: old → new.
        kept: The folders of copies of CodeableModels that count as modules of the study; None for all.

    Attributes:
        provided: What codeable stands in for, by the full names in the study.
        beyond: What is taken from copies and is not in codeable, by the folders of the copies.
    """

    def __init__(
        self, roots: StudyRoots, aliases: Mapping[str, str], kept: Mapping[Path, Sequence[str]] | None
    ) -> None:
        self.roots = roots
        self.provided: dict[str, BundledModule] = {}
        self.beyond: dict[Path, dict[str, None]] = {}
        self._aliases = aliases
        self._kept = kept
        self._offered: dict[str, frozenset[str]] = {}
        self._bundled = cache(bundled_module)

    def modules_of(self, statement: ModuleImport) -> list[str]:
        """The full names of the modules that it needs; of a package without `__init__`, those in it."""
        name = aliased(statement.module, self._aliases)
        found = find_module(name, self.roots.known)
        if name == shims.METAMODELS:
            only_folder = found is None or found.is_dir()
        else:
            only_folder = not self._is_ours(name) and found is not None and found.is_dir()
        if only_folder and statement.names and not statement.is_star:
            return [aliased(f"{name}.{each}", self._aliases) for each in statement.names]
        return [name]

    def executed(
        self, name: str, statement: ModuleImport, importer: ModuleFile
    ) -> list[tuple[Path, str]] | None:
        """The files of the study that it executes, each with its name; None if the module is missing."""
        if self._is_ours(name) or name.partition(".")[0] in ("codeable", "__main__"):
            return []
        if name in shims.PROVIDED and self._kept is None:
            self._add_copy(name, importer)
        if not self.roots.have(name):
            if name in shims.PROVIDED:
                return []
            return [] if _is_installed(name) else None
        parts = name.split(".")
        names = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
        names += [f"{name}.{each}" for each in statement.names if each != "*"]
        found = [(find_module(each, self.roots.known), each) for each in names]
        files = [(path, each) for path, each in found if path is not None and path.is_file()]
        return [(path, each) for path, each in files if not self._is_copied(path, each, statement, importer)]

    def _add_copy(self, name: str, importer: ModuleFile) -> None:
        """Let a copy that is kept find its own modules, which import each other by their original names."""
        copied = None if self.roots.have(name) else self._bundled(importer.path)
        if copied is not None and find_module(name, [copied.folder]) is not None:
            self.roots.add(copied.folder)

    def _is_ours(self, name: str) -> bool:
        """Whether codeable provides a module under its own name, and no alias asks for the study's."""
        return name in shims.PROVIDED and self._kept is not None and not asks_for(name, self._aliases)

    def _is_copied(self, path: Path, name: str, statement: ModuleImport, importer: ModuleFile) -> bool:
        """Whether codeable stands in for a file that an import executes under a name."""
        if self._kept is None or asks_for(name, self._aliases):
            return False
        copied = self._bundled(path)
        if copied is None or copied.folder in self._kept:
            return False
        if not copied.is_provided:
            self.beyond.setdefault(copied.folder, {})[name] = None
            return False
        self.provided[name] = copied
        if copied.name not in self._offered:
            self._offered[copied.name] = frozenset(shims.offered(copied.name))
        for each in sorted(self._taken(path, name, statement, importer) - self._offered[copied.name]):
            if f"{copied.name}.{each}" not in shims.PROVIDED:
                self.beyond.setdefault(copied.folder, {})[each] = None
        return True

    def _taken(self, path: Path, name: str, statement: ModuleImport, importer: ModuleFile) -> set[str]:
        """The names that the importer takes from a module of a copy."""
        module = aliased(statement.module, self._aliases)
        if name == module and statement.names:
            used = importer.unexplained() & names_in_copy(path) if statement.is_star else frozenset()
            return {*statement.names, *used} - {"*"}
        if name == module or name.startswith(f"{module}."):
            read = {attribute for base, attribute in importer.attributes if base in statement.bound}
            return read & names_in_copy(path)
        return set()


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
