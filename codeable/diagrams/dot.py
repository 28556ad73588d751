"""A diagram as DOT, for Graphviz; one function per kind of line."""

import re
from collections.abc import Iterator

from codeable.diagrams import dot_escape
from codeable.diagrams.diagram import Diagram, Edge, Node
from codeable.diagrams.dot_escape import MOST_BYTES, attribute
from codeable.diagrams.dot_legend import graph_label, sign, small_words
from codeable.diagrams.impact_signs import MEANINGS
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.styles import EdgeStyle, NodeStyle, Style
from codeable.diagrams.wrapping import display_width, wrap

__all__ = ["dot_text", "figure_id"]

_SHAPES = {
    "box": "shape=box",
    "rounded": "shape=box",
    "double": "shape=box peripheries=2",
    "hexagon": "shape=hexagon",
    "cut": "shape=box",
    "ellipse": "shape=ellipse",
    "note": "shape=note",
    "folder": "shape=folder",
    "plain": "shape=plain",
}
_MARGINS = {
    "hexagon": "0,0",
    "cut": "0.155,0.05",
    "ellipse": "0,0",
    "folder": "0.095,0.08",
}
_ENDS = {
    "none": "none",
    "arrow": "vee",
    "triangle": "onormal",
    "diamond": "odiamond",
    "filled diamond": "diamond",
}
# A browser may have wider letters than the machine that laid the figure out; on paper room is dear.
_ROOM = "0.1,0.04"
_LITTLE_ROOM = "0.075,0.04"
_PAD, _LITTLE_PAD = "0.1", "0.02,0.08"
"""Room around the figure, across and up; the tab of a folder stands out at the top."""
_NOT_IN_ID = re.compile("[^A-Za-z0-9_.-]+")
_MM_PER_INCH = 25.4
_ANY_HEIGHT = 1000
_LEFT = '<BR ALIGN="LEFT"/>'
_TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">'
_ROOM_BELOW = '<TR><TD HEIGHT="2"></TD></TR>'
_ROOM_BEFORE = '<TR><TD WIDTH="3"></TD>'
_FIGURE_SPACE = "\u2007"


def dot_text(diagram: Diagram, *, scaled: bool = True) -> str:
    """The whole text. It depends on the diagram alone.

    Args:
        diagram: What to write.
        scaled: Whether a figure that is wider than its options allow is scaled down; False to measure it.
    """
    figure = figure_id(diagram)
    lines = [_head(diagram), f"digraph {attribute(figure)} {{", *_defaults(diagram, figure, scaled)]
    lines += [_node(node, diagram, figure) for node in diagram.nodes]
    lines += [_edge(edge, position, diagram, figure) for position, edge in enumerate(diagram.edges, 1)]
    lines.append("}")
    return "\n".join(lines) + "\n"


def figure_id(diagram: Diagram) -> str:
    """The id of the figure, which the id of each node and edge starts with.

    So figures of different views never share an id on one page. (An engine that finishes an SVG puts a digest
    of the whole text before it, for figures of one view.)
    """
    return f"figure.{_NOT_IN_ID.sub('_', diagram.name)}"


def _head(diagram: Diagram) -> str:
    name = _NOT_IN_ID.sub("_", diagram.name)
    return f"// Drawn by codeable from the view {name}\n// Change the model, not this text."


def _defaults(diagram: Diagram, figure: str, scaled: bool) -> Iterator[str]:
    style, options = diagram.style, diagram.options
    font = f"fontname={attribute(style.font)}"
    apart = "nodesep=0.16 ranksep=0.3" if options.direction == "LR" else "nodesep=0.25 ranksep=0.35"
    pad = _PAD if options.width_mm is None else _LITTLE_PAD
    yield (
        f"  graph [{_size(options) if scaled else ''}id={attribute(figure)}"
        f" rankdir={options.direction} {apart} pad={attribute(pad)} bgcolor={attribute(style.background)}"
        f" {font} fontsize={style.small_size:g} fontcolor={attribute(style.text)}{graph_label(diagram)}];"
    )
    text = f"{font} fontcolor={attribute(style.text)}"
    # Graphviz cuts the fraction off a size inside a label, so the small one, which may have one, is set here.
    yield f"  node [{text} fontsize={style.small_size:g} height=0.3 width=0.3];"
    yield f"  edge [{text} fontsize={style.small_size:g} arrowsize=0.6];"


def _size(options: FigureOptions) -> str:
    """The largest size, in inches; Graphviz scales a larger figure down, text and lines with it."""
    if options.width_mm is None:
        return ""
    return f'size="{options.width_mm / _MM_PER_INCH:.4f},{_ANY_HEIGHT}" '


def _node(node: Node, diagram: Diagram, figure: str) -> str:
    look = diagram.style.node(node.kind.key)
    label = _node_label(node, diagram)
    room = _ROOM if diagram.options.width_mm is None else _LITTLE_ROOM
    url = f" URL={dot_escape.quoted(node.url)} target=_blank" if node.url else ""
    tooltip = f" tooltip={dot_escape.quoted(node.name)}" if node.url else ""
    return (
        f"  {node.identifier} [id={attribute(f'{figure}.{node.identifier}')} {_node_look(look, room)}"
        f" label={label}{url}{tooltip}];"
    )


