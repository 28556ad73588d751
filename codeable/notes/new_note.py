"""The text of a new field note: the study's own form filled in, or the form here.

`codeable notes new` writes it, `codeable init` writes the form.

A form is a note without number, metadata and passages (`FieldNote.is_template`). Everything in it is kept,
except what the new note's number and metadata replace, and statements about another source.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping

from codeable.errors import CodeableError
from codeable.lines import Edit
from codeable.notes.metadata import ATTRIBUTES, TRUTH_VALUES
from codeable.notes.model import CodeMention, FieldNote, Name, SourceDeclaration
from codeable.notes.reader import read_text
from codeable.source_writer import string_literal
from codeable.text import shown

FORM = """\
# s

## url

## tiny url

## archive url

## title

## source code (yes, no)

## example (yes, no)

## source type

## author type

## references

**AXIAL CODING TRACE**: source and references
``` python
s = CClass(source, "s")
```

# coding

<!-- Quote a passage, each line behind ">". Below it, the open trace says what you recognise in the
passage, and the axial trace what it changes in the model. A paragraph that begins with **MEMO:** is a thought
of yours. -->
"""
"""The form of a study that has none."""

_IDENTIFIER = re.compile(r"(?P<kind>[sp])[ \t_-]*(?P<number>[0-9][0-9A-Za-z]*)")
_TRUTH = {"yes": "True", "no": "False"}


def form_with(fields: Iterable[str]) -> str:
    """The form of a study whose sources have further fields.

    Args:
        fields: Their names, as `field_name` gives them.
    """
    there = read_text(FORM).metadata
    added = "".join(f"## {name}\n\n" for name in dict.fromkeys(fields) if name not in there)
    return FORM.replace("## references\n", f"{added}## references\n", 1)


def note_identifier(name: str) -> tuple[str, str]:
    """The kind of a note and its number.

    Raises:
        CodeableError: The name is none of a source or an interview.

    Example:
        >>> note_identifier("s44"), note_identifier("p_2")
        (('s', '44'), ('p', '2'))
    """
    found = _IDENTIFIER.fullmatch(name)
    if found is None:
        raise CodeableError(
            f"{shown(name)} is no name of a note: a source is s and its number (s44), an interview p and its "
            "number (p2)",
            exit_status=2,
        )
    return found["kind"], found["number"]


def new_note(
    form: FieldNote, kind: str, number: str, metadata: Mapping[str, str], name: str | None = None
) -> str:
    r"""The text of a new note.

    Args:
        form: The empty note that it begins as.
        kind: ``s`` for a source, ``p`` for an interview.
        number: Its number.
        metadata: Field → value, such as ``title``; a value is one line.
        name: The display name of the source; its identifier if not given.

    Raises:
        CodeableError: A value would be read as something else than a value, such as a heading.

    Example:
        >>> print(new_note(read_text("# s\n## title\n"), "s", "4", {"title": "Files"}), end="")
        # s 4
        ## title
        Files
    """
    values = {each: " ".join(value.split()) for each, value in metadata.items()}
    edits = [
        *_heading_edits(form, kind, number),
        *_field_edits(form, values),
        *_declaration_edits(form, f"{kind}{number}", name or f"{kind}{number}", values),
        *_edits_of_names(form, f"{kind}{number}"),
        *_edits_of_other_sources(form),
    ]
    text = _applied(form.text, edits, form.encoding.newline)
    _check_fields(read_text(text), values)
    return text


def with_fields(note: FieldNote, metadata: Mapping[str, str]) -> str:
    r"""The text of a note with values in fields that are empty or not there, also in its declaration.

    Args:
        note: The note.
        metadata: Field → value, such as ``title``; a value is one line.

    Raises:
        CodeableError: A value would be read as something else than a value, or would change something else.

    Example:
        >>> print(
        ...     with_fields(read_text("# s 4\n## title\n\n# coding\n> Text.\n"), {"title": "Files"}), end=""
        ... )
        # s 4
        ## title
        Files
        # coding
        > Text.
    """
    values = {name: " ".join(value.split()) for name, value in metadata.items()}
    declared = note.declared_source
    edits = [*_field_edits(note, values)]
    if declared is not None and declared.identifier.name == note.identifier:
        written = {each.name.value for each in declared.values if each.value != ""}
        given = {name: value for name, value in _of_declaration(values).items() if name not in written}
        edits += _value_edits(declared, given)
    text = _applied(note.text, edits, note.encoding.newline)
    made = read_text(text, note.path)
    _check_fields(made, values)
    kept = {one.name: one.value for one in note.fields if one.name not in values}
    is_kept = kept.items() <= {one.name: one.value for one in made.fields}.items()
    if not is_kept or [each.text for each in made.passages] != [each.text for each in note.passages]:
        raise CodeableError(f"{note.path} cannot be filled in as it is written", exit_status=2)
    return text


def _check_fields(made: FieldNote, values: Mapping[str, str]) -> None:
    for each, value in values.items():
        if value and (each not in made.metadata or made.metadata[each].value != value):
            raise CodeableError(
                f"{shown(value)} cannot be the {each} of a note: it is read as Markdown", exit_status=2
            )


def value_for_note(form: FieldNote, field: str, value: str) -> str | None:
    r"""A value as the field of a note can hold it; with a backslash where it would be read as Markdown.

    Args:
        form: The empty note.
        field: The name of the field.
        value: The value.

    Returns:
        The value; None where it cannot be written at all.

    Example:
        >>> print(value_for_note(read_text(FORM), "title", "# 1 of 2"))
        \# 1 of 2
    """
    for candidate in (value, f"\\{value}"):
        with contextlib.suppress(CodeableError):
            new_note(form, "s", "1", {field: candidate})
            return candidate
    return None


def _heading_edits(form: FieldNote, kind: str, number: str) -> Iterator[Edit]:
    if form.heading is None:
        yield _insert(form.path, 0, f"# {kind} {number}\n")
    else:
        at = form.heading.span
        blanks = len(form.text[at.end :]) - len(form.text[at.end :].lstrip(" \t"))
        yield Edit(form.path, at.start, at.end + blanks, f"# {kind} {number}")


def _field_edits(form: FieldNote, values: Mapping[str, str]) -> Iterator[Edit]:
    """Each value below the heading of its field; a field that the form lacks is added above the others."""
    missing = ""
    for name, value in values.items():
        field = form.metadata.get(name)
        if field is None:
            missing += f"## {name}\n{value}\n"
        elif field.value or form.text[field.value_span.start : field.value_span.start + 1] in ("\n", "\r"):
            yield Edit.of(field.value_span, value)
        else:
            before = "" if form.text[: field.value_span.start].endswith(("\n", "\r")) else "\n"
            yield _insert(form.path, field.value_span.start, f"{before}{value}\n")
    if missing and form.fields:
        yield _insert(form.path, form.fields[0].span.start, missing)
    elif missing:
        at = form.heading.span.end if form.heading is not None else 0
        yield _insert(form.path, at, f"\n{missing}")


def _declaration_edits(
    form: FieldNote, identifier: str, display_name: str, values: Mapping[str, str]
) -> Iterator[Edit]:
    """The name and the values of the source in the trace."""
    declared = form.declared_source
    if declared is None:
        return
    yield Edit.of(declared.identifier.span, identifier)
    if declared.display_name is not None:
        yield Edit.of(declared.display_name.span, string_literal(display_name))
    given = _of_declaration(values)
    usual = _of_declaration({one.name: one.value for one in form.fields})
    empty = [each.name.value for each in declared.values if each.value == ""]
    yield from _value_edits(declared, {**{name: usual[name] for name in empty if name in usual}, **given})


def _of_declaration(values: Mapping[str, str]) -> dict[str, str]:
    """Attribute → value, of the fields that a declaration has too."""
    return {ATTRIBUTES[name]: value for name, value in values.items() if name in ATTRIBUTES and value}


def _value_edits(declared: SourceDeclaration, given: dict[str, str]) -> Iterator[Edit]:
    """The values of a declaration; those that it lacks in front of the others."""
    for each in declared.values:
        value = given.pop(each.name.value, "")
        if value:
            yield Edit.of(each.value_span, _literal(each.name.value, value))
    entries = [f"{string_literal(name)}: {_literal(name, value)}" for name, value in given.items()]
    if entries and declared.values:
        yield _insert(declared.span.path, declared.values[0].span.start, "".join(f"{e}, " for e in entries))
    elif entries:
        yield from _first_values(declared, entries)


def _first_values(declared: SourceDeclaration, entries: list[str]) -> Iterator[Edit]:
    """The values of a declaration that has none."""
    if "values" not in declared.source and declared.source.endswith(")"):
        lines = ",\n    ".join(entries)
        yield _insert(declared.span.path, declared.span.end - 1, f", values={{\n    {lines}}}")


def _literal(attribute: str, value: str) -> str:
    """A value as the trace has it: yes and no of the attributes that are truth values, else a text."""
    if attribute in TRUTH_VALUES:
        return _TRUTH.get(value.casefold(), string_literal(value))
    return string_literal(value)


def _edits_of_names(form: FieldNote, identifier: str) -> Iterator[Edit]:
    """The form calls its source `s`: in `add codes to s:` and in statements."""
    own = form.heading.kind if form.heading is not None else "s"
    named: list[Name] = [
        prose.codes_added.source for trace in form.axial_traces for prose in trace.prose if prose.codes_added
    ]
    named += [one.added_to for one in form.statements if isinstance(one, CodeMention) and one.added_to]
    for span in dict.fromkeys(name.span for name in named if name.name == own):
        yield Edit.of(span, identifier)


def _edits_of_other_sources(form: FieldNote) -> Iterator[Edit]:
    """A block of codes of another source is left over from the note that the form was made of."""
    own = form.heading.kind if form.heading is not None else "s"
    for block in (block for trace in form.axial_traces for block in trace.blocks):
        sources = {
            one.added_to.name if isinstance(one, CodeMention) and one.added_to is not None else own
            for one in block.statements
        }
        if sources and own not in sources:
            end = block.span.end + (form.text[block.span.end : block.span.end + 1] == "\n")
            yield Edit(form.path, block.span.start, end, "")


def _insert(path: str, at: int, text: str) -> Edit:
    return Edit(path, at, at, text)


def _applied(text: str, edits: Iterable[Edit], newline: str) -> str:
    """The text with all edits, in its own line ends. Of two that overlap the first counts."""
    parts, at = [], 0
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: (edit.start, edit.end)):
        if edit.start >= at:
            parts += [text[at : edit.start], edit.replacement.replace("\n", newline)]
            at = edit.end
    return "".join([*parts, text[at:]])
