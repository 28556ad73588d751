"""The cells of a force matrix: signs on their tints, bands and grid lines. Called by `matrix`."""

from collections.abc import Iterator, Sequence
from math import ceil

from attrs import field, frozen

from codeable.diagrams.impact_signs import printed_sign
from codeable.diagrams.rails.matrix_style import MatrixStyle, matrix_style
from codeable.diagrams.rails.outline import Rail
from codeable.diagrams.rails.scene import Box, Item, TextLine
from codeable.diagrams.rails.setting import Setting
from codeable.diagrams.wrapping import drawable

_WIDEST = 1.7
_HIGH = 1.35
"""Width and height of a cell with one sign, in sizes of the font."""
_AROUND_TINT = 1.0, 0.5
_AROUND_SIGN = 1.0
_RAISED = 0.08
"""A sign is lower than the middle of a line of letters, by this part of its size."""
_GRID_LINE = 0.72
"""The narrowest box that Graphviz draws, in points."""


@frozen
class Cells:
    """What draws the cells of one matrix.

    Attributes:
        setting: The content and its fonts.
        rails: The options in the matrix.
    """

    setting: Setting
    rails: Sequence[Rail] = field(repr=False)

    @property
    def style(self) -> MatrixStyle:
        """The colours."""
        return matrix_style(self.setting.style)

    @property
    def sign_height(self) -> float:
        """The height that each sign needs."""
        return self.setting.sizes.small * _HIGH

    def forces(self) -> dict[str, str]:
        """Key → name of the forces that these options act on, in the order of the whole figure."""
        used = {key for rail in self.rails for key in rail.signs}
        return {key: name for key, name in self.setting.outline.forces.items() if key in used}

    def identity(self, key: str) -> str:
        """What tells a force from the others in the identifiers of items."""
        if key.isidentifier() and key.isascii():
            return key
        return str(list(self.setting.outline.forces).index(key) + 1)

    def width(self, count: int, room: float, *, numbered: bool) -> float:
        """The width of each of some columns: as wide as good, but not wider than the room allows.

        Args:
            count: How many columns there are.
            room: Room for all of them.
            numbered: Whether the numbers of options are above the columns.
        """
        setter, size = self.setting.setter, self.setting.sizes.small
        signs = {sign for rail in self.rails for each in rail.signs.values() for sign in each}
        widths = [setter.width(_on_one_line(sign), size, bold=True) for sign in signs]
        widths += [setter.width(str(rail.number), size, bold=True) for rail in self.rails] if numbered else []
        least = ceil(max(widths, default=0.0)) + 2 * _AROUND_SIGN
        return max(least, min(room / count, _WIDEST * size))

    def height(self, rail: Rail, *keys: str) -> float:
        """The height that the signs of an option on some forces need, or on all forces."""
        found = (rail.signs.get(key, ()) for key in keys) if keys else rail.signs.values()
        return self.sign_height * max((len(set(signs)) for signs in found), default=0)

    def signs(
        self, rail: Rail, key: str, left: float, width: float, line: float, top: float, bottom: float
    ) -> Iterator[Item]:
        """The signs of one option on one force, below each other.

        Args:
            rail: The option.
            key: The force.
            left: The left side of the cell.
            width: Its width.
            line: The height at which the middle of the signs is where the cell allows it.
            top: Its upper side.
            bottom: Its lower side.
        """
        if key not in rail.signs:
            return
        signs = tuple(dict.fromkeys(rail.signs[key]))
        height, style, size = self.sign_height, self.style, self.setting.sizes.small
        down = max(min(line - len(signs) * height / 2, bottom - len(signs) * height), top)
        for number, sign in enumerate(signs):
            name = f"{self._prefix}.{rail.number}.force.{self.identity(key)}{f'.{number}' if number else ''}"
            text = _on_one_line(sign)
            if (tint := style.tints.get(sign)) is not None:
                aside, above = _AROUND_TINT
                wide = max(self.setting.setter.width(text, size, bold=True), _WIDEST * size - 2 * aside)
                wide = min(wide, width - 2 * aside)
                at = left + (width - wide) / 2
                yield Box(f"{name}.tint", at, down + above, wide, height - 2 * above, tint)
            color = style.signs.get(sign, style.text)
            middle = down + height / 2 - _RAISED * size
            yield TextLine(name, left, middle, width, text, size, color, bold=True, align="center")
            down += height

    def grid(
        self, name: str, left: float, width: float, count: int, top: float, bottom: float
    ) -> Iterator[Item]:
        """The lines at both sides of each column."""
        for position in range(count + 1):
            middle = left + position * width
            yield Box(
                f"{self._prefix}.{name}.grid{position}",
                middle - _GRID_LINE / 2,
                top,
                _GRID_LINE,
                bottom - top,
                self.style.grid,
            )

    def band(self, name: str, left: float, width: float, top: float, bottom: float) -> Box:
        """What lies behind a line of cells."""
        return Box(f"{self._prefix}.{name}.band", left, top, width, bottom - top, self.style.band)

    @property
    def _prefix(self) -> str:
        return self.setting.outline.decision.identifier


def _on_one_line(sign: str) -> str:
    return printed_sign(" ".join(drawable(sign).split()))
