"""C202: metadata that a source should have, or that one place lacks and another has."""

from collections.abc import Iterator, Mapping

from codeable.checks.context import Context
from codeable.checks.diagnostic import Place, Related
from codeable.checks.metadata import FIELDS, Entry, SourceMetadata, sources_metadata
from codeable.checks.rule import Violation, rule
from codeable.text import nearest

__all__ = ["missing_metadata"]

_REQUIRED = ("url", "title", "type", "author type")


@rule(
    "C202",
    "missing-metadata",
    "warning",
    "a source lacks metadata, or one place lacks what another has",
)
def missing_metadata(context: Context) -> Iterator[Violation]:
    """Each attribute is told once, at the first place that lacks it; one finding per such place."""
    for source in sources_metadata(context):
        required = _REQUIRED if source.note is None or source.note.kind == "s" else ("title",)
        parts = (
            ("the header", source.header, source.header_place),
            ("the declaration in the trace", source.trace, source.trace_place),
            ("the declaration in the module", source.module, source.module_place),
        )
        misspelt = _misspelt(source)
        lacking = {
            (what, place): [name for name in _lacking(source, table, required) if name not in misspelt]
            for what, table, place in parts
            if table is not None and place is not None
        }
        told: set[str] = set()
        for (what, place), attributes in lacking.items():
            first = [attribute for attribute in attributes if attribute not in told]
            told.update(first)
            if first:
                named = ", ".join(f"'{attribute}'" for attribute in first)
                yield Violation(
                    f"{what} of {source.identifier} lacks {named}",
                    place,
                    related=(*_where_it_is(source, first), *_where_it_lacks_too(place, first, lacking)),
                )


def _lacking(source: SourceMetadata, table: dict[str, Entry], required: tuple[str, ...]) -> list[str]:
    """The attributes that a table should have: those of every source, and those that another place has."""
    present = {attribute for attribute, entry in table.items() if entry.value != ""}
    return [a for a in FIELDS if a not in present and (a in required or source.entries(a))]


def _misspelt(source: SourceMetadata) -> set[str]:
    """The attributes that `C201` finds under nearly their name."""
    note = source.note
    unknown = [one.name for one in note.fields if not one.known] if note is not None else []
    if note is not None and note.declared_source is not None:
        unknown += [one.name.value for one in note.declared_source.values if one.name.value not in FIELDS]
    near = (found for name in unknown for found in nearest(name, (*FIELDS, "source type"), 1))
    return {"type" if name == "source type" else name for name in near}


def _where_it_is(source: SourceMetadata, attributes: list[str]) -> Iterator[Related]:
    for attribute in attributes:
        for entry in source.entries(attribute)[:1]:
            yield Related.at(entry.place, f"'{attribute}' is {entry.shown} in the {entry.origin}")


def _where_it_lacks_too(
    place: Place, attributes: list[str], lacking: Mapping[tuple[str, Place], list[str]]
) -> Iterator[Related]:
    for (what, other), others in lacking.items():
        named = ", ".join(f"'{attribute}'" for attribute in attributes if attribute in others)
        if other != place and named:
            yield Related.at(other, f"{what} lacks {named} too")
