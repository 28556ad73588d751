"""Metaclasses: the kinds of things of which a study's elements are instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import extension, link_messages, messages
from codeable.kernel.classifier import CClassifier
from codeable.kernel.exception import CException
from codeable.kernel.inheritance import descendants
from codeable.kernel.members import Members
from codeable.kernel.named_element import CNamedElement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from codeable.kernel.bundlable import CBundlable
    from codeable.kernel.clazz import CClass
    from codeable.kernel.connected import Traversal
    from codeable.kernel.stereotype import CStereotype

__all__ = ["CMetaclass"]


class CMetaclass(CClassifier):
    """A kind of things, such as *Practice*; its instances are classes.

    Args:
        name: The display name, or ``None``.
        stereotypes: A stereotype or a list of stereotypes that extend this metaclass.
        attributes: A dict from name to type, default value or ``CAttribute``.
        superclasses: A metaclass or an iterable of metaclasses.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> from codeable.kernel import CClass
        >>> practice = CMetaclass("Practice")
        >>> versioning = CClass(practice, "Versioning")
        >>> practice.get_class("Versioning") is versioning
        True
    """

    __slots__ = ("_classes", "_stereotypes")

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("stereotypes", *CClassifier._KEYWORDS)

    _classes: Members[CClass]
    _stereotypes: dict[CStereotype, None] | None

    def _begin(self) -> None:
        super()._begin()
        self._classes = Members()
        self._stereotypes = None

    def _check_attributes_allowed(self) -> None:
        pass

    @property
    def classes(self) -> list[CClass]:
        """The direct instances, in order of creation."""
        return list(self._classes)

    @property
    def all_classes(self) -> list[CClass]:
        """The direct instances, then those of all sub-metaclasses."""
        found = list(self._classes)
        for subclass in descendants(self):
            if isinstance(subclass, CMetaclass):
                found += subclass._classes
        return found

    def get_classes(self, name: str | None) -> list[CClass]:
        """The direct instances called ``name``."""
        return self._classes.named(name)

    def get_class(self, name: str | None) -> CClass | None:
        """The first direct instance called ``name``, or ``None``."""
        found = self._classes.named(name)
        return found[0] if found else None

    def add_class(self, cl: CClass) -> None:
        """Register a class as an instance. Constructing a class does this by itself."""
        from codeable.kernel.clazz import CClass

        if not isinstance(cl, CClass):
            raise CException(messages.not_a_class(self, cl))
        if cl in self._classes:
            raise CException(messages.repeated_entry(self, "classes", cl))
        self._classes.join(cl)

    def remove_class(self, cl: CClass) -> None:
        """Take a class out of the instances."""
        if not isinstance(cl, CNamedElement) or cl not in self._classes:
            raise CException(messages.not_a_member(self, "classes", cl))
        self._classes.leave(cl)

    @property
    def stereotypes(self) -> list[CStereotype]:
        """The stereotypes that extend this metaclass."""
        return list(self._stereotypes or ())

    @stereotypes.setter
    def stereotypes(self, value: CStereotype | list[CStereotype] | None) -> None:
        extension.assign_stereotypes(self, value)

    def get_stereotypes(self, name: str | None) -> list[CStereotype]:
        """The stereotypes called ``name``."""
        return [stereotype for stereotype in self._stereotypes or () if stereotype.name == name]

    def get_stereotype(self, name: str | None) -> CStereotype | None:
        """The first stereotype called ``name``, or ``None``."""
        found = self.get_stereotypes(name)
        return found[0] if found else None

    def _value_holders(self) -> Iterator[Any]:
        from codeable.kernel.association import CAssociation

        for classifier in (self, *descendants(self)):
            if isinstance(classifier, CMetaclass):
                for cl in list(classifier._classes):
                    yield cl._class_object
            elif isinstance(classifier, CAssociation):
                yield from classifier._registered_links()

    def _drop_values(self, names: list[str]) -> None:
        if any(True for _ in self._value_holders()):
            for name in names:
                (self._attributes or {})[name].check_attribute_type_is_not_deleted()
        super()._drop_values(names)

    def _check_association_target(self, target: object) -> None:
        if not isinstance(target, CMetaclass):
            raise CException(link_messages.bad_association_target(self, target))

    def _release(self, pending: list[CNamedElement]) -> None:
        pending.extend(self._classes)
        extension.disconnect_stereotypes(self)
        super()._release(pending)

    def _neighbours(self, traversal: Traversal) -> list[CBundlable]:
        neighbours = super()._neighbours(traversal)
        neighbours += self._stereotypes or ()
        return neighbours
