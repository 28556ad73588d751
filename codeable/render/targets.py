"""What the main job draws: views, formats, engine, and the figure of each view. Called by the job.

Nothing is drawn here, and no engine is loaded.
"""

import contextlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from attrs import evolve, fields, frozen

from codeable.diagrams import (
    Diagram,
    FigureOptions,
    View,
    build,
    dot_text,
    figure_options,
    find_view,
    plantuml_text,
    visible_texts,
)
from codeable.diagrams.advice import Place, written
from codeable.diagrams.fitting import Draft
from codeable.diagrams.layout import LaidOut
from codeable.diagrams.splitting import split_advice
from codeable.engines import Drawing, Language, check_settings
from codeable.engines import engine_name as checked_engine_name
from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.registry import Registry
from codeable.render.figures import FigureSettings, find_figure, named_figures, view_figures
from codeable.render.fingerprints import Fitting, digest
from codeable.render.report import DEFAULT_FORMATS, RenderRequest, check_formats

MOST_NODES = 2000
MOST_EDGES = 6000
WIDEST_PIXELS = 30_000
BOXES_OF_A_PART = 50
"""The most boxes that a reader can take in."""

_EDITION = "1"
_NUMBER = re.compile(r"-[0-9]+$")
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
        place: Where its options were given, for messages.
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
    place: Place
    file: Path
    formats: tuple[str, ...]

    @property
    def is_fitted(self) -> bool:
        """Whether its texts depend on what fits its width."""
        return self.diagram.options.width_mm is not None and not self.diagram.decisions

    def path(self, file_format: str, part: int = 1) -> Path:
        """The file of a part in one format."""
        return self.file.with_name(f"{part_name(self.file.name, part)}.{file_format}")

    def text(self, file_format: str, fitting: Fitting | None = None) -> str:
        """The text of a text format.

        Args:
            file_format: `puml` or `dot`.
            fitting: The options that make it fit its width; those that do not exist are not used.
        """
        diagram = self.diagram
        if fitting:
            with contextlib.suppress(CodeableError, AttributeError):
                chosen = figure_options(fitting)
                diagram = self.draft(
                    evolve(diagram.options, **{name: getattr(chosen, name) for name in fitting})
                )
        elif file_format == "puml":
            return self._puml
        return plantuml_text(diagram) if file_format == "puml" else dot_text(diagram)

    @cached_property
    def _puml(self) -> str:
        return plantuml_text(self.diagram)

    @cached_property
    def default_digest(self) -> str:
        """Digest of the view's text and options under the settings alone."""
        if self.default_options is None:
            return self.text_source("puml")
        default = self.draft(self.default_options)
        return _source_of(plantuml_text(default), default)

    def drawing(self, layout: LaidOut, part: int = 1) -> Drawing:
        """The input of the engine for a part of the figure as it is laid out."""
        name = part_name(self.file.name, part)
        return drawing_of(layout, name, LANGUAGES[self.engine], part)

    def text_source(self, file_format: str) -> str:
        """Digest of everything that determines a text, except the machine."""
        return _source_of(self.text(file_format), self.diagram)

    def source(self, file_format: str) -> str:
        """Digest of everything that determines a picture, except the machine.

        The text before the layout stands for the one after it, whose positions depend on the fonts.
        """
        resolution = str(self.dpi) if file_format == "png" else ""
        text = self.text("dot" if LANGUAGES[self.engine] == "dot" else "puml")
        options = _changed(self.diagram.options)
        title, description = self.diagram.title, self.diagram.description
        return digest(_EDITION, self.engine, file_format, resolution, options, text, title, description)

    def too_large(self) -> str | None:
        """Why the figure is too large for a picture, with the way out; None when it is not."""
        nodes, edges = len(self.diagram.nodes), len(self.diagram.edges)
        if nodes > MOST_NODES or edges > MOST_EDGES:
            return f"{nodes:,} nodes and {edges:,} edges are too many for one picture; {how_to_split(self)}"
        return None


def part_name(name: str, part: int) -> str:
    """The name of a part of a figure, from 1.

    Example:
        >>> part_name("deploy_decision", 1), part_name("deploy_decision", 2)
        ('deploy_decision', 'deploy_decision-2')
    """
    return name if part == 1 else f"{name}-{part}"


def whole_name(part: str) -> str:
    """The name of the figure to which a part of this name would belong."""
    return _NUMBER.sub("", part) or part


def fitting_of(layout: LaidOut, asked: FigureOptions) -> Fitting:
    """The options that make a graph fit its width: those that differ from the ones it was asked for."""
    chosen = layout.diagram.options
    names = (attribute.name for attribute in fields(FigureOptions))
    return {name: getattr(chosen, name) for name in names if getattr(chosen, name) != getattr(asked, name)}


def drawing_of(
    layout: LaidOut, name: str, language: Language, part: int = 1, *, unique_ids: bool = False
) -> Drawing:
    """The input of an engine that reads the given language. An engine for PlantUML lays it out by itself.

    Args:
        layout: The figure as it is laid out.
        name: The name of the part.
        language: The language of the engine.
        part: Its number, from 1.
        unique_ids: Whether another figure of this name may be on the same page, as in a notebook.
    """
    diagram, parts = layout.diagram, parts_of(layout, language)
    drawn = layout.parts[part - 1]
    text, labels, pages = drawn.text, drawn.labels, drawn.pages
    if language != "dot":
        text, labels, pages = plantuml_text(diagram), visible_texts(diagram), ()
    return Drawing(
        name=name,
        text=text,
        language=language,
        title=diagram.title if parts == 1 else f"{diagram.title} ({part} of {parts})",
        description=diagram.description,
        labels=labels,
        pages=pages,
        width_mm=diagram.options.width_mm,
        unique_ids=unique_ids,
    )


