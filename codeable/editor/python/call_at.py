"""The Python at a place of a note or module: a block of a trace, and the calls around the place."""

from codeable.editor.python.call_place import CallPlace, call_place
from codeable.editor.study.study_view import Cursor
from codeable.notes.model import AxialTrace, FieldNote, Segment, StrayBlock, TraceBlock


def call_at(cursor: Cursor) -> CallPlace | None:
    """The calls around a place of a module or of a block of a trace; None elsewhere in a note."""
    lines, note = cursor.document.lines, cursor.note
    if note is None:
        return call_place(lines, cursor.offset)
    block = block_at(note, cursor.line)
    if block is None or not block.python:
        return None
    end = block.closing_span.line - 1 if block.closing_span is not None else block.span.end_line
    return call_place(lines, cursor.offset, block.opening_span.line, max(end, cursor.line + 1))


def segment_at(note: FieldNote, line: int) -> Segment | None:
    """The last segment that begins on a line (counted from 0) or above it."""
    return next((one for one in reversed(note.segments) if one.span.line <= line + 1), None)


def block_at(note: FieldNote, line: int) -> TraceBlock | None:
    """The fenced block in which a line (counted from 0) is, without its fences."""
    segment = segment_at(note, line)
    for block in segment.blocks if isinstance(segment, AxialTrace | StrayBlock) else ():
        closing = block.closing_span  # a block that is not closed goes on to what follows its trace
        if block.opening_span.line <= line and (closing is None or line < closing.line - 1):
            return block
    return None
