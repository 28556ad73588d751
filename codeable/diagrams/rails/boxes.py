"""Boxes with lines of text: what is in them, how high they are, and how they are drawn.

`column` has the bar, the solutions and the boxes of relations made here, and `loose` the other codes.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from codeable.diagrams.diagram import ForceLine, Node
from codeable.diagrams.impact_signs import printed_sign
from codeable.diagrams.rails.scene import Box, Item, TextLine
from codeable.diagrams.rails.setting import Sizes
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.stereotypes import stereotype_lines
from codeable.diagrams.styles import NodeStyle, Style

_AFTER_SIGN = 3.0
_HANGING = 0.8
"""Indent of a relation or note from its second line on, in sizes of the font: one sees where each begins."""
_WIDEST_SIGN = 3.0
"""Sizes of the font. A wider impact, in words of the study, is in the line of its forces."""


class BoxLine(NamedTuple):
    """One line in a box: its text, and before it perhaps a sign.

    A named tuple, like the items of a scene, because there are many of them. ``above`` is the part of the
    height that is empty.
    """

    text: str
    size: float
    height: float
    color: str
    bold: bool = False
    sign: str = ""
    indent: float = 0.0
    above: float = 0.0


class FilledBox(NamedTuple):
    """A box with its lines, not yet at a place.

    Attributes:
        node: What it stands for.
        style: Its shape and colours.
        width: Its width.
        height: Its height.
        entries: Its lines.
        to_name: From its upper side to the middle of the first line of its name.
        excess: By how many points the widest word is wider than its room; 0 or less where all words fit.
    """

    node: Node
    style: NodeStyle
    width: float
    height: float
    entries: tuple[BoxLine, ...]
    to_name: float
    excess: float


class BoxSetter:
    """Fills boxes with lines of text and draws them.

    Args:
        setter: Breaks texts.
        sizes: The sizes of the fonts.
        style: The colours.
    """

    def __init__(self, setter: Typesetter, sizes: Sizes, style: Style) -> None:
        self._setter = setter
        self._sizes = sizes
        self._style = style
        self._excess = 0.0

    def filled(
        self,
        node: Node,
        style: NodeStyle,
        width: float,
        *,
        name: str | None = None,
        lines: Iterable[str] = (),
        force_lines: bool = True,
    ) -> FilledBox:
        """The box of a node: kind, evidence, stereotypes, name, forces, values, notes.

        Args:
            node: The node.
            style: The shape and colours of the box.
            width: The width of the box.
            name: The name that is shown; None for that of the node.
            lines: Texts below all others.
            force_lines: Whether the forces are shown.
        """
        beside, above = self._sizes.padding(style)
        self._excess = -width
        entries = tuple(self._entries(node, width - 2 * beside, name, lines, force_lines=force_lines))
        to_name = above
        for entry in entries:
            if entry.bold:
                to_name += entry.height / 2
                break
            to_name += entry.height
        height = sum([entry.height for entry in entries]) + 2 * above
        return FilledBox(node, style, width, height, entries, to_name, self._excess)

    def _entries(
        self, node: Node, room: float, name: str | None, lines: Iterable[str], *, force_lines: bool
    ) -> Iterator[BoxLine]:
        words = " · ".join(part for part in (node.kind.word, node.evidence) if part.strip())
        yield from self._small(words, room, color=self._style.muted)
        for line in stereotype_lines(node.stereotypes, lambda line: self._fits(line, room)):
            yield from self._small(line, room, color=self._style.muted)
        yield from self._named(node.name if name is None else name, room)
        above = self._sizes.below_name
        for entry in self._details(node, room, lines, force_lines=force_lines):
            yield entry._replace(height=entry.height + above, above=above) if above else entry
            above = 0.0

    def _details(
        self, node: Node, room: float, lines: Iterable[str], *, force_lines: bool
    ) -> Iterator[BoxLine]:
        if force_lines:
            yield from self._force_runs(node.impacts, room)
        for text in (*node.values, *node.notes, *lines):
            yield from self._hanging(text, room)

    def draw(self, items: list[Item], identifier: str, box: FilledBox, left: float, top: float) -> None:
        """Draw a box at a place."""
        node, style = box.node, box.style
        beside, first = self._sizes.padding(style)
        url, tooltip = node.url, node.tooltip
        items.append(Box(identifier, left, top, box.width, box.height, style, url, tooltip))
        left, down = left + beside, top + first
        for number, (text, size, height, color, bold, sign, indent, above) in enumerate(box.entries):
            middle = down + (above + height) / 2
            if sign:
                name = f"{identifier}.sign{number}"
                items.append(TextLine(name, left, middle, indent, printed_sign(sign), size, color))
            name, inside, room = f"{identifier}.{number}", left + indent, box.width - 2 * beside - indent
            items.append(TextLine(name, inside, middle, room, text, size, color, bold, "left", url, tooltip))
            down += height

    def _fits(self, line: str, room: float) -> bool:
        size = self._sizes.small
        return self._setter.width(line, size) * self._setter.on_paper <= room

    def _named(self, name: str, room: float) -> Iterator[BoxLine]:
        size, height, color = self._sizes.name, self._sizes.name_line, self._style.text
        for line in self._lines(name, room, size, bold=True):
            yield BoxLine(line, size, height, color, bold=True)

    def _small(
        self, text: str, room: float, sign: str = "", indent: float = 0.0, color: str = ""
    ) -> Iterator[BoxLine]:
        if not text.strip():
            return
        size, height, color = self._sizes.small, self._sizes.small_line, color or self._style.text
        for line in self._lines(text, room - indent, size):
            yield BoxLine(line, size, height, color, sign=sign, indent=indent)
            sign = ""

    def _hanging(self, text: str, room: float) -> Iterator[BoxLine]:
        """A text whose lines but the first are indented."""
        indent = _HANGING * self._sizes.small
        if len(self._setter.lines(text, room, self._sizes.small)) == 1:
            yield from self._small(text, room)
            return
        for number, entry in enumerate(self._small(text, room, indent=indent)):
            yield entry if number else entry._replace(indent=0.0)

    def _lines(self, text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
        self._excess = max(self._excess, self._setter.widest_word(text, size, bold=bold) - room)
        return self._setter.lines(text, room, size, bold=bold)

    def _force_runs(self, impacts: Iterable[ForceLine], room: float) -> Iterator[BoxLine]:
        """The forces of a solution, those of one sign together."""
        size = self._sizes.small
        runs: dict[str, list[str]] = {}
        for impact in impacts:
            runs.setdefault(impact.sign, []).append(impact.force)
        widths = {sign: self._setter.width(printed_sign(sign), size) for sign in runs}
        short = [width for width in widths.values() if width <= _WIDEST_SIGN * size]
        indent = max(short, default=0.0) + _AFTER_SIGN
        for sign, names in runs.items():
            if widths[sign] <= _WIDEST_SIGN * size:
                yield from self._small(", ".join(names), room, sign, indent)
            else:
                yield from self._small(f"{printed_sign(sign)}: {', '.join(names)}", room)
