"""Texts of other tools, and positions in them that are counted in one way or another.

The standard counts Unicode code points, but tools differ: line ends count as one or two, characters beyond
the basic plane as one or two, a byte order mark as none or one, and the end is the last character or the one
behind it.
"""

import re
from bisect import bisect_left
from collections.abc import Callable

from attrs import field, frozen

from codeable.text import with_line_feeds

MARK = "\ufeff"
"""The byte order mark."""
_WIDE = re.compile("[\U00010000-\U0010ffff]")
UNITS: dict[str, Callable[[str], list[int]]] = {
    "code points": lambda _: [],
    "UTF-16": lambda text: [each.start() for each in _WIDE.finditer(text)],
}
"""Unit → the indices of the characters that count as two."""


@frozen
class PlainText:
    """The text of a source, and what was in its file.

    Attributes:
        text: The text with line feeds as line ends.
        has_mark: Whether the file begins with a byte order mark.
        two_character_ends: The indices of line feeds in the text that are two characters in the file.
    """

    text: str = field(repr=False)
    has_mark: bool = False
    two_character_ends: tuple[int, ...] = field(default=(), repr=False)

    @property
    def has_wide(self) -> bool:
        """Whether it has characters beyond the basic plane."""
        return _WIDE.search(self.text) is not None


def plain_text(text: str, *, has_mark: bool = False) -> PlainText:
    r"""A text with line feeds as line ends, and what has been in its file.

    Example:
        >>> plain = plain_text("\ufeffa\r\nb\rc")
        >>> plain.text, plain.has_mark, plain.two_character_ends
        ('a\nb\nc', True, (1,))
    """
    if text.startswith(MARK) and not has_mark:
        text, has_mark = text[1:], True
    found = re.finditer("\r\n", text)
    two = tuple(each.start() - number for number, each in enumerate(found))
    return PlainText(with_line_feeds(text), has_mark, two)


@frozen
class FileSelection:
    """A selection as the file has it.

    Attributes:
        text: The text that it is in.
        start: Its first position.
        end: Its last position, or the one behind.
        quoted: What the file says that it selects, or may say so.
    """

    text: PlainText
    start: int
    end: int
    quoted: tuple[str, ...] = ()


@frozen
class Counting:
    """A way to count positions.

    Attributes:
        unit: What counts as one: "code points" or "UTF-16".
        line_end: Whether a line end counts as "one", "two", or as it is "written".
        counts_mark: Whether a byte order mark counts.
        is_inclusive: Whether the end is the last character.
    """

    unit: str = "code points"
    line_end: str = "one"
    counts_mark: bool = False
    is_inclusive: bool = False

    def described(self) -> str:
        """What a user is told about it.

        Example:
            >>> Counting("UTF-16", "two", is_inclusive=True).described()
            'in UTF-16 units, with line ends as two characters, with the end as the last character'
        """
        parts = [f"in {self.unit}{' units' if self.unit != 'code points' else ''}"]
        if self.line_end != "one":
            how = "as two characters" if self.line_end == "two" else "as long as in the file"
            parts.append(f"with line ends {how}")
        if self.counts_mark:
            parts.append("with the byte order mark")
        if self.is_inclusive:
            parts.append("with the end as the last character")
        return ", ".join(parts)


STANDARD = Counting()
"""How the standard counts, and how most importers read."""


class Measure:
    """Positions of a file in one text, counted in one way.

    Example:
        >>> measure = Measure(PlainText("🙂 one"), Counting("UTF-16"))
        >>> measure.span(3, 6), measure.is_between(1)
        ((2, 5), False)
    """

    def __init__(self, text: PlainText, counting: Counting) -> None:
        double = UNITS[counting.unit](text.text)
        if counting.line_end == "written":
            double += text.two_character_ends
        elif counting.line_end == "two":
            double += [each.start() for each in re.finditer("\n", text.text)]
        double.sort()
        self._middles = [index + number for number, index in enumerate(double, 1)]
        self._before = int(text.has_mark and counting.counts_mark)
        self.is_inclusive = counting.is_inclusive

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the text, the end exclusive. They may lie outside of it."""
        return self._index(start), self._index(end + self.is_inclusive)

    def _index(self, position: int) -> int:
        """The index of a position. In the middle of a character it is the one behind that character."""
        at = position - self._before
        return at - bisect_left(self._middles, at)

    def is_between(self, position: int) -> bool:
        """Whether a position is between two characters of the text, not in the middle of one."""
        at = position - self._before
        index = bisect_left(self._middles, at)
        return not (index < len(self._middles) and self._middles[index] == at)
