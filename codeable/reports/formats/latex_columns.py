"""The columns of a LaTeX table: how wide each is, and which stand side by side.

Everything is in points. A table is at least as wide as `AVAILABLE` says; where there is more room, columns of
text take it.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from attrs import evolve, frozen

from codeable.reports.formats.latex_characters import is_spelt_out
from codeable.reports.formats.latex_words import text_widths
from codeable.reports.report_table import NUMERIC, ColumnKind, ReportColumn, Width

AVAILABLE: dict[Width, float] = {"column": 199, "page": 341}
"""The width of a text column of an article with two, and that of the page of an article with one."""
_TRIES = ((8.0, False), (6.0, False), (6.0, True), (4.0, True))
"""What is between two columns, and whether they are tight; the first that lets all stand side by side."""
_IN_PARTS = 6.0
"""What is between two columns where not all stand side by side."""

_LEAST: dict[ColumnKind, float] = {"text": 40, "name": 40, "url": 46, "quotation": 90}
"""The least width that a kind of column needs to be read well, if its content is wider."""
_TIGHT: dict[ColumnKind, float] = {"text": 34, "name": 34, "url": 40, "quotation": 62}
"""The same where columns would not fit otherwise."""
_LEAST_OF_FIRST = 68.0
"""That of the first column, which says what a row is about."""
_TIGHT_FIRST = 46.0
_WIDEST_WORD = 52.0
_WIDEST_WORD_OF_HEAD = 42.0
"""A longer word breaks, where columns are many."""
_CHARACTER_SPELT_OUT = 42.0
_LONGEST_SIGN = 3
_EM = 8.5
_RAGGED = {
    "l": r">{\raggedright\arraybackslash}",
    "c": r">{\centering\arraybackslash}",
    "r": r">{\raggedleft\arraybackslash}",
}
_OTHER_FONTS = 0.95
"""The part of a width that words fill at most, since other fonts are wider."""
_SAFETY = 1.04
"""What a text may be wider than its estimate."""


@frozen(eq=False)
class MeasuredColumn:
    """The widths of the content of a column. Each is equal to itself only.

    Attributes:
        kind: Its kind; `mark` also for signs such as those of impacts.
        natural: That of the longest line, head included.
        least: The smallest at which it can be read well.
        tight: The smallest at which it can be read.
        area: The root of the mean square of the lengths of its texts: long ones make the rows high.
        has_lines: Whether a cell has several lines.
    """

    kind: ColumnKind
    natural: float
    least: float
    tight: float
    area: float
    has_lines: bool


@frozen
class PlacedColumn:
    """A column as it is set.

    Attributes:
        spec: Its column specification in LaTeX.
        room: The width that a word may have.
        shares: Whether it takes a part of the width that the others leave.
    """

    spec: str
    room: float
    shares: bool = False


def measured(column: ReportColumn, texts: Sequence[str], *, is_first: bool = False) -> MeasuredColumn:
    """The widths of a column with these texts in its cells."""
    kind = "mark" if column.kind == "text" and _are_signs(texts) else column.kind
    widths = {text: text_widths(text) for text in set(texts)}
    lines = {text: max(each.lines) for text, each in widths.items()}
    squares = {text: line**2 for text, line in lines.items()}
    longest = max(lines.values(), default=0.0)
    head = text_widths(column.head)
    words = max((each.longest_word for each in widths.values()), default=0.0), head.longest_word
    own_least = _LEAST_OF_FIRST if is_first else 0.0, _TIGHT_FIRST if is_first else 0.0
    if not all(map(_is_settable, (column.head, *lines))):
        own_least = max(own_least[0], _CHARACTER_SPELT_OUT), max(own_least[1], _CHARACTER_SPELT_OUT)
    natural = _SAFETY * max(*head.lines, longest)
    least, tight = (
        min(natural, max(own, _least(kind, longest, *words, by_kind)))
        for own, by_kind in zip(own_least, (_LEAST, _TIGHT), strict=True)
    )
    return MeasuredColumn(
        kind,
        natural,
        least,
        tight,
        max(math.sqrt(sum([squares[text] for text in texts]) / max(len(texts), 1)), 1.0),
        any(len(each.lines) > 1 for each in widths.values()),
    )


def fitted(columns: Sequence[MeasuredColumn], available: float) -> tuple[list[MeasuredColumn], float]:
    """The columns, tight if they fit only so, and what is between them."""
    for between, is_tight in _TRIES:
        least = [column.tight if is_tight else column.least for column in columns]
        if sum(least) + between * (len(columns) - 1) <= available:
            return [
                evolve(column, least=width) for column, width in zip(columns, least, strict=True)
            ], between
    return list(columns), _IN_PARTS


def side_by_side(
    columns: Sequence[MeasuredColumn], leading: Callable[[], int], available: float, between: float
) -> list[tuple[int, ...]]:
    """The numbers of the columns that stand side by side: one block if all fit, else several.

    Args:
        columns: The columns.
        leading: How many of the first columns each block of several has, if there is room for them.
        available: The width of a block.
        between: What is between two columns.
    """
    if _least_width(columns, between) <= available:
        return [tuple(range(len(columns)))]
    repeated = leading()
    widest = max((column.least for column in columns[1:]), default=0.0)
    while repeated > 1 and _least_width(columns[:repeated], between) + between + widest > available:
        repeated -= 1
    room = available - _least_width(columns[:repeated], between)
    found: list[list[int]] = [[]]
    used = 0.0
    for number in range(repeated, len(columns)):
        width = between + columns[number].least
        if found[-1] and used + width > room:
            found.append([])
            used = 0.0
        found[-1].append(number)
        used += width
    return [(*range(repeated), *block) for block in _evened(columns, found, room, between)]


def placed(columns: Sequence[MeasuredColumn], available: float, between: float) -> list[PlacedColumn]:
    """How columns side by side are set: those of short content as wide as that, the others share the rest."""
    free = available - between * (len(columns) - 1)
    if sum(column.natural for column in columns) <= free and not any(each.has_lines for each in columns):
        return [PlacedColumn(_alignment(column), column.natural) for column in columns]
    sharing = [column for column in columns if _shares_rest(column)]
    rest = free - sum(column.least for column in columns if not _shares_rest(column))
    widths = dict(zip(sharing, _shares(sharing, rest), strict=True))
    factor = len(sharing) / (sum(widths.values()) or 1.0)
    return [
        PlacedColumn(
            _part_of_rest(column, factor * widths[column]), _OTHER_FONTS * widths[column], shares=True
        )
        if column in widths
        else PlacedColumn(_as_wide_as_content(column), column.least)
        for column in columns
    ]


def natural_width(columns: Sequence[PlacedColumn], between: float) -> float:
    """The width of columns none of which takes what the others leave."""
    return sum(column.room for column in columns) + between * (len(columns) - 1)


def lines_of(text: str, room: float) -> int:
    """How many lines a text has in a column, about."""
    return sum([max(1, -int(-width // room)) for width in text_widths(text).lines])


def _least(
    kind: ColumnKind, longest: float, longest_word: float, head: float, by_kind: Mapping[ColumnKind, float]
) -> float:
    head = min(head, _WIDEST_WORD_OF_HEAD)
    if kind not in by_kind:
        return _SAFETY * max(min(longest, _WIDEST_WORD), head)
    word = 0.0 if kind == "url" else min(longest_word, _WIDEST_WORD)
    return _SAFETY * max(word, min(longest, by_kind[kind]), head)


def _least_width(columns: Sequence[MeasuredColumn], between: float) -> float:
    return sum(column.least for column in columns) + between * (len(columns) - 1)


def _evened(
    columns: Sequence[MeasuredColumn], found: list[list[int]], room: float, between: float
) -> list[list[int]]:
    """Blocks of nearly the same number of columns, where that fits; else as they are."""
    numbers = [number for block in found for number in block]
    most = -(-len(numbers) // len(found))
    even = [numbers[start : start + most] for start in range(0, len(numbers), most)]
    fits = all(sum(between + columns[number].least for number in block) <= room for block in even)
    return even if fits else found


def _shares_rest(column: MeasuredColumn) -> bool:
    return column.kind in _LEAST and (column.natural > column.least or column.has_lines)


def _shares(columns: Sequence[MeasuredColumn], rest: float) -> list[float]:
    """Widths in proportion to the length of the texts, each between the least and the natural one."""
    widths: dict[MeasuredColumn, float] = {}
    open_columns = list(columns)
    while open_columns:
        left = rest - sum(widths.values())
        area = sum(column.area for column in open_columns)
        share = {column: left * column.area / area for column in open_columns}
        fixed = {each: each.least for each in open_columns if share[each] < each.least}
        fixed = fixed or {each: each.natural for each in open_columns if share[each] > each.natural}
        widths.update(fixed or share)
        open_columns = [column for column in open_columns if column not in widths]
    return [max(widths[column], 1.0) for column in columns]


def _are_signs(texts: Sequence[str]) -> bool:
    """Whether there are only signs such as + and --, and at least one."""
    return any(texts) and all(
        len(text) <= _LONGEST_SIGN and not any(map(str.isalnum, text)) for text in set(texts)
    )


def _alignment(column: MeasuredColumn) -> str:
    return "r" if column.kind in NUMERIC else "c" if column.kind == "mark" else "l"


def _as_wide_as_content(column: MeasuredColumn) -> str:
    if column.natural <= column.least:
        return _alignment(column)
    return rf"{_RAGGED[_alignment(column)]}p{{{column.least / _EM:.2f}em}}"


def _part_of_rest(column: MeasuredColumn, factor: float) -> str:
    ragged = _RAGGED[_alignment(column)]
    return rf"{ragged[:-1]}\hsize{factor:.3f}\hsize}}X"


def _is_settable(text: str) -> bool:
    return (text.isascii() and text.isprintable()) or not any(map(is_spelt_out, text))
