"""The backend `process`: PlantUML as a program on this machine, one process for a whole run.

PlantUML reads texts from its standard input and writes pictures to its standard output, each followed by a
delimiter. It reports errors on standard error (`-stdrpt:1`); it also draws them, and that picture is dropped.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from attrs import frozen

from codeable.engines.child_process import ChildProcess, StartError
from codeable.engines.fonts import installed_twin
from codeable.engines.plantuml.backend import BackendError, Unavailable
from codeable.engines.plantuml.command import (
    INSTALL_GRAPHVIZ,
    LARGEST_PIXELS,
    environment,
    layout_unavailable,
    program,
)
from codeable.engines.plantuml.options import PlantUmlOptions
from codeable.engines.pool import START_UP_SECONDS, ChildPool, Failure
from codeable.engines.sizes import png_size

_CHUNK = 1 << 16
_LARGEST_ANSWER = 1 << 28
_VERSION_TEXT = b"@startuml\nversion\n@enduml\n"
_VERSION = re.compile(rb"\bPlantUML version ([\w.]+)")
_PROBE_TEXT = "@startuml\nclass probe\n@enduml\n"
_FAULTY_TEXT = b"@startuml\nclass probe\nfaulty line (\n@enduml\n"
_FAULTY_LINE = 3
_FORMATS = ("svg", "png", "eps", "pdf")
_SIGNATURES = {
    "svg": re.compile(rb"<\?xml|<svg"),
    "png": re.compile(rb"\x89PNG\r\n"),
    "eps": re.compile(rb"%!PS"),
    "pdf": re.compile(rb"%PDF-"),
}
_FONT_NAME = re.compile(r"^(\s*skinparam\s+defaultFontName\s+)(\S+)[ \t]*$", re.I | re.M)
_STATUS = re.compile(r"^status=(ERROR|NO_DATA)\s*$", re.M)
_LINE_NUMBER = re.compile(r"^lineNumber=(\d+)\s*$", re.M)
_LABEL = re.compile(r"^label=(.*\S)\s*$", re.M)
_STACK_TRACE = re.compile(r"^((?:[\w$]+\.)+[\w$]*(?:Exception|Error)\b.*)\n\s+at ", re.M)
_MISSING_GLYPH = re.compile(r"Glyph .*\(0x([0-9a-f]+),.*not available in font (\S+)")


@frozen
class Drawn:
    """What PlantUML made of a text: the picture, and what it wrote to standard error.

    Attributes:
        line_shift: What to add to a reported line number: old versions count from 0, new ones from 1.
    """

    picture: bytes
    errors: str
    line_shift: int = 0


class PlantUmlProcess(ChildProcess[bytes, Drawn]):
    """One PlantUML that runs with `-pipe`. It closes its output after a PDF, so that one is its only picture.

    Args:
        command: The program and its arguments.
        picture_format: The format that it is started for.
        folder: Its working directory.
    """

    what = "PlantUML"

    def __init__(self, command: Sequence[str], picture_format: str, folder: Path) -> None:
        self._format = picture_format
        self._name = command[0]
        self._delimiter = f"codeable-{secrets.token_hex(16)}".encode()
        self._left_over = b""
        self._line_shift: int | None = None
        super().__init__(
            [*command, "-pipe", "-stdrpt:1", "-pipedelimitor", self._delimiter.decode()],
            environment=environment(os.environ),
            folder=folder if folder.is_dir() else Path(tempfile.gettempdir()),
            own_group=True,
        )

    def _first_answer(self) -> str:
        """PlantUML's version from a process for SVG; of another, only whether it writes its format."""
        if self._format == "pdf":
            return "unknown"
        answer = self.ask(_VERSION_TEXT).picture
        version = _VERSION.search(answer)
        if self._format == "svg" and version is None:
            start = answer[:60].decode("utf-8", "replace")
            raise StartError(f"{self._name} does not answer as PlantUML does, but with {start!r}")
        if not _SIGNATURES[self._format].match(answer):
            raise StartError(f"this PlantUML cannot write {self._format.upper()}")
        return version[1].decode() if version is not None else "unknown"

    def _send(self, request: bytes) -> None:
        self._to_child.write(request)
        self._to_child.flush()

    def _receive(self) -> Drawn:
        drawn = Drawn(self._read_answer(), self._error_text())
        if not _LINE_NUMBER.search(drawn.errors):
            return drawn
        if self._line_shift is None:
            self._forget_errors()
            self._send(_FAULTY_TEXT)
            self._read_answer()
            reported = _LINE_NUMBER.search(self._error_text())
            self._line_shift = _FAULTY_LINE - int(reported[1]) if reported else 0
        return Drawn(drawn.picture, drawn.errors, self._line_shift)

    def _read_answer(self) -> bytes:
        answer = bytearray(self._left_over)
        searched = 0
        while (end := answer.find(self._delimiter, searched)) < 0:
            searched = max(0, len(answer) - len(self._delimiter))
            chunk = self._from_child.read1(_CHUNK)
            if not chunk:
                if self._format == "pdf" and answer.rstrip().endswith(b"%%EOF"):
                    self.is_spent = True
                    return bytes(answer)
                raise EOFError
            answer += chunk
            if len(answer) > _LARGEST_ANSWER:
                self.kill()
                raise EOFError
        self._left_over = bytes(answer[end + len(self._delimiter) :])
        return bytes(answer[:end]).lstrip(b"\r\n")

    def _ending(self, status: int | None, errors: str) -> str:
        how = f" (exit status {status})" if status else ""
        tail = _stderr_tail(errors)
        ending = f"{how}: {tail}" if tail else how
        if "fontconfig" in errors.casefold():
            ending += "; install a font and fontconfig: apt-get install -y fontconfig fonts-dejavu-core"
        return ending


