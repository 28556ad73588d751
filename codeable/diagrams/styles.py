"""The styles of figures: their records, and the two built-in styles, `screen` and `paper`.

`style_tables` derives the styles of a study from them; the writers read them.
"""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

Shape = Literal["box", "rounded", "double", "hexagon", "cut", "ellipse", "note", "folder", "cube", "plain"]
Line = Literal["solid", "dashed", "dotted", "bold"]
End = Literal["none", "arrow", "triangle", "diamond", "filled diamond"]

SMALLEST_ON_PAPER = 7.0
"""Smallest size of text that is readable in print, in points."""
SMALLEST_DRAWN = 3.0
"""Size in points. A figure whose text would be smaller, which helps nobody, is drawn larger than asked."""
SCREEN_WIDTH = 600.0
"""Width of a figure without a width, in points, where it can be chosen."""


def fine_size(small: float) -> float:
    """The size in points of a description below a small text: smaller, where that is readable on paper.

    Example:
        >>> fine_size(9.0), fine_size(7.5), fine_size(6.0)
        (8.0, 7.0, 6.0)
    """
    return min(small, max(SMALLEST_ON_PAPER, small - 1))


@frozen
class NodeStyle:
    """The style of one kind of node: shape, fill, and border (its width in points)."""

    shape: Shape
    fill: str
    line: str
    line_style: Line = "solid"
    line_width: float = 1.0


@frozen
class EdgeStyle:
    """The style of one kind of edge: its line (width in points) and its two ends."""

    line: str
    line_style: Line = "solid"
    line_width: float = 1.0
    head: End = "arrow"
    tail: End = "none"


@frozen
class Style:
    """The style of a figure.

    Attributes:
        name: Its name in the options.
        font: Font families, the preferred one first, separated by commas.
        font_size: Size of names, in whole points.
        small_size: Size of all other text, in points.
        line_width: Width of a normal line, in points.
        page: Height of a page in millimetres, for a figure with a width.
        background: Colour of the background. It is opaque, so that a figure is readable in a dark notebook.
        text: Colour of text.
        muted: Colour of the small words that name the kind of a node.
        nodes: Key of a kind of node → its style.
        edges: Key of a kind of edge → its style.
        signs: Sign of an impact → the colour of its cell in a matrix; empty for plain signs on grey bands.
    """

    name: str
    font: str
    font_size: float
    small_size: float
    line_width: float
    page: float
    background: str
    text: str
    muted: str
    nodes: Mapping[str, NodeStyle] = field(hash=False)
    edges: Mapping[str, EdgeStyle] = field(hash=False)
    signs: Mapping[str, str] = field(factory=dict, hash=False)

    def node(self, key: str) -> NodeStyle:
        """The style of a kind of node; that of `element` for an unknown kind."""
        return self.nodes.get(key) or self.nodes["element"]

    def edge(self, key: str) -> EdgeStyle:
        """The style of a kind of edge; that of `link` for an unknown kind."""
        return self.edges.get(key) or self.edges["link"]


# Light tints of the colours that Okabe and Ito chose to be told apart by everyone; text on them has a
# contrast above 12:1. The hue never stands alone: shape, line and the kind's word say the same.
_ORANGE, _ORANGE_LINE = "#FCE8C3", "#A66F00"
_SKY, _SKY_LINE = "#DDEFFA", "#0072B2"
_GREEN, _GREEN_LINE = "#D3F0E6", "#00805D"
_PURPLE, _PURPLE_LINE = "#F6E3EE", "#9C4F7E"
_GREY, _GREY_LINE = "#F2F2F2", "#6B6B6B"

