"""Stereotypes: extensions of metaclasses and associations, with tagged values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import extension, link_messages, messages, values
from codeable.kernel.classifier import CClassifier
from codeable.kernel.exception import CException
from codeable.kernel.inheritance import descendants
from codeable.kernel.metaclass import CMetaclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from codeable.kernel.bundlable import CBundlable
    from codeable.kernel.connected import Traversal
    from codeable.kernel.facts import AttributeSlot
    from codeable.kernel.named_element import CNamedElement
    from codeable.kernel.values import Declared

__all__ = ["CStereotype"]


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
        >>> decision, practice = CMetaclass("Decision"), CMetaclass("Practice")
        >>> options = decision.association(practice, "* -> *")
        >>> CStereotype("Option", extended=options).extended == [options]
        True
    """

    __slots__ = ("_alone", "_default_values", "_extended", "_instances")

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("extended", "default_values", *CClassifier._KEYWORDS)
    _VALUES: ClassVar[str] = "_tagged_values"

    _alone: tuple[CStereotype]  # what an element with this single stereotype keeps, shared by all of them
    _default_values: dict[AttributeSlot, Any] | None
    _extended: dict[Any, None] | None
    _instances: dict[Any, None]

    def _begin(self) -> None:
        super()._begin()
        self._alone = (self,)
        self._default_values = self._extended = None
        self._instances = {}

    def _check_attributes_allowed(self) -> None:
        pass

    # -- extension

    @property
    def extended(self) -> list[Any]:
        """The metaclasses or associations that this stereotype itself extends."""
        return list(self._extended or ())

    @extended.setter
    def extended(self, value: Any) -> None:
        from codeable.kernel.association import CAssociation

        def add(entry: Any) -> None:
            kind: Any = (CMetaclass, CAssociation)
            for first in self._extended or ():
                kind = CMetaclass if isinstance(first, CMetaclass) else CAssociation
                break
            if not isinstance(entry, kind):
                raise CException(messages.bad_extended(self, entry))
            extension.connect(self, entry)

        extension.replace(self, "extended", value, (CMetaclass, CAssociation), self._disconnect_extended, add)

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
        found = list(self._instances)
        for subclass in descendants(self):
            if isinstance(subclass, CStereotype):
                found += subclass._instances
        return found

    def _value_holders(self) -> Iterator[Any]:
        for instance in self.all_extended_instances:
            yield instance._stereotype_holder()

    def _drop_values(self, names: list[str]) -> None:
        if self._instances:
            for name in names:
                (self._attributes or {})[name].check_attribute_type_is_not_deleted()
        slots = [self._slot(name) for name in names]
        for instance in self._instances:
            values.drop(instance._stereotype_holder(), slots, self._VALUES)

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
            raise CException(messages.extends_nothing(self))
        return path

    def _default_value_path(self) -> list[CClassifier]:
        """The extended metaclasses, inherited ones included, each followed by its class path."""
        path: dict[CClassifier, None] = {}
        for extended in self._facts().extended:
            if not isinstance(extended, CMetaclass):
                raise CException(messages.default_values_on_association(self, extended))
            path.update(dict.fromkeys(extended._facts().path))
        return list(path)

    def _check_not_deleted(self, what: str) -> None:
        if self.is_deleted:
            raise CException(messages.deleted_access(self, what))

    # -- the rest

    def _check_association_target(self, target: object) -> None:
        if not isinstance(target, CStereotype):
            raise CException(link_messages.bad_association_target(self, target))

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
