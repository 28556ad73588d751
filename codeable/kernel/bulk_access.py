"""Work on many elements or records: links without copies and checks, and a pause of the garbage collector.

Called where diagrams are built and field notes are read.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeable.kernel.association import CAssociation
    from codeable.kernel.clazz import CClass
    from codeable.kernel.link import CLink
    from codeable.kernel.object import CObject
    from codeable.kernel.stereotype import CStereotype


def outgoing(element: CClass | CObject) -> list[tuple[CLink, CAssociation, Any]]:
    """The links that start at an element, each with its association and the element at its other end.

    Example:
        >>> from codeable.kernel import CClass, CMetaclass
        >>> decision, practice = CMetaclass("Decision"), CMetaclass("Practice")
        >>> options = decision.association(practice, "* -> *")
        >>> how, versioning = CClass(decision, "How?"), CClass(practice, "Versioning")
        >>> link = how.add_links(versioning)[0]
        >>> outgoing(how) == [(link, options, versioning)], outgoing(versioning)
        (True, [])
    """
    source: Any = getattr(element, "_class_object", element)
    links = source._links
    if not links:
        return []
    found = []
    for link in links:
        if link._source is source:
            target = link._target
            cl = target._class_object_class
            found.append((link, link._association, target if cl is None else cl))
    return found


def is_related(cl: CClass) -> bool:
    """Whether a class has superclasses or associations of its own."""
    return bool(cl._superclasses or cl._associations)


def stereotypes_of_class(cl: CClass) -> tuple[CStereotype, ...]:
    """The stereotypes of a class; `CClass.stereotype_instances` without the copy."""
    return cl._class_object._applied or ()


def applied_stereotypes(link: CLink) -> tuple[CStereotype, ...]:
    """The stereotypes of a link; `CLink.stereotype_instances` without the copy."""
    return link._applied or ()


def tagged_values(link: CLink) -> dict[str, Any]:
    """The tagged values of a link by name, a new dict; the same as `CLink.tagged_values`."""
    stored = link._tagged_values
    if not stored:
        return {}
    applied = link._applied
    if applied and len(stored) == 1 and len(applied) == 1:
        for slot, value in stored.items():
            if slot.classifier is applied[0]:
                return {slot.name: value}
    return link.tagged_values


def has_values(link: CLink) -> bool:
    """Whether a link may have a value of an attribute or a tagged value; False if it surely has none."""
    return bool(link._values or link._tagged_values)


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector while many records are made that are all kept and are in no cycle.

    The collector would search them and the whole model again and again, which takes a third of the time.

    Example:
        >>> with collector_paused():
        ...     gc.isenabled()
        False
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
