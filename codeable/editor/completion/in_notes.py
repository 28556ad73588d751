"""What may be written at a place in a field note: metadata, traces, memos, headings. Nothing in a passage."""

import re
from collections.abc import Mapping
from keyword import iskeyword

from attrs import evolve

from codeable.editor.completion.candidates import Offer
from codeable.editor.completion.in_code import offer_in_code
from codeable.editor.completion.metadata_fields import offer_in_head, values_of_head
from codeable.editor.completion.nameable import Nameable, NewCode
from codeable.editor.completion.open_lines import offer_in_open_trace, offer_in_prose
from codeable.editor.completion.skeletons import offer_below_open_trace, offer_of_traces
from codeable.editor.completion.statements import display_name_of
from codeable.editor.completion.suppressions import offer_of_rules
from codeable.editor.python.call_at import call_at, segment_at
from codeable.editor.study.study_view import Cursor
from codeable.notes.model import (
    AxialTrace,
    FieldNote,
    Memo,
    OpenTrace,
    Passage,
    Segment,
)
from codeable.text import slug

_METACLASS_OF = {"force": "force", "decision": "decision"}
_ADDED_TO = re.compile(r"\badd\w*[ \t]+(?:\w+[ \t]+)*codes?[ \t]+(?:to|for)[ \t]+\w*\Z", re.IGNORECASE)
_DECLARED = ("option", "force", "decision")
"""The kinds of lines of an open trace that name new codes where they do not say that these are familiar."""
_MOST_WORDS = 6
_NEAR = 2
_NEVER = 1 << 60


def offer_in_note(cursor: Cursor, note: FieldNote) -> Offer | None:
    """What may be written at a place in a note."""
    rules = offer_of_rules(cursor, "<!--")
    if rules is not None:
        return rules
    line = cursor.line
    segment = segment_at(note, line)
    place = call_at(cursor) if segment is not None else None
    if segment is not None and place is not None:
        scope = scope_at(cursor, note, segment)
        return offer_in_code(place, scope, cursor.document.text, codes_first=_adds_codes(segment, line))
    if line + 1 < _first_line_of_coding(note, line + 1):
        return offer_in_head(cursor, note)
    if isinstance(segment, Passage) and (line < segment.span.end_line and segment.kind != "text"):
        return None
    if isinstance(segment, OpenTrace):
        inside = offer_in_open_trace(cursor, segment, scope_at(cursor, note, segment))
        return _or_next(inside, offer_below_open_trace(cursor, note, segment))
    if isinstance(segment, Memo):
        return (
            offer_in_prose(cursor, scope_at(cursor, note, segment)) if line < segment.span.end_line else None
        )
    if isinstance(segment, AxialTrace) and _ADDED_TO.search(cursor.line_before):
        return Offer(*cursor.word, list(scope_at(cursor, note, segment).sources()))
    return offer_of_traces(cursor, note)


def _or_next(inside: Offer | None, following: Offer | None) -> Offer | None:
    """What may be in a trace, and what may follow it."""
    if inside is None or following is None:
        return inside or following
    if (inside.start, inside.end) != (following.start, following.end):
        return following if following.start < inside.start else inside
    return evolve(inside, candidates=[*following.candidates, *inside.candidates])


def _first_line_of_coding(note: FieldNote, line: int) -> int:
    """The line (counted from 1) with which passages and traces begin; behind the end where there are none.

    The heading on the given line does not count, which is only begun.
    """
    if note.coding_span is not None:
        return note.coding_span.line
    for one in note.segments:
        is_begun = isinstance(one, Passage) and one.kind == "heading" and one.span.line == line
        if not is_begun and not (isinstance(one, AxialTrace) and one.in_metadata):
            return one.span.line
    return _NEVER


def scope_at(cursor: Cursor, note: FieldNote, segment: Segment) -> Nameable:
    """What can be named in a trace: the names of the open traces of its group are near."""
    group = getattr(segment, "group", 0)
    traces = [one for one in note.open_traces if one.group == group and group]
    near = {name.name: _NEAR for trace in traces for name in trace.names}
    new = _new_codes(traces, cursor)
    is_in_head = isinstance(segment, AxialTrace) and segment.in_metadata
    if is_in_head and note.identifier is not None and note.declared_source is None:
        new = {note.identifier: NewCode("source", note.identifier, values_of_head(note)), **new}
    return Nameable(cursor.view, note, near, new)


def _new_codes(traces: list[OpenTrace], cursor: Cursor) -> Mapping[str, NewCode]:
    """The codes that open traces call new and that nothing declares: by name, or by their display names."""
    found: dict[str, NewCode] = {}
    for item in (item for trace in traces for item in trace.items):
        if item.status == "familiar" or (item.status == "" and item.kind not in _DECLARED):
            continue
        is_pattern = "pattern" in item.label.casefold()
        metaclass = "pattern" if is_pattern else _METACLASS_OF.get(item.kind, "practice")
        names = {name.name: display_name_of(name.name) for name in item.names}
        if not names and item.text and len(item.text.split()) <= _MOST_WORDS:
            names = {slug(item.text): item.text.strip()}
        for name, display_name in names.items():
            if name.isidentifier() and not iskeyword(name) and cursor.view.code(name) is None:
                found[name] = NewCode(metaclass, display_name)
    return found


def _adds_codes(segment: Segment, line: int) -> bool:
    """Whether the text above the block with a line says that it adds codes."""
    if not isinstance(segment, AxialTrace):
        return False
    above = [one for one in segment.prose if one.span.line <= line]
    return bool(above) and above[-1].codes_added is not None
