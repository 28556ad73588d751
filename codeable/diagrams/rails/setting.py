"""What all parts of a rails figure have in common: its content, the sizes of its texts, the room for it."""

from functools import cached_property

from attrs import frozen

from codeable.diagrams.rails.outline import Outline
from codeable.diagrams.rails.scene import INNER_BORDER
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import NodeStyle, Style, fine_size


@frozen
class Sizes:
    """The sizes of the two fonts of a figure and the room between lines and boxes, in points.

    Attributes:
        name: The font of names.
        small: The font of all other texts.
        is_dense: Whether everything is closer together than it is good to read.
    """

    name: float
    small: float
    is_dense: bool = False

    def line(self, size: float) -> float:
        """The distance of two lines of a font: ours, because some fonts have no room between lines."""
        return size * (1.1 if self.is_dense else 1.18)

    @property
    def name_line(self) -> float:
        """The height of a line of a name."""
        return self.line(self.name)

    @property
    def small_line(self) -> float:
        """The height of a line of small text."""
        return self.line(self.small)

    @property
    def fine(self) -> float:
        """The font of the descriptions of options."""
        return fine_size(self.small)

    @property
    def fine_line(self) -> float:
        """The height of a line of a description."""
        return self.line(self.fine)

    @property
    def gap(self) -> float:
        """The room between two options."""
        return 4.0 if self.is_dense else 6.0

    @property
    def below_name(self) -> float:
        """The room between a name and the text below it, more than between other lines."""
        return 0.0 if self.is_dense else 1.25

    def padding(self, style: NodeStyle) -> tuple[float, float]:
        """The room between the border of a box and its text, horizontal and vertical."""
        vertical = 2.0 if self.is_dense else 3.0
        if style.shape == "double":
            return 5.0 + INNER_BORDER / 2, vertical + INNER_BORDER
        return 5.0, vertical

    @property
    def smallest(self) -> float:
        """The size of the smallest text; a description is as small only where it is readable on paper."""
        return min(self.name, self.small)


@frozen
class Setting:
    """The content of a rails figure and the room for it.

    Attributes:
        outline: The decision.
        setter: Breaks its texts.
        sizes: The sizes of its fonts.
        style: Its colours and shapes.
        width: The width that it has, in points.
        relation_boxes: Whether relations lead to boxes of their own; else they are lines in the boxes.
    """

    outline: Outline
    setter: Typesetter
    sizes: Sizes
    style: Style
    width: float
    relation_boxes: bool = False

    @cached_property
    def widest_number(self) -> float:
        """The width of the widest number of an option."""
        numbers = (str(rail.number) for rail in self.outline.rails)
        widths = (self.setter.width(number, self.sizes.small, bold=True) for number in numbers)
        return max(widths, default=0.0)
