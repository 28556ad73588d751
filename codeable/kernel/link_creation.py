"""Making links: all that one call has to work out once, and the making of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel import adjacency, link_messages, messages
from codeable.kernel.exception import CException
from codeable.kernel.link import CLink
from codeable.kernel.place import calling_instruction
from codeable.kernel.stereotyped import check_applicable, declared_tagged_value, entries_of_stereotypes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeable.kernel.association import CAssociation
    from codeable.kernel.facts import AttributeSlot
    from codeable.kernel.object import CObject
    from codeable.kernel.stereotype import CStereotype

__all__ = ["LinkPattern"]

_new = object.__new__


class LinkPattern:
    """What all links that one call makes have in common.

    Args:
        association: What they are instances of.
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
            raise CException(link_messages.deleted_association(association))
        self._association = association
        self._label = label
        self._code, self._instruction = calling_instruction(4)
        self._values = _defaults(association._facts().fillable)
        self._applied: tuple[CStereotype, ...] | None = None
        self._tagged_values: dict[AttributeSlot, Any] | None = None
        if stereotype_instances is not None:
            self._plan_stereotypes(stereotype_instances)
        if tagged_values is not None:
            self._plan_tagged_values(tagged_values)

    def _plan_stereotypes(self, given: Any) -> None:
        association = self._association
        applied: tuple[CStereotype, ...] = ()
        for stereotype in entries_of_stereotypes(association, given):
            check_applicable(association, stereotype, applied, association._accepts_on_links)
            facts = stereotype._facts()
            applied = (*applied, stereotype) if applied else stereotype._alone
            if facts.fillable:
                self._tagged_values = {**(self._tagged_values or {}), **(_defaults(facts.fillable) or {})}
        self._applied = applied or None

    def _plan_tagged_values(self, given: Any) -> None:
        if not isinstance(given, dict):
            raise CException(messages.not_a_dict(self._association, "tagged_values", given))
        stored = self._tagged_values or {}
        for name, value in given.items():
            attribute, slot = declared_tagged_value(self._applied or (), name, self._association)
            attribute.check_attribute_value_type_(name, value)
            stored[slot] = value
        self._tagged_values = stored or None

    def make(self, source: CObject, target: CObject) -> CLink:
        """A new link, not yet attached to its ends."""
        # Every slot is set here and not by the base classes: studies have more links than classes.
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
