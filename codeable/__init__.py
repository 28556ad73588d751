"""Qualitative studies kept as code: declared in Python, drawn, counted and checked from one place.

`load` returns the study in a folder, `Study.of(globals())` that of a notebook's cells. A study's modules
start with `from codeable.dsl import *`. Each name is imported when it is first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codeable.diagrams import Diagram, View
    from codeable.errors import CodeableError
    from codeable.kernel import (
        CAssociation,
        CAttribute,
        CBundlable,
        CBundle,
        CClass,
        CClassifier,
        CEnum,
        CException,
        CLayer,
        CLink,
        CMetaclass,
        CNamedElement,
        CObject,
        CPackage,
        CStereotype,
        add_links,
        delete_links,
        set_links,
    )
    from codeable.notes import read as read_note
    from codeable.study import Figure, Study, load

    __version__: str

__all__ = [
    "CAssociation",
    "CAttribute",
    "CBundlable",
    "CBundle",
    "CClass",
    "CClassifier",
    "CEnum",
    "CException",
    "CLayer",
    "CLink",
    "CMetaclass",
    "CNamedElement",
    "CObject",
    "CPackage",
    "CStereotype",
    "CodeableError",
    "Diagram",
    "Figure",
    "Study",
    "View",
    "__version__",
    "add_links",
    "delete_links",
    "load",
    "read_note",
    "set_links",
]

_HOMES = {
    "CodeableError": "codeable.errors",
    "Diagram": "codeable.diagrams",
    "Figure": "codeable.study",
    "Study": "codeable.study",
    "View": "codeable.diagrams",
    "load": "codeable.study",
    "read_note": "codeable.notes:read",
}
"""Where a name is defined, if not in `codeable.kernel`: a module, and the name that it has there."""

_MODULES = ("checks", "dsl", "kernel", "notes")
"""Modules that need no import of their own."""


def __getattr__(name: str) -> Any:
    """Import a name on first use."""
    if name == "__version__":
        value: Any = importlib.import_module("importlib.metadata").version("codeable")
    elif name in __all__:
        module, _, attribute = _HOMES.get(name, "codeable.kernel").partition(":")
        value = getattr(importlib.import_module(module), attribute or name)
    elif name in _MODULES:
        value = importlib.import_module(f"codeable.{name}")
    else:
        from codeable.text import did_you_mean

        raise AttributeError(f"codeable has no {name!r}{did_you_mean(name, __all__)}", name=name)
    globals()[name] = value
    return value


def display_element(element: "CNamedElement", include: Any, exclude: Any) -> dict[str, Any]:
    """What a notebook shows of an element. The kernel calls this function as its display hook."""
    bundle = importlib.import_module("codeable.study.facts").element_bundle
    shown: dict[str, Any] = bundle(element, include, exclude)
    return shown


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})
