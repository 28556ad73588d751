"""`codeable rename` and `codeable merge`: other names for codes, in notes, modules and settings together."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codeable.cli.completion import declared_names
from codeable.files import shown_path
from codeable.loading import existing_folder
from codeable.study_option import Command, next_commands, study_folder, study_option, utf_8
from codeable.terminal import indented, write
from codeable.text import counted, printable

if TYPE_CHECKING:
    from codeable.names.renaming.named_study import NamedStudy
    from codeable.names.renaming.plan import Notes, RenamePlan
    from codeable.notes.build import Change


def _options(command: Command) -> Command:
    """The options of both commands."""
    command = click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")(command)
    command = click.option(
        "--notes/--keep-notes",
        default=True,
        help="Write the new name into the notes, or keep them as they were written: then the settings say "
        "that the old name leads to the new one.  [default: --notes]",
    )(command)
    return study_option(command)


@click.command("rename", short_help="Rename a code in notes, modules and settings.")
@click.argument("old", callback=utf_8, shell_complete=declared_names)
@click.argument("new", callback=utf_8)
@_options
def rename_command(old: str, new: str, study: Path | None, notes: bool, diff: bool) -> int:
    """Give the code OLD the identifier NEW, in notes, modules and settings.

    Only identifiers are changed: in statements, open traces, memos, modules and settings. Passages, prose,
    comments and strings that are no codes stay. The study is loaded with the changes before anything is
    written; all files are written, or none.
    """
    from codeable.names.renaming.rename import planned_rename

    named = _study(study)
    mode: Notes = "rewritten" if notes else "kept"
    return _carry_out(planned_rename(old, new, named, notes=mode), named, diff, f"{old} → {new}")


@click.command("merge", short_help="Make one code of several in notes, modules and settings.")
@click.argument(
    "names", nargs=-1, required=True, callback=utf_8, shell_complete=declared_names, metavar="NAME…"
)
@click.option(
    "--into",
    required=True,
    metavar="NAME",
    callback=utf_8,
    shell_complete=declared_names,
    help="The code that stays.",
)
@_options
def merge_command(names: tuple[str, ...], into: str, study: Path | None, notes: bool, diff: bool) -> int:
    """Make the codes NAME… one with the code --into, in notes, modules and settings.

    Their declarations go; their evidence, options, impacts and relations become those of the one that stays,
    each once. What is said no more, or in two ways, is named with its place. The study is loaded with the
    changes before anything is written; all files are written, or none.
    """
    from codeable.names.merging.merge import planned_merge

    named = _study(study)
    mode: Notes = "rewritten" if notes else "kept"
    merged = planned_merge(names, into, named, notes=mode)
    return _carry_out(merged, named, diff, f"{', '.join(merged.names)} → {merged.into}")


def _study(study: Path | None) -> "NamedStudy":
    from codeable.loading import load_folder
    from codeable.names.renaming.named_study import named_study
    from codeable.notes.note_places import notes_so_far

    folder = study_folder(study)
    existing_folder(folder)
    folder = folder.resolve()
    registry = load_folder(folder)
    return named_study(registry, tuple(notes_so_far(folder, registry.settings)), folder)


def _carry_out(plan: "RenamePlan", study: "NamedStudy", diff: bool, what: str) -> int:
    from codeable.names.renaming.changes import check_answers, planned_changes
    from codeable.notes.build import apply, difference

    changes = planned_changes(plan, study)
    check_answers(plan, study, changes)
    if diff:
        text = "".join(difference(changes))
        sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
    else:
        apply(changes, study.folder)
        write(*(_line(change, plan, study) for change in changes))
    write(*plan.messages, stderr=True)
    if plan.gone:
        write("said no more:", *(indented(str(one), 2) for one in plan.gone), stderr=True)
    if plan.left:
        write("left as it is:", *(indented(str(one), 2) for one in plan.left), stderr=True)
    would = f"{shown_path(study.folder)}: " if shown_path(study.folder) != "." else ""
    places = f"{counted(len(plan.edits), 'place')} in {counted(len(changes), 'file')}"
    write(f"{would}{'would be changed: ' if diff else ''}{what}: {places}", stderr=diff)
    if not diff:
        steps = [("check", "checks notes and model")]
        if any(map(_has_origins, changes)):
            steps.append(("notes build", "renews the digests of the statements that it built"))
        if study.modules:
            steps.append(("render --prune", "draws the figures again, and removes those of the old name"))
            steps.append(("report", "writes the reports again"))
        else:
            steps.append(("notes build", "writes what the notes say into modules"))
        write(next_commands(study.folder, *steps), stderr=True)
    return 0


def _has_origins(change: "Change") -> bool:
    """Whether a module has statements that a build made, which know an edit of theirs by its digest."""
    from codeable.notes.build.origin import origin_in

    lines = change.text.splitlines() if change.path.endswith(".py") else ()
    return any(origin_in(line[line.find("#") :]) is not None for line in lines if "#" in line)


def _line(change: "Change", plan: "RenamePlan", study: "NamedStudy") -> str:
    edits = sum(str(study.folder / change.path) == edit.path for edit in plan.edits)
    return f"{change.path}  {counted(edits, 'place')}"
