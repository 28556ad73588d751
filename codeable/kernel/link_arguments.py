"""The arguments of the link functions, checked: which elements are linked, and what the links carry.

`link_functions` calls `checked_definitions` once for each call, and makes the links with a `LinkFactory`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel import adjacency
from codeable.kernel.clazz import CClass
from codeable.kernel.describe import describe, not_a_dict
from codeable.kernel.exception import CException
from codeable.kernel.link import CLink, deleted_association
from codeable.kernel.metaclass import CMetaclass
from codeable.kernel.named_element import entries_of
from codeable.kernel.object import CObject
from codeable.kernel.place import calling_instruction
from codeable.kernel.stereotyped import check_applicable, declared_tagged_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeable.kernel.association import CAssociation
    from codeable.kernel.stereotype import CStereotype
    from codeable.kernel.values import AttributeSlot

Definitions = dict[CObject, list[CObject]]
"""From each source to its targets; a class is represented by its class object."""


def checked_definitions(definitions: Any) -> Definitions:
    """The definitions with class objects for classes and lists for single targets.

    Raises:
        CException: When a source or a target is not of a kind that can be linked, or not with each other.
    """
    if not isinstance(definitions, dict):
        raise CException(
            f"links are defined by a dict from each source to its targets, not by {describe(definitions)}"
        )
    result: Definitions = {}
    for given, targets in definitions.items():
        if given.__class__ is CClass:
            source = given._class_object
        elif isinstance(given, CClass):
            source = given.class_object
        elif isinstance(given, CObject):
            source = given
        else:
            raise CException(f"a link source must be a class, an object or a link, not {describe(given)}")
        if targets.__class__ is not list:
            targets = entries_of(targets)
        if source._class_object_class is not None:
            result[source] = [
                target._class_object if target.__class__ is CClass else _target_of_class(source, target)
                for target in targets
            ]
        elif isinstance(source, CLink):
            result[source] = [_target_of_link(source, target) for target in targets]
        else:
            result[source] = [_target_of_object(source, target) for target in targets]
    return result


def _target_of_class(source: CObject, target: Any) -> CObject:
    if isinstance(target, CClass):
        return target.class_object
    if isinstance(target, CLink):
        if _connects_metaclasses(target):
            return target
    elif isinstance(target, CObject) and target.class_object_class is not None:
        return target
    raise CException(_bad_target(source, target, "classes, or links between classes"))


def _target_of_object(source: CObject, target: Any) -> CObject:
    if isinstance(target, CLink):
        if not _connects_metaclasses(target):
            return target
    elif isinstance(target, CObject) and target.class_object_class is None:
        return target
    raise CException(_bad_target(source, target, "objects, or links between objects"))


def _target_of_link(source: CLink, target: Any) -> CObject:
    end = source.association.target
    if isinstance(end, CMetaclass):
        if isinstance(target, CClass):
            return target.class_object
        if isinstance(target, CLink) and _connects_metaclasses(target):
            return target
    elif isinstance(end, CClass):
        if isinstance(target, CLink):
            if not _connects_metaclasses(target):
                return target
        elif isinstance(target, CObject):
            return target
    raise CException(_bad_target(source, target, "instances of what its association may be linked to"))


def _bad_target(source: CObject, target: object, expected: str) -> str:
    return (
        f"{describe(source)} cannot be linked to {describe(target)}; expected, alone or in a list, {expected}"
    )


def _connects_metaclasses(link: CLink) -> bool:
    return isinstance(link.association.source, CMetaclass)


_new = object.__new__


class LinkFactory:
    """Makes the links of one call, which share association, stereotypes, label and tagged values.

    Args:
        association: The association of which they are instances.
        stereotype_instances: The stereotypes that they carry, as given.
        label: Their label.
        tagged_values: Their tagged values, as given.

    Raises:
        CException: When the association is deleted, or stereotypes or tagged values do not fit.
    """

    __slots__ = ("_applied", "_association", "_code", "_instruction", "_label", "_tagged_values", "_values")

    def __init__(
        self, association: CAssociation, stereotype_instances: Any, label: Any, tagged_values: Any
    ) -> None:
        if association.is_deleted:
            raise CException(deleted_association(association))
        self._association = association
        self._label = label
        self._code, self._instruction = calling_instruction(4)
        self._values = _defaults(association._cache().fillable)
        self._applied: tuple[CStereotype, ...] | None = None
        self._tagged_values: dict[AttributeSlot, Any] | None = None
        if stereotype_instances is not None:
            self._prepare_stereotypes(stereotype_instances)
        if tagged_values is not None:
            self._prepare_tagged_values(tagged_values)

    def _prepare_stereotypes(self, given: Any) -> None:
        association = self._association
        applied: tuple[CStereotype, ...] = ()
        for stereotype in entries_of(given):
            check_applicable(association, stereotype, applied, association._accepts_on_links)
            cache = stereotype._cache()
            applied = (*applied, stereotype) if applied else stereotype._alone
            if cache.fillable:
                self._tagged_values = {**(self._tagged_values or {}), **(_defaults(cache.fillable) or {})}
        self._applied = applied or None

    def _prepare_tagged_values(self, given: Any) -> None:
        if not isinstance(given, dict):
            raise CException(not_a_dict(self._association, "tagged_values", given))
        stored = self._tagged_values or {}
        for name, value in given.items():
            attribute, slot = declared_tagged_value(self._applied or (), name, self._association)
            attribute.check_attribute_value_type_(name, value)
            stored[slot] = value
        self._tagged_values = stored or None

    def make(self, source: CObject, target: CObject) -> CLink:
        """A new link, registered with its association and attached to its ends."""
        # Every slot is set here and not by the base classes, for speed: a study has more links than classes.
        link: CLink = _new(CLink)
        link._name = None
        link.is_deleted = False
        link._code = self._code
        link._instruction = self._instruction
        link._source = source
        link._target = target
        link._association = link._classifier = self._association
        link.label = self._label
        link._bundles = link._class_object_class = link._links = link._next = link._previous = None
        stored = self._values
        link._values = None if stored is None else stored.copy()
        tagged = self._tagged_values
        link._tagged_values = None if tagged is None else tagged.copy()
        link._applied = applied = self._applied
        if applied is not None:
            for stereotype in applied:
                stereotype._instances[link] = None
        self._association._register(link)
        adjacency.attach(source, link)
        if target is not source:
            adjacency.attach(target, link)
        return link


def _defaults(fillable: Iterable[Any]) -> dict[AttributeSlot, Any] | None:
    if not fillable:
        return None
    filled = {}
    for attribute, slot in fillable:
        attribute.check_attribute_type_is_not_deleted()
        if attribute._default is not None:
            filled[slot] = attribute._default
    return filled or None
