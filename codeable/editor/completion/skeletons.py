"""Traces, blocks and memos that begin on an empty line between the passages of a note."""

import re
from collections.abc import Iterable, Iterator

from codeable.editor.completion.candidates import Candidate, Offer
from codeable.editor.completion.statements import escape_snippet, snippet_candidate
from codeable.editor.study.study_view import Cursor
from codeable.notes.model import AxialTrace, FieldNote, OpenTrace
from codeable.notes.trace_headings import AXIAL_HEADING, OPEN_HEADING

_OPENING = "``` python"
_CLOSING = "```"
_MOST_TYPED = 24
_HEADING = re.compile(r"[*#_ ]*(?:open|axial) coding(?: trace)?[:*_ ]*", re.IGNORECASE)
_SPECIAL = re.compile(r"[*#_`\s]*")


def offer_below_open_trace(cursor: Cursor, note: FieldNote, trace: OpenTrace) -> Offer | None:
    """What may follow an open trace, below an empty line: where it says something, or stars are typed."""
    above = cursor.document.lines.lines[trace.span.line : cursor.line]
    is_heading = cursor.line_before.lstrip().startswith("*")
    if not above or above[-1].strip() or not (is_heading or any(map(str.strip, above))):
        return None
    return offer_of_traces(cursor, note, letters=1)


def offer_of_traces(cursor: Cursor, note: FieldNote, letters: int = 2) -> Offer | None:
    """The traces that may begin on a line of a note; only where nothing else is on it.

    Args:
        cursor: The place.
        note: The note.
        letters: So many of a word have to be there, where any word may begin; one is enough behind stars.
    """
    typed = cursor.line_before.strip()
    above = cursor.document.lines.lines[cursor.line - 1] if cursor.line else ""
    if cursor.line_behind.strip() or len(typed) > _MOST_TYPED or (typed and above.lstrip()[:1] == ">"):
        return None
    needed = 1 if typed.startswith("*") else letters
    candidates = [one for one in _candidates(cursor, note) if _begins(one, typed, needed)]
    start = cursor.offset - len(cursor.line_before.lstrip())
    return Offer(start, line_end(cursor), candidates) if candidates else None


def line_end(cursor: Cursor) -> int:
    """The end of the line of a place, without the blanks at its end."""
    return cursor.offset + len(cursor.line_behind.rstrip())


def fence_of(note: FieldNote) -> tuple[str, str]:
    """How the blocks of a note open and close."""
    blocks = [
        block for trace in note.axial_traces for block in trace.blocks if block.closing_span is not None
    ]
    if not blocks or blocks[-1].closing_span is None:
        return _OPENING, _CLOSING
    opening, closing = blocks[-1].opening_span, blocks[-1].closing_span
    return note.text[opening.start : opening.end], note.text[closing.start : closing.end]


def _begins(candidate: Candidate, typed: str, letters: int) -> bool:
    """Whether what was typed is the beginning of a candidate, and has so many letters."""
    begin = _SPECIAL.sub("", typed).casefold()
    if not begin:
        return True
    words = (candidate.label, candidate.also)
    return len(begin) >= letters and any(
        _SPECIAL.sub("", each).casefold().startswith(begin) for each in words
    )


def _candidates(cursor: Cursor, note: FieldNote) -> Iterator[Candidate]:
    """What may begin, what is likely next first: below an open trace its axial trace."""
    line = cursor.line + 1
    above = next((one for one in reversed(note.segments) if one.span.line < line), None)
    opening, closing = map(escape_snippet, fence_of(note))
    source = note.identifier or "s"
    block = f"{opening}\n${{1}}\n{closing}\n"
    codes = f"add codes to {source}:\n{opening}\n'''\n    ${{1}}\n'''\n{closing}\n"
    evidence = f"the codes that {source} is evidence for"
    if isinstance(above, AxialTrace) and "*" not in cursor.line_before:
        yield _snippet("add codes to", evidence, codes, 0, f"add codes to {source}")
        yield _snippet("block of statements", "statements about the model", block, 0, opening)
    if not isinstance(above, OpenTrace):
        heading = _heading(note, note.open_traces, line) or OPEN_HEADING
        snippet = f"{heading}\n\nFamiliar options: ${{1}}\nNew option: ${{2}}\n"
        yield _snippet("open coding trace", "what you recognise in the passages", snippet, 1)
    heading = _heading(note, note.axial_traces, line) or AXIAL_HEADING
    rank = 0 if isinstance(above, OpenTrace) else 2
    yield _snippet("axial coding trace", "statements about the model", f"{heading}\n\n{block}", rank)
    yield _snippet("axial coding trace with codes", evidence, f"{heading}\n\n{codes}", rank + 1)
    yield _snippet("memo", "a thought of yours, never evidence", "**MEMO:** ${1}\n", 3)


def _heading(note: FieldNote, traces: Iterable[OpenTrace | AxialTrace], line: int) -> str | None:
    """The heading of the last trace as it is written, where nothing follows it on its line."""
    written = (
        note.text[one.span.start :].split("\n", 1)[0].strip() for one in traces if one.span.line != line
    )
    return next((each for each in reversed(list(written)) if _HEADING.fullmatch(each)), None)


def _snippet(label: str, detail: str, snippet: str, rank: int, also: str = "") -> Candidate:
    """A part of a note, which is found by its first line, too."""
    return snippet_candidate(label, snippet, rank, detail, also or snippet.split("\n", 1)[0])
