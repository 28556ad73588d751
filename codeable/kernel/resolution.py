"""Finds the association of the links from one source, and their direction.

`link_functions` calls `resolve` for each source of a call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from codeable.kernel.association import CAssociation
from codeable.kernel.describe import describe, quoted, two_vocabularies
from codeable.kernel.exception import CException
from codeable.kernel.metaclass import CMetaclass
from codeable.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeable.kernel.classifier import CClassifier
    from codeable.kernel.object import CObject


class Resolved(NamedTuple):
    """The association of the links from one source.

    Attributes:
        association: The association.
        forward: Whether the definition's source is the links' source.
        binds: Whether the targets were used to find it: then the targets of later sources must fit it too.
    """

    association: CAssociation
    forward: bool
    binds: bool


def resolve(
    source: CObject, targets: list[CObject], fixed: CAssociation | None, bound: bool, role_name: Any
) -> Resolved:
    """Find the association and the direction of the links from ``source`` to ``targets``.

    What is found depends on the classifiers only, and is cached with the source's classifier.

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
    resolved = classifier._cache().resolved
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
        raise CException(f"a role name must be a string, not {describe(role_name)}") from None
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
    associations = classifier._cache().associations if fixed is None else [fixed]
    matches = []
    for association in associations:
        for candidate in candidates:
            forward = _direction(classifier, candidate, association, role_name)
            if forward is not None:
                matches.append(Resolved(association, forward, candidate is not None))
    if len(matches) == 1:
        return matches[0]
    if matches:
        to = f" to {_some(targets)}" if targets else ""
        raise CException(
            f"it is ambiguous which association links {describe(source)}{to}:"
            f" {describe_associations([match.association for match in matches])}; choose with"
            " 'association' or 'role_name'"
        )
    raise CException(_no_association(source, targets, candidates, fixed, role_name))


def _no_association(
    source: CObject,
    targets: Sequence[CObject],
    candidates: Sequence[Any],
    fixed: CAssociation | None,
    role_name: object,
) -> str:
    classifier = source._classifier
    to = f" to {_some(targets)}" if targets else " without targets (give 'association' or 'role_name')"
    by = f" by the {describe(fixed)}" if fixed is not None else ""
    role = f" in the role {quoted(role_name)}" if role_name is not None else ""
    possible = [fixed] if fixed is not None else classifier.all_associations
    roles = [name for one in possible for name in (one.role_name, one.source_role_name) if name is not None]
    nearest = did_you_mean(role_name, roles) if role_name not in roles else ""
    ends = [end for one in possible for end in (one.source, one.target)]
    of_targets = [
        kind for candidate in [*candidates, *(target._classifier for target in targets)]
        for kind in getattr(candidate, "class_path", ())
    ]  # fmt: skip
    fitting = [
        one
        for one in possible
        if any(_direction(classifier, end, one, None) is not None for end in candidates)
    ]
    hint = two_vocabularies([*of_targets, *classifier.class_path], ends)
    return (
        f"no association links {describe(source)}{to}{by}{role}{nearest}; possible are:"
        f" {describe_associations(fitting or possible)}{hint}"
    )


def describe_associations(associations: Sequence[CAssociation]) -> str:
    """Associations with their roles, as a message lists them."""
    described = []
    for association in list(dict.fromkeys(associations))[:8]:
        roles = f"[{association.source_role_name or ''}] -> [{association.role_name or ''}]"
        described.append(f"{describe(association)} {roles}")
    more = len(associations) - len(described)
    return "; ".join(described) + (f"; and {more} more" if more > 0 else "") if described else "none"


def _some(elements: Sequence[Any]) -> str:
    some = [describe(element) for element in elements[:5]]
    return ", ".join(some) + (f" and {len(elements) - 5} more" if len(elements) > 5 else "")


def _direction(
    classifier: CClassifier, candidate: CClassifier | None, association: CAssociation, role_name: Any
) -> bool | None:
    """``True`` for a forward match, ``False`` for a reverse match, ``None`` for none."""
    if candidate is None and role_name is None:
        return None
    types = classifier._cache().types
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
        path = kind._cache().path
        if isinstance(kind, CAssociation):
            path = [superclass for superclass in path if isinstance(superclass, CMetaclass)]
            if not path:
                raise CException(
                    f"{describe(source)} cannot be linked to links of {describe(kind)}: that has no metaclass"
                    " as superclass, so that its links are instances of none"
                )
        common = path if common is None else [metaclass for metaclass in common if metaclass in path]
    if not common:
        raise CException(_nothing_in_common(source, targets))
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
        for superclass in candidate._cache().path[1:]:
            if kind.is_classifier_of_type(superclass):
                candidate = superclass
                break
        else:
            raise CException(_nothing_in_common(source, targets))
    return candidate


def _nothing_in_common(source: CObject, targets: Sequence[CObject]) -> str:
    return (
        f"the targets of {describe(source)} have no classifier in common, so that no association"
        f" can link all of them: {_some(targets)}"
    )
