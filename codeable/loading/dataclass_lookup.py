"""Dataclasses in the modules of a study.

Where annotations are texts (`from __future__ import annotations`), `dataclasses` looks for the module of a
class in `sys.modules`, and the modules of a study are not there. So a study imports a `dataclasses` whose
`dataclass` puts the module there for as long as one class is worked on.
"""

import contextlib
import functools
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

__all__ = ["dataclasses_for"]

_ONE_AT_A_TIME = threading.RLock()


def dataclasses_for(modules: Mapping[str, ModuleType]) -> ModuleType:
    """What a study gets for `import dataclasses`.

    Args:
        modules: The modules of the study by name.
    """
    import dataclasses

    @functools.wraps(dataclasses.dataclass)
    def dataclass(cls: type | None = None, /, **options: Any) -> type | Callable[[type], type]:
        def decorate(cls: type) -> type:
            with _findable(cls.__module__, modules.get(cls.__module__)):
                return dataclasses.dataclass(**options)(cls)

        return decorate if cls is None else decorate(cls)

    stand_in = ModuleType("dataclasses")
    vars(stand_in).update(vars(dataclasses), dataclass=dataclass)
    return stand_in


@contextlib.contextmanager
def _findable(name: str, module: ModuleType | None) -> Iterator[None]:
    if module is None:
        yield
        return
    with _ONE_AT_A_TIME:
        before = sys.modules.get(name)
        sys.modules[name] = module
        try:
            yield
        finally:
            if before is None:
                del sys.modules[name]
            else:
                sys.modules[name] = before
