"""Links: instances of associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import adjacency
from codeable.kernel.association import CAssociation
from codeable.kernel.clazz import CClass
from codeable.kernel.describe import describe, not_an_association, not_an_end, shortened, unknown_keyword
from codeable.kernel.exception import CException, UnregisteredLinkError
from codeable.kernel.object import CObject
from codeable.kernel.stereotyped import Stereotyped

if TYPE_CHECKING:
    from codeable.kernel.named_element import CNamedElement
    from codeable.kernel.stereotype import CStereotype


def deleted_association(association: CAssociation | CClass) -> str:
    """The message that a deleted association has no links."""
    return f"there cannot be links of the {describe(association)}: it has been deleted"


class CLink(CObject, Stereotyped):
    """An instance of an association. The link functions make links; one made directly is registered nowhere.

    Args:
        association: The association of which it is an instance.
        source_object: The object (or class object) at the source end.
        target_object: The object (or class object) at the target end.
        stereotype_instances: A stereotype or a list of stereotypes.

    Example:
        >>> from codeable.kernel import CClass, CMetaclass
        >>> decision, practice = CMetaclass("Decision"), CMetaclass("Practice")
        >>> options = decision.association(practice, "* -> *")
        >>> link = CClass(decision, "How?").add_links(CClass(practice, "Versioning"))[0]
        >>> link.association is options, str(link)
        (True, '`How? -> Versioning`')
    """

    __slots__ = ("_association", "_next", "_previous", "_source", "_target", "label")

    _KIND: ClassVar[str] = "link"
    _ADDED_BY: ClassVar[str | None] = "add_links"
    _HAS_FIXED_CLASSIFIER: ClassVar[bool] = True
    _KEYWORDS: ClassVar[tuple[str, ...]] = ("stereotype_instances",)

    label: Any
    _association: CAssociation
    _next: CLink | None
    _previous: CLink | None
    _source: CObject
    _target: CObject

    def __init__(self, association: Any, source_object: Any, target_object: Any, **kw: Any) -> None:
        self._init_slots()
        self._source = source_object
        self._target = target_object
        self._association = association
        self.label = self._next = self._previous = None
        if not isinstance(association, (CAssociation, CClass)):
            raise CException(not_an_association(self, association))
        if association.is_deleted:
            raise CException(deleted_association(association))
        self._classifier = association
        for keyword in kw:
            if keyword not in self._KEYWORDS:
                raise CException(unknown_keyword(self, keyword, self._KEYWORDS))
        self._fill_with_defaults()
        self._assign_keywords(kw)

    # -- ends

    @property
    def association(self) -> CAssociation:
        """The association of which this link is an instance; kept after deletion."""
        return self._association

    @property
    def source(self) -> Any:
        """The element at the source end, a class for a class object; kept after deletion."""
        return _public(self._source)

    @property
    def target(self) -> Any:
        """The element at the target end, a class for a class object; kept after deletion."""
        return _public(self._target)

    @property
    def role_name(self) -> Any:
        """The role of the target, which the association declares."""
        return self._association.role_name

    @property
    def source_role_name(self) -> Any:
        """The role of the source, which the association declares."""
        return self._association.source_role_name

    def get_opposite_object(self, element: Any) -> CObject:
        """The object (the class object, for a class) at the other end.

        Raises:
            CException: When ``element`` is at neither end.
        """
        raw = getattr(element, "class_object", element)
        if raw is self._source:
            return self._target
        if raw is self._target:
            return self._source
        raise CException(not_an_end(self, element))

    def is_class_link(self) -> bool:
        """Whether the source end is a class."""
        return isinstance(self.source, CClass)

    def _check_instance_of(self, classifier: object) -> None:
        if not isinstance(classifier, CAssociation):
            super()._check_instance_of(classifier)

    def _is_instance_of_metaclass(self) -> bool:
        return self.is_class_link()

    def _accepts_stereotype(self, stereotype: CStereotype) -> bool:
        return self._association._accepts_on_links(stereotype)

    def _release(self, pending: list[CNamedElement]) -> None:
        if self not in (getattr(self._source, "_links", None) or ()):
            raise UnregisteredLinkError(
                f"the {describe(self)} cannot be deleted: it was not made by a link function, its ends do not"
                " know it"
            )
        self._remove_stereotypes()
        self._association._unregister(self)
        adjacency.detach(self._source, self)
        adjacency.detach(self._target, self)
        super()._release(pending)

    def _called(self, name: object) -> str:  # noqa: ARG002
        return shortened(str(self))

    def __str__(self) -> str:
        return f"`{_public(self._source)} -> {_public(self._target)}`"

    def __repr__(self) -> str:
        source, target = _public(self._source), _public(self._target)
        return f"`CLink {object.__repr__(self)} source = {source!r} -> target = {target!r}`"


def _public(end: Any) -> Any:
    cl = getattr(end, "_class_object_class", None)
    return end if cl is None else cl
