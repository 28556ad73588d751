"""`codeable check`: compare field notes and modules, report what is wrong in either, apply safe fixes."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codeable.checks import RULES, SUPPRESSION_CODES, Report, check
from codeable.checks.fixes import FixedFile, difference, fixed_files, write_fixes
from codeable.checks.formats import FORMATS, MARGIN, as_text
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading import load_folder
from codeable.notes import FieldNote, read_note
from codeable.notes.files import note_files_in, notes_of_study
from codeable.registry import Registry
from codeable.study_option import NonEmptyPath, study_and_paths, study_option
from codeable.terminal import aligned, console, indented, plain, write
from codeable.text import counted, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

_HEAD = re.compile(r".*?:\d+:\d+: (error|warning) C\d+")
"""The start of the first line of a diagnostic."""


@click.command("check")
@click.argument("paths", nargs=-1, type=NonEmptyPath(), metavar="[NOTES…]")
@study_option
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", help="Format of the diagnostics."
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these rules: C204, or C2 for a group.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these rules.")
@click.option("--fix", is_flag=True, help="Apply safe fixes, in notes and modules.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules and end.")
def check_command(
    paths: tuple[Path, ...],
    study: Path | None,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    diff: bool,
    list_rules: bool,
) -> int:
    """Check field notes, and the model against them.

    NOTES are files or folders of notes. Without --study they are checked on their own; a folder among them
    with models/ or [tool.codeable] settings means --study. Without NOTES, the study is checked with all of
    its notes. Exits with 1 when there is an error.
    """
    if list_rules:
        rows = [(rule.code, rule.severity, f"{rule.name}: {rule.summary}") for rule in RULES]
        rows += [(code, "warning", text) for code, text in SUPPRESSION_CODES.items()]
        write(aligned(sorted(rows), indent=0))
        return 0
    loaded, notes = _read(*study_and_paths(study, paths))
    report = check(notes, loaded, select=select, ignore=ignore)
    if diff:
        _show_difference(fixed_files(report))
    else:
        if fix:
            files = fixed_files(report)
            _fix(files, form)
            if files:
                loaded = load_folder(loaded.folder_for("check")) if loaded is not None else None
                notes = [read_note(note.path) for note in notes]
                report = check(notes, loaded, select=select, ignore=ignore)
        _write(report, form, len(notes), len(loaded.files) if loaded is not None else None)
    return 1 if report.errors else 0


def _read(folder: Path | None, paths: list[Path]) -> tuple[Registry | None, list[FieldNote]]:
    """The study, and the notes that are compared with it: those that are named, or its own."""
    modules = [path for path in paths if path.suffix == ".py" and path.is_file()]
    if modules:
        raise CodeableError(
            f"{modules[0]} is a module, no field note; name the folder of its study", exit_status=2
        )
    registry = load_folder(folder) if folder is not None else None
    if registry is not None and not paths:
        return registry, list(notes_of_study(registry.folder_for("check"), registry.settings))
    return registry, [read_note(path) for path in note_files_in(paths)]


def _show_difference(files: list[FixedFile]) -> None:
    text = difference(files)
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)


def _fix(files: list[FixedFile], form: str) -> None:
    """Write the fixed files, and report them where that does not disturb a program that reads the output."""
    write_fixes(files)
    lines = [f"{shown_path(file.path)}: {counted(file.edits, 'change')}" for file in files]
    write(*(lines or ["nothing to fix"]), stderr=form != "text")


def _laid_out(line: str) -> "RenderableType":
    """A line of the report for a terminal: the severity and the code of a rule stand out.

    A long line is wrapped with a hanging indent; the line that a diagnostic is about is as wide as it fits.
    """
    text = plain(line)
    if line.startswith(MARGIN):
        return text
    found = _HEAD.match(line)
    if found is not None:
        text.stylize("bold red" if found[1] == "error" else "bold yellow", found.start(1), found.end())
    indent = len(line) - len(line.lstrip(" "))
    return indented(text[indent:], indent, hanging=4 if found is not None else 2)


def _write(report: Report, form: str, notes: int, modules: int | None) -> None:
    if form == "text" and sys.stdout.isatty():
        write(*map(_laid_out, as_text(report, console().width).splitlines()))
    else:
        sys.stdout.write(FORMATS[form](report))
    if form == "text":
        errors = counted(report.errors, "error")
        warnings = counted(len(report.diagnostics) - report.errors, "warning")
        checked = [counted(notes, "note"), *([] if modules is None else [counted(modules, "module")])]
        write(f"{errors}, {warnings} in {' and '.join(checked)}")
