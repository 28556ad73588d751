"""The edges of a diagram: from links, associations and inheritance between its elements. Used by `build`."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

from codeable.diagrams.diagram import Edge, EdgeKind
from codeable.diagrams.impact_signs import SIGNS, sign_of
from codeable.diagrams.kinds import (
    AGGREGATION,
    COMPOSITION,
    CONTEXT,
    EVIDENCE,
    IMPACT,
    INHERITANCE,
    LINK,
    NEXT,
    OPTION,
    RELATION,
)
from codeable.kernel import CClass, CClassifier, CLink, CNamedElement, CObject, CStereotype
from codeable.kernel.bulk_access import applied_stereotypes, is_related, outgoing, tagged_values
from codeable.registry.values import value_text

_BY_ASSOCIATION: tuple[tuple[str, EdgeKind], ...] = (
    ("decision_solution_relation", OPTION),
    ("design_solution_dependencies", RELATION),
    ("solutions_to_next_decisions_relation", NEXT),
    ("force_impact_relation", IMPACT),
    ("decision_to_contexts_relation", CONTEXT),
    ("decision_category_to_contexts_relation", CONTEXT),
)


class Edges:
    """Makes the edges between the elements that have a node.

    Args:
        vocabulary: The study's `codeable.dsl`.
        identifiers: Element → identifier of its node.
        evidence: The evidence of a relation between solutions, in words.

    Attributes:
        options_without_a_box: Identifiers of decisions, each with an option that has no node; known when all
            edges are made.
    """

    def __init__(
        self, vocabulary: ModuleType, identifiers: Mapping[Any, str], evidence: Callable[[CLink], str]
    ) -> None:
        self._identifiers = identifiers
        self._evidence = evidence
        self._links: dict[Any, list[tuple[CLink, Any, Any]]] = {}
        self._known = tuple(
            (association, kind)
            for name, kind in _BY_ASSOCIATION
            if (association := getattr(vocabulary, name, None)) is not None
        )
        self._kinds: dict[Any, EdgeKind] = dict(self._known)
        code = getattr(vocabulary, "code", None)
        for association in code.associations if code is not None else ():
            if association.source is code and association.role_name == "evidence":
                self._kinds[association] = EVIDENCE
        self._option = getattr(vocabulary, "option", None)
        self.options_without_a_box: list[tuple[str, Any]] = []

    def sources_of(self, code: Any, sources: Container[Any]) -> set[Any]:
        """The sources, out of the given ones, that are evidence of a code."""
        kinds = self._kinds
        links = self._links[code] = outgoing(code)
        return {
            target
            for _, association, target in links
            if kinds.get(association) is EVIDENCE and target in sources
        }

    def between(self) -> Iterator[Edge]:
        """All edges, in the order of the elements at their starts."""
        identifiers, kinds = self._identifiers, self._kinds
        for element, start in identifiers.items():
            if not isinstance(element, (CClass, CObject)):
                yield from self._of_classifier(element, start)
                continue
            links = self._links.pop(element, None)
            for link, association, target in outgoing(element) if links is None else links:
                end = identifiers.get(target)
                kind = kinds.get(association) or self._kind(association)
                if end is None:
                    if kind is OPTION:
                        self.options_without_a_box.append((start, target))
                else:
                    yield Edge(start, end, kind) if kind is EVIDENCE else self._edge(link, start, end, kind)
            if isinstance(element, CClass) and is_related(element):
                yield from self._of_classifier(element, start)

    def _kind(self, association: Any) -> EdgeKind:
        """The kind of an association, or of the association that it is derived from or specialises."""
        kind = self._kinds[association] = self._found_kind(association)
        return kind

    def _found_kind(self, association: Any) -> EdgeKind:
        origin = association
        while origin.derived_from is not None:
            origin = origin.derived_from
        for known, kind in self._known:
            if origin is known or origin.is_classifier_of_type(known):
                return kind
        if self._kinds.get(origin) is EVIDENCE:
            return EVIDENCE
        if association.composition:
            return COMPOSITION
        return AGGREGATION if association.aggregation else LINK

    def _edge(self, link: CLink, start: str, end: str, kind: EdgeKind) -> Edge:
        applied = applied_stereotypes(link)
        label = "" if link.label is None else str(link.label)
        evidence = self._evidence(link) if kind is RELATION else ""
        if not applied:
            if kind is LINK and not label:
                label = link.association.name or ""
            return Edge(start, end, kind, label, (), (), evidence)
        values, description = tagged_values(link), ""
        if kind is OPTION:
            text = values.pop("name", "")
            if type(text) is str and text and not label and not values and len(applied) == 1:
                return Edge(start, end, kind, text)
            text = value_text(text)
            description = _on_one_line(value_text(values.pop("description", "")))
            label = "\n".join(filter(None, (text, label)))
        names = self._shown_names(applied)
        if kind is IMPACT:
            signs = [sign_of(name) for name in names if sign_of(name) in SIGNS]
            names = [name for name in names if sign_of(name) not in SIGNS]
            label = " ".join(filter(None, (*signs, label)))
        if kind is RELATION:
            label = "\n".join(filter(None, (label, value_text(values.pop("how", "")))))
        notes = tuple(f"{name}: {value_text(value)}" for name, value in values.items())
        return Edge(start, end, kind, label, tuple(names), notes, evidence, description=description)

    def _of_classifier(self, element: CNamedElement, start: str) -> Iterator[Edge]:
        """Edges for inheritance, associations, and the metaclasses that a stereotype extends."""
        if not isinstance(element, CClassifier):
            return
        identifiers = self._identifiers
        for superclass in element.superclasses:
            if superclass in identifiers:
                yield Edge(start, identifiers[superclass], INHERITANCE)
        for association in element.associations:
            if association.source is element and association.target in identifiers:
                yield self._association(association, start, identifiers[association.target])
        if isinstance(element, CStereotype):
            for extended in element.extended:
                if extended in identifiers:
                    yield Edge(start, identifiers[extended], LINK, stereotypes=("extends",))

    def _association(self, association: Any, start: str, end: str) -> Edge:
        kind = self._kinds.get(association) or self._kind(association)
        values = association.tagged_values if association.stereotype_instances else {}
        names = tuple(self._shown_names(association.stereotype_instances))
        label = "\n".join(filter(None, (value_text(values.pop("name", "")), association.name)))
        description = _on_one_line(value_text(values.pop("description", ""))) if kind is OPTION else ""
        ends = f"{association.source_multiplicity} → {association.multiplicity}"
        notes = (*(f"{name}: {value_text(value)}" for name, value in values.items()), ends)
        return Edge(start, end, kind, label, names, notes, description=description)

    def _shown_names(self, stereotypes: Iterable[Any]) -> list[str]:
        """The names of stereotypes. An option is known by its arrow."""
        return [each.name for each in stereotypes if each is not self._option and each.name]


def _on_one_line(text: str) -> str:
    """A description may be a text of several indented lines in a module."""
    return " ".join(text.split())
