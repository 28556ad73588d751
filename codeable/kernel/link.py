"""Links: instances of associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import adjacency, link_messages, messages
from codeable.kernel.exception import CException
from codeable.kernel.object import CObject
from codeable.kernel.stereotyped import Stereotyped

if TYPE_CHECKING:
    from codeable.kernel.association import CAssociation
    from codeable.kernel.named_element import CNamedElement
    from codeable.kernel.stereotype import CStereotype

__all__ = ["CLink"]


class UnregisteredLinkError(CException, ValueError):
    """A link that was not made by a link function cannot be deleted: its ends do not know it."""


class CLink(CObject, Stereotyped):
    """An instance of an association. The link functions make links; one made directly is registered nowhere.

    Args:
        association: What it is an instance of.
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

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("stereotype_instances",)

    label: Any
    _association: CAssociation
    _next: CLink | None
    _previous: CLink | None
    _source: CObject
    _target: CObject

    def __init__(self, association: Any, source_object: Any, target_object: Any, **kw: Any) -> None:
        from codeable.kernel.association import CAssociation
        from codeable.kernel.clazz import CClass

        self._begin()
        self._source = source_object
        self._target = target_object
        self._association = association
        self.label = self._next = self._previous = None
        if not isinstance(association, (CAssociation, CClass)):
            raise CException(link_messages.not_an_association(self, association))
        if association.is_deleted:
            raise CException(link_messages.deleted_association(association))
        self._classifier = association
        for keyword in kw:
            if keyword not in self._KEYWORDS:
                raise CException(messages.unknown_keyword(self, keyword, self._KEYWORDS))
        self._fill_with_defaults()
        self._assign_keywords(kw)

    # -- ends

    @property
    def association(self) -> CAssociation:
        """What this link is an instance of; kept after deletion."""
        return self._association

    @property
    def classifier(self) -> Any:
        """The association; ``None`` once deleted."""
        return self._classifier

    @classifier.setter
    def classifier(self, cl: object) -> None:  # noqa: ARG002
        raise CException(messages.classifier_fixed(self))

    @property
    def source(self) -> Any:
        """The element at the source end, a class for a class object; kept after deletion."""
        return _shown(self._source)

    @property
    def target(self) -> Any:
        """The element at the target end, a class for a class object; kept after deletion."""
        return _shown(self._target)

    @property
    def role_name(self) -> Any:
        """The role of the target, as the association tells."""
        return self._association.role_name

    @property
    def source_role_name(self) -> Any:
        """The role of the source, as the association tells."""
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
        raise CException(link_messages.not_an_end(self, element))

    def is_class_link(self) -> bool:
        """Whether the source end is a class."""
        from codeable.kernel.clazz import CClass

        return isinstance(self.source, CClass)

    def _check_instance_of(self, classifier: object) -> None:
        from codeable.kernel.association import CAssociation
        from codeable.kernel.clazz import CClass
        from codeable.kernel.metaclass import CMetaclass

        kind = CMetaclass if self.is_class_link() else CClass
        if not isinstance(classifier, (kind, CAssociation)):
            raise CException(messages.bad_instance_of(self, classifier, kind))

    def _accepts_stereotype(self, stereotype: CStereotype) -> bool:
        return self._association._accepts_on_links(stereotype)

    def _release(self, pending: list[CNamedElement]) -> None:
        if self not in (getattr(self._source, "_links", None) or ()):
            raise UnregisteredLinkError(link_messages.unregistered_link(self))
        self._remove_stereotypes()
        self._association._unregister(self)
        adjacency.detach(self._source, self)
        adjacency.detach(self._target, self)
        super()._release(pending)

    def __str__(self) -> str:
        return f"`{_shown(self._source)} -> {_shown(self._target)}`"

    def __repr__(self) -> str:
        source, target = _shown(self._source), _shown(self._target)
        return f"`CLink {object.__repr__(self)} source = {source!r} -> target = {target!r}`"


def _shown(end: Any) -> Any:
    cl = getattr(end, "_class_object_class", None)
    return end if cl is None else cl
