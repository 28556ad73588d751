"""The content of a rails figure: a decision, its options in declared order, the forces, the relations.

`arrangement` places it; nothing here has a size.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from codeable.diagrams.advice import Dialect, written
from codeable.diagrams.diagram import Diagram, Edge, Node
from codeable.diagrams.kinds import LINK, next_line
from codeable.text import counted, first_few, shortened

_MOST_NAMES = 3
"""In a message."""


@frozen
class RelatedSolution:
    """A relation from the solution of an option to another solution.

    Attributes:
        text: Its stereotypes in guillemets, its label and its evidence.
        target: The solution that it leads to.
        numbers: The numbers of the options with that solution; none when it is no option.
        edge: The arrow that it is in a graph.
    """

    text: str
    target: Node
    numbers: tuple[int, ...]
    edge: Edge


@frozen
class Rail:
    """One option.

    Attributes:
        number: From 1, in the order of declaration.
        text: The text of the option, and its stereotypes and tagged values on lines of their own; empty for
            none.
        node: The solution at its end.
        signs: Key of a force → the signs of the impacts of this solution on it.
        relations: The relations that start at the solution.
        lines: All else that starts at the solution, such as a next decision.
        edge: The arrow that it is in a graph.
        description: The description of the option, below its text and smaller; empty for none.
    """

    number: int
    text: str
    node: Node
    signs: Mapping[str, tuple[str, ...]] = field(hash=False)
    relations: tuple[RelatedSolution, ...]
    lines: tuple[str, ...]
    edge: Edge
    description: str = ""


@frozen
class Outline:
    """One decision.

    Attributes:
        decision: The decision.
        lines: What the bar says below the question: its category and contexts, what starts at the decision.
        rails: Its options.
        forces: Key → name of the forces that its options act on, the most frequent first, then as declared.
        left_out: What the figure of this decision alone does not show, each with the way out.
    """

    decision: Node
    lines: tuple[str, ...]
    rails: tuple[Rail, ...]
    forces: Mapping[str, str] = field(hash=False)
    left_out: tuple[str, ...] = ()


@frozen
class LooseCode:
    """A code that is in no decision's figure.

    Attributes:
        node: The code.
        lines: What starts at it.
    """

    node: Node
    lines: tuple[str, ...]


def loose_codes(diagram: Diagram) -> tuple[LooseCode, ...]:
    """The codes that are neither a decision nor an option, nor named in the bar of a decision."""
    return tuple(_Content(diagram, "").loose())


def outlines(diagram: Diagram, dialect: Dialect = "python") -> tuple[Outline, ...]:
    """The content of each decision that the diagram draws as rails.

    Args:
        diagram: The diagram.
        dialect: How the user wrote its options, and messages write them.
    """
    content = _Content(diagram, written({"layout": "graph"}, dialect))
    return tuple(content.outline(identifier) for identifier in diagram.decisions)


def relation_lines(relations: Iterable[RelatedSolution]) -> Iterator[str]:
    """Relations as lines in the box at which they start.

    Solutions that are options are named by their numbers, on one line for relations of one text. Each other
    solution has a line of its own, with its name, kind and evidence.
    """
    by_text: dict[str, list[RelatedSolution]] = {}
    for relation in relations:
        by_text.setdefault(relation.text, []).append(relation)
    for text, found in by_text.items():
        numbers = sorted({number for relation in found for number in relation.numbers})
        names = [_described(relation.target) for relation in found if not relation.numbers]
        targets = [", ".join(map(str, numbers))] if numbers else []
        yield from (f"{text} → {target}".strip() for target in (*targets, *dict.fromkeys(names)))


def shown_name(node: Node) -> str:
    """The name of a node on one line; its kind for a node without a name."""
    return " ".join(node.name.split()) or node.kind.word


def _described(node: Node) -> str:
    name = shown_name(node)
    words = ", ".join(word for word in (node.kind.word, node.evidence) if word.strip() and word != name)
    return _with_details(f"{name} ({words})" if words else name, node)


def _with_details(text: str, node: Node) -> str:
    """A text about a node that has no box, with its stereotypes and values."""
    values = "; ".join(" ".join(value.split()) for value in node.values)
    return " ".join((text, *(f"«{each}»" for each in node.stereotypes), *([f"({values})"] if values else [])))


def relation_text(edge: Edge) -> str:
    """The text of a relation on one line."""
    label = ": ".join(text for text in (edge.label, edge.description) if text.strip())
    parts = [*(f"«{stereotype}»" for stereotype in edge.stereotypes), label, *edge.notes]
    parts += [f"({edge.evidence})"] if edge.evidence else []
    return " ".join(" ".join(part.split()) for part in parts if part.strip())


class _Content:
    """What starts at each node of a diagram, and how the outline of a decision says it."""

    def __init__(self, diagram: Diagram, graph: str) -> None:
        self._diagram = diagram
        self._graph = graph
        self._nodes = {node.identifier: node for node in diagram.nodes}
        self._from: dict[str, list[Edge]] = {}
        self._to: dict[str, list[Edge]] = {}
        for edge in diagram.edges:
            self._from.setdefault(edge.source, []).append(edge)
            self._to.setdefault(edge.target, []).append(edge)

    def outline(self, identifier: str) -> Outline:
        options = [edge for edge in self._starting(identifier) if edge.kind.key == "option"]
        numbers: dict[str, tuple[int, ...]] = {}
        for option in options:
            numbers[option.target] = (*numbers.get(option.target, ()), option.number)
        rails = tuple(self._rail(option, numbers) for option in options)
        return Outline(
            decision=self._nodes[identifier],
            lines=tuple(self._bar_lines(identifier, numbers)),
            rails=rails,
            forces=self._forces(rails),
            left_out=tuple(self._left_out(identifier, numbers)),
        )

    def loose(self) -> Iterator[LooseCode]:
        """The codes that are in the figure of no decision, in declared order."""
        drawn = set(self._diagram.decisions)
        for edge in self._diagram.edges:
            if edge.kind.key == "option" and edge.source in self._diagram.decisions:
                drawn.add(edge.target)
        for identifier in tuple(drawn):
            drawn.update(category.identifier for category in self._categories(identifier))
        in_bars = (edge for each in drawn for edge in self._starting(each) if edge.kind.key == "context")
        named = {edge.target for edge in in_bars if not self._starting(edge.target)}
        for node in self._diagram.nodes:
            if node.identifier not in drawn and node.identifier not in named:
                others = [edge for edge in self._starting(node.identifier) if edge.kind.key != "relation"]
                relations = relation_lines(self._relations(node.identifier, {}))
                yield LooseCode(node, (*(self._line(edge, {}) for edge in others), *relations))

    def _categories(self, decision: str) -> list[Node]:
        """The categories that a decision is in."""
        starts = (self._nodes[edge.source] for edge in self._to.get(decision, ()))
        return [node for node in starts if node.kind.key == "category"]

    def _starting(self, identifier: str) -> list[Edge]:
        return self._from.get(identifier, [])

    def _rail(self, option: Edge, numbers: Mapping[str, tuple[int, ...]]) -> Rail:
        node = self._nodes[option.target]
        signs: dict[str, tuple[str, ...]] = {}
        for impact in node.impacts:
            signs[impact.key] = (*signs.get(impact.key, ()), impact.sign)
        texts = (*(f"«{each}»" for each in option.stereotypes), option.label, *option.notes, option.evidence)
        text = "\n".join(" ".join(part.split()) for part in texts if part.strip())
        relations = self._relations(option.target, numbers)
        # The options of a decision that is an option are rails of its own figure, if it has one.
        others = [
            edge for edge in self._starting(option.target) if edge.kind.key != "relation" and not edge.number
        ]
        return Rail(
            option.number,
            text,
            node,
            signs,
            relations,
            tuple(self._line(edge, numbers) for edge in others),
            option,
            option.description,
        )

    def _relations(
        self, identifier: str, numbers: Mapping[str, tuple[int, ...]]
    ) -> tuple[RelatedSolution, ...]:
        return tuple(
            RelatedSolution(relation_text(edge), self._nodes[edge.target], numbers.get(edge.target, ()), edge)
            for edge in self._starting(identifier)
            if edge.kind.key == "relation"
        )

    def _line(self, edge: Edge, numbers: Mapping[str, tuple[int, ...]]) -> str:
        """An arrow that rails do not draw, in words."""
        words, target = relation_text(edge), self._nodes[edge.target]
        if edge.kind.key == "next":
            return next_line(shown_name(target), edge.stereotypes, (edge.label, *edge.notes))
        if edge.kind.key == "context":
            return f"{target.kind.word}: {_with_details(shown_name(target), target)} {words}".rstrip()
        named = ", ".join(map(str, numbers.get(edge.target, ()))) or shown_name(target)
        if edge.kind is LINK and words:  # its own words say more
            return f"{words} {named}" if edge.notes and "→" in edge.notes[-1] else f"{words} → {named}"
        return f"{edge.kind.word} {words}".rstrip() + f" → {named}"

    def _bar_lines(self, identifier: str, numbers: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
        for category in self._categories(identifier):
            yield f"{category.kind.word}: {_with_details(shown_name(category), category)}"
            for each in self._starting(category.identifier):
                if each.kind.key == "context":
                    yield f"{self._line(each, numbers)} ({shown_name(category)})"
        for edge in self._starting(identifier):
            if edge.kind.key not in ("option", "relation"):
                yield self._line(edge, numbers)
        yield from relation_lines(self._relations(identifier, numbers))

    def _forces(self, rails: Iterable[Rail]) -> dict[str, str]:
        counts = Counter(key for rail in rails for key in rail.signs)
        declared = [key for key in self._diagram.forces if key in counts]
        return {key: self._diagram.forces[key] for key in sorted(declared, key=lambda key: -counts[key])}

    def _left_out(self, decision: str, numbers: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
        """What a graph shows of the solutions that are no options: what starts at them, and their forces."""
        others = [self._nodes[each] for each in self._related(decision, numbers) if each != decision]
        further = [node for node in others if self._starting(node.identifier)]
        if further:
            number = sum(len(self._starting(node.identifier)) for node in further)
            drawn_there = f"{self._graph} draws {'it' if number == 1 else 'them'}"
            yield f"rails leave out {counted(number, 'relation')} of {_no_options(further)}; {drawn_there}"
        drawn = self._drawn_targets(numbers)
        acting = [node for node in others if node.impacts and node.identifier not in drawn]
        if acting:
            yield f"rails leave out the forces of {_no_options(acting)}; {self._graph} draws them"

    def _drawn_targets(self, numbers: Mapping[str, tuple[int, ...]]) -> set[str]:
        """The solutions that have boxes because options lead to them."""
        if self._diagram.options.relations != "graph":
            return set()
        starting = (edge for each in numbers for edge in self._starting(each))
        return {edge.target for edge in starting if edge.kind.key == "relation"}

    def _related(self, decision: str, numbers: Mapping[str, tuple[int, ...]]) -> dict[str, None]:
        """The contexts, and the solutions that relations lead to, directly or not; no options."""
        found: dict[str, None] = {}
        pending = [decision, *numbers]
        for identifier in pending:
            for edge in self._starting(identifier):
                leads = edge.kind.key in ("relation", "context")
                if leads and edge.target not in found and edge.target not in numbers:
                    found[edge.target] = None
                    pending.append(edge.target)
        return found


def _no_options(nodes: Sequence[Node]) -> str:
    """The names of solutions that are no options, with these words behind them."""
    names = first_few([f"“{shortened(shown_name(node))}”" for node in nodes], _MOST_NAMES)
    return f"{names}, which {'is no option' if len(nodes) == 1 else 'are no options'}"
