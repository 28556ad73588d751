"""Which association a link is an instance of, and in which direction it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from codeable.kernel import link_messages
from codeable.kernel.association import CAssociation
from codeable.kernel.exception import CException
from codeable.kernel.metaclass import CMetaclass

if TYPE_CHECKING:
    from codeable.kernel.classifier import CClassifier
    from codeable.kernel.object import CObject

__all__ = ["Resolved", "resolve"]


class Resolved(NamedTuple):
    """What was found for one source.

    Attributes:
        association: The association.
        forward: Whether the definition's source is the links' source.
        binds: Whether a classifier of targets took part: from then on targets have to fit the association.
    """

    association: CAssociation
    forward: bool
    binds: bool


def resolve(
    source: CObject, targets: list[CObject], fixed: CAssociation | None, bound: bool, role_name: Any
) -> Resolved:
    """Find the association and the direction of the links from ``source`` to ``targets``.

    What is found depends on the classifiers only, and is kept with the facts of the source's classifier.

    Args:
        source: The definition's source.
        targets: Its targets, possibly none.
        fixed: The association that is given or was found for an earlier source of the same call.
        bound: Whether an earlier source of the same call has bound it.
        role_name: The role name that is given, or ``None``.

    Raises:
        CException: When no association fits, or several do.
    """
    classifier = source._classifier
    resolved = classifier._facts().resolved
    kinds: Any = None
    if targets:
        kinds = targets[0]._classifier
        for target in targets:
            if target._classifier is not kinds:
                kinds = tuple({target._classifier: None for target in targets})
                break
    key = (kinds, fixed, bound, role_name)
    try:
        found: Resolved | None = resolved.get(key)
    except TypeError:
        raise CException(link_messages.bad_role_name(role_name)) from None
    if found is None:
        found = resolved[key] = _search(source, targets, fixed, bound, role_name)
    return found


def _search(
    source: CObject, targets: list[CObject], fixed: CAssociation | None, bound: bool, role_name: Any
) -> Resolved:
    classifier: CClassifier = source._classifier
    candidates: list[CClassifier | None]
    if not targets:
        candidates = [None]
    elif source._class_object_class is not None:
        candidates = list(_most_specific_common(source, targets))
    else:
        candidates = [_common(source, targets)]
    if fixed is not None and not bound:
        if classifier.is_classifier_of_type(fixed.source):
            classifier, candidates = fixed.source, [fixed.target]
        elif classifier.is_classifier_of_type(fixed.target):
            classifier, candidates = fixed.target, [fixed.source]
    associations = classifier._facts().associations if fixed is None else [fixed]
    matches = []
    for association in associations:
        for candidate in candidates:
            forward = _direction(classifier, candidate, association, role_name)
            if forward is not None:
                matches.append(Resolved(association, forward, candidate is not None))
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise CException(
            link_messages.ambiguous_association(source, targets, [m.association for m in matches])
        )
    raise CException(link_messages.no_association(source, targets, candidates, fixed, role_name))


def _direction(
    classifier: CClassifier, candidate: CClassifier | None, association: CAssociation, role_name: Any
) -> bool | None:
    """``True`` for a forward match, ``False`` for a reverse match, ``None`` for none."""
    if candidate is None and role_name is None:
        return None
    types = classifier._facts().types
    ends = (
        (True, association._source, association._target, association._role_name),
        (False, association._target, association._source, association._source_role_name),
    )
    for forward, near, far, role in ends:
        if (
            near in types
            and (role_name is None or role_name == role)
            and (candidate is None or candidate.is_classifier_of_type(far))
        ):
            return forward
    return None


def _most_specific_common(source: CObject, targets: list[CObject]) -> list[CClassifier]:
    """The most specific metaclasses that all targets, classes and links, are instances of."""
    common: list[CClassifier] | None = None
    for kind in {target._classifier: None for target in targets}:
        path = kind._facts().path
        if isinstance(kind, CAssociation):
            path = [superclass for superclass in path if isinstance(superclass, CMetaclass)]
            if not path:
                raise CException(link_messages.link_without_metaclass(source, kind))
        common = path if common is None else [metaclass for metaclass in common if metaclass in path]
    if not common:
        raise CException(link_messages.nothing_in_common(source, targets))
    return [metaclass for metaclass in common if not any(other.has_superclass(metaclass) for other in common)]


def _common(source: CObject, targets: list[CObject]) -> CClassifier:
    """The classifier that all targets, objects and links, are instances of."""
    kinds = list({target._classifier: None for target in targets})
    candidate: CClassifier = kinds[0]
    for kind in kinds[1:]:
        if kind.is_classifier_of_type(candidate):
            continue
        if candidate.has_superclass(kind):
            candidate = kind
            continue
        for superclass in candidate._facts().path[1:]:
            if kind.is_classifier_of_type(superclass):
                candidate = superclass
                break
        else:
            raise CException(link_messages.nothing_in_common(source, targets))
    return candidate
