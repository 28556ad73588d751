"""Finders for Python's import system: what codeable provides, aliases, and the modules of one study.

`session` puts them on `sys.meta_path`.
"""

import importlib
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

from codeable.compat import shims
from codeable.compat.aliases import asks_for
from codeable.compat.bundled import bundled_module
from codeable.loading.loader import ModuleLoader

PACKAGES_FOLDER = Path(__file__).parent / "packages"
"""The folder for PYTHONPATH; its modules give way to those that `ProvidedModules` makes."""


class ProvidedModules(MetaPathFinder, Loader):
    """Finds what codeable provides before a copy of it that came with a study.

    Scripts put folders in front of the module path, often those that hold such a copy. The folder
    `metamodels` of a study merges with ours, also when it has an `__init__.py`.
    """

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the import system's signature
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """The specification of a provided module; None for any other."""
        if fullname not in shims.PROVIDED:
            return None
        if fullname == shims.METAMODELS:
            others = [
                entry for entry in sys.path if os.path.realpath(entry) != str(PACKAGES_FOLDER.resolve())
            ]
            found = PathFinder.find_spec(fullname, others, target)
            if found is not None and found.submodule_search_locations is not None:
                return found
        package = shims.is_package(fullname)
        empty = package and not shims.contents(fullname)  # such a package has no file
        spec = ModuleSpec(fullname, None if empty else self, origin=shims.__file__, is_package=package)
        spec.has_location = not empty
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        """None: the import system makes the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Put the names of a provided module into it, and into a package its sub-modules as well."""
        name = module.__name__
        vars(module).update(shims.contents(name))
        for inner in sorted(shims.PROVIDED):
            if inner.startswith(f"{name}."):
                importlib.import_module(inner)


provided = ProvidedModules()


def take_place(name: str) -> None:
    """Put the provided package of that name in the place of the module that is running, for good.

    Args:
        name: The name of a module in `PACKAGES_FOLDER`, where Python finds it without a finder of ours.
    """
    if provided not in sys.meta_path:
        sys.meta_path.insert(0, provided)
    spec = provided.find_spec(name)
    if spec is not None:
        sys.modules[name] = module = module_from_spec(spec)
        if spec.loader is not None:
            spec.loader.exec_module(module)


class _OtherNames(MetaPathFinder, Loader):
    """Lets modules be imported under other names; what is imported is the one module, under both names."""

    def __init__(self) -> None:
        self._spec: dict[str, ModuleSpec | None] = {}

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module under its other name, imported now."""
        module = importlib.import_module(str(spec.origin))
        self._spec[spec.name] = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Give the module its own specification back; it was executed under its own name."""
        spec = self._spec.pop(module.__spec__.name, None) if module.__spec__ else None
        if spec is not None:
            module.__spec__ = spec


class Aliases(_OtherNames):
    """Finds modules under the names that the user gives.

    A module of the study that an alias names is found before what codeable provides under that name.

    Args:
        names: Old name of a module or package → the name under which it is found.
        study: Finds the modules of the study.
    """

    def __init__(self, names: Mapping[str, str], study: "StudyFinder") -> None:
        super().__init__()
        self._names = dict(names)
        self._study = study

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The specification of an aliased module; None for any other, and for one that its target lacks."""
        if asks_for(fullname, self._names) and (found := self._study.find_spec(fullname, path, target)):
            return found
        for old, new in self._names.items():
            if old == new:
                continue
            if fullname == old or fullname.startswith(old + "."):
                return spec_from_loader(fullname, self, origin=new + fullname[len(old) :])
            if old.startswith(fullname + "."):  # a package that only the alias needs
                spec = ModuleSpec(fullname, None, is_package=True)
                return spec if not self._is_found_otherwise(fullname) else None
        return None

    def _is_found_otherwise(self, name: str) -> bool:
        path = getattr(sys.modules.get(name.rpartition(".")[0]), "__path__", None)
        others = [each for each in sys.meta_path if each is not self and hasattr(each, "find_spec")]
        return any(each.find_spec(name, path) for each in others)


class BundledCopies(_OtherNames):
    """Lets what codeable provides stand in for the copies of CodeableModels that a study brings along.

    Args:
        study: Finds the modules of the study.
        kept: The folders with copies that are used as they are.
        report: Called once for each folder with a copy that is not used.
    """

    def __init__(self, study: "StudyFinder", kept: Collection[Path], report: Callable[[Path], None]) -> None:
        super().__init__()
        self._study = study
        self._kept = frozenset(kept)
        self._report = report
        self._reported: set[Path] = set()
        self._names: dict[str, str] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The specification of what stands in for a module of a copy; None for any other module."""
        package, _, last = fullname.rpartition(".")
        if package in self._names:
            return self._stand_in(fullname, f"{self._names[package]}.{last}")
        found = self._study.located(fullname, path, target)
        if found is None or found.origin is None:
            return None
        origin = Path(found.origin).resolve()
        if fullname in shims.PROVIDED:
            if fullname != shims.METAMODELS and origin.parent != PACKAGES_FOLDER.resolve():
                self._report_once(origin.parents[fullname.count(".") + (origin.name == "__init__.py")])
            return None
        copied = bundled_module(origin)
        if copied is None or copied.folder in self._kept or not copied.is_provided:
            return None
        self._report_once(copied.folder)
        return self._stand_in(fullname, copied.name)

    def _stand_in(self, fullname: str, name: str) -> ModuleSpec | None:
        if name not in shims.PROVIDED:
            return None
        self._names[fullname] = name
        return spec_from_loader(fullname, self, origin=name)

    def _report_once(self, folder: Path) -> None:
        if folder not in self._reported:
            self._reported.add(folder)
            self._report(folder)


class StudyFinder(MetaPathFinder):
    """Finds the modules of one study on the module path and lets the study's loader execute them.

    Args:
        loader: The loader of the study.
        roots: The folders of its modules. Those that its code puts on the module path count, too.
    """

    def __init__(self, loader: ModuleLoader, roots: Iterable[Path]) -> None:
        self._loader = loader
        self._roots = tuple(roots)
        self._others = frozenset(sys.path)

    @property
    def folders(self) -> list[Path]:
        """The folders that hold modules of the study."""
        added = [Path(entry).resolve() for entry in sys.path if entry not in self._others]
        return list(dict.fromkeys([*self._roots, *added]))

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The specification of a module of the study; None for any other."""
        spec = self.located(fullname, path, target)
        if spec is not None:
            spec.loader = _StudySource(self._loader, fullname, str(spec.origin))
        return spec

    def located(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where Python finds a module, if that is a file of the study."""
        if fullname.partition(".")[0] == "codeable":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or not isinstance(spec.loader, SourceFileLoader):
            return None
        origin = Path(spec.origin).resolve()
        if not any(origin.is_relative_to(folder) for folder in self.folders):
            return None
        straight = os.path.normpath(spec.origin)
        if straight == str(origin):  # no links on the way: `a/../b.py` is `b.py`
            spec.origin = straight
        return spec


class _StudySource(SourceFileLoader):
    """Lets the study's loader execute a module."""

    def __init__(self, loader: ModuleLoader, name: str, path: str) -> None:
        super().__init__(name, path)
        self._loader = loader

    def exec_module(self, module: ModuleType) -> None:
        """Execute the module."""
        self._loader.execute(module, Path(self.path))
