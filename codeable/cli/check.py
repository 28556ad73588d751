"""`codeable check`: compare field notes and modules, report what is wrong in either, apply safe fixes."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from attrs import frozen

from codeable.checks import ALL_RULES, Report, check, check_conflicts
from codeable.checks.choice import chosen
from codeable.checks.fixes import FixedFile, difference, fixed_files, write_fixes
from codeable.checks.formats import FORMATS, summary
from codeable.cli.diagnostics_output import steps_after_check, write_report
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.loading import StudyModuleError, existing_folder, load_folder, module_files
from codeable.notes import FieldNote
from codeable.notes.files import note_files_in, note_files_of_study, notes_of_study, read_notes
from codeable.registry import Registry
from codeable.settings import read_settings
from codeable.study_option import NonEmptyPath, next_commands, study_and_paths, study_option
from codeable.terminal import aligned, write, write_for_programs
from codeable.text import counted, printable
from codeable.watch import run_and_watch


@frozen
class _Job:
    """What a command line asks for."""

    study: Path | None
    paths: list[Path]
    form: str
    choose: Callable[[Report], Report]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fix: bool
    diff: bool
    whole: bool
    unfold: bool
    watch: bool


@click.command("check")
@click.argument("paths", nargs=-1, type=NonEmptyPath(), metavar="[NOTES…]")
@study_option
@click.option("--errors", is_flag=True, help="Only errors, and what costs something of the model.")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only this rule: its code or its name.")
@click.option("--note", "notes", multiple=True, metavar="NOTE", help="Only this note: s44, or its file.")
@click.option("--all", "unfold", is_flag=True, help="Show equal diagnostics one by one, and all of them.")
@click.option("--fix", is_flag=True, help="Apply safe fixes, in notes and modules.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--watch", is_flag=True, help="Check again after each saved file, until interrupted.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *FORMATS]),
    default="text",
    help="Format of the diagnostics.",
)
@click.option(
    "--select", multiple=True, metavar="CODES", help="Run only these rules: C204, or C2 for a group."
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Do not run these rules.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules and end.")
def check_command(
    paths: tuple[Path, ...],
    study: Path | None,
    errors: bool,
    rules: tuple[str, ...],
    notes: tuple[str, ...],
    watch: bool,
    list_rules: bool,
    **given: object,
) -> int:
    """Check field notes, and the model against them.

    NOTES are files or folders of notes. Without --study they are checked on their own; a folder among them
    with models/ or [tool.codeable] settings means --study. Without NOTES, the study is checked with all of
    its notes.

    Exits with 1 when an error or a loss is shown, with 0 otherwise, and with 2 for wrong usage.
    """
    if list_rules:
        write(
            aligned(
                [(rule.code, rule.severity, f"{rule.name}: {rule.summary}") for rule in ALL_RULES], indent=0
            )
        )
        return 0
    folder, named = study_and_paths(study, paths)
    _refuse_modules(named)
    job = _Job(
        folder,
        named,
        choose=lambda report: chosen(report, errors=errors, rules=rules, notes=notes),
        whole=bool(rules or notes),
        watch=watch,
        **given,  # type: ignore[arg-type]
    )
    if not watch:
        return _run(job, written=[])
    if job.form != "text" or job.diff:
        raise CodeableError("--watch shows text; give it without --format and --diff", exit_status=2)
    return run_and_watch(
        folder or Path(),
        lambda: _run_again(job),
        more=lambda settings: note_files_of_study(folder, settings) if folder else note_files_in(named),
    )


def _run_again(job: _Job) -> list[Path]:
    """Check, and give the files that fixes were written to."""
    if sys.stdout.isatty():
        click.clear()
    written: list[Path] = []
    _run(job, written)
    return written


def _run(job: _Job, written: list[Path]) -> int:
    try:
        loaded, notes = _read(job.study, job.paths)
    except StudyModuleError as error:
        return _run_unloaded(job, error)
    report = _check(job, loaded, notes)
    if job.diff:
        _show_difference(fixed_files(report))
        return 1 if report.failed else 0
    if job.fix:
        files = fixed_files(report)
        _fix(files, job.form)
        if files:
            written += [Path(file.path) for file in files]
            loaded, notes = _read(job.study, job.paths)
            report = _check(job, loaded, notes)
    if job.form in FORMATS:
        return _write_for_programs(report, job.form)
    checked_notes = [note for note in notes if not note.is_template]
    is_part = job.whole or (loaded is None and len(checked_notes) == 1)
    write_report(report, whole=is_part, unfold=job.unfold)
    checked = [counted(len(checked_notes), "note")]
    modules = len(loaded.files) if loaded is not None else None
    checked += [counted(modules, "module")] if modules is not None else []
    write(f"{summary(report)} in {' and '.join(checked)}")
    if job.watch:
        return 1 if report.failed else 0
    steps = steps_after_check(report, job.paths, notes=len(checked_notes), modules=modules, whole=is_part)
    write(next_commands(job.study or Path(), *steps), stderr=True)
    return 1 if report.failed else 0


def _run_unloaded(job: _Job, error: StudyModuleError) -> int:
    """Report the merge conflicts of a study that does not load; where there are none, raise its error."""
    folder = existing_folder(job.study or Path())
    settings = read_settings(folder)
    notes = notes_of_study(folder, settings)
    report = check_conflicts(notes, module_files(folder, settings, pass_closed=True))
    if not report.diagnostics:
        raise error
    if job.form in FORMATS:
        return _write_for_programs(report, job.form)
    write_report(report, whole=True)
    write(summary(report))
    return 1


def _write_for_programs(report: Report, form: str) -> int:
    write_for_programs(FORMATS[form](report))
    return 1 if report.failed else 0


def _check(job: _Job, loaded: Registry | None, notes: list[FieldNote]) -> Report:
    return job.choose(check(notes, loaded, select=job.select, ignore=job.ignore))


def _refuse_modules(paths: list[Path]) -> None:
    modules = [path for path in paths if path.suffix == ".py" and path.is_file()]
    if modules:
        raise CodeableError(
            f"{modules[0]} is a module, no field note; name the folder of its study", exit_status=2
        )


def _read(folder: Path | None, paths: list[Path]) -> tuple[Registry | None, list[FieldNote]]:
    """The study, and the notes that are compared with it: those that are named, or its own."""
    registry = load_folder(folder, pass_closed=not paths) if folder is not None else None
    if registry is not None and not paths:
        return registry, list(notes_of_study(registry.folder_for("check"), registry.settings))
    return registry, list(read_notes(note_files_in(paths)))


def _show_difference(files: list[FixedFile]) -> None:
    text = difference(files)
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)


def _fix(files: list[FixedFile], form: str) -> None:
    """Write the fixed files, and report them where that does not disturb a program that reads the output."""
    write_fixes(files)
    lines = [f"{shown_path(file.path)}: {counted(file.edits, 'change')}" for file in files]
    write(*(lines or ["nothing to fix"]), stderr=form != "text")
