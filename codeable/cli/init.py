"""`codeable init`: start a study, ready to be drawn."""

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

import click

from codeable.errors import CodeableError, reason_of
from codeable.files import write_text_whole
from codeable.settings import SETTINGS_FILE, has_settings
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
# order = ["s1"]         # sources in the order of coding, where it is not s1, s2, s3, ...
"""

_MODEL = '''\
"""The first decision of the study: replace it by your own."""

from codeable.dsl import *

# A decision is a question; its display name is what figures and tables show.
communication_decision = CClass(decision, "How can the parts of the system communicate?")

# What practitioners do is a practice; a practice with an established name is a pattern.
event_streaming = CClass(practice, "Event Streaming")
pub_sub = CClass(pattern, "Pub/Sub")

# Options of the decision: the text says what choosing the solution means.
add_decision_option_link(communication_decision, event_streaming, "Messaging through events")
add_decision_option_link(communication_decision, pub_sub, "Use pub/sub to communicate new events")

# Forces, and how a solution acts on them: very_positive, positive, neutral, negative, very_negative.
loose_coupling = CClass(force, "Loose coupling")
add_force_relations({pub_sub: {loose_coupling: very_positive}})

# A relation between two solutions.
pub_sub_for_streaming = add_links(
    {event_streaming: pub_sub}, role_name="to", stereotype_instances=can_use
)[0]
'''

_SOURCE = '''\
"""The first source of the study: replace it by your own, one module for each source."""

from codeable.dsl import *
from models.communication import *

s1 = CClass(source, "s1", values={
    "title": "Title of the article",
    "url": "https://example.org/article",
    "author type": "Practitioner",
    "type": "Practitioner Audience Article",
    "example": True,
    "source code": False})

# The codes that were found in this source: decisions, practices, patterns, forces, relations.
add_links({s1: [
    communication_decision, event_streaming, pub_sub, loose_coupling,
]}, role_name="contained_code")
'''

_FOLDERS = ("models", "sources", "diagrams")


@click.command("init")
@click.argument("folder", type=NonEmptyPath(), default=Path(), metavar="[DIR]")
def init_command(folder: Path) -> None:
    """Start a study in DIR (by default, this folder).

    Makes the folders models/, sources/ and diagrams/, one commented decision and one source, and the settings
    in pyproject.toml. Nothing that is there is overwritten.
    """
    try:
        root = folder.expanduser().resolve()
        _check_free(root)
    except (OSError, RuntimeError) as error:
        message = f"a study cannot be started in {folder}: {reason_of(error)}"
        raise CodeableError(message, exit_status=2) from error
    files = _files(root)
    _write(root, files)
    write(f"Started a study in {root}:", *(f"  {name}" for name in files))
    write(
        next_commands(
            root, ("render", "draws its figures into diagrams/"), ("list", "lists what it declares")
        )
    )


def _files(root: Path) -> Mapping[str, str]:
    """What is written; settings only where there is no file for them, since the defaults do otherwise."""
    files = {"models/communication.py": _MODEL, "sources/s1.py": _SOURCE, "diagrams/.gitkeep": ""}
    if not os.path.lexists(root / SETTINGS_FILE):
        files[SETTINGS_FILE] = _SETTINGS.format(name=json.dumps(slug(root.name).replace("_", "-")))
    return files


def _write(root: Path, files: Mapping[str, str]) -> None:
    """Write all of the files, or none of them.

    Raises:
        CodeableError: One of them cannot be written.
    """
    written = []
    try:
        for name, text in files.items():
            write_text_whole(root / name, text)
            written.append(root / name)
    except BaseException as error:
        for path in written:
            with contextlib.suppress(OSError):
                path.unlink()
        if isinstance(error, OSError):
            raise CodeableError(f"the study cannot be written into {root}: {reason_of(error)}") from error
        raise


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
    taken = [name for name in _FOLDERS if os.path.lexists(root / name) and not _is_empty_folder(root / name)]
    if taken:
        listed = ", ".join(f"{name}/" if (root / name).is_dir() else name for name in taken)
        raise CodeableError(
            f"{root} has {listed} already, which a new study would need for itself; nothing was changed\n"
            "Start the study in another folder: codeable init DIR",
            exit_status=2,
        )


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
