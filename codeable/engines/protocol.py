"""What every engine takes and gives: drawing texts in, pictures or errors out.

`graphviz` and `plantuml` implement it; `codeable.engines` exports it.
"""

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Literal, Protocol, Self

from attrs import frozen

from codeable.errors import CodeableError
from codeable.text import did_you_mean

Language = Literal["dot", "plantuml"]


@frozen
class Drawing:
    """One text to be drawn.

    Attributes:
        name: The diagram's name, for messages and for the ids inside an SVG. Where a figure has several
            parts, each has a name of its own.
        text: The whole DOT or PlantUML text.
        language: Which of the two it is.
        title: What a screen reader says first.
        description: What the figure shows, in a sentence or a few.
        labels: Texts that must be visible in the picture; a picture without one of them is an error.
        pages: The texts of the pages, where a PDF has several; else empty. Other formats show `text`.
        unique_ids: Whether the ids inside an SVG hold a digest of the content, so that two figures of one
            name can be on one page. Without it they come from the name, and stay when the content changes.
        width_mm: The largest width of a PlantUML picture, which is made smaller as a whole; None for no
            limit. A DOT text says its size itself.
    """

    name: str
    text: str
    language: Language
    title: str = ""
    description: str = ""
    labels: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    unique_ids: bool = False
    width_mm: float | None = None


@frozen
class Picture:
    """One finished picture.

    Attributes:
        name: The diagram's name.
        format: `svg`, `pdf`, `png` or `eps`.
        data: Its bytes.
        messages: What is not as it should be in the picture, each with the way out.
        lacks_fonts: Whether fonts were missing when it was drawn, so that it is drawn again where
            `font_folders_stamp` differs.
    """

    name: str
    format: str
    data: bytes
    messages: tuple[str, ...] = ()
    lacks_fonts: bool = False


class EngineError(CodeableError):
    """One diagram could not be drawn.

    Attributes:
        engine: The engine's name.
        diagram: The diagram's name.
        problem: What went wrong, and the way out.
        line: The line of the text that is at fault, counted from 1, where the engine reports it.
    """

    def __init__(self, engine: str, diagram: str, problem: str, *, line: int | None = None) -> None:
        where = f"{diagram}, line {line}" if line is not None else diagram
        super().__init__(f"engine {engine!r} could not draw {where}: {problem}")
        self.engine = engine
        self.diagram = diagram
        self.problem = problem
        self.line = line


class EngineTimeoutError(EngineError):
    """One diagram was given up, because its layout took too long."""


@frozen
class EngineState:
    """Whether one backend of an engine can draw here, and if not, what is missing and how to get it."""

    engine: str
    backend: str
    ready: bool
    version: str | None = None
    formats: tuple[str, ...] = ()
    missing: str | None = None
    install: str | None = None


class Engine(Protocol):
    """Draws texts of one language: many at a time, results in the order given, errors as values.

    It is a context manager, whose end closes the engine.
    """

    name: str
    language: Language

    def states(self) -> tuple[EngineState, ...]:
        """One state per backend, in the order in which they are tried."""

    def formats(self) -> tuple[str, ...]:
        """The picture formats that can be drawn here."""

    def check_format(self, picture_format: str) -> None:
        """Refuse a format that cannot be drawn here, naming those that can.

        Raises:
            CodeableError: With exit status 2.
        """
        formats = self.formats()
        if picture_format not in formats:
            able = (
                f"it can write {', '.join(formats)}" if formats else "it is not ready: see `codeable engines`"
            )
            hint = did_you_mean(picture_format, formats)
            message = f"engine {self.name!r} cannot write {picture_format!r} here{hint}; {able}"
            raise CodeableError(message, exit_status=2)

    def check_language(self, drawing: Drawing) -> None:
        """Refuse a text of another language.

        Raises:
            EngineError: Naming both languages.
        """
        if drawing.language != self.language:
            problem = f"its text is {drawing.language}, and this engine draws {self.language}"
            raise EngineError(self.name, drawing.name, problem)

    def version(self) -> str:
        """What drew the picture, precise enough to be part of a cache key."""

    def draw(
        self,
        drawings: Iterable[Drawing],
        picture_format: str,
        *,
        dpi: int = 300,
        timeout: float = 60.0,
        jobs: int | None = None,
    ) -> Iterator[Picture | EngineError]:
        """Draw each text; one result per drawing, in order.

        Args:
            drawings: What to draw. Earlier ones are drawn while the next one is made.
            picture_format: One of `formats()`.
            dpi: Resolution of a PNG, in dots per inch.
            timeout: Seconds one drawing may take.
            jobs: Processes at a time; None lets the engine choose.

        Raises:
            CodeableError: The format cannot be drawn here; at once, before anything is drawn.
        """
        self.check_format(picture_format)
        return self._results(drawings, picture_format, dpi, timeout, jobs)

    def _results(
        self, drawings: Iterable[Drawing], picture_format: str, dpi: int, timeout: float, jobs: int | None
    ) -> Iterator[Picture | EngineError]:
        """What `draw` gives, for a format that can be drawn."""

    def widths(
        self,
        font: str,
        words: Sequence[tuple[str, bool]],  # noqa: ARG002
        timeout: float = 60.0,  # noqa: ARG002
    ) -> tuple[float, ...]:
        """The width of each word in points, per point of font size.

        Args:
            font: The font families, separated by commas.
            words: Words, each with whether it is bold.
            timeout: Seconds that it may take.

        Raises:
            EngineError: This engine does not measure, or cannot.
        """
        raise EngineError(self.name, f"text in {font}", "this engine does not measure text")

    def close(self) -> None:
        """End every child process."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
