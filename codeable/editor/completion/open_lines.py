"""What may be written in an open trace: labels, and the codes that a line lists; codes in prose and memos."""

import re

from attrs import evolve
from lsprotocol.types import CompletionItemKind

from codeable.editor.completion.candidates import Candidate, Offer
from codeable.editor.completion.nameable import Nameable
from codeable.editor.study.study_view import Cursor
from codeable.notes.model import DeclarationStatement, OpenTrace
from codeable.registry.kinds import OPTION_KINDS, SOLUTION_KINDS

_LABELS = (
    "Familiar options: ",
    "Familiar forces: ",
    "Familiar decisions: ",
    "New option: ",
    "New force: ",
    "New decision: ",
    "Definition: ",
    "Comment: ",
)
_LABEL = re.compile(
    r"""[ \t]*(?:[-*+•][ \t]+)?(?:<ins>|\*\*|__)?[ \t]*
        (?P<status>familiar|known|existing|re-?oc{1,2}ur{1,2}ing|recurring|confirmed|new)?[ \t]*
        (?:design[ \t]+)?(?P<kind>options?|forces?|decisions?|codes?|terms?|contexts?|practices?|patterns?)
        [ \t]*(?:\([^)]*\))?[^:,]{0,20}:[*_]*(?:</ins>)?(?P<names>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_DEFINITION = re.compile(r"[ \t]*(?:[-*+•][ \t]+)?[*_]*definition[ \t]+(?:of[ \t]+)?\(?\w*\Z", re.IGNORECASE)
_ALONE = re.compile(r"[ \t]*(?:[-*+•][ \t]+)?\w*")
_LIST = re.compile(r"[ \t]*(?:\w+[ \t]*,[ \t]*)*\w*")
_KINDS = {
    "option": OPTION_KINDS,
    "force": frozenset({"force"}),
    "decision": frozenset({"decision"}),
    "practice": frozenset({"practice"}),
    "pattern": frozenset({"pattern"}),
    "context": frozenset({"domain class"}),
}
"""Kind of a line of an open trace → the kinds of the codes that it lists; all codes where it is not here."""


def offer_in_open_trace(cursor: Cursor, trace: OpenTrace, scope: Nameable) -> Offer | None:
    """What may be written in an open trace.

    Args:
        cursor: The place, on a line of the trace or right below it.
        trace: The trace.
        scope: What can be named.
    """
    document = cursor.document
    line = cursor.line
    before = cursor.line_before
    start, end = cursor.word
    if line + 1 == trace.span.line and ":" not in before:
        return None
    behind = document.lines.lines[line][len(before) + end - cursor.offset :]
    others = [
        each.strip()
        for each in re.split("[,;:]", f"{before[: len(before) - (cursor.offset - start)]},{behind}")
    ]
    label = _LABEL.fullmatch(before)
    if label is not None:
        return Offer(start, end, _listed(label, others, scope), phrases="also")
    if _DEFINITION.fullmatch(before):
        return Offer(start, end, list(scope.codes()), phrases="also")
    if line + 1 == trace.span.line:
        return None
    above = document.lines.lines[line - 1].rstrip()
    continued = _LABEL.fullmatch(above) if above.endswith(",") and _LIST.fullmatch(before) else None
    if continued is not None:
        others += [each.strip() for each in continued["names"].split(",")]
        return Offer(start, end, _listed(continued, others, scope), phrases="also")
    if _ALONE.fullmatch(before):
        labels = [_label(each) for each in _LABELS]
        return Offer(start, end, [*labels, *scope.codes()], phrases="also")
    listed = before.split(",")[:-1] if _LIST.fullmatch(before) else []
    if listed and all(scope.kind_of(each) for each in listed):
        return Offer(start, end, list(scope.codes(without=others)), phrases="also")
    return offer_in_prose(cursor, scope)


def offer_in_prose(cursor: Cursor, scope: Nameable) -> Offer | None:
    """The codes that a text names: a word with an underscore, or several words of a display name."""
    start, end = cursor.word
    word = cursor.document.text[start : cursor.offset]
    names_code = "_" in word.strip("_") or (word.endswith("_") and word.strip("_") != "")
    if not names_code and not re.search(r"\w[ \t]+\w{2,}\Z", cursor.line_before):
        return None
    candidates = [one for one in scope.codes() if names_code or one.also]
    return Offer(start, end, candidates, phrases="also" if names_code else "only")


def _listed(label: re.Match[str], others: list[str], scope: Nameable) -> list[Candidate]:
    """The codes that a line may list; behind `New option: ` those that this note declares come first."""
    kind = label["kind"].casefold().removesuffix("s")
    kinds = _KINDS.get(kind)
    first = SOLUTION_KINDS if kind == "option" else ()
    candidates = list(scope.codes(kinds, first, without=others, rank=6))
    if (label["status"] or "").casefold() != "new" or scope.note is None:
        return candidates
    declared = {one.identifier.name for one in scope.note.statements if isinstance(one, DeclarationStatement)}
    return [evolve(one, rank=3) if one.label in declared else one for one in candidates]


def _label(text: str) -> Candidate:
    return Candidate(
        label=text.strip(), icon=CompletionItemKind.Keyword, detail="open coding", rank=1, text=text
    )
