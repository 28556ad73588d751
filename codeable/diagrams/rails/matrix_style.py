"""The colours of a force matrix, from those of a style: tints or plain signs, bands, grid and leaders.

Called by `matrix` and `matrix_heads`.
"""

from attrs import frozen

from codeable.diagrams.style_tables import contrast
from codeable.diagrams.styles import EdgeStyle, NodeStyle, Style

_READABLE = 4.5
_BAND = 0.06
_GRID = 0.17
_LEADER = 0.45
"""Shares of the colour of text in what lies behind it."""
_THIN = 0.4


@frozen
class MatrixStyle:
    """How a matrix is drawn in a style."""

    style: Style

    @property
    def band(self) -> NodeStyle:
        """What lies behind every second line of cells."""
        return _plain(_mixed(self.style.background, self.style.text, _BAND))

    @property
    def grid(self) -> NodeStyle:
        """A line between two columns. It is a narrow box, since lines lie below boxes."""
        return _plain(_mixed(self.style.background, self.style.text, _GRID))

    @property
    def leader(self) -> EdgeStyle:
        """The line from the name of a force to its column."""
        color = _mixed(self.style.background, self.style.text, _LEADER)
        return EdgeStyle(color, "solid", _THIN, "none")

    def tint(self, sign: str) -> NodeStyle | None:
        """What lies behind a sign; nothing where the style has no colours for signs."""
        color = self.style.signs.get(sign)
        return None if color is None else _plain(color)

    def sign(self, sign: str) -> str:
        """The colour of a sign: that of text, or black or white where that cannot be read on its tint."""
        color = self.style.signs.get(sign)
        if color is None or contrast(self.style.text, color) >= _READABLE:
            return self.style.text
        return max(("#FFFFFF", "#000000"), key=lambda each: contrast(each, color))


def _plain(fill: str) -> NodeStyle:
    return NodeStyle("box", fill, fill, line_width=0.0)


def _mixed(one: str, other: str, share: float) -> str:
    """A colour between two."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(first + (second - first) * share):02X}" for first, second in pairs)
