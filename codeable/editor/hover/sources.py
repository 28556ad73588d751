"""What an editor shows of a source: title, metadata, codes, note."""

from collections.abc import Iterator

from codeable.editor.hover.markup import Markup, items, paragraphs
from codeable.editor.hover.places import place_of
from codeable.editor.study.known_codes import KnownCode
from codeable.editor.study.study_view import StudyView
from codeable.kernel.place import Span
from codeable.notes.mentions import codes_mentioned
from codeable.notes.metadata import CODER, FIELD_OF
from codeable.notes.model import FieldNote
from codeable.registry.values import given_values, value_text
from codeable.text import counted, natural_key, shortened

_MOST_CODES = 12
_LINKS = ("url", "archive url", "tiny url")
_LONGEST_URL = 70


def source_text(view: StudyView, code: KnownCode, markup: Markup) -> str:
    """What is known of a source, as a text for an editor."""
    notes = [note for note in view.notes if note.identifier == code.identifier and not note.is_template]
    title = f"{markup.strong(code.title)} " if code.title else ""
    return paragraphs(
        [
            f"{title}{markup.code(code.identifier)} · source",
            _metadata(view, code.identifier, notes, markup),
            _codes(view, code.identifier, markup),
            *(_note(view, note, markup) for note in notes),
            _declared(view, code.identifier, markup),
        ]
    )


def codes_of_source(view: StudyView, name: str) -> tuple[KnownCode, ...]:
    """The codes for which a source is evidence, in natural order."""
    return tuple(each for each in view.codes.values() if name in each.sources and each.kind != "source")


def _metadata(view: StudyView, name: str, notes: list[FieldNote], markup: Markup) -> str | None:
    """The metadata of the note; of a source without a note those of the model."""
    values = dict(_of_notes(notes)) or dict(_of_model(view, name))
    rows = []
    for field, value in values.items():
        shown = markup.text(value)
        if field in _LINKS and value.startswith(("http://", "https://")):
            shown = markup.link(shortened(value, _LONGEST_URL), value)
        rows.append(f"{markup.text(field)}: {shown}")
    return items(rows) or None


def _of_notes(notes: list[FieldNote]) -> Iterator[tuple[str, str]]:
    for note in notes[:1]:
        for field in note.metadata.values():
            if field.value.strip() and field.name not in ("title", "references", *CODER):
                yield field.name, field.value
    coders = ", ".join(dict.fromkeys(note.coder for note in notes if note.coder))
    if coders:
        yield "coded by", coders


def _of_model(view: StudyView, name: str) -> Iterator[tuple[str, str]]:
    if view.study is None:
        return
    try:
        element = view.study.look_up(name).element
    except LookupError:
        return
    for attribute, value in given_values(element):
        if attribute != "title":
            yield FIELD_OF.get(attribute, attribute), value_text(value)


def _codes(view: StudyView, name: str, markup: Markup) -> str | None:
    codes = sorted(codes_of_source(view, name), key=lambda one: (-len(one.sources), natural_key(one.name)))
    if not codes:
        return markup.text("No code of it is known.")
    shown = [markup.text(one.name or one.identifier, 60) for one in codes[:_MOST_CODES]]
    more = [f"… and {len(codes) - _MOST_CODES} more"] if len(codes) > _MOST_CODES else []
    return f"{markup.strong(counted(len(codes), 'code'))}: {'; '.join([*shown, *more])}"


def _note(view: StudyView, note: FieldNote, markup: Markup) -> str:
    """The note with its numbers, as a link."""
    numbers = [counted(len(note.passages), "passage"), counted(len(codes_mentioned(note, {})), "code")]
    if note.memos:
        numbers.append(counted(len(note.memos), "memo"))
    at = note.heading.span if note.heading is not None else Span(note.path, 1, 1, 1, 1)
    return f"note: {place_of(view, at, markup)} · {markup.text(', '.join(numbers))}"


def _declared(view: StudyView, name: str, markup: Markup) -> str | None:
    modules = [one for one in view.names.declarations(name) if view.module(one.span.path) is not None]
    places = ", ".join(place_of(view, one.span, markup) for one in modules)
    return f"declared in {places}" if places else None
