"""The legend: what the shapes, lines and signs of a figure mean, of those that occur in it."""

from collections.abc import Iterable, Iterator

from codeable.diagrams.diagram import Edge, EdgeKind, LegendEntry, Node, NodeKind
from codeable.diagrams.edges import EDGE_KINDS
from codeable.diagrams.impact_signs import MEANINGS
from codeable.diagrams.node_kinds import EMPTY, NODE_KINDS

__all__ = ["legend"]


def legend(nodes: Iterable[Node], edges: Iterable[Edge]) -> tuple[LegendEntry, ...]:
    """The entries for what occurs, in an order that is the same in every figure."""
    node_kinds = set({id(node.kind): node.kind for node in nodes}.values())
    edge_kinds = set({id(edge.kind): edge.kind for edge in edges}.values())
    signs = {impact.sign for node in nodes for impact in node.impacts}
    signs.update(edge.label for edge in edges if edge.kind.key == "impact")
    return (*_of_nodes(node_kinds), *_of_edges(edge_kinds), *_of_signs(signs))


def _of_nodes(occurring: set[NodeKind]) -> Iterator[LegendEntry]:
    """The vocabulary's kinds; a kind of the study's own, which looks like one of them, says its own word."""
    known = [kind for kind in NODE_KINDS if kind in occurring]
    own = sorted(occurring.difference(NODE_KINDS, [EMPTY]), key=lambda kind: (kind.key, kind.word))
    for kind in (*known, *own):
        if kind.word:
            yield LegendEntry("node", kind.key, kind.word)


def _of_edges(occurring: set[EdgeKind]) -> Iterator[LegendEntry]:
    for kind in EDGE_KINDS:
        if kind in occurring:
            yield LegendEntry("edge", kind.key, kind.word)


def _of_signs(occurring: set[str]) -> Iterator[LegendEntry]:
    for sign, meaning in MEANINGS.items():
        if sign in occurring:
            yield LegendEntry("sign", sign, meaning)
