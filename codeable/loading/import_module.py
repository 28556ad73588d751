"""`importlib.import_module` in the modules of a study.

It goes past `__import__`, which is what finds the modules of a study: it would find none, or others of the
same name. So a study imports an `importlib` whose `import_module` calls the study's `__import__`.
"""

import functools
import sys
from collections.abc import Callable
from types import ModuleType

__all__ = ["importlib_for"]


def importlib_for(import_: Callable[..., ModuleType]) -> ModuleType:
    """What a study gets for `import importlib`.

    Args:
        import_: The study's `__import__`.
    """
    import importlib

    @functools.wraps(importlib.import_module)
    def import_module(name: str, package: str | None = None) -> ModuleType:
        wanted = name.lstrip(".")
        importer = {"__name__": sys._getframe(1).f_globals.get("__name__"), "__package__": package}
        return import_(wanted, importer, None, ("__name__",), len(name) - len(wanted))

    stand_in = ModuleType("importlib")
    vars(stand_in).update(vars(importlib), import_module=import_module)
    return stand_in
