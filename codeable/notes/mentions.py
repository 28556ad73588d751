"""The codes that a note mentions, with their places. Renames are applied.

Called by the checks, the builder, the chain of evidence and `codeable notes`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

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
from codeable.registry.kinds import OPTION_KINDS

Mention = tuple[Name, TraceStatement]
"""A name of a code in a note, and its statement."""

KindOf = Callable[[str], str | None]
"""Gives the kind of a code, such as ``force``; None for a name that is not known."""


def current_name(renames: Mapping[str, str], name: str) -> str:
    """The current name of a code for a name that may be an old one. A circle of renames changes nothing.

    Example:
        >>> current_name({"mdm": "data_management", "data_management": "master_data_management"}, "mdm")
        'master_data_management'
        >>> current_name({"a": "b", "b": "a"}, "a")
        'a'
    """
    if name not in renames:
        return name
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
    elif isinstance(statement, DeclarationStatement):
        yield from statement.superclasses
    elif isinstance(statement, OptionStatement):
        yield from (statement.decision, statement.solution)
    elif isinstance(statement, ForceStatement):
        for each in statement.impacts:
            yield from (each.solution, each.force)
    elif isinstance(statement, RelationStatement):
        for ends in statement.ends:
            yield from (ends.source, *ends.targets)


def codes_mentioned(
    note: FieldNote, renames: Mapping[str, str], kind_of: KindOf | None = None
) -> dict[str, list[Mention]]:
    """Each code that a note mentions, in the order of its first mention, with all places.

    Args:
        note: The note.
        renames: Old name → new name; the keys of the answer are current names.
        kind_of: Gives the kind of a code by its current name. With it, an option or an impact of codes that
            cannot have one, such as a force that is used as a decision, mentions nothing.
    """

    def current(name: Name) -> str:
        return current_name(renames, name.name)

    found: dict[str, list[Mention]] = {}
    for statement in note.statements:
        fitting = None if kind_of is None else _fitting(statement, lambda name: kind_of(current(name)))
        for name in names_mentioned(statement) if fitting is None else fitting:
            found.setdefault(current(name), []).append((name, statement))
    return found


def _fitting(statement: TraceStatement, kind_of: Callable[[Name], str | None]) -> Sequence[Name] | None:
    """The names that count in an option or in impacts; None for any other statement."""

    def may_be(name: Name, kinds: Collection[str]) -> bool:
        kind = kind_of(name)
        return kind is None or kind in kinds

    if isinstance(statement, OptionStatement):
        fits = may_be(statement.decision, {"decision"}) and may_be(statement.solution, OPTION_KINDS)
        return (statement.decision, statement.solution) if fits else ()
    if isinstance(statement, ForceStatement):
        pairs = [(each.solution, each.force) for each in statement.impacts]
        return [
            name
            for pair in pairs
            if may_be(pair[0], OPTION_KINDS) and may_be(pair[1], {"force"})
            for name in pair
        ]
    return None
