"""Boxes with lines of text: what is in them, how high they are, and how they are drawn.

Called by `column` for the bar, the solutions and the boxes of relations.
"""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from codeable.diagrams.diagram import ForceLine, Node
from codeable.diagrams.kinds import printed_sign
from codeable.diagrams.rails.scene import Box, Item, Text
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import NodeStyle, Style

LINE_HEIGHT = 1.18
"""Distance of two lines of text, in sizes of their font: ours, because some fonts have no room between."""
_PADDING = 5.0, 3.0
"""Room between the border of a box and its text, horizontal and vertical."""
_INNER_BORDER = 2.2
"""More room in a box with two borders."""
_AFTER_SIGN = 3.0
_HANGING = 0.8
"""Indent of a relation or note from its second line on, in sizes of the font: one sees where each begins."""
_WIDEST_SIGN = 3.0
"""Sizes of the font. A wider impact, in words of the study, is in the line of its forces."""


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
class Entry:
    """One line in a box: its text, and before it perhaps a sign."""

    text: str
    size: float
    color: str
    bold: bool = False
    sign: str = ""
    indent: float = 0.0

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.size * LINE_HEIGHT


class BoxSetter:
    """Fills boxes with lines of text and draws them.

    Args:
        setter: Breaks texts.
        sizes: The sizes of the fonts.
        style: The colours.

    Attributes:
        excess: By how many points the widest word, of all boxes so far, is wider than its room.
    """

    def __init__(self, setter: Typesetter, sizes: Sizes, style: Style) -> None:
        self._setter = setter
        self._sizes = sizes
        self._style = style
        self.excess = 0.0

    def lines(self, text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
        """The lines of a text, like those of the typesetter; remembers a word that is wider than its room."""
        self.excess = max(self.excess, self._setter.widest_word(text, size, bold=bold) - room)
        return self._setter.lines(text, room, size, bold=bold)

    def entries(
        self,
        node: Node,
        room: float,
        *,
        name: str | None = None,
        lines: Iterable[str] = (),
        force_lines: bool = True,
    ) -> list[Entry]:
        """The lines in the box of a node: its kind and evidence, its name, its forces, its notes.

        Args:
            node: The node.
            room: The width of the lines.
            name: The name that is shown; None for that of the node.
            lines: Texts below all others.
            force_lines: Whether the forces are shown.
        """
        words = " · ".join(part for part in (node.kind.word, node.evidence) if part.strip())
        muted = self._style.muted
        shown = node.name if name is None else name
        found = [*self._small(words, room, color=muted), *self._named(shown, room)]
        if force_lines:
            found += self._force_runs(node.impacts, room)
        for text in (*node.notes, *lines):
            found += self._hanging(text, room)
        return found

    def height(self, entries: Sequence[Entry], style: NodeStyle) -> float:
        """The height of a box with these lines."""
        return sum(entry.height for entry in entries) + 2 * padding(style)[1]

    def to_name(self, entries: Sequence[Entry], style: NodeStyle) -> float:
        """From the upper side of a box to the middle of the first line of the name in it."""
        before = padding(style)[1]
        for entry in entries:
            if entry.bold:
                return before + entry.height / 2
            before += entry.height
        return before

    def draw(
        self,
        items: list[Item],
        identifier: str,
        node: Node,
        entries: Sequence[Entry],
        style: NodeStyle,
        left: float,
        top: float,
        width: float,
    ) -> float:
        """Draw a box with its lines; returns its height."""
        beside, above = padding(style)
        height = self.height(entries, style)
        items.append(Box(identifier, left, top, width, height, style, node.url, node.tooltip))
        down = top + above
        room = width - 2 * beside
        url, tooltip = node.url, node.tooltip
        for number, entry in enumerate(entries):
            middle, size, color, indent = down + entry.height / 2, entry.size, entry.color, entry.indent
            if entry.sign:
                sign = f"{identifier}.sign{number}"
                items.append(Text(sign, left + beside, middle, indent, printed_sign(entry.sign), size, color))
            inside = left + beside + indent
            items.append(
                Text(
                    f"{identifier}.{number}",
                    inside,
                    middle,
                    room - indent,
                    entry.text,
                    size,
                    color,
                    entry.bold,
                    url=url,
                    tooltip=tooltip,
                )
            )
            down += entry.height
        return height

    def _named(self, name: str, room: float) -> Iterator[Entry]:
        for line in self.lines(name, room, self._sizes.name, bold=True):
            yield Entry(line, self._sizes.name, self._style.text, bold=True)

    def _small(
        self, text: str, room: float, sign: str = "", indent: float = 0.0, color: str = ""
    ) -> Iterator[Entry]:
        if not text.strip():
            return
        for line in self.lines(text, room - indent, self._sizes.small):
            yield Entry(line, self._sizes.small, color or self._style.text, sign=sign, indent=indent)
            sign = ""

    def _hanging(self, text: str, room: float) -> Iterator[Entry]:
        """A text whose lines but the first are indented."""
        indent = _HANGING * self._sizes.small
        if len(self._setter.lines(text, room, self._sizes.small)) == 1:
            yield from self._small(text, room)
            return
        for number, entry in enumerate(self._small(text, room, indent=indent)):
            yield entry if number else evolve(entry, indent=0.0)

    def _force_runs(self, impacts: Iterable[ForceLine], room: float) -> Iterator[Entry]:
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


def padding(style: NodeStyle) -> tuple[float, float]:
    """Room between the border of a box and its text, horizontal and vertical."""
    more = _INNER_BORDER if style.shape == "double" else 0.0
    return _PADDING[0] + more / 2, _PADDING[1] + more
