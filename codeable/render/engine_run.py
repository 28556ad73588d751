"""Draws pictures with an engine, after laying the figures out.

Imported by the job only when it has to draw, because the engines take time to load.
"""

import contextlib
from collections.abc import Generator, Sequence

from codeable.diagrams.layout import LaidOut, lay_out
from codeable.engines import Drawing, EngineError, Picture, engine
from codeable.engines.cache import PictureCache, cache_folder, draw_cached
from codeable.engines.measuring import GraphvizMeasurer
from codeable.registry import Registry
from codeable.render.files import Target
from codeable.render.report import RenderRequest

_MEASURING_ENGINE = "graphviz"

Result = tuple[Target, Picture | EngineError, str]


def drawn(
    targets: Sequence[Target], registry: Registry, request: RenderRequest
) -> Generator[Result, None, None]:
    """Draw the targets, those that are in the cache excepted; yields each with its picture or error.

    The third part of a result is a warning about the figure, or empty. All child processes end with the
    iteration.
    """
    if not targets:
        return
    cache = PictureCache(cache_folder())
    with contextlib.ExitStack() as open_engines:
        name = targets[0].figure.engine
        drawer = open_engines.enter_context(engine(name, registry.settings.engines, registry.folder))
        measurer = drawer
        if name != _MEASURING_ENGINE:
            measurer = open_engines.enter_context(engine(_MEASURING_ENGINE))
        fitting = _Layouts(GraphvizMeasurer(measurer, cache, request.timeout))
        for file_format in dict.fromkeys(target.file_format for target in targets):
            group = []
            for target in targets:
                if target.file_format == file_format:
                    try:
                        group.append((target, *fitting.drawing(target)))
                    except EngineError as error:
                        yield target, error, ""
            results = draw_cached(
                drawer,
                cache,
                [drawing for _, drawing, _ in group],
                file_format,
                dpi=request.dpi,
                timeout=request.timeout,
                jobs=request.jobs,
            )
            with contextlib.closing(results):
                for (target, _, warning), result in zip(group, results, strict=True):
                    yield target, result, warning


class _Layouts:
    """Lays each figure out once, however many formats it is drawn in."""

    def __init__(self, measurer: GraphvizMeasurer) -> None:
        self._measurer = measurer
        self._known: dict[str, LaidOut] = {}

    def drawing(self, target: Target) -> tuple[Drawing, str]:
        """The input of the engine, and a warning about what does not fit or is left out."""
        figure = target.figure
        name = figure.view.identifier
        if name not in self._known:
            self._known[name] = lay_out(figure.draft, figure.diagram.options, self._measurer)
        found = self._known[name]
        return figure.drawing(found.parts[0]), "; ".join(found.messages)
