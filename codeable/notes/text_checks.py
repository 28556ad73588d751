"""What the text of a note says of itself before it is read: encoding, size, characters that no text has."""

from collections.abc import Iterator

from codeable.lines import Lines
from codeable.notes.records import Encoding, Problem

__all__ = ["MOST_LINES", "text_problems"]

MOST_LINES = 200_000
"""Lines that are read of a note; a longer one is reported."""

_READ_AS = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}


def text_problems(lines: Lines, encoding: Encoding) -> Iterator[Problem]:
    """What is wrong with a text as a text.

    Args:
        lines: The note.
        encoding: How its bytes became text.
    """
    start = lines.in_line(0, 0, 0)
    if not lines.text.strip():
        yield Problem("empty", "the note is empty", start)
    if encoding.errors != "strict" or encoding.name in _READ_AS:
        read_as = _READ_AS.get(encoding.name, "UTF-8 with gaps")
        yield Problem("encoding", f"the file is not UTF-8; it was read as {read_as}", start)
    if "\0" in lines.text:
        index = next(index for index, line in enumerate(lines.lines) if "\0" in line)
        column = lines.lines[index].index("\0")
        at = lines.in_line(index, column, column + 1)
        yield Problem("encoding", "the text holds a zero byte", at)
    if len(lines.lines) > MOST_LINES:
        message = f"the note has {len(lines.lines):,} lines; only the first {MOST_LINES:,} are read"
        yield Problem("too-large", message, lines.in_line(MOST_LINES, 0, 0))
