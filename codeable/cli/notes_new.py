"""`codeable notes new`: write an empty field note in the study's own manner."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from codeable.errors import CodeableError, reason_of
from codeable.files import shown_path, write_text_whole
from codeable.loading import existing_folder, load_folder
from codeable.notes import FieldNote, read_text
from codeable.notes.build.notes_entry import toml_text
from codeable.notes.files import note_files_of_study
from codeable.notes.known_metadata import known_metadata, usual_metadata
from codeable.notes.new_note import FORM, new_note, note_identifier
from codeable.notes.note_places import form_of_study, notes_so_far, place_of_new_notes
from codeable.registry import Registry
from codeable.settings import Settings, is_study, read_settings
from codeable.study_option import next_commands, study_folder, study_option, utf_8
from codeable.terminal import write
from codeable.text import did_you_mean

_YES_NO = click.Choice(["yes", "no"])


@click.command("new", short_help="Begin a field note.")
@click.argument("name", callback=utf_8)
@study_option
@click.option("--url", default="", callback=utf_8, help="Address of the source.")
@click.option("--tiny-url", default="", callback=utf_8, help="Its short address.")
@click.option("--archive-url", default="", callback=utf_8, help="Its address in an archive.")
@click.option("--title", default="", callback=utf_8, help="Its title.")
@click.option(
    "--source-type", default="", callback=utf_8, help="What it is, such as 'Practitioner Audience Article'."
)
@click.option("--author-type", default="", callback=utf_8, help="Who wrote it, such as 'Practitioner'.")
@click.option("--example", type=_YES_NO, default=None, help="Whether it has an example.")
@click.option("--source-code", type=_YES_NO, default=None, help="Whether it has source code.")
@click.option("--references", default="", callback=utf_8, help="What it refers to.")
@click.option(
    "--coder", metavar="NAME", help="Who codes it, where the settings have a folder for each coder."
)
def new_command(name: str, study: Path | None, coder: str | None, **metadata: str | None) -> None:
    """Begin a field note about a source (s45) or an interview (p7).

    The note is a copy of the study's empty note (its heading has no number), with the number and the metadata
    filled in; a study without one gets the usual headings. The metadata of a source that the model declares
    or that another coder has a note about are copied. It is written beside the other notes.
    """
    folder = study_folder(study)
    existing_folder(folder)
    if not is_study(folder):
        raise CodeableError(
            f"there is no study in {shown_path(folder.resolve())}; `codeable init` starts one", exit_status=2
        )
    kind, number = note_identifier(name)
    settings = read_settings(folder)
    place = _folder_of_coder(coder, folder, settings)
    notes = notes_so_far(folder, settings)
    _check_new(f"{kind}{number}", coder, notes)
    own = form_of_study(kind, notes, place)
    form = own if own is not None else read_text(FORM)
    given = {field.replace("_", " "): value for field, value in metadata.items() if value}
    display_name, known = known_metadata(f"{kind}{number}", notes, _registry(folder), form)
    text = new_note(form, kind, number, {**usual_metadata(kind, form), **known, **given}, display_name)
    path = place_of_new_notes(kind, notes, folder, settings, place).path(kind, number)
    _write(path, text)
    shown = shown_path(path.resolve())
    write(f"{shown}  written")
    if path.resolve() not in [each.resolve() for each in note_files_of_study(folder, settings)]:
        write(f"the setting `notes` does not name {shown}; add it", stderr=True)
    write(
        next_commands(
            folder,
            ("check", "checks it, once it is coded"),
            ("notes build", "writes the modules from the notes"),
        )
    )


def _folder_of_coder(coder: str | None, folder: Path, settings: Settings) -> Path | None:
    if coder is None:
        return None
    if coder not in settings.coders:
        near = did_you_mean(coder, settings.coders)
        way_out = near or f"; add one, such as {toml_text(coder)} = {toml_text(f'notes/{coder}')}"
        raise CodeableError(
            f"[tool.codeable.coders] names no folder for the coder {coder!r}{way_out}", exit_status=2
        )
    return folder / settings.coders[coder]


def _check_new(identifier: str, coder: str | None, notes: Iterable[FieldNote]) -> None:
    for note in notes:
        if note.identifier == identifier and (coder is None or note.coder in (coder, None)):
            hint = "; --coder NAME begins another coder's" if note.coder is not None else ""
            raise CodeableError(
                f"there is a note about {identifier}: {shown_path(note.path)}{hint}", exit_status=2
            )


def _registry(folder: Path) -> Registry | None:
    try:
        return load_folder(folder)
    except CodeableError:
        return None  # a note can be begun while a module has an error


def _write(path: Path, text: str) -> None:
    if os.path.lexists(path):
        raise CodeableError(f"{shown_path(path)} is there already; nothing was written", exit_status=2)
    try:
        write_text_whole(path, text)
    except OSError as error:
        raise CodeableError(f"{shown_path(path)} cannot be written: {reason_of(error)}") from error
