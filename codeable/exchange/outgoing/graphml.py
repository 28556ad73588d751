"""Writes the graph of a study as GraphML, which Gephi, yEd, Cytoscape, igraph and networkx read.

Source: http://graphml.graphdrawing.org/specification.html. An attribute has one type in the whole file; where
its values differ in their types, all are texts.
"""

from collections.abc import Iterator, Mapping, Sequence

from codeable.coded.coded_study import CodedStudy, different
from codeable.exchange.exported import Exported, ExportOptions, file_name
from codeable.exchange.outgoing.graph import Attribute, graph_of
from codeable.exchange.outgoing.xml_text import xml_attribute, xml_losses, xml_text, xml_token

_TYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "long", float: "double"}
_LARGEST = 2**63
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by codeable -->
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"\
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns\
 http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"""

_Attributes = Mapping[str, Attribute]


def export_graphml(study: CodedStudy, _: ExportOptions) -> Exported:
    """The graph of a study: codes and sources with their attributes, links and evidence."""
    graph = graph_of(study)
    names = different(xml_token(node.name) for node in graph.nodes)
    name_of = {node.name: name for node, name in zip(graph.nodes, names, strict=True)}
    of_nodes = _Keys("node", "n", [node.attributes for node in graph.nodes])
    of_edges = _Keys("edge", "e", [edge.attributes for edge in graph.edges])
    lines = [_HEAD, *of_nodes.lines(), *of_edges.lines()]
    lines.append(f'  <graph id={xml_attribute(xml_token(graph.name))} edgedefault="directed">')
    for node in graph.nodes:
        lines.append(f"    <node id={xml_attribute(name_of[node.name])}>")
        lines += of_nodes.data(node.attributes)
        lines.append("    </node>")
    for number, edge in enumerate(graph.edges, 1):
        source, target = (xml_attribute(name_of[end]) for end in (edge.source, edge.target))
        lines.append(f'    <edge id="e{number}" source={source} target={target}>')
        lines += of_edges.data(edge.attributes)
        lines.append("    </edge>")
    data = "\n".join([*lines, "  </graph>", "</graphml>", ""]).encode()
    every = [*(node.attributes for node in graph.nodes), *(edge.attributes for edge in graph.edges)]
    texts = (text for each in every for pair in each.items() for text in pair if isinstance(text, str))
    lost = (*graph.not_taken_over, *xml_losses(texts))
    return Exported({file_name(graph.name, ".graphml"): data}, lost, study.messages)


class _Keys:
    """The declarations of the attributes of nodes, or of edges."""

    def __init__(self, of: str, start: str, every: Sequence[_Attributes]) -> None:
        self._of = of
        types: dict[str, str] = {}
        for name, value in (pair for each in every for pair in each.items()):
            known = types.setdefault(name, _type_of(value))
            if known != _type_of(value):
                types[name] = "string"
        self._types = types
        self._keys = {name: f"{start}{number}" for number, name in enumerate(types, 1)}

    def lines(self) -> Iterator[str]:
        for name, key in self._keys.items():
            yield (
                f'  <key id="{key}" for="{self._of}" attr.name={xml_attribute(name)}'
                f' attr.type="{self._types[name]}"/>'
            )

    def data(self, attributes: _Attributes) -> Iterator[str]:
        for name, value in attributes.items():
            text = str(value).lower() if self._types[name] == "boolean" else str(value)
            yield f'      <data key="{self._keys[name]}">{xml_text(text)}</data>'


def _type_of(value: Attribute) -> str:
    if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        return "string"
    return next(name for known, name in _TYPES.items() if type(value) is known)
