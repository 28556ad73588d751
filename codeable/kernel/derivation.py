"""The conditions under which an association between classes is derived from one between metaclasses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeable.kernel import link_messages
from codeable.kernel.clazz import CClass
from codeable.kernel.exception import CException
from codeable.kernel.metaclass import CMetaclass
from codeable.kernel.multiplicity import STAR

if TYPE_CHECKING:
    from codeable.kernel.association import CAssociation

__all__ = ["check"]


def check(association: CAssociation, origin: CAssociation) -> None:
    """Raise unless ``association`` may be derived from ``origin``."""
    from codeable.kernel.association import CAssociation

    if not isinstance(origin, CAssociation):
        raise CException(link_messages.not_an_association(association, origin))
    for end, origin_end in ((association.source, origin.source), (association.target, origin.target)):
        if not _is_instance(end, origin_end):
            raise CException(link_messages.derivation_ends(association, origin, end, origin_end))
    _check_multiplicities(association, origin)
    if association.aggregation != origin.aggregation or association.composition != origin.composition:
        raise CException(link_messages.derivation_kind(association, origin))


def _is_instance(end: object, origin_end: object) -> bool:
    if not isinstance(end, CClass) or not isinstance(origin_end, CMetaclass):
        return False
    return end.metaclass is not None and end.metaclass.is_classifier_of_type(origin_end)


def _check_multiplicities(association: CAssociation, origin: CAssociation) -> None:
    """Check the association, and again the derived ones above it with what it adds to them.

    An association is looked at once with each pair of additions, however many ways lead to it.
    """
    pending = [(association, 0, 0)]
    seen = set(pending)
    while pending:
        current, added_to_source, added_to_target = pending.pop()
        _check_sums(current, origin, added_to_source, added_to_target)
        sources, targets = current.source.all_superclasses, current.target.all_superclasses
        if not sources or not targets:
            continue
        for derived in origin.derived_associations:
            if derived is not current and derived.source in sources and derived.target in targets:
                above = (derived, current.source_upper_multiplicity, current.upper_multiplicity)
                if above not in seen:
                    seen.add(above)
                    pending.append(above)


def _check_sums(association: CAssociation, origin: CAssociation, to_source: int, to_target: int) -> None:
    source_upper = _sum(association.source_upper_multiplicity, to_source)
    target_upper = _sum(association.upper_multiplicity, to_target)
    unbounded = origin.upper_multiplicity == origin.source_upper_multiplicity == STAR
    for derived in () if unbounded else origin.derived_associations:
        if (
            derived is not association
            and isinstance(derived.source, CClass)
            and derived.source.is_classifier_of_type(association.source)
            and derived.target.is_classifier_of_type(association.target)
        ):
            source_upper = _sum(source_upper, derived.source_upper_multiplicity)
            target_upper = _sum(target_upper, derived.upper_multiplicity)
    if _violates(
        association.lower_multiplicity, target_upper, origin.lower_multiplicity, origin.upper_multiplicity
    ):
        raise CException(link_messages.derivation_multiplicity(association, origin, "target"))
    if _violates(
        association.source_lower_multiplicity,
        source_upper,
        origin.source_lower_multiplicity,
        origin.source_upper_multiplicity,
    ):
        raise CException(link_messages.derivation_multiplicity(association, origin, "source"))


def _sum(upper: int, added: int) -> int:
    return STAR if STAR in (upper, added) else upper + added


def _violates(lower: int, upper: int, origin_lower: int, origin_upper: int) -> bool:
    return lower < origin_lower or (origin_upper != STAR and (upper == STAR or upper > origin_upper))
