"""Finds all elements of an old study, by following every relation from those that have a name.

`plan` calls `reachable`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from codeable.kernel import (
    CAssociation,
    CBundle,
    CClass,
    CClassifier,
    CLayer,
    CLink,
    CMetaclass,
    CNamedElement,
    CObject,
    CStereotype,
)


def reachable(start: Iterable[CNamedElement]) -> list[CNamedElement]:
    """The elements that are connected with some in any way, class objects apart, in order of discovery."""
    found = dict.fromkeys(start)
    pending = list(found)
    for element in pending:
        for other in _related(element):
            if isinstance(other, CObject) and other.class_object_class is not None:
                other = other.class_object_class  # a class stands for its class object
            if isinstance(other, CNamedElement) and not other.is_deleted and other not in found:
                found[other] = None
                pending.append(other)
    return pending


def links_of(association: CAssociation) -> list[CLink]:
    """The links of an association, in order of their creation."""
    return list(association._registered_links())


def _related(element: Any) -> Iterator[Any]:
    yield from getattr(element, "bundles", ())
    if isinstance(element, CBundle):
        yield from element.elements
        if isinstance(element, CLayer):
            yield element.sub_layer
            yield element.super_layer
    if isinstance(element, CClassifier):
        yield from _related_to_classifier(element)
    if isinstance(element, CObject):
        yield element.classifier
        yield from element.links
        yield from _values(element.values)
    if isinstance(element, CLink):
        yield from (element.source, element.target, *element.stereotype_instances)


def _related_to_classifier(element: CClassifier) -> Iterator[Any]:
    yield from (*element.superclasses, *element.subclasses, *element.associations)
    for attribute in element.attributes:
        yield from (attribute.type, attribute.default)
    if isinstance(element, CMetaclass):
        yield from (*element.classes, *element.stereotypes)
    elif isinstance(element, CStereotype):
        yield from element.extended
    elif isinstance(element, CClass):
        yield from (element.metaclass, *element.objects, *element.links, *element.stereotype_instances)
        yield from _values(element.values)
        yield from element.class_object.bundles
    elif isinstance(element, CAssociation):
        yield from (element.source, element.target, *element.stereotypes, element.derived_from)
        yield from (*element.stereotype_instances, *links_of(element))


def _values(values: dict[str, Any]) -> Iterator[Any]:
    for value in values.values():
        yield from value if isinstance(value, list) else (value,)
