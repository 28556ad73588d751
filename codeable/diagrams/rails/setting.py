"""What the parts of a rails figure have in common. `arrangement` makes it; `matrix` reads it."""

from attrs import frozen

from codeable.diagrams.rails.boxes import Sizes
from codeable.diagrams.rails.column import ColumnBuilder
from codeable.diagrams.rails.outline import Outline
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import Style


@frozen
class Setting:
    """The content of a rails figure and the room for it.

    Attributes:
        outline: The decision.
        setter: Breaks its texts.
        sizes: The sizes of its fonts.
        style: Its colours and shapes.
        width: The width that it has, in points.
        relation_boxes: Whether relations lead to boxes of their own.
    """

    outline: Outline
    setter: Typesetter
    sizes: Sizes
    style: Style
    width: float
    relation_boxes: bool = False

    def column(self, *, share: float, force_lines: bool, width: float | None = None) -> ColumnBuilder:
        """What builds a column; by default as wide as everything."""
        return ColumnBuilder(
            self.outline,
            self.setter,
            self.sizes,
            self.style,
            width=self.width if width is None else width,
            share=share,
            force_lines=force_lines,
            relation_boxes=self.relation_boxes,
        )
