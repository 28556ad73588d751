"""The content of a rails figure: a decision, its options in declared order, the forces, the relations.

`arrangement` places it; nothing here has a size.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from codeable.diagrams.diagram import Diagram, Edge, Node


@frozen
class Relation:
    """A relation from the solution of an option to another solution.

    Attributes:
        text: Its stereotypes in guillemets, its label and its evidence.
        target: The solution that it leads to.
        number: The number of the first option with that solution; 0 when it is no option.
        edge: The arrow that it is in a graph.
    """

    text: str
    target: Node
    number: int
    edge: Edge


@frozen
class Rail:
    """One option.

    Attributes:
        number: From 1, in the order of declaration.
        text: The text of the option; empty for none.
        node: The solution at its end.
        signs: Key of a force → the signs of the impacts of this solution on it.
        relations: The relations that start at the solution.
        edge: The arrow that it is in a graph.
    """

    number: int
    text: str
    node: Node
    signs: Mapping[str, tuple[str, ...]] = field(hash=False)
    relations: tuple[Relation, ...]
    edge: Edge


@frozen
class Outline:
    """One decision.

    Attributes:
        decision: The decision.
        lines: What the bar says below the question: its category and contexts.
        rails: Its options.
        forces: Key → name of the forces that its options act on, the most frequent first, then as declared.
        left_out: What the figure does not show, each with the way out.
    """

    decision: Node
    lines: tuple[str, ...]
    rails: tuple[Rail, ...]
    forces: Mapping[str, str] = field(hash=False)
    left_out: tuple[str, ...] = ()


def outlines(diagram: Diagram) -> tuple[Outline, ...]:
    """The content of each decision that the diagram draws as rails."""
    content = _Content(diagram)
    return tuple(content.outline(identifier) for identifier in diagram.decisions)


def relation_text(edge: Edge) -> str:
    """The text of a relation on one line."""
    parts = [*(f"«{stereotype}»" for stereotype in edge.stereotypes), edge.label, *edge.notes]
    parts += [f"({edge.evidence})"] if edge.evidence else []
    return " ".join(" ".join(part.split()) for part in parts if part.strip())


class _Content:
    def __init__(self, diagram: Diagram) -> None:
        self._diagram = diagram
        self._nodes = {node.identifier: node for node in diagram.nodes}
        self._options: dict[str, list[Edge]] = {}
        self._relations: dict[str, list[Edge]] = {}
        self._contexts: dict[str, list[Edge]] = {}
        by_kind = {"option": self._options, "relation": self._relations, "context": self._contexts}
        for edge in diagram.edges:
            if edge.kind.key in by_kind:
                by_kind[edge.kind.key].setdefault(edge.source, []).append(edge)

    def outline(self, identifier: str) -> Outline:
        options = self._options.get(identifier, [])
        numbers: dict[str, int] = {}
        for option in options:
            numbers.setdefault(option.target, option.number)
        rails = tuple(self._rail(option, numbers) for option in options)
        return Outline(
            decision=self._nodes[identifier],
            lines=tuple(self._lines(identifier)),
            rails=rails,
            forces=self._forces(rails),
            left_out=tuple(self._left_out(identifier, numbers)),
        )

    def _rail(self, option: Edge, numbers: Mapping[str, int]) -> Rail:
        node = self._nodes[option.target]
        signs: dict[str, tuple[str, ...]] = {}
        for impact in node.impacts:
            signs[impact.key] = (*signs.get(impact.key, ()), impact.sign)
        relations = tuple(
            Relation(relation_text(edge), self._nodes[edge.target], numbers.get(edge.target, 0), edge)
            for edge in self._relations.get(option.target, ())
        )
        text = " ".join(" ".join(part.split()) for part in (option.label, *option.notes) if part.strip())
        return Rail(option.number, text, node, signs, relations, option)

    def _lines(self, identifier: str) -> Iterator[str]:
        for edge in self._contexts.get(identifier, ()):
            target = self._nodes[edge.target]
            yield f"{target.kind.word}: {target.name}"

    def _forces(self, rails: Iterable[Rail]) -> dict[str, str]:
        counts = Counter(key for rail in rails for key in rail.signs)
        declared = [key for key in self._diagram.forces if key in counts]
        return {key: self._diagram.forces[key] for key in sorted(declared, key=lambda key: -counts[key])}

    def _left_out(self, identifier: str, numbers: Mapping[str, int]) -> Iterator[str]:
        """The relations that start at no option, and the forces of solutions that are none."""
        related = {edge.target for number in numbers for edge in self._relations.get(number, ())}
        further = sum(len(self._relations.get(each, ())) for each in related if each not in numbers)
        acting = [self._nodes[each] for each in related if each not in numbers and self._nodes[each].impacts]
        name = self._nodes[identifier].name
        if further:
            yield f"{name}: relations of solutions that are no options are left out; layout=graph draws them"
        if acting:
            yield f"{name}: forces of solutions that are no options are left out; layout=graph draws them"
