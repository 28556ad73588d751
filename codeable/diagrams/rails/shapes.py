"""The shapes of rails: the bar and the boxes are rectangles, whose texts start at the left.

Called by `column`, `boxes` and `legend` for the styles, by `figure` for the messages.
"""

from collections.abc import Iterable, Iterator

from attrs import evolve

from codeable.diagrams.diagram import Diagram
from codeable.diagrams.rails.outline import Outline
from codeable.diagrams.styles import PAPER, SCREEN, NodeStyle, Shape

_BOXES: tuple[Shape, ...] = ("box", "rounded", "double")


def bar_style(style: NodeStyle) -> NodeStyle:
    """The style of a bar: that of the decision, as a plain box."""
    return evolve(style, shape="box")


def box_style(style: NodeStyle) -> NodeStyle:
    """The style of a box. A shape without room for lines that start at the left becomes a box."""
    if style.shape == "plain":
        return evolve(style, shape="box", line=style.fill)
    return style if style.shape in _BOXES else evolve(style, shape="box")


def shape_messages(diagram: Diagram, outlines: Iterable[Outline]) -> Iterator[str]:
    """Which shapes of a style of the study rails draw as boxes."""
    style = diagram.style
    kinds: dict[str, None] = {}
    for outline in outlines:
        kinds.update(dict.fromkeys(rail.node.kind.key for rail in outline.rails))
    for key in kinds:
        asked = style.node(key).shape
        usual = (SCREEN.node(key).shape, PAPER.node(key).shape)
        if asked not in (*_BOXES, "plain", *usual):
            yield (
                f"rails draw the {asked} of {key} as a box; [tool.codeable.styles.{style.name}] may give it "
                f"the shape {', '.join(_BOXES[:-1])} or {_BOXES[-1]}"
            )
