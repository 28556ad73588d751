"""The values that a field of the metadata customarily has in a study, in notes and declarations."""

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from codeable.editor.completion.nameable import Nameable
from codeable.editor.study.study_view import StudyView
from codeable.metamodels.controlled_vocabularies import AUTHOR_TYPES, SOURCE_TYPES
from codeable.notes.metadata import ATTRIBUTES, CODER, FIELD_OF, TRUTH_VALUES
from codeable.notes.model import FieldNote
from codeable.registry.values import value_text

_OF_ONE_SOURCE = frozenset({"url", "tiny url", "archive url", "title", "references", "doi"})
"""The fields whose values differ from source to source."""


@frozen
class CustomaryValue:
    """A value, what it is, how well it fits, and how many sources have it."""

    text: str
    detail: str
    rank: int
    uses: int = 0


def values_of_field(name: str, note: FieldNote | None, view: StudyView) -> Iterator[CustomaryValue]:
    """The values that a field of a note may have.

    Args:
        name: The field.
        note: The note; what its declaration and the model say of its source comes first.
        view: The study.
    """
    said = dict.fromkeys(_said_elsewhere(name, note, view))
    yield from (CustomaryValue(text, detail, 0) for text, detail in said)
    seen = {text for text, _ in said}
    if name in TRUTH_VALUES:
        yield from (CustomaryValue(text, "", 1) for text in ("yes", "no") if text not in seen)
        return
    if name in _OF_ONE_SOURCE:
        return
    used = Counter(
        one.metadata[name].value
        for one in view.notes
        if one is not note and name in one.metadata and "\n" not in one.metadata[name].value
    )
    for text in _vocabulary(name, view):
        if text not in seen:
            seen.add(text)
            yield CustomaryValue(text, name, 2, used[text])
    for text, uses in used.items():
        if text and uses > 1 and text not in seen:
            yield CustomaryValue(text, name, 3, uses)


def values_of_attribute(name: str, identifier: str, scope: Nameable) -> Iterator[CustomaryValue]:
    """The values that an attribute of a source may have in its declaration.

    Args:
        name: The attribute.
        identifier: The source.
        scope: What can be named; the head of the note of the source comes first.
    """
    field = FIELD_OF.get(name, name)
    note = scope.note or next((one for one in scope.view.notes if one.identifier == identifier), None)
    own = note.metadata.get(field) if note is not None and note.identifier == identifier else None
    head = own.value if own is not None and "\n" not in own.value else ""
    if head:
        yield CustomaryValue(head, "in the head of the note", 0)
    for one in values_of_field(field, None, scope.view):
        if one.text != head:
            yield one


def _vocabulary(name: str, view: StudyView) -> tuple[str, ...]:
    settings = view.settings
    if name == "source type":
        return (*SOURCE_TYPES, *settings.source_types)
    if name == "author type":
        return (*AUTHOR_TYPES, *settings.author_types)
    return tuple(settings.coders) if name in CODER else ()


def _said_elsewhere(name: str, note: FieldNote | None, view: StudyView) -> Iterator[tuple[str, str]]:
    """What the declaration in the note, and the model, say of its source."""
    attribute = ATTRIBUTES.get(name)
    if note is None or attribute is None:
        return
    declared = note.declared_source
    for one in declared.values if declared is not None else ():
        if one.name.value == attribute and one.value not in (None, ""):
            yield _text(one.value), "in the trace of the note"
    study = view.study
    if study is not None and note.identifier is not None and note.identifier in study:
        value = study[note.identifier].values.get(attribute)
        if value not in (None, ""):
            yield _text(value), "in the model"


def _text(value: object) -> str:
    return " ".join(value_text(value).split())
