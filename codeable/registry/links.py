"""Reading the links of an element as records."""

from collections.abc import Callable, Iterator

from codeable.kernel import CAssociation, CClass, CLink, CNamedElement
from codeable.registry.records import Impact, Option, Relation

__all__ = ["impact", "incoming", "option", "outgoing", "relation"]


def outgoing(element: CClass, association: CAssociation) -> Iterator[CLink]:
    """The links of an association that start at an element, in the order in which they were made."""
    return (link for link in element.get_links_for_association(association) if link.source is element)


def incoming(element: CClass, association: CAssociation) -> Iterator[CLink]:
    """The links of an association that end at an element, in the order in which they were made."""
    return (link for link in element.get_links_for_association(association) if link.target is element)


Names = Callable[[CNamedElement], str]
"""Gives the name of an element in a record."""


def option(link: CLink, name_of: Names) -> Option:
    """The option that a link from a decision to a solution stands for."""
    return Option(name_of(link.source), name_of(link.target), _tagged_text(link, "name"), link=link)


def impact(link: CLink, name_of: Names) -> Impact:
    """The impact that a link from a solution to a force stands for."""
    stereotypes = link.stereotype_instances
    sign = str(stereotypes[0].name or "") if stereotypes else ""
    return Impact(name_of(link.source), name_of(link.target), sign, link=link)


def relation(link: CLink, name_of: Names) -> Relation:
    """The relation that a link between solutions, or to a next decision, stands for."""
    names = [str(stereotype.name) for stereotype in link.stereotype_instances if stereotype.name]
    label = None if link.label is None else str(link.label)
    how = _tagged_text(link, "how")
    stereotype = ", ".join(names) or None
    return Relation(name_of(link.source), name_of(link.target), stereotype, how, label, link=link)


def _tagged_text(link: CLink, name: str) -> str | None:
    value = link.tagged_values.get(name)
    return None if value is None else str(value)
