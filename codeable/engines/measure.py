"""How large a diagram is on paper, found by laying it out."""

from codeable.diagrams import Diagram, dot_text
from codeable.diagrams.fitting import Measure
from codeable.engines.cache import PictureCache, draw_cached
from codeable.engines.protocol import Drawing, Engine, EngineError
from codeable.engines.svg import svg_size

__all__ = ["measuring"]

_POINTS_PER_PIXEL = 72 / 96
_CUT_OFF = 1.0
"""Points: Graphviz writes the size of a picture without the fraction."""


def measuring(engine: Engine, cache: PictureCache, timeout: float = 60.0) -> Measure:
    """A function that tells width and height of a diagram in points, not scaled; it raises `EngineError`.

    Args:
        engine: One that draws DOT.
        cache: Where layouts made before are found.
        timeout: Seconds that one layout may take.
    """

    def measure(diagram: Diagram) -> tuple[float, float]:
        drawing = Drawing(diagram.name, dot_text(diagram, scaled=False), "dot")
        (result,) = draw_cached(engine, cache, [drawing], "svg", timeout=timeout, jobs=1)
        if isinstance(result, EngineError):
            raise result
        size = svg_size(result.data)
        if size is None:
            raise EngineError(engine.name, diagram.name, "the size of its picture is not known")
        width, height = (side * _POINTS_PER_PIXEL + _CUT_OFF for side in size)
        return width, height

    return measure
