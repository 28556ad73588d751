"""The values that a field of the metadata customarily has in a study, in notes and declarations."""

from collections import Counter
from collections.abc import Iterator

from codeable.editor.completion.candidates import Candidate, text_candidate
from codeable.editor.completion.nameable import Nameable
from codeable.editor.study.study_view import StudyView
from codeable.metamodels.controlled_vocabularies import AUTHOR_TYPES, SOURCE_TYPES
from codeable.notes.metadata import ATTRIBUTES, CODER, FIELD_OF, TRUTH_VALUES
from codeable.notes.model import FieldNote
from codeable.registry.values import value_text

_OF_ONE_SOURCE = frozenset({"url", "tiny url", "archive url", "title", "references", "doi"})
"""The fields whose values differ from source to source."""


def values_of_field(
    name: str, note: FieldNote | None, view: StudyView, *, quoted: bool = False
) -> Iterator[Candidate]:
    """The values that a field of a note may have.

    Args:
        name: The field.
        note: The note; what its declaration and the model say of its source comes first.
        view: The study.
        quoted: Whether they are written in quotes.
    """
    said = dict.fromkeys(_said_elsewhere(name, note, view))
    yield from (text_candidate(text, detail, 0, quoted=quoted) for text, detail in said)
    seen = {text for text, _ in said}
    if name in TRUTH_VALUES:
        yield from (text_candidate(text, "", 1, quoted=quoted) for text in ("yes", "no") if text not in seen)
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
            yield text_candidate(text, name, 2, used[text], quoted=quoted)
    for text, uses in used.items():
        if text and uses > 1 and text not in seen:
            yield text_candidate(text, name, 3, uses, quoted=quoted)


def values_of_attribute(name: str, identifier: str, scope: Nameable, *, quoted: bool) -> Iterator[Candidate]:
    """The values that an attribute of a source may have in its declaration.

    Args:
        name: The attribute.
        identifier: The source.
        scope: What can be named; the head of the note of the source comes first.
        quoted: Whether they are written in quotes.
    """
    field = FIELD_OF.get(name, name)
    note = scope.note or next((one for one in scope.view.notes if one.identifier == identifier), None)
    own = note.metadata.get(field) if note is not None and note.identifier == identifier else None
    head = own.value if own is not None and "\n" not in own.value else ""
    if head:
        yield text_candidate(head, "in the head of the note", 0, quoted=quoted)
    values = values_of_field(field, None, scope.view, quoted=quoted)
    yield from (one for one in values if one.label != head)


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
