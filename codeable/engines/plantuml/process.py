"""The backend `process`: PlantUML as a program on this machine, one process for a whole run.

`engine` uses it; `pipe` is the process.
"""

import re
import tempfile
from pathlib import Path

from codeable.engines.child_process import UnavailableError
from codeable.engines.fonts import installed_twin
from codeable.engines.plantuml.backend import SIGNATURES, Backend, BackendError, check_start
from codeable.engines.plantuml.options import PlantUmlOptions, check_layout_program, program
from codeable.engines.plantuml.pipe import Drawn, PlantUmlProcess, refuse_reported
from codeable.engines.pool import START_UP_SECONDS, ChildPool

_FORMATS = tuple(SIGNATURES)
_PROBE_TEXT = "@startuml\nclass probe\n@enduml\n"
_FONT_NAME = re.compile(r"^(\s*skinparam\s+defaultFontName\s+)(\S+)[ \t]*$", re.I | re.M)


class ProcessBackend(Backend):
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

    def check_available(self) -> None:
        """Look for the jar or program, Java, and the layout program; see `Backend.check_available`."""
        program(self._options)
        check_layout_program()

    def version(self) -> str:
        """The version that PlantUML states; see `Backend.version`."""
        return self._pool("svg").version()

    def formats(self) -> tuple[str, ...]:
        """SVG, PNG, EPS; PDF where PlantUML has the libraries for it."""
        return tuple(name for name in _FORMATS if self.writes(name))

    def writes(self, picture_format: str) -> bool:
        """Whether it writes a format; whether PDF, only a trial tells."""
        if picture_format != "pdf":
            return picture_format in _FORMATS
        if self._writes_pdf is None:
            try:
                trial = self._drawn(_PROBE_TEXT, "pdf", 0, START_UP_SECONDS).picture
                check_start(trial, "pdf", "PlantUML")
                self._writes_pdf = True
            except BackendError:
                self._writes_pdf = False
        return self._writes_pdf

    def is_sandboxed(self) -> bool:
        """Whether a trial shows that this PlantUML refuses to read files; an old one does not."""
        if self._sandboxed is None:
            try:
                reaches = program(self._options).takes_environment
            except UnavailableError:
                reaches = False
            self._sandboxed = reaches and not self._reads_files()
        return self._sandboxed

    def draw(self, text: str, picture_format: str, *, dpi: int, timeout: float) -> bytes:
        """Draw one text; see `Backend.draw`."""
        text, twins = _with_installed_fonts(text)
        drawn = self._drawn(text, picture_format, dpi, timeout)
        refuse_reported(drawn)
        picture = drawn.picture
        check_start(picture, picture_format, "PlantUML")
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
        raise BackendError(answer.problem, late=answer.late)

    def _pool(self, picture_format: str, dpi: int = 0) -> ChildPool[bytes, Drawn]:
        """The pool of the processes for a format."""
        key = (picture_format, dpi)
        if key not in self._pools:
            arguments = ["-charset", "UTF-8", "-nometadata", f"-t{picture_format}"]
            if picture_format == "png":
                arguments.append(f"-Sdpi={dpi}")
            options = self._options
            self._pools[key] = ChildPool(
                lambda: PlantUmlProcess(
                    [*program(options).command, *arguments], picture_format, options.folder
                )
            )
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
