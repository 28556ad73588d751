"""A figure of a study. It shows itself in a notebook and is saved in any format.

`Study.diagram` and `Study.figure` return one; `figure_of` makes it. `figures_of` and `drawn_together` make
and draw several with one engine.
"""

import base64
import itertools
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from codeable.diagrams import Diagram, FigureOptions, build, dot_text, plantuml_text
from codeable.diagrams.alt_text import alt_text
from codeable.diagrams.diagram import LaidOut
from codeable.diagrams.layout import lay_out
from codeable.diagrams.mermaid import mermaid_text
from codeable.engines import EngineError, Picture
from codeable.engines import engine as engine_named
from codeable.engines.cache import PictureCache, cache_folder, draw_cached
from codeable.engines.measuring import GraphvizMeasurer
from codeable.errors import CodeableError
from codeable.registry import Registry
from codeable.registry.answer import State
from codeable.render.drawings import drawings_of
from codeable.render.figures import FigureSettings
from codeable.render.report import TEXT_FORMATS
from codeable.render.saving import saved
from codeable.schema import LEAST_DPI, MOST_DPI, whole_number
from codeable.settings import Settings
from codeable.text import counted, html_text, printable

_FITTED = "max-width: 100%; height: auto"
"""In a notebook, a figure is no wider than its cell."""
_MIME_TYPES = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}


class Figure:
    """One view of a study, drawn on demand.

    Attributes:
        diagram: The nodes, edges and legend.
        parts: The number of pictures into which it is cut. An engine for PlantUML draws a single one.
        messages: What does not fit, is left out, or is drawn otherwise than asked.
    """

    def __init__(
        self, layout: LaidOut, name: str, settings: Settings, folder: Path | None, state: State
    ) -> None:
        self.diagram: Diagram = layout.diagram
        self.parts: int = len(layout.parts)
        self.messages: tuple[str, ...] = layout.messages
        self._layout = layout
        self._name = name
        self._settings = settings
        self._folder = folder
        self._state = state

    @property
    def puml(self) -> str:
        """The figure as PlantUML text."""
        return plantuml_text(self.diagram)

    @property
    def dot(self) -> str:
        """The figure as DOT text."""
        return dot_text(self.diagram)

    @property
    def mermaid(self) -> str:
        """The figure as the text of a Mermaid flowchart."""
        return mermaid_text(self.diagram)

    def render(
        self,
        engine: str | None = None,
        format: str = "svg",  # noqa: A002
        dpi: int = 300,
        part: int = 1,
    ) -> bytes:
        """Draw the figure, or take it from the cache of pictures.

        Args:
            engine: The engine that draws; by default that of the study's settings.
            format: The format of the picture: `svg`, `pdf`, `png`, or another one of the engine.
            dpi: Resolution of a PNG, in dots per inch.
            part: Which part of a figure that is cut into several, from 1.

        Returns:
            The bytes of the picture.

        Raises:
            EngineError: The engine cannot draw it.
            CodeableError: The engine, the format, the resolution or the part does not exist.
        """
        pictures = self._pictures(engine, format, dpi)
        whole_number(1, len(pictures), "the number of a part")(part, "part")
        return pictures[part - 1].data

    def _pictures(
        self, engine: str | None, picture_format: str, dpi: int, *, unique_ids: bool = False
    ) -> tuple[Picture, ...]:
        """The picture of each part."""
        whole_number(LEAST_DPI, MOST_DPI)(dpi, "dpi")
        name = self._settings.engine if engine is None else engine
        with engine_named(name, self._settings.engines, self._folder) as drawer:
            if not isinstance(picture_format, str):
                drawer.check_format(picture_format)
            drawings = drawings_of(self._layout, self._name, drawer.language, unique_ids=unique_ids)
            cache = PictureCache(cache_folder())
            results = tuple(draw_cached(drawer, cache, drawings, picture_format, dpi=dpi, jobs=1))
        pictures = []
        for result in results:
            if isinstance(result, EngineError):
                raise result
            for message in result.messages:
                warnings.warn(f"{result.name}: {message}", stacklevel=3)
            pictures.append(result)
        return tuple(pictures)

    def save(self, path: Path | str, engine: str | None = None, dpi: int = 300) -> Path:
        """Write the figure to a file; its parts to NAME.pdf, NAME-2.pdf and so on. All are written or none.

        Args:
            path: The file; its ending is the format: `.svg .pdf .png .eps`, or `.puml .dot` for the text.
            engine: The engine that draws; by default that of the study's settings.
            dpi: Resolution of a PNG, in dots per inch.

        Returns:
            The path of the file, for a figure of several parts that of the first one.

        Raises:
            CodeableError: As `render`; or the path has no ending, or cannot be written.

        Example:
            `study.diagram("infrastructure_decision", style="paper").save("fig1.pdf")`
        """

        def drawn(ending: str) -> list[bytes]:
            if ending in TEXT_FORMATS:
                return [(self.puml if ending == "puml" else self.dot).encode("utf-8")]
            return [picture.data for picture in self._pictures(engine, ending, dpi)]

        return saved(path, "figure", drawn)

    def __repr__(self) -> str:
        diagram = self.diagram
        parts = f"{counted(len(diagram.nodes), 'node')}, {counted(len(diagram.edges), 'edge')}"
        cut = f", {self.parts} parts" if self.parts > 1 else ""
        note = f" ({self._state.note})" if self._state.stale else ""
        return f"<Figure {diagram.name}: {printable(diagram.title)}, {parts}{cut}>{note}"

    def _ipython_display_(self) -> None:
        """Show each part as an output of its own. A figure of one part shows itself as any object does."""
        if self.parts == 1:
            raise NotImplementedError
        from IPython.display import display

        for bundle in self._bundles():
            display(bundle, raw=True)  # type: ignore[no-untyped-call]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Mapping[str, str]:  # noqa: ARG002
        bundles = self._bundles()
        if len(bundles) == 1:
            return bundles[0]
        return {"text/html": "\n".join(bundle["text/html"] for bundle in bundles), "text/plain": repr(self)}

    def _bundles(self) -> list[dict[str, str]]:
        """MIME type → content of each part: SVG, the other formats in the settings, and the SVG in HTML.

        Notebooks prefer HTML. Only there is a wide figure made as narrow as its cell, also in a notebook
        that is not trusted and in one that is exported, and only there has it a description.
        """
        try:
            by_format = {
                name: self._pictures(None, name, 300, unique_ids=True)
                for name in dict.fromkeys(("svg", *self._settings.notebook))
            }
        except CodeableError as error:
            return [{"text/plain": f"{self!r}\n{printable(error.message)}"}]
        return [
            self._bundle({name: pictures[part].data for name, pictures in by_format.items()})
            for part in range(len(by_format["svg"]))
        ]

    def _bundle(self, pictures: Mapping[str, bytes]) -> dict[str, str]:
        bundle = {}
        for name, data in pictures.items():
            if name == "svg":
                bundle[_MIME_TYPES[name]] = data.decode("utf-8").replace(
                    "<svg ", f'<svg style="{_FITTED}" ', 1
                )
            else:
                bundle[_MIME_TYPES[name]] = base64.b64encode(data).decode("ascii")
        bundle["text/plain"] = repr(self)
        note = f"<p>{html_text(self._state.note)}</p>\n" if self._state.stale else ""
        bundle["text/html"] = note + self._image(bundle[_MIME_TYPES["svg"]])
        return bundle

    def _image(self, svg: str) -> str:
        data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
        alt = html_text(alt_text(self.diagram.nodes, self.diagram.edges))
        return f'<img style="{_FITTED}" alt="{alt}" src="data:image/svg+xml;base64,{data}">'


