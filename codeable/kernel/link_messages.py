"""What the errors about associations and links say; the other messages are in ``messages``."""

# ruff: noqa: D103  (the names say it, and the texts do)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel.place import is_cell, place_of
from codeable.kernel.wording import a, did_you_mean, quoted, shown, two_vocabularies

if TYPE_CHECKING:
    from collections.abc import Sequence


# -- associations


def bad_association_target(source: Any, target: object) -> str:
    return f"the target of an association from {shown(source)} must be {a(type(source))}, not {shown(target)}"


def bad_association_end(association: Any, end: object) -> str:
    return f"the ends of the {shown(association)} must be classifiers, not {shown(end)}"


def not_an_association(element: Any, value: object) -> str:
    of = element if isinstance(element, str) else shown(element)
    return f"expected an association for {of}, not {shown(value)}"


def not_an_end(element: Any, value: object) -> str:
    return f"{shown(value)} is at neither end of {shown(element)}"


def bad_descriptor(association: Any, value: object) -> str:
    return f"the descriptor of {shown(association)} must be a string, not {shown(value)}"


def no_arrow(text: str) -> str:
    return (
        f"the descriptor {text!r} has no arrow; expected '[label:] [role] multiplicity -> [role]"
        " multiplicity', with '->' (association), '<>-' (aggregation) or '<*>-' (composition)"
    )


def malformed_multiplicity(value: object) -> str:
    return f"{shown(value)} is no multiplicity; expected a string like '1', '*', '0..1' or '1..*'"


def derivation_ends(association: Any, origin: Any, end: Any, origin_end: Any) -> str:
    return (
        f"{shown(association)} cannot be derived from {shown(origin)}: {shown(end)} is not an instance of"
        f" {shown(origin_end)}"
    )


def derivation_kind(association: Any, origin: Any) -> str:
    return (
        f"{shown(association)} cannot be derived from {shown(origin)}: one is an aggregation or a composition"
        " and the other is not"
    )


def derivation_multiplicity(association: Any, origin: Any, end: str) -> str:
    return (
        f"{shown(association)} cannot be derived from {shown(origin)}: its {end} multiplicity, with"
        " those of the associations derived beside it, does not lie within that of the origin (give"
        " multiplicities before 'derived_from')"
    )


# -- links


def deleted_association(association: Any) -> str:
    return f"there cannot be links of the {shown(association)}: it has been deleted"


def bad_definitions(value: object) -> str:
    return f"links are defined by a dict from each source to its targets, not by {shown(value)}"


def bad_link_source(value: object) -> str:
    return f"a link source must be a class, an object or a link, not {shown(value)}"


def bad_link_target(source: Any, value: object) -> str:
    return (
        f"{shown(source)} cannot be linked to {shown(value)}; expected, alone or in a list,"
        f" {_targets_of(source)}"
    )


def _targets_of(source: Any) -> str:
    if source._class_object_class is not None:
        return "classes, or links between classes"
    if type(source).__name__ == "CLink":
        return "instances of what its association may be linked to"
    return "objects, or links between objects"


def bad_role_name(value: object) -> str:
    return f"a role name must be a string, not {shown(value)}"


def deleted_link_end(element: Any, end: str) -> str:
    return f"the {shown(element)} cannot be a link {end}: it has been deleted"


def duplicate_link(link: Any) -> str:
    message = (
        f"the same two elements cannot be linked twice by one association; there is already the {shown(link)}"
    )
    place = place_of(link)
    if place is not None and is_cell(place.path):
        message += (
            "; in a notebook, run the cell that declares one of the two again before a cell that links them,"
            " or declare and link in one cell"
        )
    return message


def link_without_metaclass(source: Any, association: Any) -> str:
    return (
        f"{shown(source)} cannot be linked to links of {shown(association)}: that has no metaclass as"
        " superclass, so that its links are instances of none"
    )


def nothing_in_common(source: Any, targets: Sequence[Any]) -> str:
    return (
        f"the targets of {shown(source)} have no classifier in common, so that no association"
        f" can link all of them: {_some(targets)}"
    )


def no_association(
    source: Any, targets: Sequence[Any], candidates: Sequence[Any], fixed: Any, role_name: object
) -> str:
    classifier = source._classifier
    to = f" to {_some(targets)}" if targets else " without targets (give 'association' or 'role_name')"
    by = f" by the {shown(fixed)}" if fixed is not None else ""
    role = f" in the role {quoted(role_name)}" if role_name is not None else ""
    possible = [fixed] if fixed is not None else classifier.all_associations
    roles = [name for one in possible for name in (one.role_name, one.source_role_name) if name is not None]
    nearest = did_you_mean(role_name, roles) if role_name not in roles else ""
    ends = [end for one in possible for end in (one.source, one.target)]
    of_targets = [
        kind for candidate in [*candidates, *(target._classifier for target in targets)]
        for kind in getattr(candidate, "class_path", ())
    ]  # fmt: skip
    return (
        f"no association links {shown(source)}{to}{by}{role}{nearest}; possible"
        f" are: {_associations(possible)}{two_vocabularies([*of_targets, *classifier.class_path], ends)}"
    )


def ambiguous_association(source: Any, targets: Sequence[Any], found: Sequence[Any]) -> str:
    to = f" to {_some(targets)}" if targets else ""
    return (
        f"it is ambiguous which association links {shown(source)}{to}: {_associations(found)}; choose"
        " with 'association' or 'role_name'"
    )


def _associations(associations: Sequence[Any]) -> str:
    described = []
    for association in list(dict.fromkeys(associations))[:8]:
        roles = f"[{association.source_role_name or ''}] -> [{association.role_name or ''}]"
        described.append(f"{shown(association)} {roles}")
    more = len(associations) - len(described)
    return "; ".join(described) + (f"; and {more} more" if more > 0 else "") if described else "none"


def _some(elements: Sequence[Any]) -> str:
    some = [shown(element) for element in elements[:5]]
    return ", ".join(some) + (f" and {len(elements) - 5} more" if len(elements) > 5 else "")


def no_single_link(
    source: Any, target: Any, matches: Sequence[Any], association: Any, role_name: object
) -> str:
    by = f" of the {shown(association)}" if association is not None else ""
    role = f" in the role {quoted(role_name)}" if role_name is not None else ""
    between = f"between {shown(source)} and {shown(target)}{by}{role}"
    if not matches:
        return f"there is no link {between} to delete"
    kinds = _associations([link.association for link in matches])
    return f"there are {len(matches)} links {between}; choose one with 'association' or 'role_name': {kinds}"


def wrong_multiplicity(element: Any, association: Any, as_source: bool, number: int) -> str:
    multiplicity = association.multiplicity if as_source else association.source_multiplicity
    end = "targets" if as_source else "sources"
    return (
        f"{shown(element)} would have {number} {end} by the {shown(association)}, but the multiplicity"
        f" is {quoted(multiplicity)}"
    )


def unregistered_link(link: Any) -> str:
    return f"the {shown(link)} cannot be deleted: it was not made by a link function, its ends do not know it"


def has_no_links(value: object) -> str:
    return f"links are had by classes, objects and links, not by {shown(value)}"
