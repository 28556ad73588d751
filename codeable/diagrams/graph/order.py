"""The structure of a graph: its connected parts, its boxes without an arrow, the arrows that close a cycle.

Called by `dot`, which gives Graphviz the order of the declarations, and by `split_hints`.
"""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from codeable.diagrams.diagram import Edge, Node


@frozen
class GraphOrder:
    """The structure of a graph, everything in the order of declaration.

    Attributes:
        parts: The identifiers of each connected part of at least two boxes.
        alone: Identifiers of the boxes without an arrow to another box.
        closing: Positions of the edges that close a cycle; an edge from a box to itself is none.
        depth_first: The identifiers of the boxes with arrows, each followed by those that it leads to.
    """

    parts: tuple[tuple[str, ...], ...]
    alone: tuple[str, ...]
    closing: frozenset[int]
    depth_first: tuple[str, ...]


def graph_order(nodes: Sequence[Node], edges: Sequence[Edge]) -> GraphOrder:
    """Find the structure of a graph.

    Example:
        >>> from codeable.diagrams.kinds import LINK, NODE_KINDS
        >>> nodes = [Node(name, NODE_KINDS[0], name) for name in "abc"]
        >>> order = graph_order(nodes, [Edge("a", "b", LINK), Edge("b", "a", LINK)])
        >>> order.parts, order.alone, sorted(order.closing)
        ((('a', 'b'),), ('c',), [1])
    """
    identifiers = [node.identifier for node in nodes]
    parts = list(_connected(identifiers, edges))
    closing, entered = _depth_first(identifiers, edges)
    alone = tuple(part[0] for part in parts if len(part) == 1)
    lonely = set(alone)
    return GraphOrder(
        tuple(tuple(part) for part in parts if len(part) > 1),
        alone,
        closing,
        tuple(identifier for identifier in entered if identifier not in lonely),
    )


def _connected(identifiers: Iterable[str], edges: Iterable[Edge]) -> Iterator[list[str]]:
    above = {identifier: identifier for identifier in identifiers}

    def root(identifier: str) -> str:
        while above[identifier] != identifier:
            above[identifier] = identifier = above[above[identifier]]
        return identifier

    for edge in edges:
        above[root(edge.target)] = root(edge.source)
    parts: dict[str, list[str]] = {}
    for identifier in above:
        parts.setdefault(root(identifier), []).append(identifier)
    yield from parts.values()


def _depth_first(identifiers: Sequence[str], edges: Sequence[Edge]) -> tuple[frozenset[int], list[str]]:
    """The edges that close a cycle, and the boxes in the order in which a depth-first search finds them."""
    after: dict[str, list[tuple[int, str]]] = {identifier: [] for identifier in identifiers}
    for position, edge in enumerate(edges):
        if edge.source != edge.target:
            after[edge.source].append((position, edge.target))
    targets = {edge.target for edge in edges if edge.source != edge.target}
    starts = sorted(identifiers, key=lambda identifier: identifier in targets)
    closing: set[int] = set()
    entered: dict[str, None] = {}
    left: set[str] = set()
    for start in starts:
        if start in entered:
            continue
        entered[start] = None
        stack = [(start, iter(after[start]))]
        while stack:
            identifier, following = stack[-1]
            position, target = next(following, (-1, identifier))
            if position < 0:
                left.add(identifier)
                stack.pop()
            elif target not in entered:
                entered[target] = None
                stack.append((target, iter(after[target])))
            elif target not in left:
                closing.add(position)
    return frozenset(closing), list(entered)
