"""Imports between the modules of one study, without `sys.modules` and `sys.path`.

A module of the study runs with builtins of its own whose `__import__` looks into the study first. Functions
keep the builtins of the module that defines them, so imports inside functions that are called later, also by
other threads, end up in the same study.
"""

import builtins
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from codeable.files import shown_path
from codeable.loading.loader import ModuleLoader, file_name, find_module, identifier
from codeable.loading.running_modules import Running, RunningModules
from codeable.loading.standard_library import dataclasses_for, importlib_for
from codeable.text import did_you_mean

Import = Callable[..., Any]


class StudyModules(ModuleLoader):
    """The modules of one study by name, and the `__import__` that its code uses.

    Args:
        folder: The study's folder; a module's name is its path from there, with dots.
        roots: The folders, relative to it, whose modules belong to the study whatever their names.
        import_other: The `__import__` for everything that is not the study's: its vocabulary and
            installed packages.
        offered: The names of the study's vocabulary, which a message suggests where one is missing.

    Attributes:
        modules: Every module by its name, those that are still running included.
    """

    def __init__(
        self, folder: Path, roots: Sequence[str], import_other: Import, offered: Iterable[str] = ()
    ) -> None:
        super().__init__(offered)
        self.folder = folder
        self.modules: dict[str, ModuleType] = {}
        self._roots = {Path(root).parts[0] for root in roots if Path(root).parts}
        self._short: dict[str, list[str]] = {}
        for root in roots:
            self._short.setdefault(Path(root).name, []).append(".".join(Path(root).parts))
        self._import_other = import_other
        self._path_of: dict[str, Path] = {}
        self._running = RunningModules()
        self._builtins = {**vars(builtins), "__import__": self._import}

    def load(self, path: Path) -> ModuleType:
        """Execute the module in a file of the study, unless an import has done it already."""
        relative = path.relative_to(self.folder)
        parts = relative.parent.parts if relative.stem == "__init__" else relative.with_suffix("").parts
        for part in parts:
            if "." in part:
                raise ImportError(
                    f"dots separate the parts of a module's name, so {part!r} cannot be one of them; "
                    f"rename it, for example to {part.replace('.', '_')!r}"
                )
        name = ".".join(identifier(part) for part in parts)
        other = self._path_of.setdefault(name, path)
        if other != path:
            raise ImportError(f"{shown_path(other)} is the module {name} too; rename one of the two")
        return self._module(name, "")

    def _import(
        self,
        name: str,
        globals_: Mapping[str, object] | None = None,
        locals_: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        """The `__import__` of the study's code, with its parameters."""
        if level == 0 and fromlist and (module := self._completed_with(name, fromlist)) is not None:
            return module
        wanted = _absolute(name, globals_, level)
        if level == 0 and not self._is_own(wanted):
            other: ModuleType = self._import_other(name, globals_, locals_, fromlist, level)
            match getattr(other, "__name__", None):
                case "dataclasses":
                    return dataclasses_for(self.modules)
                case "importlib":
                    return importlib_for(self._import)
            return other
        wanted = self._full_name(wanted)
        at = "" if wanted in self.completed else _place_of_import()
        importer = str((globals_ or {}).get("__name__", ""))
        module = self._module(wanted, at)
        if not fromlist:
            top = name.partition(".")[0]
            self._note_cycle(importer, wanted)
            return self._module(self._full_name(top), at)
        self._offer(module, importer, fromlist, at)
        return module

    def _completed_with(self, name: str, names: Iterable[str]) -> ModuleType | None:
        """The module of a full name, when it has run and has all these names. Most imports are such."""
        module = self.completed.get(name)
        top = name.partition(".")[0]
        if module is None or (top not in self._roots and top in self._short):
            return None
        bound = vars(module)
        return module if "__path__" not in bound and all(one in bound for one in names) else None

    def _is_own(self, name: str) -> bool:
        """Whether an import of this name gets a module of the study.

        Modules and packages beside the study's folders belong to it, too. They do not replace the standard
        library, and an installed package replaces a folder without `__init__.py`.
        """
        top = name.partition(".")[0]
        if top in self._roots or top in self._short or top in self.modules:
            return True
        if top == "codeable" or top in sys.stdlib_module_names:
            return False
        found = find_module(top, [self.folder])
        return found is not None and (found.is_file() or not _is_installed(top))

    def _full_name(self, name: str) -> str:
        """The full name, counted from the study's folder, for a name that may start at a nested folder."""
        top, dot, rest = name.partition(".")
        if top in self._roots or top not in self._short:
            return name
        names = [full + dot + rest for full in self._short[top]]
        return next((each for each in names[:-1] if self._has_module(each)), names[-1])

    def _module(self, name: str, imported_at: str) -> ModuleType:
        if name in self.completed:
            return self.completed[name]
        parent_name = name.rpartition(".")[0]
        parent = self._module(parent_name, imported_at) if parent_name else None
        if not self._running.claim(name):
            return self.modules[name]
        try:
            return self.completed.get(name) or self._execute(name, parent, imported_at)
        finally:
            self._running.release(name)

    def _execute(self, name: str, parent: ModuleType | None, imported_at: str) -> ModuleType:
        child = name.rpartition(".")[2]
        path, is_package = self._find(name)
        module = self._new_module(name, path, is_package)
        self.modules[name] = module
        if parent is not None:
            setattr(parent, child, module)
        self._running.stack.append(Running(name, imported_at))
        try:
            if path is not None:
                self.execute(module, path, name)
        except BaseException:
            del self.modules[name]
            if parent is not None and getattr(parent, child, None) is module:
                delattr(parent, child)
            raise
        finally:
            self._running.stack.pop()
        self.completed[name] = module
        return module

    def _find(self, name: str) -> tuple[Path | None, bool]:
        """The file of a module (None for a folder without `__init__.py`), and whether it is a package."""
        if name in self._path_of:
            path = self._path_of[name]
            return path, path.name == "__init__.py"
        found = find_module(name, [self.folder])
        if found is not None:
            return (None, True) if found.is_dir() else (found, found.name == "__init__.py")
        base = self.folder.joinpath(*name.split("."))
        entries = sorted(base.parent.glob("*"))
        near = did_you_mean(
            base.name, (entry.stem for entry in entries if entry.is_dir() or entry.suffix == ".py")
        )
        where = f"neither {base.name}.py nor a folder {base.name} is in {shown_path(base.parent)}"
        raise ModuleNotFoundError(f"the study has no module {name!r}: {where}{near}", name=name)

    def _new_module(self, name: str, path: Path | None, is_package: bool) -> ModuleType:
        """An empty module. It has no `__loader__`: `linecache` would keep it, and the study with it."""
        module = ModuleType(name)
        spec = ModuleSpec(name, None, origin=None if path is None else str(path), is_package=is_package)
        spec.has_location = path is not None
        module.__spec__ = spec
        module.__package__ = name if is_package else name.rpartition(".")[0]
        if path is not None:
            module.__file__ = str(path)
        if is_package:
            module.__path__ = [str(self.folder.joinpath(*map(file_name, name.split("."))))]
            spec.submodule_search_locations = list(module.__path__)
        vars(module)["__builtins__"] = self._builtins
        return module

    def _offer(self, module: ModuleType, importer: str, names: Iterable[str], at: str) -> None:
        """Make sure that `from module import names` finds them: attributes, or modules of a package."""
        name = module.__name__
        for wanted in _listed(module, names):
            if wanted == "*":
                self._note_cycle(importer, name)
            elif hasattr(module, wanted):
                self._note_cycle(importer, f"{name}.{wanted}")
            elif hasattr(module, "__path__") and self._has_module(f"{name}.{wanted}"):
                self._module(f"{name}.{wanted}", at)
            else:
                raise self._missing_name(module, importer, wanted)

    def _has_module(self, name: str) -> bool:
        try:
            self._find(name)
        except ModuleNotFoundError:
            return False
        return True

    def _missing_name(self, module: ModuleType, importer: str, wanted: str) -> ImportError:
        name, file = module.__name__, getattr(module, "__file__", None)
        cycle = self._running.cycle(importer, name)
        if importer == name:
            problem = f"{name} imports {wanted!r} from itself and has not made it yet"
        elif cycle is None:
            near = did_you_mean(wanted, (known for known in vars(module) if not known.startswith("_")))
            problem = f"{name} has no {wanted!r}{near}"
        else:
            problem = (
                f"{name} has not made {wanted!r} yet: {cycle}; "
                "move what both need to a module that imports neither"
            )
        return ImportError(problem, name=name, path=file)

    def _note_cycle(self, importer: str, imported: str) -> None:
        """Remember an import from an unfinished module, for the message if the importer fails."""
        cycle = self._running.cycle(importer, imported)
        if cycle is not None and importer != imported:
            self.cycles.append(cycle)


def _place_of_import() -> str:
    """The place of the import statement in the study's code."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__") == importlib_for.__module__:
        frame = frame.f_back
    return f"{shown_path(frame.f_code.co_filename)}:{frame.f_lineno}"


def _absolute(name: str, globals_: Mapping[str, object] | None, level: int) -> str:
    if level == 0:
        return name
    package = str((globals_ or {}).get("__package__") or "")
    return importlib.util.resolve_name("." * level + name, package)


def _is_installed(name: str) -> bool:
    """Whether Python finds more under this name than a folder of the same name."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return True
    return spec is not None and spec.origin is not None


def _listed(module: ModuleType, names: Iterable[str]) -> Iterator[str]:
    """The names of a `from` import; after `*` those of the module's `__all__`, which must all exist."""
    for name in names:
        yield name
        if name == "*":
            yield from getattr(module, "__all__", ())
