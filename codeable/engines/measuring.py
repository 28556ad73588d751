"""How large a diagram is when Graphviz lays it out, and the diagram that fits the width asked for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from codeable.diagrams import Diagram, FigureOptions, View, build, dot_text
from codeable.diagrams.fitting import Fitted, Measure, fit
from codeable.engines.graphviz import GraphvizEngine
from codeable.engines.protocol import Drawing, EngineError
from codeable.engines.svg import svg_size
from codeable.registry import Registry

__all__ = ["fitted", "measuring"]

_POINTS_PER_PIXEL = 72 / 96


@contextmanager
def measuring() -> Iterator[Measure]:
    """A way to measure diagrams: width and height in points, laid out but not scaled.

    The layout runs in a worker process, which ends with the block.

    Raises:
        EngineError: A diagram cannot be laid out.
    """
    with GraphvizEngine() as engine:

        def measure(diagram: Diagram) -> tuple[float, float]:
            drawing = Drawing(diagram.name, dot_text(diagram, scaled=False), "dot")
            for result in engine.draw([drawing], "svg", jobs=1):
                if isinstance(result, EngineError):
                    raise result
                size = svg_size(result.data)
                if size is not None:
                    return size[0] * _POINTS_PER_PIXEL, size[1] * _POINTS_PER_PIXEL
            raise EngineError(engine.name, diagram.name, "the picture does not tell its size")

        yield measure


def fitted(
    view: View,
    registry: Registry,
    options: FigureOptions,
    styles: Mapping[str, Mapping[str, object]] | None = None,
    measure: Measure | None = None,
) -> Fitted:
    """The diagram of a view, laid out so that it fits `options.width_mm`, with warnings where it cannot.

    Args:
        view: One of the study's views.
        registry: The study's registry.
        options: What to show, and how wide; without a width the diagram is what `build` makes.
        styles: The study's own styles.
        measure: What `measuring()` gives, to use one worker for many views; None starts one where needed.

    Raises:
        CodeableError: The options name a style that does not exist.
        EngineError: The view cannot be laid out.
    """

    def draft(tried: FigureOptions) -> Diagram:
        return build(view, registry, tried, styles)

    if options.width_mm is None:
        return fit(draft, options, _unmeasured)
    if measure is not None:
        return fit(draft, options, measure)
    with measuring() as started:
        return fit(draft, options, started)


def _unmeasured(_: Diagram) -> tuple[float, float]:
    """No size: nobody needs that of a figure which may be as large as it likes."""
    return 0.0, 0.0
