"""The codes that a note mentions, with their places. Renames are applied.

Called by the checks, the builder, the chain of evidence and `codeable notes`.
"""

from collections.abc import Iterator, Mapping

from codeable.notes.model import (
    CodeMention,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)

Mention = tuple[Name, TraceStatement]
"""A name of a code in a note, and its statement."""


def current_name(renames: Mapping[str, str], name: str) -> str:
    """The current name of a code for a name that may be an old one. A circle of renames changes nothing.

    Example:
        >>> current_name({"mdm": "data_management", "data_management": "master_data_management"}, "mdm")
        'master_data_management'
        >>> current_name({"a": "b", "b": "a"}, "a")
        'a'
    """
    seen = {name}
    current = name
    while (renamed := renames.get(current)) is not None:
        if renamed in seen:
            return name
        seen.add(renamed)
        current = renamed
    return current


def names_mentioned(statement: TraceStatement) -> Iterator[Name]:
    """The names of the codes that a statement mentions, in order.

    These are the code of a mention or a declaration, decision and solution of an option, solution and force
    of an impact; of a relation the name that the link is bound to.
    """
    if isinstance(statement, DeclarationStatement):
        if not statement.is_source_like:
            yield statement.identifier
    elif isinstance(statement, RelationStatement):
        if statement.identifier is not None:
            yield statement.identifier
    else:
        yield from names_used(statement)


def names_used(statement: TraceStatement) -> Iterator[Name]:
    """The names of codes that a statement reads, in order."""
    if isinstance(statement, CodeMention):
        yield statement.code
    elif isinstance(statement, OptionStatement):
        yield from (statement.decision, statement.solution)
    elif isinstance(statement, ForceStatement):
        for each in statement.impacts:
            yield from (each.solution, each.force)
    elif isinstance(statement, RelationStatement):
        for ends in statement.ends:
            yield from (ends.source, *ends.targets)


def codes_mentioned(note: FieldNote, renames: Mapping[str, str]) -> dict[str, list[Mention]]:
    """Each code that a note mentions, in the order of its first mention, with all places.

    A code counts for the note's own source, also where the note says "add codes to" another one.

    Args:
        note: The note.
        renames: Old name → new name; the keys of the answer are current names.
    """
    found: dict[str, list[Mention]] = {}
    for statement in note.statements:
        for name in names_mentioned(statement):
            found.setdefault(current_name(renames, name.name), []).append((name, statement))
    return found
