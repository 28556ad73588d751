"""The default engine: the Graphviz library inside the package `pygraphviz`, in worker processes.

`codeable.engines.engine` makes it.
"""

import importlib.util
import marshal
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from codeable.engines.child_process import ChildProcess, UnavailableError
from codeable.engines.fonts import font_problem, with_generic_families
from codeable.engines.pool import ChildPool, Failure
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
from codeable.engines.svg import UnsoundSvgError, finish_svg, label_problem, svg_texts
from codeable.schema import check_keys

LIBRARY = "pygraphviz"
INSTALL = f"pip install {LIBRARY}"
_SCRIPT = Path(__file__).with_name("graphviz_worker.py")
_LINE = re.compile(r"\bline (\d+)\b")
_LABEL = re.compile(r"\s*; in label of (node|edge|graph) (.*)")
# What the library calls a renderer of each format. The built-in one for EPS knows Latin-1 alone.
_RENDERERS = {"svg": "svg", "pdf": "pdf", "png": "png", "eps": "eps:cairo"}


@frozen
class Layout:
    """A request to a worker: a text, the formats to render, the resolution of a bitmap, the time limit."""

    text: str
    formats: tuple[str, ...]
    dpi: int | None
    seconds: float


@frozen
class Rendered:
    """The answer of a worker.

    Attributes:
        problem: Why there is no result, or None.
        results: The bytes in each of the formats asked for.
        messages: What the library printed meanwhile.
    """

    problem: str | None
    results: tuple[bytes, ...]
    messages: str


class GraphvizWorker(ChildProcess[Layout, Rendered]):
    """A child process that runs `graphviz_worker.py`.

    It is started by the script's path and isolated from the environment, so it also works when the user's
    main program cannot be imported again, and from a notebook. It ends by itself when this process does.
    """

    def __init__(self) -> None:
        folder = library_folder()
        if folder is None:
            raise UnavailableError(f"the package {LIBRARY!r} is not installed", INSTALL)
        super().__init__([_interpreter(), "-I", "-S", str(_SCRIPT), str(folder)])

    def _first_answer(self) -> str:
        handshake = self._receive()
        if handshake.problem is not None:
            raise UnavailableError(handshake.problem, INSTALL)
        return handshake.results[0].decode()

    def _send(self, request: Layout) -> None:
        marshal.dump((request.text, request.formats, request.dpi, request.seconds), self._to_child)
        self._to_child.flush()

    def _receive(self) -> Rendered:
        problem, results = marshal.load(self._from_child)
        return Rendered(problem, results, self._error_text())


class GraphvizEngine(Engine):
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
        self._pool = ChildPool(GraphvizWorker)

    def states(self) -> tuple[EngineState, ...]:
        """One state: whether the library can be loaded."""
        try:
            package, _, library = self._pool.version().partition("/")
        except UnavailableError as error:
            return (
                EngineState(
                    self.name, "embedded library", False, missing=error.problem, install=error.install
                ),
            )
        version = f"{library} in {LIBRARY} {package}"
        return (EngineState(self.name, "embedded library", True, version, self.formats()),)

    def formats(self) -> tuple[str, ...]:
        """SVG, PDF, PNG; EPS where the library is built with cairo, which it is not on macOS."""
        return ("svg", "pdf", "png") if sys.platform == "darwin" else ("svg", "pdf", "png", "eps")

    def version(self) -> str:
        """The library's version; its wheel fixes the version of Graphviz too."""
        import importlib.metadata

        try:
            return f"{LIBRARY} {importlib.metadata.version(LIBRARY)}"
        except importlib.metadata.PackageNotFoundError:
            return f"{LIBRARY} unknown"

    def close(self) -> None:
        """End the worker processes."""
        self._pool.close()

    def _results(
        self, drawings: tuple[Drawing, ...], picture_format: str, dpi: int, timeout: float, jobs: int | None
    ) -> Iterator[Picture | EngineError]:
        probes = ("svg",) if picture_format in ("svg", "pdf") else ("svg", "pdf")
        formats = tuple(dict.fromkeys((*probes, _RENDERERS[picture_format])))
        resolution = dpi if picture_format == "png" else None
        layouts = [Layout(drawing.text, formats, resolution, timeout) for drawing in drawings]
        answers = self._pool.answers(layouts, seconds=timeout, jobs=jobs)
        for drawing, answer in zip(drawings, answers, strict=True):
            try:
                self.check_language(drawing)
                if isinstance(answer, Failure):
                    kind = EngineTimeoutError if answer.late else EngineError
                    raise kind(self.name, drawing.name, answer.problem)
                yield self._picture(drawing, picture_format, formats, answer, dpi)
            except EngineError as error:
                yield error

    def _picture(
        self, drawing: Drawing, picture_format: str, formats: tuple[str, ...], answer: Rendered, dpi: int
    ) -> Picture:
        errors = [line for line in answer.messages.splitlines() if _is_error(line)]
        if answer.problem is not None or errors:
            reported, line = _located(" ; ".join(errors) or answer.problem or "", drawing.text)
            raise EngineError(self.name, drawing.name, reported, line=line)
        by_format = dict(zip(formats, answer.results, strict=True))
        svg = by_format["svg"]
        try:
            problem = label_problem(svg, drawing.labels)
            if problem is None and picture_format == "svg":
                svg = with_generic_families(svg, drawing.text)
                return Picture(drawing.name, "svg", finish_svg(svg, drawing))
            problem = problem or font_problem(by_format["pdf"], drawing.text, svg_texts(svg))
        except UnsoundSvgError as error:
            raise EngineError(self.name, drawing.name, f"the picture is not sound: {error}") from None
        if problem is not None:
            raise EngineError(self.name, drawing.name, problem)
        data = by_format[_RENDERERS[picture_format]]
        return Picture(drawing.name, picture_format, with_resolution(data, dpi))


def _is_error(line: str) -> bool:
    """Whether a line on stderr reports a faulty picture; warnings of Fontconfig and Pango do not."""
    return line.startswith(("Error:", "in label of")) or "too large for" in line


def _located(problem: str, text: str) -> tuple[str, int | None]:
    """Graphviz's error, and the line of the text; inside a label, it counts those of the label."""
    label = _LABEL.search(problem)
    if label is None:
        line = _LINE.search(problem)
        return problem, int(line[1]) if line else None
    kind, name = label.groups()
    described = f"{problem[: label.start()]} of the label of {kind}{'' if kind == 'graph' else f' {name}'}"
    ends = ["graph"] if kind == "graph" else name.split(" -> " if " -> " in name else " -- ")
    start = r"\s*-[->]\s*".join(f'"?{re.escape(end)}"?' for end in ends)
    statement = re.compile(rf"\s*{start}\s*\[.*?\b(?:x|head|tail)?label\s*=\s*<")
    found = (number for number, line in enumerate(text.splitlines(), 1) if statement.match(line))
    return described, next(found, None)


def library_folder() -> Path | None:
    """The folder from which the library is imported, found without importing it."""
    try:
        found = importlib.util.find_spec(LIBRARY)
    except (ImportError, ValueError):
        return None
    return Path(found.origin).parent.parent if found is not None and found.origin else None


def _interpreter() -> str:
    # In a virtual environment on Windows, `sys.executable` only starts the real interpreter: killing it
    # would leave the drawing process alive.
    base = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    return base or sys.executable
