"""The corrections of findings about codes: not added, of another kind, stated in two ways."""

import re
from collections.abc import Iterator

from codeable.checks.claims_from_notes import KNOWN_KINDS
from codeable.checks.rules.drift import codes_lacking
from codeable.editor.actions.correction import Case, Correction, below, indentation, line_end, without
from codeable.editor.actions.in_traces import codes_added
from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.notes.model import (
    DeclarationStatement,
    FieldNote,
    Name,
    OptionStatement,
    RelationStatement,
)
from codeable.registry import Declaration
from codeable.source_writer import string_literal
from codeable.text import counted, shortened

_CALL = re.compile(r"(?:[A-Z]+ = )?\w+\(.*\)", re.DOTALL)
_BLANK = re.compile(r"\b(?:DECISION|SOLUTION|FORCE|SOURCE|CODE|TEXT|QUESTION)\b")
_WITHOUT_TEXT = re.compile(r"""(?P<comma>,\s*)(?P<text>""|'')(?=\s*[,)])""")
_VALUE = re.compile(r"""\w+(?:\s*:\s*\w+)?|(?P<q>["']).*(?P=q)""", re.DOTALL)
_KINDS = ("practice", "pattern", "decision", "force")


def recognised(case: Case) -> Iterator[Correction]:
    """C308: add the code, and all that the open traces name, to the axial trace; or take it out here."""
    note = case.note
    if note is None:
        return
    here = [(code, name) for of, code, name in case.context.recognised if of is note]
    code = next((code for code, name in here if name.span == case.span), None)
    if code is None:
        return
    edit = codes_added(note, [code], case.span)
    if edit is not None:
        yield Correction(f"Add '{code}' to the axial trace", (edit,), preferred=True)
    trace = next(
        (one for one in note.open_traces if one.span.line <= case.span.line <= one.span.end_line), None
    )
    together = [
        code
        for code, name in here
        if trace is not None and trace.span.line <= name.span.line <= trace.span.end_line
    ]
    if len(together) > 1:
        edit = codes_added(note, together, case.span)
        if edit is not None:
            yield Correction(f"Add all {counted(len(together), 'code')} of this open trace", (edit,))
    yield Correction(f"Take '{case.written}' out of the open trace", (_without_entry(case.lines, case.span),))


def only_in_module(case: Case) -> Iterator[Correction]:
    """C505: add the codes of the module to the note."""
    note = case.note
    lacking = dict(codes_lacking(case.context)).get(note.identifier or "", []) if note is not None else []
    edit = codes_added(note, lacking, _end_of(note)) if note is not None and lacking else None
    if edit is not None:
        title = (
            f"Add '{lacking[0]}' to the note"
            if len(lacking) == 1
            else f"Add the {len(lacking)} codes to the note"
        )
        yield Correction(title, (edit,))


def only_in_model(case: Case) -> Iterator[Correction]:
    """C502: add the code to the note of its source."""
    model = case.context.in_model
    name = _name_of_code(case)
    sources = model.evidence_of.get(name, []) if name is not None else []
    for source in sources[:1] if name is not None else ():
        note = case.context.notes_of[source][0]
        edit = codes_added(note, [name], _end_of(note)) if name is not None else None
        if edit is not None:
            yield Correction(f"Add '{name}' to the note of {source}", (edit,))


def declared_twice(case: Case) -> Iterator[Correction]:
    """C302: keep one declaration, or declare the code as the model does."""
    note = case.note
    if note is None:
        return
    bound = next(
        (
            one
            for one in note.statements
            if isinstance(one, OptionStatement | RelationStatement) and _is_at(one.identifier, case.span)
        ),
        None,
    )
    if bound is not None:
        equals = case.lines.text.index("=", case.span.end) + 1
        blanks = len(case.lines.text[equals:]) - len(case.lines.text[equals:].lstrip(" \t"))
        edit = Edit(note.path, bound.span.start, equals + blanks, "")
        yield Correction(f"Take the name '{case.written}' of the link away", (edit,))
        return
    declared = _declaration_at(note, case.span)
    if declared is None:
        return
    model = case.context.in_model.codes.get(case.context.current(declared.identifier.name))
    related = [case.note_in(one.span.path) for one in case.finding.related]
    first = _declaration_at(related[0], case.finding.related[0].span) if related and related[0] else None
    if first is not None and related[0] is not None:
        yield Correction("Take this declaration out", (without(case.lines, declared.span),))
        lines = Lines(related[0].path, related[0].text)
        yield Correction("Take the first declaration out", (without(lines, first.span),))
    elif model is not None and model.kind in KNOWN_KINDS:
        yield from _as_in_model(declared, model)


def code_of_no_kind(case: Case) -> Iterator[Correction]:
    """C309: the kinds to choose from, for the code at the place."""
    found = re.match(r"(\w+)\s*=\s*CClass\(\s*(code)\b", case.written)
    for kind in _KINDS if found is not None else ():
        assert found is not None
        start = case.span.start + found.start(2)
        edit = Edit(case.span.path, start, case.span.start + found.end(2), kind)
        yield Correction(f"Make '{found[1]}' a {kind}", (edit,))


def agree(case: Case) -> Iterator[Correction]:
    """C411 to C413: write at one place what the other one says."""
    for other in case.finding.related[:1]:
        here, there = case.written, case.text_of(other.span)
        if not (_VALUE.fullmatch(here) and _VALUE.fullmatch(there)):
            continue
        nearby = "above" if other.span.path == case.span.path else _where(case, other.span)
        edit = Edit(case.span.path, case.span.start, case.span.end, there)
        yield Correction(f"Write {shortened(_flat(there), 40)} here, as {nearby}", (edit,))
        edit = Edit(other.span.path, other.span.start, other.span.end, here)
        yield Correction(f"Write {shortened(_flat(here), 40)} {nearby}, as here", (edit,))


