"""`codeable check`: compare field notes and modules, tell what is wrong in either, mend what is certain."""

import sys
from pathlib import Path

import click

from codeable.checks import RULES, SILENCE_CODES, Report, check, configuration
from codeable.checks.fixes import FixedFile, difference, mended_files, write_mended
from codeable.checks.formats import FORMATS
from codeable.checks.modules import lines_of
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading import LoadedStudy, is_study, load_folder
from codeable.notes import FieldNote, read
from codeable.notes.files import note_files_in, note_files_of_study
from codeable.text import printable

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
        told = [(rule.code, rule.severity, f"{rule.name}: {rule.summary}") for rule in RULES]
        told += [(code, "warning", text) for code, text in SILENCE_CODES.items()]
        click.echo("\n".join(f"{code}  {severity:<7}  {text}" for code, severity, text in sorted(told)))
        return 0
    loaded, notes = _what(paths)
    table = loaded.settings.check if loaded is not None else {}
    selected = configuration(table, RULES, SILENCE_CODES, select, ignore)
    report = check(notes, loaded, selected)
    if diff:
        _show_difference(mended_files(report.findings, report.renames, report.texts))
    else:
        if fix:
            files = mended_files(report.findings, report.renames, report.texts)
            _mend(files, form)
            if files:
                loaded = load_folder(loaded.folder) if loaded is not None else None
                notes = [read(note.path) for note in notes]
                report = check(notes, loaded, selected)
        _tell(report, form, len(notes), len(loaded.files) if loaded is not None else None)
    return 1 if report.errors else 0


def _what(paths: tuple[Path, ...]) -> tuple[LoadedStudy | None, list[FieldNote]]:
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
        files = note_files_of_study(loaded.folder, loaded.settings)
    else:
        files = note_files_in(paths)
    return loaded, [read(path) for path in files]


def _show_difference(files: list[FixedFile]) -> None:
    text = difference(files)
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)


def _mend(files: list[FixedFile], form: str) -> None:
    """Write the mended files, and say so where that is not in the way of a program."""
    write_mended(files)
    told = [f"{shown_path(file.path)}: {_count(file.edits, 'change')}" for file in files]
    click.echo(printable("\n".join(told) or "nothing to mend"), err=form != "text")


def _tell(report: Report, form: str, notes: int, modules: int | None) -> None:
    lines = {file: lines_of(text) for file, text in report.texts.items()} if form == "text" else {}
    sys.stdout.write(FORMATS[form](report.findings, lines))
    if form == "text":
        warnings = len(report.findings) - report.errors
        looked_at = _count(notes, "note")
        if modules is not None:
            looked_at += f" and {_count(modules, 'module')}"
        click.echo(f"{_count(report.errors, 'error')}, {_count(warnings, 'warning')} in {looked_at}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
