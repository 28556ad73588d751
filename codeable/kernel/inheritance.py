"""Walks over superclasses and subclasses. None of them recurses: inheritance may be deep."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codeable.kernel.classifier import CClassifier

__all__ = ["descendants", "is_ancestor"]


def descendants(classifier: CClassifier) -> list[CClassifier]:
    """All transitive subclasses, depth first in the order of ``subclasses``, each once."""
    found: dict[CClassifier, None] = {}
    pending = list(reversed(list(classifier._subclasses or ())))
    while pending:
        current = pending.pop()
        if current not in found:
            found[current] = None
            if current._subclasses:
                pending += reversed(current._subclasses)
    return list(found)


def is_ancestor(ancestor: CClassifier, classifier: CClassifier) -> bool:
    """Whether ``ancestor`` is a transitive superclass of ``classifier``.

    The search goes up from one and down from the other in step and ends when either side is exhausted, so
    that a deep hierarchy can be built from either end.
    """
    up, down = [classifier], [ancestor]
    seen_up, seen_down = {classifier}, {ancestor}
    while up and down:
        for superclass in up.pop()._superclasses or ():
            if superclass is ancestor:
                return True
            if superclass not in seen_up:
                seen_up.add(superclass)
                up.append(superclass)
        for subclass in down.pop()._subclasses or ():
            if subclass is classifier:
                return True
            if subclass not in seen_down:
                seen_down.add(subclass)
                down.append(subclass)
    return False
