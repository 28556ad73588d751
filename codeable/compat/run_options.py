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
from typing import Any, Literal, TypeAlias

from attrs import frozen

from codeable.compat.module_discovery import StudyFiles, is_of_the_interpreter, read_study
from codeable.schema import Reader, one_of, read_table, text, wrong
from codeable.settings import SETTINGS_FILE, read_settings

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
    folder, given = _settings(script)
    for key, name in _ENVIRONMENT.items():
        if value := os.environ.get(name):
            given[key] = _READERS[key](value, f"the environment variable {name}")
    if text_format:
        given["format"] = checked_format(text_format)
    if encoding:
        given["encoding"] = _encoding(encoding, "the encoding")
    return Choices(
        format=given.get("format") or _format_of(script, study),
        encoding=given.get("encoding", "utf-8"),
        images=given.get("images", True) if images is None else images,
        folder=folder,
    )


def checked_format(name: str) -> Format:
    """A format by its name.

    Raises:
        CodeableError: There is no such format.
    """
    read: Format = one_of(*FORMATS)(name, "the text format")
    return read


def _settings(script: Path | None) -> tuple[Path, dict[str, Any]]:
    """The folder of the nearest settings, or the script's without any, and what they say."""
    folder = (script.resolve().parent if script else Path.cwd()).absolute()
    for each in (folder, *folder.parents):
        path = each / SETTINGS_FILE
        if path.is_file():
            if b"codeable" not in path.read_bytes():
                break
            return each, read_table(read_settings(each).compat, _READERS, f"{path}: [tool.codeable.compat]")
    return folder, {}


def _truth(value: object, where: str) -> bool:
    try:
        return _TRUTH[str(value).lower()]
    except KeyError:
        raise wrong(where, value, "true or false") from None


def _encoding(value: object, where: str) -> str:
    try:
        return codecs.lookup(text(value, where)).name
    except LookupError:
        known = ["utf-8", "windows-1252", "latin-1", "utf-16"]
        raise wrong(where, value, "an encoding; old Windows files have windows-1252", known) from None


_READERS: Mapping[str, Reader[Any]] = {"format": one_of(*FORMATS), "encoding": _encoding, "images": _truth}


def _format_of(script: Path | None, study: StudyFiles | None) -> Format:
    if study is None and script is not None and script.is_file():
        study = read_study(script)
    return "older" if study is not None and study.uses_earlier_names else "current"
