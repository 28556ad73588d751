"""The files of a study that is started in a folder: settings, an empty note, folders.

`codeable init` and the import of projects start studies with it.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from codeable.errors import CodeableError
from codeable.notes.files import note_files_of_study
from codeable.notes.model import FieldNote
from codeable.notes.new_note import form_with
from codeable.settings import SETTINGS_FILE, Settings, has_settings
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

EMPTY_NOTE = "s_.md"
"""The file of the empty note."""
_FOLDERS = ("models", "sources", "diagrams")


def files_of_new_study(
    root: Path, notes: Sequence[FieldNote] = (), name: str = "", fields: Iterable[str] = ()
) -> Mapping[str, str]:
    """The files of a new study; settings only where there is no file for them: the defaults do otherwise.

    Args:
        root: The folder of the study.
        notes: The field notes that are there.
        name: The name of the study; that of the folder if not given.
        fields: Further fields of its empty note.

    Returns:
        Path from the folder on → text.
    """
    files = {"models/.gitkeep": "", "diagrams/.gitkeep": ""}
    if not notes:
        files[f"sources/{EMPTY_NOTE}"] = form_with(fields)
    if not os.path.lexists(root / SETTINGS_FILE):
        named = json.dumps(slug(name or root.name).replace("_", "-"))
        files[SETTINGS_FILE] = _SETTINGS.format(name=named, notes=_notes_setting(root, notes))
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


def check_free(root: Path) -> None:
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
