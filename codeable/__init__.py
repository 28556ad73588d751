"""Qualitative studies kept as code: declared in Python, drawn, counted and checked from one place.

`load` returns the study in a folder, `Study.of(globals())` that of a notebook's cells. A study's modules
start with `from codeable.dsl import *`. Each name is imported when it is first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codeable.diagrams import Diagram as Diagram
    from codeable.diagrams import View as View
    from codeable.errors import CodeableError as CodeableError
    from codeable.kernel import *  # noqa: F403
    from codeable.notes import read_note as read_note
    from codeable.render.figure import Figure as Figure
    from codeable.study import Study as Study
    from codeable.study import load as load
    from codeable.study import load_json as load_json

    __version__: str

_HOMES = {
    "CodeableError": "codeable.errors",
    "Diagram": "codeable.diagrams",
    "Figure": "codeable.render.figure",
    "Study": "codeable.study",
    "View": "codeable.diagrams",
    "load": "codeable.study",
    "load_json": "codeable.study",
    "read_note": "codeable.notes",
}
"""The modules of the names that are not the kernel's."""

_MODULES = ("checks", "dsl", "kernel", "notes")
"""Modules that need no import of their own."""


def _names() -> list[str]:
    """What `from codeable import *` brings: the names above and those of the kernel."""
    return sorted((*_HOMES, *importlib.import_module("codeable.kernel").__all__, "__version__"))


def __getattr__(name: str) -> Any:
    """Import a name on first use."""
    if name == "__version__":
        value: Any = importlib.import_module("importlib.metadata").version("codeable")
    elif name == "__all__":
        value = _names()
    elif name in _MODULES:
        value = importlib.import_module(f"codeable.{name}")
    elif not name.startswith("_") and name in _names():
        value = getattr(importlib.import_module(_HOMES.get(name, "codeable.kernel")), name)
    else:
        from codeable.text import did_you_mean

        raise AttributeError(f"codeable has no {name!r}{did_you_mean(name, _names())}", name=name)
    globals()[name] = value
    return value


def display_element(element: Any, include: Any, exclude: Any) -> dict[str, Any]:
    """What a notebook shows of an element. The kernel calls this function as its display hook."""
    bundle = importlib.import_module("codeable.study.facts").element_bundle
    shown: dict[str, Any] = bundle(element, include, exclude)
    return shown


def __dir__() -> list[str]:
    special = (name for name in globals() if name.startswith("__"))
    return sorted({*special, *_names(), *_MODULES})
