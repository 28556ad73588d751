"""What a study in the old manner is run with: the format of its texts, their encoding, pictures or none.

Three places may say so, the first one wins: the program (a command line's options,
`codeable.compat.install`), the environment (`CODEABLE_COMPAT_FORMAT`, `CODEABLE_COMPAT_ENCODING`,
`CODEABLE_COMPAT_IMAGES`), and the table `[tool.codeable.compat]` of a `pyproject.toml` in the script's folder
or above it (the current folder's when a tool such as pytest runs the study). Without any of them the names
that the study imports decide on the format.
"""

import codecs
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from attrs import frozen

from codeable.compat.module_discovery import StudyFiles, is_of_the_interpreter, read_study
from codeable.errors import CodeableError
from codeable.settings import SETTINGS_FILE, check_keys, read_settings
from codeable.text import did_you_mean

__all__ = ["FORMATS", "Choices", "Format", "checked_format", "choices", "decide", "put", "running_program"]

Format: TypeAlias = Literal["current", "older"]
FORMATS: tuple[Format, ...] = ("current", "older")
"""`older` is what the copies of CodeableModels wrote that studies of early 2023 came with."""

_ENVIRONMENT = {
    "format": "CODEABLE_COMPAT_FORMAT",
    "encoding": "CODEABLE_COMPAT_ENCODING",
    "images": "CODEABLE_COMPAT_IMAGES",
}
_TRUTH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@frozen
class Choices:
    """How texts and pictures are written.

    Attributes:
        format: The format of the PlantUML texts; with it goes the generation of the metamodels.
        encoding: The encoding of the text files, as Python names it.
        images: Whether pictures are drawn.
        texts: Whether text files are written; if not, those of an earlier run stay.
        folder: The study's folder, where the settings of engines are looked for.
    """

    format: Format = "current"
    encoding: str = "utf-8"
    images: bool = True
    texts: bool = True
    folder: Path | None = None


_current: Choices | None = None


def choices() -> Choices:
    """The choices of the running study; decided now, from the program that runs, if nothing was put."""
    global _current
    if _current is None:
        _current = decide(running_program())
    return _current


def running_program() -> Path | None:
    """The program of the process; None for an interactive one and for a tool that runs others."""
    path = getattr(sys.modules.get("__main__"), "__file__", None)
    return None if path is None or is_of_the_interpreter(Path(path).resolve()) else Path(path)


def put(made: Choices | None) -> Choices | None:
    """Let these be the choices from now on, None to decide when somebody asks; returns what they were."""
    global _current
    before, _current = _current, made
    return before


def decide(
    script: Path | None,
    text_format: str | None = None,
    encoding: str | None = None,
    images: bool | None = None,
    study: StudyFiles | None = None,
) -> Choices:
    """Work out the choices for a script.

    Args:
        script: The program; None when there is no file, or a tool runs the study in the current folder.
        text_format: `current` or `older`, when it was chosen already.
        encoding: An encoding, when it was chosen already.
        images: Whether to draw pictures, when that was chosen already.
        study: The modules of the script, when they were read already.

    Raises:
        CodeableError: A format, an encoding or a setting is unknown; the message names the nearest.
    """
    folder, table = _settings(script)
    given = _given(table)
    text_format = text_format or given.get("format")
    encoding = encoding or given.get("encoding") or "utf-8"
    if images is None:
        images = _truth(given.get("images", "1"))
    return Choices(
        format=checked_format(text_format) if text_format else _format_of(script, study),
        encoding=_checked_encoding(encoding),
        images=images,
        folder=folder,
    )


def checked_format(name: str) -> Format:
    """A format by its name.

    Raises:
        CodeableError: There is no such format.
    """
    for valid in FORMATS:
        if name == valid:
            return valid
    raise CodeableError(
        f"there is no text format {name!r}{did_you_mean(name, FORMATS)}; there are {' and '.join(FORMATS)}",
        exit_status=2,
    )


def _given(table: Mapping[str, object]) -> dict[str, str]:
    """What the environment and the settings say."""
    given = {key: str(value) for key, value in table.items()}
    given.update({key: os.environ[name] for key, name in _ENVIRONMENT.items() if os.environ.get(name)})
    return given


def _settings(script: Path | None) -> tuple[Path, Mapping[str, object]]:
    """The folder of the nearest settings, or the script's without any, and what they say."""
    folder = (script.resolve().parent if script else Path.cwd()).absolute()
    for each in (folder, *folder.parents):
        path = each / SETTINGS_FILE
        if path.is_file():
            if b"codeable" not in path.read_bytes():
                break
            table = read_settings(each).compat
            check_keys(table, _ENVIRONMENT, f"{path}: [tool.codeable.compat]")
            return each, table
    return folder, {}


def _truth(text: str) -> bool:
    try:
        return _TRUTH[text.lower()]
    except KeyError:
        raise CodeableError(
            f"whether to draw pictures must be true or false, not {text!r}", exit_status=2
        ) from None


def _checked_encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        known = ["utf-8", "windows-1252", "latin-1", "utf-16"]
        raise CodeableError(
            f"there is no encoding {name!r}{did_you_mean(name, known)}; old Windows files have windows-1252",
            exit_status=2,
        ) from None


def _format_of(script: Path | None, study: StudyFiles | None) -> Format:
    if study is None and script is not None and script.is_file():
        study = read_study(script)
    return "older" if study is not None and study.uses_earlier_names else "current"
