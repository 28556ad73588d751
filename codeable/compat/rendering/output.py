"""Files of rendered texts, and the pictures beside them."""

import atexit
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field, frozen

from codeable.compat.run_options import Choices, choices
from codeable.engines import Drawing, Engine, EngineError, engine
from codeable.errors import CodeableError
from codeable.files import write_whole
from codeable.settings import read_settings

__all__ = ["close_engines", "drawing_together", "empty_directory", "write_diagram"]


@frozen
class _Wanted:
    """Pictures of one text that are still to be drawn."""

    path: Path
    text: str
    formats: tuple[str, ...]
    jar: Path | None


@define
class _Pictures:
    """What is drawn, and with what; engines stay until the program or the study's run ends."""

    waiting: list[_Wanted] = field(factory=list)
    postponed: int = 0
    engines: dict[Path | None, Engine] = field(factory=dict)
    told: set[str] = field(factory=set)


_pictures = _Pictures()


def write_diagram(directory: Path, base: str, text: str, formats: tuple[str, ...], jar: Path) -> None:
    """Write a text to `base.txt` in a folder and draw its pictures.

    A picture that cannot be drawn costs a line on stderr, never the text.

    Args:
        directory: The folder; made when it is missing.
        base: The name of the file without its ending.
        text: What is written, in the encoding of the study's choices.
        formats: The pictures to draw, by their endings.
        jar: A PlantUML jar that may be used if it is there.

    Raises:
        CodeableError: The text has a character that the encoding cannot write.
    """
    chosen = choices()
    if not chosen.texts:
        return
    path = directory / f"{base}.txt"
    write_whole(path, _encoded(text, path, chosen))
    if chosen.images and formats:
        _pictures.waiting.append(_Wanted(path, text, formats, jar.resolve() if jar.is_file() else None))
        if not _pictures.postponed:
            _draw_waiting()


def empty_directory(directory: Path) -> None:
    """Remove a folder with all that is in it, where texts are written anew, and make it."""
    if choices().texts:
        shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True, exist_ok=True)


@contextmanager
def drawing_together() -> Iterator[None]:
    """Draw the pictures of all texts that are written inside at once, at the end; also after a failure."""
    _pictures.postponed += 1
    try:
        yield
    finally:
        _pictures.postponed -= 1
        if not _pictures.postponed:
            _draw_waiting()


def close_engines() -> None:
    """End the processes that draw, and forget what was told about missing engines."""
    while _pictures.engines:
        _pictures.engines.popitem()[1].close()
    _pictures.told.clear()
    _pictures.waiting.clear()


def _encoded(text: str, path: Path, chosen: Choices) -> bytes:
    try:
        return text.encode(chosen.encoding)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise CodeableError(
            f"{path}: {chosen.encoding} cannot write the character {text[error.start]!r} in line {line}; "
            "choose the encoding utf-8"
        ) from error


def _draw_waiting() -> None:
    waiting = list(_pictures.waiting)
    _pictures.waiting.clear()
    kinds = dict.fromkeys(
        (wanted.jar, picture_format) for wanted in waiting for picture_format in wanted.formats
    )
    lacking: dict[str, list[str]] = {}
    for jar, picture_format in kinds:
        of_kind = [wanted for wanted in waiting if wanted.jar == jar and picture_format in wanted.formats]
        try:
            _draw(of_kind, picture_format, _engine(jar))
        except CodeableError as error:
            lacking.setdefault(error.message, []).append(picture_format.upper())
    for reason, formats in lacking.items():
        new = [each for each in formats if f"{each}: {reason}" not in _pictures.told]
        _pictures.told.update(f"{each}: {reason}" for each in new)
        if new:
            _tell(f"no {' and '.join(new)} pictures, only their texts: {reason}")


def _draw(waiting: list[_Wanted], picture_format: str, able: Engine) -> None:
    if picture_format not in able.formats():
        raise CodeableError(_missing(able, picture_format))
    drawings = [Drawing(wanted.path.stem, wanted.text, "plantuml") for wanted in waiting]
    for wanted, result in zip(waiting, able.draw(drawings, picture_format), strict=True):
        if isinstance(result, EngineError):
            _tell(f"no picture of {wanted.path}: {result.message}")
        else:
            write_whole(wanted.path.with_name(f"{wanted.path.stem}.{picture_format}"), result.data)


def _missing(able: Engine, picture_format: str) -> str:
    """Why there are no pictures of a format, and what would bring them."""
    ways = [state for state in able.states() if not state.ready or picture_format in state.formats]
    hints = [f"{state.missing} ({state.install})" if state.install else str(state.missing) for state in ways]
    return "; ".join(" ".join(hint.split()) for hint in hints) or "no PlantUML that can"


def _engine(jar: Path | None) -> Engine:
    if jar not in _pictures.engines:
        if not _pictures.engines:
            atexit.register(close_engines)
        folder = choices().folder
        settings = _settings(folder)
        if jar is not None:
            settings.setdefault("plantuml", {}).setdefault("jar", str(jar))
        _pictures.engines[jar] = engine("plantuml", settings, folder)
    return _pictures.engines[jar]


def _settings(folder: Path | None) -> dict[str, dict[str, object]]:
    found = read_settings(folder).engines if folder else {}
    return {name: dict(table) for name, table in found.items()}


def _tell(line: str) -> None:
    if line not in _pictures.told:
        _pictures.told.add(line)
        print(line, file=sys.stderr)
