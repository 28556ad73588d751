"""From the views of a study to the files that they ought to have, before anything is drawn."""

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
from codeable.diagrams.fitting import Draft, split_along
from codeable.engines import Drawing, Language, check_settings
from codeable.engines import engine_name as checked_engine_name
from codeable.errors import CodeableError
from codeable.registry import Registry
from codeable.render.fingerprints import digest
from codeable.render.report import FORMATS, RenderRequest
from codeable.schema import list_of, one_of
from codeable.text import did_you_mean

__all__ = [
    "LANGUAGES",
    "Figure",
    "all_views",
    "asked_views",
    "check_formats",
    "drawing_of",
    "engine_name",
    "figure_of",
    "how_to_split",
    "text_digest",
]

MOST_NODES = 2000
MOST_EDGES = 6000
WIDEST_PIXELS = 30_000
BOXES_OF_A_PART = 50
"""As many as can be read in one figure."""

_EDITION = "1"
LANGUAGES: Mapping[str, Language] = {"graphviz": "dot", "plantuml": "plantuml"}
"""Engine → the language of its texts, known without loading the engine."""


@frozen
class Figure:
    """One view with the diagram made from it, and what its files are drawn from.

    A figure that has to fit a width may be drawn with narrower lines or in the other direction. What fits
    depends on the fonts of the machine, so texts and digests are those of the diagram as it was asked for.

    Attributes:
        view: The view.
        diagram: Its diagram, as it was asked for.
        draft: Makes the diagram under other options.
        engine: The name of the engine that draws it.
        dpi: The resolution of a PNG.
        usual: The options under the settings alone.
    """

    view: View
    diagram: Diagram
    draft: Draft
    engine: str
    dpi: int
    usual: FigureOptions

    def text(self, file_format: str) -> str:
        """The text of a text format."""
        return self._puml if file_format == "puml" else dot_text(self.diagram)

    @cached_property
    def _puml(self) -> str:
        return plantuml_text(self.diagram)

    @cached_property
    def basis(self) -> str:
        """The digest of the view's text under the settings alone, whatever else is asked for now."""
        is_usual = self.usual == self.diagram.options
        return text_digest(self._puml if is_usual else plantuml_text(self.draft(self.usual)))

    def drawing(self) -> Drawing:
        """What the engine gets."""
        return drawing_of(self.diagram, self.view.file_name, LANGUAGES[self.engine])

    def source(self, file_format: str, drawing: Drawing) -> str:
        """The digest of all that makes a picture, apart from the machine: text, style, engine, resolution."""
        resolution = str(self.dpi) if file_format == "png" else ""
        return digest(
            _EDITION, self.engine, file_format, resolution, drawing.text, drawing.title, drawing.description
        )

    def too_large(self) -> str | None:
        """Why this cannot be a picture, with the way out; None when it can."""
        nodes, edges = len(self.diagram.nodes), len(self.diagram.edges)
        if nodes > MOST_NODES or edges > MOST_EDGES:
            return f"{nodes:,} nodes and {edges:,} edges are too many for one picture; {how_to_split(self)}"
        return None


def text_digest(text: str) -> str:
    """The digest of a text as it stands in a file."""
    return digest(text.encode("utf-8", "replace"))


def drawing_of(diagram: Diagram, name: str, language: Language) -> Drawing:
    """A diagram as an engine of that language gets it."""
    text = dot_text(diagram) if language == "dot" else plantuml_text(diagram)
    return Drawing(name, text, language, diagram.title, diagram.description, visible_texts(diagram))


def how_to_split(figure: Figure) -> str:
    """What to do about a view that is too large."""
    diagram = figure.diagram
    if figure.view.kind not in ("bundle", "decision"):
        return "draw its parts: each decision is a view, and each CBundle that a model module declares is one"
    way_out = split_along(diagram, max(2, -(-len(diagram.nodes) // BOXES_OF_A_PART)))
    if figure.view.kind == "decision" and any(edge.kind.key == "relation" for edge in diagram.edges):
        return f"draw it without relations (--no-relations), or {way_out}"
    return way_out


def all_views(registry: Registry) -> tuple[View, ...]:
    """All views of a study; the settings may name no other.

    Raises:
        CodeableError: Two views have one file name, or the settings have options for a view that is missing.
    """
    found = views(registry)
    known = [view.identifier for view in found]
    for name in registry.settings.views:
        if name not in known:
            message = f"[tool.codeable.views.{name}]: there is no view {name!r}{did_you_mean(name, known)}"
            raise CodeableError(f"{message}\nThe views are: {', '.join(known)}", exit_status=2)
    return found


def asked_views(found: Sequence[View], names: Sequence[str]) -> tuple[View, ...]:
    """The views of those names, each once, in the study's order; all when there is no name."""
    if not names:
        return tuple(found)
    asked = {find_view(found, name).identifier for name in names}
    return tuple(view for view in found if view.identifier in asked)


def engine_name(registry: Registry, request: RenderRequest) -> str:
    """The engine asked for, else the one that the settings name."""
    check_settings(registry.settings.engines)
    if request.engine is not None:
        return checked_engine_name(request.engine)
    return checked_engine_name(registry.settings.engine, "[tool.codeable] engine")


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats, each once, texts first.

    Raises:
        CodeableError: One of them does not exist, or there is none.
    """
    named = list_of(one_of(*FORMATS))(formats, "the formats")
    if not named:
        raise CodeableError(f"no format is given; the formats are {', '.join(FORMATS)}", exit_status=2)
    return tuple(name for name in FORMATS if name in named)


def figure_of(registry: Registry, view: View, request: RenderRequest, engine: str) -> Figure:
    """The figure of one view under the settings of the study and what was asked for.

    Raises:
        CodeableError: An option or a style does not exist.
    """
    settings = registry.settings
    tables = (settings.figure, settings.views.get(view.identifier, {}), request.figure)
    where = ("[tool.codeable.figure]", f"[tool.codeable.views.{view.identifier}]", "the command line")
    options = figure_options(*tables, where=where)
    usual = figure_options(*tables[:2], where=where[:2]) if request.figure else options

    def draft(wanted: FigureOptions) -> Diagram:
        return build(view, registry, wanted, settings.styles)

    return Figure(view, draft(options), draft, engine, request.dpi, usual)
