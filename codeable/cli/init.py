"""`codeable init`: start a study, with an empty note or from the field notes that are there."""

from collections.abc import Mapping
from pathlib import Path

import click

from codeable.cli.notes_build import build_command
from codeable.errors import CodeableError, reason_of
from codeable.files import write_together
from codeable.notes import FieldNote, read_note
from codeable.notes.files import note_files_of_study
from codeable.notes.new_study import check_free, files_of_new_study
from codeable.settings import Settings, has_settings
from codeable.study_option import NonEmptyPath, next_commands
from codeable.terminal import write


@click.command("init")
@click.argument("folder", type=NonEmptyPath(), default=Path(), metavar="[DIR]")
@click.pass_context
def init_command(context: click.Context, folder: Path) -> int:
    """Start a study in DIR (by default, this folder).

    Where DIR holds field notes, the study is built from them. Elsewhere it starts with an empty note, which
    `codeable notes new` copies for each source. The settings are in pyproject.toml. Nothing that is there is
    overwritten.
    """
    try:
        root = folder.expanduser().resolve()
        check_free(root)
        notes = _notes_in(root)
    except (OSError, RuntimeError) as error:
        message = f"a study cannot be started in {folder}: {reason_of(error)}"
        raise CodeableError(message, exit_status=2) from error
    files = files_of_new_study(root, notes)
    _write(root, files)
    write(f"Started a study in {root}:", *(f"  {name}" for name in files))
    coded = [Path(note.path) for note in notes if note.identifier is not None and not note.is_template]
    if coded:
        write("")
        return int(context.invoke(build_command, paths=tuple(coded), study=root) or 0)
    write(
        next_commands(
            root,
            ("notes new s1", "begins the note of the first source; --url and --title fill it in"),
            ("notes build", "writes the modules from the notes, once they are coded"),
        )
    )
    return 0


def _notes_in(root: Path) -> list[FieldNote]:
    """The field notes below a folder, also empty ones, without other pages and notes of other studies."""
    found = note_files_of_study(root, Settings(notes=(".",))) if root.is_dir() else ()
    within = {path.parent for path in found}
    others = [folder for folder in within if _is_in_study(folder, root)]
    notes = (read_note(path) for path in found if path.parent not in others)
    return [note for note in notes if note.heading is not None]


def _is_in_study(folder: Path, root: Path) -> bool:
    """Whether a folder belongs to a study below the root."""
    between = [folder, *folder.parents]
    return any(has_settings(each) for each in between[: between.index(root)])


def _write(root: Path, files: Mapping[str, str]) -> None:
    """Write all of the files, or none of them.

    Raises:
        CodeableError: One of them cannot be written.
    """
    try:
        write_together({root / name: text.encode("utf-8") for name, text in files.items()})
    except OSError as error:
        raise CodeableError(f"the study cannot be written into {root}: {reason_of(error)}") from error
