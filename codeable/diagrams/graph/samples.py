"""Samples of boxes and arrows as drawing operations of Graphviz's attribute `_background`.

Called by `legend`. Positions are in points, y counts upwards.
"""

from collections.abc import Iterator, Mapping, Sequence

from codeable.diagrams.styles import EdgeStyle, End, Line, NodeStyle, Shape

_Points = Sequence[tuple[float, float]]

_ROUND = 0.5523
"""Distance of the control points of a quarter of a circle from its ends, in radii."""
_ENDS: Mapping[End, tuple[float, float]] = {
    "none": (0.0, 0.0),
    "arrow": (6.0, 2.7),
    "triangle": (6.0, 2.1),
    "diamond": (7.2, 2.4),
    "filled diamond": (7.2, 2.4),
}
"""Length and half the width of the end of an arrow, as Graphviz draws it in the figures."""
_NOTCH = 0.3
"""Where the two barbs of an arrow meet, in lengths of the arrow from its tip."""
_BORDERS = 2.0
"""Distance of the two borders of a double box."""


def box_sample(style: NodeStyle, left: float, bottom: float, width: float, height: float) -> str:
    """A box with the shape, fill and border of a kind of node."""
    line = style.fill if style.shape == "plain" else style.line
    start = _pen(line, style.line_style, style.line_width) + _text("C", style.fill)
    return start + "".join(_outline(style.shape, left, bottom, width, height))


def arrow_sample(style: EdgeStyle, left: float, middle: float, length: float) -> str:
    """An arrow to the right with the line and the ends of a kind of edge.

    Example:
        >>> arrow_sample(EdgeStyle("#000000", head="none"), 0, 5, 20)
        'S 15 -setlinewidth(1) S 5 -solid c 7 -#000000 L 2 0 5 20 5 '
    """
    right = left + length
    line = ((left + _ENDS[style.tail][0], middle), (right - _ENDS[style.head][0], middle))
    drawn = _pen(style.line, style.line_style, style.line_width) + _shape("L", line)
    ends = _end(style.tail, style.line, left, middle, 1) + _end(style.head, style.line, right, middle, -1)
    return drawn + _pen(style.line, "solid", min(style.line_width, 1.0)) + ends if ends else drawn


def _outline(shape: Shape, left: float, bottom: float, width: float, height: float) -> Iterator[str]:
    right, top = left + width, bottom + height
    middle = bottom + height / 2
    slope = height * 0.4
    low, inner = top - slope, right - slope
    if shape == "rounded":
        yield _shape("b", _rounded(left, bottom, right, top, height * 0.35))
    elif shape == "ellipse":
        yield f"E {left + width / 2:.5g} {middle:.5g} {width / 2:.5g} {height / 2:.5g} "
    elif shape == "hexagon":
        upper = ((right, middle), (inner, top), (left + slope, top))
        yield _shape("P", ((left, middle), (left + slope, bottom), (inner, bottom), *upper))
    elif shape == "note":
        yield _shape("P", ((left, bottom), (right, bottom), (right, low), (inner, top), (left, top)))
        yield _shape("L", ((inner, top), (inner, low), (right, low)))
    elif shape == "folder":
        tab, edge = left + width / 2, top - height * 0.2
        yield _shape("P", _box(left, bottom, right, edge))
        yield _shape("P", ((tab, edge), (tab + 1, top), (right - 1, top), (right, edge)))
    elif shape == "cube":
        upper = ((right, bottom + slope), (right, top), (left + slope, top))
        yield _shape("P", ((left, low), (left, bottom), (inner, bottom), *upper))
        yield _shape("L", ((left, low), (inner, low), (inner, bottom)))
        yield _shape("L", ((inner, low), (right, top)))
    else:
        yield _shape("P", _box(left, bottom, right, top))
    if shape == "double":
        yield _shape("p", _box(left + _BORDERS, bottom + _BORDERS, right - _BORDERS, top - _BORDERS))
    elif shape == "cut":
        yield _shape("L", ((left, bottom + slope), (left + slope, bottom)))
        yield _shape("L", ((inner, bottom), (right, bottom + slope)))
        yield _shape("L", ((right, low), (inner, top)))
        yield _shape("L", ((left + slope, top), (left, low)))


def _box(left: float, bottom: float, right: float, top: float) -> _Points:
    return ((left, bottom), (right, bottom), (right, top), (left, top))


def _rounded(left: float, bottom: float, right: float, top: float, radius: float) -> _Points:
    """The Bézier curve around a box with round corners: each side, and each corner, has three points."""
    to = radius * (1 - _ROUND)
    points = [(left + radius, bottom)]
    for side, first, second, end in (
        ((right - radius, bottom), (right - to, bottom), (right, bottom + to), (right, bottom + radius)),
        ((right, top - radius), (right, top - to), (right - to, top), (right - radius, top)),
        ((left + radius, top), (left + to, top), (left, top - to), (left, top - radius)),
        ((left, bottom + radius), (left, bottom + to), (left + to, bottom), (left + radius, bottom)),
    ):
        points += (points[-1], side, side, first, second, end)
    return points


def _end(end: End, colour: str, tip: float, middle: float, along: int) -> str:
    """The end of an arrow whose tip is there; ``along`` is 1 when it lies to the right of its tip."""
    length, half = _ENDS[end]
    back = tip + along * length
    if end == "none":
        return ""
    if end == "arrow":
        notch = tip + along * length * _NOTCH
        barbs = ((tip, middle), (back, middle + half), (notch, middle), (back, middle - half))
        return _shape("L", ((notch, middle), (back, middle))) + _text("C", colour) + _shape("P", barbs)
    if end == "triangle":
        return _shape("p", ((tip, middle), (back, middle + half), (back, middle - half)))
    centre = tip + along * length / 2
    diamond = ((tip, middle), (centre, middle + half), (back, middle), (centre, middle - half))
    return _text("C", colour) + _shape("P", diamond) if end == "filled diamond" else _shape("p", diamond)


def _pen(colour: str, line: Line, width: float) -> str:
    dashes = "solid" if line == "bold" else line
    return _text("S", f"setlinewidth({width:g})") + _text("S", dashes) + _text("c", colour)


def _text(operation: str, text: str) -> str:
    return f"{operation} {len(text)} -{text} "


def _shape(operation: str, points: _Points) -> str:
    return f"{operation} {len(points)} {' '.join(f'{x:.5g} {y:.5g}' for x, y in points)} "
