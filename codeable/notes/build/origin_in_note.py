"""Finds the line of a note that a built statement comes from. `codeable show` and the checks call it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from codeable.errors import CodeableError
from codeable.kernel.place import Span
from codeable.notes.build.plan import Key
from codeable.notes.build.study_modules import read_module
from codeable.notes.mentions import current_name
from codeable.notes.model import (
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    OptionStatement,
    RelationStatement,
    TraceStatement,
)
from codeable.notes.resolution import relation_keys


def place_in_note(
    module: Path, line: int, notes: Iterable[FieldNote], renames: Mapping[str, str]
) -> Span | None:
    """Where a note states what a statement of a module says.

    The module names the note. Its line is searched there, so that it is right after every edit of the note.

    Args:
        module: The file of the module.
        line: A line of the statement.
        notes: The notes.
        renames: Old name → new name.

    Returns:
        The last such place in the note; None for a statement without an origin, or that no note states now.
    """
    try:
        statements = read_module(module, module.name).statements
    except CodeableError:
        return None
    held = next((one for one in statements if one.span.line <= line <= one.span.end_line), None)
    if held is None or held.origin is None:
        return None
    keys = {(key[0], *(current_name(renames, name) for name in key[1:3]), *key[3:]) for key in held.values}
    found = None
    for note in (note for note in notes if note.identifier == held.origin.source):
        for one in note.statements:
            if not keys.isdisjoint(_keys(one, renames)):
                found = one.span
    return found


def _keys(one: TraceStatement, renames: Mapping[str, str]) -> Iterable[Key]:
    def current(name: str) -> str:
        return current_name(renames, name)

    if isinstance(one, DeclarationStatement):
        return [("code", current(one.identifier.name))]
    if isinstance(one, OptionStatement):
        return [("option", current(one.decision.name), current(one.solution.name))]
    if isinstance(one, ForceStatement):
        return [("impact", current(each.solution.name), current(each.force.name)) for each in one.impacts]
    if isinstance(one, RelationStatement):
        return [("relation", *key) for key in relation_keys(one, renames)]
    return []