class ProcessBackend:
    """Draws with the jar, the command or the program `plantuml`.

    Each format, and each resolution of a PNG, has its process, because PlantUML takes them when it starts; a
    run that writes SVG has one.
    """

    name = "process"

    def __init__(self, options: PlantUmlOptions) -> None:
        self._options = options
        self._pools: dict[tuple[str, int], ChildPool[bytes, Drawn]] = {}
        self._sandboxed: bool | None = None
        self._writes_pdf: bool | None = None

    def unavailable(self) -> Unavailable | None:
        """Whether the jar or program, Java, and the layout program are there."""
        found = program(self._options)
        return found if isinstance(found, Unavailable) else layout_unavailable()

    def version(self) -> str:
        """The version that PlantUML states.

        Raises:
            BackendError: It does not start.
        """
        try:
            return self._pool("svg").version()
        except StartError as error:
            raise BackendError(str(error)) from None

    def formats(self) -> tuple[str, ...]:
        """SVG, PNG, EPS; PDF where PlantUML has the libraries for it."""
        return tuple(name for name in _FORMATS if self.writes(name))

    def writes(self, picture_format: str) -> bool:
        """Whether it writes a format; whether PDF, only a trial tells."""
        if picture_format != "pdf":
            return picture_format in _FORMATS
        if self._writes_pdf is None:
            try:
                self._writes_pdf = bool(self._drawn(_PROBE_TEXT, "pdf", 0, START_UP_SECONDS).picture)
            except BackendError:
                self._writes_pdf = False
        return self._writes_pdf

    def is_sandboxed(self) -> bool:
        """Whether a trial shows that this PlantUML refuses to read files; an old one does not."""
        if self._sandboxed is None:
            found = program(self._options)
            reaches = not isinstance(found, Unavailable) and found.takes_environment
            self._sandboxed = reaches and not self._reads_files()
        return self._sandboxed

    def draw(self, text: str, picture_format: str, *, dpi: int, timeout: float) -> bytes:
        """Draw one text; see `Backend.draw`."""
        text, twins = _with_installed_fonts(text)
        drawn = self._drawn(text, picture_format, dpi, timeout)
        _refuse_reported(drawn)
        picture = drawn.picture
        if not picture.strip():
            raise BackendError("PlantUML answered with nothing")
        if not _SIGNATURES[picture_format].match(picture):
            start = picture[:60].decode("utf-8", "replace")
            raise BackendError(f"PlantUML answered with {start!r} instead of {picture_format.upper()}")
        if picture_format == "png":
            _check_png(picture)
        for twin, family in twins.items():
            picture = picture.replace(f'font-family="{twin}"'.encode(), f'font-family="{family}"'.encode())
        return picture

    def close(self) -> None:
        """Kill the processes and what they started."""
        for pool in self._pools.values():
            pool.close()

    def _drawn(self, text: str, picture_format: str, dpi: int, timeout: float) -> Drawn:
        pool = self._pool(picture_format, dpi if picture_format == "png" else 0)
        (answer,) = pool.answers([text.encode()], seconds=timeout, jobs=1)
        if isinstance(answer, Drawn):
            return answer
        raise _failed(answer, timeout)

    def _pool(self, picture_format: str, dpi: int = 0) -> ChildPool[bytes, Drawn]:
        """The pool of the processes for a format."""
        key = (picture_format, dpi)
        if key not in self._pools:
            arguments = ["-charset", "UTF-8", "-nometadata", f"-t{picture_format}"]
            if picture_format == "png":
                arguments.append(f"-Sdpi={dpi}")
            self._pools[key] = ChildPool(partial(_started, self._options, picture_format, arguments))
        return self._pools[key]

    def _reads_files(self) -> bool:
        with tempfile.TemporaryDirectory(prefix="codeable-probe-") as folder:
            secret = Path(folder, "secret.txt")
            secret.write_text("class codeable_read_this\n", encoding="utf-8")
            text = f"@startuml\nclass probe\n!include {secret.as_posix()}\n@enduml\n"
            try:
                drawn = self._drawn(text, "svg", 0, START_UP_SECONDS)
            except BackendError:
                return True
        return b"codeable_read_this" in drawn.picture


