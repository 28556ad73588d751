"""Reads the file of a field note into its record.

The commands, the checks and `Study` call `read_note`. Nothing in a note is executed and no line is left out.
A broken note never raises an error: its problems are in the record.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from codeable.errors import CodeableError, reason_of
from codeable.kernel.bulk_access import collector_paused
from codeable.kernel.place import Span
from codeable.lines import Lines
from codeable.merge_conflicts import conflict_message, conflicts_in, marks_of
from codeable.notes.decoding import decode, is_binary, text_problems, without_surrogates
from codeable.notes.identity import identifier_of_note, is_template_file, outvoted_heading, own_names
from codeable.notes.metadata import CODER
from codeable.notes.model import (
    AxialTrace,
    DeclarationStatement,
    Encoding,
    FieldNote,
    OtherStatement,
    Passage,
    Problem,
    ProblemKind,
    SourceDeclaration,
    TraceStatement,
)
from codeable.notes.outside import about_another_source, about_other_sources
from codeable.notes.segments import SegmentReader
from codeable.source_reader import warnings_hidden

_LARGEST = 64_000_000
"""In bytes. A book has three million."""


def read_note(path: Path | str) -> FieldNote:
    r"""Read a field note.

    Args:
        path: The file; the spans of the records have it as it is given here.

    Raises:
        CodeableError: The file is missing, is a folder, or may not be read. A problem inside the file never
            raises; it is among the `problems` of the note.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "s_1.md")
        ...     _ = file.write_text("# s 1\n## title\nA title\n")
        ...     read_note(file).metadata["title"].value
        'A title'
    """
    data = _bytes_of(path)
    place = without_surrogates(str(path))
    if len(data) > _LARGEST:
        return _unread(place, "too-large", f"the file is larger than {_LARGEST:,} bytes; no note is")
    if is_binary(data):
        return _unread(place, "binary", "the file holds no text: is it really a field note?")
    text, encoding = decode(data)
    with collector_paused(), warnings_hidden():
        return _note(Lines(place, text), encoding)


def read_or_report(path: Path) -> FieldNote:
    """Read one of many field notes. One that cannot be read is a problem of its own and stops no other.

    Args:
        path: The file, or a folder that could not be searched for notes.
    """
    try:
        reason = _why_no_file(path)
        if reason is None:
            return read_note(path)
        message = f"{str(path)!r} cannot be read: {reason}"
    except CodeableError as error:
        message = str(error)
    return _unread(without_surrogates(str(path)), "unreadable", message)


def _why_no_file(path: Path) -> str | None:
    """Why a path is no file that can be opened without waiting; none for a file."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.scandir(path).close()
            return "it is a folder"
    except (OSError, ValueError) as error:
        return reason_of(error)
    return None if stat.S_ISREG(mode) else "it is no regular file"


def text_of_note(path: Path | str) -> str:
    """The text of a field note without its records; empty for a file that `read_note` does not read."""
    try:
        data = _bytes_of(path)
    except CodeableError:
        return ""
    return "" if len(data) > _LARGEST or is_binary(data) else decode(data)[0]


def read_text(text: str, path: str = "<text>", encoding: Encoding | None = None) -> FieldNote:
    r"""Read a field note from a text.

    Args:
        text: The whole note.
        path: The file in the spans of the records.
        encoding: How the file is encoded; None for plain UTF-8.

    Example:
        >>> note = read_text(
        ...     "# s 1\n# coding\n> One.\n**AXIAL CODING TRACE:**\n```python\nevent_streaming\n```"
        ... )
        >>> [(one.code.name, one.evidence[0].text) for one in note.statements]
        [('event_streaming', 'One.')]
    """
    with collector_paused(), warnings_hidden():
        return _note(Lines(path, without_surrogates(text)), encoding or Encoding())


def unread_text(path: str, kind: ProblemKind) -> FieldNote:
    """A note of which nothing is read, as far as a file that is no note of its own tells it."""
    return _unread(path, kind, "the note could not be read when the study was exported")


