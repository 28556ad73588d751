"""The elements and links that the JSON of a study has, their order in the file, and their ids.

All that is reached from the declarations of a study is in the file, also what has no name. In a study of
cells nothing is reached through the vocabulary: other cells and scripts of the process use that, too.
"""

import heapq
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any

from codeable.exchange.study_json.vocabulary_elements import vocabularies_of, vocabulary_elements
from codeable.kernel import (
    CAssociation,
    CBundlable,
    CBundle,
    CClass,
    CClassifier,
    CEnum,
    CLayer,
    CLink,
    CMetaclass,
    CNamedElement,
    CObject,
    CPackage,
    CStereotype,
)
from codeable.kernel.class_objects import represented
from codeable.kernel.restoring import is_registered, links_of_association, stored_values
from codeable.registry import Registry

ELEMENT_TYPES: Mapping[str, type[CNamedElement]] = {
    "association": CAssociation,
    "bundle": CBundle,
    "class": CClass,
    "element": CNamedElement,
    "element in bundles": CBundlable,
    "enum": CEnum,
    "layer": CLayer,
    "link": CLink,
    "metaclass": CMetaclass,
    "object": CObject,
    "package": CPackage,
    "stereotype": CStereotype,
}
"""Type of an element in the file → its class in the kernel."""

_TYPE_NAMES = {cls: name for name, cls in ELEMENT_TYPES.items()}


def type_of(element: CNamedElement) -> str:
    """The type of an element in the file; of a class of the study's own that of the kernel's class above."""
    cls = type(element)
    return _TYPE_NAMES.get(cls) or next(_TYPE_NAMES[each] for each in cls.__mro__ if each in _TYPE_NAMES)


class StudyElements:
    """What the JSON of a study has.

    Args:
        registry: The study.

    Attributes:
        vocabulary: The elements of the vocabulary, by id.
        elements: The elements, without links and vocabulary: first those that are declared.
        links: The links, each behind those that were made before it.
    """

    def __init__(self, registry: Registry) -> None:
        self.vocabularies = vocabularies_of(registry.vocabulary)
        self.vocabulary = vocabulary_elements(registry.vocabulary, self.vocabularies)
        self._of_vocabulary = {element: id_ for id_, element in self.vocabulary.items()}
        self._declared = {each.element: each for each in registry.declarations}
        self._owns_all = registry.has_files
        found = [each for each in self._reached() if each not in self._of_vocabulary]
        self.elements = [each for each in found if not isinstance(each, CLink)]
        self.links = _in_order_of_creation([each for each in found if isinstance(each, CLink)])

    @cached_property
    def ids(self) -> dict[CNamedElement, str]:
        """Element → its id: its identifier, if no other has that; else its qualified name or a number."""
        identifiers = Counter(each.identifier for each in self._declared.values())
        numbers: Counter[str] = Counter()
        found = dict(self._of_vocabulary)
        taken = set(found.values())
        for element in (*self.elements, *self.links):
            declaration = self._declared.get(element)
            id_ = declaration.identifier if declaration is not None else None
            if declaration is not None and identifiers[id_] > 1:
                id_ = declaration.qualified_name
            if id_ is None or id_ in taken:
                type_ = type_of(element).replace(" ", "-")
                numbers[type_] += 1
                id_ = f"{type_}-{numbers[type_]}"
            found[element] = id_
            taken.add(id_)
        return found

    def _reached(self) -> dict[CNamedElement, None]:
        start = [each for each in (*self._declared, *self.vocabulary.values()) if not each.is_deleted]
        found = dict.fromkeys(start)
        pending = deque(start if self._owns_all else [each for each in start if each in self._declared])
        while pending:
            for other in map(represented, _related(pending.popleft())):
                if other not in found and not other.is_deleted and self._is_own(other):
                    found[other] = None
                    pending.append(other)
        return found

    def _is_own(self, element: CNamedElement) -> bool:
        """Whether an element is of the study: in cells, earlier runs leave classes and bundles."""
        if self._owns_all:
            return True
        if isinstance(element, CLink | CAssociation):
            return all(self._is_own(end) for end in (element.source, element.target))
        if isinstance(element, CClass | CBundle):
            return element in self._declared
        return not isinstance(element, CObject) or self._is_own(element.classifier)


