"""The base class of metaclasses, stereotypes, classes and associations.

It holds attributes, inheritance and associations, and caches the properties derived from them.
Late import: `association()` makes a `CAssociation`, which is itself a classifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import values
from codeable.kernel.attribute import PLAIN_TYPES, CAttribute, CEnum, conforms
from codeable.kernel.bundle import CBundlable
from codeable.kernel.describe import deleted_entry, describe, not_a_dict, repeated_entry, with_article
from codeable.kernel.exception import CException
from codeable.kernel.invalidation import VOCABULARY, Version, bump
from codeable.kernel.named_element import CNamedElement
from codeable.kernel.traversal import Traversal, class_path_of, descendants, is_ancestor
from codeable.kernel.values import AttributeSlot

if TYPE_CHECKING:
    from codeable.kernel.association import CAssociation


def is_classifier(thing: object, *kinds: str) -> bool:
    """Whether a thing is a classifier of one of these kinds, which are the words that messages use.

    For modules that cannot import the class of the kind, because that class is built on them.

    Example:
        >>> from codeable.kernel import CMetaclass
        >>> is_classifier(CMetaclass("Practice"), "metaclass"), is_classifier("Practice", "metaclass")
        (True, False)
    """
    return isinstance(thing, CClassifier) and thing._KIND in kinds


class ClassifierCache:
    """Cached properties of a classifier. Rebuilt when the vocabulary changes.

    Attributes:
        version: The number of the classifier's version with which it was filled.
        path: The class path.
        types: The class path as a set: the classifiers of whose type this one is.
        attributes: For each attribute name the first declaration on the path, and its slot.
        fillable: The attributes that may have a default, with their slots, in path order.
        resolved: The associations found for links from instances of this classifier (see ``resolution``).
        extended: The elements that a stereotype and its superclasses extend, in path order.
    """

    __slots__ = (
        "_associations", "attributes", "extended", "fillable", "path", "resolved", "types", "version"
    )  # fmt: skip

    def __init__(self, classifier: CClassifier, version: int) -> None:
        self.version = version
        self.path = class_path_of(classifier)
        self.types = frozenset(self.path)
        self.attributes: dict[str, tuple[CAttribute, AttributeSlot]] = {}
        fillable: list[tuple[CAttribute, AttributeSlot]] = []
        self.extended: dict[Any, None] = {}
        for ancestor in self.path:
            if ancestor._attributes:
                for name, attribute in ancestor._attributes.items():
                    declared = (attribute, ancestor._slot(name))
                    self.attributes.setdefault(name, declared)
                    if attribute._default is not None or isinstance(attribute._type, CNamedElement):
                        fillable.append(declared)
            self.extended.update(ancestor._extensions())
        self.fillable = tuple(fillable)
        self.resolved: dict[Any, tuple[CAssociation, bool]] = {}
        self._associations: list[CAssociation] | None = None

    @property
    def associations(self) -> list[CAssociation]:
        """All associations of the classifier, inherited ones included, each once."""
        if self._associations is None:
            found: dict[CAssociation, None] = {}
            for ancestor in self.path:
                if ancestor._associations:
                    found.update(ancestor._associations)
            self._associations = list(found)
        return self._associations


class CClassifier(CBundlable):
    """The base class of metaclasses, stereotypes, classes and associations; not used by itself.

    Args:
        name: The display name, or ``None``.
        attributes: A dict from name to type, default value or ``CAttribute``.
        superclasses: A classifier or an iterable of classifiers of the same kind.
        bundles: A bundle or a list of bundles to join.
    """

    __slots__ = ("_associations", "_attributes", "_kept_cache", "_slots", "_subclasses", "_superclasses")

    _KIND: ClassVar[str] = "classifier"
    _MAY_HAVE_ATTRIBUTES: ClassVar[bool] = False
    _KEYWORDS: ClassVar[tuple[str, ...]] = ("attributes", "superclasses", "bundles")
    _VERSION: ClassVar[Version] = VOCABULARY
    _VALUES: ClassVar[str] = "_values"  # where the instances keep the values of this kind of classifier
    _SUPERCLASSES: ClassVar[str | None] = None  # how messages call the superclasses, if not by the own kind

    _attributes: dict[str, CAttribute] | None
    _slots: dict[str, AttributeSlot] | None
    _superclasses: dict[CClassifier, None] | None
    _subclasses: dict[CClassifier, None] | None
    _associations: dict[CAssociation, None] | None
    _kept_cache: ClassifierCache | None

    def __init__(self, name: str | None = None, **kw: object) -> None:
        super().__init__(name, **kw)

    def _init_slots(self) -> None:
        super()._init_slots()
        self._attributes = self._slots = self._superclasses = self._subclasses = None
        self._associations = self._kept_cache = None

    # -- cached properties

    def _cache(self) -> ClassifierCache:
        cache = self._kept_cache
        version = self._VERSION.number
        if cache is None or cache.version != version:
            cache = self._kept_cache = ClassifierCache(self, version)
        return cache

    def _changed(self) -> None:
        bump(VOCABULARY)

    def _extensions(self) -> Iterable[Any]:
        """The elements that a stereotype extends; none for another classifier."""
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
        if not self._MAY_HAVE_ATTRIBUTES:
            raise CException(
                f"{describe(self)} cannot have attributes; metaclasses, classes and stereotypes can"
            )
        if definitions is not None and not isinstance(definitions, dict):
            raise CException(not_a_dict(self, "attributes", definitions))
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
        for classifier in (self, *descendants(self)):
            yield from classifier._direct_value_holders()

    def _direct_value_holders(self) -> Iterable[Any]:
        return ()

    def _with_instances_of_subclasses(self, field: str) -> list[Any]:
        """The direct instances, then those of all subclasses; `field` is the slot that keeps them."""
        return [
            instance
            for classifier in (self, *descendants(self))
            for instance in getattr(classifier, field, None) or ()
        ]

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
        raise CException(self._bad_superclass(value))

    def _add_superclass(self, superclass: Any) -> None:
        if isinstance(superclass, CClassifier) and superclass.is_deleted:
            raise CException(deleted_entry(self, "superclasses", superclass))
        if not self._may_have_superclass(superclass):
            raise CException(self._bad_superclass(superclass))
        if superclass in (self._superclasses or ()):
            raise CException(repeated_entry(self, "superclasses", superclass))
        if superclass is self or is_ancestor(self, superclass):
            raise CException(
                f"{describe(superclass)} cannot be a superclass of {describe(self)}: it is that itself or one"
                " of its subclasses, and inheritance would go round in a circle"
            )
        if self._superclasses is None:
            self._superclasses = {}
        self._superclasses[superclass] = None
        if superclass._subclasses is None:
            superclass._subclasses = {}
        superclass._subclasses[self] = None

    def _may_have_superclass(self, superclass: Any) -> bool:
        return isinstance(superclass, type(self))

    def _bad_superclass(self, value: object) -> str:
        expected = self._SUPERCLASSES or with_article(type(self))
        return f"a superclass of {describe(self)} must be {expected} of the same level, not {describe(value)}"

    @property
    def subclasses(self) -> list[Any]:
        """The direct subclasses, in the order in which they became that."""
        return list(self._subclasses or ())

    @property
    def all_superclasses(self) -> set[Any]:
        """All superclasses, transitively; a new set."""
        return set(self._cache().path[1:])

    @property
    def all_subclasses(self) -> set[Any]:
        """All subclasses, transitively; a new set."""
        return set(descendants(self))

    @property
    def class_path(self) -> list[Any]:
        """This classifier and its superclasses: depth first, in declared order, each once."""
        return list(self._cache().path)

    def is_classifier_of_type(self, classifier: Any) -> bool:
        """Whether this is ``classifier`` or one of its transitive subclasses."""
        return isinstance(classifier, CClassifier) and classifier in self._cache().types

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
        return list(self._cache().associations)

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

        if not self._may_be_associated_with(target):
            raise CException(
                f"the target of an association from {describe(self)} must be {with_article(type(self))},"
                f" not {describe(target)}"
            )
        return CAssociation(self, target, descriptor, **kw)

    def _may_be_associated_with(self, target: object) -> bool:  # noqa: ARG002
        return True

    def _allows_default(self, default: object) -> bool:
        return conforms(default, self)

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
