"""Rails that hang from one trunk: a line of its own for each text, and a box at its end.

`column` has one branch for the options of a decision, and one per option for boxes of relations.
"""

from collections.abc import Iterator, Sequence

from attrs import evolve, field, frozen

from codeable.diagrams.diagram import Node
from codeable.diagrams.rails.boxes import BoxSetter, Entry, Sizes, padding
from codeable.diagrams.rails.outline import Rail, shown_name
from codeable.diagrams.rails.scene import Item, Line, Text
from codeable.diagrams.rails.shapes import box_style
from codeable.diagrams.styles import NodeStyle, Style

_ABOVE_RAIL = 1.5
"""Room between a rail and its text."""
_CLEAR = 9.0
"""Least room between a text and the rail above it, which is not its own."""
_BEFORE_BOX = 8.0
"""Room between a text and a box at its right: for the arrowhead, and for the letters of another font."""
_BESIDE_NUMBER = 3.0


@frozen
class Twig:
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
    """

    identifier: str
    kind: str
    number: str
    text: str
    node: Node
    name: str | None = None
    lines: tuple[str, ...] = ()
    force_lines: bool = True


@frozen
class Measured:
    """A twig with its texts broken.

    Attributes:
        twig: The twig.
        text: The lines of its text.
        entries: The lines in its box.
        style: The style of its box.
        above: The height of the text, with the room below it.
        into: From the upper side of the box to the rail.
    """

    twig: Twig
    text: tuple[str, ...] = field(repr=False)
    entries: Sequence[Entry] = field(repr=False)
    style: NodeStyle = field(repr=False)
    above: float
    into: float


class Branch:
    """Places rails below each other.

    Args:
        boxes: Fills the boxes.
        sizes: The sizes of the fonts.
        style: Colours and shapes.
        trunk: Where the trunk is, from the left.
        text: Where the texts begin.
        right: Where the boxes end.
        share: The part of the width that the texts have; 0 puts each above its box.

    Attributes:
        right: Where the boxes end.
    """

    def __init__(
        self,
        boxes: BoxSetter,
        sizes: Sizes,
        style: Style,
        *,
        trunk: float,
        text: float,
        right: float,
        share: float,
    ) -> None:
        self._boxes = boxes
        self._sizes = sizes
        self._style = style
        self.trunk = trunk
        self._text = text
        self.right = right
        self.is_stacked = not share
        self.box = trunk + (right - trunk) * share if share else text

    def measured(self, twig: Twig) -> Measured:
        """Break the texts of a twig."""
        style = box_style(self._style.node(twig.node.kind.key))
        beside, above_name = padding(style)
        room = (self.right if self.is_stacked else self.box - _BEFORE_BOX) - self._text
        text = self._boxes.lines(twig.text, room, self._sizes.small) if twig.text else ()
        entries = self._boxes.entries(
            twig.node,
            self.right - self.box - 2 * beside,
            name=twig.name,
            lines=twig.lines,
            force_lines=twig.force_lines,
        )
        # A stacked text is near its own rail where the rail ends high in the box.
        first = above_name + entries[0].height / 2
        into = first if self.is_stacked else self._boxes.to_name(entries, style)
        above = len(text) * self._sizes.small_line + _ABOVE_RAIL if text else 0.0
        return Measured(twig, text, entries, style, above, into)

    def highest_line(self, twig: Measured, top: float, previous: float | None) -> float:
        """The least distance of the rail from the upper end of the figure.

        Args:
            twig: The twig.
            top: Where its box may begin.
            previous: The height of the rail above it in this branch.
        """
        if self.is_stacked:
            return top + twig.above + twig.into
        first = top if previous is None else previous + _CLEAR
        return max(top + twig.into, first + twig.above)

    def ends(self, twig: Measured, line: float) -> tuple[float, float]:
        """The upper and lower end of a rail with its text and its box.

        Args:
            twig: The twig.
            line: The height of its rail.
        """
        box_top = line - twig.into
        bottom = box_top + self._boxes.height(twig.entries, twig.style)
        return min(self._first(twig, line), box_top) if twig.text else box_top, bottom

    def draw(self, items: list[Item], twig: Measured, line: float, start: float | None = None) -> None:
        """Draw a rail with its text and its box.

        Args:
            items: What is drawn so far.
            twig: The twig.
            line: The height of its rail.
            start: Where the rail starts; None for the trunk.
        """
        identifier, style, sizes = twig.twig.identifier, self._style, self._sizes
        box_top = line - twig.into
        first = self._first(twig, line)
        room = (self.right if self.is_stacked else self.box - _BEFORE_BOX) - self._text
        for position, each in enumerate(twig.text):
            middle = first + (position + 0.5) * sizes.small_line
            items.append(
                Text(f"{identifier}.text{position}", self._text, middle, room, each, sizes.small, style.text)
            )
        if twig.twig.number:
            below = first + len(twig.text) * sizes.small_line if twig.text else line - _ABOVE_RAIL
            items.append(self._number(twig.twig, below - 0.5 * sizes.small_line))
        box = f"{identifier}.box"
        width = self.right - self.box
        self._boxes.draw(items, box, twig.twig.node, twig.entries, twig.style, self.box, box_top, width)
        tip = self.box - twig.style.line_width / 2
        points = ((self.trunk if start is None else start, line), (tip, line))
        items.append(Line(f"{identifier}.rail", points, style.edge(twig.twig.kind)))

    def _first(self, twig: Measured, line: float) -> float:
        """The upper end of the text."""
        below = (line - twig.into if self.is_stacked else line) - _ABOVE_RAIL
        return below - len(twig.text) * self._sizes.small_line

    def draw_trunk(self, items: list[Item], identifier: str, kind: str, top: float, bottom: float) -> None:
        """Draw the trunk."""
        style = evolve(self._style.edge(kind), head="none", tail="none")
        items.append(Line(identifier, ((self.trunk, top), (self.trunk, bottom)), style))

    def _number(self, twig: Twig, middle: float) -> Text:
        left = self.trunk + _BESIDE_NUMBER
        room = self._text - _BESIDE_NUMBER - left
        size, color = self._sizes.small, self._style.text
        return Text(f"{twig.identifier}.number", left, middle, room, twig.number, size, color, True, "right")


def room_for_numbers(widest: float) -> float:
    """From a trunk to the texts beside it, where numbers are between them."""
    return widest + 2 * _BESIDE_NUMBER


def relation_twigs(identifier: str, rail: Rail) -> Iterator[Twig]:
    """The relations of an option as twigs. A solution that is an option has its number before its name."""
    for position, relation in enumerate(rail.relations, 1):
        node, name = relation.target, None
        if relation.numbers:
            node = node._replace(kind=evolve(node.kind, word=""), impacts=(), evidence="", notes=())
            name = f"{', '.join(map(str, relation.numbers))}  {shown_name(relation.target)}"
        yield Twig(f"{identifier}.relation{position}", "relation", "", relation.text, node, name)
