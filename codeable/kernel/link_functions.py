"""The functions with which studies make and delete links. A call that fails changes nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from codeable.kernel import adjacency
from codeable.kernel.association import CAssociation
from codeable.kernel.describe import describe, not_an_association, quoted, unknown_keyword
from codeable.kernel.descriptor import STAR
from codeable.kernel.exception import CException
from codeable.kernel.link_arguments import Definitions, LinkFactory, checked_definitions
from codeable.kernel.place import is_cell, place_of
from codeable.kernel.resolution import Resolved, describe_associations, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeable.kernel.link import CLink
    from codeable.kernel.object import CObject

_KEYWORDS = ("association", "role_name", "stereotype_instances", "label", "tagged_values")
_UNBOUNDED = (0, STAR)


class LinkKeywordsContext:
    """The keywords of the link functions as a record.

    Args:
        kw: ``association``, ``role_name``, ``stereotype_instances``, ``label``, ``tagged_values``.

    Raises:
        CException: For another keyword, or an association that is none.
    """

    def __init__(self, **kw: Any) -> None:
        check_keywords("link keywords", kw.get("association"), kw)
        self.association: CAssociation | None = kw.get("association")
        self.role_name: Any = kw.get("role_name")
        self.stereotype_instances: Any = kw.get("stereotype_instances")
        self.label: Any = kw.get("label")
        self.tagged_values: Any = kw.get("tagged_values")


def check_keywords(element: object, association: Any, kw: dict[str, Any]) -> None:
    """Refuse a keyword that is not one of the link keywords, and an association that is none."""
    for keyword in kw:
        if keyword not in _KEYWORDS:
            raise CException(unknown_keyword(element, keyword, _KEYWORDS))
    if association is not None and not isinstance(association, CAssociation):
        raise CException(not_an_association(element, association))


def add_links(
    definitions: dict[Any, Any],
    *,
    association: CAssociation | None = None,
    role_name: str | None = None,
    stereotype_instances: Any = None,
    label: Any = None,
    tagged_values: Any = None,
    **kw: Any,
) -> list[CLink]:
    """Link each source to its targets.

    Args:
        definitions: A dict from a source (class, object, link) to a target, a list of targets, or ``None``.
        association: The association of the links; found from classifiers and role name if left out.
        role_name: The role that the targets play.
        stereotype_instances: The stereotypes that the links carry: one or a list.
        label: The label of the links.
        tagged_values: The tagged values of the links, a dict.
        kw: Nothing else is accepted.

    Returns:
        The new links, in the order of the definitions.

    Raises:
        CException: When a definition cannot be carried out; then nothing has changed.

    Example:
        >>> from codeable.kernel import CClass, CMetaclass
        >>> decision, practice = CMetaclass("Decision"), CMetaclass("Practice")
        >>> options = decision.association(practice, "[decision] * -> [option] *")
        >>> how, versioning = CClass(decision, "How?"), CClass(practice, "Versioning")
        >>> [str(link) for link in add_links({how: [versioning]}, role_name="option")]
        ['`How? -> Versioning`']
    """
    if kw or association is not None:
        check_keywords("add_links", association, kw)
    return _link(definitions, False, association, role_name, stereotype_instances, label, tagged_values)


def set_links(
    definitions: dict[Any, Any],
    do_add_links: bool = False,
    *,
    association: CAssociation | None = None,
    role_name: str | None = None,
    stereotype_instances: Any = None,
    label: Any = None,
    tagged_values: Any = None,
    **kw: Any,
) -> list[CLink]:
    """As :func:`add_links`, but first delete the links of the association on all elements involved.

    Args:
        definitions: As for :func:`add_links`.
        do_add_links: Only add.
        association: As for :func:`add_links`, like the other keywords.
        role_name: The role that the targets play.
        stereotype_instances: The stereotypes that the links carry.
        label: The label of the links.
        tagged_values: The tagged values of the links.
        kw: Nothing else is accepted.
    """
    if kw or association is not None:
        check_keywords("set_links", association, kw)
    replace = not do_add_links
    return _link(definitions, replace, association, role_name, stereotype_instances, label, tagged_values)


def _link(
    definitions: Any,
    replace: bool,
    association: CAssociation | None,
    role_name: Any,
    stereotype_instances: Any,
    label: Any,
    tagged_values: Any,
) -> list[CLink]:
    plain = checked_definitions(definitions)
    made: list[CLink] = []
    to_delete: dict[CLink, None] = {}
    cleared: set[CObject] = set()
    found: list[Resolved] = []
    factory: LinkFactory | None = None
    bound = False
    try:
        for source, targets in plain.items():
            _check_not_deleted(source, targets, to_delete)
            resolved = resolve(source, targets, association, bound, role_name)
            association, forward, binds = resolved
            bound = bound or binds
            found.append(resolved)
            if replace:
                _mark_for_deletion((source, *targets), association, cleared, to_delete)
            if targets and factory is None:
                factory = LinkFactory(association, stereotype_instances, label, tagged_values)
            for target in targets:
                start, end = (source, target) if forward else (target, source)
                same = adjacency.find(start, end, association, to_delete)
                if same is not None:
                    raise CException(_duplicate(same))
                made.append(factory.make(start, end))  # type: ignore[union-attr]
        _check_multiplicities(plain, found, to_delete)
    except BaseException:
        for link in reversed(made):
            link.delete()
        raise
    for link in to_delete:
        link.delete()
    return made


def _check_not_deleted(source: CObject, targets: list[CObject], to_delete: dict[CLink, None]) -> None:
    if source.is_deleted or source in to_delete:
        raise CException(f"the {describe(source)} cannot be a link source: it has been deleted")
    for target in targets:
        if target.is_deleted or target in to_delete:
            raise CException(f"the {describe(target)} cannot be a link target: it has been deleted")


def _duplicate(link: CLink) -> str:
    message = (
        "the same two elements cannot be linked twice by one association; there is already the"
        f" {describe(link)}"
    )
    place = place_of(link)
    if place is not None and is_cell(place.path):
        message += (
            "; in a notebook, run the cell that declares one of the two again before a cell that links them,"
            " or declare and link in one cell"
        )
    return message


def _mark_for_deletion(
    elements: Iterable[CObject],
    association: CAssociation,
    cleared: set[CObject],
    to_delete: dict[CLink, None],
) -> None:
    """Mark the links of an association on elements for deletion, with the links on those links."""
    for element in elements:
        if element not in cleared:
            cleared.add(element)
            _mark_with_attached(adjacency.links_of(element, association), to_delete)


def _mark_with_attached(links: Iterable[CLink], to_delete: dict[CLink, None]) -> list[CLink]:
    """Mark links and the links on them for deletion; those that were not marked before."""
    marked = []
    pending = list(links)
    while pending:
        link = pending.pop()
        if link not in to_delete:
            to_delete[link] = None
            marked.append(link)
            pending += link._links or ()
    return marked


class _Counts:
    """Numbers of links of one association, without those that are about to be deleted."""

    __slots__ = ("association", "deleted")

    def __init__(self, association: CAssociation, to_delete: Iterable[CLink]) -> None:
        self.association = association
        self.deleted: Counter[tuple[CObject, bool]] = Counter()
        for link in to_delete:
            self.subtract(link)

    def subtract(self, link: CLink) -> None:
        if link._association is self.association:
            self.deleted[link._source, True] += 1
            self.deleted[link._target, False] += 1

    def at(self, element: CObject, as_source: bool) -> int:
        number = adjacency.count(element, self.association, as_source)
        return number - self.deleted[element, as_source] if self.deleted else number

    def test(self, element: CObject, as_source: bool, number: int, number_at_other_end: int) -> None:
        """Raise unless ``element`` may have ``number`` links at its end of the association."""
        own, other = self.association._bounds, self.association._source_bounds
        if not as_source:
            own, other = other, own
        lower, upper = own
        if lower <= number and (upper == STAR or number <= upper):
            return
        if number_at_other_end == 0 and other[0] == 0:
            return
        multiplicity = self.association.multiplicity if as_source else self.association.source_multiplicity
        raise CException(
            f"{describe(element)} would have {number} {'targets' if as_source else 'sources'} by the"
            f" {describe(self.association)}, but the multiplicity is {quoted(multiplicity)}"
        )


def _check_multiplicities(plain: Definitions, found: list[Resolved], to_delete: dict[CLink, None]) -> None:
    if not found:
        return
    association = found[0].association
    if association._bounds == _UNBOUNDED == association._source_bounds:
        return
    counts = _Counts(association, to_delete)
    for (source, targets), resolved in zip(plain.items(), found, strict=True):
        forward = resolved.forward
        number = counts.at(source, forward)
        if not targets:
            counts.test(source, forward, number, 0)
        for target in targets:
            number_of_target = counts.at(target, not forward)
            counts.test(source, forward, number, number_of_target)
            counts.test(target, not forward, number_of_target, number)


def delete_links(
    definitions: dict[Any, Any],
    *,
    association: CAssociation | None = None,
    role_name: str | None = None,
    **kw: Any,
) -> None:
    """Delete the link between each source and each of its targets.

    Args:
        definitions: A dict from a source (class, object, link) to a target, a list of targets, or ``None``.
        association: Only links of this association.
        role_name: Only links in which the target plays this role.
        kw: ``label`` is accepted, without effect.

    Raises:
        CException: When there is no such link, or several; then nothing has changed.
    """
    check_keywords("delete_links", association, kw)
    for keyword in ("stereotype_instances", "tagged_values"):
        if keyword in kw:
            raise CException(unknown_keyword("delete_links", keyword, ("association", "role_name")))
    to_delete: dict[CLink, None] = {}
    counts: dict[CAssociation, _Counts] = {}
    for source, targets in checked_definitions(definitions).items():
        for target in targets:
            link = _only_link(source, target, association, role_name, to_delete)
            of = link._association
            if of not in counts:
                counts[of] = _Counts(of, to_delete)
            forward = link._source is source
            number = counts[of].at(source, forward) - 1
            number_of_target = counts[of].at(target, not forward) - 1
            counts[of].test(source, forward, number, number_of_target)
            counts[of].test(target, not forward, number_of_target, number)
            for marked in _mark_with_attached([link], to_delete):
                if marked._association in counts:
                    counts[marked._association].subtract(marked)
    for link in to_delete:
        link.delete()


def _only_link(
    source: CObject,
    target: CObject,
    association: CAssociation | None,
    role_name: Any,
    to_delete: dict[CLink, None],
) -> CLink:
    matches = []
    for link in adjacency.links_between(source, target):
        of = link._association
        if link in to_delete or (association is not None and of is not association):
            continue
        forward = link._source is source and source is not target
        if role_name is None or role_name == (of._role_name if forward else of._source_role_name):
            matches.append(link)
    if len(matches) == 1:
        return matches[0]
    by = f" of the {describe(association)}" if association is not None else ""
    role = f" in the role {quoted(role_name)}" if role_name is not None else ""
    between = f"between {describe(source)} and {describe(target)}{by}{role}"
    if not matches:
        raise CException(f"there is no link {between} to delete")
    raise CException(
        f"there are {len(matches)} links {between}; choose one with 'association' or 'role_name':"
        f" {describe_associations([link.association for link in matches])}"
    )
