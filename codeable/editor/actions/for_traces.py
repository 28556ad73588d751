"""The corrections of findings about the text of a note: headings, fences, strings of codes, conflicts."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from codeable.checks import ALL_RULES
from codeable.checks.suppression import suppressions_in
from codeable.editor.actions.correction import (
    Case,
    Correction,
    above,
    below,
    indentation,
    line_end,
    next_source,
    part_on,
    without,
    without_lines,
)
from codeable.editor.actions.silence import REASON
from codeable.editor.python.call_at import block_at
from codeable.lines import Edit, Lines
from codeable.merge_conflicts import conflicts_in, marks_of
from codeable.notes.identity import identifier_of_file
from codeable.notes.model import AxialTrace, CodeMention, Comment, FieldNote, Passage, Problem
from codeable.notes.statement_splitter import split
from codeable.notes.trace_headings import AXIAL_HEADING
from codeable.notes.vocabulary import vocabulary
from codeable.text import nearest

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_QUOTATION = re.compile(r"[ \t]*(?:>[ \t]?)+")
_TRIPLE = ("'''", '"""')
_NUMBER = re.compile(r"\d+")


def heading_missing(case: Case, note: FieldNote) -> Iterator[Correction]:
    """C102: the heading with the number that the file name has, else the next free one."""
    if note.is_template:
        return
    kind, number = _own_number(case, note)
    if note.heading is None:
        yield Correction(
            f"Begin the note with '# {kind} {number}'",
            (above(case.lines, 0, f"# {kind} {number}"),),
            preferred=True,
        )
    elif note.heading.number is None:
        at = note.heading.span
        written = case.text_of(at)
        edit = Edit.of(at, f"# {note.heading.kind} {number}")
        yield Correction(
            f"Write '# {note.heading.kind} {number}'", (edit,), preferred=not _NUMBER.search(written)
        )


def link_not_closed(case: Case) -> Iterator[Correction]:
    """C103: the bracket at the end."""
    problem = _problem(case)
    if problem is not None and problem.suggestion:
        edit = Edit(case.span.path, case.span.end, case.span.end, problem.suggestion)
        yield Correction(
            f"Close it with '{problem.suggestion}' at the end of the line", (edit,), preferred=True
        )


def not_closed(case: Case) -> Iterator[Correction]:
    """C104: the end of the fence or comment, below the last line that is read as part of it."""
    problem, lines = _problem(case), case.lines
    last = _last_line(case)
    if problem is None or last is None:
        return
    fence = _FENCE.match(lines.lines[case.span.line - 1])
    if problem.kind == "comment-not-closed":
        yield Correction("Close the comment with '-->'", (below(lines, last, "-->"),), preferred=True)
    elif fence is not None:
        edit = below(lines, last, f"{indentation(fence[0])}{fence[1]}")
        yield Correction(f"Close the block with '{fence[1]}'", (edit,), preferred=True)


def string_of_codes(case: Case, note: FieldNote) -> Iterator[Correction]:
    """C106: the statements moved out of the string; what is proposed corrects a name."""
    lines, problem = case.lines, _problem(case)
    if problem is None or problem.kind != "statement-in-string":
        return
    first, last = case.span.line - 1, case.span.end_line - 1
    opening = _line_with_quotes(lines, range(first - 1, -1, -1))
    closing = _line_with_quotes(lines, range(last + 1, len(lines.lines)))
    if opening is None or closing is None or lines.lines[closing].strip() not in _TRIPLE:
        return
    moved = [
        one
        for one in note.statements
        if one.in_string and not isinstance(one, CodeMention) and opening < one.span.line - 1 < closing
    ]
    texts = [line for one in moved for line in _dedented(lines, one.span.line - 1, one.span.end_line - 1)]
    margin = indentation(lines.lines[opening])
    edits = [without_lines(lines, one.span.line - 1, one.span.end_line - 1) for one in moved]
    edits.append(below(lines, closing, *(f"{margin}{text}" for text in texts)))
    title = (
        "Move the statement out of the string" if len(moved) == 1 else "Move the statements out of the string"
    )
    yield Correction(title, tuple(edits), preferred=True)


def out_of_place(case: Case) -> Iterator[Correction]:
    """C107: the heading that is missing above, or a trace heading taken out of a quotation."""
    problem, lines = _problem(case), case.lines
    if problem is None:
        return
    index = case.span.line - 1
    if problem.kind == "coding-missing":
        edit = above(lines, index, "# coding", "")
        yield Correction("Write '# coding' above", (edit,), preferred=True)
    elif problem.kind == "fence-in-open-trace":
        yield Correction(
            f"Write '{AXIAL_HEADING}' above the block",
            (above(lines, index, AXIAL_HEADING, ""),),
            preferred=True,
        )
    elif problem.kind == "trace-in-quotation":
        marks = _QUOTATION.match(lines.lines[index])
        if marks is not None and case.span.column - 1 <= marks.end() + 2:
            start = lines.starts[index]
            gap = line_end(lines) if index > 0 and lines.lines[index - 1].strip() else ""
            edit = Edit(lines.path, start, start + marks.end(), gap)
            yield Correction("Take the heading out of the quotation", (edit,), preferred=True)


def without_reason(case: Case) -> Iterator[Correction]:
    """C108: a reason to write, or the comment taken out."""
    bracket = case.lines.text.index("]", case.span.start)
    edit = Edit(case.span.path, bracket + 1, bracket + 1, f" {REASON}")
    yield Correction("Write the reason", (edit,), blanks=(REASON,), preferred=True)
    yield Correction("Take the suppression out", (without(case.lines, case.span),))


