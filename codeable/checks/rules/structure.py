"""C1xx: what in a field note cannot be read, or only by guessing."""

from collections.abc import Iterable, Iterator

from codeable.checks.claims_from_notes import corrected_option
from codeable.checks.context import Context
from codeable.checks.diagnostic import Violation, rule, written_at
from codeable.merge_conflicts import conflict_message, conflicts_in
from codeable.names.modules import Module
from codeable.notes.model import FieldNote, ProblemKind

_WRITTEN_IN_PLACE = frozenset({"block-not-python", "statement-not-read", "string-of-codes", "unknown-word"})
"""The kinds of problems whose suggestion is a text for the place itself."""


def problems(
    notes: Iterable[FieldNote], *kinds: ProblemKind, where: str = "", otherwise: str | None = None
) -> Iterator[Violation]:
    """Some kinds of problems that the reader of notes found, with their safe fixes.

    Args:
        notes: The notes.
        kinds: The kinds of problems.
        where: Where the text that a problem suggests is written, if not in its place.
        otherwise: What to do about a problem that suggests no text.
    """
    for note in notes:
        for one in note.problems:
            if one.kind in kinds:
                way_out = f"write {one.suggestion!r}{where}" if one.suggestion else otherwise
                if way_out is None and one.edits:
                    is_more = any(edit.replacement for edit in one.edits)
                    way_out = "`codeable check --fix` repairs it" if is_more else "take it out"
                proposed = (
                    written_at(one.span, note.text, one.suggestion)
                    if one.suggestion and one.kind in _WRITTEN_IN_PLACE and not one.edits
                    else ()
                )
                yield Violation(one.message, one.span, way_out, edits=one.edits, proposed=proposed)


@rule("C101", "block-not-python", "error", "a block of an axial trace is not Python")
def block_not_python(context: Context) -> Iterator[Violation]:
    """One violation per broken statement. The complete statements around it are read."""
    yield from problems(context.all_notes, "block-not-python")


@rule("C102", "heading-missing", "warning", "a note does not begin with its kind and number")
def heading_missing(context: Context) -> Iterator[Violation]:
    """The first heading is not `# s` or `# p` with a number. The empty template needs none."""
    yield from problems(context.notes, "heading-missing", "number-missing", "empty")


@rule("C103", "link-not-closed", "warning", "an image or a link is never closed")
def link_not_closed(context: Context) -> Iterator[Violation]:
    """`![picture](https://…` without the closing bracket."""
    yield from problems(context.all_notes, "link-not-closed", where=" at its end")


@rule("C104", "fence-not-closed", "warning", "a fenced block or a comment is never closed")
def fence_not_closed(context: Context) -> Iterator[Violation]:
    """The block swallows what follows."""
    below = " below its last line"
    yield from problems(context.all_notes, "fence-not-closed", "comment-not-closed", where=below)


@rule("C105", "not-utf-8", "warning", "a note is not text in UTF-8, or too large to be one")
def not_utf_8(context: Context) -> Iterator[Violation]:
    """Another encoding, binary data, or a file of many megabytes."""
    yield from problems(context.all_notes, "encoding", "binary", "too-large")


@rule("C106", "string-of-codes", "warning", "the string of codes holds something that is not a code")
def string_of_codes(context: Context) -> Iterator[Violation]:
    """A statement, or words, inside the triple-quoted string of codes."""
    yield from problems(context.all_notes, "string-of-codes")
    yield from problems(
        context.all_notes, "statement-in-string", otherwise="end the string above the statement"
    )


@rule("C107", "trace-out-of-place", "warning", "a trace or its block is where no trace is expected")
def trace_out_of_place(context: Context) -> Iterator[Violation]:
    """Without `# coding` above it, inside a quotation, misspelt; Python in an open trace or not called so."""
    yield from problems(context.all_notes, "coding-missing", "trace-in-quotation", "fence-in-open-trace")
    yield from problems(context.all_notes, "trace-misspelt", "fence-language")


@rule("C110", "statement-not-read", "error", "a statement, or a part of one, is not read")
def statement_not_read(context: Context) -> Iterator[Violation]:
    """Something else is expected there. `C406` reports an option with text and solution exchanged."""
    exchanged = {
        (note.path, line)
        for note in context.notes
        for one in note.statements
        if corrected_option(one) is not None
        for line in range(one.span.line, one.span.end_line + 1)
    }
    for one in problems(context.notes, "statement-not-read"):
        if (one.span.path, one.span.line) not in exchanged:
            yield one


@rule("C112", "outside-trace", "error", "statements are outside every trace")
def outside_trace(context: Context) -> Iterator[Violation]:
    """In a fence outside every trace, in a quotation, or without a fence. They count nowhere."""
    above = "write '**AXIAL CODING TRACE:**' above the block"
    yield from problems(context.all_notes, "outside-trace", otherwise=above)
    within = "put them between two lines of ``` in an axial trace"
    yield from problems(context.all_notes, "outside-fence", otherwise=within)


@rule("C113", "merge-conflict", "error", "a merge conflict is not resolved")
def merge_conflict(context: Context) -> Iterator[Violation]:
    """The marks of git are in a note or a module. Nothing else of that file is reported."""
    yield from problems(context.all_notes, "merge-conflict")
    for path in context.registry.files if context.registry is not None else ():
        yield from context.results.of(conflict_of, context.modules[str(path)])


def conflict_of(module: Module) -> tuple[Violation, ...]:
    """The violation of a module with marks of git."""
    conflicts = conflicts_in(module.lines.lines)
    if not conflicts:
        return ()
    (first, _), (_, last) = conflicts[0], conflicts[-1]
    return (Violation(conflict_message(conflicts), module.lines.of_whole_lines(first, last)),)


@rule("C114", "unknown-word", "error", "a word of a statement is not in the vocabulary")
def unknown_word(context: Context) -> Iterator[Violation]:
    """A misspelt function, metaclass, stereotype, impact, role or keyword, or the name of a value."""
    yield from problems(context.notes, "unknown-word")


@rule("C115", "read-with-repair", "warning", "a statement is read with a repair")
def read_with_repair(context: Context) -> Iterator[Violation]:
    """What is written is not Python, or not what was meant, and can mean one thing only."""
    yield from problems(context.notes, "repaired")


@rule("C116", "note-unreadable", "error", "a note cannot be read")
def note_unreadable(context: Context) -> Iterator[Violation]:
    """The file or its folder may not be read, or a link leads nowhere. The other notes are read."""
    yield from problems(context.all_notes, "unreadable")


@rule("C117", "left-over", "warning", "a statement is left over from the template")
def left_over(context: Context) -> Iterator[Violation]:
    """The note was copied from the template with its examples. They count nowhere."""
    yield from problems(context.all_notes, "left-over", otherwise="take the statement out")


@rule("C118", "definition-of-no-code", "warning", "a definition in an open trace names no code")
def definition_of_no_code(context: Context) -> Iterator[Violation]:
    """Neither the line nor the line above it names one code, so the definition belongs to none."""
    yield from problems(context.notes, "definition-of-no-code")