def figure_of(registry: Registry, figure: FigureSettings, given: Mapping[str, object]) -> Figure:
    """A figure of a study, laid out for the width in its options.

    Args:
        registry: The study.
        figure: The figure, as the settings describe it.
        given: Options that override the settings.

    Raises:
        CodeableError: An option does not exist, or says nothing about this figure.
        EngineError: The figure cannot be laid out.
    """
    with engine_named("graphviz") as graphviz:
        return _figure(registry, figure, given, GraphvizMeasurer(graphviz, PictureCache(cache_folder())))


def figures_of(registry: Registry, figures: Iterable[FigureSettings]) -> list[Figure | CodeableError]:
    """Several figures of a study, laid out by one engine; for one that cannot be, the reason.

    Args:
        registry: The study.
        figures: The figures, as the settings describe them.
    """
    found: list[Figure | CodeableError] = []
    with engine_named("graphviz") as graphviz:
        measurer = GraphvizMeasurer(graphviz, PictureCache(cache_folder()))
        for figure in figures:
            try:
                found.append(_figure(registry, figure, {}, measurer))
            except CodeableError as error:
                found.append(error)
    return found


def drawn_together(registry: Registry, figures: Iterable[Figure]) -> list[list[Picture] | EngineError]:
    """The SVG of each part of several figures, drawn by one engine; for one that cannot be, the reason.

    Args:
        registry: Their study.
        figures: The figures.

    Raises:
        CodeableError: There is no engine of the name in the settings.
    """
    settings = registry.settings
    with engine_named(settings.engine, settings.engines, registry.folder) as drawer:
        parts = [drawings_of(figure._layout, figure._name, drawer.language) for figure in figures]
        drawings = [drawing for of_figure in parts for drawing in of_figure]
        results = draw_cached(drawer, PictureCache(cache_folder()), drawings, "svg")
        drawn = [list(itertools.islice(results, len(of_figure))) for of_figure in parts]
    return [
        next((each for each in found if isinstance(each, EngineError)), None)
        or [each for each in found if isinstance(each, Picture)]
        for found in drawn
    ]


def _figure(
    registry: Registry, figure: FigureSettings, given: Mapping[str, object], measurer: GraphvizMeasurer
) -> Figure:
    def draft(tried: FigureOptions) -> Diagram:
        return build(figure.view, registry, tried, registry.settings.styles)

    options = figure.options(registry.settings.styles, given)
    figure.check_meaning(draft(options), given)
    layout = lay_out(draft, options, measurer)
    return Figure(layout, figure.file_name, registry.settings, registry.folder, registry.state)
