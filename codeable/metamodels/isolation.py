"""Fresh copies of modules, executed from their cached code and kept out of `sys.modules`.

The DSL makes the vocabulary of each study with them, and `compat` the metamodels of CodeableModels studies.
"""

import builtins
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType
from typing import Any, cast


class FreshModules(Mapping[str, ModuleType]):
    """Fresh copies of modules; each is executed when it is first asked for.

    An import inside a copy gets the copies, too.

    Args:
        names: Full names of the modules.
        packages: Full names of packages. Their copies have the copies of their modules as attributes; every
            other attribute is the ordinary package's.

    Example:
        >>> first = FreshModules(["codeable.metamodels.domain"])["codeable.metamodels.domain"]
        >>> second = FreshModules(["codeable.metamodels.domain"])["codeable.metamodels.domain"]
        >>> first.domain_metaclass is second.domain_metaclass
        False
        >>> FreshModules(["codeable.metamodels.domain"], ["codeable.metamodels"]).made
        {}
    """

    def __init__(self, names: Iterable[str], packages: Iterable[str] = ()) -> None:
        self._packages = frozenset(packages)
        self._names = dict.fromkeys([*names, *self._packages])
        self._builtins = {**vars(builtins), "__import__": resolving_import(self)}
        self._made: dict[str, ModuleType] = {}

    @property
    def made(self) -> dict[str, ModuleType]:
        """The modules that exist by now, by name; each comes after those that it imports."""
        return dict(self._made)

    def __getitem__(self, name: str) -> ModuleType:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            make = self._proxy if name in self._packages else self._execute
            self._made[name] = make(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def _execute(self, name: str) -> ModuleType:
        module = ModuleType(name)
        origin, code = _code_of(name)
        vars(module).update(__file__=origin, __package__=name.rpartition(".")[0], __builtins__=self._builtins)
        exec(code, vars(module))
        return module

    def _proxy(self, package: str) -> ModuleType:
        ordinary = importlib.import_module(package)

        def attribute(name: str) -> object:
            full_name = f"{package}.{name}"
            return self[full_name] if full_name in self else getattr(ordinary, name)

        module = ModuleType(package)
        vars(module).update(__getattr__=attribute, __path__=ordinary.__path__, __file__=ordinary.__file__)
        return module


def modules_made(vocabulary: ModuleType) -> Mapping[str, ModuleType]:
    """The modules of vocabularies that a study has imported, by full name.

    Args:
        vocabulary: The study's `codeable.dsl`. The ordinary one belongs to scripts and cells, so it has the
            modules of this process.
    """
    copies = getattr(vocabulary, "__vocabulary__", None)
    return sys.modules if copies is None else cast("FreshModules", copies).made


def resolving_import(modules: Mapping[str, ModuleType]) -> Callable[..., Any]:
    """An `__import__` that returns the given modules under their names, and any other module as usual.

    Args:
        modules: Modules by full name. For `import a.b` the name `a` must be given too.
    """

    def import_(
        name: str,
        globals_: Mapping[str, object] | None = None,
        locals_: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if level == 0 and fromlist and name in modules:
            return modules[name]
        top = name.partition(".")[0]
        if level == 0 and not fromlist and top in modules:
            if name not in modules:  # such as `import codeable.kernel.predicates`
                builtins.__import__(name, globals_, locals_)
            return modules[top]
        return builtins.__import__(name, globals_, locals_, fromlist or (), level)

    return import_


@cache
def _code_of(name: str) -> tuple[str | None, CodeType]:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no module named {name!r}", name=name)
    loader: Any = spec.loader
    if not hasattr(loader, "get_code"):  # such as that of a test runner, which changes modules
        loader = SourceFileLoader(name, spec.origin)
    return spec.origin, cast("CodeType", loader.get_code(name))
