"""The `dataclasses` and the `importlib` of a study. Those of Python look for modules in `sys.modules`.

The modules of a study are not there. `StudyModules` returns these copies for `import dataclasses` and
`import importlib`.
"""

import contextlib
import functools
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

_DATACLASS_LOCK = threading.RLock()


def dataclasses_for(modules: Mapping[str, ModuleType]) -> ModuleType:
    """The `dataclasses` of a study.

    Where annotations are strings (`from __future__ import annotations`), `dataclasses` looks up the module of
    a class in `sys.modules`. This `dataclass` puts the module there while it works on one class.

    Args:
        modules: The modules of the study by name.
    """
    import dataclasses

    @functools.wraps(dataclasses.dataclass)
    def dataclass(cls: type | None = None, /, **options: Any) -> type | Callable[[type], type]:
        def decorate(cls: type) -> type:
            with _in_sys_modules(cls.__module__, modules.get(cls.__module__)):
                return dataclasses.dataclass(**options)(cls)

        return decorate if cls is None else decorate(cls)

    return _copy_of(dataclasses, dataclass=dataclass)


def importlib_for(import_: Callable[..., ModuleType]) -> ModuleType:
    """The `importlib` of a study.

    `importlib.import_module` goes past `__import__`, which is what finds the modules of a study. This one
    calls the study's `__import__`.

    Args:
        import_: The study's `__import__`.
    """
    import importlib

    @functools.wraps(importlib.import_module)
    def import_module(name: str, package: str | None = None) -> ModuleType:
        absolute = name.lstrip(".")
        importer = {"__name__": sys._getframe(1).f_globals.get("__name__"), "__package__": package}
        return import_(absolute, importer, None, ("__name__",), len(name) - len(absolute))

    return _copy_of(importlib, import_module=import_module)


def _copy_of(module: ModuleType, **replaced: object) -> ModuleType:
    copy = ModuleType(module.__name__)
    vars(copy).update(vars(module), **replaced)
    return copy


@contextlib.contextmanager
def _in_sys_modules(name: str, module: ModuleType | None) -> Iterator[None]:
    if module is None:
        yield
        return
    with _DATACLASS_LOCK:
        before = sys.modules.get(name)
        sys.modules[name] = module
        try:
            yield
        finally:
            if before is None:
                del sys.modules[name]
            else:
                sys.modules[name] = before
