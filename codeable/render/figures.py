"""What the settings say about each figure: those of the views, and those of `[tool.codeable.figures.NAME]`.

Called by the job and by `Study`.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from attrs import evolve, frozen

from codeable.diagrams import Diagram, FigureOptions, View, figure_options, find_view, view_of, views
from codeable.diagrams.options import OPTION_NAMES
from codeable.diagrams.style_tables import style_named
from codeable.diagrams.view import OF_ALL_DECISIONS, known_views
from codeable.errors import CodeableError
from codeable.registry import Registry
from codeable.render.meaning import check_meaning
from codeable.render.report import FORMATS
from codeable.schema import Reader, called, check_keys, list_of, read_table, text, words_of
from codeable.text import did_you_mean, first_few, shown

_MOST_LISTED = 20
_DASHED = re.compile(r"(?=.{3,100}\Z)[A-Za-z0-9]+(?:[_-]+[A-Za-z0-9]+)+")
_OWN_KEYS: Mapping[str, Reader[object]] = {
    "view": text,
    "elements": list_of(text),
    "title": text,
    "format": words_of(*FORMATS),
    "out": text,
}


@frozen
class FigureSettings:
    """One figure of a study, as the settings describe it.

    Attributes:
        name: What reports call it: the identifier of its view, or `figures.NAME`.
        view: What it shows.
        tables: Tables of options, the weakest first, each with the name that messages call it by.
        formats: Its formats; empty where the settings name none.
        out: Path of its files without the ending, relative to the study's folder; None for the output folder.
    """

    name: str
    view: View
    tables: tuple[tuple[str, Mapping[str, object]], ...]
    formats: tuple[str, ...] = ()
    out: Path | None = None

    @property
    def is_view(self) -> bool:
        """Whether it is the figure of a view."""
        return self.name == self.view.identifier

    @property
    def file_name(self) -> str:
        """The name of its files in an output folder, without the ending."""
        if self.out is not None:
            return self.out.name
        own = self.name.partition(".")[2]
        if not own:
            return self.view.file_name
        return own if _DASHED.fullmatch(own) else view_of([], own, own).file_name

    def options(
        self,
        styles: Mapping[str, Mapping[str, object]],
        stronger: Mapping[str, object] | None = None,
        where: str = "the figure",
        *,
        for_all: bool = False,
    ) -> FigureOptions:
        """Its options.

        Args:
            styles: The study's own styles.
            stronger: Options by name that override the settings.
            where: What messages call these.
            for_all: Whether these are given for all figures.

        Raises:
            CodeableError: An option, a value or a style does not exist.
        """
        tables = (*self.tables, (where, stronger or {}))
        options = figure_options(*(table for _, table in tables), where=[place for place, _ in tables])
        for place, table in tables:
            if table.get("style") == options.style:
                style_named(options.style, styles, called(place, "style"))
        with_parts = [number for number, (_, table) in enumerate(tables) if table.get("parts") is not None]
        of_all = (0, len(tables) - 1) if for_all else (0,)
        return evolve(options, parts_for_all=bool(with_parts) and with_parts[-1] in of_all)

    def check_meaning(
        self, diagram: Diagram, stronger: Mapping[str, object] | None = None, where: str = "the figure"
    ) -> None:
        """Refuse an option that says nothing about this figure; see `render.meaning`.

        Raises:
            CodeableError: With the reason and the way out.
        """
        check_meaning((*self.tables, (where, stronger or {})), diagram.options, self.name)


def view_figures(registry: Registry) -> tuple[FigureSettings, ...]:
    """The figure of each view.

    Raises:
        CodeableError: Two views have one file name, or the settings have options for an unknown view.
    """
    found = views(registry)
    known = [view.identifier for view in found]
    for name in registry.settings.views:
        # The settings of a study may be there before its first decision.
        if name not in (*known, *OF_ALL_DECISIONS):
            where = f"[tool.codeable.views.{name}]"
            message = f"{where}: there is no view {shown(name)}{did_you_mean(name, known)}"
            raise CodeableError(f"{message}\n{known_views(found)}", exit_status=2)
    return tuple(view_figure(registry, view) for view in found)


def view_figure(registry: Registry, view: View) -> FigureSettings:
    """The figure of a view."""
    settings, name = registry.settings, view.identifier
    tables = [("[tool.codeable.figure]", settings.figure)]
    tables.append((f"[tool.codeable.views.{name}]", settings.views.get(name, {})))
    return FigureSettings(name, view, tuple(tables))


def named_figures(registry: Registry) -> tuple[FigureSettings, ...]:
    """The figures of `[tool.codeable.figures]`, in the order of the settings.

    Raises:
        CodeableError: A table has an unknown key, a view or an element that does not exist, or a value of
            the wrong type.
    """
    return tuple(_named_figure(registry, name, table) for name, table in registry.settings.figures.items())


def find_figure(figures: Sequence[FigureSettings], name: str) -> FigureSettings:
    """The figure `[tool.codeable.figures.NAME]`.

    Raises:
        CodeableError: There is none of this name. The message has the nearest names.
    """
    names = [figure.name.partition(".")[2] for figure in figures]
    if name in names:
        return figures[names.index(name)]
    message = f"there is no figure {shown(name)} in the settings{did_you_mean(name, names)}"
    listed = f"The figures are: {first_few(names, _MOST_LISTED)}"
    without = "Declare it in [tool.codeable.figures.NAME], with a view or elements"
    raise CodeableError(f"{message}\n{listed if names else without}", exit_status=2)


def _named_figure(registry: Registry, name: str, table: Mapping[str, object]) -> FigureSettings:
    where = f"[tool.codeable.figures.{name}]"
    if not name.strip():
        raise CodeableError("[tool.codeable.figures] has a figure without a name; name it", exit_status=2)
    check_keys(table, (*_OWN_KEYS, *OPTION_NAMES), where)
    own = read_table({key: table[key] for key in table if key in _OWN_KEYS}, _OWN_KEYS, where)
    options = {key: value for key, value in table.items() if key not in _OWN_KEYS}
    view = _shown(registry, name, own, where)
    weaker = view_figure(registry, view).tables
    formats, out = _files(own, where)
    return FigureSettings(f"figures.{name}", view, (*weaker, (where, options)), formats, out)


def _shown(registry: Registry, name: str, own: Mapping[str, object], where: str) -> View:
    """The view that a table names, or one of the elements that it names."""
    if ("view" in own) == bool(own.get("elements")):
        raise CodeableError(f"{where} needs either a view or elements", exit_status=2)
    try:
        if "view" in own:
            view = find_view(views(registry), str(own["view"]))
            return view if "title" not in own else _titled(view, str(own["title"]))
        names: Sequence[str] = own["elements"]  # type: ignore[assignment]  # the reader made it a tuple
        return view_of([registry.look_up(each).element for each in names], str(own.get("title", name)), name)
    except CodeableError as error:
        raise CodeableError(f"{where}: {error.message}", exit_status=2) from error


def _titled(view: View, title: str) -> View:
    return View(view.identifier, title, view.kind, view.elements, view.place)


def _files(own: Mapping[str, object], where: str) -> tuple[tuple[str, ...], Path | None]:
    """The formats, and the path of the files without the ending."""
    formats: tuple[str, ...] = own.get("format", ())  # type: ignore[assignment]  # the reader made it a tuple
    if "out" not in own:
        return formats, None
    out = PurePosixPath(str(own["out"]).replace("\\", "/"))
    ending = out.suffix.removeprefix(".").casefold()
    if ending not in FORMATS:
        if formats and out.name.strip("."):
            return formats, Path(out)
        endings = ", ".join(FORMATS)
        raise CodeableError(
            f"{called(where, 'out')} must be a file such as paper/figures/deploy.pdf, whose ending is one of "
            f"{endings}, not {shown(own['out'])}; a path without ending needs a format beside it",
            exit_status=2,
        )
    if formats and ending not in formats:
        raise CodeableError(
            f"{where} has out with the ending .{ending} and the format {', '.join(formats)}; leave one out",
            exit_status=2,
        )
    return formats or (ending,), Path(out.with_suffix(""))
