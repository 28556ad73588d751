"""The legend of a figure as the label of the graph: a table of samples in the looks of the figure."""

from codeable.diagrams import dot_escape
from codeable.diagrams.diagram import Diagram, LegendEntry
from codeable.diagrams.dot_escape import attribute
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.styles import EdgeStyle, NodeStyle, Style

__all__ = ["graph_label", "sign", "small_words"]

_LEGEND_COLUMNS = 4
_MM_PER_LEGEND_COLUMN = 42
_THICK_FROM = 1.2


def graph_label(diagram: Diagram) -> str:
    """The legend as the attributes of the graph's label; nothing for a diagram without a legend."""
    if not diagram.legend:
        return ""
    cells = [_legend_entry(entry, diagram.style) for entry in diagram.legend]
    columns = _legend_columns(diagram.options)
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    table = "".join(f"<TR>{''.join(row)}</TR>" for row in rows)
    label = f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="3" CELLPADDING="2">{table}</TABLE>>'
    if len(label.encode()) > dot_escape.MOST_BYTES:
        label = dot_escape.quoted_lines(f"{_key(entry)}{entry.text}" for entry in diagram.legend)
    return f" labelloc=b labeljust=l label={label}"


def small_words(content: str, style: Style) -> str:
    """Markup in the colour of what stands beside the names; its size is the one that labels have anyway."""
    return f"<FONT COLOR={attribute(style.muted)}>{content}</FONT>"


def sign(text: str) -> str:
    """A sign of an impact with a hair's breadth between two minus signs, which are one dash without it."""
    return text.replace("−−", "−\u200a−")


def _key(entry: LegendEntry) -> str:
    """What explains a sign in a legend that is too long for samples."""
    return f"{entry.key} " if entry.role == "sign" else ""


def _legend_columns(options: FigureOptions) -> int:
    """A legend must not be what makes a figure wide."""
    if options.width_mm is None:
        return _LEGEND_COLUMNS
    return max(1, min(_LEGEND_COLUMNS, int(options.width_mm / _MM_PER_LEGEND_COLUMN)))


def _legend_entry(entry: LegendEntry, style: Style) -> str:
    text = f'<TD ALIGN="LEFT">{small_words(dot_escape.html(entry.text) or " ", style)}</TD>'
    if entry.role == "sign":
        return f'<TD ALIGN="RIGHT">{small_words(dot_escape.html(sign(entry.key)), style)}</TD>{text}'
    if entry.role == "edge":
        return f"<TD>{_line_sample(style.edge(entry.key))}</TD>{text}"
    return f"{_box_sample(style.node(entry.key))}{text}"


def _line_sample(look: EdgeStyle) -> str:
    """A line of the edge's look: the lower side of a flat cell."""
    width = 2 if look.line_width >= _THICK_FROM else 1
    dashes = _dashes(look)
    cell = f'<TD BORDER="{width}" SIDES="B" COLOR={attribute(look.line)}{dashes} WIDTH="24" HEIGHT="4"></TD>'
    return (
        '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
        f'<TR>{cell}</TR><TR><TD HEIGHT="4"></TD></TR></TABLE>'
    )


def _box_sample(look: NodeStyle) -> str:
    """A cell filled and bordered as the node is; two cells, one in the other, for a double border."""
    rounded = ' STYLE="rounded"' if look.shape in ("rounded", "ellipse") else ""
    dashes = _dashes(look)
    width = 2 if look.line_width >= _THICK_FROM else 1
    colours = f"BGCOLOR={attribute(look.fill)} COLOR={attribute(look.line)}"
    if look.shape == "double":
        inner = f'<TABLE BORDER="1" CELLBORDER="0" {colours} WIDTH="20" HEIGHT="7"><TR><TD></TD></TR></TABLE>'
        return f'<TD BORDER="1" COLOR={attribute(look.line)} CELLPADDING="2">{inner}</TD>'
    return f'<TD BORDER="{width}" {colours}{rounded or dashes} WIDTH="24" HEIGHT="10"></TD>'


def _dashes(look: NodeStyle | EdgeStyle) -> str:
    return f' STYLE="{look.line_style}"' if look.line_style in ("dashed", "dotted") else ""
