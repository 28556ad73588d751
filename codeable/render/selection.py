"""Which figures a request is about, under which options, and where their files are.

Called by `job` and `command`. Nothing is drawn here, and no engine is loaded.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from attrs import evolve

from codeable.diagrams import Diagram, FigureOptions, build, find_view
from codeable.diagrams.advice import Dialect, written
from codeable.engines import check_settings
from codeable.engines import engine_name as checked_engine_name
from codeable.errors import CodeableError
from codeable.files import expanded, shown_path
from codeable.registry import Registry
from codeable.render.figures import FigureSettings, find_figure, named_figures, view_figures
from codeable.render.report import DEFAULT_FORMATS, RenderRequest, check_formats
from codeable.render.targets import LANGUAGES, FigureTarget
from codeable.settings import Settings
from codeable.text import folded

_PART = re.compile(r"-(?:[2-9]|[1-9][0-9]{1,2})$")
"""The end of the name of a part; nobody cuts a figure into a thousand."""


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
        study = registry.folder_for("render()")
        return Path(os.path.normpath((study / expanded(settings.out)).absolute()))
    return output_folder(registry, request) / settings.file_name


def output_folder(registry: Registry, request: RenderRequest) -> Path:
    """The output folder: the folder of the request, else the folder in the settings."""
    if request.out is not None:
        return request.out.absolute()
    return own_folder(registry.folder_for("render()"), registry.settings)


def own_folder(study: Path, settings: Settings) -> Path:
    """The output folder in the settings of a study."""
    return (study / expanded(Path(settings.output))).absolute()


def _check_files(figures: Sequence[FigureSettings], registry: Registry, request: RenderRequest) -> None:
    """Check that no two figures have the same files, the files of parts included."""
    files = {figure.name: file_of(figure, registry, request) for figure in figures}
    taken: dict[tuple[Path, str], str] = {}
    for name, file in files.items():
        other = taken.setdefault(_compared(file), name)
        if other != name:
            raise _same_files(name, other, file)
    for name, file in files.items():
        whole = file.with_name(_PART.sub("", file.name) or file.name)
        if whole != file and _compared(whole) in taken:
            raise _same_files(name, taken[_compared(whole)], file)


def _compared(file: Path) -> tuple[Path, str]:
    """What is equal for two paths of one file: capital letters may not count, and folders may be links."""
    return Path(os.path.realpath(file.parent)), folded(file.name)


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
    styles = registry.settings.styles
    options = settings.options(styles, given, "the command line", for_all=not is_named)
    default_options = settings.options(styles) if given else None

    def draft(wanted: FigureOptions) -> Diagram:
        return build(settings.view, registry, wanted, styles)

    diagram = draft(options)
    settings.check_meaning(diagram, given if is_named else {}, "the command line")
    dialect: Dialect = "command line" if given else "settings"
    if diagram.decisions and LANGUAGES[engine] != "dot" and _asks_for_rails(options):
        way_out = written({"engine": "graphviz"}, dialect)
        message = f"PlantUML draws the graph of {settings.name}, with the numbers of options"
        diagram = evolve(diagram, messages=(*diagram.messages, f"{message}; {way_out} draws its rails"))
    return FigureTarget(
        name=settings.name,
        view=settings.view,
        diagram=diagram,
        draft=draft,
        engine=engine,
        dpi=request.dpi,
        default_options=default_options,
        dialect=dialect,
        file=file_of(settings, registry, request),
        formats=check_formats(settings.formats or DEFAULT_FORMATS if formats is None else formats),
    )


def _asks_for_rails(options: FigureOptions) -> bool:
    return options.layout == "rails" or options.forces == "matrix" or options.parts is not None
