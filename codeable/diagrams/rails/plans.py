"""The ways in which rails can be drawn, each with its price. `arrangement` takes the cheapest that fits."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from codeable.diagrams.rails.setting import Sizes
from codeable.diagrams.styles import Style

ForcePlace = Literal["none", "lines", "beside", "below"]

NARROWEST_FOR_TWO_COLUMNS = 420.0
"""Points, about 150 mm."""

_SIZES = (11.0, 9.0, False), (9.0, 8.0, False), (8.0, 7.0, False), (7.0, 7.0, False), (7.0, 7.0, True)
"""Sizes of names and of other text, and whether lines and boxes are closer together. At sizes between them
PDF files place letters too far from each other."""
_SHARES = {0.42: 0.0, 0.35: 0.03, 0.46: 0.03, 0.5: 0.03, 0.0: 0.3}
"""The parts of the width that the texts of options may have, with their prices; 0 puts each above its box."""
_SMALLER = 10.0
"""Price of text without any size."""
_DENSE = 5.0
"""More than that of a part, so that it only prevents too many parts."""
_TWO_COLUMNS = 1.0
_BELOW = 1.0
_LINES_FOR_MATRIX = 200.0
"""So much that a matrix is given up only where it has no room at all."""


@frozen
class Plan:
    """One way to draw rails.

    Attributes:
        price: How little it is wanted: full size with the matrix beside the rails costs nothing.
        sizes: The sizes of its fonts.
        share: The part of the width that the texts of the options have; 0 puts each above its box.
        forces: Where the forces are: lines in the boxes, or a matrix beside or below the rails.
        columns: One, or two side by side.
    """

    price: float
    sizes: Sizes
    share: float
    forces: ForcePlace
    columns: int = 1

    @property
    def arrangement(self) -> tuple[ForcePlace, int]:
        """What it has in common with plans of other sizes and shares."""
        return self.forces, self.columns

    @property
    def has_matrix(self) -> bool:
        """Whether it draws the forces as a matrix."""
        return self.forces in ("beside", "below")


def plans(style: Style, forces: str, width: float, *, shrinks: bool) -> list[Plan]:
    """The plans for a figure.

    Args:
        style: Gives the sizes of the fonts.
        forces: "matrix", "lines" or "none".
        width: The width of the figure in points.
        shrinks: Whether the text may be made smaller.
    """
    found: list[Plan] = []
    for sizes, smaller in sizes_of(style, shrinks=shrinks):
        for place, for_place in _force_places(forces):
            for columns in (1, 2) if shrinks and width >= NARROWEST_FOR_TWO_COLUMNS else (1,):
                if columns == 2 and place == "beside":
                    continue
                price = smaller + for_place + _TWO_COLUMNS * (columns - 1)
                found += (Plan(price + more, sizes, share, place, columns) for share, more in _SHARES.items())
    return found


def sizes_of(style: Style, *, shrinks: bool) -> Iterator[tuple[Sizes, float]]:
    """Sizes from those of the style down to the smallest that is readable, and their prices."""
    full = style.font_size, style.small_size
    yield Sizes(*full), 0.0
    for name, small, is_dense in _SIZES if shrinks else ():
        smaller = min(name, full[0]), min(small, full[1])
        if smaller != full or is_dense:
            yield Sizes(*smaller, is_dense), _SMALLER * (1 - sum(smaller) / sum(full)) + _DENSE * is_dense


def _force_places(forces: str) -> tuple[tuple[ForcePlace, float], ...]:
    if forces == "matrix":
        return ("beside", 0.0), ("below", _BELOW), ("lines", _LINES_FOR_MATRIX)
    return (("lines", 0.0),) if forces == "lines" else (("none", 0.0),)
