"""Making one code of several in the notes, modules and settings of a study. Nothing is written here.

`codeable merge` writes what a plan says.
"""

from collections.abc import Iterator, Mapping, Sequence

from codeable.kernel.place import Span, shown_place
from codeable.lines import Edit
from codeable.names.identifiers import normal
from codeable.names.merging.modules import merged_modules
from codeable.names.merging.work import MergeWork
from codeable.names.renaming.named_study import NamedStudy
from codeable.names.renaming.refusals import RenameRefusedError, check_old_name, check_texts
from codeable.names.renaming.rename import Notes, PlaceRemark, RenamePlan, edits_of_settings, is_in_note
from codeable.names.renaming.text_edits import edits_between
from codeable.notes.model import (
    CodeMention,
    DeclarationStatement,
    FieldNote,
    ForceStatement,
    Name,
    OptionStatement,
    RelationStatement,
)
from codeable.registry import SOLUTION_KINDS, Declaration

_ALIKE = (SOLUTION_KINDS | {"design_solution"},)
"""Kinds of codes of which one can become another."""


def planned_merge(
    names: Sequence[str], into: str, study: NamedStudy, *, notes: Notes = "rewritten"
) -> RenamePlan:
    """What it changes to make one code of several.

    In the modules, the declarations of those that go are taken out, their links and uses become links and
    uses of the one that stays, and a link that both have is kept once. In the notes, their declarations
    become mentions of the one that stays, so that the evidence counts for it. Every other statement stays,
    with its name; a list of codes has the name once. What is said no more, or otherwise by two places, is in
    the plan with the places.

    Args:
        names: The codes that go.
        into: The code that stays.
        study: The study.
        notes: Whether the notes are rewritten, or `[tool.codeable.renames]` leads to the one that stays.

    Raises:
        RenameRefusedError: A name is that of a source or of no code, the codes are of different kinds, or a
            file has a name in a way that cannot be changed.
    """
    into = normal(into)
    renamed = {normal(name): into for name in names if normal(name) != into}
    check_texts(study)
    _check(renamed, into, study)
    in_notes = {name for name in renamed if any(is_in_note(one, study) for one in study.places_of(name))}
    entries = {name: into for name in renamed if name in in_notes} if notes == "kept" else {}
    work = MergeWork(study, renamed, into)
    edits: list[Edit] = []
    for path, text in merged_modules(work).items():
        edits += edits_between(path, study.modules[path].text, text)
    left: list[PlaceRemark] = []
    if notes == "rewritten":
        for note in study.notes:
            edits += _edits_of_note(note, renamed, into, study)
            left += _kept_in(note, renamed, study)
    edits += edits_of_settings(renamed, entries, study)
    gone = [*work.gone, *(_declared_in_notes(renamed, into, study) if notes == "rewritten" else ())]
    left += [*_said_twice(renamed, study), *_links_to_itself(renamed, into, study)]
    return RenamePlan(renamed, tuple(edits), tuple(left), (), tuple(gone), into)


def _check(names: Mapping[str, str], into: str, study: NamedStudy) -> None:
    if not names:
        raise RenameRefusedError(f"name a code that becomes '{into}'")
    check_old_name(into, study)
    staying = study.declarations_of(into)
    if not staying:
        first = next(iter(names))
        raise RenameRefusedError(
            f"'{into}' is declared nowhere; `codeable rename {first} {into}` gives '{first}' this name"
        )
    for name in names:
        check_old_name(name, study)
        for declaration in study.declarations_of(name):
            _check_alike(declaration, staying[0])


def _check_alike(one: Declaration, other: Declaration) -> None:
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and not any(kinds <= alike for alike in _ALIKE):
        raise RenameRefusedError(
            f"{one.describe()} and {other.describe()} are of different kinds; one cannot become the other",
            one.span,
        )


# -- notes


