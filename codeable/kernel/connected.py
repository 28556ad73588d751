"""Which elements are connected with an element: a depth-first walk that does not recurse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel import messages
from codeable.kernel.association import CAssociation
from codeable.kernel.bundlable import CBundlable
from codeable.kernel.bundle import CBundle
from codeable.kernel.clazz import CClass
from codeable.kernel.exception import CException
from codeable.kernel.link import CLink
from codeable.kernel.metaclass import CMetaclass
from codeable.kernel.object import CObject
from codeable.kernel.stereotype import CStereotype

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Traversal", "connected_elements"]

_ALWAYS = ("add_bundles", "process_bundles", "stop_elements_inclusive", "stop_elements_exclusive")
_FURTHER: tuple[tuple[tuple[str, ...], tuple[type, ...]], ...] = (
    (("add_stereotypes", "process_stereotypes"), (CMetaclass, CBundle, CStereotype)),
    (("add_associations",), (CMetaclass, CClass, CAssociation)),
    (("add_links",), (CObject,)),
)
_FILTERED: tuple[tuple[str, type], ...] = (
    ("add_bundles", CBundle),
    ("add_stereotypes", CStereotype),
    ("add_associations", CAssociation),
    ("add_links", CLink),
)


class Traversal:
    """What a walk passes through, and where it stops."""

    __slots__ = ("exclusive", "inclusive", "process_bundles", "process_stereotypes")

    def __init__(self, start: CBundlable, options: dict[str, Any]) -> None:
        self.process_bundles = bool(options.get("process_bundles"))
        self.process_stereotypes = bool(options.get("process_stereotypes"))
        self.inclusive = _stops(start, "stop_elements_inclusive", options)
        self.exclusive = _stops(start, "stop_elements_exclusive", options)


def _stops(start: CBundlable, keyword: str, options: dict[str, Any]) -> frozenset[CBundlable]:
    stops = options.get(keyword, [])
    if isinstance(stops, CBundlable):
        stops = [stops]
    if not isinstance(stops, list):
        raise CException(messages.bad_stop(start, keyword, stops))
    for stop in stops:
        if not isinstance(stop, CBundlable):
            raise CException(messages.bad_stop(start, keyword, stop))
    return frozenset(stops)


def _check_options(start: CBundlable, options: dict[str, Any]) -> None:
    allowed = list(_ALWAYS)
    for keywords, kinds in _FURTHER:
        if isinstance(start, kinds):
            allowed += keywords
    for keyword in options:
        if keyword not in allowed:
            raise CException(messages.unknown_keyword(start, keyword, allowed, "get_connected_elements"))


def connected_elements(start: CBundlable, options: dict[str, Any]) -> list[CBundlable]:
    """The elements reached from ``start``, in the order of a depth-first walk.

    Args:
        start: Where the walk begins; it is expanded even when it is an inclusive stop.
        options: The keywords of ``get_connected_elements``.
    """
    _check_options(start, options)
    traversal = Traversal(start, options)
    if start in traversal.exclusive:
        return []
    found = _walk(start, traversal)
    left_out = tuple(kind for keyword, kind in _FILTERED if not options.get(keyword))
    hidden = {kind for kind in set(map(type, found)) if issubclass(kind, left_out)}
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
