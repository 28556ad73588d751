"""The edits that write metadata of a source: into the header of its note, its trace, or its module."""

import ast
from collections.abc import Iterator, Mapping

from attrs import evolve

from codeable.checks.context import Context
from codeable.checks.metadata_edits import edits_of_values
from codeable.editor.actions.correction import below, indentation, line_end
from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.names.modules import Module
from codeable.notes.decoding import edited
from codeable.notes.metadata import FIELDS
from codeable.notes.model import FieldNote
from codeable.source_reader import try_parse
from codeable.source_writer import string_literal

_YES_NO = {True: "yes", False: "no"}


def entry_in_header(note: FieldNote, values: Mapping[str, str | bool]) -> tuple[Edit, ...]:
    """The edits that write fields into the header of a note, each where the template has it."""
    lines = Lines(note.path, note.text)
    edits: dict[int, Edit] = {}
    for name in sorted(values, key=_position):
        value = values[name]
        text = _YES_NO[value] if isinstance(value, bool) else value
        field = note.metadata.get(name)
        if field is not None:
            edit = below(lines, field.name_span.line - 1, text)
        else:
            edit = below(lines, _line_before(note, name), f"## {name}", text)
        before = edits.get(edit.start)
        text = (before.replacement if before is not None else "") + edit.replacement
        edits[edit.start] = evolve(edit, replacement=text)
    return tuple(edits.values())


def entry_in_trace(note: FieldNote, values: Mapping[str, str | bool]) -> tuple[Edit, ...]:
    """The edits that write values into the declaration of the source in the trace of its note."""
    return edits_of_values(note, {name: _python(value) for name, value in values.items()})


def entry_in_module(context: Context, source: str, values: Mapping[str, str | bool]) -> tuple[Edit, ...]:
    """The edits that write values into the declaration of a source in its module; none where that fails."""
    declared = context.in_model.sources.get(source)
    made = declared.span if declared is not None and declared.element is not None else None
    if made is None:
        return ()
    module = context.modules[made.path]
    call = module.call_at(made)
    if call is None:
        return ()
    edits = tuple(_edits_of_call(module, call, values))
    changes = [edit.change for edit in edits]
    return edits if try_parse(edited(module.text, changes)) is not None else ()


def _edits_of_call(module: Module, call: ast.Call, values: Mapping[str, str | bool]) -> Iterator[Edit]:
    table = next((keyword.value for keyword in call.keywords if keyword.arg == "values"), None)
    if table is None:
        at = module.span(call).end - 1
        entries = ", ".join(f"{string_literal(name)}: {_python(value)}" for name, value in values.items())
        yield Edit(module.path, at, at, f", values={{{entries}}}")
    elif isinstance(table, ast.Dict) and table.values:
        there = {key.value: value for key, value in zip(table.keys, table.values, strict=True)
                 if isinstance(key, ast.Constant)}  # fmt: skip
        for name in (name for name in values if name in there):
            at_value = module.span(there[name])
            yield Edit.of(at_value, _python(values[name]))
        new = {name: value for name, value in values.items() if name not in there}
        if new:
            yield _behind_last(module, table, new)
    elif isinstance(table, ast.Dict):
        at = module.span(table).start + 1
        entries = ", ".join(f"{string_literal(name)}: {_python(value)}" for name, value in values.items())
        yield Edit(module.path, at, at, entries)


def _behind_last(module: Module, table: ast.Dict, new: Mapping[str, str | bool]) -> Edit:
    """The entries behind the last one of a table, each on its line where those there are."""
    last, key = module.span(table.values[-1]), table.keys[-1]
    line = module.lines.lines[module.span(key).line - 1] if key is not None else ""
    begin = module.span(key).column - 1 if key is not None else 0
    between = f",{line_end(module.lines)}{indentation(line)}" if not line[:begin].strip() else ", "
    entries = between.join(f"{string_literal(name)}: {_python(value)}" for name, value in new.items())
    return Edit(module.path, last.end, last.end, between + entries)


def _position(name: str) -> int:
    return FIELDS.index(name) if name in FIELDS else len(FIELDS)


def _line_before(note: FieldNote, name: str) -> int:
    """The line (from 0) below which the template has a field: the end of the field before it."""
    above = [one for one in note.fields if one.known and _position(one.name) < _position(name)]
    if above:
        last = max(above, key=lambda one: _position(one.name))
        return _last_line(last.span, last.value_span if last.value else last.name_span)
    heading = note.heading
    if heading is None:
        return 0
    return heading.at.end_line - 1


def _last_line(*spans: Span) -> int:
    return max(span.end_line for span in spans) - 1


def _python(value: str | bool) -> str:
    return str(value) if isinstance(value, bool) else string_literal(value)
