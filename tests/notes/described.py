"""A note as lines of text that a person can compare with the file: what was read, where, on what evidence."""

from collections.abc import Iterator

from codeable.kernel.place import Span
from codeable.notes.model import (
    AxialTrace,
    BrokenStatement,
    CodeMention,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Memo,
    OpenTrace,
    OptionStatement,
    OtherStatement,
    Passage,
    RelationStatement,
    Segment,
    SpeakerLabel,
    StrayBlock,
    TraceStatement,
)


def describe(note: FieldNote) -> str:
    return "\n".join(f"{_place(span)}  {text}" for span, text in _lines(note)) + "\n"


def statement_line(one: TraceStatement) -> str:
    """One statement in one line, without its place."""
    return f"{_statement(one)}{' (in a string)' if one.in_string else ''}"


def lines_read(note: FieldNote) -> set[int]:
    """The numbers of all lines that some record covers."""
    spans = [segment.span for segment in note.segments] + [field.span for field in note.fields]
    spans += [span for span in (note.coding_span, note.heading and note.heading.span) if span is not None]
    return {line for span in spans for line in range(span.line, span.end_line + 1)}


def _place(span: Span) -> str:
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}".ljust(14)


def _lines(note: FieldNote) -> Iterator[tuple[Span, str]]:
    if note.heading is not None:
        yield note.heading.span, f"note {note.heading.kind} {note.heading.number}"
    for field in note.fields:
        yield field.span, f"{'field' if field.known else 'unknown field'} {field.name} = {field.value!r}"
    if note.coding_span is not None:
        yield note.coding_span, "coding"
    for segment in note.segments:
        yield from _segment(segment)
    for problem in note.problems:
        hint = f" -> {problem.suggestion}" if problem.suggestion else ""
        yield problem.span, f"! {problem.kind}: {problem.message}{hint}"


def _segment(segment: Segment) -> Iterator[tuple[Span, str]]:
    if isinstance(segment, Passage):
        said = f" ({segment.speaker})" if segment.speaker else ""
        yield segment.span, f"passage, {segment.kind}: {segment.text[:40]!r}{said}"
    elif isinstance(segment, Memo):
        yield segment.span, f"memo {segment.text!r}, about {_evidence(segment.about)}"
    elif isinstance(segment, SpeakerLabel):
        yield segment.span, f"speaker {segment.speaker}"
    elif isinstance(segment, StrayBlock):
        yield segment.span, "stray block"
    elif isinstance(segment, OpenTrace):
        yield segment.span, f"open trace {segment.group}, evidence {_evidence(segment.evidence)}"
        for item in segment.items:
            names = " ".join(name.name for name in item.names)
            yield item.span, f"  {item.status} {item.kind}: {item.text!r} [{names}]".replace("   ", "  ")
        if segment.memo:
            yield segment.span, f"  memo {segment.memo!r}"
    elif isinstance(segment, AxialTrace):
        where = "metadata" if segment.in_metadata else f"evidence {_evidence(segment.evidence)}"
        yield segment.span, f"axial trace {segment.group}, {where}"
        for prose in segment.prose:
            to = f" to {prose.codes_added.source.name}" if prose.codes_added else ""
            yield prose.span, f"  prose{to}"
        for one in segment.statements:
            yield one.span, f"  {statement_line(one)}"
    else:
        yield segment.span, "comment"


def _evidence(passages: tuple[Passage, ...]) -> str:
    return " ".join(str(passage.line) for passage in passages) or "none"


def _statement(one: TraceStatement) -> str:
    if isinstance(one, DeclarationStatement):
        values = ", ".join(f"{value.name.value}={value.value!r}" for value in one.values)
        name = one.display_name.value if one.display_name else None
        metaclass = one.metaclass.name if one.metaclass else None
        kind = type(one).__name__
        return f"{kind} {one.identifier.name}: {metaclass} {name!r}{f' {{{values}}}' if values else ''}"
    if isinstance(one, OptionStatement):
        more = f" ({one.description.value!r})" if one.description is not None else ""
        text = one.text and one.text.value
        return f"OptionStatement {one.decision.name} -> {one.solution.name}: {text!r}{more}"
    if isinstance(one, ForceStatement):
        impacts = (f"{each.solution.name} {each.impact.name} {each.force.name}" for each in one.impacts)
        return f"ForceStatement {', '.join(impacts)}"
    if isinstance(one, RelationStatement):
        ends = (f"{end.source.name} -> {' '.join(name.name for name in end.targets)}" for end in one.ends)
        bound = f"{one.identifier.name} = " if one.identifier else ""
        role = f" role {one.role_name.value!r}" if one.role_name else ""
        with_ = f" {' '.join(name.name for name in one.stereotypes)}" if one.stereotypes else ""
        tagged = f" {one.tagged_text.value!r}" if one.tagged_text else ""
        return f"RelationStatement {bound}{'; '.join(ends)}{role}{with_}{tagged}"
    if isinstance(one, CodeMention):
        qualifier = f"{one.code.qualifier}." if one.code.qualifier else ""
        to = f" to {one.added_to.name}" if one.added_to else ""
        return f"CodeMention {qualifier}{one.code.name} ({one.how}){to}"
    if isinstance(one, OtherStatement):
        return f"OtherStatement {one.kind}"
    assert isinstance(one, BrokenStatement)
    return f"BrokenStatement{f' of {one.identifier.name}' if one.identifier else ''}: {one.problem.message}"
