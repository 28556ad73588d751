"""The default engine: Graphviz as a library from a wheel, in worker processes; no program is needed."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from codeable.engines.fonts import font_problem, with_generic_families
from codeable.engines.png import with_resolution
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
from codeable.engines.worker_process import (
    Answer,
    LibraryMissingError,
    WorkerDiedError,
    WorkerProcess,
)
from codeable.schema import check_keys

__all__ = ["GraphvizEngine"]

LIBRARY = "pygraphviz"
INSTALL = f"pip install {LIBRARY}"
_SCRIPT = Path(__file__).with_name("graphviz_worker.py")
_LINE = re.compile(r"\bline (\d+)\b")
_LABEL = re.compile(r"\s*; in label of (node|edge|graph) (.*)")
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
        check_keys(settings or {}, (), "[tool.codeable.engines.graphviz]")
        self._pool = WorkerPool(_worker)

    def states(self) -> tuple[EngineState, ...]:
        """One state: whether the library can be loaded."""
        try:
            version = _loaded_version()
        except (LibraryMissingError, WorkerDiedError, OSError) as error:
            missing = str(error)
            return (EngineState(self.name, "embedded library", False, missing=missing, install=INSTALL),)
        return (EngineState(self.name, "embedded library", True, version, self.formats()),)

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
                yield self._picture(drawing, picture_format, formats, answer, dpi)
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
        self,
        drawing: Drawing,
        picture_format: str,
        formats: tuple[str, ...],
        answer: Answer | Failure,
        dpi: int,
    ) -> Picture:
        if isinstance(answer, Failure):
            if answer.late:
                raise EngineTimeoutError(self.name, drawing.name, answer.problem)
            way_out = f"; install it: {INSTALL}" if answer.library_missing else ""
            raise EngineError(self.name, drawing.name, answer.problem + way_out)
        if drawing.language != self.language:
            problem = f"its text is {drawing.language}, and this engine draws {self.language}"
            raise EngineError(self.name, drawing.name, problem)
        complaints = [line for line in answer.messages.splitlines() if _is_complaint(line)]
        if answer.problem is not None or complaints:
            problem, line = _told(" ; ".join(complaints) or answer.problem or "", drawing.text)
            raise EngineError(self.name, drawing.name, problem, line=line)
        by_format = dict(zip(formats, answer.results, strict=True))
        svg = by_format["svg"]
        try:
            self._check_labels(drawing, svg)
            if picture_format == "svg":
                svg = with_generic_families(svg, drawing.text)
                return Picture(drawing.name, "svg", finish_svg(svg, drawing))
            problem_with_fonts = font_problem(by_format["pdf"], drawing.text, svg_texts(svg))
        except UnsoundSvgError as error:
            raise EngineError(self.name, drawing.name, f"the picture is not sound: {error}") from None
        if problem_with_fonts is not None:
            raise EngineError(self.name, drawing.name, problem_with_fonts)
        data = by_format[_RENDERERS[picture_format]]
        return Picture(drawing.name, picture_format, with_resolution(data, dpi))

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


def _told(problem: str, text: str) -> tuple[str, int | None]:
    """What Graphviz complains of, and the line of the text; inside a label, it counts the lines of that."""
    label = _LABEL.search(problem)
    if label is None:
        line = _LINE.search(problem)
        return problem, int(line[1]) if line else None
    kind, name = label.groups()
    told = f"{problem[: label.start()]} of the label of {kind}{'' if kind == 'graph' else f' {name}'}"
    ends = ["graph"] if kind == "graph" else name.split(" -> " if " -> " in name else " -- ")
    start = r"\s*-[->]\s*".join(f'"?{re.escape(end)}"?' for end in ends)
    statement = re.compile(rf"\s*{start}\s*\[.*?\b(?:x|head|tail)?label\s*=\s*<")
    found = (number for number, line in enumerate(text.splitlines(), 1) if statement.match(line))
    return told, next(found, None)


def _worker() -> WorkerProcess:
    return WorkerProcess(_SCRIPT, LIBRARY)


def _loaded_version() -> str:
    worker = _worker()
    try:
        package, _, graphviz = worker.greet().partition("/")
    finally:
        worker.close()
    return f"{graphviz} in {LIBRARY} {package}"
