"""The conditions under which an association between classes may be derived from one between metaclasses.

`CAssociation.derived_from` calls `check_derivation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeable.kernel.clazz import CClass
from codeable.kernel.describe import describe
from codeable.kernel.descriptor import STAR
from codeable.kernel.exception import CException
from codeable.kernel.metaclass import CMetaclass

if TYPE_CHECKING:
    from codeable.kernel.association import CAssociation


def check_derivation(association: CAssociation, origin: CAssociation) -> None:
    """Raise unless ``association`` may be derived from ``origin``."""
    for end, origin_end in ((association.source, origin.source), (association.target, origin.target)):
        if not _is_instance(end, origin_end):
            raise CException(
                f"{_cannot_be_derived(association, origin)}: {describe(end)} is not an instance of"
                f" {describe(origin_end)}"
            )
    _check_multiplicities(association, origin)
    if association.aggregation != origin.aggregation or association.composition != origin.composition:
        raise CException(
            f"{_cannot_be_derived(association, origin)}: one is an aggregation or a composition and the other"
            " is not"
        )


def _cannot_be_derived(association: CAssociation, origin: CAssociation) -> str:
    return f"{describe(association)} cannot be derived from {describe(origin)}"


def _is_instance(end: object, origin_end: object) -> bool:
    if not isinstance(end, CClass) or not isinstance(origin_end, CMetaclass):
        return False
    return end.metaclass is not None and end.metaclass.is_classifier_of_type(origin_end)


def _check_multiplicities(association: CAssociation, origin: CAssociation) -> None:
    """Check the association, and again the derived ones above it with what it adds to them.

    Each association is checked once with each pair of additions, however many ways lead to it.
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
    wrong = None
    if _violates(
        association.lower_multiplicity, target_upper, origin.lower_multiplicity, origin.upper_multiplicity
    ):
        wrong = "target"
    elif _violates(
        association.source_lower_multiplicity,
        source_upper,
        origin.source_lower_multiplicity,
        origin.source_upper_multiplicity,
    ):
        wrong = "source"
    if wrong is not None:
        raise CException(
            f"{_cannot_be_derived(association, origin)}: its {wrong} multiplicity, with those of the"
            " associations derived beside it, does not lie within that of the origin (give multiplicities"
            " before 'derived_from')"
        )


def _sum(upper: int, added: int) -> int:
    return STAR if STAR in (upper, added) else upper + added


def _violates(lower: int, upper: int, origin_lower: int, origin_upper: int) -> bool:
    return lower < origin_lower or (origin_upper != STAR and (upper == STAR or upper > origin_upper))
