"""Measures and wraps the texts of a plot, and names the characters that its fonts do not have.

It is used under `matplotlib_settings`.
"""

import math
from bisect import bisect_right
from functools import cache
from typing import Any

from codeable.errors import CodeableError
from codeable.reports.plots.matplotlib_settings import fonts
from codeable.text import did_you_mean, printable, shown

_BREAK_BEHIND = "_./-:"
_ELLIPSIS = "…"
_LONGEST_LINE = 300
"""More characters than any line has room for."""
_MM_PER_POINT = 25.4 / 72


class PlotTypesetter:
    """The texts of one plot.

    Attributes:
        cut: The texts that were cut because there was no room for them, in order.

    Args:
        font: The font that is chosen; None for that of matplotlib.

    Raises:
        CodeableError: There is no such font; exit status 2.
    """

    def __init__(self, font: str | None = None) -> None:
        self._fonts = fonts(font)
        self._loaded = [_loaded(name) for name in self._fonts]
        self._used: dict[str, None] = {}
        self.cut: dict[str, None] = {}

    def width(self, text: str, size: float) -> float:
        """The width of a line of text in millimetres.

        Args:
            text: The text.
            size: The size of its letters in points.
        """
        self._used.update(dict.fromkeys(text))
        return _width_of_points(self._fonts, text) * size * _MM_PER_POINT

    def wrapped(self, text: str, size: float, width: float, most_lines: int = 2) -> tuple[str, ...]:
        """A text in lines of at most a width. What has no room is cut, ends with "…" and is in `cut`.

        Args:
            text: The text; control characters are spelt out.
            size: The size of its letters in points.
            width: The width in millimetres.
            most_lines: The number of lines that it may have.
        """
        whole = printable(" ".join(text.split()))
        if len(whole) <= _LONGEST_LINE and self.width(whole, size) <= width:
            return (whole,)
        lines = [""]
        for piece in _pieces(whole[: (most_lines + 1) * _LONGEST_LINE]):
            if lines[-1] and self.width((lines[-1] + piece).rstrip(), size) > width:
                lines.append("")
            while self.width(piece.rstrip(), size) > width and len(piece) > 1 and len(lines) <= most_lines:
                fitting = self._fitting(piece, size, width)
                lines[-1:] = [piece[:fitting], ""]
                piece = piece[fitting:]
            lines[-1] += piece
            if len(lines) > most_lines:
                break
        lines = [line for line in lines if line.strip()]
        if len(lines) > most_lines:
            self.cut[whole] = None
            last = "".join(lines[most_lines - 1 :])
            fitting = self._fitting(last, size, width - self.width(_ELLIPSIS, size))
            lines = [*lines[: most_lines - 1], last[:fitting].rstrip() + _ELLIPSIS]
        return tuple(line.rstrip() for line in lines)

    def _fitting(self, text: str, size: float, width: float) -> int:
        """How many characters fit; at least one."""
        lengths = range(1, min(len(text), _LONGEST_LINE) + 1)
        return max(bisect_right(lengths, width, key=lambda length: self.width(text[:length], size)), 1)

    @property
    def missing(self) -> tuple[str, ...]:
        """The characters of all measured texts that no font has, in order."""
        known = (each.get_charmap() for each in self._loaded)
        codes = set().union(*known)
        return tuple(
            character for character in self._used if ord(character) not in codes and character.isprintable()
        )


def _pieces(text: str) -> list[str]:
    """A text in pieces between which a line may end: behind blanks, and behind signs inside a word."""
    pieces = [""]
    for position, character in enumerate(text):
        pieces[-1] += character
        following = text[position + 1 : position + 2]
        if character == " " or (character in _BREAK_BEHIND and following.isalnum() and len(pieces[-1]) > 2):
            pieces.append("")
    return pieces


@cache
def _width_of_points(names: tuple[str, ...], text: str) -> float:
    """The width of a text in a size of one point, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    size = 100.0
    width, _, _ = text_to_path.get_text_width_height_descent(
        text, FontProperties(family=list(names), size=size), ismath=False
    )
    return math.ceil(width) / size


@cache
def _loaded(name: str) -> Any:
    from matplotlib import font_manager

    try:
        path = font_manager.findfont(font_manager.FontProperties(family=[name]), fallback_to_default=False)
    except ValueError:
        known = sorted(set(font_manager.get_font_names()))
        raise CodeableError(
            f"there is no font {shown(name)} for plots{did_you_mean(name, known)}; "
            "the font must be installed on this machine"
        ) from None
    return font_manager.get_font(path)