def without_effect(case: Case) -> Iterator[Correction]:
    """C109: the nearest rule, or the comment taken out."""
    known = [rule.code for rule in ALL_RULES]
    found = next(
        (one for one in suppressions_in(case.lines.path, case.lines.text) if one.span == case.span), None
    )
    for code in found.codes if found is not None else ():
        if code not in known and (near := nearest(code, known)):
            at = case.lines.text.upper().index(code, case.span.start)
            edit = Edit(case.span.path, at, at + len(code), near[0])
            yield Correction(f"Write {near[0]}", (edit,))
    yield Correction("Take the suppression out", (without(case.lines, case.span),), preferred=True)


def outside_trace(case: Case, note: FieldNote) -> Iterator[Correction]:
    """C112: the heading above the block, and the fences around the statements."""
    problem, lines = _problem(case), case.lines
    if problem is None:
        return
    first, last = case.span.line - 1, case.span.end_line - 1
    if problem.kind == "outside-trace":
        yield Correction(
            f"Write '{AXIAL_HEADING}' above the block",
            (above(lines, first, AXIAL_HEADING, ""),),
            preferred=True,
        )
        return
    text = [_QUOTATION.sub("", line) for line in lines.lines[first : last + 1]]
    inside = part_on(note.axial_traces, case.span.line) is not None
    heading = [] if inside else [AXIAL_HEADING, ""]
    gap = [""] if first > 0 and lines.lines[first - 1].strip() and heading else []
    below_it = lines.lines[last + 1] if last + 1 < len(lines.lines) else ""
    closing = [] if _FENCE.match(below_it) else ["```"]  # else only the opening one was forgotten
    new = line_end(lines).join([*gap, *heading, "``` python", *text, *closing])
    edit = Edit(lines.path, lines.starts[first], lines.end_of(last), new)
    title = "Put the statements between two fences" if inside else "Put the statements into an axial trace"
    yield Correction(title, (edit,), preferred=True)


def versions_of_conflicts(case: Case) -> Iterator[Correction]:
    """C113: one of the two versions of every conflict of the file, or both."""
    lines = case.lines
    conflicts = conflicts_in(lines.lines)
    whole = [marks_of(lines.lines, one) for one in conflicts]
    if any(len(marks) not in (3, 4) for marks in whole):
        return
    for title, kept in (("Keep our version", (0,)), ("Keep their version", (-1,)), ("Keep both", (0, -1))):
        edits = []
        for marks in whole:
            parts = list(pairwise(marks))
            keep = {parts[index] for index in kept}
            for begin, end in parts:
                edits.append(without_lines(lines, begin, begin if (begin, end) in keep else end - 1))
            edits.append(without_lines(lines, marks[-1], marks[-1]))
        every = " of every conflict" if len(conflicts) > 1 else ""
        yield Correction(f"{title}{every}", tuple(edits))


def other_words(case: Case) -> Iterator[Correction]:
    """C114: the impacts to choose from, where none is near."""
    if case.finding.proposed or "is no impact of" not in case.finding.message:
        return
    for impact in vocabulary().impacts:
        edit = Edit.of(case.span, impact)
        yield Correction(f"Write '{impact}'", (edit,))


def left_over(case: Case) -> Iterator[Correction]:
    """C117: the statement taken out."""
    lines, index = case.lines, case.span.line - 1
    block = block_at(case.note, index) if case.note is not None else None
    if block is None:
        return
    first = block.opening_span.line
    end = block.closing_span.line - 1 if block.closing_span is not None else block.span.end_line
    for piece in split(lines.lines[first:end]):
        if first + piece.first <= index <= first + piece.last:
            edit = without_lines(lines, first + piece.first, first + piece.last)
            yield Correction("Take the statement out", (edit,), preferred=True)


def definition_of_no_code(case: Case) -> Iterator[Correction]:
    """C118: the code that is defined, to write."""
    found = re.search(r"definition(?=[ \t]*(?:\*\*|__)?[ \t]*:)", case.written, re.IGNORECASE)
    if found is not None:
        at = case.span.start + found.end()
        edit = Edit(case.span.path, at, at, " of CODE")
        yield Correction("Name the code that is defined", (edit,), blanks=("CODE",))


def _problem(case: Case) -> Problem | None:
    """What the reader of the note says of the finding."""
    problems = case.note.problems if case.note is not None else ()
    return next(
        (one for one in problems if one.span == case.span and one.message == case.finding.message), None
    )


def _own_number(case: Case, note: FieldNote) -> tuple[str, str]:
    """The kind and the number of a note, by its file, else the next free one."""
    identifier = identifier_of_file(case.span.path) or note.identifier
    if identifier is not None and identifier[:1] in ("s", "p"):
        return identifier[:1], identifier[1:]
    kind = note.kind or "s"
    return kind, next_source(case.context, kind)[1:]


def _last_line(case: Case) -> int | None:
    """The last line (from 0) of the block or comment that begins at the finding."""
    for segment in case.note.segments if case.note is not None else ():
        if isinstance(segment, AxialTrace):
            for block in segment.blocks:
                if block.opening_span.line == case.span.line:
                    return block.span.end_line - 1
        elif isinstance(segment, Passage | Comment) and segment.span.line == case.span.line:
            return segment.span.end_line - 1
    return None


def _line_with_quotes(lines: Lines, indexes: Sequence[int]) -> int | None:
    return next((index for index in indexes if any(q in lines.lines[index] for q in _TRIPLE)), None)


def _dedented(lines: Lines, first: int, last: int) -> list[str]:
    margin = len(indentation(lines.lines[first]))
    return [line[min(margin, len(indentation(line))) :] for line in lines.lines[first : last + 1]]
