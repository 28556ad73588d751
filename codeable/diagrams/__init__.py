"""Views of a study, the diagrams made from them, and the texts that draw them."""

from codeable.diagrams.build import build
from codeable.diagrams.diagram import (
    Diagram,
    Edge,
    EdgeKind,
    ForceLine,
    LegendEntry,
    Node,
    NodeKind,
    visible_texts,
)
from codeable.diagrams.graph.dot import dot_text
from codeable.diagrams.options import FigureOptions, figure_options, width_in_mm
from codeable.diagrams.plantuml import plantuml_text
from codeable.diagrams.style_tables import style_named, style_names
from codeable.diagrams.styles import EdgeStyle, NodeStyle, Style
from codeable.diagrams.view import View, find_view, view_of, views

__all__ = [
    "Diagram",
    "Edge",
    "EdgeKind",
    "EdgeStyle",
    "FigureOptions",
    "ForceLine",
    "LegendEntry",
    "Node",
    "NodeKind",
    "NodeStyle",
    "Style",
    "View",
    "build",
    "dot_text",
    "figure_options",
    "find_view",
    "plantuml_text",
    "style_named",
    "style_names",
    "view_of",
    "views",
    "visible_texts",
    "width_in_mm",
]
