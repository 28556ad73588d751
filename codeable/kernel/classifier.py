"""Classifiers: what metaclasses, stereotypes, classes and associations have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import messages, values
from codeable.kernel.attribute import PLAIN_TYPES, CAttribute
from codeable.kernel.bundlable import CBundlable
from codeable.kernel.clock import VOCABULARY, Clock, tick
from codeable.kernel.enum import CEnum
from codeable.kernel.exception import CException
from codeable.kernel.facts import AttributeSlot, Facts
from codeable.kernel.inheritance import descendants, is_ancestor

if TYPE_CHECKING:
    from codeable.kernel.association import CAssociation
    from codeable.kernel.connected import Traversal
    from codeable.kernel.named_element import CNamedElement

__all__ = ["CClassifier"]


class CClassifier(CBundlable):
    """What metaclasses, stereotypes, classes and associations have in common; not used by itself.

    Args:
        name: The display name, or ``None``.
        attributes: A dict from name to type, default value or ``CAttribute``.
        superclasses: A classifier or an iterable of classifiers of the same kind.
        bundles: A bundle or a list of bundles to join.
    """

    __slots__ = ("_associations", "_attributes", "_kept_facts", "_slots", "_subclasses", "_superclasses")

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("attributes", "superclasses", "bundles")
    _CLOCK: ClassVar[Clock] = VOCABULARY
    _VALUES: ClassVar[str] = "_values"  # where the instances keep the values of this kind of classifier

    _attributes: dict[str, CAttribute] | None
    _slots: dict[str, AttributeSlot] | None
    _superclasses: dict[CClassifier, None] | None
    _subclasses: dict[CClassifier, None] | None
    _associations: dict[CAssociation, None] | None
    _kept_facts: Facts | None

    def __init__(self, name: str | None = None, **kw: object) -> None:
        super().__init__(name, **kw)

    def _begin(self) -> None:
        super()._begin()
        self._attributes = self._slots = self._superclasses = self._subclasses = None
        self._associations = self._kept_facts = None

    # -- what follows from the structure

    def _facts(self) -> Facts:
        facts = self._kept_facts
        time = self._CLOCK.time
        if facts is None or facts.time != time:
            facts = self._kept_facts = Facts(self, time)
        return facts

    def _changed(self) -> None:
        tick(VOCABULARY)

    def _extensions(self) -> Iterable[Any]:
        """What this classifier, if it is a stereotype, extends."""
        return ()

    # -- attributes

    @property
    def attributes(self) -> list[CAttribute]:
        """The attributes in the order of their definition; assigned as a dict from name to definition.

        A definition is a ``CAttribute``, a type (``str bool int float list``, an enumeration, a classifier),
        a default value, or ``None`` for neither. Values of names that disappear are removed from the
        instances, defaults fill their empty slots.
        """
        return list(self._attributes.values()) if self._attributes else []

    @attributes.setter
    def attributes(self, definitions: dict[str, Any] | None) -> None:
        self._check_attributes_allowed()
        if definitions is not None and not isinstance(definitions, dict):
            raise CException(messages.not_a_dict(self, "attributes", definitions))
        definitions = definitions or {}
        dropped = [name for name in self._attributes or () if name not in definitions]
        if dropped:
            self._drop_values(dropped)
        self._attributes = {}
        self._changed()
        try:
            for name, definition in definitions.items():
                self._attributes[name] = self._attribute_from(name, definition)
        finally:
            self._changed()
        declared = [(attribute, self._slot(name)) for name, attribute in self._attributes.items()]
        if declared:
            for holder in self._value_holders():
                values.fill(holder, declared, self._VALUES)

    def _check_attributes_allowed(self) -> None:
        raise CException(messages.attributes_not_allowed(self))

    def _attribute_from(self, name: str, definition: Any) -> CAttribute:
        if isinstance(definition, CAttribute):
            attribute = definition
        elif definition is None:
            attribute = CAttribute()
        elif isinstance(definition, (CEnum, CClassifier)) or (
            isinstance(definition, type) and definition in PLAIN_TYPES
        ):
            attribute = CAttribute(type=definition)
        else:
            attribute = CAttribute(default=definition)
        attribute._name = name
        attribute._classifier = self
        attribute._attached = True
        return attribute

    def _slot(self, name: str) -> AttributeSlot:
        """The key of the values of the attribute called ``name`` of this classifier."""
        if self._slots is None:
            self._slots = {}
        slot = self._slots.get(name)
        if slot is None:
            slot = self._slots[name] = AttributeSlot(self, name)
        return slot

    def _value_holders(self) -> Iterator[Any]:
        """The direct and indirect instances that hold values of this classifier's attributes."""
        return iter(())

    def _drop_values(self, names: list[str]) -> None:
        """Remove the values of attributes that are about to disappear."""
        slots = [self._slot(name) for name in names]
        for holder in self._value_holders():
            values.drop(holder, slots, self._VALUES)

    def _fill_with_default(self, attribute: CAttribute) -> None:
        """Put the default of an attribute of this classifier into the empty slots of all instances."""
        name = attribute._name
        for holder in self._value_holders():
            declared = values.declared_by(self, name, holder)
            if declared[1] not in (getattr(holder, self._VALUES) or ()):
                if declared[0] is not attribute:
                    declared[0].check_attribute_value_type_(name, attribute._default)
                values.put(holder, declared[1], attribute._default, self._VALUES)

    @property
    def attribute_names(self) -> list[str]:
        """The names of the attributes, in the order of their definition."""
        return list(self._attributes or ())

    def get_attribute(self, name: str | None) -> CAttribute | None:
        """The attribute that this classifier itself declares under ``name``, or ``None``."""
        try:
            return (self._attributes or {}).get(name)  # type: ignore[arg-type]
        except TypeError:
            return None

    # -- inheritance

    @property
    def superclasses(self) -> list[Any]:
        """The direct superclasses in the order declared.

        Assigning drops the old ones, then adds the new ones one by one; those before a bad one stay.
        """
        return list(self._superclasses or ())

    @superclasses.setter
    def superclasses(self, value: Any) -> None:
        for superclass in self._superclasses or ():
            (superclass._subclasses or {}).pop(self, None)
        self._superclasses = None
        try:
            for superclass in self._entries_of_superclasses(value):
                self._add_superclass(superclass)
        finally:
            self._changed()

    def _entries_of_superclasses(self, value: Any) -> Iterable[Any]:
        if value is None:
            return ()
        if isinstance(value, CClassifier):
            return (value,)
        if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
            return value
        raise CException(messages.bad_superclass(self, value))

    def _add_superclass(self, superclass: Any) -> None:
        if isinstance(superclass, CClassifier) and superclass.is_deleted:
            raise CException(messages.deleted_entry(self, "superclasses", superclass))
        if not self._may_have_superclass(superclass):
            raise CException(messages.bad_superclass(self, superclass))
        if superclass in (self._superclasses or ()):
            raise CException(messages.repeated_entry(self, "superclasses", superclass))
        if superclass is self or is_ancestor(self, superclass):
            raise CException(messages.cyclic_inheritance(self, superclass))
        if self._superclasses is None:
            self._superclasses = {}
        self._superclasses[superclass] = None
        if superclass._subclasses is None:
            superclass._subclasses = {}
        superclass._subclasses[self] = None

    def _may_have_superclass(self, superclass: Any) -> bool:
        return isinstance(superclass, type(self))

    @property
    def subclasses(self) -> list[Any]:
        """The direct subclasses, in the order in which they became that."""
        return list(self._subclasses or ())

    @property
    def all_superclasses(self) -> set[Any]:
        """All superclasses, transitively; a new set."""
        return set(self._facts().path[1:])

    @property
    def all_subclasses(self) -> set[Any]:
        """All subclasses, transitively; a new set."""
        return set(descendants(self))

    @property
    def class_path(self) -> list[Any]:
        """This classifier and its superclasses: depth first, in declared order, each once."""
        return list(self._facts().path)

    def is_classifier_of_type(self, classifier: Any) -> bool:
        """Whether this is ``classifier`` or one of its transitive subclasses."""
        return isinstance(classifier, CClassifier) and classifier in self._facts().types

    def has_superclass(self, classifier: Any) -> bool:
        """Whether ``classifier`` is a transitive superclass."""
        return classifier is not self and self.is_classifier_of_type(classifier)

    def has_subclass(self, classifier: Any) -> bool:
        """Whether ``classifier`` is a transitive subclass."""
        return isinstance(classifier, CClassifier) and classifier.has_superclass(self)

    # -- associations

    @property
    def associations(self) -> list[CAssociation]:
        """The associations in which this classifier is source or target, in order of creation."""
        return list(self._associations or ())

    @property
    def all_associations(self) -> list[CAssociation]:
        """The associations of this classifier, then those of its superclasses, each once."""
        return list(self._facts().associations)

    def association(self, target: CClassifier, descriptor: str | None = None, **kw: Any) -> CAssociation:
        """A new association from this classifier to ``target``.

        Args:
            target: The classifier at the other end, of the same kind.
            descriptor: ``"label: [role] multiplicity -> [role] multiplicity"``; the arrow may also be ``<>-``
                (aggregation) or ``<*>-`` (composition).
            kw: The keywords of ``CAssociation``.

        Raises:
            CException: When the target is of another kind or the descriptor is malformed.
        """
        from codeable.kernel.association import CAssociation

        self._check_association_target(target)
        return CAssociation(self, target, descriptor, **kw)

    def _check_association_target(self, target: object) -> None:
        """Refuse a target of another kind."""

    def _release(self, pending: list[CNamedElement]) -> None:
        super()._release(pending)
        for superclass in self._superclasses or ():
            (superclass._subclasses or {}).pop(self, None)
        for subclass in self._subclasses or ():
            (subclass._superclasses or {}).pop(self, None)
        self._superclasses = self._subclasses = None
        pending.extend(self._associations or ())
        for attribute in (self._attributes or {}).values():
            attribute._name = attribute._classifier = None
        self._attributes = None
        self._changed()

    def _neighbours(self, traversal: Traversal) -> list[CBundlable]:
        neighbours = super()._neighbours(traversal)
        neighbours += self._superclasses or ()
        neighbours += self._subclasses or ()
        for association in self._associations or ():
            neighbours.append(association.get_opposite_classifier(self))
        return neighbours