def _node_look(look: NodeStyle, room: str) -> str:
    styles = ["filled"]
    if look.shape == "rounded":
        styles.append("rounded")
    if look.shape == "cut":
        styles.append("diagonals")
    if look.line_style != "solid":
        styles.append(look.line_style)
    margin = _MARGINS.get(look.shape, room)
    return (
        f'{_SHAPES[look.shape]} style="{",".join(styles)}" fillcolor={attribute(look.fill)}'
        f' color={attribute(look.line)} penwidth={look.line_width:g} margin="{margin}"'
    )


def _node_label(node: Node, diagram: Diagram) -> str:
    style, width, small = diagram.style, diagram.options.wrap, diagram.options.small_wrap
    above, below = _small_words(node, small)
    rows = [_row(small_words(_lines(above, small), style))] if above else []
    rows += [_name_row(line, style) for line in wrap(node.name, width)]
    if node.impacts:
        lines = dot_escape.html_lines(_impact_lines(node, small), _LEFT)
        rows.append(f'<TR><TD ALIGN="LEFT">{lines}{_LEFT}</TD></TR>')
    rows += [_row(small_words(_lines(note, small), style)) for note in below]
    label = f"<{_TABLE}{''.join(rows)}</TABLE>>"
    if len(label.encode()) > MOST_BYTES:
        return _plain_label(node, diagram.options)
    return label


def _small_words(node: Node, width: int) -> tuple[str, list[str]]:
    """What stands above the name and what below: the evidence is put beside the kind where it has room."""
    word, evidence = node.kind.word.strip(), node.evidence
    notes = [note for note in node.notes if note.strip()]
    if word and evidence and display_width(word) + display_width(evidence) + 3 <= width:
        return f"{word} · {evidence}", notes
    return word, [*notes, evidence] if evidence else notes


def _row(content: str) -> str:
    return f"<TR><TD>{content}</TD></TR>"


def _name_row(line: str, style: Style) -> str:
    """One line of a name; inside one cell, Graphviz sets bold lines without any room between them."""
    return f'<TR><TD CELLPADDING="0">{_in_size_of_names(dot_escape.html(line) or " ", style)}</TD></TR>'


def _in_size_of_names(content: str, style: Style) -> str:
    return f'<FONT POINT-SIZE="{style.font_size:g}"><B>{content}</B></FONT>'


def _lines(text: str, width: int) -> str:
    """The lines of a text inside markup, which must not be empty."""
    return dot_escape.html_lines(wrap(text, width)) or " "


def _impact_lines(node: Node, width: int) -> Iterator[str]:
    """One line per force and more for a long one, the names below each other.

    A figure space is as wide as a digit, which in most fonts is as wide as a plus sign.
    """
    room = max(len(impact.sign) for impact in node.impacts)
    for impact in node.impacts:
        before = sign(impact.sign) + _FIGURE_SPACE * (room - len(impact.sign))
        for line in wrap(impact.force, max(width - room - 1, 6)):
            yield f"{before} {line}"
            before = _FIGURE_SPACE * room


def _plain_label(node: Node, options: FigureOptions) -> str:
    """The same as a quoted string, for a text that is too long for an HTML-like label."""
    small = options.small_wrap
    above, below = _small_words(node, small)
    lines = [above, *wrap(node.name, options.wrap)]
    lines += _impact_lines(node, small) if node.impacts else ()
    lines += [line for note in below for line in wrap(note, small)]
    return dot_escape.quoted_lines(line for line in lines if line)


def _edge(edge: Edge, position: int, diagram: Diagram, figure: str) -> str:
    look = diagram.style.edge(edge.kind.key)
    label = _edge_label(edge, diagram)
    return (
        f"  {edge.source} -> {edge.target} [id={attribute(f'{figure}.e{position}')} {_edge_look(look)}"
        f"{f' label={label}' if label else ''}];"
    )


def _edge_look(look: EdgeStyle) -> str:
    line = f"style={look.line_style} color={attribute(look.line)} penwidth={look.line_width:g}"
    if look.tail == "none":
        return f"{line} arrowhead={_ENDS[look.head]}"
    return f"{line} dir=both arrowhead={_ENDS[look.head]} arrowtail={_ENDS[look.tail]}"


def _edge_label(edge: Edge, diagram: Diagram) -> str:
    width = diagram.options.arrow_wrap
    if edge.kind.key == "impact" and edge.label in MEANINGS and not edge.stereotypes:
        content = _in_size_of_names(sign(edge.label), diagram.style)
        return f"<{_TABLE}{_beside_line(content, diagram.options)}</TABLE>>"
    texts = [f"<I>{_lines(f'«{stereotype}»', width)}</I>" for stereotype in edge.stereotypes]
    below = (edge.label, *edge.notes, edge.evidence)
    texts += [_lines(text, width) for text in below if text.strip()]
    if not texts:
        return ""
    label = f"<{_TABLE}{_beside_line('<BR/>'.join(texts), diagram.options)}</TABLE>>"
    if len(label.encode()) > MOST_BYTES:
        plain = [*(f"«{stereotype}»" for stereotype in edge.stereotypes), *below]
        return dot_escape.quoted_lines(line for text in plain if text for line in wrap(text, width))
    return label


def _beside_line(content: str, options: FigureOptions) -> str:
    """The rows of a label with a little room towards its line, which is below it or, top-down, before it."""
    if options.direction == "LR":
        return f"{_row(content)}{_ROOM_BELOW}"
    return f"{_ROOM_BEFORE}<TD>{content}</TD></TR>"
