"""Writes the text files of a CodeableModels study, and draws the pictures beside them.

`ModelRenderer` and `PlantUMLGenerator` call this.
"""

import atexit
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field, frozen

from codeable.compat.rendering.progress import PictureProgress
from codeable.compat.run_options import RunOptions, current_options
from codeable.engines import Drawing, Engine, EngineError, engine
from codeable.errors import CodeableError
from codeable.files import write_whole
from codeable.settings import read_settings
from codeable.text import counted, printable


@frozen
class _Request:
    """The pictures of one text that are still to be drawn."""

    path: Path
    text: str
    formats: tuple[str, ...]
    jar: Path | None

    def picture(self, picture_format: str) -> Path:
        return self.path.with_name(f"{self.path.stem}.{picture_format}")


@define
class _State:
    """The engines and open requests of this process, until the program or the study's run ends.

    Attributes:
        requests: Pictures to draw.
        depth: How many `drawing_together` are open.
        engines: The engine for each jar that a renderer names; None without one.
        missing: Reason → pictures that no engine here can draw.
        reported: The failures of single pictures that were reported.
        progress: How many pictures were drawn.
    """

    requests: list[_Request] = field(factory=list)
    depth: int = 0
    engines: dict[Path | None, Engine] = field(factory=dict)
    missing: dict[str, set[Path]] = field(factory=dict)
    reported: set[str] = field(factory=set)
    progress: PictureProgress = field(factory=PictureProgress)


_state = _State()


def write_diagram(directory: Path, base: str, text: str, formats: tuple[str, ...], jar: Path) -> None:
    """Write a text to `base.txt` in a folder and draw its pictures.

    A picture that cannot be drawn never costs the text; it is reported on stderr.

    Args:
        directory: The folder; made when it is missing.
        base: The name of the file without its ending.
        text: What is written, in the encoding of the study's options.
        formats: The pictures to draw, by their endings.
        jar: A PlantUML jar that is used if it exists.

    Raises:
        CodeableError: The text has a character that the encoding cannot write.
    """
    options = current_options()
    if not options.texts:
        return
    path = directory / f"{base}.txt"
    write_whole(path, _encoded(text, path, options))
    if options.images and formats:
        _state.requests.append(_Request(path, text, formats, jar.resolve() if jar.is_file() else None))
        if not _state.depth:
            _draw_requests()


def empty_directory(directory: Path) -> None:
    """Remove a folder with all that is in it, unless no texts are written, and make it again."""
    if current_options().texts:
        shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True, exist_ok=True)


@contextmanager
def drawing_together() -> Iterator[None]:
    """Draw the pictures of all texts that are written inside at the end; also after a failure."""
    _state.depth += 1
    try:
        yield
    finally:
        _state.depth -= 1
        if not _state.depth:
            _draw_requests()


def close_engines() -> None:
    """End the processes that draw, and report how many pictures are missing and what to install for them."""
    while _state.engines:
        _state.engines.popitem()[1].close()
    for reason, pictures in _state.missing.items():
        by_format = Counter(path.suffix[1:].upper() for path in pictures)
        numbers = ", ".join(f"{by_format[each]} {each}" for each in sorted(by_format))
        subject = counted(len(pictures), "picture is", "pictures are")
        _report(f"{subject} missing ({numbers}), all texts are written: {reason}")
    _state.missing.clear()
    _state.reported.clear()
    _state.requests.clear()
    _state.progress = PictureProgress()


def _report(line: str) -> None:
    _state.progress.clear()
    print(printable(line), file=sys.stderr)


def _encoded(text: str, path: Path, options: RunOptions) -> bytes:
    try:
        return text.encode(options.encoding)
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise CodeableError(
            f"{path}: {options.encoding} cannot write the character {text[error.start]!r} in line {line}; "
            "choose the encoding utf-8"
        ) from error


def _draw_requests() -> None:
    requests = list(_state.requests)
    _state.requests.clear()
    kinds = dict.fromkeys((request.jar, each) for request in requests for each in request.formats)
    _state.progress.begin(sum(len(request.formats) for request in requests))
    try:
        for jar, picture_format in kinds:
            of_kind = [each for each in requests if each.jar == jar and picture_format in each.formats]
            try:
                _draw(of_kind, picture_format, _engine(jar))
            except CodeableError as error:
                missing = _state.missing.setdefault(error.message, set())
                missing.update(request.picture(picture_format).absolute() for request in of_kind)
                _state.progress.skip(len(of_kind))
    finally:
        _state.progress.pause()


def _draw(requests: list[_Request], picture_format: str, drawer: Engine) -> None:
    try:
        drawer.check_format(picture_format)
    except CodeableError:
        raise CodeableError(_how_to_get(drawer, picture_format)) from None
    drawings = [Drawing(request.path.stem, request.text, "plantuml") for request in requests]
    results = drawer.draw(drawings, picture_format, dpi=current_options().dpi)
    for request, result in zip(requests, results, strict=True):
        if not isinstance(result, EngineError):
            write_whole(request.picture(picture_format), result.data)
        elif (line := f"no picture of {request.path}: {result.message}") not in _state.reported:
            _state.reported.add(line)
            _report(line)
        _state.progress.done()


def _how_to_get(drawer: Engine, picture_format: str) -> str:
    """Why there are no pictures of a format, and what to install for them."""
    ways = [state for state in drawer.states() if not state.ready or picture_format in state.formats]
    hints = [f"{state.missing} ({state.install})" if state.install else str(state.missing) for state in ways]
    return "; ".join(" ".join(hint.split()) for hint in hints) or "no PlantUML here can draw them"


def _engine(jar: Path | None) -> Engine:
    if jar not in _state.engines:
        if not _state.engines:
            atexit.register(close_engines)
        folder = current_options().folder
        settings = _settings(folder)
        if jar is not None:
            settings.setdefault("plantuml", {}).setdefault("jar", str(jar))
        _state.engines[jar] = engine("plantuml", settings, folder)
    return _state.engines[jar]


def _settings(folder: Path | None) -> dict[str, dict[str, object]]:
    found = read_settings(folder).engines if folder else {}
    return {name: dict(table) for name, table in found.items()}
