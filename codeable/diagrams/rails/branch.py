"""Rails that hang from one trunk: a line of its own for each text, and a box at its end.

`column` has one branch for the options of a decision, and one for the boxes of relations.
"""

from collections.abc import Callable, Iterable, Iterator
from math import ceil
from typing import NamedTuple

from attrs import evolve, frozen

from codeable.diagrams.diagram import Node
from codeable.diagrams.rails.boxes import BoxSetter, FilledBox
from codeable.diagrams.rails.outline import Rail, shown_name
from codeable.diagrams.rails.scene import Item, Polyline, TextLine
from codeable.diagrams.rails.setting import Setting
from codeable.diagrams.rails.shapes import box_style

_ABOVE_RAIL = 1.5
"""Room between a rail and its text."""
_ABOVE_DESCRIPTION = 2.5
"""Room between a text and its description in the same font."""
_CLEAR = 9.0
"""Least room between a text and the rail above it, which is not its own."""
_NEARER = 1.5
"""At least so much nearer is a text above a box to its own rail."""
_BEFORE_BOX = 8.0
"""Room between a text and a box at its right: for the arrowhead, and for the letters of another font."""
_BESIDE_NUMBER = 3.0
_LOST = 1.5
"""What is usually empty at the end of a line, in sizes of the font: half a word."""


@frozen
class RailContent:
    """What one rail shows.

    Attributes:
        identifier: The start of the identifiers of its items.
        kind: The key of its line in the style.
        number: The number of an option; empty for none.
        text: The text above the rail; empty for none.
        node: The node of the box.
        name: The name in the box; None for that of the node.
        lines: Texts below all others in the box.
        force_lines: Whether the forces are lines in the box.
        description: What is below the text, smaller; empty for nothing.
    """

    identifier: str
    kind: str
    number: str
    text: str
    node: Node
    name: str | None = None
    lines: tuple[str, ...] = ()
    force_lines: bool = True
    description: str = ""


class MeasuredRail(NamedTuple):
    """A rail with its texts broken, not yet at a place.

    Attributes:
        content: What it shows.
        text: The lines of its text.
        description: The lines of its description.
        box: Its box.
        above: The height of both, with the room below it.
        into: From the upper side of the box to the rail.
        excess: By how many points the widest word is wider than its room; 0 or less where all words fit.
    """

    content: RailContent
    text: tuple[str, ...]
    description: tuple[str, ...]
    box: FilledBox
    above: float
    into: float
    excess: float

    @property
    def is_bare(self) -> bool:
        """Whether nothing is above the rail: no text, no description, no number."""
        return not (self.text or self.description or self.content.number)


class Lengths(NamedTuple):
    """How long the texts of a rail are on one line, per point of font size, by their fonts and places."""

    text: tuple[float, ...]
    description: tuple[float, ...]
    names: tuple[float, ...]
    small: tuple[float, ...]


