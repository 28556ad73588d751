"""A study as a graph: codes and sources are nodes; options, impacts, relations and evidence are edges.

The writer of GraphML and `Study.to_networkx` take it.
"""

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from codeable.coded.coded_study import Code, CodedStudy, different
from codeable.exchange.outgoing.study_links import project_links, superclass_codes
from codeable.exchange.project import NotTakenOver, ProjectLink
from codeable.kernel import CClass, CLink, CNamedElement
from codeable.notes.code_chain import SourceEvidence
from codeable.registry.values import attribute_text, given_values, stereotype_names, value_text

Attribute = str | int | float | bool
"""The value of an attribute, as every reader of graphs knows it."""


@frozen
class GraphNode:
    """A code or a source.

    Attributes:
        name: Its name in the graph, which no other node has: the identifier, where there is one.
        attributes: Name → value: "label" and "kind", the number of its sources or codes, its own values.
    """

    name: str
    attributes: Mapping[str, Attribute] = field(repr=False)


@frozen
class GraphEdge:
    """A directed edge.

    Attributes:
        source: The name of the node where it starts.
        target: The name of the node where it leads.
        attributes: Name → value: "label", "kind" ("option", "impact", "relation", "next decision",
            "super-code", "evidence", or "link"), and what the kind has.
    """

    source: str
    target: str
    attributes: Mapping[str, Attribute] = field(repr=False)


@frozen
class StudyGraph:
    """The graph of a study.

    Attributes:
        name: The name of the study.
        nodes: The codes in the order of the study, then the sources.
        edges: The edges, those that end at a code in its order.
        not_taken_over: What of the study is not in it.
    """

    name: str
    nodes: tuple[GraphNode, ...] = field(repr=False)
    edges: tuple[GraphEdge, ...] = field(repr=False)
    not_taken_over: tuple[NotTakenOver, ...] = ()


def graph_of(study: CodedStudy) -> StudyGraph:
    """The graph of a study.

    Nodes are the codes that the modules declare and the sources. Evidence leads from a source to a code, with
    the number of passages. Evidence for a relation is in the attributes of its edge.

    Example:
        >>> from codeable.dsl import *
        >>> from codeable.registry import Registry
        >>> s1, bus = CClass(source, "s1"), CClass(pattern, "Event Bus")
        >>> _ = add_links({s1: bus}, role_name="contained_code")
        >>> graph = graph_of(CodedStudy(Registry.of({"s1": s1, "bus": bus})))
        >>> graph.nodes[0].attributes
        {'label': 'Event Bus', 'kind': 'pattern', 'sources': 1, 'passages': 0}
        >>> graph.edges[0].source, graph.edges[0].target, graph.edges[0].attributes["kind"]
        ('s1', 'bus', 'evidence')
    """
    codes = [code for code in study.codes if isinstance(code.element, CClass)]
    names = different([*(code.name for code in codes), *study.source_names])
    node_of = dict(
        zip(
            [*(code.element for code in codes), *(each.element for each in study.sources)], names, strict=True
        )
    )
    nodes = [_code(node_of[code.element], code) for code in codes]
    nodes += [_source(study, node_of[each.element], each.element) for each in study.sources]
    by_code = {code: node_of.get(code.element, code.name) for code in study.codes}
    links, missed = project_links(study, by_code)
    edges = [
        GraphEdge(by_code[code], by_code[above], {"label": "specialises", "kind": "super-code"})
        for code in codes
        for above in superclass_codes(study, code)[:1]
    ]
    relations = {code.name: code for code in study.codes if isinstance(code.element, CLink)}
    edges += [_link(each, relations.get(each.code or "")) for each in links]
    edges += [
        _evidence(node_of[study.named_sources[source].element], by_code[code], code, source)
        for code in codes
        for source in code.sources
    ]
    return StudyGraph(study.registry.settings.name, tuple(nodes), tuple(edges), missed)


def _code(name: str, code: Code) -> GraphNode:
    counts = {"sources": len(code.sources), "passages": len(code.passages)}
    return GraphNode(name, _attributes(code.title, code.kind, counts, code.element))


def _source(study: CodedStudy, name: str, element: CNamedElement) -> GraphNode:
    codes = study.registry.codes_of(element)
    label = attribute_text(element, "title") or study.title_of(element)
    return GraphNode(name, _attributes(label, "source", {"codes": len(codes)}, element))


def _attributes(
    label: str, kind: str, counts: Mapping[str, int], element: CNamedElement
) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {"label": label, "kind": kind, **counts}
    for name, value in _values(element):
        found[name if name not in found else f"{name} (value)"] = value
    return found


def _values(element: CNamedElement) -> Iterator[tuple[str, Attribute]]:
    """The values of an element, without empty texts; a list as a text."""
    stereotypes = stereotype_names(element) if isinstance(element, CClass) else []
    if stereotypes:
        yield "stereotypes", ", ".join(stereotypes)
    for name, value in given_values(element):
        given = value if isinstance(value, str | int | float | bool) else value_text(value)
        if given != "":
            yield name, given


def _link(link: ProjectLink, relation: Code | None) -> GraphEdge:
    found: dict[str, Attribute] = {"label": link.name, "kind": link.kind or "link"}
    name = {"option": "text", "impact": "impact"}.get(link.kind, "stereotypes")
    if link.text:
        found[name] = link.text
    found |= {key: value for key, value in link.values.items() if value and key not in found}
    if relation is not None:
        found |= {"sources": len(relation.sources), "passages": len(relation.passages)}
        found |= {"evidence": ", ".join(relation.sources)} if relation.sources else {}
    return GraphEdge(link.origin, link.target, found)


def _evidence(source: str, target: str, code: Code, source_name: str) -> GraphEdge:
    found = next((each for each in code.in_notes if each.source == source_name), None)
    return GraphEdge(source, target, _passages(found))


def _passages(evidence: SourceEvidence | None) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {"kind": "evidence", "passages": len(evidence.passages) if evidence else 0}
    coders = evidence.coders if evidence else ()
    return found | ({"coders": ", ".join(coders)} if coders else {})
