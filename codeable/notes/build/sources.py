"""The declaration of the source of a note: from the trace, and from the head of the note where it says more.

`collect` calls `source_item` for each source.
"""

from collections.abc import Iterator, Mapping, Sequence

from codeable.kernel.place import Span
from codeable.notes.build.plain_calls import NotPlainError, call_in
from codeable.notes.build.plan import Item, Part
from codeable.notes.metadata import ATTRIBUTES, TRUTH_VALUES
from codeable.notes.model import FieldNote, Value
from codeable.source_writer import Expression, Verbatim

RefusedValue = tuple[Value, str]
"""A value that cannot be built, and why."""

_ORDER = (
    "title", "url", "archive url", "tiny url", "author type", "source type", "example", "source code"
)  # fmt: skip
"""The fields of the metadata, in the order of the values in a declaration."""


def source_item(
    first: FieldNote, others: Sequence[FieldNote], identifier: str
) -> tuple[Item, tuple[RefusedValue, ...]]:
    """The declaration of a source.

    The first note counts. A value that is empty, or of the wrong type, gives way to that of the head.

    Args:
        first: Its note.
        others: Those of further coders.
        identifier: The source.

    Returns:
        The declaration, and every value of a trace that cannot be built, with the reason.
    """
    notes, refused = (first, *others), list[RefusedValue]()
    name = identifier
    values: dict[Expression, Expression] = {}
    further: dict[str, Expression] = {}
    span = Span(notes[0].path, 1, 1, 1, 1, 0, 0)
    for note in reversed(notes):
        head = _from_head(note)
        values |= {key: value for key, value in head.items() if key not in values or value}
        span = note.heading.span if note.heading is not None else Span(note.path, 1, 1, 1, 1, 0, 0)
        own = note.declared_source
        if own is None:
            continue
        span = own.span
        copied = own.identifier.name != identifier and own.name.strip() == own.identifier.name
        if own.name.strip() and own.name.strip() not in ("s", "p") and not copied:
            name = own.name
        try:
            call = call_in(own.python, str)
        except NotPlainError:  # the head says what the source is
            call = None
        given = call.kwargs if call is not None else {}
        stated = given.get("values")
        if isinstance(stated, Mapping):
            ordered = {key: value for key, value in stated.items() if not _is_empty(value)}
            values = {
                key: values.get(key) if _is_wrong(key, value) else value for key, value in ordered.items()
            } | {key: value for key, value in values.items() if key not in ordered}
        further |= {key: value for key, value in given.items() if key not in ("values", "name", "metaclass")}
        for value in own.values:
            if _is_wrong(value.name.value, value.value) and value.literal:
                refused.append((value, _wrong(value.name.value)))
    values = {key: value for key, value in values.items() if value is not None}
    kwargs = {**further, "values": values} if values else further
    part = Part(("code", identifier), span, value=name)
    args = (Verbatim("source"), name)
    item = Item("source", identifier, span, "CClass", args, kwargs, binds=identifier, parts=(part,))
    return item, tuple(refused)


def _from_head(note: FieldNote) -> dict[Expression, Expression]:
    return dict(_fields(note))


def _fields(note: FieldNote) -> Iterator[tuple[str, Expression]]:
    for name in _ORDER:
        field = note.metadata.get(name)
        if field is not None and field.value:
            value = field.as_bool if name in TRUTH_VALUES else field.value
            if value is not None:
                yield ATTRIBUTES[name], value


def _is_empty(value: Expression) -> bool:
    return isinstance(value, str) and not value.strip()


def _is_wrong(name: object, value: object) -> bool:
    """Whether a value of one of the fields is of the wrong type."""
    if name in TRUTH_VALUES:
        return not isinstance(value, bool)
    return name in ATTRIBUTES.values() and not isinstance(value, str)


def _wrong(name: str) -> str:
    return f"'{name}' is {'True or False' if name in TRUTH_VALUES else 'a text'}"
