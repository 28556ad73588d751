"""One column of a rails figure: the bar of the decision, the trunk at the left, a rail for each option.

`arrangement` puts columns and the matrix together.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from attrs import evolve, field, frozen

from codeable.diagrams.diagram import Node
from codeable.diagrams.kinds import SIGNS
from codeable.diagrams.rails.outline import Outline, Rail
from codeable.diagrams.rails.scene import Box, Item, Line, Text
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import NodeStyle, Style

LINE_HEIGHT = 1.18
"""Distance of two lines of text, in sizes of their font: ours, because some fonts have no room between."""
_PADDING = 5.0, 3.0
"""Room between the border of a box and its text, horizontal and vertical."""
_TRUNK = 7.0
_NUMBER = 5.0
_TEXT = 17.0
"""Trunk, numbers and texts of the options: their distance from the left side."""
_ABOVE_RAIL = 1.5
GAP = 6.0
"""Room between two options."""


@frozen
class Sizes:
    """The sizes of the two fonts of a figure, in points."""

    name: float
    small: float

    @property
    def name_line(self) -> float:
        """Height of a line of a name."""
        return self.name * LINE_HEIGHT

    @property
    def small_line(self) -> float:
        """Height of a line of small text."""
        return self.small * LINE_HEIGHT


@frozen
class Row:
    """Where an option is in the column: its upper and lower end, and the height of its rail."""

    rail: Rail
    top: float
    bottom: float
    line: float


@frozen
class Column:
    """A column of rails, placed.

    Attributes:
        width: Its width.
        bar: The lower side of the bar.
        height: Its height.
        rows: Where the options are.
        items: What is drawn.
        fits: Whether every word is at most as wide as its room.
    """

    width: float
    bar: float
    height: float
    rows: tuple[Row, ...]
    items: tuple[Item, ...] = field(repr=False)
    fits: bool = True


@frozen
class _Entry:
    """One line in a box: its text, and before it perhaps a sign."""

    text: str
    size: float
    height: float
    color: str
    bold: bool = False
    sign: str = ""
    indent: float = 0.0


class ColumnBuilder:
    """Places one column.

    Args:
        outline: The decision.
        setter: Breaks its texts.
        sizes: The sizes of its fonts.
        style: Its colours and shapes.
        width: The width of the column.
        share: The part of the width that the texts of the options have; 0 puts each above its box.
        force_lines: Whether the forces are lines in the boxes.
    """

    def __init__(
        self,
        outline: Outline,
        setter: Typesetter,
        sizes: Sizes,
        style: Style,
        *,
        width: float,
        share: float,
        force_lines: bool,
    ) -> None:
        self._outline = outline
        self._setter = setter
        self._sizes = sizes
        self._style = style
        self._width = width
        self._force_lines = force_lines
        self._box_left = _TRUNK + (width - _TRUNK) * share if share else _TEXT
        self._is_above = not share
        self._fits = True

    def column(
        self,
        rails: Sequence[Rail],
        *,
        top: float = 0.0,
        suffix: str = "",
        has_bar: bool = True,
        bar_width: float | None = None,
        below_bar: float = GAP,
        least_heights: Mapping[int, float] = MappingProxyType({}),
    ) -> Column:
        """The column with some of the options.

        Args:
            rails: The options.
            top: Room above the bar.
            suffix: What follows the question in the bar, such as "(1 of 2)".
            has_bar: Whether the bar is drawn; a second column hangs from the bar of the first.
            bar_width: The width of the bar; None for that of the column.
            below_bar: Room between the bar and the first option.
            least_heights: Number of an option → the height that it has at least.
        """
        self._fits = True
        items: list[Item] = []
        bar = top + (self._bar(items, top, suffix, bar_width or self._width) if has_bar else 0.0)
        rows: list[Row] = []
        below = bar + below_bar
        for rail in rails:
            row = self._rail(items, rail, below)
            row = evolve(row, bottom=max(row.bottom, below + least_heights.get(rail.number, 0.0)))
            rows.append(row)
            below = row.bottom + GAP
        if rows:
            trunk = evolve(self._style.edge("option"), head="none", tail="none")
            first = rails[0].number
            items.append(
                Line(
                    f"{self._outline.decision.identifier}.trunk{first}",
                    ((_TRUNK, bar), (_TRUNK, rows[-1].line)),
                    trunk,
                )
            )
        bottom = rows[-1].bottom if rows else bar
        return Column(self._width, bar, bottom, tuple(rows), tuple(items), self._fits)

    def _lines(self, text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
        self._fits = self._fits and self._setter.widest_word(text, size, bold=bold) <= room
        return self._setter.lines(text, room, size, bold=bold)

    def bar_height(self, width: float, suffix: str = "") -> float | None:
        """The height of a bar of this width; None where one of its words is wider."""
        self._fits = True
        entries = self._bar_entries(width, suffix)
        return sum(entry.height for entry in entries) + 2 * _PADDING[1] if self._fits else None

    def _bar(self, items: list[Item], top: float, suffix: str, width: float) -> float:
        decision = self._outline.decision
        style = bar_style(self._style.node(decision.kind.key))
        entries = self._bar_entries(width, suffix)
        return self._box(items, decision.identifier, decision, entries, style, 0.0, top, width)

    def _bar_entries(self, width: float, suffix: str) -> list[_Entry]:
        decision, room = self._outline.decision, width - 2 * _PADDING[0]
        entries = [*self._heading(decision), *self._named(f"{decision.name} {suffix}".strip(), room)]
        for line in (*self._outline.lines, *decision.notes):
            entries += self._small(line, room)
        return entries

    def _rail(self, items: list[Item], rail: Rail, top: float) -> Row:
        sizes, style = self._sizes, self._style
        left, name = self._box_left, f"{self._outline.decision.identifier}.{rail.number}"
        room = (self._width if self._is_above else left - _PADDING[0]) - _TEXT
        text = self._lines(rail.text, room, sizes.small) if rail.text else ()
        entries = self._entries(rail, self._width - left - 2 * _PADDING[0])
        height = sum(entry.height for entry in entries) + 2 * _PADDING[1]
        into_box = _PADDING[1] + self._to_name(entries)
        above = len(text) * sizes.small_line + (_ABOVE_RAIL if text else 0.0)
        if self._is_above:
            box_top = top + above
            line = box_top + into_box
            first = top
        else:
            line = top + max(into_box, above)
            box_top = line - into_box
            first = line - above
        for position, each in enumerate(text):
            middle = first + (position + 0.5) * sizes.small_line
            items.append(Text(f"{name}.text{position}", _TEXT, middle, room, each, sizes.small, style.text))
        number_middle = (
            first + 0.5 * sizes.small_line if self._is_above else line - 0.5 * sizes.small_line - _ABOVE_RAIL
        )
        items.append(
            Text(
                f"{name}.number",
                0,
                number_middle,
                _TEXT - 3,
                str(rail.number),
                sizes.small,
                style.text,
                True,
                "right",
            )
        )
        self._box(
            items,
            f"{name}.box",
            rail.node,
            entries,
            box_style(style.node(rail.node.kind.key)),
            left,
            box_top,
            self._width - left,
        )
        items.append(Line(f"{name}.rail", ((_TRUNK, line), (left, line)), style.edge("option")))
        return Row(rail, top, box_top + height, line)

    def _to_name(self, entries: Sequence[_Entry]) -> float:
        """From the upper end of the text to the middle of the name."""
        before = 0.0
        for entry in entries:
            if entry.bold:
                return before + entry.height / 2
            before += entry.height
        return before / 2

    def _entries(self, rail: Rail, room: float) -> list[_Entry]:
        node = rail.node
        entries = [*self._heading(node), *self._named(node.name, room)]
        if self._force_lines:
            entries += self._force_runs(node, room)
        for note in node.notes:
            entries += self._small(note, room)
        for relation in rail.relations:
            target = str(relation.number) if relation.number else relation.target.name
            entries += self._small(f"{relation.text} → {target}".strip(), room)
        return entries

    def _heading(self, node: Node) -> Iterator[_Entry]:
        words = " · ".join(part for part in (node.kind.word, node.evidence) if part)
        if words:
            yield _Entry(words, self._sizes.small, self._sizes.small_line, self._style.muted)

    def _named(self, name: str, room: float) -> Iterator[_Entry]:
        for line in self._lines(name, room, self._sizes.name, bold=True):
            yield _Entry(line, self._sizes.name, self._sizes.name_line, self._style.text, bold=True)

    def _small(self, text: str, room: float, sign: str = "", indent: float = 0.0) -> Iterator[_Entry]:
        for line in self._lines(text, room - indent, self._sizes.small):
            yield _Entry(
                line, self._sizes.small, self._sizes.small_line, self._style.text, sign=sign, indent=indent
            )
            sign = ""

    def _force_runs(self, node: Node, room: float) -> Iterator[_Entry]:
        """The forces of a solution, those of one sign together."""
        runs: dict[str, list[str]] = {}
        for impact in node.impacts:
            runs.setdefault(impact.sign, []).append(impact.force)
        indent = max((self._setter.width(sign, self._sizes.small) for sign in runs), default=0.0) + 3
        for sign, names in runs.items():
            yield from self._small(", ".join(names), room, sign, indent)

    def _box(
        self,
        items: list[Item],
        identifier: str,
        node: Node,
        entries: Sequence[_Entry],
        style: NodeStyle,
        left: float,
        top: float,
        width: float,
    ) -> float:
        """Draw a box with its text; returns its height."""
        height = sum(entry.height for entry in entries) + 2 * _PADDING[1]
        items.append(Box(identifier, left, top, width, height, style, node.url, node.name))
        down = top + _PADDING[1]
        for number, entry in enumerate(entries):
            middle = down + entry.height / 2
            inside = left + _PADDING[0]
            if entry.sign:
                items.append(
                    Text(
                        f"{identifier}.sign{number}",
                        inside,
                        middle,
                        entry.indent,
                        entry.sign,
                        entry.size,
                        entry.color,
                    )
                )
            room = width - 2 * _PADDING[0] - entry.indent
            items.append(
                Text(
                    f"{identifier}.{number}",
                    inside + entry.indent,
                    middle,
                    room,
                    entry.text,
                    entry.size,
                    entry.color,
                    entry.bold,
                    url=node.url,
                )
            )
            down += entry.height
        return height


def bar_style(style: NodeStyle) -> NodeStyle:
    """The style of a bar: that of the decision, as a plain box."""
    return evolve(style, shape="box")


def box_style(style: NodeStyle) -> NodeStyle:
    """The style of a solution. A shape without room for lines that start at the left becomes a box."""
    return style if style.shape in ("box", "rounded", "double") else evolve(style, shape="box")


def texts_of(outline: Outline) -> Iterator[str]:
    """Every text of a figure, or its parts, before it is broken into lines."""
    decision = outline.decision
    yield from (f"{decision.name} (1234567890 of", *outline.lines, *decision.notes)
    yield from outline.forces.values()
    yield from SIGNS
    yield "· → ,"
    for node in (decision, *(rail.node for rail in outline.rails)):
        yield from (node.kind.word, node.evidence, node.name, *node.notes)
        for impact in node.impacts:
            yield from (impact.sign, f"{impact.force}, ", impact.force)
    for rail in outline.rails:
        yield from (rail.text, str(rail.number), f"{rail.number})")
        for relation in rail.relations:
            yield from (relation.text, relation.target.name, str(relation.number))