def _edits_of_note(note: FieldNote, names: Mapping[str, str], into: str, study: NamedStudy) -> Iterator[Edit]:
    """A declaration becomes a mention; everywhere else the name changes; a list has it once."""
    declarations = [one.span for one in _declarations(note, names)]
    yield from (Edit.of(span, into) for span in declarations)
    again = {edit.end: edit for edit in _said_again(note, names, into)}
    yield from again.values()
    for one in study.occurrences[note.path]:
        if (
            one.name in names
            and not one.kept
            and one.span.end not in again
            and not any(_is_within(one.span, span) for span in declarations)
        ):
            yield Edit.of(one.span, into)


def _said_again(note: FieldNote, names: Mapping[str, str], into: str) -> Iterator[Edit]:
    """The edits that take names out of lists of codes which have the one that stays already."""
    mentions = (one.code for one in note.statements if isinstance(one, CodeMention))
    listed = [mentions, *(item.names for trace in note.open_traces for item in trace.items)]
    for codes in listed:
        before: Name | None = None
        seen: set[str] = set()
        for code in sorted(codes, key=lambda one: one.span.start):
            between = note.text[before.span.end : code.span.start] if before is not None else ""
            if before is None or not between or between.strip(" \t\r\n,"):
                seen = set()
            elif (
                names.get(code.name, code.name) == into and into in seen and names.keys() & {code.name, *seen}
            ):
                yield Edit(note.path, before.span.end, code.span.end, "")
            seen |= {code.name, names.get(code.name, code.name)}
            before = code


def _declarations(note: FieldNote, names: Mapping[str, str]) -> Iterator[DeclarationStatement]:
    for one in (*note.statements, *note.outside):
        if isinstance(one, DeclarationStatement) and one.identifier.name in names:
            yield one


def _is_within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _declared_in_notes(names: Mapping[str, str], into: str, study: NamedStudy) -> Iterator[PlaceRemark]:
    for note in study.notes:
        for one in _declarations(note, names):
            yield PlaceRemark(one.span, f"{' '.join(one.python.split())}: it mentions '{into}' now")


def _kept_in(note: FieldNote, names: Mapping[str, str], study: NamedStudy) -> Iterator[PlaceRemark]:
    for one in study.occurrences[note.path]:
        if one.name in names and one.kept:
            yield PlaceRemark(one.span, f"'{one.name}' {one.kept}")


def _said_twice(names: Mapping[str, str], study: NamedStudy) -> Iterator[PlaceRemark]:
    """Options and impacts that the notes say in different words of the codes that become one."""

    def now(name: str) -> str:
        current = study.names.current(name)
        return names.get(current, current)

    before: dict[tuple[str, ...], tuple[str, set[str], Span]] = {}
    for note in study.notes:
        for key, said, old, span in _claims(note):
            known = before.setdefault(tuple(map(now, key)), (said, set(), span))
            known[1].update(old)
            if known[0] != said and known[1] & names.keys():
                what = " – ".join(dict.fromkeys(map(now, key)))
                yield PlaceRemark(
                    span, f"{what} is {said!r} here, and {known[0]!r} in {shown_place(known[2])}"
                )


def _links_to_itself(names: Mapping[str, str], into: str, study: NamedStudy) -> Iterator[PlaceRemark]:
    """The relations in notes that become links of the code to itself, which a build would write."""
    statements = (each for note in study.notes for each in note.statements)
    for statement in statements:
        for end in statement.ends if isinstance(statement, RelationStatement) else ():
            for target in end.targets:
                both = end.source.name, target.name
                if names.keys() & set(both) and {names.get(each, each) for each in both} == {into}:
                    yield PlaceRemark(target.span, f"links '{into}' to itself; take it out")


def _claims(note: FieldNote) -> Iterator[tuple[tuple[str, str], str, tuple[str, str], Span]]:
    for one in note.statements:
        if isinstance(one, OptionStatement):
            pair = one.decision.name, one.solution.name
            yield pair, one.words or "", pair, one.text_span
        elif isinstance(one, ForceStatement):
            for each in one.impacts:
                pair = each.solution.name, each.force.name
                yield pair, each.impact.name, pair, each.span
