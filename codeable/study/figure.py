"""A figure of a study. It shows itself in a notebook and is saved in any format.

`Study.diagram` returns one.
"""

import base64
import os
import warnings
from pathlib import Path
from typing import Any

from codeable.diagrams import Diagram, FigureOptions, dot_text, plantuml_text
from codeable.diagrams.fitting import Draft
from codeable.diagrams.layout import LaidOut, lay_out
from codeable.engines import EngineError
from codeable.engines import engine as engine_named
from codeable.engines.cache import PictureCache, cache_folder, draw_cached
from codeable.engines.measuring import GraphvizMeasurer
from codeable.errors import CodeableError, reason_of
from codeable.files import shown_path, write_whole
from codeable.registry.answer import State
from codeable.render.report import TEXT_FORMATS
from codeable.render.targets import drawing_of
from codeable.schema import whole_number
from codeable.settings import Settings
from codeable.text import counted, html_text, printable

_FITTED = "max-width: 100%; height: auto"
"""In a notebook, a figure is no wider than its cell."""


class Figure:
    """One view of a study, drawn on demand.

    Attributes:
        diagram: The nodes, edges and legend.
    """

    def __init__(self, layout: LaidOut, settings: Settings, folder: Path | None, state: State) -> None:
        self.diagram: Diagram = layout.diagram
        self._layout = layout
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

    def render(self, engine: str | None = None, format: str = "svg", dpi: int = 300) -> bytes:  # noqa: A002
        """Draw the figure, or take it from the cache of pictures.

        Args:
            engine: The engine that draws; by default that of the study's settings.
            format: The format of the picture: `svg`, `pdf`, `png`, or another one of the engine.
            dpi: Resolution of a PNG, in dots per inch.

        Returns:
            The bytes of the picture.

        Raises:
            EngineError: The engine cannot draw it.
            CodeableError: The engine, the format or the resolution does not exist.
        """
        whole_number(30, 2400)(dpi, "dpi")
        name = self._settings.engine if engine is None else engine
        with engine_named(name, self._settings.engines, self._folder) as drawer:
            if not isinstance(format, str):
                drawer.check_format(format)
            drawing = drawing_of(self.diagram, self.diagram.name, drawer.language, self._layout.parts[0])
            cache = PictureCache(cache_folder())
            (result,) = draw_cached(drawer, cache, [drawing], format, dpi=dpi, jobs=1)
        if isinstance(result, EngineError):
            raise result
        return result.data

    def save(self, path: Path | str, engine: str | None = None, dpi: int = 300) -> Path:
        """Write the figure to a file, whole or not at all.

        Args:
            path: The file; its ending is the format: `.svg .pdf .png .eps`, or `.puml .dot` for the text.
            engine: The engine that draws; by default that of the study's settings.
            dpi: Resolution of a PNG, in dots per inch.

        Returns:
            The path of the file.

        Raises:
            CodeableError: As `render`; or the path has no ending, or cannot be written.

        Example:
            `study.diagram("infrastructure_decision", style="paper").save("fig1.pdf")`
        """
        if not isinstance(path, str | os.PathLike):
            raise CodeableError(
                f"a figure is saved to a path such as 'fig1.pdf', not {path!r}", exit_status=2
            )
        try:
            target = Path(path).expanduser()
        except RuntimeError as error:
            raise CodeableError(f"{path} cannot be written: {error}", exit_status=2) from error
        ending = target.suffix.lower().lstrip(".")
        if not ending:
            message = f"{shown_path(target)} has no ending to tell the format; for example {target.name}.pdf"
            raise CodeableError(message, exit_status=2)
        if ending in TEXT_FORMATS:
            data = (self.puml if ending == "puml" else self.dot).encode("utf-8")
        else:
            data = self.render(engine, ending, dpi)
        try:
            write_whole(target, data)
        except (OSError, ValueError) as error:
            raise CodeableError(f"{shown_path(target)} cannot be written: {reason_of(error)}") from error
        return target

    def __repr__(self) -> str:
        diagram = self.diagram
        parts = f"{counted(len(diagram.nodes), 'node')}, {counted(len(diagram.edges), 'edge')}"
        note = f" ({self._state.note})" if self._state.stale else ""
        return f"<Figure {diagram.name}: {printable(diagram.title)}, {parts}>{note}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        try:
            svg = self.render(format="svg").decode("utf-8")
        except CodeableError as error:
            return {"text/plain": f"{self!r}\n{printable(error.message)}"}
        as_wide_as_the_cell = svg.replace("<svg ", f'<svg style="{_FITTED}" ', 1)
        bundle = {"image/svg+xml": as_wide_as_the_cell, "text/plain": repr(self)}
        if self._state.stale:
            data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
            bundle["text/html"] = (
                f'<p>{html_text(self._state.note)}</p>\n<img style="{_FITTED}" '
                f'alt="{html_text(self.diagram.title)}" src="data:image/svg+xml;base64,{data}">'
            )
        return bundle


def laid_out(draft: Draft, options: FigureOptions) -> LaidOut:
    """The figure, laid out for the width in the options. It warns of what does not fit or is left out.

    Raises:
        EngineError: The figure cannot be laid out.
    """
    with engine_named("graphviz") as graphviz:
        found = lay_out(draft, options, GraphvizMeasurer(graphviz, PictureCache(cache_folder())))
    for message in found.messages:
        warnings.warn(message, stacklevel=3)
    return found