def parts_of(layout: LaidOut, language: Language) -> int:
    """The number of files of a figure in each format of a picture."""
    return len(layout.parts) if language == "dot" else 1


def how_to_split(figure: FigureTarget) -> str:
    """Advice for a view that is too large."""
    diagram = figure.diagram
    if figure.view.kind not in ("bundle", "decision"):
        return "draw its parts: each decision is a view, and each CBundle that a model module declares is one"
    way_out = split_advice(diagram, max(2, -(-len(diagram.nodes) // BOXES_OF_A_PART)))
    if figure.view.kind == "decision" and any(edge.kind.key == "relation" for edge in diagram.edges):
        return f"draw it without relations ({written({'relations': 'none'}, figure.place)}), or {way_out}"
    return way_out


def selected_figures(registry: Registry, request: RenderRequest) -> tuple[FigureSettings, ...]:
    """The figures that a request is about, in the order of the study; those of the settings last.

    A request without names is about all of them. With an output folder of its own, it leaves out those whose
    files the settings name.

    Raises:
        CodeableError: A view or a figure does not exist, or two figures have the same files.
    """
    of_views, named = view_figures(registry), named_figures(registry)
    if request.views or request.figures:
        every = [figure.view for figure in of_views]
        identifiers = {find_view(every, name).identifier for name in request.views}
        asked = {find_figure(named, name).name for name in request.figures}
        chosen = [figure for figure in of_views if figure.name in identifiers]
        chosen += [figure for figure in named if figure.name in asked]
    else:
        chosen = [*of_views, *(figure for figure in named if request.out is None or figure.out is None)]
    _check_files([*of_views, *(figure for figure in named if figure in chosen)], registry, request)
    return tuple(chosen)


def file_of(settings: FigureSettings, registry: Registry, request: RenderRequest) -> Path:
    """The path of a figure's files without the ending."""
    if settings.out is not None and request.out is None:
        return (registry.folder_for("render()") / settings.out).absolute()
    return output_folder(registry, request) / settings.file_name


def output_folder(registry: Registry, request: RenderRequest) -> Path:
    """The output folder: the folder of the request, else the folder in the settings."""
    return (request.out or registry.folder_for("render()") / registry.settings.output).absolute()


def _check_files(figures: Sequence[FigureSettings], registry: Registry, request: RenderRequest) -> None:
    """Check that no two figures have the same files, the files of parts included."""
    files = {figure.name: file_of(figure, registry, request) for figure in figures}
    taken: dict[tuple[Path, str], str] = {}
    for name, file in files.items():
        other = taken.setdefault(_compared(file), name)
        if other != name:
            raise _same_files(name, other, file)
    for name, file in files.items():
        whole = file.with_name(whole_name(file.name))
        if whole != file and _compared(whole) in taken:
            raise _same_files(name, taken[_compared(whole)], file)


def _compared(file: Path) -> tuple[Path, str]:
    return file.parent, unicodedata.normalize("NFKC", file.name).casefold()


def _same_files(name: str, other: str, file: Path) -> CodeableError:
    message = f"{other} and {name} would have the same files, {shown_path(file)}.*"
    way_out = f'give [tool.codeable.{name}] another name, or a file such as out = "paper/{file.name}.pdf"'
    return CodeableError(f"{message}; {way_out}", exit_status=2)


def engine_name(registry: Registry, request: RenderRequest) -> str:
    """The engine of the request, else the engine in the settings."""
    check_settings(registry.settings.engines)
    if request.engine is not None:
        return checked_engine_name(request.engine)
    return checked_engine_name(registry.settings.engine, "[tool.codeable] engine")


def figure_of(
    settings: FigureSettings, registry: Registry, request: RenderRequest, engine: str
) -> FigureTarget:
    """A figure, under the settings of the study and the options of the request.

    The options of the request are for views, and for the figures that it names.

    Raises:
        CodeableError: An option or a style does not exist, or an option says nothing about this figure.
    """
    is_named = bool(request.views or request.figures)
    given, formats = request.figure, request.formats
    if not (is_named or settings.is_view):
        given, formats = {}, None
    options = settings.options(given, "the command line")
    default_options = settings.options() if given else None

    def draft(wanted: FigureOptions) -> Diagram:
        return build(settings.view, registry, wanted, registry.settings.styles)

    diagram = draft(options)
    settings.check_meaning(diagram, given if is_named else {}, "the command line")
    return FigureTarget(
        name=settings.name,
        view=settings.view,
        diagram=diagram,
        draft=draft,
        engine=engine,
        dpi=request.dpi,
        default_options=default_options,
        place="command line" if given else "settings",
        file=file_of(settings, registry, request),
        formats=check_formats(settings.formats or DEFAULT_FORMATS if formats is None else formats),
    )


def _source_of(text: str, diagram: Diagram) -> str:
    """Digest of everything that determines a text, except the machine."""
    return digest(text.encode("utf-8", "replace"), _changed(diagram.options))


def _changed(options: FigureOptions) -> str:
    """The options that are not the defaults, as text."""
    default = FigureOptions()
    names = (attribute.name for attribute in fields(FigureOptions))
    values = ((name, getattr(options, name)) for name in names)
    return repr([(name, value) for name, value in values if value != getattr(default, name)])
