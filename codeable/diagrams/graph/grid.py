"""Boxes without an arrow, as a grid in the order of declaration. Called by `dot`."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from codeable.diagrams.diagram import Diagram, Node
from codeable.diagrams.graph.labels import lines_above_name, lines_of_values
from codeable.diagrams.options import POINTS_PER_INCH, POINTS_PER_MM
from codeable.diagrams.styles import SCREEN_WIDTH
from codeable.diagrams.wrapping import wrap
from codeable.terminal import cell_len

_LETTER = 0.55
"""Width of a bold letter in sizes of its font, about."""
_SMALL_LETTER = 0.5
"""Width of a letter of small text in sizes of its font, about."""
_AROUND = 30
"""Points between the texts of two boxes beside each other, about."""
_IN_BOX = 14
"""Points of a box beside its text, on both sides together."""
_POINTED = 1.5
"""Width of a box with slanted or round sides, in widths of its text, about."""


def grid_dot(nodes: Sequence[Node], diagram: Diagram) -> Iterator[str]:
    """Invisible arrows that put these boxes into rows; boxes below each other are of one width."""
    columns = _columns(nodes, diagram)
    for at in range(columns):
        below_each_other = nodes[at::columns]
        width = (max(_width(node, diagram) for node in below_each_other) + _IN_BOX) / POINTS_PER_INCH
        yield from (f"  {node.identifier} [width={width:.2f}];" for node in below_each_other)
    rows = [[node.identifier for node in nodes[at : at + columns]] for at in range(0, len(nodes), columns)]
    beside = [_invisible(row) for row in rows if len(row) > 1]
    if diagram.options.direction == "LR":
        yield from (f"  {chain}" for chain in beside)
        if len(rows) > 1:
            yield f"  {{rank=same; {_invisible([row[0] for row in rows])}}}"
        return
    yield from (f"  {{rank=same; {chain}}}" for chain in beside)
    for above, below in pairwise(rows):
        yield from (f"  {_invisible(pair)}" for pair in zip(above, below, strict=False))


def _invisible(identifiers: Sequence[str]) -> str:
    return f"{' -> '.join(identifiers)} [style=invis];"


def _columns(nodes: Sequence[Node], diagram: Diagram) -> int:
    """As many columns as the width has room for, the rows as even as possible."""
    options = diagram.options
    room = SCREEN_WIDTH if options.width_mm is None else options.width_mm * POINTS_PER_MM
    widths = [_width(node, diagram) for node in nodes]

    def width(columns: int) -> float:
        return sum(max(widths[at::columns]) + _AROUND for at in range(columns)) - _AROUND / 2

    possible = min(len(nodes), int(room / _AROUND) + 1)
    most = next((count for count in range(possible, 1, -1) if width(count) <= room), 1)
    return math.ceil(len(nodes) / math.ceil(len(nodes) / most))


def _width(node: Node, diagram: Diagram) -> float:
    options, style = diagram.options, diagram.style
    columns = max(cell_len(line) for line in wrap(node.name, options.wrap, language=options.language))
    small = map(cell_len, (*lines_above_name(node, options), *lines_of_values(node, options)))
    width = max(columns * _LETTER * style.font_size, max(small, default=0) * _SMALL_LETTER * style.small_size)
    pointed = style.node(node.kind.key).shape in ("hexagon", "ellipse")
    return width * (_POINTED if pointed else 1)
