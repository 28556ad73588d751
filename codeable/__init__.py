"""Qualitative studies kept as code: declared in Python, drawn, counted and checked from one place.

`load` gives the study in a folder; `from codeable.dsl import *` brings what a study's modules are written
with. Everything here is imported when it is first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    from codeable.registry import Registry
    from codeable.study import Study, load

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
    "Registry",
    "Study",
    "__version__",
    "add_links",
    "delete_links",
    "load",
    "set_links",
]

_HOMES = {
    "CodeableError": "codeable.errors",
    "Registry": "codeable.registry",
    "Study": "codeable.study",
    "load": "codeable.study",
}
"""Where a name is defined, if not in `codeable.kernel`."""

_MODULES = ("checks", "dsl", "kernel", "notes")
"""Modules that are there without an import of their own."""


def __getattr__(name: str) -> Any:
    """Import what is asked for."""
    if name == "__version__":
        value: Any = importlib.import_module("importlib.metadata").version("codeable")
    elif name in __all__:
        value = getattr(importlib.import_module(_HOMES.get(name, "codeable.kernel")), name)
    elif name in _MODULES:
        value = importlib.import_module(f"codeable.{name}")
    else:
        raise AttributeError(_no_attribute(name), name=name)
    globals()[name] = value
    return value


def display_element(element: "CNamedElement", include: Any, exclude: Any) -> dict[str, Any]:
    """What a notebook shows of an element; the kernel takes this function as its display hook."""
    bundle = importlib.import_module("codeable.study.display").element_bundle
    shown: dict[str, Any] = bundle(element, include, exclude)
    return shown


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_MODULES})


def _no_attribute(name: str) -> str:
    from codeable.text import did_you_mean

    return f"codeable has no {name!r}{did_you_mean(name, __all__)}"
