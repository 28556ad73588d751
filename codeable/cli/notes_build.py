"""`codeable notes build`: write a study from field notes, and report what became of it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel.place import shown_place
from codeable.loading import existing_folder
from codeable.notes.files import note_files_in
from codeable.settings import is_study
from codeable.study_option import NonEmptyPath, next_commands, study_folder, study_option
from codeable.terminal import indented, write
from codeable.text import counted, printable
from codeable.watch import run_and_watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from codeable.notes import FieldNote
    from codeable.notes.build import Build, Change

_DONE = {"new": "written", "changed": "changed", "removed": "removed: no note states anything in it any more"}


@click.command("build", short_help="Build a study from field notes.")
@click.argument("paths", nargs=-1, type=NonEmptyPath(), metavar="[NOTES…]")
@study_option
@click.option("--out", type=NonEmptyPath(), metavar="DIR", help="Folder of a new study, instead of --study.")
@click.option(
    "--force", is_flag=True, help="Also change what was edited by hand; the file is kept beside as *.bak."
)
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--watch", is_flag=True, help="Build again after each saved file, until interrupted.")
def build_command(
    paths: tuple[Path, ...],
    study: Path | None,
    out: Path | None = None,
    force: bool = False,
    diff: bool = False,
    watch: bool = False,
) -> int:
    """Build a study from field notes: modules in the order and wording of the traces.

    NOTES are files or folders of notes; without them, and besides them, the notes of the study count. One
    module per decision and one for what belongs to none go to models/, one per source to sources/. In modules
    that are there, new statements are added and statements that nobody edited are changed; what was edited by
    hand stays. The study is loaded before anything is written.

    Exits with 1 when something in the notes was left out, with 0 otherwise.
    """
    folder = _target(study, out, paths)
    if not watch:
        return _build(paths, folder, force, diff)
    if diff or force:
        raise CodeableError(
            "--watch builds again and again; give it without --diff and --force", exit_status=2
        )
    return run_and_watch(
        folder,
        lambda: _build_again(paths, folder),
        more=lambda _: [Path(note.path) for note in _notes(paths, folder)],
    )


def _target(study: Path | None, out: Path | None, paths: tuple[Path, ...]) -> Path:
    """The folder that is written into."""
    if study is not None and out is not None:
        raise CodeableError("--out makes a new study, --study names one; give one of them", exit_status=2)
    if out is not None:
        if out.exists() and not out.is_dir():
            raise CodeableError(f"--out names a folder, but {out} is a file", exit_status=2)
        return out
    named = [path for path in paths if path.is_dir() and is_study(path)]
    folder = study_folder(study) if study is not None or len(named) != 1 else named[0]
    existing_folder(folder)
    if not is_study(folder) and not (folder / "sources").is_dir():
        where = shown_path(folder.resolve())
        raise CodeableError(
            f"there is no study in {where}; `codeable init` starts one there, --out DIR makes a new one",
            exit_status=2,
        )
    return folder


def _notes(paths: tuple[Path, ...], folder: Path) -> "Sequence[FieldNote]":
    from codeable.notes.build.notes_entry import notes_with

    return notes_with(note_files_in(path for path in paths if path.resolve() != folder.resolve()), folder)


def _build_again(paths: tuple[Path, ...], folder: Path) -> list[Path]:
    """Build, and give the files that were written."""
    written: list[Path] = []
    _build(paths, folder, force=False, diff=False, written=written)
    return written


def _build(
    paths: tuple[Path, ...], folder: Path, force: bool, diff: bool, *, written: list[Path] | None = None
) -> int:
    from codeable.notes.build import apply, build, difference

    notes = _notes(paths, folder)
    built = build(notes, folder, force=force)
    if not built.sources:
        reasons = "".join(f"\n  {one.what}: {one.reason}" for one in built.left_out if one.kind == "note")
        raise CodeableError(
            f"no field note of a source is there{f':{reasons}' if reasons else ''}"
            f"{'' if reasons else '; `codeable notes new s1` begins one'}"
        )
    if diff:
        text = "".join(difference(built.changes))
        sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
        write(_would(built), stderr=True)
        return 1 if built.left_out else 0
    made = apply(built.changes, folder)
    if written is not None:
        written += [folder / change.path for change in made]
    write(*_files(made), *_kept(built))
    if built.left_out:
        _write_losses(built, notes, folder)
    write(_summary(built, made, folder))
    if written is not None:
        return 1 if built.left_out else 0
    steps = [
        ("render", "draws its figures into diagrams/"),
        ("report", "writes what a paper needs into reports/"),
        ("list", "lists what it declares"),
    ]
    if built.left_out:
        steps = [("check", "checks the notes again, once they are corrected"), *steps[:1]]
    write(next_commands(folder, *steps), stderr=True)
    return 1 if built.left_out else 0


def _would(built: "Build") -> str:
    """What `--diff` shows, in a line."""
    files = counted(len(built.changes), "file") if built.changes else "nothing"
    lost = f"; {counted(len(built.left_out), 'statement')} left out, see `codeable check`"
    return f"{files} would change" + (lost if built.left_out else "")


def _files(made: "Sequence[Change]") -> "Iterator[RenderableType]":
    """The files that were written."""
    for change in made:
        kept = f"; as it was: {change.path}.bak" if change.overwrites else ""
        yield f"{change.path}  {_DONE[change.state]}{kept}"


def _kept(built: "Build") -> "Iterator[RenderableType]":
    """What stays although the notes say something else, and names that were given by hand."""
    if built.kept:
        yield "\nmade or edited by hand, kept (--force takes what the notes say):"
    for one in built.kept:
        yield indented(f"{one.place}: {one.reason}", 2)
    if built.renames:
        yield "\nrenamed by hand; so that the notes may keep the old name, add to pyproject.toml:"
        yield indented("[tool.codeable.renames]", 2)
        for old, new in built.renames.items():
            yield indented(f'{old} = "{new}"', 2)


def _write_losses(built: "Build", notes: "Sequence[FieldNote]", folder: Path) -> None:
    """What was left out, as `codeable check` reports it: each at its cause."""
    from attrs import evolve

    from codeable.checks import check
    from codeable.cli.diagnostics_output import write_report
    from codeable.loading import load_folder

    report = check(notes, load_folder(folder, pass_closed=True))
    costly = tuple(one for one in report.diagnostics if one.loses)
    reported = {(one.span, one.what) for each in costly for one in each.loses}
    others = [one for one in built.left_out if (one.span, one.what) not in reported]
    write("")
    write_report(evolve(report, diagnostics=costly, renames=()))
    write(*(f"{shown_place(one.span)}: {one.what}: left out: {one.reason}" for one in others))


def _summary(built: "Build", made: "Sequence[Change]", folder: Path) -> str:
    sources = counted(built.sources, "source")
    decisions = f", {counted(built.decisions, 'decision')}" if built.decisions else ""
    files = f"{counted(len(made), 'file')} written, {built.unchanged} unchanged"
    lost = f"; {counted(len(built.left_out), 'statement')} left out" if built.left_out else ""
    where = shown_path(folder.resolve())
    return f"{'' if where == '.' else f'{where}: '}{sources}{decisions}; {files}{lost}"
