"""The arrows of a graph in DOT. A text is a box of its own on its arrow. Called by `dot`."""

from collections import Counter
from collections.abc import Iterator

from codeable.diagrams.diagram import Diagram
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
    widths: dict[str, int] = {}
    if diagram.options.direction == "LR":
        for edge in diagram.edges:
            widths[edge.source] = max(widths.get(edge.source, 0), rail_width(edge, diagram))
    ends = Counter(
        edge.source if position in closing else edge.target for position, edge in enumerate(diagram.edges)
    )
    side = ":w" if diagram.options.direction == "LR" else ":n"
    beside: dict[str, list[str]] = {}
    for position, edge in enumerate(diagram.edges):
        identifier = f"{figure}.e{position + 1}"
        style = diagram.style.edge(edge.kind.key)
        backwards = position in closing
        is_loop = edge.source == edge.target
        label = edge_label(edge, diagram, rail=None if is_loop else widths.get(edge.source))
        start, end = (edge.target, edge.source) if backwards else (edge.source, edge.target)
        is_crowded = ends[end] >= _CROWD and not is_loop
        if not label or is_loop:
            text = f" label={label}" if label else ""
            # Arrows from many boxes have room to come together.
            text += " minlen=2" if is_crowded else ""
            drawn = edge_style(style, backwards=backwards)
            yield f"  {start} -> {end} [id={attribute(identifier)} {drawn}{text}];"
            continue
        if is_crowded:
            # Many arrows that end at different places of a box come close to each other before it.
            end += side
        box = f"e{position + 1}"
        beside.setdefault(start, []).append(box)
        has_rail = edge.source in widths
        before, behind = _ports(label, has_rail)
        first = edge_style(style, at_source=not backwards, at_target=backwards, backwards=backwards)
        last = edge_style(style, at_source=backwards, at_target=not backwards, backwards=backwards)
        yield f"  {box} [id={attribute(f'{identifier}.text')} {_text_box(style, has_rail)} label={label}];"
        yield f"  {start} -> {box}{before} [id={attribute(identifier)} {first}];"
        weight = _STRAIGHTEST if edge.kind.key == "option" else _STRAIGHT
        yield f"  {box}{behind} -> {end} [id={attribute(f'{identifier}.end')} {last} weight={weight}];"
    # The texts on the arrows of one box begin at one line, however far its targets are.
    yield from (f"  {{rank=same; {'; '.join(boxes)}}}" for boxes in beside.values() if len(boxes) > 1)


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
