"""The legend of a rails figure: samples that look like what they explain, and the signs on a line.

`arrangement` puts it beneath the rails.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from codeable.diagrams.diagram import Diagram, Edge, LegendEntry, Node
from codeable.diagrams.kinds import printed_sign
from codeable.diagrams.legend import ARROW_SAMPLE, BOX_SAMPLE, LEGEND_LINE, legend, legend_size, wording
from codeable.diagrams.rails.matrix_style import matrix_style
from codeable.diagrams.rails.outline import Outline
from codeable.diagrams.rails.scene import Box, Item, Line, Scene, Text
from codeable.diagrams.rails.setting import Sizes
from codeable.diagrams.rails.shapes import bar_style, box_style
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import NodeStyle, Style

_TO_TEXT = 3.5
_APART = 11.0
_SIGNS_APART = 8.0
_ROOM = 1.08
"""Room of a text, in widths of the text: small letters are measured in whole pixels."""
_CELL = 1.6
"""Least width of a cell with a sign, in sizes of the font."""
_EMPTY = LegendEntry("sign", "empty:", "not stated")


@frozen
class _Placed:
    """One entry on its line: how wide it is, how many lines it has, what draws it from the given corner."""

    width: float
    lines: int
    draw: Callable[[float, float], Iterator[Item]]


def legend_entries(
    diagram: Diagram, outlines: Iterable[Outline], loose: Iterable[Node] = (), *, matrix: bool
) -> tuple[LegendEntry, ...]:
    """The kinds and signs that the rails of these decisions show; none for a figure without a legend.

    Args:
        diagram: The diagram.
        outlines: The decisions, with the options that the figure has.
        loose: The codes in boxes without a rail.
        matrix: Whether the forces are a matrix, in which an impact that is not stated is an empty cell.
    """
    if not diagram.options.legend:
        return ()
    nodes = list(loose)
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
        yield from (wording(entry), entry.text)


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
    writer = _Writer(setter, legend_size(sizes.small), style, width, has_cells=_EMPTY in entries)
    items: list[Item] = []
    top = 0.0
    for signs in (False, True):
        placed = [
            writer.placed(entry, f"{identifier}.{entry.role}{number}")
            for number, entry in enumerate(entries)
            if (entry.role == "sign") == signs
        ]
        apart = _SIGNS_APART if signs else _APART
        top = _flow(items, placed, top, apart, writer.line, width)
    return Scene(width, top, tuple(items))


def _flow(
    items: list[Item], placed: Iterable[_Placed], top: float, apart: float, line: float, width: float
) -> float:
    """Put the entries after each other, on as many lines as they need; returns the lower end."""
    left, bottom = 0.0, top
    for each in placed:
        if left and left + each.width > width:
            left, top = 0.0, bottom
        items += each.draw(left, top)
        left += each.width + apart
        bottom = max(bottom, top + each.lines * line)
    return bottom


@frozen
class _Writer:
    """Writes entries, each a sample and the text at the right of it.

    Attributes:
        setter: Measures texts.
        size: The size of the font.
        style: The colours, shapes and lines.
        width: The width that an entry may have.
        has_cells: Whether signs are shown as in the cells of a matrix.
    """

    setter: Typesetter
    size: float
    style: Style
    width: float
    has_cells: bool

    @property
    def line(self) -> float:
        """The distance of two lines."""
        return self.size * LEGEND_LINE

    def placed(self, entry: LegendEntry, identifier: str) -> _Placed:
        """One entry with its size."""
        tint = self._tint(entry)
        text = wording(entry) if tint is None else entry.text
        sample = self._sample_width(entry, tint)
        before = sample + _TO_TEXT if sample else 0.0
        lines = self.setter.lines(text, (self.width - before) / _ROOM, self.size)
        room = max(self.setter.width(line, self.size) for line in lines) * _ROOM + 1

        def draw(left: float, top: float) -> Iterator[Item]:
            middle = top + self.line / 2
            if tint is not None:
                yield self._box(tint, identifier, left, middle, sample)
                color = matrix_style(self.style).signs[entry.key]
                sign = printed_sign(entry.key)
                text_of_sign = Text(f"{identifier}.sign", left, middle, sample, sign, self.size, color)
                yield text_of_sign._replace(align="center")
            elif entry.role == "node":
                yield self._box(self._node_style(entry.key), identifier, left, middle, sample)
            elif entry.role == "edge":
                points = ((left, middle), (left + sample, middle))
                yield Line(identifier, points, self.style.edge(entry.key))
            for number, line in enumerate(lines):
                name, down = f"{identifier}.text{number}", middle + number * self.line
                yield Text(name, left + before, down, room, line, self.size, self.style.muted)

        return _Placed(before + room, len(lines), draw)

    def _tint(self, entry: LegendEntry) -> NodeStyle | None:
        is_cell = self.has_cells and entry.role == "sign" and entry is not _EMPTY
        return matrix_style(self.style).tints.get(entry.key) if is_cell else None

    def _sample_width(self, entry: LegendEntry, tint: NodeStyle | None) -> float:
        if tint is not None:
            return max(_CELL * self.size, self.setter.width(printed_sign(entry.key), self.size) * _ROOM + 1)
        widths = {"node": BOX_SAMPLE[0], "edge": ARROW_SAMPLE, "sign": 0.0}
        return widths[entry.role] * self.size

    def _node_style(self, key: str) -> NodeStyle:
        style = self.style.node(key)
        return bar_style(style) if key == "decision" else box_style(style)

    def _box(self, style: NodeStyle, identifier: str, left: float, middle: float, width: float) -> Box:
        height = BOX_SAMPLE[1] * self.size
        return Box(identifier, left, middle - height / 2, width, height, style)
