"""Writes a scene as DOT text whose positions Graphviz takes as they are (its layout `nop2`)."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from attrs import evolve

from codeable.diagrams import dot_escape
from codeable.diagrams.dot_escape import attribute
from codeable.diagrams.dot_styles import edge_style, node_style
from codeable.diagrams.options import POINTS_PER_INCH
from codeable.diagrams.rails.scene import INNER_BORDER, Box, Polyline, Scene, TextLine
from codeable.diagrams.styles import End, Style

_LAST_OF_EVERY_FONT = "\u024f"
_BOX = 4.0
"""Width of the box with digits that Graphviz draws for a character which no font has, at most."""
_ARROW_SIZE = 0.45
_LENGTHS: dict[End, float] = {"arrow": 10, "triangle": 10, "diamond": 12, "filled diamond": 12, "none": 0}
"""Length of an arrowhead in points, at size 1. It is smaller than in a graph, because a rail may be short."""
_BASELINE = 0.315
"""How far below the middle of its line a text stands, per point of font size: with every font the same."""

USUAL_BASELINE = 0.225
"""Where Graphviz has it in the font Nimbus Sans."""
_AS_MEASURED = 1.07, 2.0
"""Graphviz measures small letters in whole pixels: a line has at most about its exact width times the first
number plus the second."""


def scene_dot(
    scene: Scene,
    name: str,
    style: Style,
    width_of: Callable[[TextLine], float],
    baseline: float = USUAL_BASELINE,
) -> str:
    """The DOT text of a scene.

    Args:
        scene: The drawing.
        name: The name of the figure, with which the ids of its elements start.
        style: Its fonts and its background.
        width_of: The exact width of a text in points.
        baseline: How far below the middle of a line Graphviz has its letters, per point of font size.
    """
    figure = f"figure.{name}"
    # Cells of texts may reach beyond the page. An invisible box beyond all of them fixes the origin, so that
    # the page can be cut out.
    cells = [_cell_width(each, width_of(each)) if isinstance(each, TextLine) else 0 for each in scene.items]
    margin = max(cells, default=0)
    middle = f"{_number(margin + scene.width / 2)},{_number(margin + scene.height / 2)}"
    page = f"{_number(scene.width)},{_number(scene.height)},1,{middle}"
    canvas = _place(-margin, -margin, scene.width + 2 * margin, scene.height + 2 * margin)
    lines = [
        f"digraph {attribute(figure)} {{",
        f"  graph [layout=nop2 outputorder=edgesfirst splines=true pad=0 viewport={attribute(page)}];",
        f"  graph [id={attribute(figure)} bgcolor={attribute(style.background)}];",
        f'  node [fontname={attribute(style.font)} label="" fixedsize=shape margin=0];',
        f"  edge [arrowsize={_ARROW_SIZE}];",
        f"  canvas [shape=box style=invis {canvas}];",
        '  a [shape=point style=invis width=0.01 height=0.01 pos="1,-1"];',
        '  b [shape=point style=invis width=0.01 height=0.01 pos="1,-1"];',
    ]
    lines += _items(scene, figure, cells, _BASELINE - baseline)
    lines.append("}")
    return "\n".join(lines) + "\n"


def _items(scene: Scene, figure: str, cells: Sequence[int], lower: float) -> Iterator[str]:
    for number, (item, cell) in enumerate(zip(scene.items, cells, strict=True), 1):
        identity = f"id={attribute(f'{figure}.{item.identifier}')}"
        if isinstance(item, Polyline):
            yield f"  a -> b [{identity} {edge_style(item.style)} pos={attribute(_path(item))}];"
        elif isinstance(item, Box):
            yield f"  n{number} [{identity} {_box(item)}{_link(item)}];"
            if item.style.shape == "double":
                inner = f"id={attribute(f'{figure}.{item.identifier}.inner')}"
                yield f"  n{number}i [{inner} {_box(_inside(item))}{_link(item)}];"
        else:
            yield f"  n{number} [{identity} {_text(item, cell, lower)}{_link(item)}];"


def _box(box: Box) -> str:
    style = evolve(box.style, shape="box") if box.style.shape == "double" else box.style
    return f"{node_style(style)} {_place(box.left, box.top, box.width, box.height)}"


def _inside(box: Box) -> Box:
    """The inner border of a double box, which Graphviz would draw outside the box."""
    return box._replace(
        left=box.left + INNER_BORDER,
        top=box.top + INNER_BORDER,
        width=box.width - 2 * INNER_BORDER,
        height=box.height - 2 * INNER_BORDER,
    )


def _text(text: TextLine, cell: int, lower: float) -> str:
    """A text in an invisible cell that is as wide as its room, or wider at the side away from the text.

    Where a text is even wider than its cell, the cell grows to both sides; in one of fixed size it would be
    an error.
    """
    content = dot_escape.html(text.text) or " "
    if text.bold:
        content = f"<B>{content}</B>"
    spare = {"left": 0.0, "center": (text.width - cell) / 2, "right": text.width - cell}[text.align]
    table = (
        f'<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">'
        f'<TR><TD WIDTH="{cell}" ALIGN="{text.align.upper()}">{content}</TD></TR></TABLE>'
    )
    place = _place(text.left + spare, text.middle + (lower - 0.5) * text.size, cell, text.size)
    return (
        f"shape=plain {place} fontsize={_number(text.size)} fontcolor={attribute(text.color)} label=<{table}>"
    )


def _cell_width(text: TextLine, width: float) -> int:
    factor, more = _AS_MEASURED
    unusual = 0 if text.text.isascii() else sum(each > _LAST_OF_EVERY_FONT for each in text.text)
    return math.ceil(max(text.width, width * factor + more) + unusual * _BOX * text.size)


def _link(item: Box | TextLine) -> str:
    if item.url is None:
        return ""
    return f" URL={dot_escape.quoted(item.url)} target=_blank tooltip={dot_escape.quoted(item.tooltip)}"


def _place(left: float, top: float, width: float, height: float) -> str:
    """Position and size. Graphviz counts upwards, positions in points and sizes in inches."""
    middle = f"{_number(left + width / 2)},{_number(-(top + height / 2))}"
    return f'pos="{middle}" width={width / POINTS_PER_INCH:.4f} height={height / POINTS_PER_INCH:.4f}'


def _path(line: Polyline) -> str:
    """The points of a spline, whose parts are straight where the control points lie on their ends.

    The spline ends where the arrowhead begins: Graphviz draws an arrowhead of one length from there.
    """
    inner = list(line.points)
    inner[0] = _shortened(line.points[0], line.points[1], line.style.tail)
    inner[-1] = _shortened(line.points[-1], line.points[-2], line.style.head)
    points = inner[:1]
    for one, other in pairwise(inner):
        points += (one, other, other)
    ends = "" if line.style.tail == "none" else f"s,{_point(line.points[0])} "
    ends += "" if line.style.head == "none" else f"e,{_point(line.points[-1])} "
    return ends + " ".join(map(_point, points))


def _shortened(tip: tuple[float, float], towards: tuple[float, float], end: End) -> tuple[float, float]:
    """Where the line begins that has such an end at its tip."""
    length = math.dist(tip, towards)
    part = _LENGTHS[end] * _ARROW_SIZE / length if length else 0.0
    return tip[0] + (towards[0] - tip[0]) * part, tip[1] + (towards[1] - tip[1]) * part


def _point(point: tuple[float, float]) -> str:
    return f"{_number(point[0])},{_number(-point[1])}"


def _number(value: float) -> str:
    return f"{value:.2f}"
