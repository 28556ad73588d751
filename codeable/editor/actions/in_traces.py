"""The edits that write codes and statements into the traces of a note, in the manner of the traces there."""

from collections.abc import Sequence

from codeable.editor.actions.correction import above, below, indentation, line_end, part_on
from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.notes.model import (
    AxialTrace,
    CodeMention,
    FieldNote,
    TraceBlock,
    TraceStatement,
)
from codeable.notes.trace_headings import AXIAL_HEADING

_FENCE = "``` python"


def codes_added(note: FieldNote, codes: Sequence[str], near: Span) -> Edit | None:
    """The edit that adds codes to the axial trace that belongs to a place.

    They are listed beside the codes that are listed there, in a string or on lines of their own.
    """
    trace = _axial_trace(note, near)
    if trace is None:
        return _new_trace(note, near, [f"add codes to {note.identifier}:"], ["'''", *codes, "'''"])
    lines = Lines(note.path, note.text)
    mentions = [one for one in trace.statements if isinstance(one, CodeMention)]
    for how in ("string", "name", "contained_code"):
        listed = [one for one in mentions if one.how == how and _is_own(one, note)]
        if listed:
            return _behind(lines, listed, codes)
    return statements_added(note, codes, near, at_end=True)


def statements_added(
    note: FieldNote, statements: Sequence[str], near: Span, *, at_end: bool = False
) -> Edit | None:
    """The edit that writes statements into the axial trace that belongs to a place.

    They are written above the statement at the place, else above the first one of the trace.

    Args:
        note: The note.
        statements: The statements, one line each.
        near: The place.
        at_end: Whether they are written below the last statement instead.
    """
    lines = Lines(note.path, note.text)
    trace = _axial_trace(note, near)
    block = _block_of(trace, near) if trace is not None else None
    if block is None:
        return _new_trace(note, near, ["added:"], list(statements))
    if block.closing_span is not None and (at_end or not block.statements):
        index = block.closing_span.line - 1
        return above(lines, index, *_indented(lines, _first_written(lines, block), statements))
    following = part_on(block.statements, near.line)
    if following is not None and not _is_in_string(following):
        index = following.span.line - 1
        return above(lines, index, *_indented(lines, index, statements))
    index = block.opening_span.line - 1
    return below(lines, index, *_indented(lines, _first_written(lines, block), statements))


def _axial_trace(note: FieldNote, near: Span) -> AxialTrace | None:
    """The axial trace with a place, else that of its group, else the next one, else the last one above."""
    traces = [one for one in note.axial_traces if not one.in_metadata and any(b.python for b in one.blocks)]
    if (found := part_on(traces, near.line)) is not None:
        return found
    here = part_on(note.open_traces, near.line)
    if here is not None:
        return next((one for one in traces if one.group == here.group), None)
    return next((one for one in traces if one.span.line > near.line), traces[-1] if traces else None)


def _block_of(trace: AxialTrace, near: Span) -> TraceBlock | None:
    blocks = [one for one in trace.blocks if one.python]
    return part_on(blocks, near.line) or next((one for one in blocks if one.statements), None) or blocks[0]


def _is_in_string(statement: TraceStatement) -> bool:
    return statement.in_string or (isinstance(statement, CodeMention) and statement.how == "string")


def _is_own(mention: CodeMention, note: FieldNote) -> bool:
    return mention.how != "contained_code" or (
        mention.added_to is not None and mention.added_to.name in (note.identifier, "s", "p")
    )


def _behind(lines: Lines, listed: Sequence[CodeMention], codes: Sequence[str]) -> Edit:
    """The edit that lists codes behind the last one that is listed."""
    last = listed[-1].code.span
    line = lines.lines[last.end_line - 1]
    behind = line[last.end_column - 1 :]
    one_a_line = not line[: last.column - 1].strip(" \t-*•'\"") and not behind.strip(" \t,'\"")
    if listed[-1].how == "contained_code" or not one_a_line or "'" in line or '"' in line:
        return Edit(lines.path, last.end, last.end, "".join(f", {code}" for code in codes))
    comma = "," if behind.lstrip().startswith(",") else ""
    at = last.end + len(behind.rstrip())
    start = line[: last.column - 1]
    added = "".join(f"{line_end(lines)}{start}{code}{comma}" for code in codes)
    return Edit(lines.path, at, at, added)


def _first_written(lines: Lines, block: TraceBlock) -> int:
    """The first line of a block that is not blank, or its opening fence."""
    first = block.opening_span.line
    end = block.closing_span.line - 1 if block.closing_span is not None else block.span.end_line
    return next((index for index in range(first, end) if lines.lines[index].strip()), first - 1)


def _indented(lines: Lines, index: int, statements: Sequence[str]) -> list[str]:
    """Statements with the indentation of a line."""
    return [f"{indentation(lines.lines[index])}{one}" for one in statements]


def _new_trace(note: FieldNote, near: Span, prose: list[str], inside: list[str]) -> Edit | None:
    """The edit that writes a new axial trace below the open trace at a place, else at the end of the note."""
    lines = Lines(note.path, note.text)
    trace = part_on(note.open_traces, near.line)
    new = [AXIAL_HEADING, "", *prose, _FENCE, *inside, "```"]
    if trace is not None:
        index = trace.span.end_line - 1
    elif note.coding_span is None:
        return None
    else:
        index = len(lines.lines) - 1
        while index > 0 and not lines.lines[index].strip():
            index -= 1
    return below(lines, index, "", *new)
