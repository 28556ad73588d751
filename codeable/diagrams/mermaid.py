"""Writes a diagram as the text of a Mermaid flowchart, which pages of Git hosts and note tools draw.

Source: https://mermaid.js.org/syntax/flowchart.html. Mermaid has arrows of one kind: the ends of an
aggregation are drawn as those of other links. It has no legend: each box names its kind.
"""

from collections.abc import Iterator

from codeable.diagrams.diagram import Diagram, Edge, Node
from codeable.diagrams.mermaid_escape import LINE_FEED, escape
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.styles import EdgeStyle, NodeStyle
from codeable.diagrams.wrapping import wrap

MOST_EDGES = 500
"""The arrows that Mermaid draws where nobody has raised its `maxEdges`."""
MOST_CHARACTERS = 50_000
"""The characters that it reads where nobody has raised its `maxTextSize`."""

_SHAPES = {
    "rounded": ("(", ")"),
    "double": ("[[", "]]"),
    "hexagon": ("{{", "}}"),
    "cut": ("[/", "/]"),
    "ellipse": ("([", "])"),
}
_BOX = ("[", "]")
_ARROWS = {"solid": "-->", "bold": "==>", "dashed": "-.->", "dotted": "-.->"}
_LINES = {"solid": "---", "bold": "===", "dashed": "-.-", "dotted": "-.-"}
_DASHES = {"dashed": "5 3", "dotted": "1 3"}


def mermaid_text(diagram: Diagram) -> str:
    """The text of a diagram in Mermaid; equal diagrams give equal texts."""
    lines = [
        f"%% Drawn by codeable from the view {''.join(_name(diagram.name))}",
        "%% Change the model, not this text.",
        f"flowchart {diagram.options.direction}",
        *_node_lines(diagram),
        *_edge_lines(diagram),
        *_styles(diagram),
    ]
    return "\n".join(lines) + "\n"


def mermaid_messages(diagram: Diagram, text: str) -> Iterator[str]:
    """What a reader must set to see a large diagram.

    Args:
        diagram: The diagram.
        text: Its text.
    """
    for number, most, what, option in (
        (len(diagram.edges), MOST_EDGES, "arrows", "maxEdges"),
        (len(text), MOST_CHARACTERS, "characters", "maxTextSize"),
    ):
        if number > most:
            yield (
                f"the text has {number:,} {what}; Mermaid draws {most:,} where nobody has raised its "
                f"`{option}`, so export a smaller view or raise it"
            )


def _name(name: str) -> Iterator[str]:
    yield from (each if each.isalnum() and each.isascii() else "_" for each in name)


def _node_lines(diagram: Diagram) -> Iterator[str]:
    style = diagram.style
    for node in diagram.nodes:
        opening, closing = _SHAPES.get(style.node(node.kind.key).shape, _BOX)
        label = LINE_FEED.join(_node_label(node, diagram.options))
        yield f'  {node.identifier}{opening}"{label or " "}"{closing}'
    for node in diagram.nodes:
        if node.url:
            yield f'  click {node.identifier} href "{node.url.replace(";", "%3B")}" _blank'


def _node_label(node: Node, options: FigureOptions) -> Iterator[str]:
    for word in filter(None, (node.kind.word, *node.stereotypes)):
        yield from _lines(f"«{word}»", options.small_wrap, options)
    yield from _lines(node.name, options.wrap, options)
    impacts = (f"{each.sign} {each.force}" for each in node.impacts)
    for text in filter(str.strip, (*impacts, *node.values, *node.notes, node.evidence)):
        yield from _lines(text, options.small_wrap, options)


def _lines(text: str, width: int, options: FigureOptions) -> Iterator[str]:
    return map(escape, wrap(text, width, language=options.language))


def _edge_lines(diagram: Diagram) -> Iterator[str]:
    for edge in diagram.edges:
        style = diagram.style.edge(edge.kind.key)
        arrow = (_LINES if style.head == "none" else _ARROWS)[style.line_style]
        label = LINE_FEED.join(_edge_label(edge, diagram.options))
        text = f'|"{label}"| ' if label else ""
        yield f"  {edge.source} {arrow}{text or ' '}{edge.target}"


def _edge_label(edge: Edge, options: FigureOptions) -> Iterator[str]:
    stereotypes = (f"«{each}»" for each in edge.stereotypes)
    for text in filter(str.strip, (*stereotypes, edge.text, edge.description, *edge.notes, edge.evidence)):
        yield from _lines(text, options.edge_wrap, options)


def _styles(diagram: Diagram) -> Iterator[str]:
    """The colours: a class for each kind of node, and a style for the arrows of each kind."""
    style = diagram.style
    nodes: dict[str, list[str]] = {}
    for node in diagram.nodes:
        nodes.setdefault(node.kind.key, []).append(node.identifier)
    for key, identifiers in nodes.items():
        yield f"  classDef kind_{key} {_node_style(style.node(key))},color:{style.text}"
        yield f"  class {','.join(identifiers)} kind_{key}"
    edges: dict[str, list[str]] = {}
    for number, edge in enumerate(diagram.edges):
        edges.setdefault(edge.kind.key, []).append(str(number))
    for key, numbers in edges.items():
        yield f"  linkStyle {','.join(numbers)} {_edge_style(style.edge(key))}"


def _node_style(style: NodeStyle) -> str:
    return f"fill:{style.fill},stroke:{style.line},stroke-width:{style.line_width:g}px{_dashes(style)}"


def _edge_style(style: EdgeStyle) -> str:
    return f"stroke:{style.line},stroke-width:{style.line_width:g}px{_dashes(style)}"


def _dashes(style: NodeStyle | EdgeStyle) -> str:
    dashes = _DASHES.get(style.line_style)
    return f",stroke-dasharray:{dashes}" if dashes else ""