# Graphviz measures a text in whole pixels per letter. At these sizes that is nearly right for Helvetica and
# the fonts of its widths; at 10 points a bold name comes out 3 % too narrow and touches its box in a browser.
SCREEN = Style(
    name="screen",
    font="Helvetica,Arial,sans-serif",
    font_size=11.0,
    small_size=9.0,
    line_width=1.0,
    page=240.0,
    background="#FFFFFF",
    text="#1A1A1A",
    muted="#444444",
    nodes={
        "decision": NodeStyle("hexagon", _ORANGE, _ORANGE_LINE, line_width=1.5),
        "practice": NodeStyle("rounded", _SKY, _SKY_LINE),
        "pattern": NodeStyle("double", _GREEN, _GREEN_LINE),
        "solution": NodeStyle("box", "#FFFFFF", _SKY_LINE),
        "do_nothing": NodeStyle("box", "#FFFFFF", _GREY_LINE, "dashed"),
        "force": NodeStyle("ellipse", _PURPLE, _PURPLE_LINE),
        "category": NodeStyle("folder", _GREY, _GREY_LINE),
        "domain_class": NodeStyle("box", _GREY, _GREY_LINE),
        "source": NodeStyle("note", "#FFFFFF", _GREY_LINE),
        "component": NodeStyle("box", _SKY, _SKY_LINE),
        "deployment_node": NodeStyle("cube", _GREY, _GREY_LINE),
        "element": NodeStyle("box", "#FFFFFF", _GREY_LINE),
        "empty": NodeStyle("plain", "#FFFFFF", "#FFFFFF"),
    },
    edges={
        "option": EdgeStyle(_ORANGE_LINE),
        "relation": EdgeStyle(_SKY_LINE, "dashed"),
        "next": EdgeStyle(_ORANGE_LINE, "bold", 1.5),
        "impact": EdgeStyle(_PURPLE_LINE, "dotted", 1.2),
        "context": EdgeStyle(_GREY_LINE, "dotted"),
        "aggregation": EdgeStyle(_GREY_LINE, head="none", tail="diamond"),
        "composition": EdgeStyle(_GREY_LINE, head="none", tail="filled diamond"),
        "inheritance": EdgeStyle(_GREY_LINE, head="triangle"),
        "evidence": EdgeStyle(_GREY_LINE, "solid", 0.7),
        "link": EdgeStyle(_GREY_LINE),
    },
    # Blue for good and orange for bad, each in two steps; on paper without colours the signs tell them apart.
    signs={
        "++": "#005B94",
        "+": "#B5DAF0",
        "+/−": "#E6E6E6",
        "o": "#E6E6E6",
        "·": "#E6E6E6",
        "−": "#F8D4AC",
        "−−": "#B84A00",
    },
)

_BLACK, _WHITE = "#000000", "#FFFFFF"

PAPER = Style(
    name="paper",
    font="Helvetica,Arial,Liberation Sans,Nimbus Sans,Arimo",
    font_size=9.0,
    small_size=8.0,
    line_width=0.6,
    page=240.0,
    background=_WHITE,
    text=_BLACK,
    muted=_BLACK,
    nodes={
        "decision": NodeStyle("box", _WHITE, _BLACK, "solid", 1.2),
        "practice": NodeStyle("rounded", _WHITE, _BLACK, "solid", 0.6),
        "pattern": NodeStyle("double", _WHITE, _BLACK, "solid", 0.6),
        "solution": NodeStyle("box", _WHITE, _BLACK, "solid", 0.6),
        "do_nothing": NodeStyle("box", _WHITE, _BLACK, "dashed", 0.6),
        "force": NodeStyle("ellipse", _WHITE, _BLACK, "solid", 0.6),
        "category": NodeStyle("folder", _WHITE, _BLACK, "solid", 0.6),
        "domain_class": NodeStyle("box", _WHITE, _BLACK, "solid", 0.6),
        "source": NodeStyle("note", _WHITE, _BLACK, "solid", 0.6),
        "component": NodeStyle("box", _WHITE, _BLACK, "solid", 0.6),
        "deployment_node": NodeStyle("cube", _WHITE, _BLACK, "solid", 0.6),
        "element": NodeStyle("box", _WHITE, _BLACK, "solid", 0.6),
        "empty": NodeStyle("plain", _WHITE, _WHITE),
    },
    edges={
        "option": EdgeStyle(_BLACK, "solid", 0.6),
        "relation": EdgeStyle(_BLACK, "dashed", 0.6),
        "next": EdgeStyle(_BLACK, "bold", 1.2),
        "impact": EdgeStyle(_BLACK, "dotted", 0.8),
        "context": EdgeStyle(_BLACK, "dotted", 0.6),
        "aggregation": EdgeStyle(_BLACK, "solid", 0.6, "none", "diamond"),
        "composition": EdgeStyle(_BLACK, "solid", 0.6, "none", "filled diamond"),
        "inheritance": EdgeStyle(_BLACK, "solid", 0.6, "triangle"),
        "evidence": EdgeStyle(_BLACK, "solid", 0.5),
        "link": EdgeStyle(_BLACK, "solid", 0.6),
    },
)
