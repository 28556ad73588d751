"""PlantUML as a Java program: one process for a whole run, restarted once when it dies."""

import os
import re
import struct
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from codeable.engines.fonts import installed_twin
from codeable.engines.plantuml.carrier import Absence, CarrierError
from codeable.engines.plantuml.errors import shown_texts
from codeable.engines.plantuml.java import LARGEST_PIXELS, environment, layout_absence, program
from codeable.engines.plantuml.options import PlantUmlOptions
from codeable.engines.plantuml.pipe import PipeDiedError, PipeProcess, PipeTimeoutError

__all__ = ["ProcessCarrier"]

VERSION_TEXT = "@startuml\nversion\n@enduml\n"
_VERSION = re.compile(r"\bPlantUML version (\S+)")
_START_UP_SECONDS = 60.0
_SIGNATURES = {
    "svg": re.compile(rb"<\?xml|<svg"),
    "png": re.compile(rb"\x89PNG\r\n"),
    "eps": re.compile(rb"%!PS"),
}
_FONT_NAME = re.compile(r"^(\s*skinparam\s+defaultFontName\s+)(\S+)[ \t]*$", re.I | re.M)
_REPORTED = re.compile(rb"ERROR\r?\n(\d+)\r?\n(.*)", re.S)


class ProcessCarrier:
    """Draws with the jar, the command or the program `plantuml`.

    Each format, and each resolution of a PNG, has its process, because PlantUML takes them when it starts; a
    run that writes SVG has one.
    """

    name = "process"
    native_formats: tuple[str, ...] = ("svg", "png", "eps")

    def __init__(self, options: PlantUmlOptions) -> None:
        self._options = options
        self._processes: dict[tuple[str, ...], PipeProcess] = {}
        self._version: str | None = None
        self._sandboxed: bool | None = None
        self._broken: str | None = None

    def absence(self) -> Absence | None:
        """Whether the jar or program, Java, and the layout program are there."""
        found = program(self._options)
        return found if isinstance(found, Absence) else layout_absence()

    def version(self) -> str:
        """What PlantUML says of itself.

        Raises:
            CarrierError: It does not start.
        """
        if self._version is None:
            self._process("svg", 0)
        return self._version or "unknown"

    def is_sandboxed(self) -> bool:
        """Whether a probe shows that this PlantUML refuses to read files; an old one does not."""
        if self._sandboxed is None:
            found = program(self._options)
            reaches = not isinstance(found, Absence) and found.takes_environment
            self._sandboxed = reaches and not self._reads_files()
        return self._sandboxed

    def draw(self, text: str, picture_format: str, *, dpi: int, timeout: float) -> bytes:
        """Draw one text; see `Carrier.draw`."""
        text, twins = _with_installed_fonts(text)
        answer = self._answer(text, picture_format, dpi, timeout)
        reported = _REPORTED.match(answer)
        if reported:
            said = reported[2].decode("utf-8", "replace").strip()
            raise CarrierError(said or "PlantUML cannot read it", int(reported[1]) + 1)
        if not answer.strip():
            raise CarrierError("PlantUML answered with nothing")
        if not _SIGNATURES[picture_format].match(answer):
            start = answer[:60].decode("utf-8", "replace")
            raise CarrierError(f"PlantUML answered with {start!r} instead of {picture_format.upper()}")
        if picture_format == "png":
            _check_size(answer)
        for twin, family in twins.items():
            answer = answer.replace(f'font-family="{twin}"'.encode(), f'font-family="{family}"'.encode())
        return answer

    def close(self) -> None:
        """Kill the processes and what they started; what did not start is tried anew afterwards."""
        self._broken = None
        processes, self._processes = self._processes, {}
        for process in processes.values():
            process.kill()

    def _answer(self, text: str, picture_format: str, dpi: int, timeout: float) -> bytes:
        data = text.encode()
        left = timeout
        for is_last in (False, True):
            process = self._process(picture_format, dpi)
            asked = time.monotonic()
            try:
                return process.exchange(data, left)
            except PipeTimeoutError:
                self._forget(process)
                raise CarrierError(f"PlantUML did not finish within {timeout:g} seconds") from None
            except PipeDiedError as death:
                self._forget(process)
                left = max(0.0, left - (time.monotonic() - asked))
                if is_last:
                    raise CarrierError(f"PlantUML died twice over it{_last_words(death)}") from None
            except BaseException:
                self._forget(process)
                raise
        raise AssertionError("unreachable")

    def _process(self, picture_format: str, dpi: int) -> PipeProcess:
        """The running process for a format, or a new one that has proved that it draws."""
        if self._broken is not None:
            raise CarrierError(self._broken)
        arguments = ["-charset", "UTF-8", "-nometadata", f"-t{picture_format}"]
        if picture_format == "png":
            arguments.append(f"-Sdpi={dpi}")
        # A forked copy of this program has no use for the processes of the original.
        key = (str(os.getpid()), *arguments)
        process = self._processes.get(key)
        if process is None:
            process = self._started(arguments)
            self._processes[key] = process
        return process

    def _started(self, arguments: Sequence[str]) -> PipeProcess:
        found = program(self._options)
        if isinstance(found, Absence):
            way_out = f"; install it: {found.install}" if found.install else ""
            raise CarrierError(f"{found.what}{way_out}")
        folder = self._options.folder if self._options.folder.is_dir() else Path(tempfile.gettempdir())
        command = [*found.command, *arguments]
        try:
            process, answer = self._greeted(command, folder)
        except PipeDiedError as death:
            raise self._fail(f"PlantUML does not start{_last_words(death)}") from None
        if "-tsvg" in arguments:
            self._version = _version_in(answer)
            if self._version is None:
                process.kill()
                start = answer[:60].decode("utf-8", "replace")
                raise self._fail(f"{found.command[0]} does not answer as PlantUML does, but with {start!r}")
        return process

    def _greeted(self, command: list[str], folder: Path) -> tuple[PipeProcess, bytes]:
        """A new process and its first answer; started once more when somebody kills it meanwhile."""
        for is_last in (False, True):
            try:
                process = PipeProcess(command, environment(os.environ), folder)
            except OSError as error:
                raise self._fail(f"{command[0]} cannot be started: {error.strerror or error}") from None
            try:
                return process, process.exchange(VERSION_TEXT.encode(), _START_UP_SECONDS)
            except PipeTimeoutError:
                process.kill()
                raise self._fail(f"PlantUML did not start within {_START_UP_SECONDS:g} seconds") from None
            except PipeDiedError as death:
                process.kill()
                if is_last or not _is_killed(death):
                    raise
            except BaseException:
                process.kill()
                raise
        raise AssertionError("unreachable")

    def _fail(self, problem: str) -> CarrierError:
        self._broken = problem
        return CarrierError(problem)

    def _forget(self, process: PipeProcess) -> None:
        process.kill()
        self._processes = {key: one for key, one in self._processes.items() if one is not process}

    def _reads_files(self) -> bool:
        with tempfile.TemporaryDirectory(prefix="codeable-probe-") as folder:
            secret = Path(folder, "secret.txt")
            secret.write_text("class codeable_read_this\n", encoding="utf-8")
            text = f"@startuml\nclass probe\n!include {secret.as_posix()}\n@enduml\n"
            try:
                answer = self._answer(text, "svg", 0, _START_UP_SECONDS)
            except CarrierError:
                return True
        return b"codeable_read_this" in answer


