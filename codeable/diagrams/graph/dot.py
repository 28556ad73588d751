"""Writes a diagram as DOT text for Graphviz. Called by `layout`, `render` and figures of a study."""

import re
from collections.abc import Iterable, Iterator

from codeable.diagrams import dot_escape
from codeable.diagrams.diagram import Diagram, Node
from codeable.diagrams.dot_escape import attribute
from codeable.diagrams.dot_styles import node_style
from codeable.diagrams.graph.edges import edges_dot
from codeable.diagrams.graph.grid import grid_dot
from codeable.diagrams.graph.labels import node_label
from codeable.diagrams.graph.legend import legend_attributes
from codeable.diagrams.graph.order import GraphOrder, graph_order
from codeable.diagrams.options import MM_PER_INCH, FigureOptions
from codeable.diagrams.styles import NodeStyle

_MARGINS = {
    "hexagon": "0,0",
    "cut": "0.155,0.05",
    "ellipse": "0,0",
    "folder": "0.095,0.08",
    "cube": "0.19,0.1",
}
# A browser may have wider letters than the machine that laid the figure out. Paper figures are compact.
_NODE_MARGIN = "0.1,0.04"
_NODE_MARGIN_ON_PAPER = "0.075,0.04"
_PAD, _PAD_ON_PAPER = "0.1", "0.02,0.08"
"""Room around the figure in inches, horizontal and vertical; the tab of a folder sticks out at the top."""
_BELOW_EACH_OTHER = {"LR": "array_ctu1", "TB": "array_lu1"}
_BETWEEN_PARTS = 12
"""Points between connected parts of a graph."""
_IN_ORDER = ("option", "next")
"""Kinds of arrows of which those of one box are in the order of declaration."""
_NOT_IN_ID = re.compile("[^A-Za-z0-9_.-]+")


def dot_text(diagram: Diagram, *, scaled: bool = True) -> str:
    """The DOT text of a diagram; equal diagrams give equal texts.

    Args:
        diagram: The diagram to write.
        scaled: Whether Graphviz scales a figure down to the size in its options. False is for measuring it.
    """
    name = _NOT_IN_ID.sub("_", diagram.name)
    # The ids of nodes and edges start with that of the figure, so figures of different views never share an
    # id on one page. An engine that finishes an SVG puts a digest of the text before it, for one view.
    figure = f"figure.{name}"
    order = graph_order(diagram.nodes, diagram.edges)
    lines = [f"// Drawn by codeable from the view {name}", "// Change the model, not this text."]
    lines += [f"digraph {attribute(figure)} {{", *_defaults(diagram, figure, order, scaled)]
    # Where arrows share targets, a free order has fewer crossings; options keep that of their declaration.
    keeping = {edge.source for edge in diagram.edges if edge.kind.key in _IN_ORDER}
    lines += [
        _node(node, diagram, figure, keeps_order=node.identifier in keeping)
        for node in _ordered(diagram, order)
    ]
    if len(order.alone) > 1:
        alone = set(order.alone)
        lines += grid_dot([node for node in diagram.nodes if node.identifier in alone], diagram)
    lines += edges_dot(diagram, figure, order.closing)
    lines.append("}")
    return "\n".join(lines) + "\n"


def _ordered(diagram: Diagram, order: GraphOrder) -> Iterable[Node]:
    """The boxes part by part, those without an arrow last; upwards where Graphviz starts at the bottom."""
    if not order.parts:
        return diagram.nodes
    parts = [*order.parts, order.alone]
    if diagram.options.direction == "LR":
        parts.reverse()
    nodes = {node.identifier: node for node in diagram.nodes}
    return (nodes[identifier] for part in parts for identifier in part)


def _defaults(diagram: Diagram, figure: str, order: GraphOrder, scaled: bool) -> Iterator[str]:
    style, options = diagram.style, diagram.options
    font = f"fontname={attribute(style.font)}"
    apart = "nodesep=0.16 ranksep=0.3" if options.direction == "LR" else "nodesep=0.25 ranksep=0.35"
    pad = _PAD if options.width_mm is None else _PAD_ON_PAPER
    yield (
        f"  graph [{_size(diagram) if scaled else ''}id={attribute(figure)}"
        f" rankdir={options.direction} splines=polyline {apart}{_packing(options, order)}"
        f" pad={attribute(pad)} bgcolor={attribute(style.background)}"
        f" {font}{legend_attributes(diagram, order.closing)}];"
    )
    text = f"{font} fontcolor={attribute(style.text)}"
    # Graphviz drops the fraction of a size inside a label, so the small size is set here.
    yield f"  node [{text} fontsize={style.small_size:g} height=0.3 width=0.3];"
    yield f"  edge [{text} fontsize={style.small_size:g} arrowsize=0.6];"


def _packing(options: FigureOptions, order: GraphOrder) -> str:
    """Connected parts are laid out one by one, then put below each other."""
    if len(order.parts) + (len(order.alone) > 0) < 2:
        return ""
    return f' packmode="{_BELOW_EACH_OTHER[options.direction]}" pack={_BETWEEN_PARTS}'


def _size(diagram: Diagram) -> str:
    """The largest size, in inches. Graphviz scales a larger figure down, its text and lines too."""
    width, height = diagram.options.width_mm, diagram.page_mm
    if width is None:
        return ""
    return f'size="{width / MM_PER_INCH:.4f},{height / MM_PER_INCH:.4f}" '


def _node(node: Node, diagram: Diagram, figure: str, *, keeps_order: bool) -> str:
    style = _node_style(diagram.style.node(node.kind.key), diagram.options)
    url = f" URL={dot_escape.quoted(node.url)} target=_blank" if node.url else ""
    tooltip = f" tooltip={dot_escape.quoted(node.tooltip)}" if node.url else ""
    return (
        f"  {node.identifier} [id={attribute(f'{figure}.{node.identifier}')} {style}"
        f"{' ordering=out' if keeps_order else ''} label={node_label(node, diagram)}{url}{tooltip}];"
    )


def _node_style(style: NodeStyle, options: FigureOptions) -> str:
    margin = _MARGINS.get(style.shape, _NODE_MARGIN if options.width_mm is None else _NODE_MARGIN_ON_PAPER)
    return f'{node_style(style)} margin="{margin}"'
