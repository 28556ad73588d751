"""The corrections of every rule of the check, in the order in which an editor lists them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from codeable.editor.actions import for_codes, for_drift, for_metadata, for_model, for_names, for_traces
from codeable.editor.actions.correction import Case, Correction, reads_as_well
from codeable.editor.actions.silence import silence
from codeable.kernel.place import Span
from codeable.notes.model import FieldNote, Problem
from codeable.text import on_one_line, shortened

_LONGEST_TITLE = 90
_OTHER_WAY_OUT = re.compile(r"(?<='), or ")
_REPAIRED = re.compile(r"`codeable check --fix`")

OFFERED: Mapping[str, Callable[[Case], Iterator[Correction]]] = {
    "C103": for_traces.link_not_closed,
    "C104": for_traces.not_closed,
    "C107": for_traces.out_of_place,
    "C108": for_traces.without_reason,
    "C109": for_traces.without_effect,
    "C113": for_traces.versions_of_conflicts,
    "C114": for_traces.other_words,
    "C117": for_traces.left_over,
    "C118": for_traces.definition_of_no_code,
    "C202": for_metadata.missing_metadata,
    "C203": for_metadata.own_type,
    "C205": for_metadata.metadata_differs,
    "C206": for_metadata.heading_of_declaration,
    "C209": for_metadata.two_notes,
    "C212": for_metadata.order_astray,
    "C303": for_names.by_rename,
    "C305": for_names.second_spelling,
    "C306": for_codes.wrong_kind,
    "C307": for_names.rename_astray,
    "C309": for_codes.code_of_no_kind,
    "C401": for_model.statement_suggested,
    "C402": for_model.second_option,
    "C403": for_model.statement_suggested,
    "C404": for_model.statement_suggested,
    "C405": for_model.contradictory_impacts,
    "C406": for_model.other_text,
    "C408": for_model.statement_suggested,
    "C409": for_model.cycle_of_decisions,
    "C410": for_model.evidence_of_decision,
    "C411": for_codes.agree,
    "C412": for_codes.agree,
    "C413": for_codes.agree,
    "C414": for_model.other_text,
    "C415": for_model.text_of_option,
    "C501": for_names.by_rename,
    "C502": for_drift.only_in_model,
    "C503": for_drift.option_differs,
    "C504": for_drift.impact_differs,
    "C506": for_drift.not_in_notes,
}
"""Rule → its corrections, besides the safe fix, what is proposed, and the comment that silences it."""

OFFERED_IN_NOTES: Mapping[str, Callable[[Case, FieldNote], Iterator[Correction]]] = {
    "C102": for_traces.heading_missing,
    "C106": for_traces.string_of_codes,
    "C112": for_traces.outside_trace,
    "C201": for_metadata.unknown_field,
    "C301": for_names.undeclared,
    "C302": for_codes.declared_twice,
    "C304": for_names.used_before_declared,
    "C308": for_codes.recognised,
    "C505": for_drift.only_in_module,
}
"""The same of rules about notes."""


def corrections_of(case: Case) -> Iterator[Correction]:
    """What one click may change for a finding: first the safe fix, last the comment that silences it."""
    finding = case.finding
    if finding.edits:
        yield from _safe_fix(case)
    elif finding.proposed:
        first_way_out = _OTHER_WAY_OUT.split(finding.suggestion or finding.message)[0]
        yield Correction(_command(first_way_out), finding.proposed, preferred=True)
    if finding.code in OFFERED:
        yield from OFFERED[finding.code](case)
    elif finding.code in OFFERED_IN_NOTES and case.note is not None:
        yield from OFFERED_IN_NOTES[finding.code](case, case.note)
    yield from silence(case)


def _safe_fix(case: Case) -> Iterator[Correction]:
    """The safe fix of a finding, and that of its whole statement, which may need several at once."""
    finding, note = case.finding, case.note
    together = _repairs_of_statement(note, finding.span) if note is not None else ()
    alone = len(together) < 2
    if alone or (note is not None and reads_as_well(note, finding.edits)):
        yield Correction(_repair(case), finding.edits, preferred=alone)
    if not alone:
        edits = tuple(dict.fromkeys(edit for problem in together for edit in problem.edits))
        yield Correction(f"Repair the statement at {len(together)} places", edits, preferred=True)


def _repairs_of_statement(note: FieldNote, span: Span) -> Sequence[Problem]:
    """The problems with a safe fix in the statement at a place."""
    statement = next(
        (one.span for one in note.statements if one.span.start <= span.start and span.end <= one.span.end),
        None,
    )
    if statement is None:
        return ()
    return [
        problem
        for problem in note.problems
        if problem.edits and statement.start <= problem.span.start and problem.span.end <= statement.end
    ]


def _repair(case: Case) -> str:
    """The suggestion of a safe fix as a command."""
    suggestion = case.finding.suggestion
    if case.finding.code == "C204":
        return "Exchange 'author type' and 'type'"
    if case.finding.code == "C202":
        return _command(
            f"add {case.finding.message.rpartition(' lacks ')[2]} to the trace, as the header says"
        )
    if suggestion is None or _REPAIRED.match(suggestion):
        suggestion = f"repair: {case.finding.message}"
    return _command(suggestion)


def _command(suggestion: str) -> str:
    """A suggestion as the title of a correction."""
    text = on_one_line(suggestion)
    return shortened(f"{text[:1].upper()}{text[1:]}", _LONGEST_TITLE)