def _with_installed_fonts(text: str) -> tuple[str, dict[str, str]]:
    """The text with fonts that Java finds, and which family each of them stands for."""
    twins: dict[str, str] = {}

    def replaced(found: re.Match[str]) -> str:
        twin = installed_twin(found[2])
        if twin is None:
            return found[0]
        twins[twin] = found[2]
        return f"{found[1]}{twin}"

    return _FONT_NAME.sub(replaced, text), twins


def _version_in(svg: bytes) -> str | None:
    try:
        texts = shown_texts(svg).lines
    except ValueError:
        return None
    return next((found[1] for text in texts if (found := _VERSION.search(text))), None)


def _is_killed(death: PipeDiedError) -> bool:
    """Whether a signal ended it; a shell around it tells that by a status above 128."""
    return death.status is not None and (death.status < 0 or death.status > 128)


def _last_words(death: PipeDiedError) -> str:
    how = f" (exit status {death.status})" if death.status else ""
    said = [line for line in death.complaints if not line.startswith(("Picked up ", "at ", "..."))]
    causes = [line for line in said if line.startswith("Caused by: ")]
    words = f"{how}: {' | '.join(dict.fromkeys([*said[:2], *causes[-1:]]))}" if said else how
    if any("fontconfig" in line.casefold() for line in death.complaints):
        words += "; install a font and fontconfig: apt-get install -y fontconfig fonts-dejavu-core"
    return words


def _check_size(png: bytes) -> None:
    """Refuse a PNG that PlantUML cut off at its limit."""
    if len(png) < 24:
        raise CarrierError("PlantUML answered with half a PNG")
    width, height = struct.unpack(">II", png[16:24])
    if max(width, height) >= LARGEST_PIXELS:
        side = "width" if width >= height else "height"
        problem = (
            f"its {side} was cut off at {LARGEST_PIXELS} pixels; draw it with a smaller resolution (--dpi), "
            "as svg or pdf, or as several views"
        )
        raise CarrierError(problem)
