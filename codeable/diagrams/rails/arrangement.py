"""Arranges a rails figure: columns, the forces, parts; and chooses what fits a page. Called by `layout`."""

from collections.abc import Sequence

from attrs import frozen

from codeable.diagrams.diagram import Diagram
from codeable.diagrams.options import MM_PER_INCH
from codeable.diagrams.rails.column import ColumnBuilder, Sizes, texts_of
from codeable.diagrams.rails.outline import Outline, outlines
from codeable.diagrams.rails.scene import Scene, stacked
from codeable.diagrams.rails.typesetter import Typesetter

_POINTS_PER_MM = 72 / MM_PER_INCH
_SCREEN_WIDTH = 560.0
"""Width of a figure without a width, in points."""
_MARGIN = 1.0
_BETWEEN_DECISIONS = 24.0


@frozen
class RailsFigure:
    """The drawings of a rails figure.

    Attributes:
        parts: One drawing per file; each has one page, or several for a PDF.
        messages: What does not fit or is left out, each with the way out.
    """

    parts: tuple[tuple[Scene, ...], ...]
    messages: tuple[str, ...]


def arrange(diagram: Diagram, setter: Typesetter) -> RailsFigure:
    """Arrange the decisions of a diagram, so that they fit the width and height of its options."""
    found = outlines(diagram)
    setter.prepare(text for outline in found for text in texts_of(outline))
    scenes = tuple(_scene(diagram, outline, setter) for outline in found)
    return RailsFigure((scenes,), tuple(message for outline in found for message in outline.left_out))


def _scene(diagram: Diagram, outline: Outline, setter: Typesetter) -> Scene:
    options, style = diagram.options, diagram.style
    width = _SCREEN_WIDTH if options.width_mm is None else options.width_mm * _POINTS_PER_MM
    builder = ColumnBuilder(
        outline,
        setter,
        Sizes(style.font_size, style.small_size),
        style,
        width=width - 2 * _MARGIN,
        share=0.42,
        force_lines=options.forces in ("lines", "matrix"),
    )
    column = builder.column(outline.rails)
    scene = Scene(column.width, column.height, column.items)
    return Scene(width, column.height + 2 * _MARGIN, scene.moved(_MARGIN, _MARGIN))


def one_drawing(scenes: Sequence[Scene]) -> Scene:
    """The pages of a part below each other."""
    return stacked(scenes, _BETWEEN_DECISIONS)
