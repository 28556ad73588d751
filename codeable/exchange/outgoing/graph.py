"""A study as a graph: its classes are nodes; options, impacts, relations, evidence and other links are edges.

The writer of GraphML takes it, and `Study.to_networkx`.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from codeable.coded.coded_study import Code, CodedStudy, different
from codeable.errors import CodeableError
from codeable.exchange.exported import with_values
from codeable.exchange.outgoing.study_links import nearest_superclasses
from codeable.exchange.project import NotTakenOver
from codeable.kernel import CClass, CLink, CNamedElement
from codeable.registry.values import attribute_text, given_values, stereotype_names, value_text

if TYPE_CHECKING:
    import networkx

Attribute = str | int | float | bool
"""The value of an attribute, as every reader of graphs knows it."""
_RESERVED = ("id", "label", "kind", "sources", "passages", "codes", "stereotypes", "source", "target", "key")
"""Names of attributes that mean something here, or to readers of graphs, such as the ends of an edge."""


@frozen
class GraphNode:
    """A code, a source, or another class.

    Attributes:
        name: Its name in the graph, which no other node has: the identifier, where there is one.
        attributes: Name → value: "label" and "kind", its counts, its own values.
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
            "specialises", "evidence", or "link"), and what the kind has.
    """

    source: str
    target: str
    attributes: Mapping[str, Attribute] = field(repr=False)


@frozen
class StudyGraph:
    """The graph of a study.

    Attributes:
        name: The name of the study.
        nodes: The codes in the order of the study, then the sources, then the other classes.
        edges: The edges: what specialises what, the links, the evidence.
        not_taken_over: What of the study is not in it.
    """

    name: str
    nodes: tuple[GraphNode, ...] = field(repr=False)
    edges: tuple[GraphEdge, ...] = field(repr=False)
    not_taken_over: tuple[NotTakenOver, ...] = ()


def graph_of(study: CodedStudy) -> StudyGraph:
    """The graph of a study.

    Nodes are all classes that the modules declare. Evidence leads from a source to a code, with the number of
    passages. Evidence for a relation is in the attributes of its edge.

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
    named = {code.element: code.name for code in codes}
    named |= {each.element: name for name, each in study.named_sources.items()}
    others = [each for each in study.registry.declarations if isinstance(each.element, CClass)]
    named |= {each.element: study.name_of(each.element) for each in others if each.element not in named}
    node_of = dict(zip(named, different(named.values()), strict=True))
    nodes = tuple(GraphNode(name, _attributes(study, element)) for element, name in node_of.items())
    edges = [*_specialised(node_of), *_links(study, node_of)]
    edges += [
        GraphEdge(
            node_of[study.named_sources[source].element], node_of[code.element], _evidence(code, source)
        )
        for code in codes
        for source in code.sources
    ]
    missed = tuple(_not_taken_over(study, node_of))
    return StudyGraph(study.registry.settings.name, nodes, tuple(edges), missed)


def networkx_graph(graph: StudyGraph) -> "networkx.MultiDiGraph":
    """The graph of a study as a `networkx.MultiDiGraph`.

    Raises:
        CodeableError: networkx is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise CodeableError(
            "to_networkx() needs networkx: install it with `pip install 'codeable[exchange]'`"
        ) from error
    made = networkx.MultiDiGraph(name=graph.name)
    for node in graph.nodes:
        made.add_node(node.name, **node.attributes)
    for edge in graph.edges:
        made.add_edge(edge.source, edge.target, **edge.attributes)
    return made


def _attributes(study: CodedStudy, element: CClass) -> dict[str, Attribute]:
    kind, code = study.registry.kind_of(element), study.code_of.get(element)
    found: dict[str, Attribute] = {"label": study.title_of(element), "kind": kind}
    if code is not None:
        found |= {"sources": len(code.sources), "passages": len(code.passages)}
    if kind == "source":
        found["label"] = attribute_text(element, "title") or study.title_of(element)
        found["codes"] = len(study.registry.codes_of(element))
    stereotypes = stereotype_names(element)
    if stereotypes:
        found["stereotypes"] = ", ".join(stereotypes)
    return with_values(found, _values(element), _RESERVED)


def _values(element: CClass | CLink) -> Iterator[tuple[str, Attribute]]:
    """The values of an element, without empty texts; a list as a text."""
    for name, value in given_values(element):
        given = value if isinstance(value, str | int | float | bool) else value_text(value)
        if given != "":
            yield name, given


def _specialised(node_of: Mapping[CNamedElement, str]) -> Iterator[GraphEdge]:
    """What specialises what; a class that has no node may be between two that have one."""
    for element, name in node_of.items():
        for above in nearest_superclasses(element, node_of):
            yield GraphEdge(name, node_of[above], {"label": "specialises", "kind": "specialises"})


def _links(study: CodedStudy, node_of: Mapping[CNamedElement, str]) -> Iterator[GraphEdge]:
    """The links between nodes, without those that say that a source is evidence."""
    evidence = getattr(study.registry.vocabulary, "contains_codes_relation", None)
    for element in node_of:
        for each in study.registry.links_of(element):
            link = each.link
            if link is None or link.source is not element or link.association is evidence:
                continue
            if link.target in node_of:
                yield GraphEdge(node_of[link.source], node_of[link.target], _link(study, link))


def _link(study: CodedStudy, link: CLink) -> dict[str, Attribute]:
    kind = study.registry.kind_of(link)
    values = dict(_values(link))
    stereotypes = ", ".join(stereotype_names(link))
    text = str(values.pop("name", "")) if kind == "option" else stereotypes
    association = str(link.association.name or link.association.role_name or "")
    parts = (text or association, str(values.get("how", "")), str(link.label or ""))
    found: dict[str, Attribute] = {"label": ": ".join(filter(None, parts)), "kind": kind}
    if text:
        found[{"option": "text", "impact": "impact"}.get(kind, "stereotypes")] = text
    code = study.code_of.get(link)
    if code is not None:
        found |= {"sources": len(code.sources), "passages": len(code.passages)}
        found |= {"evidence": ", ".join(code.sources)} if code.sources else {}
    return with_values(found, values.items(), _RESERVED)


def _evidence(code: Code, source: str) -> dict[str, Attribute]:
    evidence = next((each for each in code.in_notes if each.source == source), None)
    found: dict[str, Attribute] = {"kind": "evidence", "passages": len(evidence.passages) if evidence else 0}
    coders = evidence.coders if evidence is not None else ()
    return found | ({"coders": ", ".join(coders)} if coders else {})


def _not_taken_over(study: CodedStudy, node_of: Mapping[CNamedElement, str]) -> Iterator[NotTakenOver]:
    """Objects and bundles; relations that are codes and have no edge."""
    for what, kind, is_loss in (("objects", "object", True), ("bundles", "bundle", False)):
        named = (each.short_name for each in study.registry.declarations if each.kind == kind)
        reason = "the graph has classes; `codeable export json` has them"
        yield from NotTakenOver.of_names(what, named, reason, is_loss=is_loss)
    links = [code for code in study.codes if isinstance(code.element, CLink)]
    lost = (code.name for code in links if not {code.element.source, code.element.target} <= node_of.keys())
    yield from NotTakenOver.of_names("relations", lost, "no module binds an end of them to a name")
