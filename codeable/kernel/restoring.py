"""Puts elements that were read from a file into the exact state that they had: values, relations, orders.

Constructors and setters fill in defaults and know no order but that of their calls. These functions do not
check the rules of the model again (multiplicities, which stereotype fits where): the elements obeyed them
when they were made. What would break the kernel itself, such as a class below itself, is refused.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from codeable.kernel import adjacency
from codeable.kernel.association import CAssociation
from codeable.kernel.attribute import CAttribute
from codeable.kernel.clazz import CClass
from codeable.kernel.describe import describe
from codeable.kernel.exception import CException
from codeable.kernel.invalidation import VOCABULARY, bump
from codeable.kernel.link import CLink
from codeable.kernel.name_index import NameIndex
from codeable.kernel.stereotype import connect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from codeable.kernel.classifier import CClassifier
    from codeable.kernel.place import Span
    from codeable.kernel.stereotype import CStereotype

_SLOTS = {
    "associations": "_associations",
    "bundles": "_bundles",
    "classes": "_classes",
    "derived_associations": "_derived_associations",
    "extended_instances": "_instances",
    "objects": "_objects",
    "stereotypes": "_stereotypes",
    "subclasses": "_subclasses",
}
_KERNEL = "codeable.kernel."
ORDERS = tuple(_SLOTS)
"""The relations of an element whose order follows from when the elements at the other end were made."""


def stored_values(holder: Any, field: str) -> Iterator[tuple[CClassifier, str, Any]]:
    """Classifier, attribute and value of everything that an element keeps, in the order in which it does.

    Args:
        holder: An object or a link, the class object of a class, a stereotype or an association.
        field: "values", "tagged_values" or "default_values".
    """
    for slot, value in (getattr(holder, f"_{field}", None) or {}).items():
        yield slot.classifier, slot.name, value


def restore_values(holder: Any, field: str, entries: Iterable[tuple[CClassifier, str, Any]]) -> None:
    """Let an element keep exactly these values."""
    setattr(
        holder, f"_{field}", {classifier._slot(name): value for classifier, name, value in entries} or None
    )


def declared_at(holder: Any, field: str, name: str) -> CClassifier | None:
    """The classifier whose attribute the name of a value finds; arguments as for `stored_values`."""
    if field == "default_values":
        path = (each for extended in holder._cache().extended for each in extended._cache().path)
        return next((each for each in path if each.get_attribute(name) is not None), None)
    of = (holder._classifier,) if field == "values" else holder._applied or ()
    found = (each._cache().attributes.get(name) for each in of)
    return next((declared[1].classifier for declared in found if declared is not None), None)


def restore_attributes(classifier: CClassifier, attributes: Mapping[str, tuple[Any, Any]]) -> None:
    """Give a classifier attributes, each with its type and its default."""
    made = {}
    for name, (type_, default) in attributes.items():
        made[name] = attribute = CAttribute()
        attribute._type, attribute._default = type_, default
    classifier.attributes = made


def restore_stereotypes(element: Any, stereotypes: Iterable[CStereotype]) -> None:
    """Let an element carry exactly these stereotypes, without their default values."""
    element._remove_stereotypes()
    applied = tuple(dict.fromkeys(stereotypes))
    holder = element._stereotype_holder()
    holder._applied = applied[0]._alone if len(applied) == 1 else applied or None
    for stereotype in applied:
        stereotype._instances[element] = None


def restore_extensions(stereotype: CStereotype, extended: Iterable[Any]) -> None:
    """Let a stereotype extend exactly these metaclasses or associations."""
    stereotype._disconnect_extended()
    for each in extended:
        connect(stereotype, each)
    stereotype._changed()


def restore_derivation(association: CAssociation, origin: CAssociation) -> None:
    """Let an association be derived from another one."""
    association._derived_from = origin
    origin.derived_associations.append(association)


def restored_link(association: Any, source: Any, target: Any, *, is_registered: bool) -> CLink:
    """A link between two objects or class objects.

    Args:
        association: Its association.
        source: The element at its source end.
        target: The element at its target end.
        is_registered: Whether its ends and its association know it.
    """
    link = CLink(association, source, target)
    if is_registered:
        if not isinstance(association, CAssociation):
            raise CException(f"{describe(association)} has no links")
        association._register(link)
        adjacency.attach(source, link)
        adjacency.attach(target, link)
    return link


def is_registered(link: CLink) -> bool:
    """Whether the ends of a link know it."""
    return link in (getattr(link._source, "_links", None) or ())


def links_of_association(association: CAssociation) -> list[CLink]:
    """The links of an association, in order of creation."""
    return list(association._registered_links())


def restore_place(element: Any, place: Span | None) -> None:
    """Let an element be made at a place."""
    for each in (element, element._class_object) if isinstance(element, CClass) else (element,):
        each._code, each._instruction = place, -1


def in_order(element: Any, relation: str) -> list[Any]:
    """The elements at the other end of one of `ORDERS`, in order; none where the element has no such."""
    slot = _SLOTS[relation]
    return list(getattr(element, slot, None) or ())


def relations_of(element: Any) -> tuple[str, ...]:
    """Those of `ORDERS` that an element can have."""
    cls: type = type(element)
    of_kernel = cls.__module__.startswith(_KERNEL)  # a class of a study's own must not be kept
    return _relations_of(cls) if of_kernel else _relations_of.__wrapped__(cls)


@functools.cache
def _relations_of(cls: type) -> tuple[str, ...]:
    return tuple(relation for relation, slot in _SLOTS.items() if hasattr(cls, slot))


def restore_order(element: Any, relation: str, others: list[Any]) -> None:
    """Put the elements at the other end of one of `ORDERS` into an order.

    Raises:
        CException: They are not those that are there.
    """
    there = in_order(element, relation)
    if there == others:
        return
    if len(there) != len(others) or set(there) != set(others):
        raise CException(f"these are not {relation!r} of {describe(element)}")
    kept = getattr(element, _SLOTS[relation])
    kept.clear()
    if isinstance(kept, list):
        kept.extend(others)
        return
    if isinstance(kept, NameIndex):
        kept._by_name = None
    kept.update(dict.fromkeys(others))


def end_of_restoring() -> None:
    """Called when every element is restored: what was cached on the way is out of date."""
    bump(VOCABULARY)
