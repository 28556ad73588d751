"""The corrections of findings about names: undeclared, spelt in two ways, renamed, or declared twice."""

import contextlib
import re
from collections.abc import Iterator

from codeable.checks.claims import DECISION_KINDS, FORCE_KINDS
from codeable.checks.uses import Use
from codeable.editor.actions.correction import (
    Case,
    Correction,
    line_end,
    same_everywhere,
    without,
)
from codeable.editor.actions.for_codes import declaration_at
from codeable.editor.actions.in_traces import statements_added
from codeable.lines import Edit, Lines
from codeable.names.in_notes import occurrences_in_note
from codeable.names.merging.merge import planned_merge
from codeable.names.renaming.named_study import NamedStudy
from codeable.names.renaming.refusals import RenameRefusedError
from codeable.names.renaming.settings_edits import settings_edits
from codeable.notes.model import CodeMention, FieldNote
from codeable.registry import OPTION_KINDS
from codeable.source_writer import string_literal
from codeable.text import counted

_KINDS = ("practice", "pattern", "force", "decision")
"""The kinds that a code may be declared as, the commonest first."""
_RENAME = re.compile(r'\[tool\.codeable\.renames\] (?P<old>\w+) = "(?P<new>\w+)"')
_MERGE = re.compile(r"codeable merge (?P<old>\w+) --into (?P<new>\w+)")
_QUESTION = re.compile(r"_?decision$")


def undeclared(case: Case, note: FieldNote) -> Iterator[Correction]:
    """C301: write the nearest name, declare the code, rename it in the settings, or take it out."""
    name = _name_at(case)
    current = case.context.current(name)
    uses = case.context.undeclared.uses.get(current, [])
    near = case.context.undeclared.nearest(current, uses)
    if near is not None:
        yield from _written_as(case, name, near)
        yield from _renamed_in_settings(case, name, near)
    yield from _declared(case, note, name, uses, is_new=near is None)
    yield from _taken_out(case, note)


def used_before_declared(case: Case, note: FieldNote) -> Iterator[Correction]:
    """C304: the declaration above the first use, where it is below in the same note."""
    related = case.finding.related
    if not related or related[0].span.path != note.path:
        return
    declared = declaration_at(note, related[0].span)
    if declared is None or declared.in_string:
        return
    cut = without(case.lines, declared.span)
    if case.lines.text[cut.start : cut.end].strip() != case.text_of(declared.span):
        return  # something else is on its lines
    edit = statements_added(note, [case.text_of(declared.span)], case.span)
    if edit is not None:
        yield Correction(f"Move the declaration of '{case.written}' above", (edit, cut), preferred=True)


def second_spelling(case: Case) -> Iterator[Correction]:
    """C305: rename the decision in the settings; what is proposed writes the other spelling."""
    name = _name_at(case)
    other = case.context.undeclared.second_spellings.get(case.context.current(name))
    if other is not None:
        yield from _renamed_in_settings(case, name, other)


def by_rename(case: Case) -> Iterator[Correction]:
    """C303 and C501: the rename or the merge that the finding suggests."""
    suggestion = case.finding.suggestion or ""
    found = _RENAME.search(suggestion)
    if found is not None:
        yield from _renamed_in_settings(case, found["old"], found["new"])
    found = _MERGE.search(suggestion)
    if found is not None:
        yield from _merged(case, found["old"], found["new"])


def rename_astray(case: Case) -> Iterator[Correction]:
    """C307: lead the rename to the nearest code, or take it out of the settings."""
    renames = case.context.settings.renames
    entry = re.match(r"""(["']?)([\w.-]+)\1\s*=\s*(["'])([^"']*)\3""", case.lines.text[case.span.start :])
    if entry is None or entry[2] not in renames:
        return
    near = case.context.undeclared.nearest(entry[4])
    start = case.span.start
    if near is not None and near not in (entry[2], entry[4]):
        edit = Edit(case.span.path, start + entry.start(4), start + entry.end(4), near)
        yield Correction(f"Rename '{entry[2]}' to '{near}' instead", (edit,), preferred=True)
    line = case.lines.lines[case.span.line - 1]
    if line.strip().partition("#")[0].strip() == entry[0]:
        first = case.lines.starts[case.span.line - 1]
        edit = Edit(case.span.path, first, first + len(line) + len(line_end(case.lines)), "")
        yield Correction(f"Take the rename of '{entry[2]}' out of the settings", (edit,))


def _name_at(case: Case) -> str:
    """The identifier at the place of the finding, without what qualifies it."""
    return case.written.rpartition(".")[2]


