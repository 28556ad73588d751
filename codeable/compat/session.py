"""One study in the process at a time: its module path, its modules, its vocabulary, and back again."""

import builtins
import io
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

from codeable.compat import run_options, shims
from codeable.compat.finder import ProvidedPackages
from codeable.compat.module_discovery import FRONTS, PACKAGES

__all__ = ["Aliases", "install", "study_session", "uninstall"]

_provided = ProvidedPackages()


def install(format: str | None = None, encoding: str | None = None, images: bool | None = None) -> None:  # noqa: A002
    """Let this program import `codeable_models`, `metamodels` and `plant_uml_renderer`.

    Calling it again changes what is given and keeps what was declared; after `uninstall` the metaclasses
    are declared anew.

    Args:
        format: `current` or `older`; without it the names that the program imports decide.
        encoding: The encoding of the text files; UTF-8 by default.
        images: Whether pictures are drawn beside the texts; they are by default.

    Raises:
        CodeableError: There is no such format or encoding.

    Example:
        >>> import codeable.compat
        >>> codeable.compat.install()
        >>> from metamodels.guidance_metamodel import decision
        >>> str(decision)
        'Decision'
        >>> codeable.compat.uninstall()
    """
    if str(PACKAGES) not in sys.path:
        sys.path.insert(0, str(PACKAGES))
    if _provided not in sys.meta_path:
        sys.meta_path.insert(0, _provided)
    if format is not None or encoding is not None or images is not None:
        run_options.put(run_options.decide(run_options.running_program(), format, encoding, images))


def uninstall() -> None:
    """Take back `install`: the packages can no longer be imported; what is imported next is declared anew."""
    from codeable.compat.rendering.output import close_engines

    if str(PACKAGES) in sys.path:
        sys.path.remove(str(PACKAGES))
    if _provided in sys.meta_path:
        sys.meta_path.remove(_provided)
    _take_out(FRONTS)
    shims.forget()
    run_options.put(None)
    close_engines()


@contextmanager
def study_session(
    chosen: run_options.Choices, roots: Sequence[Path], aliases: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a study inside: its modules are found, its metaclasses are its own, and afterwards nothing is left.

    Args:
        chosen: The study's run_options.
        roots: What the module path begins with: the script's folder, where Python puts it, then the others.
        aliases: Other names under which modules are found: old → new.
    """
    from codeable.compat.rendering.output import close_engines

    path, finders, before = list(sys.path), list(sys.meta_path), dict(sys.modules)
    argv, folder = list(sys.argv), Path.cwd()
    taken = _take_out(_names_in([PACKAGES, *roots]))
    declared, made = shims.forget(), run_options.put(chosen)
    here = [entry for entry in path if entry in ("", str(folder))]  # where the interpreter was started
    others = [entry for entry in path if entry not in here]
    sys.path[:] = [*(str(root) for root in roots), str(PACKAGES), *others, *here]
    sys.meta_path.insert(0, _provided)
    if aliases:
        sys.meta_path.insert(0, Aliases(aliases))
    try:
        with _text_files_in(chosen.encoding):
            yield
    finally:
        # First, for packages without `__init__` forget their folders once the module path is as it was.
        _take_out_of([PACKAGES, *roots], before)
        os.chdir(folder)
        sys.argv[:], sys.path[:], sys.meta_path[:] = argv, path, finders
        sys.modules.update(taken)
        shims.forget(declared)
        run_options.put(made)
        close_engines()


@contextmanager
def _text_files_in(encoding: str) -> Iterator[None]:
    """Let text files that are opened without an encoding have this one, as it once was the platform's.

    Studies write tables and texts themselves, beside those of the renderer.
    """
    opening = io.open

    @wraps(opening)
    def open_(
        file: Any, mode: str = "r", buffering: int = -1, encoding_: str | None = None, *rest: Any, **kw: Any
    ) -> Any:
        given = kw.pop("encoding", encoding_)
        if "b" not in mode and given in (None, "locale"):
            given = encoding
        return opening(file, mode, buffering, given, *rest, **kw)

    if encoding == run_options.Choices().encoding:
        yield
        return
    io.open = builtins.open = open_  # type: ignore[assignment]
    try:
        yield
    finally:
        io.open = builtins.open = opening


class Aliases(MetaPathFinder, Loader):
    """Finds modules under other names; what is imported is the one module, under both names.

    Args:
        names: Old name of a module or package → the name under which it is found.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)
        self._spec: dict[str, ModuleSpec | None] = {}

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the import system's signature
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """The specification of an aliased module; None for any other, and for one that its target lacks."""
        for old, new in self._names.items():
            if fullname == old or fullname.startswith(old + "."):
                return spec_from_loader(fullname, self, origin=new + fullname[len(old) :])
            if old.startswith(fullname + "."):  # a package that only the alias needs
                spec = ModuleSpec(fullname, None, is_package=True)
                spec.submodule_search_locations = []
                return spec if not _is_found_otherwise(fullname, self) else None
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module under its other name, imported now."""
        import importlib

        module = importlib.import_module(str(spec.origin))
        self._spec[spec.name] = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Nothing: the module was executed under its own name, whose specification it gets back."""
        spec = self._spec.pop(module.__spec__.name, None) if module.__spec__ else None
        if spec is not None:
            module.__spec__ = spec


def _is_found_otherwise(name: str, finder: Aliases) -> bool:
    path = getattr(sys.modules.get(name.rpartition(".")[0]), "__path__", None)
    others = [each for each in sys.meta_path if each is not finder and hasattr(each, "find_spec")]
    return any(each.find_spec(name, path) for each in others)


def _names_in(folders: Sequence[Path]) -> list[str]:
    """The top-level modules that a folder on the module path offers, those of codeable and Python apart."""
    names = [
        path.stem
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix == ".py" or path.is_dir()
    ]
    return [
        name for name in dict.fromkeys(names) if name not in sys.stdlib_module_names and name != "codeable"
    ]


def _take_out(names: Sequence[str]) -> dict[str, ModuleType]:
    """Take modules and all that is in them out of the loaded ones."""
    found = [name for name in sys.modules if name.partition(".")[0] in names]
    return {name: sys.modules.pop(name) for name in found}


def _take_out_of(folders: Sequence[Path], before: Mapping[str, ModuleType]) -> None:
    """Take out what was loaded from some folders since `before`; codeable stays, whatever lies around it."""
    prefixes = tuple(f"{folder}{os.sep}" for folder in folders)
    loaded = [
        name
        for name, module in sys.modules.items()
        if before.get(name) is not module and name.partition(".")[0] != "codeable"
    ]
    places = {name: _places(sys.modules[name]) for name in loaded}
    for name, found in places.items():
        if any(f"{place}{os.sep}".startswith(prefixes) for place in found):
            del sys.modules[name]


def _places(module: ModuleType) -> list[str]:
    """Where a module was loaded from; of a package without `__init__`, all its folders."""
    return [*filter(None, [getattr(module, "__file__", None)]), *getattr(module, "__path__", ())]
