"""The legend of a rails figure: samples that look like what they explain, and the signs on a line.

`arrangement` puts it beneath the rails.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from codeable.diagrams.diagram import Diagram, Edge, LegendEntry, Node
from codeable.diagrams.legend import ARROW_SAMPLE, BOX_SAMPLE, LEGEND_LINE, legend, legend_size, wording
from codeable.diagrams.rails.column import Sizes, bar_style, box_style
from codeable.diagrams.rails.outline import Outline
from codeable.diagrams.rails.scene import Box, Item, Line, Scene, Text
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import Style

_TO_TEXT = 3.5
_APART = 11.0
_ROOM = 1.08
"""Room of a text, in widths of the text: small letters are measured in whole pixels."""
_EMPTY = LegendEntry("sign", "empty:", "not stated")


@frozen
class _Placed:
    """One entry on its line: how wide it is, how many lines it has, what draws it from the given corner."""

    width: float
    lines: int
    draw: Callable[[float, float], Iterator[Item]]


def legend_entries(diagram: Diagram, outlines: Iterable[Outline], *, matrix: bool) -> tuple[LegendEntry, ...]:
    """The kinds and signs that the rails of these decisions show; none for a figure without a legend.

    Args:
        diagram: The diagram.
        outlines: The decisions, with the options that the figure has.
        matrix: Whether the forces are a matrix, in which an impact that is not stated is an empty cell.
    """
    if not diagram.options.legend:
        return ()
    nodes: list[Node] = []
    edges: list[Edge] = []
    for outline in outlines:
        nodes.append(outline.decision)
        for rail in outline.rails:
            nodes.append(rail.node)
            edges.append(rail.edge)
            if diagram.options.relations == "graph":
                nodes += (relation.target for relation in rail.relations)
                edges += (relation.edge for relation in rail.relations)
    entries = legend(nodes, edges)
    if matrix and any(entry.role == "sign" for entry in entries):
        return (*entries, _EMPTY)
    return entries


def legend_texts(entries: Iterable[LegendEntry]) -> Iterator[str]:
    """The texts that a legend shows, before they are broken into lines."""
    for entry in entries:
        yield wording(entry)


def legend_scene(
    entries: Sequence[LegendEntry],
    setter: Typesetter,
    sizes: Sizes,
    style: Style,
    width: float,
    identifier: str = "legend",
) -> Scene | None:
    """The legend, no wider than the figure; None for no entries.

    Args:
        entries: What it explains.
        setter: Measures its texts.
        sizes: The sizes of the fonts of the figure; the legend is a point smaller, but never below 7 points.
        style: The colours, shapes and lines.
        width: The width of the figure in points.
        identifier: The start of the identifiers of its items.
    """
    if not entries:
        return None
    size = legend_size(sizes.small)
    items: list[Item] = []
    top = 0.0
    for group in (
        [entry for entry in entries if entry.role != "sign"],
        [entry for entry in entries if entry.role == "sign"],
    ):
        placed = [
            _placed(entry, f"{identifier}.{entry.role}{number}", setter, size, style, width)
            for number, entry in enumerate(group)
        ]
        top = _flow(items, placed, top, size * LEGEND_LINE, width)
    return Scene(width, top, tuple(items))


def _flow(items: list[Item], placed: Iterable[_Placed], top: float, line: float, width: float) -> float:
    """Put the entries after each other, on as many lines as they need; returns the lower end."""
    left, bottom = 0.0, top
    for each in placed:
        if left and left + each.width > width:
            left, top = 0.0, bottom
        items += each.draw(left, top)
        left += each.width + _APART
        bottom = max(bottom, top + each.lines * line)
    return bottom


def _placed(
    entry: LegendEntry, identifier: str, setter: Typesetter, size: float, style: Style, width: float
) -> _Placed:
    before = 0.0
    if entry.role != "sign":
        before = (BOX_SAMPLE[0] if entry.role == "node" else ARROW_SAMPLE) * size + _TO_TEXT
    lines = setter.lines(wording(entry), (width - before) / _ROOM, size)
    room = max((setter.width(line, size) for line in lines), default=0.0) * _ROOM + 1

    def draw(left: float, top: float) -> Iterator[Item]:
        middle = top + size * LEGEND_LINE / 2
        if entry.role == "node":
            yield _box_sample(entry, identifier, left, middle, size, style)
        elif entry.role == "edge":
            yield _arrow_sample(entry, identifier, left, middle, size, style)
        for number, line in enumerate(lines):
            yield Text(
                f"{identifier}.text{number}",
                left + before,
                middle + number * size * LEGEND_LINE,
                room,
                line,
                size,
                style.muted,
            )

    return _Placed(before + room, max(len(lines), 1), draw)


def _box_sample(
    entry: LegendEntry, identifier: str, left: float, middle: float, size: float, style: Style
) -> Box:
    of_kind = style.node(entry.key)
    shape = bar_style(of_kind) if entry.key == "decision" else box_style(of_kind)
    width, height = BOX_SAMPLE[0] * size, BOX_SAMPLE[1] * size
    return Box(identifier, left, middle - height / 2, width, height, shape)


def _arrow_sample(
    entry: LegendEntry, identifier: str, left: float, middle: float, size: float, style: Style
) -> Line:
    return Line(identifier, ((left, middle), (left + ARROW_SAMPLE * size, middle)), style.edge(entry.key))
