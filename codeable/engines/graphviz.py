"""The default engine: the Graphviz library inside the package `pygraphviz`, in worker processes.

`codeable.engines.engine` makes it.
"""

import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from codeable.diagrams.dot_escape import attribute, quoted
from codeable.engines.child_process import UnavailableError
from codeable.engines.documents import UnsoundPdfError, finish_eps, finish_pdf
from codeable.engines.font_checks import (
    DrawnText,
    drawn_text,
    font_problem,
    symbol_message,
    unseen,
    width_message,
)
from codeable.engines.fonts import font_names, wanted_families, with_generic_families
from codeable.engines.graphviz_errors import checked
from codeable.engines.graphviz_process import LIBRARY, GraphvizWorker, Layout, Measurement, Rendered
from codeable.engines.pool import ChildPool
from codeable.engines.protocol import (
    Drawing,
    Engine,
    EngineError,
    EngineState,
    Language,
    Picture,
)
from codeable.engines.sizes import with_resolution
from codeable.engines.svg import (
    UnsoundSvgError,
    finish_svg,
    label_problem,
    svg_texts,
)
from codeable.schema import check_keys

_LENGTH = re.compile(rb' textLength="[^"]*" lengthAdjust="[^"]*"')
# What the library calls a renderer of each format. The built-in one for EPS knows Latin-1 alone.
_RENDERERS = {"svg": "svg", "pdf": "pdf", "png": "png", "eps": "eps:cairo"}
_MEASURING = "the widths of words"
_PROBE_SECONDS = 10.0


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
        self._fonts: dict[str, DrawnText] = {}
        """Value of `fontname` → what a letter in it is drawn with."""

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

    def widths(
        self, font: str, words: Sequence[tuple[str, bool]], timeout: float = 60.0
    ) -> tuple[float, ...]:
        """The width of each word; see `codeable.engines.protocol.Engine.widths`."""
        request = Measurement(font, tuple(words), timeout)
        (answer,) = self._pool.answers([request], seconds=timeout, jobs=1)
        return checked(answer, self.name, _MEASURING).results

    def _results(
        self, drawings: Iterable[Drawing], picture_format: str, dpi: int, timeout: float, jobs: int | None
    ) -> Iterator[Picture | EngineError]:
        formats = tuple(dict.fromkeys((*_probes(picture_format), _RENDERERS[picture_format])))
        asked: deque[Drawing | str] = deque()

        def requests() -> Iterator[Layout]:
            tried = set(self._fonts)
            for drawing in drawings:
                names = font_names(drawing.text)
                for name in names:
                    if name not in tried:
                        tried.add(name)
                        asked.append(name)
                        yield Layout(_text_dot("A", [name]), ("pdf",), timeout)
                asked.append(drawing)
                resolution = dpi if picture_format == "png" else None
                yield Layout(drawing.text, formats, timeout, resolution, names)
                for page in _pages(drawing, picture_format):
                    yield Layout(page, ("pdf",), timeout)

        answers = self._pool.answers(requests(), seconds=timeout, jobs=jobs)
        for whole in answers:
            drawing = asked.popleft()
            if isinstance(drawing, str):
                if isinstance(whole, Rendered) and whole.results:
                    self._fonts[drawing] = drawn_text(whole.results[0])
                continue
            answered = [next(answers) for _ in _pages(drawing, picture_format)]
            try:
                self.check_language(drawing)
                results = checked(whole, self.name, drawing.name, drawing.text, dpi).results
                by_format = dict(zip(formats, results, strict=True))
                pages = [
                    checked(page, self.name, drawing.name, text).results[0]
                    for text, page in zip(_pages(drawing, picture_format), answered, strict=True)
                ]
                yield self._picture(drawing, picture_format, by_format, pages, dpi)
            except EngineError as error:
                yield error
            except (UnsoundSvgError, UnsoundPdfError) as error:
                yield EngineError(self.name, drawing.name, f"the picture is not sound: {error}")

    def _picture(
        self,
        drawing: Drawing,
        picture_format: str,
        by_format: Mapping[str, bytes],
        pages: Sequence[bytes],
        dpi: int,
    ) -> Picture:
        """The finished picture, after a look at its labels and its fonts.

        Raises:
            EngineError: A label or a font is missing.
        """
        svg, names = by_format["svg"], font_names(drawing.text)
        problem = label_problem(svg, drawing.labels)
        if picture_format == "svg":
            told = [self._font_message(name) for name in names]
            data = _LENGTH.sub(b"", svg) if any(told) else svg
        else:
            shown = svg_texts(svg)
            drawn = self._with_drawable(drawn_text(by_format["pdf"]), shown, names)
            problem = problem or font_problem(drawn, wanted_families(drawing.text), shown)
            told = [symbol_message(drawn, shown)]
            data = by_format[_RENDERERS[picture_format]]
        if problem is not None:
            raise EngineError(self.name, drawing.name, problem)
        title = drawing.title or drawing.name
        if picture_format == "svg":
            data = finish_svg(with_generic_families(data, names), drawing)
        elif picture_format == "pdf":
            data = finish_pdf(pages or [data], title)
        elif picture_format == "eps":
            data = finish_eps(data, title)
        else:
            data = with_resolution(data, dpi)
        messages = tuple(dict.fromkeys(message for message in told if message is not None))
        return Picture(drawing.name, picture_format, data, messages, lacks_fonts=bool(messages))

    def _with_drawable(self, drawn: DrawnText, shown: str, fonts: Sequence[str]) -> DrawnText:
        """What a PDF shows, and the characters of its text that fonts have although they are not in it.

        A text that ends beyond the page, as one does whose characters are boxes, is not in a PDF.
        """
        characters = unseen(drawn, shown)
        if not (characters and drawn.characters and fonts):
            return drawn
        request = Layout(_text_dot(" ".join(characters), fonts), ("pdf",), _PROBE_SECONDS)
        for answer in self._pool.answers([request], seconds=_PROBE_SECONDS, jobs=1):
            if isinstance(answer, Rendered) and answer.results:
                drawable = drawn_text(answer.results[0]).characters
                return evolve(drawn, characters=drawn.characters | drawable)
        return drawn

    def _font_message(self, name: str) -> str | None:
        drawn = self._fonts.get(name)
        return None if drawn is None else width_message(drawn, name.split(","))


def _probes(picture_format: str) -> tuple[str, ...]:
    """The formats in which labels and fonts are looked for."""
    return ("svg",) if picture_format == "svg" else ("svg", "pdf")


def _pages(drawing: Drawing, picture_format: str) -> tuple[str, ...]:
    return drawing.pages if picture_format == "pdf" else ()


def _text_dot(text: str, fonts: Sequence[str]) -> str:
    """A text in each of some fonts."""
    boxes = (f"n{number} [fontname={attribute(font)}]" for number, font in enumerate(fonts))
    return f"graph {{ node [shape=plain label={quoted(text)}] {' '.join(boxes)} }}"
