"""The outline of a field note: its source, the metadata, the passages with their traces and memos."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve
from lsprotocol import types

from codeable.editor.outline.entries import OutlineEntry, kind_of
from codeable.editor.study.study_view import StudyView
from codeable.kernel.place import Span
from codeable.notes.model import (
    AxialTrace,
    CodeMention,
    Comment,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Memo,
    OpenTrace,
    OptionStatement,
    Passage,
    RelationStatement,
    Segment,
    SpeakerLabel,
    StrayBlock,
    TraceStatement,
)
from codeable.text import counted

_KINDS = types.SymbolKind


def note_outline(view: StudyView, note: FieldNote) -> list[OutlineEntry]:
    """The outline: the source, in it the metadata, and the groups of passages with what was coded there."""
    begin = note.coding_span.start if note.coding_span is not None else len(note.text)
    heading = note.heading.span if note.heading is not None else None
    head = [each for each in note.segments if each.span.start < begin]
    body = [each for each in note.segments if each.span.start >= begin]
    parts = [*_metadata(view, note, head), *_groups(view, body)]
    at = (heading.start, heading.end) if heading is not None else (0, 0)
    detail = ", ".join([counted(len(note.passages), "passage"), *([note.coder] if note.coder else [])])
    title = f"{note.identifier or 'note'} {note.title}".rstrip()
    return [OutlineEntry(title, detail, _KINDS.File, 0, len(note.text), at, parts)]


def _metadata(view: StudyView, note: FieldNote, head: Iterable[Segment]) -> Iterator[OutlineEntry]:
    fields = [
        OutlineEntry(each.name, each.value, _KINDS.Property, *_ends(each.span), _ends(each.name_span))
        for each in note.fields
    ]
    parts = [*fields, *(each for segment in head for each in _entries(view, segment))]
    if parts:
        start, end = min(each.start for each in parts), max(each.whole[1] for each in parts)
        yield OutlineEntry(
            "metadata", counted(len(fields), "field"), _KINDS.Namespace, start, end, (start, start), parts
        )


def _groups(view: StudyView, body: Iterable[Segment]) -> Iterator[OutlineEntry]:
    """Passages up to the last trace that is about them. A passage behind a trace begins the next group."""
    group: list[Segment] = []
    coded = False
    for segment in body:
        if isinstance(segment, Comment):
            continue
        if isinstance(segment, Passage | SpeakerLabel) and coded:
            yield from _group(view, group)
            group, coded = [], False
        group.append(segment)
        coded = coded or not isinstance(segment, Passage | SpeakerLabel)
    yield from _group(view, group)


def _group(view: StudyView, group: Sequence[Segment]) -> Iterator[OutlineEntry]:
    passages = [each for each in group if isinstance(each, Passage)]
    others = [entry for each in group for entry in _entries(view, each)]
    if not passages:
        yield from others
        return
    first, last = passages[0], passages[-1]
    whole = OutlineEntry(
        _beginning(first),
        counted(len(passages), "passage") if len(passages) > 1 else first.speaker or "",
        _KINDS.String,
        *_ends(first.span.through(last.span)),
        _ends(first.span),
    )
    if len(passages) > 1:
        others = [*map(_passage, passages), *others]
    yield evolve(whole, parts=others)


def _passage(passage: Passage) -> OutlineEntry:
    ends = _ends(passage.span)
    return OutlineEntry(_beginning(passage), passage.speaker or "", _KINDS.String, *ends, ends)


def _beginning(passage: Passage) -> str:
    return passage.text.strip() or passage.kind


def _entries(view: StudyView, segment: Segment) -> Iterator[OutlineEntry]:
    """The entry of a trace or a memo; none of a passage."""
    ends = _ends(segment.span)
    match segment:
        case OpenTrace():
            names = [name for item in segment.items for name in item.names]
            codes = ", ".join(dict.fromkeys(name.name for name in names))
            yield OutlineEntry("open trace", codes, _KINDS.Array, *ends, ends)
        case AxialTrace():
            yield _axial(view, segment.statements, ends, segment.heading_span)
        case StrayBlock():
            yield _axial(view, segment.block.statements, ends, None, "outside of a trace")
        case Memo():
            yield OutlineEntry(segment.title or "memo", segment.text, _KINDS.Key, *ends, ends)


def _axial(
    view: StudyView,
    statements: Iterable[TraceStatement],
    ends: tuple[int, int],
    heading: Span | None,
    name: str = "axial trace",
) -> OutlineEntry:
    parts = statement_entries(view, statements)
    codes = [one.code.name for one in statements if isinstance(one, CodeMention)]
    at = _ends(heading) if heading is not None else (ends[0], ends[0])
    return OutlineEntry(name, ", ".join(dict.fromkeys(codes)), _KINDS.Array, *ends, at, parts)


def statement_entries(view: StudyView, statements: Iterable[TraceStatement]) -> list[OutlineEntry]:
    """The entries of declarations, options, impacts and relations.

    The option of a solution that is declared right before is told in the entry of the solution.
    """
    found: list[OutlineEntry] = []
    declared = ""
    for one in statements:
        if isinstance(one, OptionStatement) and one.solution.name == declared:
            solution = found[-1]
            words = " – ".join(filter(None, (solution.detail, one.words)))
            found[-1] = evolve(solution, detail=words, end=max(one.span.end, solution.end))
        else:
            found += _statement(view, one)
        declared = one.identifier.name if isinstance(one, DeclarationStatement) else ""
    return found


def _statement(view: StudyView, one: TraceStatement) -> Iterator[OutlineEntry]:
    ends = _ends(one.span)
    if isinstance(one, DeclarationStatement):
        known = view.code(one.identifier.name)
        kind = known.kind if known is not None else one.kind or one.constructor.name
        name, at = one.identifier.name, _ends(one.identifier.span)
        yield OutlineEntry(name, _detail(kind, one), kind_of(kind), *ends, at)
    elif isinstance(one, OptionStatement):
        name, at = one.solution.name, _ends(one.solution.span)
        yield OutlineEntry(name, f"option: {one.words or 'without a text'}", _KINDS.EnumMember, *ends, at)
    elif isinstance(one, ForceStatement):
        number = counted(len({each.solution.name for each in one.impacts}), "solution")
        impacts = list(_impacts(one))
        yield OutlineEntry("forces", number, _KINDS.Object, *ends, _ends(one.function.span), impacts)
    elif isinstance(one, RelationStatement):
        yield from _relations(one, ends)


def _detail(kind: str, one: DeclarationStatement) -> str:
    title = next((each.value for each in one.values if each.name.value == "title"), None)
    return f"{kind} {title if isinstance(title, str) and title else one.name}".rstrip()


def _impacts(one: ForceStatement) -> Iterator[OutlineEntry]:
    for each in one.impacts:
        start, end = each.force.span.start, max(each.impact.span.end, each.force.span.end)
        name = f"{each.solution.name}: {each.force.name}"
        yield OutlineEntry(name, each.impact.name, _KINDS.Event, start, end, _ends(each.force.span))


def _relations(one: RelationStatement, ends: tuple[int, int]) -> Iterator[OutlineEntry]:
    kinds = ", ".join(each.name for each in one.stereotypes) or one.role or "link"
    if one.identifier is not None:
        yield OutlineEntry(one.identifier.name, kinds, _KINDS.Operator, *ends, _ends(one.identifier.span))
        return
    pairs = [f"{each.source.name} → {', '.join(target.name for target in each.targets)}" for each in one.ends]
    yield OutlineEntry(
        "; ".join(pairs) or one.function.name, kinds, _KINDS.Operator, *ends, _ends(one.function.span)
    )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
