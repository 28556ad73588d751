"""Which kinds of elements a link in some role connects, and the stereotypes that it can have."""

from collections.abc import Iterator, Mapping
from functools import cache

from attrs import frozen

from codeable import dsl
from codeable.kernel import CAssociation, CMetaclass, CStereotype
from codeable.kernel.classifier import CClassifier
from codeable.registry.kinds import CLASS_KINDS


@frozen
class LinkEnds:
    """What links in one role connect.

    Attributes:
        sources: The kinds of the elements that are linked.
        targets: The kinds of those that they are linked to, which have the role.
        stereotypes: The stereotypes of such links.
    """

    sources: frozenset[str]
    targets: frozenset[str]
    stereotypes: tuple[str, ...]


@cache
def links_by_role() -> Mapping[str, tuple[LinkEnds, ...]]:
    """Role name → the links of `codeable.dsl` in that role.

    Example:
        >>> [link] = links_by_role()["next decision"]
        >>> sorted(link.targets), link.stereotypes[0]
        (['decision'], 'mandatory_next')
    """
    found: dict[str, list[LinkEnds]] = {}
    for association in vars(dsl).values():
        if isinstance(association, CAssociation):
            ends = _kinds_of(association.source), _kinds_of(association.target)
            stereotypes = tuple(_stereotypes_of(association))
            if association.role_name:
                found.setdefault(association.role_name, []).append(LinkEnds(*ends, stereotypes))
            if association.source_role_name:
                found.setdefault(association.source_role_name, []).append(LinkEnds(*ends[::-1], stereotypes))
    return {role: tuple(links) for role, links in found.items()}


@cache
def stereotypes_of_class(metaclass: str) -> tuple[str, ...]:
    """The stereotypes that an instance of a metaclass can have.

    Example:
        >>> stereotypes_of_class("decision")
        ('single_answer', 'multiple_answers')
    """
    found = vars(dsl).get(metaclass)
    if not isinstance(found, CMetaclass):
        return ()
    return tuple(
        dict.fromkeys(name for each in (found, *found.all_superclasses) for name in _stereotypes_of(each))
    )


def _kinds_of(classifier: object) -> frozenset[str]:
    """The kinds of the instances of a classifier, those of its subclasses included."""
    return frozenset(
        kind
        for name, kind in CLASS_KINDS
        if isinstance(one := vars(dsl).get(name), CClassifier)
        and isinstance(classifier, CClassifier)
        and one.is_classifier_of_type(classifier)
    )


def _stereotypes_of(extended: object) -> Iterator[str]:
    """The stereotypes that specialise one that extends an element."""
    roots = [one for one in vars(dsl).values() if isinstance(one, CStereotype) and extended in one.extended]
    for name, one in vars(dsl).items():
        if isinstance(one, CStereotype):
            is_special = any(one.has_superclass(root) for root in roots)
            if is_special or (one in roots and not one.subclasses):
                yield name
