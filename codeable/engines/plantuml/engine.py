"""The engine `plantuml`: chooses a backend, checks every text and picture, never returns an error page.

`codeable.engines.engine` makes it.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from codeable.diagrams.dot_escape import quoted
from codeable.engines.child_process import UnavailableError
from codeable.engines.documents import UnsoundPdfError, finish_eps, finish_pdf
from codeable.engines.graphviz import GraphvizEngine
from codeable.engines.plantuml.backend import Backend, BackendError
from codeable.engines.plantuml.options import BACKENDS, TABLE, plantuml_options
from codeable.engines.plantuml.pictures import (
    bitmap_text,
    check_bitmap,
    check_svg,
    eps_in_size,
    finished_svg,
    with_largest_width,
)
from codeable.engines.plantuml.process import ProcessBackend
from codeable.engines.plantuml.server import ServerBackend
from codeable.engines.plantuml.text import diagram_text
from codeable.engines.protocol import (
    Drawing,
    Engine,
    EngineError,
    EngineState,
    EngineTimeoutError,
    Language,
    Picture,
)
from codeable.engines.sizes import with_resolution
from codeable.engines.svg import UnsoundSvgError, svg_texts
from codeable.errors import CodeableError

_FORMATS = ("svg", "pdf", "png", "eps")
_LAST_USUAL = 0xFF
"""The last character that every font has."""


class PlantUmlEngine(Engine):
    """Draws PlantUML texts with PlantUML itself.

    The backends, in the order in which they are tried: a process (a jar or a command of the settings, a jar
    of the environment variable PLANTUML_JAR, the program `plantuml` on the path), a server.

    Args:
        settings: `[tool.codeable.engines.plantuml]`: `backend`, `jar`, `java`, `command`, `server`.
        folder: The study's folder: relative paths start there.

    Raises:
        CodeableError: The settings are wrong.

    Example:
        >>> with PlantUmlEngine({"backend": "server", "server": "http://127.0.0.1:8080"}) as engine:
        ...     engine.language
        'plantuml'
    """

    name = "plantuml"
    language: Language = "plantuml"

    def __init__(self, settings: Mapping[str, object] | None = None, folder: Path | None = None) -> None:
        options = plantuml_options(settings, folder)
        self._forced = options.backend
        made: tuple[Backend, ...] = (ProcessBackend(options), ServerBackend(options))
        self._backends = {backend.name: backend for backend in made}
        self._chosen: Backend | None = None
        self._graphviz = GraphvizEngine()

    def states(self) -> tuple[EngineState, ...]:
        """The state of each backend; those that seem ready are started and asked for their version."""
        return tuple(self._state(self._backends[name]) for name in BACKENDS)

    def formats(self) -> tuple[str, ...]:
        """What the backend writes."""
        try:
            return self._backend().formats()
        except CodeableError:
            return ()

    def check_format(self, picture_format: str) -> None:
        """Refuse a format that cannot be drawn here; see `codeable.engines.protocol.Engine.check_format`."""
        backend = self._backend()
        if backend.writes(picture_format):
            return
        message = (
            f"engine {self.name!r} by {backend.name} cannot write {picture_format!r} here; "
            f"it can write {', '.join(backend.formats())}"
        )
        if picture_format in _FORMATS:
            message += "; --engine graphviz may write it"
        raise CodeableError(message, exit_status=2)

    def version(self) -> str:
        """PlantUML's version and the backend that brings it.

        Raises:
            CodeableError: No backend can draw here.
        """
        backend = self._backend()
        try:
            return f"PlantUML {backend.version()} by {backend.name}"
        except (BackendError, UnavailableError) as error:
            raise CodeableError(f"engine {self.name!r} cannot draw by {backend.name}: {error}") from None

    def close(self) -> None:
        """End every child process."""
        for backend in self._backends.values():
            backend.close()
        self._graphviz.close()

    def _results(
        self,
        drawings: Iterable[Drawing],
        picture_format: str,
        dpi: int,
        timeout: float,
        jobs: int | None,  # noqa: ARG002 - PlantUML draws one at a time
    ) -> Iterator[Picture | EngineError]:
        backend = self._backend()
        for drawing in drawings:
            try:
                yield self._picture(backend, drawing, picture_format, dpi, timeout)
            except EngineError as error:
                yield error

    def _picture(
        self, backend: Backend, drawing: Drawing, picture_format: str, dpi: int, timeout: float
    ) -> Picture:
        """Draw as SVG and check that, whatever the format: no other can be searched for lost labels."""
        self.check_language(drawing)
        text = None
        try:
            text = diagram_text(drawing.text)
            if text.is_empty:
                raise BackendError("the diagram is empty")
            if text.directive is not None and not backend.is_sandboxed():
                problem = (
                    "this line could read files or the network, and this PlantUML has no sandbox; "
                    "leave such lines out, or use a newer jar (1.2021 or later)"
                )
                raise BackendError(problem, text.directive)
            limited = with_largest_width(text.text, drawing.width_mm)
            svg = backend.draw(limited, "svg", dpi=dpi, timeout=timeout)
            check_svg(svg, limited, drawing)
            finished = finished_svg(svg, limited, drawing)
            if picture_format == "svg":
                return Picture(drawing.name, "svg", finished)
            messages = self._font_messages(svg_texts(svg), timeout)
            data = _in_format(backend, text.text, drawing.width_mm, svg, picture_format, dpi, timeout)
            if picture_format == "pdf":
                data = finish_pdf([data], drawing.title or drawing.name)
            elif picture_format == "eps":
                data = finish_eps(data, drawing.title or drawing.name)
            return Picture(drawing.name, picture_format, data, messages, lacks_fonts=bool(messages))
        except BackendError as error:
            line = text.line_of(error.line) if text is not None else error.line
            kind = EngineTimeoutError if error.late else EngineError
            raise kind(self.name, drawing.name, error.problem, line=line) from None
        except (UnsoundSvgError, UnsoundPdfError) as error:
            raise EngineError(self.name, drawing.name, f"the picture is not sound: {error}") from None

    def _font_messages(self, shown: str, timeout: float) -> tuple[str, ...]:
        """What to tell about the fonts of a picture, in which Java draws boxes for what no font has.

        Graphviz knows which characters the fonts of this machine have.

        Raises:
            BackendError: A letter would be a box.
        """
        unusual = " ".join(sorted({character for character in shown if ord(character) > _LAST_USUAL}))
        if not unusual or not all(state.ready for state in self._graphviz.states()):
            return ()
        probe = Drawing("its text", f"graph {{ a [fontname=serif label={quoted(unusual)}] }}", "dot")
        (result,) = self._graphviz.draw([probe], "pdf", timeout=timeout)
        if isinstance(result, EngineError):
            raise BackendError(result.problem)
        return result.messages

    def _state(self, backend: Backend) -> EngineState:
        try:
            backend.check_available()
            return EngineState(self.name, backend.name, True, backend.version(), backend.formats())
        except (UnavailableError, BackendError) as error:
            install = error.install if isinstance(error, UnavailableError) else None
            return EngineState(self.name, backend.name, False, missing=error.problem, install=install)
        finally:
            if backend is not self._chosen:
                backend.close()

    def _backend(self) -> Backend:
        """The backend that the settings demand, else the first that is ready.

        Raises:
            CodeableError: None is; it says what each lacks.
        """
        lacking: list[str] = []
        for name in (self._forced,) if self._forced else BACKENDS:
            if self._chosen is None:
                try:
                    self._backends[name].check_available()
                    self._chosen = self._backends[name]
                except UnavailableError as error:
                    lacking.append(f"  {name}: missing: {error}")
        if self._chosen is None:
            why = f", which {TABLE} demands," if self._forced else ""
            raise CodeableError("\n".join([f"engine {self.name!r}{why} cannot draw here:", *lacking]))
        return self._chosen


def _in_format(
    backend: Backend,
    text: str,
    width_mm: float | None,
    svg: bytes,
    picture_format: str,
    dpi: int,
    timeout: float,
) -> bytes:
    """What PlantUML itself writes, in the size of the SVG."""
    if picture_format != "png":
        limited = with_largest_width(text, width_mm)
        drawn = backend.draw(limited, picture_format, dpi=dpi, timeout=timeout)
        return eps_in_size(drawn, svg) if picture_format == "eps" else drawn
    bitmap, resolution = bitmap_text(text, svg, width_mm, dpi)
    drawn = backend.draw(bitmap, "png", dpi=resolution, timeout=timeout)
    check_bitmap(drawn, svg, dpi)
    return with_resolution(drawn, dpi)
