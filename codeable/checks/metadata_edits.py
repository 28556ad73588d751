"""The edits that add values to the declaration of a source in a trace.

`missing_metadata` gives those of the header to `codeable check --fix`; the editor offers further ones.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from codeable.checks.source_metadata import SourceMetadata
from codeable.lines import Edit
from codeable.notes.decoding import edited
from codeable.notes.metadata import TRUTH_VALUES
from codeable.notes.model import FieldNote, SourceDeclaration
from codeable.source_writer import string_literal

_VALUES = re.compile(r"\bvalues\s*=\s*(?:\{(\s*)\})?")
_START_OF_LINE = re.compile(r"(\r\n|\r|\n)([ \t]*)\Z")
_COMMA = re.compile(r"[ \t]*,")
_COMMENT = re.compile(r"[ \t]*#[^\r\n]*")


def edits_from_header(source: SourceMetadata, attributes: Sequence[str]) -> tuple[Edit, ...]:
    """The edits that give the declaration in the trace the values of the header.

    Args:
        source: The metadata of a source with a note.
        attributes: The attributes that the declaration lacks, or has an empty value for.

    Returns:
        None where the header says nothing of them, or where the declaration could not be read as it is
        written. Every other character is kept.
    """
    note = source.note
    return edits_of_values(note, dict(_values_of_header(source, attributes))) if note is not None else ()


def edits_of_values(note: FieldNote, values: Mapping[str, str]) -> tuple[Edit, ...]:
    """The edits that give the declaration of a source some values.

    Args:
        note: The note of the source.
        values: Attribute → value as Python writes it.

    Returns:
        None where the note declares no source, or where the declaration could not be read as it is written.
    """
    declared = note.declared_source
    if declared is None:
        return ()
    edits = tuple(_edits(note, declared, values))
    return edits if edits and _is_declaration(note, declared, edits, values) else ()


def _values_of_header(source: SourceMetadata, attributes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The attributes that the header has, with the value as Python writes it."""
    for attribute in attributes:
        for entry in source.entries(attribute):
            value = entry.value
            if entry.origin == "header" and isinstance(value, bool) == (attribute in TRUTH_VALUES):
                yield attribute, string_literal(value) if isinstance(value, str) else str(value)


def _edits(note: FieldNote, declared: SourceDeclaration, values: Mapping[str, str]) -> Iterator[Edit]:
    present = {one.name.value: one for one in declared.values}
    for attribute, value in values.items():
        if attribute in present:
            span = present[attribute].value_span
            yield Edit.of(span, value)
    entries = [
        f"{string_literal(attribute)}: {value}"
        for attribute, value in values.items()
        if attribute not in present
    ]
    if entries and declared.values:
        yield from _behind_last_value(note, declared, entries)
    elif entries:
        yield from _first_values(note, declared, entries)


def _behind_last_value(note: FieldNote, declared: SourceDeclaration, entries: list[str]) -> Iterator[Edit]:
    """The entries behind the last one, each on a line of its own where that one is."""
    last, text = declared.values[-1], note.text
    at = last.value_span.end
    before = _START_OF_LINE.search(text[: last.span.start])
    between = f",{before[1]}{before[2]}" if before is not None else ", "
    added = between.join(entries)
    comma = _COMMA.match(text, at)
    if comma is None:
        yield Edit(note.path, at, at, "," if _comment_behind(text, at) and before else between + added)
    else:
        at = comma.end()
        added += ","
    end = _comment_behind(text, at) if before is not None else None
    if end is not None:  # the comment stays beside the last entry
        yield Edit(note.path, end, end, f"{between[1:]}{added}")
    elif comma is not None:
        yield Edit(note.path, at, at, f"{between[1:]}{added}")


def _comment_behind(text: str, at: int) -> int | None:
    """The end of the comment that follows on the line; None where something else follows, or nothing."""
    found = _COMMENT.match(text, at)
    return found.end() if found is not None else None


def _first_values(note: FieldNote, declared: SourceDeclaration, entries: list[str]) -> Iterator[Edit]:
    """The entries of a declaration without values; none where its values are computed."""
    start, end = declared.span.start, declared.span.end
    values = _VALUES.search(note.text, start, end)
    if values is None:
        yield Edit(note.path, end - 1, end - 1, f", values={{{', '.join(entries)}}}")
    elif values[1] is not None:
        yield Edit(note.path, values.start(1), values.end(1), ", ".join(entries))


def _is_declaration(
    note: FieldNote, declared: SourceDeclaration, edits: Sequence[Edit], values: Mapping[str, str]
) -> bool:
    """Whether the declaration with the edits is one call that has these values."""
    start, end = declared.span.start, declared.span.end
    within = [(edit.start - start, edit.end - start, edit.replacement) for edit in edits]
    try:
        tree = ast.parse(edited(note.text[start:end], within))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    dictionaries = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    if any(None in node.keys for node in dictionaries):  # `**more` may hold any value
        return False
    written = {
        key.value: value.value
        for node in dictionaries
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
    }
    expected = {attribute: ast.literal_eval(value) for attribute, value in values.items()}
    return len(tree.body) == 1 and expected.items() <= written.items()
