"""The names in field notes, with the places that the reader gave them."""

from collections.abc import Iterator

from codeable.names.occurrence import Occurrence, Role
from codeable.notes.mentions import names_used
from codeable.notes.model import (
    AxialTrace,
    DeclarationStatement,
    FieldNote,
    Memo,
    Name,
    OpenTrace,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)


def occurrences_in_note(note: FieldNote) -> tuple[Occurrence, ...]:
    r"""The names in a note, in the order of the text; each place once.

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
    outside = set(map(id, note.outside))
    for name, role, counts in _names_in(note, outside):
        span = name.span
        start = span.end - len(name.name)
        if note.text[start : span.end] != name.name:  # read as another one by a repair
            continue
        span = span._replace(column=span.end_column - len(name.name), start=start)
        found.setdefault((start, span.end), Occurrence(name.name, span, role, counts))
    return tuple(found[place] for place in sorted(found))


def _names_in(note: FieldNote, outside: set[int]) -> Iterator[tuple[Name, Role, bool]]:
    for statement in (*note.statements, *note.outside):
        counts = id(statement) not in outside
        yield from ((name, role, counts) for name, role in _names_of(statement))
    for segment in note.segments:
        if isinstance(segment, OpenTrace):
            listed = [name for item in segment.items for name in item.names]
            listed += [each.code for each in segment.definitions]
            yield from ((name, "listed", True) for name in listed)
            yield from ((name, "text", True) for name in segment.names)
        elif isinstance(segment, Memo):
            yield from ((name, "text", True) for name in segment.names)
        elif isinstance(segment, AxialTrace):
            added = (each.codes_added for each in segment.prose if each.codes_added is not None)
            yield from ((each.source, "use", True) for each in added)


def _names_of(statement: TraceStatement) -> Iterator[tuple[Name, Role]]:
    if isinstance(statement, DeclarationStatement):
        yield statement.identifier, "declaration"
    elif isinstance(statement, OptionStatement | RelationStatement):
        yield from ((name, "declaration") for name in (statement.identifier,) if name is not None)
    yield from ((name, "use") for name in names_used(statement))
    yield from ((name, "use") for name in statement.names)
