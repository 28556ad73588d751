"""Fresh copies of modules, executed from their cached code and kept out of `sys.modules`.

The DSL makes the vocabulary of each study with them, and `compat` the metamodels of CodeableModels studies.
"""

import builtins
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType
from typing import Any, cast


def fresh_modules(
    names: Iterable[str], given: Mapping[str, ModuleType] | None = None
) -> dict[str, ModuleType]:
    """Execute copies of modules.

    Args:
        names: Full names of the modules, each after those that it imports.
        given: The modules that imports inside the copies get under these names, instead of the ordinary
            ones. Each copy gets the copies before it as well.

    Returns:
        The fresh modules by name, in the order given.

    Example:
        >>> first = fresh_modules(["codeable.metamodels.domain"])["codeable.metamodels.domain"]
        >>> second = fresh_modules(["codeable.metamodels.domain"])["codeable.metamodels.domain"]
        >>> first.domain_metaclass is second.domain_metaclass
        False
    """
    known = dict(given or {})
    made: dict[str, ModuleType] = {}
    own_builtins = {**vars(builtins), "__import__": resolving_import(known)}
    for name in names:
        module = ModuleType(name)
        origin, code = _code_of(name)
        vars(module).update(__file__=origin, __package__=name.rpartition(".")[0], __builtins__=own_builtins)
        exec(code, vars(module))
        known[name] = made[name] = module
    return made


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
        if level == 0 and name in modules:
            if fromlist:
                return modules[name]
            top = name.partition(".")[0]
            if top in modules:
                return modules[top]
        return builtins.__import__(name, globals_, locals_, fromlist or (), level)

    return import_


def proxy_package(package: str, modules: Mapping[str, ModuleType]) -> ModuleType:
    """A package with the given modules as attributes; every other attribute is the ordinary package's.

    Args:
        package: The package's full name.
        modules: Modules by full name; those directly in the package become its attributes.

    Example:
        >>> own = ModuleType("codeable.dsl")
        >>> proxy_package("codeable", {"codeable.dsl": own}).dsl is own
        True
    """
    module = ModuleType(package)
    ordinary = importlib.import_module(package)
    vars(module).update(
        __getattr__=lambda name: getattr(ordinary, name),
        __path__=ordinary.__path__,
        __file__=ordinary.__file__,
    )
    for name, own in modules.items():
        parent, _, attribute = name.rpartition(".")
        if parent == package:
            vars(module)[attribute] = own
    return module


@cache
def _code_of(name: str) -> tuple[str | None, CodeType]:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no module named {name!r}", name=name)
    loader: Any = spec.loader
    if not hasattr(loader, "get_code"):  # such as that of a test runner, which changes modules
        loader = SourceFileLoader(name, spec.origin)
    return spec.origin, cast("CodeType", loader.get_code(name))
