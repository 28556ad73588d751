"""The engine `plantuml`: chooses a carrier, checks every text and picture, never hands back an error page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from codeable.engines.plantuml.carrier import Absence, Carrier, CarrierError
from codeable.engines.plantuml.errors import ShownTexts, picture_error, shown_texts
from codeable.engines.plantuml.options import CARRIERS, TABLE, plantuml_options
from codeable.engines.plantuml.process import ProcessCarrier
from codeable.engines.plantuml.server import ServerCarrier
from codeable.engines.plantuml.sizes import bitmap_text, check_bitmap, eps_in_size
from codeable.engines.plantuml.text import diagram_text
from codeable.engines.png import with_resolution
from codeable.engines.protocol import Drawing, EngineError, EngineState, Language, Picture
from codeable.engines.svg import UnsoundSvgError, finish_svg, missing_labels
from codeable.errors import CodeableError

__all__ = ["PlantUmlEngine"]

# A viewer without the one family that PlantUML writes would take one with serifs.
_WITHOUT_FALLBACK = re.compile(rb'font-family="(Helvetica|Arial)"')
_BACKGROUND = re.compile(r"^skinparam backgroundColor (#[0-9A-Fa-f]{3,6})$", re.M)
_ROOT = re.compile(rb"<svg\b[^>]*(?<!/)>")
_FORMATS = ("svg", "pdf", "png", "eps")


class PlantUmlEngine:
    """Draws PlantUML texts with PlantUML itself.

    The carriers, in the order in which they are tried: a process (a jar or a command of the settings, a jar
    of the environment variable PLANTUML_JAR, the program `plantuml` on the path), a server.

    Args:
        settings: `[tool.codeable.engines.plantuml]`: `carrier`, `jar`, `java`, `command`, `server`.
        folder: The study's folder: relative paths start there.

    Raises:
        CodeableError: The settings are wrong.

    Example:
        >>> with PlantUmlEngine({"carrier": "server", "server": "http://127.0.0.1:8080"}) as engine:
        ...     engine.language
        'plantuml'
    """

    name = "plantuml"
    language: Language = "plantuml"

    def __init__(self, settings: Mapping[str, object] | None = None, folder: Path | None = None) -> None:
        options = plantuml_options(settings, folder)
        self._forced = options.carrier
        made: tuple[Carrier, ...] = (ProcessCarrier(options), ServerCarrier(options))
        self._carriers = {carrier.name: carrier for carrier in made}
        self._chosen: Carrier | None = None

    def states(self) -> tuple[EngineState, ...]:
        """The state of each carrier; those that seem ready are started and asked for their version."""
        return tuple(self._state(self._carriers[name]) for name in CARRIERS)

    def formats(self) -> tuple[str, ...]:
        """What the carrier writes."""
        carrier = self._find()
        return () if isinstance(carrier, str) else carrier.native_formats

    def version(self) -> str:
        """PlantUML's version and the carrier that brings it.

        Raises:
            CodeableError: No carrier can draw here.
        """
        carrier = self._carrier()
        try:
            return f"PlantUML {carrier.version()} by {carrier.name}"
        except CarrierError as error:
            raise CodeableError(
                f"engine {self.name!r} cannot draw by {carrier.name}: {error.problem}"
            ) from None

    def draw(
        self,
        drawings: Sequence[Drawing],
        picture_format: str,
        *,
        dpi: int = 300,
        timeout: float = 60.0,
        jobs: int | None = None,  # noqa: ARG002
    ) -> Iterator[Picture | EngineError]:
        """Draw each text, one after the other: PlantUML draws one at a time, however many are asked for.

        See `codeable.engines.protocol.Engine.draw`.

        Raises:
            CodeableError: No carrier can draw here, or not this format; at once, before anything is drawn.
        """
        carrier = self._carrier()
        self._check_format(carrier, picture_format)
        return self._pictures(carrier, tuple(drawings), picture_format, dpi, timeout)

    def close(self) -> None:
        """End every child process."""
        for carrier in self._carriers.values():
            carrier.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _pictures(
        self, carrier: Carrier, drawings: tuple[Drawing, ...], picture_format: str, dpi: int, timeout: float
    ) -> Iterator[Picture | EngineError]:
        for drawing in drawings:
            try:
                yield Picture(
                    drawing.name,
                    picture_format,
                    self._picture(carrier, drawing, picture_format, dpi, timeout),
                )
            except EngineError as error:
                yield error

    def _picture(
        self, carrier: Carrier, drawing: Drawing, picture_format: str, dpi: int, timeout: float
    ) -> bytes:
        """Draw as SVG and check that, whatever the format: no other can be searched for lost labels."""
        text = None
        try:
            if drawing.language != self.language:
                raise CarrierError(f"its text is {drawing.language}, and this engine draws {self.language}")
            text = diagram_text(drawing.text)
            if text.directive is not None and not carrier.is_sandboxed():
                problem = (
                    "this line could read files or the network, and this PlantUML has no sandbox; "
                    "leave such lines out, or use a newer jar (1.2021 or later)"
                )
                raise CarrierError(problem, text.directive)
            svg = carrier.draw(text.text, "svg", dpi=dpi, timeout=timeout)
            _check(svg, drawing)
            svg = _WITHOUT_FALLBACK.sub(rb'font-family="\1,Arial,Liberation Sans,sans-serif"', svg)
            finished = finish_svg(_with_background(svg, text.text), drawing)
            if picture_format == "svg":
                return finished
            return _native(carrier, text.text, svg, picture_format, dpi, timeout)
        except CarrierError as error:
            line = text.line_of(error.line) if text is not None else error.line
            raise EngineError(self.name, drawing.name, error.problem, line=line) from None
        except UnsoundSvgError as error:
            raise EngineError(self.name, drawing.name, f"the picture is not sound: {error}") from None

    def _state(self, carrier: Carrier) -> EngineState:
        absence = carrier.absence()
        version = None
        if absence is None:
            try:
                version = carrier.version()
            except CarrierError as error:
                absence = Absence(error.problem)
            finally:
                if carrier is not self._chosen:
                    carrier.close()
        if absence is not None:
            return EngineState(self.name, carrier.name, False, missing=absence.what, install=absence.install)
        return EngineState(self.name, carrier.name, True, version, carrier.native_formats)

    def _carrier(self) -> Carrier:
        carrier = self._find()
        if isinstance(carrier, str):
            raise CodeableError(carrier)
        return carrier

    def _find(self) -> "Carrier | str":
        """The carrier that the settings demand, else the first that is ready, else what all of them lack."""
        if self._chosen is None:
            lacking: list[str] = []
            for name in (self._forced,) if self._forced else CARRIERS:
                absence = self._carriers[name].absence()
                if absence is None:
                    self._chosen = self._carriers[name]
                    break
                way_out = f"; install: {absence.install}" if absence.install else ""
                lacking.append(f"  {name}: missing: {absence.what}{way_out}")
            else:
                why = f", which {TABLE} demands," if self._forced else ""
                return "\n".join([f"engine {self.name!r}{why} cannot draw here:", *lacking])
        return self._chosen

    def _check_format(self, carrier: Carrier, picture_format: str) -> None:
        able = carrier.native_formats
        if picture_format in able:
            return
        message = (
            f"engine {self.name!r} by {carrier.name} cannot write {picture_format!r} here; "
            f"it can write {', '.join(able)}"
        )
        if picture_format in _FORMATS:
            message += "; --engine graphviz may write it"
        raise CodeableError(message, exit_status=2)


def _native(carrier: Carrier, text: str, svg: bytes, picture_format: str, dpi: int, timeout: float) -> bytes:
    """What PlantUML itself writes, in the size of the SVG."""
    if picture_format != "png":
        drawn = carrier.draw(text, picture_format, dpi=dpi, timeout=timeout)
        return eps_in_size(drawn, svg) if picture_format == "eps" else drawn
    bitmap, resolution = bitmap_text(text, svg, dpi)
    drawn = carrier.draw(bitmap, "png", dpi=resolution, timeout=timeout)
    check_bitmap(drawn, svg, dpi)
    return with_resolution(drawn, dpi)


def _with_background(svg: bytes, text: str) -> bytes:
    """The picture on the background that its text asks for: PlantUML leaves a white one out."""
    colour = _BACKGROUND.search(text)
    if colour is None:
        return svg
    background = f'<rect width="100%" height="100%" fill="{colour[1]}"/>'.encode()
    return _ROOT.sub(lambda root: root[0] + background, svg, count=1)


def _check(svg: bytes, drawing: Drawing) -> None:
    """Refuse a picture of an error message, and one in which a label is missing."""
    try:
        shown = shown_texts(svg)
    except ValueError as error:
        raise CarrierError(f"what came back is no SVG: {error}") from None
    error_shown = picture_error(shown, drawing.labels)
    if error_shown is not None:
        raise CarrierError(error_shown.problem, error_shown.line)
    missing = missing_labels(svg, drawing.labels)
    if missing:
        rest = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        instead = "" if shown.has_elements else _instead(shown)
        raise CarrierError(f"the label {missing[0]!r}{rest} is missing in the picture{instead}")


def _instead(shown: ShownTexts) -> str:
    texts = [line.strip() for line in shown.lines if line.strip()]
    return f", which shows {' '.join(texts[:6])!r}" if texts else ", which shows no text at all"
