"""Metaclasses: the kinds of things of which a study's elements are instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel.classifier import CClassifier, is_classifier
from codeable.kernel.describe import describe, not_a_class, repeated_entry
from codeable.kernel.exception import CException
from codeable.kernel.name_index import NameIndex
from codeable.kernel.named_element import CNamedElement
from codeable.kernel.stereotype import CStereotype, Extensible
from codeable.kernel.traversal import (
    ASSOCIATION_OPTIONS,
    BUNDLE_OPTIONS,
    STEREOTYPE_OPTIONS,
    Traversal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeable.kernel.bundle import CBundlable
    from codeable.kernel.clazz import CClass


class CMetaclass(CClassifier, Extensible):
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

    _KIND: ClassVar[str] = "metaclass"
    _MAY_HAVE_ATTRIBUTES: ClassVar[bool] = True
    _KEYWORDS: ClassVar[tuple[str, ...]] = ("stereotypes", *CClassifier._KEYWORDS)
    _TRAVERSAL_OPTIONS: ClassVar[tuple[str, ...]] = (
        *BUNDLE_OPTIONS, *STEREOTYPE_OPTIONS, *ASSOCIATION_OPTIONS
    )  # fmt: skip

    _classes: NameIndex[CClass]

    def _init_slots(self) -> None:
        super()._init_slots()
        self._classes = NameIndex()
        self._stereotypes = None

    @property
    def classes(self) -> list[CClass]:
        """The direct instances, in order of creation."""
        return list(self._classes)

    @property
    def all_classes(self) -> list[CClass]:
        """The direct instances, then those of all sub-metaclasses."""
        return self._with_instances_of_subclasses("_classes")

    def get_classes(self, name: str | None) -> list[CClass]:
        """The direct instances called ``name``."""
        return self._classes.named(name)

    def get_class(self, name: str | None) -> CClass | None:
        """The first direct instance called ``name``, or ``None``."""
        return next(iter(self._classes.named(name)), None)

    def add_class(self, cl: CClass) -> None:
        """Register a class as an instance. The constructor of the class does this."""
        if not is_classifier(cl, "class"):
            raise CException(not_a_class(self, cl))
        if cl in self._classes:
            raise CException(repeated_entry(self, "classes", cl))
        self._classes.join(cl)

    def remove_class(self, cl: CClass) -> None:
        """Remove a class from the instances."""
        if not isinstance(cl, CNamedElement) or cl not in self._classes:
            raise CException(f"{describe(cl)} is not in 'classes' of {describe(self)}")
        self._classes.leave(cl)

    def get_stereotypes(self, name: str | None) -> list[CStereotype]:
        """The stereotypes called ``name``."""
        return [stereotype for stereotype in self._stereotypes or () if stereotype.name == name]

    def get_stereotype(self, name: str | None) -> CStereotype | None:
        """The first stereotype called ``name``, or ``None``."""
        return next(iter(self.get_stereotypes(name)), None)

    def _direct_value_holders(self) -> Iterable[Any]:
        return [cl._class_object for cl in self._classes]

    def _drop_values(self, names: list[str]) -> None:
        if any(True for _ in self._value_holders()):
            for name in names:
                (self._attributes or {})[name].check_attribute_type_is_not_deleted()
        super()._drop_values(names)

    def _may_be_associated_with(self, target: object) -> bool:
        return isinstance(target, CMetaclass)

    def _release(self, pending: list[CNamedElement]) -> None:
        pending.extend(self._classes)
        self._disconnect_stereotypes()
        super()._release(pending)

    def _neighbours(self, traversal: Traversal) -> list[CBundlable]:
        neighbours = super()._neighbours(traversal)
        neighbours += self._stereotypes or ()
        return neighbours
