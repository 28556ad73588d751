"""The room that a rails figure has: its width, the height of a page, and the margin around it."""

from attrs import frozen

from codeable.diagrams.options import POINTS_PER_MM, FigureOptions
from codeable.diagrams.rails.scene import Scene
from codeable.diagrams.rails.setting import Sizes
from codeable.diagrams.styles import SCREEN_WIDTH, SMALLEST_DRAWN, Style

_USUAL_WRAP = 28
"""Columns of labels with which a figure without a width is as wide as usual."""
_SCREEN_CELL = 8.0
"""What a force adds to the width of a figure without a width."""
_MARGIN = 1.0


@frozen
class Room:
    """The room for a figure, in points and inside its margin.

    Attributes:
        width: The width.
        page: The height of a page; None for no limit.
        is_fixed: Whether the figure has to be exactly as wide; else it may become wider.
    """

    width: float
    page: float | None
    is_fixed: bool

    @classmethod
    def of(cls, options: FigureOptions, style: Style, forces: int = 0) -> "Room":
        """The room under some options.

        Args:
            options: The options.
            style: Has the height of a page, for a figure with a width.
            forces: Number of forces in a matrix.
        """
        if options.width_mm is None:
            width = SCREEN_WIDTH * options.wrap / _USUAL_WRAP + forces * _SCREEN_CELL
        else:
            width = options.width_mm * POINTS_PER_MM
        height = options.height_mm or (style.page if options.width_mm is not None else None)
        page = None if height is None else height * POINTS_PER_MM - 2 * _MARGIN
        return cls(width - 2 * _MARGIN, page, options.width_mm is not None)

    def times(self, factor: float) -> "Room":
        """A room that is so much larger."""
        return Room(self.width * factor, None if self.page is None else self.page * factor, self.is_fixed)

    def framed(self, scene: Scene) -> Scene:
        """A drawing with a margin; exactly as wide as the room if that is fixed and the drawing not wider."""
        width = max(self.width, scene.width) if self.is_fixed else scene.width
        height = scene.height + 2 * _MARGIN
        return Scene(width + 2 * _MARGIN, height, scene.moved(_MARGIN, _MARGIN))


def reduction(larger: float, sizes: Sizes) -> float:
    """By what a drawing that is so much larger than its room is made smaller: so that its text is drawn."""
    return min(larger, min(sizes.name, sizes.small) / SMALLEST_DRAWN)
