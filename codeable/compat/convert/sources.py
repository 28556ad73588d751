"""Gives each source a file, where that keeps the order of everything. `plan` calls `file_per_source`."""

from collections.abc import Mapping, Sequence

from codeable.compat.convert.old_study import OldStudy
from codeable.compat.convert.statements import Statement, real
from codeable.kernel import CClass, CLink, CNamedElement
from codeable.text import natural_key


def file_per_source(
    statements: Sequence[Statement],
    predecessors: Mapping[Statement, Sequence[Statement]],
    old: OldStudy,
) -> dict[Statement, tuple[str, str]] | None:
    """The name and the docstring of the file for each statement, a file for each source.

    Args:
        statements: The statements about sources, in order.
        predecessors: What each must follow.
        old: The old study.

    Returns:
        None when a source has no identifier that can name a file, or when loading the files in natural order
        would link something in another order.
    """
    sources = {each: each.identifier for each in old.registry.declarations if each.kind == "source"}
    names = {declared.element: name for declared, name in sources.items() if name is not None}
    if len(names) < len(sources) or len({name.lower() for name in names.values()}) < len(names):
        return None
    source_of = {each: _source_of(each, names) for each in statements}
    _give_references(statements, source_of)
    if any(source is None for source in source_of.values()):
        return None
    key = {each: natural_key(names[source]) for each, source in source_of.items() if source is not None}
    follows = [(each, before) for each in statements for before in predecessors[each] if before in key]
    if any(key[before] > key[each] for each, before in follows):
        return None
    return {
        each: (f"sources.{names[source]}", _docstring(source))
        for each, source in source_of.items()
        if source is not None
    }


def _source_of(statement: Statement, names: Mapping[CNamedElement, str]) -> CNamedElement | None:
    """The source that a statement declares or links."""
    element = statement.element
    if isinstance(element, CLink):
        ends = [real(element.source), real(element.target)]
    else:
        ends = [real(each) for each in (element, *statement.needs) if each is not None]
    return next((end for end in ends if end in names), None)


def _give_references(
    statements: Sequence[Statement], source_of: dict[Statement, CNamedElement | None]
) -> None:
    """Put elements that are no sources beside the first source that needs them."""
    for statement in statements:
        if source_of[statement] is None and statement.element is not None:
            users = [each for each in statements if statement.element in each.needs]
            found = [source for source in (source_of[each] for each in users) if source is not None]
            source_of[statement] = next(iter(found), None)


def _docstring(source: CNamedElement) -> str:
    title = source.values.get("title") if isinstance(source, CClass) else None
    return f"{source.name}: {title}" if title else str(source.name or "")
