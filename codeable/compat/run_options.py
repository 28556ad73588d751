"""How a CodeableModels study is run: the format of its texts, their encoding, its pictures.

The first one that says so decides: the program (options of the command, `codeable.compat.install`), the
environment (`CODEABLE_COMPAT_FORMAT` and the others), and the table `[tool.codeable.compat]` of a
`pyproject.toml` in the script's folder or above it (in the current folder or above it when a tool such as
pytest runs the study). Otherwise the format follows from the names that the study imports.
"""

import codecs
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import frozen

from codeable.compat.module_discovery import StudyFiles, is_of_the_interpreter, read_study
from codeable.schema import LEAST_DPI, MOST_DPI, Reader, one_of, read_table, text, whole_number, wrong
from codeable.settings import SETTINGS_FILE, read_settings

Format: TypeAlias = Literal["current", "older"]
FORMATS: tuple[Format, ...] = ("current", "older")
"""`older` is the format of the copies of CodeableModels that studies of early 2023 bring along."""

_ENVIRONMENT = {
    "format": "CODEABLE_COMPAT_FORMAT",
    "encoding": "CODEABLE_COMPAT_ENCODING",
    "images": "CODEABLE_COMPAT_IMAGES",
    "dpi": "CODEABLE_COMPAT_DPI",
}
_TRUTH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@frozen
class RunOptions:
    """How texts and pictures are written.

    Attributes:
        format: The format of the PlantUML texts, and the version of the metamodels that goes with it.
        encoding: The encoding of the text files, as Python names it.
        images: Whether pictures are drawn.
        dpi: Resolution of the PNG pictures; that of CodeableModels is 96.
        texts: Whether text files are written; if not, those of an earlier run stay.
        folder: The study's folder, which holds the settings of engines.
    """

    format: Format = "current"
    encoding: str = "utf-8"
    images: bool = True
    dpi: int = 96
    texts: bool = True
    folder: Path | None = None


_current: RunOptions | None = None


def current_options() -> RunOptions:
    """The options of the running study. If none are set, they follow from the program of this process."""
    global _current
    if _current is None:
        _current = decide_options(running_program())
    return _current


def set_options(options: RunOptions | None) -> RunOptions | None:
    """Set the options of the running study; None lets the next `current_options` decide.

    Returns:
        The options before.
    """
    global _current
    before, _current = _current, options
    return before


def running_program() -> Path | None:
    """The program of this process; None for an interactive one and for a tool that runs others."""
    path = getattr(sys.modules.get("__main__"), "__file__", None)
    return None if path is None or is_of_the_interpreter(Path(path).resolve()) else Path(path)


def decide_options(
    script: Path | None,
    text_format: str | None = None,
    encoding: str | None = None,
    images: bool | None = None,
    study: StudyFiles | None = None,
    dpi: int | None = None,
) -> RunOptions:
    """Work out the options for a script.

    Args:
        script: The program; None if there is no file, or if a tool runs the study in the current folder.
        text_format: `current` or `older`, if the user names one.
        encoding: An encoding, if the user names one.
        images: Whether to draw pictures, if the user says so.
        study: The files of the script's study, if they are known.
        dpi: The resolution of the PNG pictures, if the user names one.

    Raises:
        CodeableError: A format, an encoding, a resolution or a setting is unknown; the message names the
            nearest.
    """
    folder, given = _settings(script)
    for key, name in _ENVIRONMENT.items():
        if value := os.environ.get(name):
            given[key] = _READERS[key](value, f"the environment variable {name}")
    if text_format is not None:
        given["format"] = checked_format(text_format)
    if encoding is not None:
        given["encoding"] = _encoding(encoding, "the encoding")
    if dpi is not None:
        given["dpi"] = _dpi(dpi, "the resolution")
    return RunOptions(
        format=given.get("format") or _format_of(script, study),
        encoding=given.get("encoding", "utf-8"),
        images=given.get("images", True) if images is None else images,
        dpi=given.get("dpi", 96),
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
    """The nearest folder with settings, and their values; without settings the folder of the script."""
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
        name = codecs.lookup(text(value, where)).name
        "".encode(name)  # refuses what encodes no texts, such as base64
        return name
    except LookupError:
        known = ["utf-8", "windows-1252", "latin-1", "utf-16"]
        raise wrong(where, value, "one that Python knows, such as windows-1252", known) from None


def _dpi(value: object, where: str) -> int:
    read = whole_number(LEAST_DPI, MOST_DPI, "dots per inch, a whole number")
    return read(int(value) if isinstance(value, str) and value.isdecimal() else value, where)


_READERS: Mapping[str, Reader[Any]] = {
    "format": one_of(*FORMATS),
    "encoding": _encoding,
    "images": _truth,
    "dpi": _dpi,
}


def _format_of(script: Path | None, study: StudyFiles | None) -> Format:
    if study is None and script is not None and script.is_file():
        study = read_study(script)
    return "older" if study is not None and study.uses_earlier_names else "current"
