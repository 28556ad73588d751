"""The corrections of findings about the model: options, impacts, evidence, and how notes differ from it."""

import ast
import re
from collections.abc import Iterator

from codeable.checks.rules.model import contradictions
from codeable.editor.actions.correction import Case, Correction, below, indentation, line_end
from codeable.editor.actions.for_codes import declaration_at, end_of
from codeable.editor.actions.in_traces import codes_added
from codeable.kernel.place import Span
from codeable.lines import Edit, Lines
from codeable.names.modules import Module
from codeable.notes.model import ForceStatement
from codeable.registry import Impact
from codeable.text import shortened

_CALL = re.compile(r"(?:[A-Z]+ = )?\w+\(.*\)", re.DOTALL)
_BLANK = re.compile(r"\b(?:DECISION|SOLUTION|FORCE|SOURCE|CODE|TEXT|QUESTION)\b")
_BOTH = "positive_and_negative"


def statement_suggested(case: Case) -> Iterator[Correction]:
    """C401, C403, C404, C408: the statement that is missing, with words to write over."""
    suggestion = case.finding.suggestion or ""
    if not _CALL.fullmatch(suggestion):
        return
    if case.finding.code == "C408" and case.note is not None:
        edit = codes_added(case.note, ["CODE"], end_of(case.note))
        if edit is not None:
            yield Correction("Add a code to the note", (edit,), blanks=("CODE",))
        return
    blanks = tuple(dict.fromkeys(_BLANK.findall(suggestion)))
    lines, last = case.lines, case.span.end_line - 1
    note = case.note
    if note is not None:
        declared = declaration_at(note, case.span)
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
    written, at = case.written, case.span
    if written in ('""', "''"):
        edit = Edit.of(at, '"TEXT"')
    elif written.endswith(")"):
        empty = re.search(r""",\s*(?:""|'')\s*\)\Z""", written)
        start = at.start + empty.start() if empty is not None else at.end - 1
        edit = Edit(at.path, start, at.end - 1, ', "TEXT"')
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


def _names_bound_in(text: str) -> set[str]:
    """The names that the imports of a module bind."""
    found: set[str] = set()
    for names in re.findall(r"^from [\w.]+ import (\([^)]*\)|[^\r\n]*)", text, re.MULTILINE):
        found.update(re.findall(r"\w+|\*", names))
    return found


def contradictory_impacts(case: Case) -> Iterator[Correction]:
    """C405: one of the two impacts at both places, or the word that says both."""
    for pair, ends in contradictions(case.context).items():
        spans = [case.context.span_of(one) for one in ends]
        if case.span not in spans:
            continue
        places = [word_of(case, one, pair) for one in ends]
        if None in places:
            return
        words = [case.text_of(at) for at in places if at is not None]
        for word in (_BOTH, *words):
            edits = tuple(
                Edit.of(at, word)
                for at, there in zip(places, words, strict=True)
                if at is not None and there != word
            )
            where = "at both places" if len(edits) > 1 else "at the other place, too"
            yield Correction(f"Write {word} {where}", edits)


def cycle_of_decisions(case: Case) -> Iterator[Correction]:
    """C409: another kind of the last link of the cycle."""
    found = [match.span() for match in re.finditer(r"\bmandatory_next\b", case.written)]
    for word in ("optional_next", "consider_if_not_decided_yet") if len(found) == 1 else ():
        start, end = found[0]
        edit = Edit(case.span.path, case.span.start + start, case.span.start + end, word)
        yield Correction(f"Make it {word}", (edit,))


def other_text(case: Case) -> Iterator[Correction]:
    """C406 and C414: another text of the option, to write."""
    strings = re.findall(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""", case.written)
    if len(strings) == 1:
        start = case.span.start + case.written.index(strings[0])
        edit = Edit(case.span.path, start, start + len(strings[0]), '"TEXT"')
        yield Correction("Write another text of the option", (edit,), blanks=("TEXT",))


def word_of(case: Case, impact: Impact, pair: tuple[str, str]) -> Span | None:
    """Where the word of an impact is written, in a note or a module."""
    span = case.context.span_of(impact)
    note = case.note_in(span.path)
    if note is None:
        return _word_in_module(case.context.modules[span.path], span, pair)
    entries = (entry for one in note.statements if isinstance(one, ForceStatement) for entry in one.impacts)
    return next((entry.impact.span for entry in entries if entry.span == span), None)


def _word_in_module(module: Module, span: Span, pair: tuple[str, str]) -> Span | None:
    """Where a call of `add_force_relations` has the word of an impact."""
    solution, force = pair
    for node in ast.walk(module.tree) if module.tree is not None else ():
        if not isinstance(node, ast.Dict) or not span.start <= module.span(node).start < span.end:
            continue
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Name) and key.id == solution and isinstance(value, ast.Dict):
                for inner, word in zip(value.keys, value.values, strict=True):
                    if isinstance(inner, ast.Name) and inner.id == force and isinstance(word, ast.Name):
                        return module.span(word)
    return None
