"""The arrows of a graph in DOT. A text is a box of its own on its arrow. Called by `dot`."""

from collections import Counter
from collections.abc import Iterator

from codeable.diagrams.diagram import Diagram, Edge
from codeable.diagrams.dot_escape import attribute
from codeable.diagrams.dot_styles import edge_style
from codeable.diagrams.graph.labels import RAIL, edge_label, rail_width
from codeable.diagrams.styles import EdgeStyle

_CROWD = 3
"""Number of arrows to one box that end at one point of it."""
_STRAIGHT = 8
"""Weight of the piece of an arrow from its text to its target, so that it is straight where it can be."""
_STRAIGHTEST = 64
"""The same for an option, so that solutions keep the order of their texts where relations allow it."""


def edges_dot(diagram: Diagram, figure: str, closing: frozenset[int]) -> Iterator[str]:
    """The lines for all arrows.

    An arrow with a text is two pieces and a box between them that has no border. From left to right the
    lower border of this box is a piece of the arrow, so the text is directly above its own line, and no
    other arrow comes near it. From top to bottom the box interrupts the arrow.

    Args:
        diagram: The diagram.
        figure: The identifier of the figure, with which those of its arrows start.
        closing: Positions of the edges that close a cycle. They are written from target to source, so that
            the pieces of an arrow are on both sides of its text.
    """
    return _EdgeWriter(diagram, figure, closing).lines()


class _EdgeWriter:
    def __init__(self, diagram: Diagram, figure: str, closing: frozenset[int]) -> None:
        self._diagram = diagram
        self._figure = figure
        self._closing = closing
        self._ends = Counter(end for _, end in map(self._direction, range(len(diagram.edges))))
        self._rails: dict[str, int] = {}
        """Box → width of the rails that start at it; empty where no text has a rail."""

        if diagram.options.direction == "LR":
            for edge in diagram.edges:
                self._rails[edge.source] = max(self._rails.get(edge.source, 0), rail_width(edge, diagram))

    def lines(self) -> Iterator[str]:
        beside: dict[str, list[str]] = {}
        for position, edge in enumerate(self._diagram.edges):
            is_loop = edge.source == edge.target
            label = edge_label(edge, self._diagram, rail=None if is_loop else self._rails.get(edge.source))
            if not label or is_loop:
                yield self._whole(position, edge, label)
                continue
            start, _ = self._direction(position)
            beside.setdefault(start, []).append(_box(position))
            yield from self._in_pieces(position, edge, label)
        # The texts on the arrows of one box begin at one line, however far its targets are.
        yield from (f"  {{rank=same; {'; '.join(boxes)}}}" for boxes in beside.values() if len(boxes) > 1)

    def _direction(self, position: int) -> tuple[str, str]:
        """The boxes from which and to which an arrow is written."""
        edge = self._diagram.edges[position]
        if position in self._closing:
            return edge.target, edge.source
        return edge.source, edge.target

    def _whole(self, position: int, edge: Edge, label: str) -> str:
        """An arrow without a text, or from a box to itself."""
        start, end = self._direction(position)
        drawn = edge_style(self._style(edge), backwards=position in self._closing)
        text = f" label={label}" if label else ""
        # Arrows from many boxes have room to come together.
        length = " minlen=2" if start != end and self._ends[end] >= _CROWD else ""
        return f"  {start} -> {end} [id={self._id(position)} {drawn}{text}{length}];"

    def _in_pieces(self, position: int, edge: Edge, label: str) -> Iterator[str]:
        """An arrow with a text: the box of the text, and the pieces before and behind it."""
        start, end = self._direction(position)
        if self._ends[end] >= _CROWD:
            # Many arrows that end at different places of a box come close to each other before it.
            end += ":w" if self._diagram.options.direction == "LR" else ":n"
        style, backwards = self._style(edge), position in self._closing
        first = edge_style(style, at_source=not backwards, at_target=backwards, backwards=backwards)
        last = edge_style(style, at_source=backwards, at_target=not backwards, backwards=backwards)
        weight = _STRAIGHTEST if edge.kind.key == "option" else _STRAIGHT
        box, has_rail = _box(position), edge.source in self._rails
        before, behind = _ports(label, has_rail)
        yield f"  {box} [id={self._id(position, '.text')} {_text_box(style, has_rail)} label={label}];"
        yield f"  {start} -> {box}{before} [id={self._id(position)} {first}];"
        yield f"  {box}{behind} -> {end} [id={self._id(position, '.end')} {last} weight={weight}];"

    def _style(self, edge: Edge) -> EdgeStyle:
        return self._diagram.style.edge(edge.kind.key)

    def _id(self, position: int, piece: str = "") -> str:
        return attribute(f"{self._figure}.e{position + 1}{piece}")


def _box(position: int) -> str:
    """The identifier of the box of a text."""
    return f"e{position + 1}"


def _text_box(style: EdgeStyle, has_rail: bool) -> str:
    if not has_rail:
        return "shape=plain"
    line = f"color={attribute(style.line)} penwidth={style.line_width:g}"
    # A point wider than the label: the pieces of an arrow end a point before it.
    return f'shape=underline style={style.line_style} {line} margin="0.014,0" width=0 height=0'


def _ports(label: str, has_rail: bool) -> tuple[str, str]:
    """Where the pieces of an arrow end and start at the box of its text."""
    if not has_rail:
        return ":n", ":s"
    return (f":{RAIL}:w", f":{RAIL}:e") if label.startswith("<") else (":w", ":e")
