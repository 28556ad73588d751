"""Stereotypes: extensions of metaclasses and associations, with tagged values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import values
from codeable.kernel.classifier import CClassifier
from codeable.kernel.describe import deleted_access, deleted_entry, describe, not_a_stereotype, repeated_entry
from codeable.kernel.exception import CException
from codeable.kernel.invalidation import VOCABULARY, bump
from codeable.kernel.traversal import BUNDLE_OPTIONS, STEREOTYPE_OPTIONS, Traversal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from codeable.kernel.bundle import CBundlable
    from codeable.kernel.metaclass import CMetaclass
    from codeable.kernel.named_element import CNamedElement
    from codeable.kernel.values import AttributeSlot, Declared


class Extensible:
    """Base class of the elements that stereotypes can extend: metaclasses and associations."""

    __slots__ = ()

    _IS_ASSOCIATION: ClassVar[bool] = False

    _stereotypes: dict[CStereotype, None] | None

    @property
    def stereotypes(self) -> list[CStereotype]:
        """The stereotypes that extend this element; an association must connect metaclasses to have any.

        Assigning drops the old ones, then adds the new ones one by one; those before a bad one stay.
        """
        return list(self._stereotypes or ())

    @stereotypes.setter
    def stereotypes(self, value: CStereotype | list[CStereotype] | None) -> None:
        self._check_stereotypes_allowed()

        def add(stereotype: Any) -> None:
            if not isinstance(stereotype, CStereotype):
                raise CException(not_a_stereotype(self, stereotype))
            connect(stereotype, self)

        _replace_relation(self, "stereotypes", value, CStereotype, self._disconnect_stereotypes, add)

    def _check_stereotypes_allowed(self) -> None:
        """Raise when this element cannot be extended."""

    def _disconnect_stereotypes(self) -> None:
        if self._stereotypes:
            for stereotype in self._stereotypes:
                if stereotype._extended:
                    stereotype._extended.pop(self, None)
            self._stereotypes.clear()
        bump(VOCABULARY)


class CStereotype(CClassifier):
    """An extension of metaclasses or associations, such as *Option*; its attributes define tagged values.

    Args:
        name: The display name, or ``None``.
        extended: A metaclass or an association, or a list of either.
        default_values: A dict of default values of the metaclasses' attributes; after ``extended``.
        attributes: A dict from name to type, default value or ``CAttribute``.
        superclasses: A stereotype or an iterable of stereotypes.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> from codeable.kernel import CMetaclass
        >>> decision, practice = CMetaclass("Decision"), CMetaclass("Practice")
        >>> options = decision.association(practice, "* -> *")
        >>> CStereotype("Option", extended=options).extended == [options]
        True
    """

    __slots__ = ("_alone", "_default_values", "_extended", "_instances")

    _KIND: ClassVar[str] = "stereotype"
    _MAY_HAVE_ATTRIBUTES: ClassVar[bool] = True
    _KEYWORDS: ClassVar[tuple[str, ...]] = ("extended", "default_values", *CClassifier._KEYWORDS)
    _TRAVERSAL_OPTIONS: ClassVar[tuple[str, ...]] = (*BUNDLE_OPTIONS, *STEREOTYPE_OPTIONS)
    _ADDED_BY: ClassVar[str | None] = "add_stereotypes"
    _VALUES: ClassVar[str] = "_tagged_values"

    _alone: tuple[CStereotype]  # shared by all elements that carry only this stereotype
    _default_values: dict[AttributeSlot, Any] | None
    _extended: dict[Any, None] | None
    _instances: dict[Any, None]

    def _init_slots(self) -> None:
        super()._init_slots()
        self._alone = (self,)
        self._default_values = self._extended = None
        self._instances = {}

    # -- extension

    @property
    def extended(self) -> list[Any]:
        """The metaclasses or associations that this stereotype itself extends."""
        return list(self._extended or ())

    @extended.setter
    def extended(self, value: Any) -> None:
        def add(entry: Any) -> None:
            first = next(iter(self._extended or ()), entry)
            if not isinstance(entry, Extensible) or entry._IS_ASSOCIATION != first._IS_ASSOCIATION:
                raise CException(
                    f"{describe(self)} extends metaclasses only or associations only, not {describe(entry)}"
                )
            connect(self, entry)

        _replace_relation(self, "extended", value, Extensible, self._disconnect_extended, add)

    def _disconnect_extended(self) -> None:
        for extended in self._extended or ():
            extended._stereotypes.pop(self, None)
        self._extended = None
        self._changed()

    def _extensions(self) -> Iterable[Any]:
        return self._extended or ()

    # -- instances

    @property
    def extended_instances(self) -> list[Any]:
        """The classes, links and associations that carry this stereotype, in order of application."""
        return list(self._instances)

    @property
    def all_extended_instances(self) -> list[Any]:
        """The elements that carry this stereotype, then those that carry a sub-stereotype."""
        return self._with_instances_of_subclasses("_instances")

    def _direct_value_holders(self) -> Iterable[Any]:
        return [instance._stereotype_holder() for instance in self._instances]

    def _drop_values(self, names: list[str]) -> None:
        if self._instances:
            for name in names:
                (self._attributes or {})[name].check_attribute_type_is_not_deleted()
        slots = [self._slot(name) for name in names]
        for holder in self._direct_value_holders():
            values.drop(holder, slots, self._VALUES)

    # -- default values for attributes of the extended metaclasses

    @property
    def default_values(self) -> dict[str, Any]:
        """The default values for metaclass attributes; assigning keeps the entries that are not named."""
        self._check_not_deleted("default values")
        path = self._default_value_path()
        return values.collected(self, path, "_default_values")

    @default_values.setter
    def default_values(self, given: dict[str, Any] | None) -> None:
        self._check_not_deleted("default values")
        self._path_of_extended()
        values.set_each(self, "default_values", self.set_default_value, given)

    def get_default_value(self, name: str, classifier: CMetaclass | None = None) -> Any:
        """The default value for a metaclass attribute, or ``None``."""
        return values.get(self, self._declared_default(name, classifier), "_default_values")

    def set_default_value(self, name: str, value: Any, classifier: CMetaclass | None = None) -> None:
        """Set the default value for a metaclass attribute; classes that carry the stereotype later get it."""
        declared = self._declared_default(name, classifier)
        declared[0].check_attribute_value_type_(name, value)
        values.put(self, declared[1], value, "_default_values")

    def delete_default_value(self, name: str, classifier: CMetaclass | None = None) -> Any:
        """Remove a default value; the value removed, or ``None``."""
        return values.delete(self, self._declared_default(name, classifier), "_default_values")

    def _declared_default(self, name: str, classifier: CMetaclass | None) -> Declared:
        self._check_not_deleted("default values")
        path = self._path_of_extended()
        if classifier is not None:
            return values.declared_by(classifier, name, self)
        return values.first_declared(path, name, self)

    def _path_of_extended(self) -> list[CClassifier]:
        path = self._default_value_path()
        if not path:
            raise CException(
                f"{describe(self)} extends no metaclass, so there is nothing to give default values for;"
                " assign 'extended' before 'default_values'"
            )
        return path

    def _default_value_path(self) -> list[CClassifier]:
        """The extended metaclasses, inherited ones included, each followed by its class path."""
        path: dict[CClassifier, None] = {}
        for extended in self._cache().extended:
            if extended._IS_ASSOCIATION:
                raise CException(
                    f"{describe(self)} has no default values: it extends the {describe(extended)}"
                )
            path.update(dict.fromkeys(extended._cache().path))
        return list(path)

    def _check_not_deleted(self, what: str) -> None:
        if self.is_deleted:
            raise CException(deleted_access(self, what))

    def _may_be_associated_with(self, target: object) -> bool:
        return isinstance(target, CStereotype)

    def _release(self, pending: list[CNamedElement]) -> None:
        self._disconnect_extended()
        for instance in self._instances:
            holder = instance._stereotype_holder()
            holder._applied = tuple(s for s in holder._applied or () if s is not self) or None
        self._instances = {}
        super()._release(pending)

    def _neighbours(self, traversal: Traversal) -> list[CBundlable]:
        neighbours = super()._neighbours(traversal)
        if traversal.process_stereotypes:
            neighbours += self._extended or ()
        return neighbours


def connect(stereotype: CStereotype, extended: Any) -> None:
    """Let ``stereotype`` extend a metaclass or an association."""
    if stereotype._extended is None:
        stereotype._extended = {}
    stereotype._extended[extended] = None
    if extended._stereotypes is None:
        extended._stereotypes = {}
    extended._stereotypes[stereotype] = None


def _replace_relation(
    element: Any,
    what: str,
    value: Any,
    single: Any,
    disconnect: Callable[[], None],
    add: Callable[[Any], None],
) -> None:
    """Assign one side of the relation: drop the old relations, then add the new ones one by one.

    Args:
        element: Whose property is assigned.
        what: The name of the property.
        value: ``None``, an instance of ``single``, or a list; its entries before a bad one stay.
        single: The type or types of a single value.
        disconnect: Drops the old relations.
        add: Checks and adds one entry.
    """
    disconnect()
    try:
        if value is None:
            return
        if isinstance(value, single):
            value = [value]
        if not isinstance(value, list):
            raise CException(
                f"{what!r} of {describe(element)} must be one element, a list of elements or None,"
                f" not {describe(value)}"
            )
        seen = set()
        for entry in value:
            if getattr(entry, "is_deleted", False) is True:
                raise CException(deleted_entry(element, what, entry))
            if isinstance(entry, single) and entry in seen:
                raise CException(repeated_entry(element, what, entry))
            add(entry)
            seen.add(entry)
    finally:
        bump(VOCABULARY)
