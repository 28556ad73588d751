"""The styles of nodes and edges as DOT attributes. Called by `graph` and by `rails.scene_dot`."""

from functools import cache

from codeable.diagrams.dot_escape import attribute
from codeable.diagrams.styles import EdgeStyle, NodeStyle

_SHAPES = {
    "box": "shape=box",
    "rounded": "shape=box",
    "double": "shape=box peripheries=2",
    "hexagon": "shape=hexagon",
    "cut": "shape=box",
    "ellipse": "shape=ellipse",
    "note": "shape=note",
    "folder": "shape=folder",
    "cube": "shape=box3d",
    "plain": "shape=plain",
}
_ENDS = {
    "none": "none",
    "arrow": "vee",
    "triangle": "onormal",
    "diamond": "odiamond",
    "filled diamond": "diamond",
}


@cache
def node_style(style: NodeStyle) -> str:
    """Shape, fill and border of a box."""
    styles = ["filled"]
    if style.shape == "rounded":
        styles.append("rounded")
    if style.shape == "cut":
        styles.append("diagonals")
    if style.line_style != "solid":
        styles.append(style.line_style)
    return (
        f'{_SHAPES[style.shape]} style="{",".join(styles)}" fillcolor={attribute(style.fill)}'
        f" color={attribute(style.line)} penwidth={style.line_width:g}"
    )


@cache
def edge_style(
    style: EdgeStyle, *, at_source: bool = True, at_target: bool = True, backwards: bool = False
) -> str:
    """Line and ends of an arrow, or of a piece of it.

    Args:
        style: The style of the whole arrow.
        at_source: Whether the piece has the end at the source of the arrow.
        at_target: Whether the piece has the end at its target.
        backwards: Whether the piece is written from its target to its source.
    """
    line = f"style={style.line_style} color={attribute(style.line)} penwidth={style.line_width:g}"
    head = _ENDS[style.head] if at_target else "none"
    tail = _ENDS[style.tail] if at_source else "none"
    if backwards:
        head, tail = tail, head
    if tail == "none":
        return f"{line} arrowhead={head}"
    return f"{line} dir=both arrowhead={head} arrowtail={tail}"
