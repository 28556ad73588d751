"""How figures look: the records, and the two styles that every study has, `screen` and `paper`."""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

__all__ = ["PAPER", "SCREEN", "SMALLEST_ON_PAPER", "EdgeLook", "End", "Line", "NodeLook", "Shape", "Style"]

Shape = Literal["box", "rounded", "double", "hexagon", "cut", "ellipse", "note", "folder", "plain"]
Line = Literal["solid", "dashed", "dotted", "bold"]
End = Literal["none", "arrow", "triangle", "diamond", "filled diamond"]

SMALLEST_ON_PAPER = 7.0
"""Points; text that is smaller than this cannot be read in print."""


@frozen
class NodeLook:
    """The box of one kind of node: its shape, its fill, and the line around it (width in points)."""

    shape: Shape
    fill: str
    line: str
    line_style: Line = "solid"
    line_width: float = 1.0


@frozen
class EdgeLook:
    """The arrow of one kind of edge: its line (width in points) and what stands at its two ends."""

    line: str
    line_style: Line = "solid"
    line_width: float = 1.0
    head: End = "arrow"
    tail: End = "none"


@frozen
class Style:
    """How a figure looks.

    Attributes:
        name: How the options call it.
        font: Families, the preferred first, separated by commas.
        font_size: Of names, in whole points.
        small_size: Of everything else, in points.
        line_width: Of a line that is neither thick nor thin, in points.
        background: The colour behind the figure; never transparent, so that a dark notebook does no harm.
        text: The colour of text.
        muted: The colour of the small words that say what kind of thing a box is.
        nodes: The look of each kind of node, by its key.
        edges: The look of each kind of edge, by its key.
    """

    name: str
    font: str
    font_size: float
    small_size: float
    line_width: float
    background: str
    text: str
    muted: str
    nodes: Mapping[str, NodeLook] = field(hash=False)
    edges: Mapping[str, EdgeLook] = field(hash=False)

    def node(self, key: str) -> NodeLook:
        """The look of a kind of node; a kind that the style does not know looks like `element`."""
        return self.nodes.get(key) or self.nodes["element"]

    def edge(self, key: str) -> EdgeLook:
        """The look of a kind of edge; a kind that the style does not know looks like `link`."""
        return self.edges.get(key) or self.edges["link"]


# Light tints of the colours that Okabe and Ito chose to be told apart by everyone; text on them has a
# contrast above 12:1. The hue never stands alone: shape, line and the kind's word say the same.
_ORANGE, _ORANGE_LINE = "#FCE8C3", "#A66F00"
_SKY, _SKY_LINE = "#DDEFFA", "#0072B2"
_GREEN, _GREEN_LINE = "#D3F0E6", "#00805D"
_PURPLE, _PURPLE_LINE = "#F6E3EE", "#9C4F7E"
_GREY, _GREY_LINE = "#F2F2F2", "#6B6B6B"
_VERMILION_LINE = "#B84A00"

# Graphviz measures a text in whole pixels per letter. At these sizes that is nearly right for Helvetica and
# the fonts of its widths; at 10 points a bold name comes out 3 % too narrow and touches its box in a browser.
SCREEN = Style(
    name="screen",
    font="Helvetica,Arial,sans-serif",
    font_size=11.0,
    small_size=9.0,
    line_width=1.0,
    background="#FFFFFF",
    text="#1A1A1A",
    muted="#444444",
    nodes={
        "decision": NodeLook("hexagon", _ORANGE, _ORANGE_LINE, line_width=1.5),
        "practice": NodeLook("rounded", _SKY, _SKY_LINE),
        "pattern": NodeLook("double", _GREEN, _GREEN_LINE),
        "solution": NodeLook("box", "#FFFFFF", _SKY_LINE),
        "do_nothing": NodeLook("box", "#FFFFFF", _GREY_LINE, "dashed"),
        "force": NodeLook("ellipse", _PURPLE, _PURPLE_LINE),
        "category": NodeLook("folder", _GREY, _GREY_LINE),
        "domain_class": NodeLook("box", _GREY, _GREY_LINE),
        "source": NodeLook("note", "#FFFFFF", _GREY_LINE),
        "element": NodeLook("box", "#FFFFFF", _GREY_LINE),
        "empty": NodeLook("plain", "#FFFFFF", "#FFFFFF"),
    },
    edges={
        "option": EdgeLook(_ORANGE_LINE),
        "relation": EdgeLook(_SKY_LINE, "dashed"),
        "next": EdgeLook(_ORANGE_LINE, "bold", 1.5),
        "impact": EdgeLook(_PURPLE_LINE, "dotted", 1.2),
        "context": EdgeLook(_GREY_LINE, "dotted"),
        "aggregation": EdgeLook(_GREY_LINE, head="none", tail="diamond"),
        "composition": EdgeLook(_GREY_LINE, head="none", tail="filled diamond"),
        "inheritance": EdgeLook(_GREY_LINE, head="triangle"),
        "evidence": EdgeLook(_GREY_LINE, "solid", 0.7),
        "link": EdgeLook(_GREY_LINE),
    },
)

_BLACK, _WHITE = "#000000", "#FFFFFF"

PAPER = Style(
    name="paper",
    font="Helvetica,Arial,Liberation Sans,Nimbus Sans,Arimo",
    font_size=9.0,
    small_size=8.0,
    line_width=0.6,
    background=_WHITE,
    text=_BLACK,
    muted=_BLACK,
    nodes={
        "decision": NodeLook("cut", _WHITE, _BLACK, "solid", 1.2),
        "practice": NodeLook("rounded", _WHITE, _BLACK, "solid", 0.6),
        "pattern": NodeLook("double", _WHITE, _BLACK, "solid", 0.6),
        "solution": NodeLook("box", _WHITE, _BLACK, "solid", 0.6),
        "do_nothing": NodeLook("box", _WHITE, _BLACK, "dashed", 0.6),
        "force": NodeLook("ellipse", _WHITE, _BLACK, "solid", 0.6),
        "category": NodeLook("folder", _WHITE, _BLACK, "solid", 0.6),
        "domain_class": NodeLook("box", _WHITE, _BLACK, "dotted", 0.8),
        "source": NodeLook("note", _WHITE, _BLACK, "solid", 0.6),
        "element": NodeLook("box", _WHITE, _BLACK, "solid", 0.6),
        "empty": NodeLook("plain", _WHITE, _WHITE),
    },
    edges={
        "option": EdgeLook(_BLACK, "solid", 0.6),
        "relation": EdgeLook(_BLACK, "dashed", 0.6),
        "next": EdgeLook(_BLACK, "bold", 1.2),
        "impact": EdgeLook(_BLACK, "dotted", 0.8),
        "context": EdgeLook(_BLACK, "dotted", 0.6),
        "aggregation": EdgeLook(_BLACK, "solid", 0.6, "none", "diamond"),
        "composition": EdgeLook(_BLACK, "solid", 0.6, "none", "filled diamond"),
        "inheritance": EdgeLook(_BLACK, "solid", 0.6, "triangle"),
        "evidence": EdgeLook(_BLACK, "solid", 0.5),
        "link": EdgeLook(_BLACK, "solid", 0.6),
    },
)
