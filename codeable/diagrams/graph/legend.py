"""The legend of a graph in DOT: a table of texts, with samples drawn behind it. Called by `dot`.

A label has no boxes and arrowheads, so the samples are drawing operations in `_background`, at positions that
count from the lower left corner of the picture. Graphviz puts the legend into that corner, whatever the graph
is like, and the rows of the table have heights of our own. Nothing here depends on the fonts of a machine.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache

from attrs import frozen

from codeable.diagrams import dot_escape
from codeable.diagrams.diagram import Diagram, LegendEntry
from codeable.diagrams.dot_escape import MOST_BYTES, attribute
from codeable.diagrams.graph.labels import PLAIN_TABLE, rail_width
from codeable.diagrams.graph.samples import arrow_sample, box_sample
from codeable.diagrams.legend import ARROW_SAMPLE, BOX_SAMPLE, LEGEND_LINE, legend_size, wording
from codeable.diagrams.options import POINTS_PER_MM
from codeable.diagrams.wrapping import drawable, wrap
from codeable.terminal import cell_len

_LEFT, _BOTTOM = 8, 4
"""The lower left corner of the label of a graph, in points from that of the picture."""
_ABOVE = 5
_TO_TEXT = 4
_APART = 8
_SIGNS_APART = "\u2003"
_NARROWEST = 16
"""Columns of the longest word that is not too wide for any figure."""
_LOOKED_AT = 200
_BOLD = 0.95
"""From the generous width of a line to the least width of the box around it, when it is bold."""
_BESIDE_TEXT = 20
"""Points between two boxes with an arrow, besides its text, at least."""
_BESIDE_BOX = 16
"""Points between two boxes with arrows from one box, at least."""
_HAS_EVEN_LETTERS = re.compile("mono|courier|consol|typewriter|fixed", re.IGNORECASE)
_MONOSPACED = 1.25
"""How much wider small letters of such a font are."""


@frozen
class _Entry:
    """One entry of the grid: its lines of text, and how wide they are in points."""

    entry: LegendEntry
    lines: tuple[str, ...]
    width: int


def legend_attributes(diagram: Diagram, closing: frozenset[int]) -> str:
    """The attributes of the graph that draw its legend, with a blank before them; empty for no legend.

    Args:
        diagram: The diagram.
        closing: Positions of the edges that close a cycle.
    """
    if not diagram.legend:
        return ""
    style = diagram.style
    # A figure with a width is scaled, and its smallest text has to stay readable.
    small = style.small_size
    size = legend_size(small) if diagram.options.width_mm is None else small
    start = f" labelloc=b labeljust=l fontsize={size:g} fontcolor={attribute(style.muted)}"
    grid = _Grid(diagram, size, least_width(diagram, closing))
    label = f"<{PLAIN_TABLE}{''.join(grid.rows())}</TABLE>>"
    if len(label.encode()) > MOST_BYTES:
        return f"{start} label={dot_escape.quoted_lines(map(wording, diagram.legend))}"
    samples = dot_escape.joined(grid.samples())
    return f"{start} label={label} _background={samples}"


class _Grid:
    """The entries in columns of fixed widths, and the signs on the lines below them."""

    def __init__(self, diagram: Diagram, size: float, room: float) -> None:
        self._style = diagram.style
        self._size = size
        self._wider = _MONOSPACED if _HAS_EVEN_LETTERS.search(diagram.style.font) else 1.0
        self._height = math.ceil(size * LEGEND_LINE)
        self._before = math.ceil(ARROW_SAMPLE * size) + _TO_TEXT
        room = max(room, self._before + self._points(_NARROWEST * "x"))
        entries = [self._entry(entry, room) for entry in diagram.legend if entry.role != "sign"]
        self._columns = self._columns_of(entries, room)
        self._rows = [
            entries[at : at + len(self._columns)] for at in range(0, len(entries), len(self._columns))
        ]
        self._signs = self._sign_lines([entry for entry in diagram.legend if entry.role == "sign"], room)

    def _entry(self, entry: LegendEntry, room: float) -> _Entry:
        lines = wrap(drawable(entry.text), room - self._before, self._points)
        return _Entry(entry, lines, math.ceil(max(self._points(line) for line in lines)))

    def _columns_of(self, entries: Sequence[_Entry], room: float) -> tuple[int, ...]:
        """The widths of the texts in as many columns as there is room for, and in one for broken texts.

        The lines of one text follow each other in the picture, so that a search finds the text.
        """
        most = len(entries) if all(len(entry.lines) == 1 for entry in entries) else 1
        for count in range(most, 1, -1):
            widths = tuple(max(entry.width for entry in entries[at::count]) for at in range(count))
            if sum(widths) + count * self._before + (count - 1) * _APART <= room:
                return widths
        return (max((entry.width for entry in entries), default=0),)

    def _sign_lines(self, signs: Sequence[LegendEntry], room: float) -> list[str]:
        lines: list[str] = []
        for entry in signs:
            text = wording(entry)
            longer = f"{lines[-1]}{_SIGNS_APART}{text}" if lines else ""
            if lines and self._points(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(text)
        return lines

    def rows(self) -> Iterator[str]:
        """The rows of the table. Each of its columns has two cells: one for the sample, one for the text."""
        height = f'HEIGHT="{self._height}"'
        widths = [width + _APART for width in self._columns]
        signs = max((math.ceil(self._points(line)) for line in self._signs), default=0)
        # A cell that spans columns must not widen them, because the samples stay where they are.
        widths[-1] = max(widths[-1], signs - sum(widths[:-1]) - len(widths) * self._before)
        yield f'<TR><TD HEIGHT="{_ABOVE}"></TD></TR>'
        for row in self._rows:
            for texts in zip(*(entry.lines for entry in row), strict=True):
                filled = (*texts, *[" "] * (len(widths) - len(texts)))
                cells = (
                    f'<TD WIDTH="{self._before}" {height}></TD>'
                    f'<TD WIDTH="{width}" ALIGN="LEFT">{dot_escape.html(text) or " "}</TD>'
                    for text, width in zip(filled, widths, strict=True)
                )
                yield f"<TR>{''.join(cells)}</TR>"
        span = f'COLSPAN="{2 * len(widths)}"'
        for line_of_signs in self._signs:
            yield f'<TR><TD {span} {height} ALIGN="LEFT">{dot_escape.html(line_of_signs)}</TD></TR>'

    def samples(self) -> Iterator[str]:
        """What draws the samples, each in the middle of its first line."""
        below = sum(len(row[0].lines) for row in self._rows) + len(self._signs)
        for row in self._rows:
            middle = _BOTTOM + (below - 0.5) * self._height
            left = float(_LEFT)
            for entry, width in zip(row, self._columns, strict=False):
                yield self._sample(entry.entry, left, middle)
                left += self._before + width + _APART
            below -= len(row[0].lines)

    def _points(self, text: str) -> float:
        return _points(text, self._size) * self._wider

    def _sample(self, entry: LegendEntry, left: float, middle: float) -> str:
        length = ARROW_SAMPLE * self._size
        if entry.role == "edge":
            return arrow_sample(self._style.edge(entry.key), left, middle, length)
        width, height = (side * self._size for side in BOX_SAMPLE)
        inside = left + (length - width) / 2
        return box_sample(self._style.node(entry.key), inside, middle - height / 2, width, height)


def least_width(diagram: Diagram, closing: frozenset[int]) -> float:
    """A width in points that the figure has at least, so that its legend does not make it wider."""
    style, options = diagram.style, diagram.options
    nodes = {node.identifier: node for node in diagram.nodes[:_LOOKED_AT]}
    starting: dict[str, dict[str, float]] = {}
    for position, edge in enumerate(diagram.edges[:_LOOKED_AT]):
        if position not in closing and edge.source in nodes and edge.target in nodes:
            targets, text = starting.setdefault(edge.source, {}), float(rail_width(edge, diagram))
            targets[edge.target] = max(text, targets.get(edge.target, 0.0))

    def box(identifier: str) -> float:
        lines = wrap(nodes[identifier].name, options.wrap)
        return max(_points(line, style.font_size) for line in lines) * _BOLD

    @cache
    def to_the_right(identifier: str) -> float:
        """The width of a box and of the longest chain of boxes and texts that starts at it."""
        chains = (
            text + _BESIDE_TEXT + to_the_right(target)
            for target, text in starting.get(identifier, {}).items()
            if target != identifier
        )
        return box(identifier) + max(chains, default=0.0)

    def below(identifier: str) -> float:
        """The width of the boxes that are beside each other because arrows from one box lead to them."""
        targets = starting.get(identifier, {})
        return max(box(identifier), sum(map(box, targets)) + _BESIDE_BOX * (len(targets) - 1))

    widest = max(map(to_the_right if options.direction == "LR" else below, nodes))
    return widest if options.width_mm is None else min(widest, options.width_mm * POINTS_PER_MM)


def _points(text: str, size: float) -> float:
    """The width of a line, with room for fonts that are wider than those of our styles."""
    wide = sum(letter.isupper() or letter in "mw%@" for letter in text)
    return (cell_len(text) * 0.58 + wide * 0.25) * size
