"""The colours of a force matrix, from those of a style: tints or plain signs, bands, grid and leaders.

Called by `matrix` and `matrix_heads`.
"""

from collections.abc import Mapping
from functools import lru_cache

from attrs import field, frozen

from codeable.diagrams.style_tables import contrast
from codeable.diagrams.styles import EdgeStyle, NodeStyle, Style

_READABLE = 4.5
_BAND = 0.06
_GRID = 0.17
_LEADER = 0.5
"""Shares of the colour of text in what lies behind it."""
_THIN = 0.4


@frozen
class MatrixStyle:
    """How a matrix is drawn in a style.

    Attributes:
        band: What lies behind every second line of cells.
        grid: The line between two columns: a narrow box, since lines lie below boxes.
        leader: The line from the name of a force to its column.
        text: The colour of a sign without a tint.
        tints: Sign → what lies behind it.
        signs: Sign → its colour on its tint.
    """

    band: NodeStyle
    grid: NodeStyle
    leader: EdgeStyle
    text: str
    tints: Mapping[str, NodeStyle] = field(hash=False)
    signs: Mapping[str, str] = field(hash=False)


@lru_cache(maxsize=16)
def matrix_style(style: Style) -> MatrixStyle:
    """How a matrix is drawn in a style.

    A sign has the colour of text, or black or white where that cannot be read on its tint.

    Example:
        >>> from codeable.diagrams.styles import SCREEN
        >>> matrix_style(SCREEN).tints["++"].fill, matrix_style(SCREEN).signs["++"]
        ('#005B94', '#FFFFFF')
    """
    return MatrixStyle(
        band=_plain(_mixed(style.background, style.text, _BAND)),
        grid=_plain(_mixed(style.background, style.text, _GRID)),
        leader=EdgeStyle(_mixed(style.background, style.text, _LEADER), "solid", _THIN, "none"),
        text=style.text,
        tints={sign: _plain(color) for sign, color in style.signs.items()},
        signs={sign: _readable(style.text, color) for sign, color in style.signs.items()},
    )


def _readable(text: str, behind: str) -> str:
    if contrast(text, behind) >= _READABLE:
        return text
    return max(("#FFFFFF", "#000000"), key=lambda each: contrast(each, behind))


def _plain(fill: str) -> NodeStyle:
    return NodeStyle("box", fill, fill, line_width=0.0)


def _mixed(one: str, other: str, share: float) -> str:
    """A colour between two."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(first + (second - first) * share):02X}" for first, second in pairs)
