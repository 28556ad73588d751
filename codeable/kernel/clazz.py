"""Classes: the elements of a study, instances of metaclasses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import adjacency, values
from codeable.kernel.classifier import CClassifier
from codeable.kernel.describe import deleted_classifier, describe, of_classifier
from codeable.kernel.exception import CException
from codeable.kernel.invalidation import EVERYTHING, Version, bump
from codeable.kernel.metaclass import CMetaclass
from codeable.kernel.name_index import NameIndex
from codeable.kernel.object import CObject, link_functions
from codeable.kernel.place import calling_instruction
from codeable.kernel.stereotyped import Stereotyped
from codeable.kernel.traversal import ASSOCIATION_OPTIONS, BUNDLE_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeable.kernel.association import CAssociation
    from codeable.kernel.link import CLink
    from codeable.kernel.named_element import CNamedElement
    from codeable.kernel.stereotype import CStereotype


def _not_a_metaclass(element: CClass, value: object, name: object) -> str:
    return f"the metaclass of {describe(element, name)} must be a metaclass, not {describe(value)}"


class CClass(CClassifier, Stereotyped):
    """An element of a study, such as the practice *Versioning*: an instance of a metaclass, and a classifier.

    Its values, links and tagged values are kept by its class object, which is the class seen as an object.

    Args:
        metaclass: The metaclass of which it is an instance.
        name: The display name, or ``None``.
        stereotype_instances: A stereotype or a list of stereotypes.
        values: A dict of values of the metaclass's attributes.
        tagged_values: A dict of values of the stereotypes' attributes; after ``stereotype_instances``.
        attributes: A dict from name to type, default value or ``CAttribute``.
        superclasses: A class or an iterable of classes.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> source = CMetaclass("Source", attributes={"title": str})
        >>> s4 = CClass(source, "s4", values={"title": "What is a Data Product?"})
        >>> s4.get_value("title")
        'What is a Data Product?'
    """

    __slots__ = ("_class_object", "_metaclass", "_objects")

    _KIND: ClassVar[str] = "class"
    _MAY_HAVE_ATTRIBUTES: ClassVar[bool] = True
    _KEYWORDS: ClassVar[tuple[str, ...]] = (
        "stereotype_instances", "values", "tagged_values", *CClassifier._KEYWORDS
    )  # fmt: skip
    _TRAVERSAL_OPTIONS: ClassVar[tuple[str, ...]] = (*BUNDLE_OPTIONS, *ASSOCIATION_OPTIONS)
    _VERSION: ClassVar[Version] = EVERYTHING

    _class_object: CObject
    _metaclass: CMetaclass | None
    _objects: NameIndex[CObject] | None

    def __init__(self, metaclass: CMetaclass, name: str | None = None, **kw: Any) -> None:
        # Every slot is set here and not by the base classes, for speed: most elements of a study are classes.
        self._name = None
        self.is_deleted = False
        self._code, self._instruction = calling_instruction()
        self._bundles = self._attributes = self._slots = self._superclasses = self._subclasses = None
        self._associations = self._kept_cache = self._metaclass = self._objects = None
        self._class_object = class_object = CObject._of_class(self)
        if not isinstance(metaclass, CMetaclass):
            raise CException(_not_a_metaclass(self, metaclass, name))
        if metaclass.is_deleted:
            raise CException(deleted_classifier(self, metaclass, name))
        self._metaclass = class_object._classifier = metaclass
        if name is None or isinstance(name, str):
            self._name = class_object._name = name
        metaclass._classes.join(self)
        if self._name is not name:
            self._set_initial_name(name)  # raises
        if kw:
            self._assign_keywords(kw)
        fillable = metaclass._cache().fillable
        if fillable:
            values.fill(class_object, fillable, "_values")

    def _changed(self) -> None:
        bump(EVERYTHING)

    def _renamed(self, former: object) -> None:
        if self._metaclass is not None:
            self._metaclass._classes.rename(self, former)

    # -- as an instance of its metaclass

    @property
    def metaclass(self) -> CMetaclass | None:
        """The metaclass of which this class is an instance; ``None`` once it is deleted."""
        return self._metaclass

    @metaclass.setter
    def metaclass(self, metaclass: CMetaclass) -> None:
        if not isinstance(metaclass, CMetaclass):
            raise CException(_not_a_metaclass(self, metaclass, self.name))
        if metaclass.is_deleted:
            raise CException(deleted_classifier(self, metaclass, self.name))
        if self._metaclass is not None:
            self._metaclass._classes.leave(self)
        self._metaclass = self._class_object._classifier = metaclass
        metaclass._classes.join(self)

    @property
    def class_object(self) -> CObject:
        """This class seen as an object, an instance of the metaclass."""
        return self._class_object

    def instance_of(self, classifier: CClassifier) -> bool:
        """Whether the metaclass is ``classifier`` or one of its transitive subclasses."""
        return self._class_object.instance_of(classifier)

    def _classifier_as_value(self) -> CClassifier | None:
        return self._class_object._classifier_as_value()

    @property
    def values(self) -> dict[str, Any]:
        """The attribute values by name; assigning a dict keeps the entries it does not name."""
        return self._class_object.values

    @values.setter
    def values(self, given: dict[str, Any] | None) -> None:
        self._class_object.values = given

    def get_value(self, name: str, classifier: CClassifier | None = None) -> Any:
        """The value of the metaclass's attribute ``name``; see :meth:`CObject.get_value`."""
        return self._class_object.get_value(name, classifier)

    def set_value(self, name: str, value: Any, classifier: CClassifier | None = None) -> None:
        """Set the value of the metaclass's attribute ``name``."""
        self._class_object.set_value(name, value, classifier)

    def delete_value(self, name: str, classifier: CClassifier | None = None) -> Any:
        """Remove the value of the metaclass's attribute ``name``; the value removed, or ``None``."""
        return self._class_object.delete_value(name, classifier)

    # -- links

    @property
    def links(self) -> list[CLink]:
        """The links of this class, in order of creation."""
        return self._class_object.links

    @property
    def linked(self) -> list[Any]:
        """The elements at the other ends of the links."""
        return self._class_object.linked

    def get_linked(
        self, *, association: CAssociation | None = None, role_name: str | None = None, **kw: Any
    ) -> list[Any]:
        """The elements at the other ends of certain links; see :meth:`CObject.get_linked`."""
        if kw or association is not None:
            return self._class_object.get_linked(association=association, role_name=role_name, **kw)
        return adjacency.linked(self._class_object, association, role_name)

    def get_links_for_association(self, association: CAssociation) -> list[CLink]:
        """The links that are instances of ``association``."""
        return self._class_object.get_links_for_association(association)

    def add_links(self, targets: Any, **kw: Any) -> list[CLink]:
        """Link this class to ``targets``; see :func:`codeable.kernel.add_links`."""
        made: list[CLink] = link_functions().add_links({self._class_object: targets}, **kw)
        return made

    def delete_links(self, targets: Any, **kw: Any) -> None:
        """Delete the links to ``targets``; see :func:`codeable.kernel.delete_links`."""
        link_functions().delete_links({self._class_object: targets}, **kw)

    # -- stereotypes

    def _stereotype_holder(self) -> CObject:
        return self._class_object

    def _accepts_stereotype(self, stereotype: CStereotype) -> bool:
        metaclass = self._metaclass
        return metaclass is not None and not metaclass._cache().types.isdisjoint(stereotype._cache().extended)

    def _stereotypes_assigned(self) -> None:
        for stereotype in self._class_object._applied or ():
            for ancestor in stereotype._cache().path:
                self._take_default_values(ancestor.default_values)  # type: ignore[attr-defined]

    def _take_default_values(self, defaults: dict[str, Any]) -> None:
        """Set the default values of a stereotype that the metaclass declares and that are not set yet."""
        if not defaults or self._metaclass is None:
            return
        declared = self._metaclass._cache().attributes
        for name, value in defaults.items():
            if name in declared and self.get_value(name) is None:
                self.set_value(name, value)

    # -- as the classifier of objects

    @property
    def objects(self) -> list[CObject]:
        """The direct instances, in order of creation."""
        return list(self._objects or ())

    @property
    def all_objects(self) -> list[CObject]:
        """The direct instances, then those of all subclasses."""
        return self._with_instances_of_subclasses("_objects")

    def get_objects(self, name: str | None) -> list[CObject]:
        """The direct instances called ``name``."""
        return self._objects.named(name) if self._objects else []

    def get_object(self, name: str | None) -> CObject | None:
        """The first direct instance called ``name``, or ``None``."""
        return next(iter(self.get_objects(name)), None)

    def _add_object(self, obj: CObject) -> None:
        if self._objects is None:
            self._objects = NameIndex()
        self._objects.join(obj)

    def _direct_value_holders(self) -> Iterable[Any]:
        return list(self._objects or ())

    def _may_be_associated_with(self, target: object) -> bool:
        return isinstance(target, CClass)

    def _called(self, name: object) -> str:
        return super()._called(name) + of_classifier(self._metaclass)

    def _release(self, pending: list[CNamedElement]) -> None:
        pending.extend(self._objects or ())
        self._objects = None
        self._remove_stereotypes()
        if self._metaclass is not None:
            self._metaclass._classes.leave(self)
            self._metaclass = None
        super()._release(pending)
        pending.append(self._class_object)
