"""The names that the modules under `codeable/compat/packages/metamodels` offer, declared anew for a study.

The modules of one study share one set of fresh declarations; `forget` lets the next study begin with its own.
"""

from types import ModuleType
from typing import Any

from codeable.metamodels.isolation import fresh_modules

__all__ = ["Fresh", "forget", "imported", "names_of"]

Fresh = dict[str, ModuleType]
"""Executed modules by their full names."""

_VOCABULARY = {"domain": "codeable.metamodels.domain", "guidance": "codeable.metamodels.guidance"}
_NEEDS = {"guidance": "domain", "deployment": "component", "microservice_components": "component"}

_fresh: Fresh = {}


def names_of(metamodel: str) -> dict[str, Any]:
    """All names of one metamodel, as its module has them; declared now, unless this study did before.

    Args:
        metamodel: `domain`, `guidance`, `component`, `activity`, `technology`, `deployment` or
            `microservice_components`.

    Example:
        >>> before = forget()
        >>> names_of("guidance")["decision"] is names_of("guidance")["decision"]
        True
        >>> _ = forget(before)
    """
    front = f"codeable.compat.metamodels.{metamodel}"
    if front not in _fresh:
        if metamodel in _NEEDS:
            names_of(_NEEDS[metamodel])
        modules = [_VOCABULARY[metamodel], front] if metamodel in _VOCABULARY else [front]
        _fresh.update(fresh_modules(modules, _fresh))
    return {name: value for name, value in vars(_fresh[front]).items() if not name.startswith("__")}


def imported() -> dict[str, dict[str, Any]]:
    """The names of every metamodel that this study has imported, by metamodel; the domain's come first."""
    start = "codeable.compat.metamodels."
    return {
        name.removeprefix(start): names_of(name.removeprefix(start))
        for name in list(_fresh)
        if name.startswith(start)
    }


def forget(instead: Fresh | None = None) -> Fresh:
    """Drop what was declared, so that the next import of a metamodel declares anew.

    Args:
        instead: What counts as declared from now on.

    Returns:
        What was dropped.
    """
    dropped = dict(_fresh)
    _fresh.clear()
    _fresh.update(instead or {})
    return dropped
