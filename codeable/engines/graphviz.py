"""The default engine: Graphviz as a library from a wheel, in worker processes; no program is needed."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from codeable.engines.fonts import font_problem
from codeable.engines.pool import Failure, Task, WorkerPool
from codeable.engines.protocol import (
    Drawing,
    EngineError,
    EngineState,
    EngineTimeoutError,
    Language,
    Picture,
    check_format,
)
from codeable.engines.svg import UnsoundSvgError, finish_svg, missing_labels, svg_texts
from codeable.engines.worker_process import LIBRARY, Answer, library_folder

__all__ = ["GraphvizEngine"]

INSTALL = f"pip install {LIBRARY}"
_LINE = re.compile(r"\bline (\d+)\b")
# What the library calls a renderer of each format. The built-in one for EPS knows Latin-1 alone.
_RENDERERS = {"svg": "svg", "pdf": "pdf", "png": "png", "eps": "eps:cairo"}


class GraphvizEngine:
    """Draws DOT texts with the Graphviz inside the package `pygraphviz`.

    Every drawing is also rendered as SVG, from the same layout, to see that no label got lost, and a bitmap
    or EPS as PDF as well, to see that there were fonts for its text.

    Example:
        >>> with GraphvizEngine() as engine:
        ...     (picture,) = engine.draw(
        ...         [Drawing("small", "digraph { a -> b }", "dot", labels=("a", "b"))], "svg"
        ...     )
        >>> picture.data[:5]
        b'<?xml'
    """

    name = "graphviz"
    language: Language = "dot"

    def __init__(self, settings: Mapping[str, object] | None = None, folder: Path | None = None) -> None:  # noqa: ARG002
        self._pool = WorkerPool()

    def states(self) -> tuple[EngineState, ...]:
        """One state: the library is installed or not."""
        if library_folder() is None:
            missing = f"the Python package {LIBRARY!r} is not installed"
            return (EngineState(self.name, "embedded library", False, missing=missing, install=INSTALL),)
        return (EngineState(self.name, "embedded library", True, self._library_version(), self.formats()),)

    def formats(self) -> tuple[str, ...]:
        """SVG, PDF, PNG; EPS where the library is built with cairo, which it is not on macOS."""
        return ("svg", "pdf", "png") if sys.platform == "darwin" else ("svg", "pdf", "png", "eps")

    def version(self) -> str:
        """The library's version; its wheel fixes the version of Graphviz too."""
        return f"{LIBRARY} {self._library_version()}"

    def draw(
        self,
        drawings: Sequence[Drawing],
        picture_format: str,
        *,
        dpi: int = 300,
        timeout: float = 60.0,
        jobs: int | None = None,
    ) -> Iterator[Picture | EngineError]:
        """Draw each text; see `codeable.engines.protocol.Engine.draw`."""
        check_format(self, picture_format)
        drawings = tuple(drawings)
        probes = ("svg",) if picture_format in ("svg", "pdf") else ("svg", "pdf")
        formats = tuple(dict.fromkeys((*probes, _RENDERERS[picture_format])))
        resolution = dpi if picture_format == "png" else None
        tasks = [Task(drawing.text, formats, resolution) for drawing in drawings]
        answers = self._pool.answers(tasks, seconds=timeout, jobs=jobs)
        for drawing, answer in zip(drawings, answers, strict=True):
            try:
                yield self._picture(drawing, picture_format, formats, answer)
            except EngineError as error:
                yield error

    def close(self) -> None:
        """End the worker processes."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _picture(
        self, drawing: Drawing, picture_format: str, formats: tuple[str, ...], answer: Answer | Failure
    ) -> Picture:
        if isinstance(answer, Failure):
            if answer.late:
                raise EngineTimeoutError(self.name, drawing.name, answer.problem)
            way_out = f"; install it: {INSTALL}" if answer.library_missing else ""
            raise EngineError(self.name, drawing.name, answer.problem + way_out)
        complaints = [line for line in answer.messages.splitlines() if _is_complaint(line)]
        if answer.problem is not None or complaints:
            problem = "; ".join(complaints) or answer.problem or ""
            line = _LINE.search(problem)
            raise EngineError(self.name, drawing.name, problem, line=int(line[1]) if line else None)
        by_format = dict(zip(formats, answer.results, strict=True))
        svg = by_format["svg"]
        try:
            self._check_labels(drawing, svg)
            if picture_format == "svg":
                return Picture(drawing.name, "svg", finish_svg(svg, drawing))
            problem_with_fonts = font_problem(by_format["pdf"], drawing.text, svg_texts(svg))
        except UnsoundSvgError as error:
            raise EngineError(self.name, drawing.name, f"the picture is not sound: {error}") from None
        if problem_with_fonts is not None:
            raise EngineError(self.name, drawing.name, problem_with_fonts)
        return Picture(drawing.name, picture_format, by_format[_RENDERERS[picture_format]])

    def _check_labels(self, drawing: Drawing, svg: bytes) -> None:
        missing = missing_labels(svg, drawing.labels)
        if missing:
            rest = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            raise EngineError(
                self.name, drawing.name, f"the label {missing[0]!r}{rest} is missing in the picture"
            )

    def _library_version(self) -> str:
        import importlib.metadata

        try:
            return importlib.metadata.version(LIBRARY)
        except importlib.metadata.PackageNotFoundError:
            return "unknown"


def _is_complaint(line: str) -> bool:
    """Whether a line on stderr tells of a faulty picture; warnings of Fontconfig and Pango do not."""
    return line.startswith(("Error:", "in label of")) or "too large for" in line
