"""The links of an element: attach, detach, count, and find them by the element at the other end.

Most elements have few links; these are in a dict, used as an ordered set, and a search goes through all of
them. The links of an element with many (a hub) are indexed at the first search. Links, objects, classes and
the link functions call this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container

    from codeable.kernel.association import CAssociation
    from codeable.kernel.link import CLink
    from codeable.kernel.object import CObject

_MANY = 32


class _HubLinks(dict["CLink", None]):
    """Links with an index by the element at the other end, and with counts by association and end."""

    __slots__ = ("counts", "opposites")

    def __init__(self, element: CObject, links: dict[CLink, None]) -> None:
        super().__init__(links)
        self.opposites: dict[CObject, dict[CLink, None]] = {}
        self.counts: dict[tuple[CAssociation, bool], int] = {}
        for link in links:
            self.update_index(element, link, 1)

    def update_index(self, element: CObject, link: CLink, change: int) -> None:
        """Update the index: a link was attached (``change`` 1) or detached (-1)."""
        source, target = link._source, link._target
        opposite = target if source is element else source
        among = self.opposites.setdefault(opposite, {})
        if change > 0:
            among[link] = None
        else:
            among.pop(link, None)
            if not among:
                del self.opposites[opposite]
        for is_source, end in ((True, source), (False, target)):
            if end is element:
                key = (link._association, is_source)
                self.counts[key] = self.counts.get(key, 0) + change
                if not self.counts[key]:
                    del self.counts[key]


def attach(element: CObject, link: CLink) -> None:
    """Append a link to the links of one of its ends."""
    links = element._links
    if links is None:
        element._links = {link: None}
    elif link not in links:
        links[link] = None
        if links.__class__ is not dict:
            links.update_index(element, link, 1)  # type: ignore[attr-defined]


def detach(element: CObject, link: CLink) -> None:
    """Remove a link from the links of one of its ends."""
    links = element._links
    if links and link in links:
        del links[link]
        if links.__class__ is not dict:
            links.update_index(element, link, -1)  # type: ignore[attr-defined]


def _indexed(element: CObject) -> _HubLinks:
    links = element._links or {}
    if not isinstance(links, _HubLinks):
        links = element._links = _HubLinks(element, links)
    return links


def find(
    source: CObject, target: CObject, association: CAssociation, to_delete: Container[CLink]
) -> CLink | None:
    """The link of ``association`` from ``source`` to ``target`` that is not in ``to_delete``, if any."""
    links, others = source._links, target._links
    if not links or not others:
        return None
    if len(others) < len(links):
        links = others
    if len(links) > _MANY:
        links = links_between(source, target)
    for link in links:
        if (
            link._association is association
            and link._source is source
            and link._target is target
            and link not in to_delete
        ):
            return link
    return None


def links_between(one: CObject, other: CObject) -> dict[CLink, None]:
    """The links between two elements, in either direction; of one element with itself, those to itself."""
    links, others = one._links, other._links
    if not links or not others:
        return {}
    if len(others) < len(links):
        one, other, links = other, one, others
    if len(links) > _MANY:
        return _indexed(one).opposites.get(other, {})
    return {
        link: None
        for link in links
        if (link._source is one and link._target is other) or (link._source is other and link._target is one)
    }


def count(element: CObject, association: CAssociation, as_source: bool) -> int:
    """The number of links of ``association`` with ``element`` at their source (or else their target) end."""
    links = element._links
    if not links:
        return 0
    if len(links) > _MANY:
        return _indexed(element).counts.get((association, as_source), 0)
    if as_source:
        return sum(1 for link in links if link._association is association and link._source is element)
    return sum(1 for link in links if link._association is association and link._target is element)


def links_of(element: CObject, association: CAssociation) -> list[CLink]:
    """The links of ``association`` at ``element``, in order."""
    links = element._links
    if not links:
        return []
    if len(links) > _MANY:
        counts = _indexed(element).counts
        if (association, True) not in counts and (association, False) not in counts:
            return []
    return [link for link in links if link._association is association]


def linked(element: CObject, association: CAssociation | None, role_name: Any) -> list[Any]:
    """The elements at the other ends of the links, classes for class objects.

    Args:
        element: The element at this end.
        association: Only links of this association, if given.
        role_name: Only links in which the other end plays this role, if given.
    """
    found: list[Any] = []
    for link in element._links or ():
        of = link._association
        if association is not None and of is not association:
            continue
        other = link._target
        if link._source is element:
            if (
                role_name is not None
                and role_name != of._role_name
                and (other is not element or role_name != of._source_role_name)
            ):
                continue
        else:
            if role_name is not None and role_name != of._source_role_name:
                continue
            other = link._source
        cl = other._class_object_class
        found.append(other if cl is None else cl)
    return found
