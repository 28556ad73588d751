"""Lays figures out and draws them with an engine.

Imported by the job only when it has to draw, because the engines take time to load.
"""

import contextlib
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from types import TracebackType
from typing import Self

from attrs import evolve, frozen

from codeable.diagrams.diagram import LaidOut
from codeable.diagrams.layout import lay_out
from codeable.engines import Drawing, Engine, EngineError, Picture, engine
from codeable.engines.cache import PictureCache, cache_folder, draw_cached
from codeable.engines.measuring import GraphvizMeasurer
from codeable.registry import Registry
from codeable.render.drawings import drawings_of
from codeable.render.files import Target
from codeable.render.report import RenderRequest
from codeable.render.targets import FigureTarget

_MEASURING_ENGINE = "graphviz"


@frozen
class DrawnPart:
    """A picture of one part of a figure, or why there is none.

    Attributes:
        target: Its file.
        parts: The number of parts of the figure.
        messages: What the figure leaves out, draws otherwise than asked, or cannot make fit.
        result: The picture or the error.
    """

    target: Target
    parts: int
    messages: tuple[str, ...]
    result: Picture | EngineError


class Drawer:
    """Lays each figure of a run out once, and draws what is not in the cache.

    The engines start when they are first needed; all their child processes end with the context.
    """

    def __init__(self, registry: Registry, request: RenderRequest, engine_name: str) -> None:
        self._registry = registry
        self._request = request
        self._engine_name = engine_name
        self._cache = PictureCache(cache_folder())
        self._open_engines = contextlib.ExitStack()
        self._layouts: dict[str, LaidOut] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open_engines.close()

    @cached_property
    def _engine(self) -> Engine:
        settings = self._registry.settings.engines
        return self._open_engines.enter_context(engine(self._engine_name, settings, self._registry.folder))

    @cached_property
    def _measurer(self) -> GraphvizMeasurer:
        measuring = self._engine
        if self._engine_name != _MEASURING_ENGINE:
            measuring = self._open_engines.enter_context(engine(_MEASURING_ENGINE))
        return GraphvizMeasurer(measuring, self._cache, self._request.timeout)

    def layout(self, figure: FigureTarget) -> LaidOut:
        """The figure, laid out for its width and height.

        An engine for PlantUML draws the graph of rails, and lays it out by itself.

        Raises:
            EngineError: It cannot be measured.
        """
        if figure.name not in self._layouts:
            diagram = figure.diagram
            if diagram.decisions and self._engine.language != "dot":
                layout = LaidOut(diagram, (), diagram.messages)
            else:
                layout = lay_out(figure.draft, diagram.options, self._measurer, figure.dialect)
            self._layouts[figure.name] = layout
        return self._layouts[figure.name]

    def pictures(self, targets: Sequence[Target]) -> Generator[DrawnPart, None, None]:
        """Draw the parts of each target, which is the first file of a picture.

        A figure is laid out while those before it are drawn.
        """
        for file_format in dict.fromkeys(target.file_format for target in targets):
            group = [target for target in targets if target.file_format == file_format]
            waiting: deque[tuple[Target, int, LaidOut]] = deque()
            failed: list[DrawnPart] = []
            results = draw_cached(
                self._engine,
                self._cache,
                self._drawings(group, waiting, failed),
                file_format,
                dpi=self._request.dpi,
                timeout=self._request.timeout,
                jobs=self._request.jobs,
            )
            with contextlib.closing(results):
                for result in results:
                    target, parts, layout = waiting.popleft()
                    yield DrawnPart(target, parts, layout.messages, result)
            yield from failed

    def _drawings(
        self,
        targets: Sequence[Target],
        waiting: deque[tuple[Target, int, LaidOut]],
        failed: list[DrawnPart],
    ) -> Iterator[Drawing]:
        """The parts of each target, which wait for their pictures; those that cannot be laid out fail."""
        for target in targets:
            try:
                layout = self.layout(target.figure)
            except EngineError as error:
                failed.append(DrawnPart(target, 1, (), error))
                continue
            drawings = drawings_of(layout, target.figure.file.name, self._engine.language)
            for part, drawing in enumerate(drawings, 1):
                waiting.append((evolve(target, part=part), len(drawings), layout))
                yield drawing
