"""Rows of a long table that are higher than a page, which TeX would not break: they are cut into several."""

import itertools
import math
import re
from collections.abc import Iterator, Sequence

from codeable.reports.formats.latex_words import BLANK, lines_in, text_widths

MOST_LINES = 28
"""The lines of a row that fits on every page, below heads and caption."""
_LINES_OF_PIECE = 20
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'”’»)\]]*(?=\s)|$)", re.DOTALL)


def cut_row(cells: Sequence[str], rooms: Sequence[float]) -> list[tuple[str, ...]]:
    """The cells of a row as columns of pieces, as many in each; the pieces of a short text end with blanks.

    Args:
        cells: The texts of the cells.
        rooms: The width of each column.

    Example:
        >>> [len(column) for column in cut_row(["s4", "Nobody waits for a list. " * 100], [60, 180])]
        [3, 3]
    """
    columns = [list(_pieces(text, room)) for text, room in zip(cells, rooms, strict=True)]
    return list(zip(*itertools.zip_longest(*columns, fillvalue=""), strict=True))


def _pieces(text: str, room: float) -> Iterator[str]:
    """A text in pieces of no more lines than a page has, cut between sentences where that can be."""
    piece = ""
    lines = 0.0
    for before, part in _parts(text, room):
        width = (text_widths(part).lines[0] + BLANK) / room
        if piece and lines + width > _LINES_OF_PIECE:
            yield piece
            piece, lines = part, width
        else:
            piece += before + part if piece else part
            lines = (math.ceil(lines) if before == "\n" else lines) + width
    yield piece


def _parts(text: str, room: float) -> Iterator[tuple[str, str]]:
    """What is not cut: sentences, words of long ones, parts of long words; each with what is before it."""
    for line in lines_in(text):
        before = "\n"
        for sentence in _SENTENCE.findall(line):
            is_short = text_widths(sentence).lines[0] <= _LINES_OF_PIECE * room / 2
            for part in [sentence] if is_short else _words(sentence, room):
                yield before, part
                before = " "


def _words(sentence: str, room: float) -> Iterator[str]:
    for word in sentence.split():
        lines = math.ceil(text_widths(word).longest_word / room)
        step = max(1, len(word) * _LINES_OF_PIECE // (2 * lines)) if lines > _LINES_OF_PIECE else len(word)
        for start in range(0, len(word), step):
            yield word[start : start + step]
