"""The names in field notes, with the places that the reader gave them."""

import re
from collections.abc import Iterator

from codeable.kernel.place import Span
from codeable.names.identifiers import normal
from codeable.names.occurrence import Occurrence, Role
from codeable.notes.mentions import names_used
from codeable.notes.model import (
    AxialTrace,
    BrokenStatement,
    CodeMention,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Memo,
    Name,
    OpenTrace,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)

_BLANKS = re.compile(r"[ \t-]+")
_STRING = re.compile(r"'''.*?'''|\"\"\".*?\"\"\"|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
_BEHIND_WORD = re.compile(r"[\w!?.;'’][ \t]+$")
_BEFORE_WORD = re.compile(r"[ \t]+[\w'’]")


def occurrences_in_note(note: FieldNote) -> tuple[Occurrence, ...]:
    r"""The names in a note, in the order of the text; each place once.

    Words of the vocabulary are among them, and what a statement that is not read seems to name.

    Example:
        >>> from codeable.notes import read_text
        >>> note = read_text(
        ...     "# s 1\n# coding\n> One.\n\n**OPEN CODING TRACE:**\n\nFamiliar options: event_bus\n\n"
        ...     "**AXIAL CODING TRACE:**\n\n```python\nevent_bus\n```"
        ... )
        >>> [(one.name, one.role, one.span.line) for one in occurrences_in_note(note)]
        [('event_bus', 'listed', 7), ('event_bus', 'use', 12)]
    """
    found: dict[tuple[int, int], Occurrence] = {}
    for statement, counts in _statements(note):
        for name, role in _names_of(statement):
            _add(found, note, name, role, counts, statement)
    for segment in note.segments:
        for name, role in _names_in(segment):
            _add(found, note, name, role, True)
    return tuple(found[place] for place in sorted(found))


def _statements(note: FieldNote) -> Iterator[tuple[TraceStatement, bool]]:
    """The statements of a note, and whether they count."""
    yield from ((statement, True) for statement in note.statements)
    yield from ((statement, False) for statement in note.outside)


def _names_of(statement: TraceStatement) -> Iterator[tuple[Name, Role]]:
    if isinstance(statement, DeclarationStatement):
        yield statement.identifier, "declaration"
        yield statement.constructor, "use"
    elif isinstance(statement, OptionStatement | RelationStatement | BrokenStatement):
        yield from ((name, "declaration") for name in (statement.identifier,) if name is not None)
    if isinstance(statement, OptionStatement | ForceStatement | RelationStatement):
        yield statement.function, "use"
    if isinstance(statement, CodeMention) and statement.added_to is not None:
        yield statement.added_to, "use"
    yield from ((name, "use") for name in names_used(statement))
    yield from ((name, "use") for name in statement.names)
    yield from ((name, "use") for part in statement.refused for name in part.names)


def _names_in(segment: object) -> Iterator[tuple[Name, Role]]:
    if isinstance(segment, OpenTrace):
        listed = [name for item in segment.items for name in item.names]
        listed += [each.code for each in segment.definitions]
        yield from ((name, "listed") for name in listed)
        yield from ((name, "text") for name in segment.names)
    elif isinstance(segment, Memo):
        yield from ((name, "text") for name in segment.names)
    elif isinstance(segment, AxialTrace):
        added = (each.codes_added for each in segment.prose if each.codes_added is not None)
        yield from ((each.source, "use") for each in added)


def _add(
    found: dict[tuple[int, int], Occurrence],
    note: FieldNote,
    name: Name,
    role: Role,
    counts: bool,
    statement: TraceStatement | None = None,
) -> None:
    span = _own_span(note.text, name)
    place = span.start, span.end
    if span.start < span.end and place not in found:
        kept = _why_kept(note.text, name, span, statement)
        found[place] = Occurrence(name.name, span, role, counts, kept)


def _own_span(text: str, name: Name) -> Span:
    """The span of a name; of a dotted one that of its last part."""
    span = name.span
    if text[span.start : span.end] == name.name:
        return span
    written = text[span.start : span.end].rpartition(".")[2]
    length = len(written.lstrip()) if name.qualifier is not None else span.end - span.start
    if length == span.end - span.start:
        return span
    return span._replace(line=span.end_line, column=span.end_column - length, start=span.end - length)


def _why_kept(text: str, name: Name, span: Span, statement: TraceStatement | None) -> str:
    """Why a rename leaves a name in a note as it is; empty where it writes the new one."""
    written = text[span.start : span.end]
    if written != name.name and normal(_BLANKS.sub("_", written)) != name.name:
        return "is read only by a repair"
    if not isinstance(statement, BrokenStatement):
        return ""
    before = _STRING.sub("", text[statement.span.start : span.start])
    if '"' in before or "'" in before:
        return "is in a string that is not closed"
    if name is statement.identifier:
        return ""
    line_start = before[before.rfind("\n") + 1 :]
    if _BEHIND_WORD.search(line_start) or _BEFORE_WORD.match(text, span.end):
        return "is one of several words in a statement that is not read"
    return ""
