"""How a notebook shows an element: by a hook that a layer above sets or that the package offers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codeable.kernel.named_element import CNamedElement

__all__ = ["DisplayHook", "display", "set_display_hook"]

DisplayHook = Callable[["CNamedElement", Any, Any], dict[str, Any]]

_hook: DisplayHook | None = vars(sys.modules["codeable"]).get("display_element")


def set_display_hook(hook: DisplayHook | None) -> None:
    """Let ``hook(element, include, exclude)`` make the MIME bundle of an element; ``None`` takes it away."""
    global _hook
    _hook = hook


def display(element: CNamedElement, include: object, exclude: object) -> dict[str, Any]:
    """The MIME bundle of an element; empty (Jupyter then shows the ``repr``) while there is no hook."""
    return _hook(element, include, exclude) if _hook is not None else {}
