"""Splits a graph that is too large for one figure into bundles. Called by `fitting` and by `render`."""

from collections.abc import Collection

from attrs import evolve

from codeable.diagrams.diagram import Diagram
from codeable.diagrams.graph.order import graph_order

_MOST_NAMES = 6


def split_boxes(diagram: Diagram, count: int) -> list[tuple[str, ...]]:
    """The identifiers of the boxes of each bundle, in the order of the diagram.

    Neighbours stay together. A bundle has also the boxes of which arrows lead into it, so a decision is in
    each bundle with some of its options. The result may have fewer bundles, and is empty where a bundle
    would be as large as the diagram.
    """
    order = graph_order(diagram.nodes, diagram.edges)
    before: dict[str, set[str]] = {}
    for edge in diagram.edges:
        if edge.source != edge.target:
            before.setdefault(edge.target, set()).add(edge.source)
    # A box at which others start is in their bundles; alone in a bundle it would show nothing.
    starts = {edge.source for edge in diagram.edges} - before.keys()
    boxes = [box for box in (*order.depth_first, *order.alone) if box not in starts]
    if len(boxes) < count:
        return []
    size = -(-len(boxes) // count)
    bundles = []
    for at in range(0, len(boxes), size):
        chosen = set(boxes[at : at + size])
        chosen.update(*(before.get(box, ()) for box in boxes[at : at + size]))
        bundles.append(tuple(node.identifier for node in diagram.nodes if node.identifier in chosen))
    return bundles if max(map(len, bundles)) < len(diagram.nodes) else []


def restricted(diagram: Diagram, identifiers: Collection[str]) -> Diagram:
    """The diagram with these boxes and the arrows between them."""
    chosen = set(identifiers)
    return evolve(
        diagram,
        nodes=tuple(node for node in diagram.nodes if node.identifier in chosen),
        edges=tuple(edge for edge in diagram.edges if {edge.source, edge.target} <= chosen),
    )


def split_advice(diagram: Diagram, count: int) -> str:
    """Proposes how to make a figure smaller: bundles of some of its boxes each."""
    return advice_of(diagram, split_boxes(diagram, count))


def advice_of(diagram: Diagram, bundles: list[tuple[str, ...]]) -> str:
    """The advice to split a view into these bundles; shorter texts where there are none."""
    if not bundles:
        return "its boxes are too few to be split: give them shorter texts"
    first, second = (_bundle(diagram, number, bundles[number - 1]) for number in (1, 2))
    if len(bundles) == 2:
        return f"split the view into two bundles, such as {first} and {second}"
    size = max(map(len, bundles))
    return (
        f"split the view into {len(bundles)} bundles of at most {size} boxes each, the first such as {first}"
    )


def _bundle(diagram: Diagram, number: int, identifiers: Collection[str]) -> str:
    names = [_named(node.identifier, node.name) for node in diagram.nodes if node.identifier in identifiers]
    more = ", ..." if len(names) > _MOST_NAMES else ""
    return f'CBundle("{diagram.name} {number}", elements=[{", ".join(names[:_MOST_NAMES])}{more}])'


def _named(identifier: str, name: str) -> str:
    variable = identifier.removeprefix("n_")
    return repr(name) if variable.isdigit() else variable
