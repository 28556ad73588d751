"""How one element shows itself in a notebook."""

import sys
from typing import Any

from codeable import dsl
from codeable.kernel import CNamedElement
from codeable.registry import Declaration, Registry
from codeable.registry.kinds import Kinds
from codeable.study.facts import as_html, as_text, facts_of
from codeable.study.study import LIVE

__all__ = ["element_bundle"]


def element_bundle(element: CNamedElement, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG001
    """What is known of an element, as HTML and as text.

    An element of a study is asked for in that study, one that a cell declares in the notebook. Of an element
    that neither knows, only what it tells itself is shown.
    """
    registry = _registry_of(element)
    if registry is None:
        declaration = Declaration(None, kind=Kinds(dsl).of(element), element=element)
    else:
        declaration = registry.find(element)
    facts = facts_of(registry, declaration)
    title = declaration.name
    return {"text/html": as_html(title, facts), "text/plain": as_text(title, facts)}


def _registry_of(element: CNamedElement) -> Registry | None:
    for study in list(LIVE):
        if study.registry.declaration_of(element) is not None:
            return study.registry
    notebook = Registry.of(vars(sys.modules["__main__"]))
    return notebook if notebook.declaration_of(element) is not None else None
