"""Which codes a note says were met in its source, and where; under the names of today."""

from collections.abc import Iterator, Mapping

from codeable.notes.model import (
    CodeMention,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
    Statement,
)

__all__ = ["codes_met", "current_name", "is_source_like", "names_of"]

_SOURCES = frozenset({"source", "reference"})


def current_name(renames: Mapping[str, str], name: str) -> str:
    """The name of today for a name that may be an old one; a circle of renames changes nothing.

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


def is_source_like(declaration: DeclarationStatement) -> bool:
    """Whether a declaration is of a source or of a reference, not of a code."""
    return declaration.metaclass is not None and declaration.metaclass.name in _SOURCES


def names_of(statement: Statement) -> Iterator[Name]:
    """The names of the codes that a statement says were met, in order.

    That is the code it mentions or declares, decision and solution of an option, solution and force of an
    impact; of a relation the name that the link is bound to.
    """
    if isinstance(statement, CodeMention):
        yield statement.code
    elif isinstance(statement, DeclarationStatement):
        if not is_source_like(statement):
            yield statement.identifier
    elif isinstance(statement, OptionStatement):
        yield from (statement.decision, statement.solution)
    elif isinstance(statement, ForceStatement):
        for each in statement.impacts:
            yield from (each.solution, each.force)
    elif isinstance(statement, RelationStatement) and statement.identifier is not None:
        yield statement.identifier


def codes_met(note: FieldNote, renames: Mapping[str, str]) -> dict[str, list[tuple[Name, Statement]]]:
    """Each code that a note speaks of, in the order of the first time, with every place.

    A code counts for the note's own source, also where the note says "add codes to" another one.

    Args:
        note: The note.
        renames: Old name → new name; the keys of the answer are names of today.
    """
    met: dict[str, list[tuple[Name, Statement]]] = {}
    for statement in note.statements:
        for name in names_of(statement):
            met.setdefault(current_name(renames, name.name), []).append((name, statement))
    return met
