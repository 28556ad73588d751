"""A figure in sentences, for somebody who cannot see it."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from codeable.diagrams.diagram import Edge, Node

__all__ = ["describe"]

_MOST_ARROWS = 80
_MOST_BOXES = 40
_WORDS = {"option": "has the option", "next": "is followed by", "impact": "acts on", "context": "is about"}


def describe(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """The size of the figure, its arrows by the node that they start at, the forces of its solutions.

    Of a very large figure only the first arrows and forces are told.
    """
    if nodes[0].kind.key == "empty":
        return nodes[0].name
    size = f"{_count(len(nodes), 'box', 'boxes')}, {_count(len(edges), 'arrow', 'arrows')}."
    return " ".join([size, *_arrows(nodes, edges), *_forces(nodes)])


def _arrows(nodes: Sequence[Node], edges: Sequence[Edge]) -> Iterator[str]:
    names = {node.identifier: node.name for node in nodes} if edges else {}
    for (source, words), group in groupby(edges[:_MOST_ARROWS], key=lambda edge: (edge.source, _words(edge))):
        targets = (
            f"{names[edge.target]} ({edge.label})" if edge.label else names[edge.target] for edge in group
        )
        yield f"{names[source]} – {words}: {'; '.join(targets)}."
    if len(edges) > _MOST_ARROWS:
        yield f"And {_count(len(edges) - _MOST_ARROWS, 'more arrow', 'more arrows')}."


def _words(edge: Edge) -> str:
    return ", ".join(edge.stereotypes) or _WORDS.get(edge.kind.key, edge.kind.word)


def _forces(nodes: Sequence[Node]) -> Iterator[str]:
    for node in islice((node for node in nodes if node.impacts), _MOST_BOXES):
        impacts = ", ".join(f"{impact.sign} {impact.force}" for impact in node.impacts)
        yield f"{node.name} – forces: {impacts}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
