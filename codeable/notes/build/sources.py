"""Statements about the source of a note: its declaration, its references, the links between them.

`collect` calls `about_source` for the module of each source.
"""

from collections.abc import Callable, Iterator

from codeable.kernel.place import Span
from codeable.notes.build.plan import Item, NotPlainError, call_in
from codeable.notes.metadata import ATTRIBUTES
from codeable.notes.model import (
    DeclarationStatement,
    FieldNote,
    RelationStatement,
    SourceDeclaration,
    TraceStatement,
)
from codeable.source_writer import Expression, Verbatim

_ORDER = (
    "title", "url", "archive url", "tiny url", "author type", "source type", "example", "source code"
)  # fmt: skip
"""The fields of the metadata, in the order of the values in a declaration."""

_TRUTH_VALUES = frozenset({"example", "source code"})


def about_source(
    identifier: str, note: FieldNote, leave_out: Callable[[TraceStatement, str], None]
) -> Iterator[Item]:
    """The statements of the module of a source, without its links to codes.

    Args:
        identifier: The source.
        note: Its note. Its metadata make the declaration where the note has none that can be built.
        leave_out: Called with every statement that cannot be built, and the reason.
    """
    own = note.declared_source
    if own is None:
        yield _from_head(identifier, note)
    names = own_names(identifier, note)
    for one in note.statements:
        try:
            if one is own and own is not None:
                yield _declaration(own, identifier)
            elif isinstance(one, SourceDeclaration):
                leave_out(one, f"the note declares its source at {own and own.span} already")
            elif isinstance(one, DeclarationStatement) and one.is_source_like:
                yield _declaration(one, one.identifier.name)
            elif isinstance(one, RelationStatement) and links_source(one, names):
                call = call_in(one.python, str)
                receiver = f"{call.receiver}." if call.receiver else ""
                yield Item(one.span, receiver + one.function.name, call.args, call.kwargs, call.index)
        except NotPlainError as error:
            leave_out(one, str(error))
            if one is own:
                yield _from_head(identifier, note)


def own_names(identifier: str, note: FieldNote) -> frozenset[str]:
    """The names of the source of a note and of its references."""
    declared = (
        one for one in note.statements if isinstance(one, DeclarationStatement) and one.is_source_like
    )
    return frozenset({identifier, *(one.identifier.name for one in declared)})


def links_source(relation: RelationStatement, names: frozenset[str]) -> bool:
    """Whether a relation is one of the sources and references of those names."""
    return any(end.source.name in names for end in relation.ends)


def _declaration(one: DeclarationStatement, identifier: str) -> Item:
    call = call_in(one.python, str)
    return Item(one.span, "CClass", call.args, call.kwargs, binds=identifier, declares=True)


def _from_head(identifier: str, note: FieldNote) -> Item:
    values: dict[Expression, Expression] = {}
    for name in _ORDER:
        field = note.metadata.get(name)
        if field is None or not field.value:
            continue
        value = field.as_bool if name in _TRUTH_VALUES else field.value
        if value is not None:
            values[ATTRIBUTES[name]] = value
    span = note.heading.span if note.heading is not None else Span(note.path, 1, 1, 1, 1, 0, 0)
    kwargs: dict[str, Expression] = {"values": values} if values else {}
    return Item(span, "CClass", (Verbatim("source"), identifier), kwargs, binds=identifier, declares=True)