def statement_suggested(case: Case) -> Iterator[Correction]:
    """C401, C403, C404, C408: the statement that is missing, with words to write over."""
    suggestion = case.finding.suggestion or ""
    if not _CALL.fullmatch(suggestion):
        return
    if case.finding.code == "C408" and case.note is not None:
        edit = codes_added(case.note, ["CODE"], _end_of(case.note))
        if edit is not None:
            yield Correction("Add a code to the note", (edit,), blanks=("CODE",))
        return
    blanks = tuple(dict.fromkeys(_BLANK.findall(suggestion)))
    lines, last = case.lines, case.span.end_line - 1
    note = case.note
    if note is not None:
        declared = _declaration_at(note, case.span)
        if declared is None:
            return
        last = declared.span.end_line - 1
    margin = indentation(lines.lines[case.span.line - 1])
    edit = below(lines, last, f"{margin}{suggestion}")
    yield Correction(f"Write {shortened(suggestion, 60)}", (edit,), blanks=blanks)


def second_option(case: Case) -> Iterator[Correction]:
    """C402: a second option, below the first one."""
    found = re.search(r"the decision '([\w.]+)' has", case.finding.message)
    at = case.finding.related[0].span if case.finding.related else case.span
    if found is None or "." in found[1]:
        return
    lines = Lines(at.path, case.context.text_of(at.path))
    margin = indentation(lines.lines[at.line - 1])
    statement = f'add_decision_option_link({found[1]}, SOLUTION, "TEXT")'
    edit = below(lines, at.end_line - 1, f"{margin}{statement}")
    yield Correction(f"Add a second option of '{found[1]}'", (edit,), blanks=("SOLUTION", "TEXT"))


def text_of_option(case: Case) -> Iterator[Correction]:
    """C415: the text of the option, to write."""
    empty = _WITHOUT_TEXT.search(case.written)
    if empty is not None:
        start = case.span.start + empty.start("text")
        edit = Edit(case.span.path, start, start + 2, '"TEXT"')
    elif case.written.endswith(")"):
        end = case.span.end - 1
        edit = Edit(case.span.path, end, end, ', "TEXT"')
    else:
        return
    yield Correction("Write the text of the option", (edit,), blanks=("TEXT",))


def evidence_of_decision(case: Case) -> Iterator[Correction]:
    """C410: the decision among the codes of the source, in the module of the source."""
    found = re.fullmatch(
        r'add_links\(\{(\w+): \[(\w+)\]\}, role_name="contained_code"\)', case.finding.suggestion or ""
    )
    source = case.context.in_model.sources.get(found[1]) if found is not None else None
    if found is None or source is None:
        return
    path = case.context.span_of(source).path
    module = case.context.modules[path]
    names = _names_bound_in(module.text)
    if found[2] not in names and "*" not in names:
        return
    end = len(module.text.rstrip())
    edit = Edit(path, end, end, f"{line_end(module.lines)}{case.finding.suggestion}")
    yield Correction(f"Add '{found[2]}' to the codes of {found[1]}", (edit,))


def _as_in_model(declared: DeclarationStatement, model: Declaration) -> Iterator[Correction]:
    edits = []
    name = " ".join(model.name.split())
    if declared.metaclass is not None and declared.kind != model.kind:
        at = declared.metaclass.span
        edits.append(Edit(at.path, at.start, at.end, model.kind))
    if declared.display_name is not None and declared.name != name:
        at = declared.display_name.span
        edits.append(Edit(at.path, at.start, at.end, string_literal(name)))
    if edits:
        yield Correction(f'Declare it as the model does: {model.kind} "{shortened(name, 40)}"', tuple(edits))


def _declaration_at(note: FieldNote, span: Span) -> DeclarationStatement | None:
    """The declaration whose identifier is at a place."""
    declared = (one for one in note.statements if isinstance(one, DeclarationStatement))
    return next((one for one in declared if one.identifier.span.start == span.start), None)


def _is_at(name: Name | None, span: Span) -> bool:
    return name is not None and name.span == span


def _name_of_code(case: Case) -> str | None:
    """The code of the model that a finding is about."""
    codes = case.context.in_model.codes.items()
    return next((name for name, code in codes if case.context.span_of(code) == case.span), None)


def _names_bound_in(text: str) -> set[str]:
    """The names that the imports of a module bind."""
    found: set[str] = set()
    for names in re.findall(r"^from [\w.]+ import (\([^)]*\)|[^\r\n]*)", text, re.MULTILINE):
        found.update(re.findall(r"\w+|\*", names))
    return found


def _end_of(note: FieldNote) -> Span:
    """The place behind the last axial trace of a note, or its end."""
    lines = Lines(note.path, note.text)
    traces = [one for one in note.axial_traces if not one.in_metadata and any(b.python for b in one.blocks)]
    return traces[-1].blocks[-1].span if traces else lines.in_line(len(lines.lines) - 1, 0, 0)


def _without_entry(lines: Lines, span: Span) -> Edit:
    """The edit that takes one entry out of a list on a line, with a comma beside it."""
    text = lines.text
    behind = re.compile(r"[ \t]*,[ \t]*").match(text, span.end)
    if behind is not None:
        return Edit(span.path, span.start, behind.end(), "")
    before = re.search(r"[ \t]*,[ \t]*\Z", text[: span.start])
    if before is not None:
        return Edit(span.path, before.start(), span.end, "")
    return without(lines, span)


def _where(case: Case, span: Span) -> str:
    note = case.note_in(span.path)
    return f"in {note.identifier}" if note is not None and note.identifier else "there"


def _flat(text: str) -> str:
    return " ".join(text.split())
