"""`codeable init`: start a study, with an empty note or from the field notes that are there."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from codeable.cli.notes_build import build_command
from codeable.errors import CodeableError, reason_of
from codeable.files import write_together
from codeable.notes import FieldNote, read_note
from codeable.notes.files import note_files_of_study
from codeable.notes.new_note import FORM
from codeable.settings import SETTINGS_FILE, Settings, has_settings
from codeable.study_option import NonEmptyPath, next_commands
from codeable.terminal import write
from codeable.text import slug

_SETTINGS = """\
[project]
name = {name}
version = "0.1.0"

[tool.codeable]
models = ["models"]      # modules that declare decisions, practices, patterns and forces
sources = ["sources"]    # modules that declare what was read, and which codes were found in it
output = "diagrams"      # where `codeable render` puts the figures
{notes}
# order = ["s1"]         # sources in the order of coding, where it is not s1, s2, s3, ...

# A figure of a paper, which `codeable render` draws, too:
# [tool.codeable.figures.storage]
# view = "storage_decision"
# style = "paper"
# width = "84mm"
# out = "paper/figures/storage.pdf"
"""

_FOLDERS = ("models", "sources", "diagrams")


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
        _check_free(root)
        notes = _notes_in(root)
    except (OSError, RuntimeError) as error:
        message = f"a study cannot be started in {folder}: {reason_of(error)}"
        raise CodeableError(message, exit_status=2) from error
    files = _files(root, notes)
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


def _files(root: Path, notes: Sequence[FieldNote]) -> Mapping[str, str]:
    """What is written; settings only where there is no file for them, since the defaults do otherwise."""
    files = {"models/.gitkeep": "", "diagrams/.gitkeep": ""}
    if not notes:
        files["sources/s_.md"] = FORM
    if not os.path.lexists(root / SETTINGS_FILE):
        name = json.dumps(slug(root.name).replace("_", "-"))
        files[SETTINGS_FILE] = _SETTINGS.format(name=name, notes=_notes_setting(root, notes))
    return files


def _notes_setting(root: Path, notes: Sequence[FieldNote]) -> str:
    """The line of the settings that says where the notes are: nothing new where all are in sources/."""
    paths = [Path(note.path).relative_to(root) for note in notes]
    folders = {path.parts[0] for path in paths if len(path.parts) > 1}
    files = {path.name for path in paths if len(path.parts) == 1}
    if files and files == {path.name for path in note_files_of_study(root, Settings(notes=("*.md",)))}:
        files = {"*.md"}
    if not files and folders <= {"sources"}:
        return '# notes = ["notes"]      # where the field notes are, when they are not in sources/'
    return f"notes = {json.dumps([*sorted(folders), *sorted(files)], ensure_ascii=False)}"


def _write(root: Path, files: Mapping[str, str]) -> None:
    """Write all of the files, or none of them.

    Raises:
        CodeableError: One of them cannot be written.
    """
    try:
        write_together({root / name: text.encode("utf-8") for name, text in files.items()})
    except OSError as error:
        raise CodeableError(f"the study cannot be written into {root}: {reason_of(error)}") from error


def _check_free(root: Path) -> None:
    """Refuse a folder in which something would be overwritten or mixed up.

    Raises:
        CodeableError: It is a file, holds a study already, or holds one of the folders that would be made.
    """
    blocking = next((part for part in (root, *root.parents) if part.exists() and not part.is_dir()), None)
    if blocking is not None:
        raise CodeableError(f"{blocking} is a file; a study is started in a folder", exit_status=2)
    if root.is_dir() and has_settings(root):
        raise CodeableError(
            f"{root} holds a study already: {SETTINGS_FILE} has [tool.codeable]; nothing was changed",
            exit_status=2,
        )
    if (root / SETTINGS_FILE).is_symlink() and not (root / SETTINGS_FILE).exists():
        raise CodeableError(f"{root / SETTINGS_FILE} is a link to a file that is not there", exit_status=2)
    taken = [name for name in _FOLDERS if os.path.lexists(root / name) and not _is_free(root / name)]
    if taken:
        listed = ", ".join(f"{name}/" if (root / name).is_dir() else name for name in taken)
        raise CodeableError(
            f"{root} has {listed} already, which a new study would need for itself; nothing was changed\n"
            "Start the study in another folder: codeable init DIR",
            exit_status=2,
        )


def _is_free(path: Path) -> bool:
    """Whether a folder of the study may be there already: sources/ with field notes, else an empty one."""
    if not path.is_dir():
        return False
    return next(path.rglob("*.py"), None) is None if path.name == "sources" else not any(path.iterdir())
