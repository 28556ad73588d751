"""What the main job draws: views, formats, engine, and the figure of each view. Called by the job.

Nothing is drawn here, and no engine is loaded.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import frozen

from codeable.diagrams import (
    Diagram,
    FigureOptions,
    View,
    build,
    dot_text,
    figure_options,
    find_view,
    plantuml_text,
    views,
    visible_texts,
)
from codeable.diagrams.fitting import Draft
from codeable.diagrams.layout import Part
from codeable.diagrams.splitting import split_advice
from codeable.engines import Drawing, Language, check_settings
from codeable.engines import engine_name as checked_engine_name
from codeable.errors import CodeableError
from codeable.registry import Registry
from codeable.render.fingerprints import digest
from codeable.render.report import RenderRequest
from codeable.text import did_you_mean

MOST_NODES = 2000
MOST_EDGES = 6000
WIDEST_PIXELS = 30_000
BOXES_OF_A_PART = 50
"""The most boxes that a reader can take in."""

_EDITION = "1"
LANGUAGES: Mapping[str, Language] = {"graphviz": "dot", "plantuml": "plantuml"}
"""Engine → language of its texts, known without loading the engine."""


@frozen
class FigureTarget:
    """The figure of one view: its diagram, texts and digests.

    A figure that has to fit a width may be drawn with narrower lines or in the other direction. What fits
    depends on the fonts of the machine, so texts and digests are those of the diagram before it is fitted.

    Attributes:
        view: The view.
        diagram: Its diagram under the given options.
        draft: Builds the diagram under other options.
        engine: Name of the engine that draws it.
        dpi: Resolution of a PNG.
        default_options: The options in the settings, without those of the request.
    """

    view: View
    diagram: Diagram
    draft: Draft
    engine: str
    dpi: int
    default_options: FigureOptions

    def text(self, file_format: str) -> str:
        """The text of a text format."""
        return self._puml if file_format == "puml" else dot_text(self.diagram)

    @cached_property
    def _puml(self) -> str:
        return plantuml_text(self.diagram)

    @cached_property
    def default_digest(self) -> str:
        """Digest of the view's text under the default options."""
        if self.default_options == self.diagram.options:
            return text_digest(self._puml)
        return text_digest(plantuml_text(self.draft(self.default_options)))

    def drawing(self, part: Part) -> Drawing:
        """The input of the engine for a part of the figure as it is laid out."""
        return drawing_of(self.diagram, self.view.file_name, LANGUAGES[self.engine], part)

    def source(self, file_format: str) -> str:
        """Digest of everything that determines a picture, except the machine.

        The text before the layout stands for the one after it, whose positions depend on the fonts.
        """
        resolution = str(self.dpi) if file_format == "png" else ""
        text = dot_text(self.diagram) if LANGUAGES[self.engine] == "dot" else self._puml
        options = repr(self.diagram.options)
        title, description = self.diagram.title, self.diagram.description
        return digest(_EDITION, self.engine, file_format, resolution, options, text, title, description)

    def too_large(self) -> str | None:
        """Why the figure is too large for a picture, with the way out; None when it is not."""
        nodes, edges = len(self.diagram.nodes), len(self.diagram.edges)
        if nodes > MOST_NODES or edges > MOST_EDGES:
            return f"{nodes:,} nodes and {edges:,} edges are too many for one picture; {how_to_split(self)}"
        return None


def text_digest(text: str) -> str:
    """Digest of a text as it is written to a file."""
    return digest(text.encode("utf-8", "replace"))


def drawing_of(diagram: Diagram, name: str, language: Language, part: Part) -> Drawing:
    """The input of an engine that reads the given language. An engine for PlantUML lays it out by itself."""
    title, description = diagram.title, diagram.description
    if language == "dot":
        return Drawing(name, part.text, language, title, description, part.labels)
    return Drawing(name, plantuml_text(diagram), language, title, description, visible_texts(diagram))


def how_to_split(figure: FigureTarget) -> str:
    """Advice for a view that is too large."""
    diagram = figure.diagram
    if figure.view.kind not in ("bundle", "decision"):
        return "draw its parts: each decision is a view, and each CBundle that a model module declares is one"
    way_out = split_advice(diagram, max(2, -(-len(diagram.nodes) // BOXES_OF_A_PART)))
    if figure.view.kind == "decision" and any(edge.kind.key == "relation" for edge in diagram.edges):
        return f"draw it without relations (--relations none), or {way_out}"
    return way_out


def all_views(registry: Registry) -> tuple[View, ...]:
    """All views of a study.

    Raises:
        CodeableError: Two views have one file name, or the settings have options for an unknown view.
    """
    found = views(registry)
    known = [view.identifier for view in found]
    for name in registry.settings.views:
        if name not in known:
            message = f"[tool.codeable.views.{name}]: there is no view {name!r}{did_you_mean(name, known)}"
            raise CodeableError(f"{message}\nThe views are: {', '.join(known)}", exit_status=2)
    return found


def selected_views(found: Sequence[View], names: Sequence[str]) -> tuple[View, ...]:
    """The views of the given names, each once, in the order of the study; all views for no names."""
    if not names:
        return tuple(found)
    selected = {find_view(found, name).identifier for name in names}
    return tuple(view for view in found if view.identifier in selected)


def engine_name(registry: Registry, request: RenderRequest) -> str:
    """The engine of the request, else the engine in the settings."""
    check_settings(registry.settings.engines)
    if request.engine is not None:
        return checked_engine_name(request.engine)
    return checked_engine_name(registry.settings.engine, "[tool.codeable] engine")


def figure_of(registry: Registry, view: View, request: RenderRequest, engine: str) -> FigureTarget:
    """The figure of one view, under the settings of the study and the options of the request.

    Raises:
        CodeableError: An option or a style does not exist.
    """
    settings = registry.settings
    tables = (settings.figure, settings.views.get(view.identifier, {}), request.figure)
    where = ("[tool.codeable.figure]", f"[tool.codeable.views.{view.identifier}]", "the command line")
    options = figure_options(*tables, where=where)
    default_options = figure_options(*tables[:2], where=where[:2]) if request.figure else options

    def draft(wanted: FigureOptions) -> Diagram:
        return build(view, registry, wanted, settings.styles)

    return FigureTarget(view, draft(options), draft, engine, request.dpi, default_options)
