"""The legend of a rails figure: its signs, in their cells where these have tints.

Boxes say themselves what they are, and rails are numbered. `arrangement` puts the legend beneath them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from codeable.diagrams.diagram import Diagram, LegendEntry, Node
from codeable.diagrams.impact_signs import printed_sign
from codeable.diagrams.legend import BOX_SAMPLE, LEGEND_LINE, legend, legend_size, wording
from codeable.diagrams.rails.matrix_style import matrix_style
from codeable.diagrams.rails.outline import Outline
from codeable.diagrams.rails.scene import Box, Item, Scene, TextLine
from codeable.diagrams.rails.setting import Sizes
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import NodeStyle, Style

_TO_TEXT = 3.5
_APART = 8.0
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
    """The signs that the rails of these decisions show; none for a figure without a legend.

    Args:
        diagram: The diagram.
        outlines: The decisions, with the options that the figure has.
        loose: The codes in boxes without a rail.
        matrix: Whether the forces are a matrix, in which an impact that is not stated is an empty cell.
    """
    if not diagram.options.legend:
        return ()
    nodes = list(loose)
    for rail in (rail for outline in outlines for rail in outline.rails):
        nodes.append(rail.node)
        if diagram.options.relations == "graph":
            nodes += (relation.target for relation in rail.relations)
    signs = tuple(entry for entry in legend(nodes, ()) if entry.role == "sign")
    return (*signs, _EMPTY) if matrix and signs else signs


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
        style: The colours.
        width: The width of the figure in points.
        identifier: The start of the identifiers of its items.
    """
    if not entries:
        return None
    writer = _Writer(setter, legend_size(sizes.small), style, width, has_cells=_EMPTY in entries)
    items: list[Item] = []
    left, top, height = 0.0, 0.0, 0.0
    for number, entry in enumerate(entries):
        each = writer.placed(entry, f"{identifier}.sign{number}")
        if left and left + each.width > width:
            left, top = 0.0, height
        items += each.draw(left, top)
        left += each.width + _APART
        height = max(height, top + each.lines * writer.line)
    return Scene(width, height, tuple(items))


@frozen
class _Writer:
    """Writes entries, each a sign and the text at the right of it.

    Attributes:
        setter: Measures texts.
        size: The size of the font.
        style: The colours.
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
        sign = printed_sign(entry.key)
        cell = max(_CELL * self.size, self.setter.width(sign, self.size) * _ROOM + 1) if tint else 0.0
        before = cell + _TO_TEXT if tint else 0.0
        lines = self.setter.lines(text, (self.width - before) / _ROOM, self.size)
        room = max(self.setter.width(line, self.size) for line in lines) * _ROOM + 1

        def draw(left: float, top: float) -> Iterator[Item]:
            middle, size = top + self.line / 2, self.size
            if tint is not None:
                height, color = BOX_SAMPLE[1] * size, matrix_style(self.style).signs[entry.key]
                yield Box(identifier, left, middle - height / 2, cell, height, tint)
                yield TextLine(f"{identifier}.sign", left, middle, cell, sign, size, color, align="center")
            for number, line in enumerate(lines):
                name, down = f"{identifier}.text{number}", middle + number * self.line
                yield TextLine(name, left + before, down, room, line, size, self.style.muted)

        return _Placed(before + room, len(lines), draw)

    def _tint(self, entry: LegendEntry) -> NodeStyle | None:
        """The colour of a cell with this sign, where there are cells."""
        is_cell = self.has_cells and entry is not _EMPTY
        return matrix_style(self.style).tints.get(entry.key) if is_cell else None
