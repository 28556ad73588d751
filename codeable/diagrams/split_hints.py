"""How a figure that is too large can become two: a proposal in the words of a study's module."""

from collections.abc import Iterable

from codeable.diagrams.diagram import Diagram

__all__ = ["split_across", "split_along"]

_MOST_NAMES = 6


def split_across(diagram: Diagram) -> str:
    """How to make a figure less deep: relations get a figure of their own, or a chain is cut in two."""
    relations = [edge for edge in diagram.edges if edge.kind.key == "relation"]
    if relations and any(edge.kind.key == "option" for edge in diagram.edges):
        bundle = _bundle(
            diagram, "relations", (end for edge in relations for end in (edge.source, edge.target))
        )
        return f"draw it with relations=false, and the relations in a bundle of their own, such as {bundle}"
    depth = _depths(diagram)
    border = (max(depth.values(), default=0) + 1) // 2
    if border == 0:
        return split_along(diagram, 2)
    first = _bundle(diagram, "1", (each for each, deep in depth.items() if deep <= border))
    second = _bundle(diagram, "2", (each for each, deep in depth.items() if deep >= border))
    return f"split the view into two bundles, such as {first} and {second}"


def split_along(diagram: Diagram, parts: int) -> str:
    """How to make a figure less long: several parts that all have what everything starts at."""
    targets = {edge.target for edge in diagram.edges}
    starts = [edge.source for edge in diagram.edges if edge.source not in targets]
    others = [node.identifier for node in diagram.nodes if node.identifier not in starts]
    if len(others) < parts:
        return "its boxes are too few to be split: give them shorter texts"
    size = -(-len(others) // parts)
    first = _bundle(diagram, "1", [*starts, *others[:size]])
    return f"split the view into {parts} bundles of about {size} boxes each, the first such as {first}"


def _bundle(diagram: Diagram, part: str, identifiers: Iterable[str]) -> str:
    chosen = set(identifiers)
    names = [_named(node.identifier, node.name) for node in diagram.nodes if node.identifier in chosen]
    more = ", ..." if len(names) > _MOST_NAMES else ""
    return f'CBundle("{diagram.name} {part}", elements=[{", ".join(names[:_MOST_NAMES])}{more}])'


def _named(identifier: str, name: str) -> str:
    variable = identifier.removeprefix("n_")
    return repr(name) if variable.isdigit() else variable


def _depths(diagram: Diagram) -> dict[str, int]:
    """The length of the longest way to each node, without the arrows that close a circle."""
    after: dict[str, dict[str, None]] = {node.identifier: {} for node in diagram.nodes}
    for edge in diagram.edges:
        if edge.target != edge.source:
            after[edge.source][edge.target] = None
    depth = dict.fromkeys(after, 0)
    for identifier in reversed(_left_in_order(after)):
        for target in after[identifier]:
            depth[target] = max(depth[target], depth[identifier] + 1)
    return depth


def _left_in_order(after: dict[str, dict[str, None]]) -> list[str]:
    """The nodes as a depth-first search leaves them; arrows that close a circle are removed."""
    left: dict[str, None] = {}
    entered: set[str] = set()
    for start in after:
        if start in entered:
            continue
        entered.add(start)
        stack = [(start, iter(tuple(after[start])))]
        while stack:
            node, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                left[node] = None
                stack.pop()
            elif target not in entered:
                entered.add(target)
                stack.append((target, iter(tuple(after[target]))))
            elif target not in left:
                del after[node][target]
    return list(left)
