"""The outline of a module: decisions with their options, sources with their codes, all other codes."""

from collections.abc import Iterator, Sequence

from attrs import evolve
from lsprotocol import types

from codeable.editor.outline.entries import OutlineEntry
from codeable.editor.outline.in_notes import statement_entries
from codeable.editor.python.module_statements import statements_of
from codeable.editor.study.study_view import StudyView
from codeable.names.modules import Module
from codeable.notes.model import (
    CodeMention,
    DeclarationStatement,
    OptionStatement,
    TraceStatement,
)
from codeable.text import counted

_OWNERS = ("decision", "source")


def module_outline(view: StudyView, module: Module) -> list[OutlineEntry]:
    """The outline. What follows a decision, up to the next one, and is about its options is in it."""
    found: list[OutlineEntry] = []
    for section in _sections(statements_of(module)):
        owner = section[0] if isinstance(section[0], DeclarationStatement) else None
        if owner is None or owner.kind not in _OWNERS:
            found += _entries(view, section)
            continue
        own = _own(owner, section)
        whole = statement_entries(view, [owner])[0]
        found.append(evolve(whole, parts=_entries(view, section[1:own])))
        found += _entries(view, section[own:])
    return found


def _sections(statements: Sequence[TraceStatement]) -> Iterator[Sequence[TraceStatement]]:
    """The statements, cut before each decision and each source."""
    begin = 0
    for number, one in enumerate(statements):
        if isinstance(one, DeclarationStatement) and one.kind in _OWNERS and number > begin:
            yield statements[begin:number]
            begin = number
    if begin < len(statements):
        yield statements[begin:]


def _own(owner: DeclarationStatement, section: Sequence[TraceStatement]) -> int:
    """How many statements of a section belong to its decision or source: up to the last that names it."""
    name = owner.identifier.name
    last = 0
    for number, one in enumerate(section):
        is_option = isinstance(one, OptionStatement) and one.decision.name == name
        is_code = isinstance(one, CodeMention) and one.added_to is not None and one.added_to.name == name
        if is_option or is_code:
            last = number
    return last + 1


def _entries(view: StudyView, statements: Sequence[TraceStatement]) -> list[OutlineEntry]:
    """The entries of statements, and one for all codes of sources among them."""
    found = statement_entries(view, [one for one in statements if not isinstance(one, CodeMention)])
    mentions = [one for one in statements if isinstance(one, CodeMention)]
    if mentions:
        first, last = mentions[0].span, mentions[-1].span
        codes = dict.fromkeys(one.code.name for one in mentions)
        kind, at = types.SymbolKind.Array, (first.start, first.end)
        found.append(
            OutlineEntry(counted(len(codes), "code"), ", ".join(codes), kind, first.start, last.end, at)
        )
    return found
