"""Walks over a model, depth first: superclasses, subclasses and connected elements. None of them recurses.

`get_connected_elements` and the classifiers call these functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel.describe import describe, unknown_keyword
from codeable.kernel.exception import CException

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeable.kernel.bundle import CBundlable
    from codeable.kernel.classifier import CClassifier

BUNDLE_OPTIONS = ("add_bundles", "process_bundles", "stop_elements_inclusive", "stop_elements_exclusive")
"""The options of `get_connected_elements` that every element has."""

STEREOTYPE_OPTIONS = ("add_stereotypes", "process_stereotypes")
ASSOCIATION_OPTIONS = ("add_associations",)
LINK_OPTIONS = ("add_links",)


# -- inheritance


def class_path_of(classifier: CClassifier) -> list[CClassifier]:
    """The classifier and its superclasses, depth first, each once.

    A superclass that is reached again adds nothing: its own path is in the result already.
    """
    path: dict[CClassifier, None] = {}
    pending = [classifier]
    while pending:
        current = pending.pop()
        if current not in path:
            path[current] = None
            if current._superclasses:
                pending += reversed(current._superclasses)
    return list(path)


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


# -- connected elements


class Traversal:
    """The options of a walk: the relations that it follows, and the elements at which it stops."""

    __slots__ = ("exclusive", "inclusive", "process_bundles", "process_stereotypes")

    def __init__(self, start: CBundlable, options: dict[str, Any]) -> None:
        self.process_bundles = bool(options.get("process_bundles"))
        self.process_stereotypes = bool(options.get("process_stereotypes"))
        self.inclusive = _stops(start, "stop_elements_inclusive", options)
        self.exclusive = _stops(start, "stop_elements_exclusive", options)


def _stops(start: CBundlable, keyword: str, options: dict[str, Any]) -> frozenset[CBundlable]:
    stops = options.get(keyword, [])
    if _is_walkable(stops):
        stops = [stops]
    wrong = [stop for stop in stops if not _is_walkable(stop)] if isinstance(stops, list) else [stops]
    if wrong:
        raise CException(
            f"{keyword!r} for {describe(start)} must be an element or a list of elements,"
            f" not {describe(wrong[0])}"
        )
    return frozenset(stops)


def _is_walkable(thing: object) -> bool:
    return hasattr(type(thing), "_neighbours")


def connected_elements(start: CBundlable, options: dict[str, Any]) -> list[CBundlable]:
    """The elements reached from ``start``, in the order of a depth-first walk.

    Args:
        start: Where the walk begins; it is expanded even when it is an inclusive stop.
        options: The keywords of ``get_connected_elements``.
    """
    allowed = start._TRAVERSAL_OPTIONS
    for keyword in options:
        if keyword not in allowed:
            raise CException(unknown_keyword(start, keyword, allowed, "get_connected_elements"))
    traversal = Traversal(start, options)
    if start in traversal.exclusive:
        return []
    found = _walk(start, traversal)
    kinds: set[Any] = set(map(type, found))
    hidden = {kind for kind in kinds if kind._ADDED_BY is not None and not options.get(kind._ADDED_BY)}
    return [element for element in found if type(element) not in hidden] if hidden else list(found)


def _walk(start: CBundlable, traversal: Traversal) -> dict[CBundlable, None]:
    found: dict[CBundlable, None] = {start: None}
    exclusive = traversal.exclusive
    ends = traversal.exclusive | traversal.inclusive
    ways: list[Iterator[CBundlable]] = [iter(start._neighbours(traversal))]
    while ways:
        for neighbour in ways[-1]:
            if neighbour not in found and neighbour not in exclusive:
                found[neighbour] = None
                if neighbour not in ends:
                    ways.append(iter(neighbour._neighbours(traversal)))
                    break
        else:
            ways.pop()
    return found
