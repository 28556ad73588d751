"""What a new field note says about its source from the start: what the study knows of it already.

`codeable notes new` and the import of projects begin notes with it.
"""

from collections.abc import Iterable, Iterator

from codeable.notes.metadata import ATTRIBUTES, CODER
from codeable.notes.model import FieldNote
from codeable.registry import Registry
from codeable.registry.values import value_text


def known_metadata(
    identifier: str, notes: Iterable[FieldNote], registry: Registry | None, form: FieldNote
) -> tuple[str | None, dict[str, str]]:
    """The display name of a source in the modules, and its metadata there or in the note of another coder.

    Args:
        identifier: The identifier of the source.
        notes: The notes of the study.
        registry: The study; None where it cannot be loaded.
        form: The empty note, whose fields are asked for.
    """
    name: str | None = None
    found: dict[str, str] = {}
    for source in registry.sources if registry is not None else ():
        if registry is not None and registry.identifier_of(source) == identifier:
            name = source.name
            values = ((field, source.values.get(ATTRIBUTES.get(field, ""))) for field in form.metadata)
            found |= {field: value_text(value) for field, value in values if value is not None}
    found |= dict(_said_in(next((note for note in notes if note.identifier == identifier), None)))
    return name, {
        field: text
        for field, text in found.items()
        if field in form.metadata and field not in CODER and text and "\n" not in text
    }


def _said_in(note: FieldNote | None) -> Iterator[tuple[str, str]]:
    if note is not None:
        yield from ((name, field.value) for name, field in note.metadata.items() if field.value)


def usual_metadata(kind: str, form: FieldNote) -> dict[str, str]:
    """What every note of a kind says: an interview says that it is one.

    Args:
        kind: ``s`` for a source, ``p`` for an interview.
        form: The empty note.
    """
    field = form.metadata.get("source type")
    return {"source type": "Interview"} if kind == "p" and field is not None and not field.value else {}
