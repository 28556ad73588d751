"""Writes a diagram as DOT text for Graphviz. Called by `render`, by engines, and by figures of a study.

Each line of a text is a table row of its own with an explicit height, because some fonts leave no room
between lines.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from codeable.diagrams import dot_escape
from codeable.diagrams.diagram import Diagram, Edge, Node
from codeable.diagrams.dot_escape import MOST_BYTES, attribute
from codeable.diagrams.dot_legend import legend_attributes
from codeable.diagrams.dot_styles import edge_style, node_style
from codeable.diagrams.kinds import SIGNS
from codeable.diagrams.options import MM_PER_INCH, FigureOptions
from codeable.diagrams.styles import NodeStyle, Style
from codeable.diagrams.wrapping import wrap
from codeable.terminal import cell_len

_MARGINS = {
    "hexagon": "0,0",
    "cut": "0.155,0.05",
    "ellipse": "0,0",
    "folder": "0.095,0.08",
}
# A browser may have wider letters than the machine that laid the figure out. Paper figures are compact.
_NODE_MARGIN = "0.1,0.04"
_NODE_MARGIN_ON_PAPER = "0.075,0.04"
_PAD, _PAD_ON_PAPER = "0.1", "0.02,0.08"
"""Room around the figure in inches, horizontal and vertical; the tab of a folder sticks out at the top."""
_NOT_IN_ID = re.compile("[^A-Za-z0-9_.-]+")
_ANY_HEIGHT = 1000
_LINE_HEIGHT = 1.15
"""Least distance of two lines, in sizes of their font."""
_CELL_PADDING = 1
_PLAIN_TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
_TABLE = f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="{_CELL_PADDING}">'
_ROOM_BELOW = '<TR><TD HEIGHT="2"></TD></TR>'
_ROOM_BEFORE = '<TR><TD WIDTH="3"></TD>'
_FIGURE_SPACE = "\u2007"


def dot_text(diagram: Diagram, *, scaled: bool = True) -> str:
    """The DOT text of a diagram; equal diagrams give equal texts.

    Args:
        diagram: The diagram to write.
        scaled: Whether Graphviz scales a figure down to the width in its options. False is for measuring it.
    """
    name = _NOT_IN_ID.sub("_", diagram.name)
    # The ids of nodes and edges start with that of the figure, so figures of different views never share an
    # id on one page. An engine that finishes an SVG puts a digest of the text before it, for one view.
    figure = f"figure.{name}"
    lines = [f"// Drawn by codeable from the view {name}", "// Change the model, not this text."]
    lines += [f"digraph {attribute(figure)} {{", *_defaults(diagram, figure, scaled)]
    lines += [_node(node, diagram, figure) for node in diagram.nodes]
    lines += [_edge(edge, position, diagram, figure) for position, edge in enumerate(diagram.edges, 1)]
    lines.append("}")
    return "\n".join(lines) + "\n"


def _defaults(diagram: Diagram, figure: str, scaled: bool) -> Iterator[str]:
    style, options = diagram.style, diagram.options
    font = f"fontname={attribute(style.font)}"
    apart = "nodesep=0.16 ranksep=0.3" if options.direction == "LR" else "nodesep=0.25 ranksep=0.35"
    pad = _PAD if options.width_mm is None else _PAD_ON_PAPER
    yield (
        f"  graph [{_size(options) if scaled else ''}id={attribute(figure)}"
        f" rankdir={options.direction} {apart} pad={attribute(pad)} bgcolor={attribute(style.background)}"
        f" {font}{legend_attributes(diagram)}];"
    )
    text = f"{font} fontcolor={attribute(style.text)}"
    # Graphviz drops the fraction of a size inside a label, so the small size is set here.
    yield f"  node [{text} fontsize={style.small_size:g} height=0.3 width=0.3];"
    yield f"  edge [{text} fontsize={style.small_size:g} arrowsize=0.6];"


def _size(options: FigureOptions) -> str:
    """The largest size, in inches. Graphviz scales a larger figure down, its text and lines too."""
    if options.width_mm is None:
        return ""
    return f'size="{options.width_mm / MM_PER_INCH:.4f},{_ANY_HEIGHT}" '


def _node(node: Node, diagram: Diagram, figure: str) -> str:
    style = _node_style(diagram.style.node(node.kind.key), diagram.options)
    url = f" URL={dot_escape.quoted(node.url)} target=_blank" if node.url else ""
    tooltip = f" tooltip={dot_escape.quoted(node.name)}" if node.url else ""
    return (
        f"  {node.identifier} [id={attribute(f'{figure}.{node.identifier}')} {style}"
        f" label={_node_label(node, diagram)}{url}{tooltip}];"
    )


def _node_style(style: NodeStyle, options: FigureOptions) -> str:
    margin = _MARGINS.get(style.shape, _NODE_MARGIN if options.width_mm is None else _NODE_MARGIN_ON_PAPER)
    return f'{node_style(style)} margin="{margin}"'


def _node_label(node: Node, diagram: Diagram) -> str:
    style, width, small = diagram.style, diagram.options.wrap, diagram.options.small_wrap
    above, below = _small_texts(node, small)
    rows = [_muted_row(wrap(above, small), style)] if above else []
    rows += [_name_row(line, style) for line in wrap(node.name, width)]
    if node.impacts:
        lines = [dot_escape.html(line) for line in _impact_lines(node, small)]
        rows.append(_row(_cell(lines, style, left=True)))
    rows += [_muted_row(wrap(note, small), style) for note in below]
    label = f"<{_TABLE}{''.join(rows)}</TABLE>>"
    if len(label.encode()) > MOST_BYTES:
        return _plain_label(node, diagram.options)
    return label


def _small_texts(node: Node, width: int) -> tuple[str, list[str]]:
    """The text above the name and those below it. The evidence is beside the kind where there is room."""
    word, evidence = node.kind.word.strip(), node.evidence
    notes = [note for note in node.notes if note.strip()]
    if word and evidence and cell_len(word) + cell_len(evidence) + 3 <= width:
        return f"{word} · {evidence}", notes
    return word, [*notes, evidence] if evidence else notes


def _row(cell: str) -> str:
    return f"<TR>{cell}</TR>"


def _name_row(line: str, style: Style) -> str:
    content = _in_size_of_names(dot_escape.html(line) or " ", style)
    return _row(f'<TD CELLPADDING="0" HEIGHT="{_line_height(style.font_size)}">{content}</TD>')


def _muted_row(lines: Iterable[str], style: Style) -> str:
    return _row(_cell([_muted(dot_escape.html(line) or " ", style) for line in lines], style))


def _cell(lines: Sequence[str], style: Style, *, left: bool = False) -> str:
    """A cell with lines of small text, which are markup already; several lines are a table in the cell."""
    align = ' ALIGN="LEFT"' if left else ""
    height = _line_height(style.small_size)
    if len(lines) == 1:
        return f'<TD{align} HEIGHT="{height + 2 * _CELL_PADDING}">{lines[0]}</TD>'
    rows = "".join(f'<TR><TD{align} HEIGHT="{height}">{line}</TD></TR>' for line in lines)
    return f"<TD{align}>{_PLAIN_TABLE}{rows}</TABLE></TD>"


def _line_height(font_size: float) -> int:
    """The height of a row in points; Graphviz takes a whole number, and a row grows with a taller font."""
    return math.ceil(font_size * _LINE_HEIGHT)


def _in_size_of_names(content: str, style: Style) -> str:
    return f'<FONT POINT-SIZE="{style.font_size:g}"><B>{content}</B></FONT>'


def _muted(content: str, style: Style) -> str:
    """Markup in the muted colour, in the size that labels have by default."""
    return f"<FONT COLOR={attribute(style.muted)}>{content}</FONT>"


def _impact_lines(node: Node, width: int) -> Iterator[str]:
    """One line per force, and more for a long one; the names of the forces are aligned.

    A figure space is as wide as a digit, which in most fonts is as wide as a plus sign.
    """
    room = max(len(impact.sign) for impact in node.impacts)
    for impact in node.impacts:
        before = _sign(impact.sign) + _FIGURE_SPACE * (room - len(impact.sign))
        for line in wrap(impact.force, max(width - room - 1, 6)):
            yield f"{before} {line}"
            before = _FIGURE_SPACE * room


def _sign(text: str) -> str:
    """The sign of an impact, with a hair space between two minus signs: without it they are one dash."""
    return text.replace("−−", "−\u200a−")


def _plain_label(node: Node, options: FigureOptions) -> str:
    """The label as a quoted string, for a text that is too long for an HTML-like label."""
    small = options.small_wrap
    above, below = _small_texts(node, small)
    lines = [above, *wrap(node.name, options.wrap)]
    lines += _impact_lines(node, small) if node.impacts else ()
    lines += [line for note in below for line in wrap(note, small)]
    return dot_escape.quoted_lines(line for line in lines if line)


def _edge(edge: Edge, position: int, diagram: Diagram, figure: str) -> str:
    style = edge_style(diagram.style.edge(edge.kind.key))
    label = _edge_label(edge, diagram)
    return (
        f"  {edge.source} -> {edge.target} [id={attribute(f'{figure}.e{position}')} {style}"
        f"{f' label={label}' if label else ''}];"
    )


def _edge_label(edge: Edge, diagram: Diagram) -> str:
    width = diagram.options.edge_wrap
    if edge.kind.key == "impact" and edge.label in SIGNS and not edge.stereotypes:
        content = _in_size_of_names(_sign(edge.label), diagram.style)
        return f"<{_TABLE}{_beside_line(f'<TD>{content}</TD>', diagram.options)}</TABLE>>"
    texts = [text for text in (edge.text, *edge.notes, edge.evidence) if text.strip()]
    lines = [
        f"<I>{dot_escape.html(line) or ' '}</I>"
        for stereotype in edge.stereotypes
        for line in wrap(f"«{stereotype}»", width)
    ]
    lines += [dot_escape.html(line) or " " for text in texts for line in wrap(text, width)]
    if not lines:
        return ""
    label = f"<{_TABLE}{_beside_line(_cell(lines, diagram.style), diagram.options)}</TABLE>>"
    if len(label.encode()) > MOST_BYTES:
        plain = [*(f"«{stereotype}»" for stereotype in edge.stereotypes), *texts]
        return dot_escape.quoted_lines(line for text in plain for line in wrap(text, width))
    return label


def _beside_line(cell: str, options: FigureOptions) -> str:
    """The rows of an edge label, with a little room between text and edge."""
    if options.direction == "LR":
        return f"{_row(cell)}{_ROOM_BELOW}"
    return f"{_ROOM_BEFORE}{cell}</TR>"
