"""Reading the links of an element as records."""

from collections.abc import Iterator

from codeable.kernel import CAssociation, CClass, CLink
from codeable.registry.records import ForceImpact, Option, Relation

__all__ = ["impact", "incoming", "option", "outgoing", "relation"]


def outgoing(element: CClass, association: CAssociation) -> Iterator[CLink]:
    """The links of an association that start at an element, in the order in which they were made."""
    return (link for link in element.get_links_for_association(association) if link.source is element)


def incoming(element: CClass, association: CAssociation) -> Iterator[CLink]:
    """The links of an association that end at an element, in the order in which they were made."""
    return (link for link in element.get_links_for_association(association) if link.target is element)


def option(link: CLink) -> Option:
    """The option that a link from a decision to a solution stands for."""
    return Option(link.source, link.target, _tagged_text(link, "name"), link)


def impact(link: CLink) -> ForceImpact:
    """The impact that a link from a solution to a force stands for."""
    stereotypes = link.stereotype_instances
    stereotype = stereotypes[0] if stereotypes else None
    shown = str(stereotype.name or "") if stereotype is not None else ""
    return ForceImpact(link.source, link.target, shown, stereotype, link)


def relation(link: CLink) -> Relation:
    """The relation that a link between solutions, or to a next decision, stands for."""
    names = [str(stereotype.name) for stereotype in link.stereotype_instances if stereotype.name]
    label = None if link.label is None else str(link.label)
    how = _tagged_text(link, "how")
    return Relation(link.source, link.target, ", ".join(names) or None, how, label, link)


def _tagged_text(link: CLink, name: str) -> str | None:
    value = link.tagged_values.get(name)
    return None if value is None else str(value)
