"""Field notes on a terminal: one line each, or one note with all that it holds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from codeable.notes.mentions import codes_met
from codeable.notes.records import (
    AxialTrace,
    BrokenStatement,
    CodeMention,
    Declaration,
    FieldNote,
    ForceRelation,
    OpenTrace,
    OptionLink,
    OtherRelation,
    Statement,
)
from codeable.text import printable

if TYPE_CHECKING:
    from codeable.checks import Diagnostic

__all__ = ["WIDTH", "counted", "listed", "shortened", "shown"]

WIDTH = 80
"""Columns of what is told; a terminal has at least these."""

_TITLE = 36


def listed(notes: Sequence[FieldNote]) -> str:
    """A table of notes: source, passages, traces, codes, problems, title, file."""
    if not notes:
        return "there are no field notes (*.md beside the sources, or where the settings say: notes = [...])"
    rows = [("source", "passages", "traces", "codes", "problems", "title")]
    rows += [
        (
            note.identifier or "?",
            str(len(note.passages)),
            str(len(note.open_traces) + len(note.axial_traces)),
            str(len(codes_met(note, {}))),
            str(len(note.problems)),
            shortened(_title(note) or note.path, _TITLE),
        )
        for note in notes
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        first, *counts, title = row
        numbers = "  ".join(cell.rjust(width) for cell, width in zip(counts, widths[1:-1], strict=True))
        lines.append(f"{first:{widths[0]}}  {numbers}  {title}".rstrip())
    lines.append(f"{counted(len(notes), 'note')}")
    return "\n".join(lines)


def shown(note: FieldNote, diagnostics: "Iterable[Diagnostic]") -> str:
    """One note: its metadata, the codes that it speaks of, its traces, and what the checks find."""
    parts = [
        [printable(f"{note.identifier or '?'}  {_title(note)}".rstrip()), f"  {printable(note.path)}"],
        list(_metadata(note)),
        list(_codes(note)),
        list(_traces(note)),
        list(_diagnostics(diagnostics)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def shortened(text: str, width: int) -> str:
    r"""A text on one line of at most so many columns, safe on a terminal.

    Example:
        >>> shortened("An operating model\nfor data products", 20)
        'An operating model…'
    """
    line = printable(" ".join(text.split()))
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    Example:
        >>> counted(1, "note"), counted(2, "note")
        ('1 note', '2 notes')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _title(note: FieldNote) -> str:
    field = note.metadata.get("title")
    return field.value if field is not None else ""


def _metadata(note: FieldNote) -> Iterator[str]:
    width = max((len(field.name) for field in note.fields), default=0)
    for field in note.fields:
        value = shortened(field.value, WIDTH - width - 4) if field.value else "–"
        yield f"  {field.name:{width}}  {value}"


def _codes(note: FieldNote) -> Iterator[str]:
    met = codes_met(note, {})
    if not met:
        return
    declared = {one.identifier.name for one in note.statements if isinstance(one, Declaration)}
    yield f"{counted(len(met), 'code')} (passages, mentions)"
    width = min(max(map(len, met)), WIDTH - 30)
    for code, places in met.items():
        passages = dict.fromkeys(passage for _, one in places for passage in one.evidence)
        new = "  declared here" if code in declared else ""
        yield f"  {printable(code):{width}}  {len(passages):4}  {len(places):4}{new}"


def _traces(note: FieldNote) -> Iterator[str]:
    traces = [segment for segment in note.segments if isinstance(segment, OpenTrace | AxialTrace)]
    if traces:
        yield counted(len(traces), "trace")
    for trace in traces:
        where = f"{trace.span.line}-{trace.span.end_line}"
        evidence = counted(len(trace.evidence), "passage")
        if isinstance(trace, OpenTrace):
            words = [f"{item.label}: {item.text}".strip(": ") for item in trace.items]
            told = "; ".join([*filter(None, words), *filter(None, [trace.memo])])
            kind = "open"
        else:
            told, kind = _statements(trace.statements), "axial"
        start = f"  {where:>9}  {kind:5}  {evidence:>11}  "
        yield start + shortened(told, WIDTH - len(start))


def _statements(statements: Iterable[Statement]) -> str:
    counts = Counter(_noun(one) for one in statements)
    return ", ".join(counted(number, noun) for noun, number in counts.items()) or "nothing"


def _noun(statement: Statement) -> str:
    if isinstance(statement, Declaration):
        return "declaration"
    nouns = {
        CodeMention: "mention",
        OptionLink: "option",
        ForceRelation: "force relation",
        OtherRelation: "relation",
        BrokenStatement: "broken statement",
    }
    return nouns.get(type(statement), "other statement")


def _diagnostics(diagnostics: "Iterable[Diagnostic]") -> Iterator[str]:
    found = list(diagnostics)
    if found:
        yield counted(len(found), "diagnostic")
    for one in found:
        at = f"{one.span.line}:{one.span.column}"
        yield f"  {at:>9}  {one.severity} {one.code} {printable(one.message)}"
