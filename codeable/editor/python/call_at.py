"""The Python at a place of a note or module: a block of a trace, the calls around the place, the word."""

import re

from codeable.editor.python.call_place import CallPlace, call_place
from codeable.editor.study.study_view import Cursor
from codeable.notes.model import AxialTrace, StrayBlock, TraceBlock

_WORD = re.compile(r"\w+")


def call_at(cursor: Cursor) -> CallPlace | None:
    """The brackets and strings around a place of a module or of a block of a trace; None elsewhere in a note.

    Its offsets count from the beginning of the module or block.
    """
    lines = cursor.document.lines
    first, last = 0, len(lines.lines)
    if cursor.note is not None:
        block = block_at(cursor)
        if block is None:
            return None
        first = block.opening_span.end_line
        last = block.closing_span.line - 1 if block.closing_span is not None else block.span.end_line
    line = lines.line_at(cursor.offset)
    if not first <= line < last:
        return None
    return call_place(lines.lines[first:last], line - first, cursor.offset - lines.starts[line])


def block_at(cursor: Cursor) -> TraceBlock | None:
    """The fenced block of a trace in which a place is."""
    for segment in cursor.note.segments if cursor.note is not None else ():
        blocks = segment.blocks if isinstance(segment, AxialTrace) else ()
        for block in (segment.block,) if isinstance(segment, StrayBlock) else blocks:
            if block.span.start <= cursor.offset <= block.span.end:
                return block
    return None


def word_at(cursor: Cursor) -> "re.Match[str] | None":
    """The word in which, or right behind which, a place is."""
    lines = cursor.document.lines
    index = lines.line_at(cursor.offset)
    start = lines.starts[index]
    found = _WORD.finditer(lines.text, start, start + len(lines.lines[index]))
    match = next((each for each in found if each.end() >= cursor.offset), None)
    return match if match is not None and match.start() <= cursor.offset else None
