"""A diagram in sentences, for readers who cannot see it. Called by `build`."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from codeable.diagrams.diagram import Edge, Node
from codeable.text import counted

_MOST_EDGES_DESCRIBED = 80
_MOST_NODES_DESCRIBED = 40
_VERBS = {"option": "has the option", "next": "is followed by", "impact": "acts on", "context": "is about"}


def describe(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """The diagram in sentences: its size, its arrows grouped by their start, the forces of its solutions.

    Only the first arrows and forces of a very large diagram are described.
    """
    if nodes[0].kind.key == "empty":
        return nodes[0].name
    size = f"{counted(len(nodes), 'box', 'boxes')}, {counted(len(edges), 'arrow')}."
    return " ".join([size, *_described_edges(nodes, edges), *_described_forces(nodes)])


def _described_edges(nodes: Sequence[Node], edges: Sequence[Edge]) -> Iterator[str]:
    names = {node.identifier: node.name for node in nodes} if edges else {}
    grouped = groupby(edges[:_MOST_EDGES_DESCRIBED], key=lambda edge: (edge.source, _verb(edge)))
    for (source, verb), group in grouped:
        targets = (
            f"{names[edge.target]} ({edge.label})" if edge.label else names[edge.target] for edge in group
        )
        yield f"{names[source]} – {verb}: {'; '.join(targets)}."
    if len(edges) > _MOST_EDGES_DESCRIBED:
        yield f"And {counted(len(edges) - _MOST_EDGES_DESCRIBED, 'more arrow')}."


def _verb(edge: Edge) -> str:
    return ", ".join(edge.stereotypes) or _VERBS.get(edge.kind.key, edge.kind.word)


def _described_forces(nodes: Sequence[Node]) -> Iterator[str]:
    for node in islice((node for node in nodes if node.impacts), _MOST_NODES_DESCRIBED):
        impacts = ", ".join(f"{impact.sign} {impact.force}" for impact in node.impacts)
        yield f"{node.name} – forces: {impacts}."