def _started(options: PlantUmlOptions, picture_format: str, arguments: Sequence[str]) -> PlantUmlProcess:
    found = program(options)
    if isinstance(found, Unavailable):
        raise StartError(found.what, found.install)
    return PlantUmlProcess([*found.command, *arguments], picture_format, options.folder)


def _failed(failure: Failure, timeout: float) -> BackendError:
    if failure.kind == "late":
        return BackendError(f"PlantUML did not finish within {timeout:g} seconds", late=True)
    died = "PlantUML died twice over it" if failure.kind == "died" else ""
    return BackendError(f"{died}{failure.detail}")


def _refuse_reported(drawn: Drawn) -> None:
    """Raise what PlantUML reports on standard error; the picture then shows an error, or boxes for text.

    Raises:
        BackendError: There is a report.
    """
    status = _STATUS.search(drawn.errors)
    if status is not None and status[1] == "NO_DATA":
        raise BackendError("PlantUML finds no diagram in the text; it may not know this kind of diagram")
    if status is not None:
        label, line = _LABEL.search(drawn.errors), _LINE_NUMBER.search(drawn.errors)
        problem = label[1] if label else "PlantUML cannot read it"
        raise BackendError(problem, int(line[1]) + drawn.line_shift if line else None)
    crash = _STACK_TRACE.search(drawn.errors)
    if crash is not None:
        if "Cannot run program" in crash[1]:
            raise BackendError(
                f"PlantUML does not find Graphviz's program 'dot'; install it: {INSTALL_GRAPHVIZ}"
            )
        raise BackendError(f"PlantUML crashed: {crash[1]}; a newer PlantUML may draw it")
    glyph = _MISSING_GLYPH.search(drawn.errors)
    if glyph is not None:
        raise BackendError(
            f"the font {glyph[2]} has no character U+{int(glyph[1], 16):04X}; "
            "draw it as svg, or with --engine graphviz"
        )


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


def _stderr_tail(errors: str) -> str:
    """The lines of standard error that say why PlantUML ended."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith(("Picked up ", "at ", "..."))]
    causes = [line for line in said if line.startswith("Caused by: ")]
    return " | ".join(dict.fromkeys([*said[:2], *causes[-1:]]))


def _check_png(png: bytes) -> None:
    """Refuse a PNG that PlantUML cut off at its limit."""
    size = png_size(png)
    if size is None:
        raise BackendError("PlantUML answered with half a PNG")
    if max(size) >= LARGEST_PIXELS:
        side = "width" if size[0] >= size[1] else "height"
        raise BackendError(
            f"its {side} was cut off at {LARGEST_PIXELS} pixels; draw it with a smaller resolution (--dpi), "
            "as svg or pdf, or as several views"
        )
