"""Making one code of several in the notes, modules and settings of a study. Nothing is written here.

`codeable merge` writes what a plan says.
"""

from collections.abc import Mapping, Sequence

from codeable.names.identifiers import normal
from codeable.names.merging.modules import merged_modules
from codeable.names.merging.notes import (
    declared_in_notes,
    edits_of_note,
    kept_in,
    links_to_itself,
    said_twice,
)
from codeable.names.merging.work import MergeWork
from codeable.names.renaming.named_study import NamedStudy
from codeable.names.renaming.plan import Notes, PlaceRemark, RenamePlan
from codeable.names.renaming.refusals import RenameRefusedError, check_old_name, check_texts
from codeable.names.renaming.rename import edits_of_settings
from codeable.names.renaming.text_edits import edits_between
from codeable.registry import SOLUTION_KINDS, Declaration

_ALIKE = SOLUTION_KINDS | {"design_solution"}
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
    in_notes = {name for name in renamed if any(study.is_in_note(one) for one in study.places_of(name))}
    entries = {name: into for name in renamed if name in in_notes} if notes == "kept" else {}
    work = MergeWork(study, renamed, into)
    edits = [
        edit
        for path, text in merged_modules(work).items()
        for edit in edits_between(path, study.modules[path].text, text)
    ]
    left: list[PlaceRemark] = []
    if notes == "rewritten":
        for note in study.notes:
            edits += edits_of_note(note, renamed, into, study)
            left += kept_in(note, renamed, study)
    edits += edits_of_settings(renamed, entries, study)
    gone = [*work.gone, *(declared_in_notes(renamed, into, study) if notes == "rewritten" else ())]
    left += [*said_twice(renamed, study), *links_to_itself(renamed, into, study)]
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
    if len(kinds) > 1 and not kinds <= _ALIKE:
        raise RenameRefusedError(
            f"{one.describe()} and {other.describe()} are of different kinds; one cannot become the other",
            one.span,
        )
