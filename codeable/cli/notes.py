"""`codeable notes`: list and show field notes, and build a study from them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from codeable.checks import Diagnostic
    from codeable.notes import FieldNote

__all__ = ["notes_command"]


@click.group("notes", context_settings={"help_option_names": ["-h", "--help"]})
def notes_command() -> None:
    """List and show field notes, and build a study from them."""


@notes_command.command("list")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[STUDY | NOTES…]")
def list_command(paths: tuple[Path, ...]) -> None:
    """List field notes: what each is about and how much it holds.

    With nothing named, the notes of the study in the current folder.
    """
    from codeable.cli.notes_text import listed

    click.echo(listed(_notes(paths)))


@notes_command.command("show")
@click.argument("name")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[STUDY | NOTES…]")
def show_command(name: str, paths: tuple[Path, ...]) -> None:
    """Show one field note: metadata, codes with their counts, traces, diagnostics.

    NAME is the source, such as s44, or the file of the note. It is looked for in the notes of the study in
    the current folder, unless other ones are named.
    """
    from codeable.cli.notes_text import shown
    from codeable.errors import CodeableError
    from codeable.loading import is_study
    from codeable.notes import read
    from codeable.text import did_you_mean

    if Path(name).is_file():
        file = Path(name).resolve()
        notes = _notes(paths) if paths or is_study(Path()) else []
        own = next((note for note in notes if Path(note.path).resolve() == file), None)
        note = own or read(name)
        diagnostics = _diagnostics(note, notes, paths) if own else _diagnostics(note, [note], (file,))
        click.echo(shown(note, diagnostics))
        return
    notes = _notes(paths)
    found = [note for note in notes if note.identifier == name]
    if not found:
        known = [note.identifier for note in notes if note.identifier]
        message = f"there is no field note about {name!r}{did_you_mean(name, known)}"
        raise CodeableError(f"{message}\n`codeable notes list` lists those there are", exit_status=2)
    if len(found) > 1:
        files = ", ".join(each.path for each in found)
        raise CodeableError(f"several notes are about {name!r}: {files}; name the file", exit_status=2)
    click.echo(shown(found[0], _diagnostics(found[0], notes, paths)))


@notes_command.command("build")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="NOTES…")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="STUDY", help="Its folder.")
@click.option("--force", is_flag=True, help="Also write over or beside files made by hand, or remove them.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
def build_command(paths: tuple[Path, ...], out: Path, force: bool, diff: bool) -> int:
    """Build a study from field notes: modules in the order and wording of the traces.

    One module per decision and one for what belongs to none go to models/, one per source to sources/. What
    the notes declare nowhere is listed and left out. A second run changes nothing; a file that was edited by
    hand stays as it is. Exits with 1 when the notes say something new about such a file.
    """
    from codeable.cli.build_text import report, told_elsewhere
    from codeable.errors import CodeableError
    from codeable.notes.build import apply, build, difference

    if out.exists() and not out.is_dir():
        raise CodeableError(f"--out names a folder, but {out} is a file", exit_status=2)
    built = build(_named(paths), out)
    if not built.sources:
        reasons = "".join(f"\n  {one.what}: {one.reason}" for one in built.left_out if one.kind == "note")
        raise CodeableError(f"none of the files is a field note of a source:{reasons}")
    if diff:
        sys.stdout.write("".join(difference(built.changes, force=force)))
        return 0
    if built.elsewhere and not force:
        raise CodeableError(told_elsewhere(built))
    made = apply(built.changes, out, force=force)
    click.echo(report(built, made, out))
    return 1 if any(change.state == "conflict" and change not in made for change in built.changes) else 0


def _diagnostics(note: "FieldNote", notes: "list[FieldNote]", paths: tuple[Path, ...]) -> "list[Diagnostic]":
    """What the checks find in a note, compared with the model where there is one that loads."""
    from codeable.checks import check
    from codeable.errors import CodeableError
    from codeable.loading import load_folder

    folder = _study(paths)
    try:
        loaded = load_folder(folder) if folder is not None else None
    except CodeableError:
        loaded = None
    return [one for one in check(notes, loaded).diagnostics if one.span.path == note.path]


def _notes(paths: tuple[Path, ...]) -> "list[FieldNote]":
    """The notes that are named: files, folders of notes, or the study whose notes they are."""
    from codeable.notes import read
    from codeable.notes.files import note_files_of_study
    from codeable.settings import read_settings

    folder = _study(paths)
    if folder is None:
        return _named(paths)
    return [read(path) for path in note_files_of_study(folder, read_settings(folder))]


def _study(paths: tuple[Path, ...]) -> Path | None:
    """The study that is named, by default the current folder; none when notes are named."""
    from codeable.loading import is_study

    if not paths:
        return Path()
    return paths[0] if len(paths) == 1 and paths[0].is_dir() and is_study(paths[0]) else None


def _named(paths: tuple[Path, ...]) -> "list[FieldNote]":
    from codeable.notes import read
    from codeable.notes.files import note_files_in

    return [read(path) for path in note_files_in(paths)]