def _related(element: Any) -> Iterator[Any]:
    """The elements that an element knows, in a fixed order."""
    if isinstance(element, CBundlable):
        yield from element.bundles
    if isinstance(element, CClassifier):
        yield from _of_classifier(element)
    match element:
        case CMetaclass():
            yield from element.stereotypes
            yield from element.classes
        case CStereotype():
            yield from element.extended
            yield from element.extended_instances
            yield from _in_values(element, "default_values")
        case CClass():
            yield element.metaclass
            yield from element.class_object.bundles
            yield from element.objects
            yield from _of_object(element.class_object)
        case CAssociation():
            yield from (element.source, element.target)
            yield from [] if element.derived_from is None else [element.derived_from]
            yield from element.derived_associations
            yield from element.stereotypes
            yield from _of_object(element)
            yield from links_of_association(element)
        case CLink():
            yield from (element.association, element.source, element.target)
            yield from _of_object(element)
        case CObject():
            yield element.classifier
            yield from _of_object(element)
        case CBundle():
            yield from element.elements
            if isinstance(element, CLayer):
                yield from (each for each in (element.super_layer, element.sub_layer) if each is not None)
        case CEnum():
            yield from _in_value(element.values)


def _of_classifier(classifier: CClassifier) -> Iterator[Any]:
    yield from classifier.superclasses
    for attribute in classifier.attributes:
        yield from _in_value(attribute._type)
        yield from _in_value(attribute._default)
    yield from classifier.subclasses
    yield from classifier.associations


def _of_object(holder: Any) -> Iterator[Any]:
    yield from holder._applied or ()
    yield from _in_values(holder, "values")
    yield from _in_values(holder, "tagged_values")
    yield from getattr(holder, "_links", None) or ()


def _in_values(holder: Any, field: str) -> Iterator[CNamedElement]:
    for _, _, value in stored_values(holder, field):
        yield from _in_value(value)


def _in_value(value: object) -> Iterator[CNamedElement]:
    """The elements in a value, also in lists in it."""
    pending, seen = [value], set()
    for each in pending:
        if isinstance(each, CNamedElement):
            yield each
        elif isinstance(each, list | tuple | dict) and id(each) not in seen:
            seen.add(id(each))
            pending += [*each, *each.values()] if isinstance(each, dict) else each


def _in_order_of_creation(links: list[CLink]) -> list[CLink]:
    """The links in an order in which each association and each element has its own in order of creation."""
    position = {link: number for number, link in enumerate(links)}
    after: list[list[int]] = [[] for _ in links]
    waits = [0] * len(links)
    for chain in _chains(links):
        kept = [position[link] for link in chain if link in position]
        for before, number in pairwise(kept):
            after[before].append(number)
            waits[number] += 1
    ready = [number for number, waiting in enumerate(waits) if not waiting]
    heapq.heapify(ready)
    ordered: list[CLink] = []
    while ready:
        first = heapq.heappop(ready)
        ordered.append(links[first])
        for number in after[first]:
            waits[number] -= 1
            if not waits[number]:
                heapq.heappush(ready, number)
    return ordered


def _chains(links: Iterable[CLink]) -> Iterator[list[CLink]]:
    """The links of each association and of each end in order of creation, and links that are ends first."""
    registered = [link for link in links if is_registered(link)]
    for association in dict.fromkeys(link.association for link in registered):
        yield links_of_association(association)
    for end in dict.fromkeys(end for link in registered for end in (link._source, link._target)):
        yield list(end._links or ())
    for link in links:
        yield from ([end, link] for end in (link.source, link.target) if isinstance(end, CLink))
