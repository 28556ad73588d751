"""Writes a scene as DOT text whose positions Graphviz takes as they are (its layout `nop2`)."""

from collections.abc import Iterator
from itertools import pairwise

from codeable.diagrams import dot_escape
from codeable.diagrams.dot_escape import attribute
from codeable.diagrams.dot_styles import edge_style, node_style
from codeable.diagrams.rails.scene import Box, Line, Scene, Text
from codeable.diagrams.styles import Style

_POINTS_PER_INCH = 72


def scene_dot(scene: Scene, name: str, style: Style) -> str:
    """The DOT text of a scene.

    Args:
        scene: The drawing.
        name: The name of the figure, with which the ids of its elements start.
        style: Its fonts and its background.
    """
    figure = f"figure.{name}"
    # The width of a text differs between machines: its room is fixed, and the text stands at the side of it.
    lines = [
        f"digraph {attribute(figure)} {{",
        "  graph [layout=nop2 outputorder=edgesfirst splines=true pad=0];",
        f"  graph [id={attribute(figure)} bgcolor={attribute(style.background)}];",
        f'  node [fontname={attribute(style.font)} label="" fixedsize=shape margin=0];',
        "  edge [arrowsize=0.6];",
        f"  page [shape=box style=invis {_place(0, 0, scene.width, scene.height)}];",
        '  a [shape=point style=invis width=0.01 height=0.01 pos="0,0"];',
        '  b [shape=point style=invis width=0.01 height=0.01 pos="0,0"];',
    ]
    lines += _items(scene, figure)
    lines.append("}")
    return "\n".join(lines) + "\n"


def _items(scene: Scene, figure: str) -> Iterator[str]:
    for number, item in enumerate(scene.items, 1):
        identity = f"id={attribute(f'{figure}.{item.identifier}')}"
        if isinstance(item, Line):
            yield f"  a -> b [{identity} {edge_style(item.style)} pos={attribute(_path(item))}];"
        elif isinstance(item, Box):
            yield f"  n{number} [{identity} {_box(item)}{_link(item)}];"
        else:
            yield f"  n{number} [{identity} {_text(item)}{_link(item)}];"


def _box(box: Box) -> str:
    return f"{node_style(box.style)} {_place(box.left, box.top, box.width, box.height)}"


def _text(text: Text) -> str:
    """A text in a cell of fixed size, which may be higher than its line: it is seen by nobody."""
    content = dot_escape.html(text.text) or " "
    if text.bold:
        content = f"<B>{content}</B>"
    width = int(text.width)
    size = f'FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{int(2 * text.size)}"'
    table = (
        f'<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">'
        f'<TR><TD {size} ALIGN="{text.align.upper()}">{content}</TD></TR></TABLE>'
    )
    place = _place(text.left, text.middle - text.size / 2, width, text.size)
    return (
        f"shape=plain {place} fontsize={_number(text.size)} fontcolor={attribute(text.color)} label=<{table}>"
    )


def _link(item: Box | Text) -> str:
    if item.url is None:
        return ""
    tooltip = item.tooltip if isinstance(item, Box) else ""
    return f" URL={dot_escape.quoted(item.url)} target=_blank tooltip={dot_escape.quoted(tooltip)}"


def _place(left: float, top: float, width: float, height: float) -> str:
    """Position and size. Graphviz counts upwards, positions in points and sizes in inches."""
    middle = f"{_number(left + width / 2)},{_number(-(top + height / 2))}"
    sides = (
        f"{side}={_number(each / _POINTS_PER_INCH)}" for side, each in (("width", width), ("height", height))
    )
    return f'pos="{middle}" {" ".join(sides)}'


def _path(line: Line) -> str:
    """The points of a spline, whose parts are straight where the control points lie on their ends."""
    start, *rest = line.points
    points = [start]
    for one, other in pairwise((start, *rest)):
        points += (one, other, other)
    end = f"e,{_point(line.points[-1])} " if line.style.head != "none" else ""
    return end + " ".join(map(_point, points))


def _point(point: tuple[float, float]) -> str:
    return f"{_number(point[0])},{_number(-point[1])}"


def _number(value: float) -> str:
    return f"{round(value, 3):g}" if abs(value) < 1000 else f"{value:.2f}"
