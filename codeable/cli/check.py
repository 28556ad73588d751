"""`codeable check`: compare field notes and modules, tell what is wrong in either, mend what is certain."""

import sys
from pathlib import Path

import click

from codeable.checks import RULES, SILENCE_CODES, Configuration, Report, check, configuration
from codeable.checks.fixes import MendedFile, difference, mended_files, write_mended
from codeable.checks.formats import FORMATS
from codeable.checks.modules import lines_of
from codeable.errors import CodeableError
from codeable.loading import LoadedStudy, is_study, load_folder
from codeable.notes import FieldNote, read
from codeable.notes.files import note_files_in, note_files_of_study

__all__ = ["check_command"]


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[STUDY | NOTES…]")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", help="How findings are told."
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these rules: C204, or C2 for a group.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these rules.")
@click.option("--fix", is_flag=True, help="Mend what cannot be mended wrongly, in notes and modules.")
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
        click.echo(
            "\n".join(f"{rule.code}  {rule.severity:<7}  {rule.name}: {rule.summary}" for rule in RULES)
        )
        return 0
    loaded, notes = _what(paths)
    table = loaded.settings.check if loaded is not None else {}
    selected = configuration(table, RULES, SILENCE_CODES, select, ignore)
    report = check(notes, loaded, selected)
    if fix or diff:
        return _mend(report, notes, loaded, selected, write=fix and not diff)
    _tell(report, form, notes, loaded)
    return 1 if report.errors else 0


def _what(paths: tuple[Path, ...]) -> tuple[LoadedStudy | None, list[FieldNote]]:
    """The study and the notes that the command line names."""
    studies = [path for path in paths if path.is_dir() and is_study(path)]
    if not paths:
        studies = [Path()]
    if len(studies) > 1:
        raise CodeableError("one study at a time: name one folder that holds a study", exit_status=2)
    others = [path for path in paths if path not in studies]
    loaded = load_folder(studies[0]) if studies else None
    if loaded is not None and others:
        files = note_files_in(others)
    elif loaded is not None:
        files = note_files_of_study(loaded.folder, loaded.settings)
    else:
        files = note_files_in(paths)
    return loaded, [read(path) for path in files]


def _tell(report: Report, form: str, notes: list[FieldNote], loaded: LoadedStudy | None) -> None:
    lines = {file: lines_of(text) for file, text in report.texts.items()} if form == "text" else {}
    sys.stdout.write(FORMATS[form](report.findings, lines))
    if form == "text":
        warnings = len(report.findings) - report.errors
        looked_at = _count(len(notes), "note")
        if loaded is not None:
            looked_at += f" and {_count(len(loaded.files), 'module')}"
        click.echo(f"{_count(report.errors, 'error')}, {_count(warnings, 'warning')} in {looked_at}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _mend(
    report: Report,
    notes: list[FieldNote],
    loaded: LoadedStudy | None,
    selected: Configuration,
    *,
    write: bool,
) -> int:
    files = mended_files(report.findings, report.renames)
    if not write:
        sys.stdout.write(difference(files))
        return 0
    write_mended(files)
    for file in files:
        click.echo(f"{file.path}: {_count(file.edits, 'change')}")
    if not files:
        click.echo("nothing to mend")
    return _rest(files, notes, loaded, selected)


def _rest(
    files: list[MendedFile], notes: list[FieldNote], loaded: LoadedStudy | None, selected: Configuration
) -> int:
    """Tell what is left after mending."""
    if files:
        loaded = load_folder(loaded.folder) if loaded is not None else None
        notes = [read(Path(note.path)) for note in notes]
    report = check(notes, loaded, selected)
    _tell(report, "text", notes, loaded)
    return 1 if report.errors else 0
