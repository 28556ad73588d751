"""Where the places of a module are after it was changed, so that findings move along while it is edited."""

import difflib
import itertools
from collections.abc import Iterable, Iterator

from codeable.lines import Lines


class MovedLines:
    r"""Where the characters of a text are after it was changed. Other ends of lines are no change.

    Example:
        >>> MovedLines(Lines("a.py", "a\nbus"), Lines("a.py", "🙂\r\na\r\nbus")).offset(3)
        7
    """

    def __init__(self, before: Lines, after: Lines) -> None:
        self._before, self._after = before, after
        self._line_now: list[int | None] = [None] * len(before.lines)
        for at, now, size in _blocks_in_common(before.lines, after.lines):
            self._line_now[at : at + size] = range(now, now + size)

    def offset(self, offset: int) -> int | None:
        """Where a character is now; None where its line was changed."""
        line = self._before.line_at(offset)
        now = self._line_now[line]
        return None if now is None else self._after.starts[now] + offset - self._before.starts[line]


def _blocks_in_common(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int]]:
    """Equal lines: where they begin in either text, and how many they are. Most of a text is unchanged."""
    start = _length_in_common(zip(old, new, strict=False))
    end = _length_in_common(zip(reversed(old[start:]), reversed(new[start:]), strict=False))
    yield 0, 0, start
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    for block in difflib.SequenceMatcher(None, inner_old, inner_new, autojunk=False).get_matching_blocks():
        yield start + block.a, start + block.b, block.size
    yield len(old) - end, len(new) - end, end


def _length_in_common(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