class Branch:
    """Places rails below each other.

    Args:
        setting: The fonts, the colours and shapes.
        trunk: Where the trunk is, from the left.
        text: Where the texts begin.
        right: Where the boxes end.
        share: The part of the width that the texts have; 0 puts each above its box.

    Attributes:
        trunk: Where the trunk is.
        right: Where the boxes end.
        is_stacked: Whether each text is above its box.
    """

    def __init__(self, setting: Setting, *, trunk: float, text: float, right: float, share: float) -> None:
        self._boxes = BoxSetter(setting.setter, setting.sizes, setting.style)
        self._setter = setting.setter
        self._sizes = setting.sizes
        self._style = setting.style
        self._text = text
        self.trunk = trunk
        self.right = right
        self.is_stacked = not share
        self._box = trunk + (right - trunk) * share if share else text
        self._room = (right if self.is_stacked else self._box - _BEFORE_BOX) - text

    def measured(self, content: RailContent) -> MeasuredRail:
        """Break the texts of a rail."""
        style, sizes = box_style(self._style.node(content.node.kind.key)), self._sizes
        text, excess = self._broken(content.text, sizes.small)
        description, fine_excess = self._broken(content.description, sizes.fine)
        box = self._boxes.filled(
            content.node,
            style,
            self.right - self._box,
            name=content.name,
            lines=content.lines,
            force_lines=content.force_lines,
        )
        # A stacked text is near its own rail where the rail ends high in the box.
        first = sizes.padding(style)[1] + box.entries[0].height / 2
        into = first if self.is_stacked else box.to_name
        excess = max(excess, fine_excess, box.excess)
        rail = MeasuredRail(content, text, description, box, 0.0, into, excess)
        return rail if rail.is_bare else rail._replace(above=self._height(rail) + _ABOVE_RAIL)

    def _broken(self, text: str, size: float) -> tuple[tuple[str, ...], float]:
        """The lines of a text, and by how many points its widest word is wider than its room."""
        if not text.strip():
            return (), -self.right
        lines = self._setter.lines(text, self._room, size)
        return lines, self._setter.widest_word(text, size) - self._room

    def _height(self, rail: MeasuredRail) -> float:
        """The height of the text and the description; one line for a number alone."""
        text, description = len(rail.text), len(rail.description)
        height = (text or not description) * self._sizes.small_line + description * self._sizes.fine_line
        return height + self._between(rail)

    def _between(self, rail: MeasuredRail) -> float:
        """Room between a text and its description, where the font alone does not tell them apart."""
        same = self._sizes.fine == self._sizes.small
        return _ABOVE_DESCRIPTION if same and rail.text and rail.description else 0.0

    def lengths(self, rail: MeasuredRail) -> Lengths:
        """How long the texts of a rail are, measured where no line had to be broken."""
        width_of = self._setter.width
        names = tuple([width_of(each.text, 1.0, bold=True) for each in rail.box.entries if each.bold])
        small = tuple([width_of(each.text, 1.0) for each in rail.box.entries if not each.bold])
        text, description = (
            tuple([width_of(line, 1.0) for line in lines]) for lines in (rail.text, rail.description)
        )
        return Lengths(text, description, names, small)

    def estimates(self, rails: Iterable[Lengths]) -> Iterator[float]:
        """About the height of each rail with the gap below it, from the lengths of its texts alone."""
        sizes = self._sizes
        beside, above = sizes.padding(self._style.node("practice"))
        inside, around = self.right - self._box - 2 * beside, 2 * above + sizes.gap
        text_lines, fine_lines = (_line_counter(self._room / size) for size in (sizes.small, sizes.fine))
        small_lines, name_lines = _line_counter(inside / sizes.small), _line_counter(inside / sizes.name)
        small, name = sizes.small_line, sizes.name_line
        for lengths in rails:
            text = text_lines(lengths.text) * small + _ABOVE_RAIL
            if lengths.description:
                text += fine_lines(lengths.description) * sizes.fine_line + _ABOVE_DESCRIPTION
            box = small_lines(lengths.small) * small + name_lines(lengths.names) * name + around
            yield text + box if self.is_stacked else max(box, text + _CLEAR)

    def highest_line(self, rail: MeasuredRail, top: float, previous: float | None) -> float:
        """The least distance of a rail from the upper end of the figure.

        Args:
            rail: The rail.
            top: Where its box may begin.
            previous: The height of the rail above it.
        """
        if self.is_stacked:
            line = top + rail.above + rail.into
            if previous is None or rail.is_bare:
                return line
            # The text is nearer to its own rail than to that one.
            own = rail.into + _ABOVE_RAIL
            return max(line, previous + own + _NEARER + rail.above + rail.into)
        first = top if previous is None else previous + _CLEAR
        return max(top + rail.into, first + rail.above)

    def ends(self, rail: MeasuredRail, line: float) -> tuple[float, float]:
        """The upper and lower end of a rail at some height, with its text and its box."""
        box_top = line - rail.into
        bottom = box_top + rail.box.height
        return box_top if rail.is_bare else min(self._first(rail, line), box_top), bottom

    def draw(self, items: list[Item], rail: MeasuredRail, line: float, start: float | None = None) -> None:
        """Draw a rail with its text and its box.

        Args:
            items: What is drawn so far.
            rail: The rail.
            line: Its height.
            start: Where it starts; None for the trunk.
        """
        identifier, style, sizes = rail.content.identifier, self._style, self._sizes
        down = self._first(rail, line)
        lines = [(text, sizes.small, sizes.small_line, style.text) for text in rail.text]
        lines += [(text, sizes.fine, sizes.fine_line, style.muted) for text in rail.description]
        for position, (text, size, height, color) in enumerate(lines):
            down += self._between(rail) if position == len(rail.text) else 0.0
            middle, name = down + height / 2, f"{identifier}.text{position}"
            items.append(TextLine(name, self._text, middle, self._room, text, size, color))
            down += height
        if rail.content.number:
            items.append(self._number(rail.content, self._last(rail, line)))
        self._boxes.draw(items, f"{identifier}.box", rail.box, self._box, line - rail.into)
        tip = self._box - rail.box.style.line_width / 2
        points = ((self.trunk if start is None else start, line), (tip, line))
        items.append(Polyline(f"{identifier}.rail", points, self._style.edge(rail.content.kind)))

    def _first(self, rail: MeasuredRail, line: float) -> float:
        """The upper end of the text."""
        return self._last(rail, line) + self._sizes.small_line / 2 - self._height(rail)

    def _last(self, rail: MeasuredRail, line: float) -> float:
        """The middle of the last line above the rail."""
        below = (line - rail.into if self.is_stacked else line) - _ABOVE_RAIL
        return below - self._sizes.small_line / 2

    def draw_trunk(self, items: list[Item], identifier: str, kind: str, top: float, bottom: float) -> None:
        """Draw the trunk."""
        style = evolve(self._style.edge(kind), head="none", tail="none")
        items.append(Polyline(identifier, ((self.trunk, top), (self.trunk, bottom)), style))

    def _number(self, content: RailContent, middle: float) -> TextLine:
        left = self.trunk + _BESIDE_NUMBER
        room = self._text - _BESIDE_NUMBER - left
        size, color = self._sizes.small, self._style.text
        return TextLine(
            f"{content.identifier}.number", left, middle, room, content.number, size, color, True, "right"
        )


def _line_counter(room: float) -> Callable[[tuple[float, ...]], int]:
    """Tells from the lengths of texts about how many lines they are in some room."""
    full = max(room - _LOST, _LOST)

    def lines(lengths: tuple[float, ...]) -> int:
        return sum([1 if length <= room else ceil(length / full) for length in lengths])

    return lines


def room_for_numbers(widest: float) -> float:
    """From a trunk to the texts beside it, where numbers are between them."""
    return widest + 2 * _BESIDE_NUMBER


def relation_rails(identifier: str, rail: Rail) -> Iterator[RailContent]:
    """The relations of an option as rails. A solution that is an option has its number before its name."""
    for position, relation in enumerate(rail.relations, 1):
        node, name = relation.target, None
        if relation.numbers:
            kind = evolve(node.kind, word="")
            node = Node(node.identifier, kind, node.name, url=node.url)
            name = f"{', '.join(map(str, relation.numbers))}  {shown_name(relation.target)}"
        yield RailContent(f"{identifier}.relation{position}", "relation", "", relation.text, node, name)
