"""Objects: instances of classes; and class objects, classes seen as instances of their metaclass.

Late import: `get_linked()`, `add_links()` and `delete_links()` call `link_functions`, which imports this
module.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import adjacency, values
from codeable.kernel.bundle import CBundlable
from codeable.kernel.classifier import is_classifier
from codeable.kernel.describe import (
    deleted_access,
    deleted_classifier,
    describe,
    not_a_class,
    of_classifier,
    unknown_attribute,
)
from codeable.kernel.exception import CException
from codeable.kernel.traversal import LINK_OPTIONS, Traversal

if TYPE_CHECKING:
    from codeable.kernel.association import CAssociation
    from codeable.kernel.classifier import CClassifier
    from codeable.kernel.clazz import CClass
    from codeable.kernel.link import CLink
    from codeable.kernel.named_element import CNamedElement
    from codeable.kernel.stereotype import CStereotype
    from codeable.kernel.values import AttributeSlot, Declared

_new_object = object.__new__


@cache
def link_functions() -> Any:
    """The module that makes and deletes links; it is built on objects and classes, which call it."""
    from codeable.kernel import link_functions as module

    return module


class CObject(CBundlable):
    """An instance of a class.

    Args:
        cl: The class that it is an instance of.
        name: The display name, or ``None``.
        values: A dict of values of the class's attributes.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> from codeable.kernel import CClass, CMetaclass
        >>> service = CClass(CMetaclass("Component"), "Service", attributes={"port": 80})
        >>> CObject(service, "orders").get_value("port")
        80
    """

    __slots__ = ("_applied", "_class_object_class", "_classifier", "_links", "_tagged_values", "_values")

    _KIND: ClassVar[str] = "object"
    _KEYWORDS: ClassVar[tuple[str, ...]] = ("values", "bundles")
    _TRAVERSAL_OPTIONS: ClassVar[tuple[str, ...]] = (*CBundlable._TRAVERSAL_OPTIONS, *LINK_OPTIONS)
    _HAS_FIXED_CLASSIFIER: ClassVar[bool] = False

    _applied: tuple[CStereotype, ...] | None
    _class_object_class: CClass | None
    _classifier: Any
    _links: dict[CLink, None] | None
    _tagged_values: dict[AttributeSlot, Any] | None
    _values: dict[AttributeSlot, Any] | None

    def __init__(self, cl: CClass, name: str | None = None, **kw: Any) -> None:
        self._init_slots()
        if not is_classifier(cl, "class", "association"):
            raise CException(not_a_class(self, cl))
        if cl.is_deleted:
            raise CException(deleted_classifier(self, cl, name))
        self._classifier = cl
        self._set_initial_name(name)
        given = kw.pop("values", None) if kw else None
        self._assign_keywords(kw)
        if is_classifier(cl, "class"):
            cl._add_object(self)
        self._fill_with_defaults()
        if given is not None:
            self.values = given

    def _init_slots(self) -> None:
        super()._init_slots()
        self._applied = self._class_object_class = self._classifier = None
        self._links = self._tagged_values = self._values = None

    @classmethod
    def _of_class(cls, cl: CClass) -> CObject:
        """The class object of a class that is being made."""
        made = _new_object(CObject)
        made._name = None
        made.is_deleted = False
        made._code = cl._code
        made._instruction = cl._instruction
        made._class_object_class = cl
        made._bundles = made._classifier = made._applied = None
        made._links = made._tagged_values = made._values = None
        return made

    def _fill_with_defaults(self) -> None:
        fillable = self._classifier._cache().fillable
        if fillable:
            values.fill(self, fillable, "_values")

    # -- as an instance

    @property
    def classifier(self) -> Any:
        """The class; of a class object the metaclass; of a link the association; ``None`` once deleted."""
        return self._classifier

    @classifier.setter
    def classifier(self, cl: CClass) -> None:
        if self._HAS_FIXED_CLASSIFIER or self._class_object_class is not None:
            raise CException(f"the classifier of {describe(self)} cannot be changed")
        if not is_classifier(cl, "class"):
            raise CException(not_a_class(self, cl))
        if cl.is_deleted:
            raise CException(deleted_classifier(self, cl, self.name))
        self._leave_class()
        self._classifier = cl
        cl._add_object(self)

    def _renamed(self, former: object) -> None:
        instances = getattr(self._classifier, "_objects", None)
        if instances:
            instances.rename(self, former)

    def _leave_class(self) -> None:
        instances = getattr(self._classifier, "_objects", None)
        if instances:
            instances.leave(self)

    @property
    def class_object_class(self) -> CClass | None:
        """The class of which this is the class object, or ``None``."""
        return self._class_object_class

    def instance_of(self, classifier: CClassifier) -> bool:
        """Whether the classifier of this object is ``classifier`` or one of its transitive subclasses.

        Raises:
            CException: When ``classifier`` is not of a kind that this object can be an instance of.
        """
        if self.is_deleted:
            return False
        self._check_instance_of(classifier)
        return bool(self._classifier.is_classifier_of_type(classifier))

    def _check_instance_of(self, classifier: object) -> None:
        kind = "metaclass" if self._is_instance_of_metaclass() else "class"
        if not is_classifier(classifier, kind):
            raise CException(
                f"whether {describe(self)} is an instance of something can be asked for a {kind},"
                f" not {describe(classifier)}"
            )

    def _is_instance_of_metaclass(self) -> bool:
        return self._class_object_class is not None

    def _classifier_as_value(self) -> CClassifier | None:
        if self.is_deleted:
            raise CException(f"the {describe(self)} cannot be a value: it has been deleted")
        found: CClassifier = self._classifier
        return found

    def _public(self) -> Any:
        """This object, or the class of which it is the class object."""
        return self if self._class_object_class is None else self._class_object_class

    def _described(self, name: object) -> str:
        cl = self._class_object_class
        return super()._described(name) if cl is None else cl._described(name)

    def _called(self, name: object) -> str:
        return super()._called(name) + of_classifier(self._classifier)

    # -- values

    @property
    def values(self) -> dict[str, Any]:
        """The attribute values by name; assigning a dict keeps the entries it does not name."""
        self._check_values_accessible()
        return values.collected(self, self._classifier._cache().path, "_values")

    @values.setter
    def values(self, given: dict[str, Any] | None) -> None:
        self._check_values_accessible()
        values.set_each(self._public(), "values", self.set_value, given)

    def get_value(self, name: str, classifier: CClassifier | None = None) -> Any:
        """The value of the attribute ``name``, or ``None`` when it is not set.

        Args:
            name: The attribute.
            classifier: The classifier that declares it; the first one on the class path, if left out.

        Raises:
            CException: When no classifier (or not the given one) declares it.
        """
        return values.get(self, self._declared(name, classifier), "_values")

    def set_value(self, name: str, value: Any, classifier: CClassifier | None = None) -> None:
        """Set the value of the attribute ``name``; arguments as for :meth:`get_value`.

        Raises:
            CException: When the attribute is unknown or the value is not of its type.
        """
        attribute, slot = self._declared(name, classifier)
        attribute.check_attribute_value_type_(name, value)
        if self._values is None:
            self._values = {slot: value}
        else:
            self._values[slot] = value

    def delete_value(self, name: str, classifier: CClassifier | None = None) -> Any:
        """Remove the value of the attribute ``name``; the value removed, or ``None``."""
        return values.delete(self, self._declared(name, classifier), "_values")

    def _declared(self, name: Any, classifier: Any) -> Declared:
        self._check_values_accessible()
        if classifier is not None:
            return values.declared_by(classifier, name, self._public())
        attributes = self._classifier._cache().attributes
        try:
            declared: Declared | None = attributes.get(name)
        except TypeError:
            declared = None
        if declared is None:
            raise CException(unknown_attribute(self._public(), name, attributes, None))
        return declared

    def _check_values_accessible(self) -> None:
        if self.is_deleted or self._classifier is None:
            raise CException(deleted_access(self._public(), "values"))

    # -- links

    @property
    def links(self) -> list[CLink]:
        """The links of this element, in order of creation."""
        return list(self._links) if self._links else []

    @property
    def linked(self) -> list[Any]:
        """The elements at the other ends of the links, classes for class objects, with repetitions."""
        return adjacency.linked(self, None, None)

    def get_linked(
        self, *, association: CAssociation | None = None, role_name: str | None = None, **kw: Any
    ) -> list[Any]:
        """The elements at the other ends of certain links, in the order of ``links``.

        Args:
            association: Only links of this association.
            role_name: Only links in which the other end plays this role.
            kw: ``stereotype_instances``, ``label``, ``tagged_values``: accepted, without effect.

        Example:
            >>> from codeable.kernel import CClass, CMetaclass
            >>> code, source = CMetaclass("Code"), CMetaclass("Source")
            >>> _ = code.association(source, "[contained_code] * -> [evidence] *")
            >>> versioning, s6 = CClass(code, "Versioning"), CClass(source, "s6")
            >>> _ = s6.add_links(versioning, role_name="contained_code")
            >>> [str(found) for found in versioning.get_linked(role_name="evidence")]
            ['s6']
        """
        if kw or association is not None:
            link_functions().check_keywords("get_linked", association, kw)
        return adjacency.linked(self, association, role_name)

    def get_links_for_association(self, association: CAssociation) -> list[CLink]:
        """The links that are instances of ``association``."""
        return [link for link in self._links or () if link._association is association]

    def add_links(self, targets: Any, **kw: Any) -> list[CLink]:
        """Link this element to ``targets``; see :func:`codeable.kernel.add_links`."""
        made: list[CLink] = link_functions().add_links({self: targets}, **kw)
        return made

    def delete_links(self, targets: Any, **kw: Any) -> None:
        """Delete the links to ``targets``; see :func:`codeable.kernel.delete_links`."""
        link_functions().delete_links({self: targets}, **kw)

    # -- deletion and traversal

    def _release(self, pending: list[CNamedElement]) -> None:
        self._leave_class()
        self._classifier = None
        super()._release(pending)
        pending.extend(self._links or ())

    def _neighbours(self, traversal: Traversal) -> list[CBundlable]:  # noqa: ARG002
        links = self._links
        neighbours: list[CBundlable] = (
            [link._target if link._source is self else link._source for link in links] if links else []
        )
        return [*self._bundles, *neighbours] if self._bundles else neighbours
