"""The part of the main job that needs an engine: fit figures to their width and draw pictures."""

import contextlib
from collections.abc import Generator, Sequence

from codeable.diagrams.fitting import Measure, fit
from codeable.engines import Drawing, EngineError, Picture, engine
from codeable.engines.cache import PictureCache, cache_folder, draw_cached
from codeable.engines.sizes import measuring
from codeable.registry import Registry
from codeable.render.files import Target
from codeable.render.report import RenderRequest
from codeable.render.targets import LANGUAGES, Figure, drawing_of

__all__ = ["drawn"]

_MEASURER = "graphviz"

Result = tuple[Target, Picture | EngineError, str]


def drawn(
    targets: Sequence[Target], registry: Registry, request: RenderRequest
) -> Generator[Result, None, None]:
    """Draw each target; yields it with its picture or error, and with what the user should know about it.

    What is in the cache is not drawn. No child process survives the end of the iteration.
    """
    if not targets:
        return
    cache = PictureCache(cache_folder())
    with contextlib.ExitStack() as open_engines:
        name = targets[0].figure.engine
        drawer = open_engines.enter_context(engine(name, registry.settings.engines, registry.folder))
        measurer = drawer
        if name != _MEASURER and any(_has_width(target) for target in targets):
            measurer = open_engines.enter_context(engine(_MEASURER))
        fitting = _Fitting(measuring(measurer, cache, request.timeout))
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
                for (target, _, told), result in zip(group, results, strict=True):
                    yield target, result, told


class _Fitting:
    """Fits each figure once, however many formats it is drawn in."""

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._fitted: dict[str, tuple[Drawing, str]] = {}

    def drawing(self, target: Target) -> tuple[Drawing, str]:
        """What the engine gets, and a warning where the figure does not fit."""
        figure = target.figure
        if not _has_width(target):
            return target.drawing or figure.drawing(), ""
        name = figure.view.identifier
        if name not in self._fitted:
            self._fitted[name] = self._fit(figure)
        return self._fitted[name]

    def _fit(self, figure: Figure) -> tuple[Drawing, str]:
        found = fit(figure.draft, figure.diagram.options, self._measure)
        drawing = drawing_of(found.diagram, figure.view.file_name, LANGUAGES[figure.engine])
        return drawing, "; ".join(found.warnings)


def _has_width(target: Target) -> bool:
    return target.figure.diagram.options.width_mm is not None
