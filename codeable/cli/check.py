"""`codeable check`: compare field notes and modules, report what is wrong in either, apply safe fixes."""

import sys
from pathlib import Path

import click

from codeable import terminal
from codeable.checks import RULES, SUPPRESSION_CODES, Report, check
from codeable.checks.fixes import FixedFile, difference, fixed_files, write_fixes
from codeable.checks.formats import FORMATS, as_text
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading import is_study, load_folder
from codeable.notes import FieldNote, read
from codeable.notes.files import note_files_in, note_files_of_study
from codeable.registry import Registry
from codeable.text import counted, printable

__all__ = ["check_command"]


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[STUDY | NOTES…]")
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
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    diff: bool,
    list_rules: bool,
) -> int:
    """Check field notes, and the model against them.

    A folder that holds models/ or [tool.codeable] settings is a study, any other folder holds notes. With
    nothing named, the study in the current folder is checked. Exits with 1 when there is an error.
    """
    if list_rules:
        rows = [(rule.code, rule.severity, f"{rule.name}: {rule.summary}") for rule in RULES]
        rows += [(code, "warning", text) for code, text in SUPPRESSION_CODES.items()]
        click.echo("\n".join(f"{code}  {severity:<7}  {text}" for code, severity, text in sorted(rows)))
        return 0
    loaded, notes = _what(paths)
    report = check(notes, loaded, select=select, ignore=ignore)
    if diff:
        _show_difference(fixed_files(report))
    else:
        if fix:
            files = fixed_files(report)
            _fix(files, form)
            if files:
                loaded = load_folder(loaded.folder_for("check")) if loaded is not None else None
                notes = [read(note.path) for note in notes]
                report = check(notes, loaded, select=select, ignore=ignore)
        _write(report, form, len(notes), len(loaded.files) if loaded is not None else None)
    return 1 if report.errors else 0


def _what(paths: tuple[Path, ...]) -> tuple[Registry | None, list[FieldNote]]:
    """The study and the notes that the command line names."""
    studies = [path for path in paths if path.is_dir() and is_study(path)]
    if not paths:
        studies = [Path()]
    if len(studies) > 1:
        raise CodeableError("one study at a time: name one folder that holds a study", exit_status=2)
    others = [path for path in paths if path not in studies]
    modules = [path for path in others if path.suffix == ".py" and path.is_file()]
    if modules:
        raise CodeableError(
            f"{modules[0]} is a module, no field note; name the folder of its study", exit_status=2
        )
    loaded = load_folder(studies[0]) if studies else None
    if loaded is not None and others:
        files = note_files_in(others)
    elif loaded is not None:
        files = note_files_of_study(loaded.folder_for("check"), loaded.settings)
    else:
        files = note_files_in(paths)
    return loaded, [read(path) for path in files]


def _show_difference(files: list[FixedFile]) -> None:
    text = difference(files)
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)


def _fix(files: list[FixedFile], form: str) -> None:
    """Write the fixed files, and report them where that does not disturb a program that reads the output."""
    write_fixes(files)
    lines = [f"{shown_path(file.path)}: {counted(file.edits, 'change')}" for file in files]
    click.echo(printable("\n".join(lines) or "nothing to fix"), err=form != "text")


def _write(report: Report, form: str, notes: int, modules: int | None) -> None:
    if form == "text" and sys.stdout.isatty():
        terminal.write(*as_text(report, terminal.console().width).splitlines())
    else:
        sys.stdout.write(FORMATS[form](report))
    if form == "text":
        errors = counted(report.errors, "error")
        warnings = counted(len(report.diagnostics) - report.errors, "warning")
        checked = counted(notes, "note") + (
            f" and {counted(modules, 'module')}" if modules is not None else ""
        )
        click.echo(f"{errors}, {warnings} in {checked}")
