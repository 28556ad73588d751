"""Associations: what may be linked with what, in which roles and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel.classifier import CClassifier
from codeable.kernel.clazz import CClass
from codeable.kernel.derivation import check_derivation
from codeable.kernel.describe import describe, not_an_association, not_an_end, quoted
from codeable.kernel.descriptor import STAR, bounds, parse
from codeable.kernel.exception import CException
from codeable.kernel.invalidation import EVERYTHING, VOCABULARY, Version, bump
from codeable.kernel.metaclass import CMetaclass
from codeable.kernel.stereotype import Extensible
from codeable.kernel.stereotyped import Stereotyped
from codeable.kernel.traversal import ASSOCIATION_OPTIONS, BUNDLE_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from codeable.kernel.link import CLink
    from codeable.kernel.named_element import CNamedElement
    from codeable.kernel.stereotype import CStereotype


class CAssociation(CClassifier, Extensible, Stereotyped):
    """A directed relation between two classifiers; its instances are links.

    Args:
        source: The classifier at the source end.
        target: The classifier at the target end.
        descriptor: ``"label: [role] multiplicity -> [role] multiplicity"``, or with ``<>-`` (aggregation) or
            ``<*>-`` (composition). Keywords win over it, except over the label.
        kw: ``name``, ``role_name``, ``multiplicity`` (target end), ``source_role_name``,
            ``source_multiplicity``, ``aggregation``, ``composition``, ``stereotypes``, ``derived_from``,
            ``stereotype_instances``, ``tagged_values``, ``superclasses``, ``bundles``.

    Example:
        >>> decision, practice = CMetaclass("Decision"), CMetaclass("Practice")
        >>> options = CAssociation(decision, practice, "options: [from] * -> [to] *")
        >>> options.role_name, options.upper_multiplicity
        ('to', -1)
    """

    __slots__ = (
        "_aggregation", "_applied", "_bounds", "_composition", "_derived_associations", "_derived_from",
        "_first_link", "_last_link", "_multiplicity", "_role_name", "_source", "_source_bounds",
        "_source_multiplicity", "_source_role_name", "_stereotypes", "_tagged_values", "_target", "ends",
    )  # fmt: skip

    STAR_MULTIPLICITY: ClassVar[int] = STAR
    _KIND: ClassVar[str] = "association"
    _KEYWORDS: ClassVar[tuple[str, ...]] = (
        "multiplicity", "role_name", "source_multiplicity", "source_role_name", "aggregation", "composition",
        "stereotypes", "derived_from", "stereotype_instances", "tagged_values", *CClassifier._KEYWORDS,
    )  # fmt: skip
    _TRAVERSAL_OPTIONS: ClassVar[tuple[str, ...]] = (*BUNDLE_OPTIONS, *ASSOCIATION_OPTIONS)
    _ADDED_BY: ClassVar[str | None] = "add_associations"
    _IS_ASSOCIATION: ClassVar[bool] = True
    _SUPERCLASSES: ClassVar[str | None] = "association, metaclass or class"
    _VERSION: ClassVar[Version] = EVERYTHING

    ends: None
    _aggregation: bool
    _applied: tuple[CStereotype, ...] | None
    _bounds: tuple[int, int]
    _composition: bool
    _derived_associations: list[CAssociation] | None
    _derived_from: CAssociation | None
    _first_link: CLink | None  # the links are a linked list, in order of creation
    _last_link: CLink | None
    _multiplicity: str
    _role_name: Any
    _source_bounds: tuple[int, int]
    _source_multiplicity: str
    _source_role_name: Any

    def __init__(self, source: Any, target: Any, descriptor: str | None = None, **kw: Any) -> None:
        self._init_slots()
        self._source = source
        self._target = target
        self._name = kw.pop("name", None)
        if descriptor is not None:
            self._evaluate(descriptor)
        self._set_initial_name(self._name)
        self._assign_keywords(kw)
        for end in (source, target):
            if not isinstance(end, CClassifier):
                raise CException(f"the ends of the {describe(self)} must be classifiers, not {describe(end)}")
        for end in (source, target):
            if end._associations is None:
                end._associations = {}
            end._associations[self] = None
            end._changed()

    def _init_slots(self) -> None:
        super()._init_slots()
        self.ends = None
        self._applied = self._derived_associations = self._derived_from = self._stereotypes = None
        self._tagged_values = self._role_name = self._source_role_name = None
        self._first_link = self._last_link = None
        self._aggregation = self._composition = False
        self._multiplicity, self._bounds = "*", (0, STAR)
        self._source_multiplicity, self._source_bounds = "1", (1, 1)

    def _evaluate(self, text: str) -> None:
        if not isinstance(text, str):
            raise CException(f"the descriptor of {describe(self)} must be a string, not {describe(text)}")
        descriptor = parse(text)
        if descriptor.label is not None:
            self._name = descriptor.label
        source, target = descriptor.source, descriptor.target
        if source.role_name is not None:
            self._source_role_name = source.role_name
        if source.multiplicity is not None:
            self.source_multiplicity = source.multiplicity
        if target.role_name is not None:
            self._role_name = target.role_name
        if target.multiplicity is not None:
            self.multiplicity = target.multiplicity
        if descriptor.kind is not None:
            setattr(self, descriptor.kind, True)

    # -- ends

    @property
    def source(self) -> Any:
        """The classifier at the source end; kept after deletion."""
        return self._source

    @source.setter
    def source(self, classifier: Any) -> None:
        self._source = classifier
        bump(VOCABULARY)

    @property
    def target(self) -> Any:
        """The classifier at the target end; kept after deletion."""
        return self._target

    @target.setter
    def target(self, classifier: Any) -> None:
        self._target = classifier
        bump(VOCABULARY)

    @property
    def role_name(self) -> Any:
        """The role that elements at the target end play, or ``None``."""
        return self._role_name

    @role_name.setter
    def role_name(self, role_name: Any) -> None:
        self._role_name = role_name
        bump(VOCABULARY)

    @property
    def source_role_name(self) -> Any:
        """The role that elements at the source end play, or ``None``."""
        return self._source_role_name

    @source_role_name.setter
    def source_role_name(self, role_name: Any) -> None:
        self._source_role_name = role_name
        bump(VOCABULARY)

    def get_opposite_classifier(self, classifier: Any) -> Any:
        """The classifier at the other end.

        Raises:
            CException: When ``classifier`` is at neither end.
        """
        if classifier is self._source:
            return self._target
        if classifier is self._target:
            return self._source
        raise CException(not_an_end(self, classifier))

    # -- multiplicities

    @property
    def multiplicity(self) -> str:
        """The number of targets of a source, such as ``"0..1"``. A malformed text raises, but is kept."""
        return self._multiplicity

    @multiplicity.setter
    def multiplicity(self, multiplicity: str) -> None:
        if isinstance(multiplicity, str):
            self._multiplicity = multiplicity
        self._bounds = bounds(multiplicity)

    @property
    def source_multiplicity(self) -> str:
        """The number of sources of a target, such as ``"0..1"``. A malformed text raises, but is kept."""
        return self._source_multiplicity

    @source_multiplicity.setter
    def source_multiplicity(self, multiplicity: str) -> None:
        if isinstance(multiplicity, str):
            self._source_multiplicity = multiplicity
        self._source_bounds = bounds(multiplicity)

    @property
    def lower_multiplicity(self) -> int:
        """The lower bound at the target end."""
        return self._bounds[0]

    @property
    def upper_multiplicity(self) -> int:
        """The upper bound at the target end; ``STAR_MULTIPLICITY`` if there is none."""
        return self._bounds[1]

    @property
    def source_lower_multiplicity(self) -> int:
        """The lower bound at the source end."""
        return self._source_bounds[0]

    @property
    def source_upper_multiplicity(self) -> int:
        """The upper bound at the source end; ``STAR_MULTIPLICITY`` if there is none."""
        return self._source_bounds[1]

    # -- aggregation and composition

    @property
    def aggregation(self) -> bool:
        """Whether the source is an aggregate of its targets; excludes composition."""
        return self._aggregation

    @aggregation.setter
    def aggregation(self, aggregation: bool) -> None:
        self._aggregation = aggregation
        if aggregation:
            self._composition = False

    @property
    def composition(self) -> bool:
        """Whether the source is composed of its targets; excludes aggregation."""
        return self._composition

    @composition.setter
    def composition(self, composition: bool) -> None:
        self._composition = composition
        if composition:
            self._aggregation = False

    # -- stereotypes

    def _check_stereotypes_allowed(self) -> None:
        if not isinstance(self._source, CMetaclass):
            raise CException(
                f"{describe(self)} cannot be extended by stereotypes: it does not start at a metaclass"
            )

    def _accepts_stereotype(self, stereotype: CStereotype) -> bool:
        origin = self._derived_from
        return origin is not None and origin._accepts_on_links(stereotype)

    def _accepts_on_links(self, stereotype: CStereotype) -> bool:
        """Whether the stereotype or one of its superclasses extends this association."""
        return self in stereotype._cache().extended

    # -- derivation

    @property
    def derived_from(self) -> CAssociation | None:
        """The association between metaclasses from which this one between classes is derived."""
        return self._derived_from

    @derived_from.setter
    def derived_from(self, origin: CAssociation | None) -> None:
        if origin is not None:
            if not isinstance(origin, CAssociation):
                raise CException(not_an_association(self, origin))
            check_derivation(self, origin)
        if self._derived_from is not None:
            self._leave_origin(self._derived_from)
        self._derived_from = origin
        if origin is not None:
            origin.derived_associations.append(self)

    def _leave_origin(self, origin: CAssociation) -> None:
        if self in origin.derived_associations:
            origin.derived_associations.remove(self)

    @property
    def derived_associations(self) -> list[CAssociation]:
        """The associations derived from this one; the list itself, not a copy."""
        if self._derived_associations is None:
            self._derived_associations = []
        return self._derived_associations

    # -- links

    def _register(self, link: CLink) -> None:
        last = self._last_link
        if last is None:
            self._first_link = link
        else:
            last._next = link
            link._previous = last
        self._last_link = link

    def _unregister(self, link: CLink) -> None:
        before, after = link._previous, link._next
        if before is None:
            self._first_link = after
        else:
            before._next = after
        if after is None:
            self._last_link = before
        else:
            after._previous = before
        link._previous = link._next = None

    def _registered_links(self) -> Iterator[CLink]:
        """The links of this association, in order of creation."""
        link = self._first_link
        while link is not None:
            following = link._next
            yield link
            link = following

    def _direct_value_holders(self) -> Iterable[CLink]:
        return self._registered_links()

    def _may_have_superclass(self, superclass: Any) -> bool:
        if isinstance(superclass, CAssociation):
            return True
        return isinstance(superclass, CMetaclass if isinstance(self._source, CMetaclass) else CClass)

    def _release(self, pending: list[CNamedElement]) -> None:
        pending.extend(self._registered_links())
        for end in (self._source, self._target):
            if isinstance(end, CClassifier) and end._associations:
                end._associations.pop(self, None)
                end._changed()
        self._disconnect_stereotypes()
        self._remove_stereotypes()
        if self._derived_from is not None:
            self._leave_origin(self._derived_from)
            self._derived_from = None
        for derived in self._derived_associations or ():
            derived._derived_from = None
        self._derived_associations = None
        super()._release(pending)

    def _called(self, name: object) -> str:  # noqa: ARG002
        label = f"{quoted(self._name)} " if self._name else ""
        return f"{label}from {_end(self._source)} to {_end(self._target)}"

    def __repr__(self) -> str:
        return f"CAssociation name = {self}, source = {self._source} -> target = {self._target}"


def _end(classifier: Any) -> str:
    name = getattr(classifier, "name", None)
    return quoted(classifier if name is None else name)