def _bytes_of(path: Path | str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise CodeableError(f"the field note {str(path)!r} cannot be read: {reason_of(error)}") from error


def _note(lines: Lines, encoding: Encoding) -> FieldNote:
    """The record of a note. The marks of a merge conflict are read as blank lines."""
    conflicts = conflicts_in(lines.lines)
    for conflict in conflicts:
        for index in marks_of(lines.lines, conflict):
            lines.lines[index] = ""
    reader = SegmentReader(lines)
    reader.read()
    traces = [segment for segment in reader.segments if isinstance(segment, AxialTrace)]
    statements = [one for trace in traces for one in trace.statements]
    declared = [one for one in statements if isinstance(one, SourceDeclaration)]
    identifier = identifier_of_note(reader.heading, declared, lines.path)
    outside = list(reader.outside)
    problems = [*reader.problems, *_problems_of_the_whole(reader, identifier)]
    if identifier is not None:
        own = own_names(identifier, declared)
        for named, found in about_other_sources(statements, own):
            problems.append(about_another_source(named, found, identifier))
            outside += found
    if conflicts:
        outside += [one for one in statements if _is_in(one, conflicts)]
        problems = [_merge_conflict(lines, conflicts)]
    problems += text_problems(lines, encoding)
    problems.sort(key=lambda problem: problem.span.start)
    uncounted = set(map(id, outside))
    is_template = identifier is None and _is_template(reader, statements)
    return FieldNote(
        path=lines.path,
        text=lines.text,
        encoding=encoding,
        heading=reader.heading,
        fields=tuple(reader.fields),
        coding_span=reader.coding_span,
        segments=tuple(reader.segments),
        problems=tuple(problems),
        statements=tuple(one for one in statements if id(one) not in uncounted),
        identifier=identifier,
        coder=next((one.value for one in reader.fields if one.name in CODER and one.value), None),
        outside=tuple(sorted(outside, key=lambda one: one.span.start)),
        is_template=is_template,
    )


def _is_template(reader: SegmentReader, statements: Sequence[TraceStatement]) -> bool:
    """Whether a note without number is the empty form that others are copied from.

    Title, url and passages are empty. Under another name than that of a template, statements must not be
    lost: the note is one whose number was forgotten.
    """
    named = is_template_file(reader.lines.path)
    if reader.heading is None or reader.heading.number is not None:
        return False
    filled = any(one.value for one in reader.fields if one.name in ("title", "url"))
    empty = not filled and not any(isinstance(one, Passage) for one in reader.segments)
    return empty and (named or not any(map(_is_of_coder, statements)))


def _is_of_coder(statement: TraceStatement) -> bool:
    """Whether a statement is more than the declaration of a source, which each template has."""
    if isinstance(statement, DeclarationStatement):
        return not statement.is_source_like
    return not isinstance(statement, OtherStatement)


def _merge_conflict(lines: Lines, conflicts: Sequence[tuple[int, int]]) -> Problem:
    (first, _), (_, last) = conflicts[0], conflicts[-1]
    return Problem("merge-conflict", conflict_message(conflicts), lines.of_whole_lines(first, last))


def _is_in(statement: TraceStatement, conflicts: Sequence[tuple[int, int]]) -> bool:
    """Whether a statement is on a line of a conflict."""
    first, last = statement.span.line - 1, statement.span.end_line - 1
    return any(begin <= last and first <= end for begin, end in conflicts)


def _problems_of_the_whole(reader: SegmentReader, identifier: str | None) -> Iterator[Problem]:
    """What a note lacks as a whole."""
    lines, heading = reader.lines, reader.heading
    if not lines.text.strip():
        return
    outvoted = outvoted_heading(heading, identifier)
    if outvoted is not None:
        yield outvoted
    start = lines.in_line(0, 0, len(lines.lines[0]))
    if heading is None:
        yield Problem("heading-missing", "the note has no heading '# s' or '# p' with its number", start)
    elif heading.number is None:
        written = lines.text[heading.span.start : heading.span.end]
        message = f"the heading {written!r} has no number"
        if any(character.isdigit() for character in written):
            message = f"the number in the heading {written!r} is not of plain digits and letters"
        yield Problem("number-missing", message, heading.span)
    if reader.coding and reader.coding_span is None:
        first = next(segment for segment in reader.segments if not isinstance(segment, AxialTrace))
        message = "passages and traces begin without the heading '# coding'"
        yield Problem("coding-missing", message, first.span, "# coding")


def _unread(path: str, kind: ProblemKind, message: str) -> FieldNote:
    problem = Problem(kind, message, Span(path, 1, 1, 1, 1))
    return FieldNote(path, "", Encoding(), None, (), None, (), (problem,), ())
