"""Statements of the template that were left in a note when the template was copied. They count nowhere.

Called where the notes of a study are read, because it takes the template to know them.
"""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from codeable.kernel.place import Span
from codeable.notes.model import (
    BrokenStatement,
    CodeMention,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    OptionStatement,
    Problem,
    RelationStatement,
    TraceStatement,
)
from codeable.result_cache import ResultCache

_STATEMENTS = (BrokenStatement, DeclarationStatement, ForceStatement, OptionStatement, RelationStatement)


def without_left_overs(
    notes: Iterable[FieldNote], templates: Iterable[FieldNote] = (), results: ResultCache | None = None
) -> tuple[FieldNote, ...]:
    """The notes, in which the statements that are also in a template count nowhere.

    A bare name of a code is no sign of the template.

    Args:
        notes: The notes. Templates among them are templates of all.
        templates: More templates.
        results: What was found before in single notes.
    """
    read, results = tuple(notes), results or ResultCache()
    forms = [one for one in (*templates, *read) if one.is_template]
    known = frozenset(
        form for template in forms for form, _ in _forms((*template.statements, *template.outside))
    )
    if not known:
        return read
    return tuple(note if note.is_template else results.of(_marked, note, known) for note in read)


def _marked(note: FieldNote, known: frozenset[str]) -> FieldNote:
    left_over = [found for form, found in _forms((*note.statements, *note.outside)) if form in known]
    if not left_over:
        return note
    message = "left over from the template: this counts nowhere"
    problems = [Problem("left-over", message, _span(found)) for found in left_over]
    spans = [problem.span for problem in problems]
    kept = (one for one in note.problems if not any(_covers(span, one.span) for span in spans))
    marked = {id(one) for found in left_over for one in found}
    outside = [*note.outside, *(one for one in note.statements if id(one) in marked)]
    return evolve(
        note,
        problems=tuple(sorted((*kept, *problems), key=lambda problem: problem.span.start)),
        statements=tuple(one for one in note.statements if id(one) not in marked),
        outside=tuple(sorted(outside, key=lambda one: one.span.start)),
    )


def _forms(statements: Iterable[TraceStatement]) -> Iterator[tuple[str, list[TraceStatement]]]:
    """The text of each statement without its blanks, with its records.

    A statement that adds codes to a source has a record for each code.
    """
    codes: dict[Span, list[TraceStatement]] = {}
    for one in statements:
        if isinstance(one, _STATEMENTS):
            yield "".join(one.source.split()), [one]
        elif isinstance(one, CodeMention) and one.how == "contained_code" and one.added_to is not None:
            codes.setdefault(one.added_to.span, []).append(one)
    for found in codes.values():
        names = [name.name for one in found for name in one.names[::-1]]
        yield " ".join(names), found


def _span(found: Sequence[TraceStatement]) -> Span:
    first, last = found[0], found[-1]
    added_to = first.added_to if isinstance(first, CodeMention) else None
    return (added_to.span if added_to is not None else first.span).through(last.span)


def _covers(span: Span, other: Span) -> bool:
    return span.start <= other.start and other.end <= span.end
