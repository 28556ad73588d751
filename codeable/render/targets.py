"""A figure as the main job draws it: its diagram, texts, digests and files. Called by the job.

Nothing is drawn here, and no engine is loaded.
"""

import contextlib
import shlex
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from attrs import evolve, fields, frozen

from codeable.diagrams import (
    Diagram,
    FigureOptions,
    View,
    dot_text,
    figure_options,
    plantuml_text,
)
from codeable.diagrams.advice import Dialect, written
from codeable.diagrams.alt_text import alt_text
from codeable.diagrams.diagram import Draft, LaidOut
from codeable.diagrams.graph.split_hints import split_advice
from codeable.engines import Language
from codeable.errors import CodeableError
from codeable.render.drawings import part_name
from codeable.render.fingerprints import Fitting, digest

MOST_NODES = 2000
MOST_EDGES = 6000
WIDEST_PIXELS = 30_000
_MOST_IN_A_BUNDLE = 50
"""The most boxes that a reader can take in."""

_LARGE = 150
"""Nodes or edges of a figure that may take too long to lay out because of its size."""
_EDITION = "2"
"""Raised when the same text is drawn otherwise, so that pictures drawn before are stale."""
LANGUAGES: Mapping[str, Language] = {"graphviz": "dot", "plantuml": "plantuml"}
"""Engine → language of its texts, known without loading the engine."""


@frozen
class FigureTarget:
    """The figure of one view: its diagram, texts and digests.

    A graph that has to fit a width is drawn with narrower lines or in the other direction, and rails are
    placed by the widths of words. What fits depends on the fonts of the machine, so digests are those of the
    diagram before it is fitted.

    Attributes:
        name: What reports call it: the identifier of its view, or `figures.NAME`.
        view: The view.
        diagram: Its diagram under the given options.
        draft: Builds the diagram under other options.
        engine: Name of the engine that draws it.
        dpi: Resolution of a PNG.
        default_options: The options in the settings, without those of the request; None for the same.
        dialect: How its options were given, and messages write them.
        file: Path of its files without the ending.
        formats: The formats that it is wanted in.
    """

    name: str
    view: View
    diagram: Diagram
    draft: Draft
    engine: str
    dpi: int
    default_options: FigureOptions | None
    dialect: Dialect
    file: Path
    formats: tuple[str, ...]

    @property
    def flag(self) -> str:
        """What a command for this figure alone needs before `--format`; nothing for that of a view."""
        if self.name == self.view.identifier:
            return ""
        return f"--figure {shlex.quote(self.name.partition('.')[2])} "

    @property
    def is_fitted(self) -> bool:
        """Whether its texts depend on what fits its width."""
        has_width = self.diagram.options.width_mm is not None
        return has_width and not self.diagram.decisions and self.too_large() is None

    @property
    def may_take_too_long(self) -> bool:
        """Whether a layout that takes too long does so because of the size of the figure."""
        return len(self.diagram.nodes) > _LARGE or len(self.diagram.edges) > _LARGE

    def path(self, file_format: str, part: int = 1) -> Path:
        """The file of a part in one format."""
        return self.file.with_name(f"{part_name(self.file.name, part)}.{file_format}")

    def text(self, file_format: str, fitting: Fitting | None = None) -> str:
        """The text of a text format.

        Args:
            file_format: `puml` or `dot`.
            fitting: The options that make it fit its width; those that do not exist are not used.
        """
        if not fitting:
            return self._puml if file_format == "puml" else self._dot
        diagram = self.diagram
        with contextlib.suppress(CodeableError, AttributeError):
            chosen = figure_options(fitting)
            diagram = self.draft(evolve(diagram.options, **{name: getattr(chosen, name) for name in fitting}))
        return plantuml_text(diagram) if file_format == "puml" else dot_text(diagram)

    @cached_property
    def _puml(self) -> str:
        return plantuml_text(self.diagram)

    @cached_property
    def _dot(self) -> str:
        return dot_text(self.diagram)

    @cached_property
    def _description(self) -> str:
        return alt_text(self.diagram.nodes, self.diagram.edges)

    @cached_property
    def default_digest(self) -> str:
        """Digest of the view's text and options under the settings alone."""
        if self.default_options is None:
            return self.text_source("puml")
        default = self.draft(self.default_options)
        return _source_of(plantuml_text(default), default)

    def text_source(self, file_format: str) -> str:
        """Digest of everything that determines a text, except the machine."""
        return _source_of(self.text(file_format), self.diagram)

    def source(self, file_format: str) -> str:
        """Digest of everything that determines a picture, except the machine.

        The text before the layout stands for the one after it, whose positions depend on the fonts. Rails
        are not drawn from DOT of the graph, which takes longer to write than PlantUML.
        """
        diagram = self.diagram
        resolution = str(self.dpi) if file_format == "png" else ""
        is_dot = LANGUAGES[self.engine] == "dot" and not diagram.decisions
        text = _source_of(self._dot if is_dot else self._puml, diagram)
        looks = (repr(diagram.style), diagram.title, self._description)
        return digest(_EDITION, self.engine, file_format, resolution, text, *looks)

    def too_large(self) -> str | None:
        """Why the figure is too large for a picture, with the way out; None when it is not."""
        nodes, edges = len(self.diagram.nodes), len(self.diagram.edges)
        if nodes > MOST_NODES or edges > MOST_EDGES:
            return f"{nodes:,} nodes and {edges:,} edges are too many for one picture; {how_to_split(self)}"
        return None


def fitting_of(layout: LaidOut, asked: FigureOptions) -> Fitting:
    """The options that make a graph fit its width: those that differ from the ones it was asked for."""
    return _differences(layout.diagram.options, asked)


def how_to_draw(figure: FigureTarget) -> str:
    """Advice for a picture that turned out to be too large."""
    diagram = figure.diagram
    is_rails = figure.view.kind == "decision" and diagram.decisions and LANGUAGES[figure.engine] == "dot"
    if is_rails and diagram.options.width_mm is None:
        width = written({"width": "178mm"}, figure.dialect)
        return f"give it a width ({width}), for which it is cut into parts that fit a page"
    return how_to_split(figure)


def how_to_split(figure: FigureTarget) -> str:
    """Advice for a view that is too large."""
    diagram = figure.diagram
    if figure.view.kind not in ("bundle", "decision"):
        return "draw its parts: each decision is a view, and each CBundle that a model module declares is one"
    way_out = split_advice(diagram, max(2, -(-len(diagram.nodes) // _MOST_IN_A_BUNDLE)))
    if figure.view.kind == "decision" and any(edge.kind.key == "relation" for edge in diagram.edges):
        return f"draw it without relations ({written({'relations': 'none'}, figure.dialect)}), or {way_out}"
    return way_out


def _source_of(text: str, diagram: Diagram) -> str:
    """Digest of everything that determines a text, except the machine."""
    columns = repr(tuple(diagram.forces.items())) if diagram.decisions else ""
    changed = repr(list(_differences(diagram.options, FigureOptions()).items()))
    return digest(text.encode("utf-8", "replace"), changed, columns)


def _differences(options: FigureOptions, others: FigureOptions) -> dict[str, object]:
    """The options that are not as others, by name."""
    names = (attribute.name for attribute in fields(FigureOptions))
    return {name: getattr(options, name) for name in names if getattr(options, name) != getattr(others, name)}
