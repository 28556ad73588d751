"""C1xx: what in a field note cannot be read, or only by guessing."""

from collections.abc import Iterable, Iterator

from codeable.checks.claims_from_notes import exchanged_option
from codeable.checks.context import Context
from codeable.checks.diagnostic import Place
from codeable.checks.rule import Violation, rule
from codeable.notes.records import FieldNote

__all__ = ["RULES"]


def _problems(context: Context, *kinds: str, notes: Iterable[FieldNote] | None = None) -> Iterator[Violation]:
    for note in context.all_notes if notes is None else notes:
        for problem in note.problems:
            if problem.kind in kinds:
                correction = f"write {problem.suggestion!r}" if problem.suggestion else None
                yield Violation(problem.message, Place.of_span(problem.span), correction)


@rule("C101", "block-not-python", "error", "a block of an axial trace is not Python")
def block_not_python(context: Context) -> Iterator[Violation]:
    """The statement that breaks; the whole ones around it are read all the same."""
    yield from _problems(context, "block-not-python")


@rule("C102", "heading-missing", "warning", "a note does not begin with its kind and number")
def heading_missing(context: Context) -> Iterator[Violation]:
    """A note whose first heading is not `# s` or `# p` with a number; the empty template needs none."""
    yield from _problems(context, "heading-missing", "number-missing", "empty", notes=context.notes)


@rule("C103", "link-not-closed", "warning", "an image or a link is never closed")
def link_not_closed(context: Context) -> Iterator[Violation]:
    """`![picture](https://…` without the closing bracket."""
    yield from _problems(context, "image-not-closed", "link-not-closed")


@rule("C104", "fence-not-closed", "warning", "a fenced block or a comment is never closed")
def fence_not_closed(context: Context) -> Iterator[Violation]:
    """What follows is swallowed by the block."""
    yield from _problems(context, "fence-not-closed", "comment-not-closed")


@rule("C105", "not-utf-8", "warning", "a note is not text in UTF-8, or too large to be one")
def not_utf_8(context: Context) -> Iterator[Violation]:
    """Another encoding, binary data, or a file of many megabytes."""
    yield from _problems(context, "encoding", "binary", "too-large")


@rule("C106", "string-of-codes", "warning", "the string of codes holds something that is not a code")
def string_of_codes(context: Context) -> Iterator[Violation]:
    """A statement, or words, inside the triple-quoted string of codes."""
    yield from _problems(context, "string-of-codes", "statement-in-string")


@rule("C107", "trace-out-of-place", "warning", "a trace or its block does not stand where traces stand")
def trace_out_of_place(context: Context) -> Iterator[Violation]:
    """A trace without `# coding` above it, inside a quotation, or a Python block in an open trace."""
    yield from _problems(context, "coding-missing", "trace-in-quotation", "fence-in-open-trace")


@rule("C110", "statement-not-read", "warning", "a statement of a trace says something that is not understood")
def statement_not_read(context: Context) -> Iterator[Violation]:
    """It is Python, but a part of it is not what is expected there; an exchanged option is told by `C406`."""
    exchanged = {
        (note.path, line)
        for note in context.notes
        for one in note.statements
        if exchanged_option(one) is not None
        for line in range(one.span.line, one.span.end_line + 1)
    }
    for hit in _problems(context, "statement-not-read", notes=context.notes):
        if (hit.place.file, hit.place.line) not in exchanged:
            yield hit


RULES = (
    block_not_python,
    heading_missing,
    link_not_closed,
    fence_not_closed,
    not_utf_8,
    string_of_codes,
    trace_out_of_place,
    statement_not_read,
)