def _written_as(case: Case, name: str, near: str) -> Iterator[Correction]:
    """Another name in the place of one: at all places of the note, and in all notes."""
    notes = [note for note in case.context.all_notes if name in note.text]
    edits = {
        note.path: [Edit.of(one.span, near) for one in occurrences_in_note(note) if one.name == name]
        for note in notes
    }
    here = edits.get(case.span.path, [])
    at = next((edit for edit in here if case.span.start <= edit.start and edit.end <= case.span.end), None)
    if at is None:
        return
    number = sum(map(len, edits.values()))
    yield Correction(f"Write '{near}' instead of '{name}'", (at,), preferred=number == 1)
    if len(here) > 1:
        places = counted(len(here), "place")
        yield Correction(
            f"Write '{near}' at all {places} of this note", tuple(here), preferred=number == len(here)
        )
    if number > len(here):
        all_edits = same_everywhere(edit for found in edits.values() for edit in found)
        title = f"Write '{near}' at all {counted(number, 'place')} of {counted(len(edits), 'note')}"
        yield Correction(title, all_edits, preferred=True)


def _renamed_in_settings(case: Case, old: str, new: str) -> Iterator[Correction]:
    if not case.has_folder:
        return
    path = case.context.settings_file
    edits = settings_edits(path, case.context.text_of(path), {}, {old: new})
    if edits:
        title = f"Rename '{old}' to '{new}' in the settings, and keep the notes as they are"
        yield Correction(title, tuple(edits))


def _merged(case: Case, old: str, new: str) -> Iterator[Correction]:
    """One code of two, in modules, notes and settings, where nothing stands against it."""
    context = case.context
    registry = context.registry
    if registry is None or registry.folder is None:
        return
    settings_text = context.text_of(context.settings_file)
    notes, modules = context.all_notes, context.read_modules
    study = NamedStudy(registry.folder, context.settings, settings_text, notes, modules, registry)
    with contextlib.suppress(RenameRefusedError):
        edits = planned_merge([old], new, study).edits
        yield Correction(f"Make '{old}' one code with '{new}'", tuple(edits))


def _declared(
    case: Case, note: FieldNote, name: str, uses: list[Use], *, is_new: bool
) -> Iterator[Correction]:
    """A declaration of each kind that the uses allow, above the first use."""
    if not name.isidentifier():
        return
    said = _kinds_of_labels(name, note)
    kinds = sorted(_fitting_kinds(name, uses), key=lambda kind: kind not in said)
    for kind in kinds:
        certain = is_new and (len(kinds) == 1 or said == {kind})
        display_name = _display_name(name, kind)
        statement = f"{name} = CClass({kind}, {string_literal(display_name)})"
        edit = statements_added(note, [statement], case.span)
        if edit is not None:
            yield Correction(f"Declare '{name}' as a {kind}", (edit,), certain, (display_name,))


def _kinds_of_labels(name: str, note: FieldNote) -> set[str]:
    """The kinds that the labels of open traces give a code: of `New force: cost` a force."""
    items = [item for trace in note.open_traces for item in trace.items]
    labels = {item.kind for item in items if any(one.name == name for one in item.names)}
    return (labels & {"force", "decision"}) | ({"practice", "pattern"} if "option" in labels else set())


def _fitting_kinds(name: str, uses: list[Use]) -> list[str]:
    """The kinds that all uses allow, the likeliest first."""
    expected = [use.kinds for use in uses if use.kinds is not None]
    found = [kind for kind in _KINDS if all(kind in kinds for kinds in expected)]
    if _QUESTION.search(name) and "decision" in found:
        found.sort(key=lambda kind: kind != "decision")
    elif expected and all(kinds == OPTION_KINDS for kinds in expected):
        found.sort(key=lambda kind: kind == "decision")
    return found or (["decision"] if DECISION_KINDS in expected else [])


def _display_name(name: str, kind: str) -> str:
    """A display name to begin with: the words of the identifier; of a decision a question."""
    if kind in DECISION_KINDS:
        words = _QUESTION.sub("", name).replace("_", " ").strip()
        return f"{words[:1].upper()}{words[1:]}?"
    words = " ".join(word[:1].upper() + word[1:] for word in name.split("_") if word)
    return words[:1] + words[1:].lower() if kind in FORCE_KINDS else words


def _taken_out(case: Case, note: FieldNote) -> Iterator[Correction]:
    """The mention of a code that is alone on its line, taken out."""
    mention = next(
        (
            one
            for one in note.statements
            if isinstance(one, CodeMention)
            and one.code.span.end == case.span.end
            and one.how in ("name", "string")
        ),
        None,
    )
    lines = Lines(note.path, note.text)
    if mention is not None and lines.lines[case.span.line - 1].strip().rstrip(",").strip() == case.written:
        line = lines.in_line(case.span.line - 1, 0, len(lines.lines[case.span.line - 1]))
        if len([one for one in note.statements if one.span.line == case.span.line]) == 1:
            yield Correction(f"Take '{case.written}' out of the trace", (without(lines, line),))
