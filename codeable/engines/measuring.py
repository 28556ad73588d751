"""Measures graphs and texts with the embedded Graphviz, for the layout of figures."""

import re
from collections.abc import Mapping, Sequence

from codeable.diagrams import Diagram, dot_text
from codeable.diagrams.dot_escape import attribute, html
from codeable.diagrams.layout import Measurer
from codeable.diagrams.rails.typesetter import Word
from codeable.engines.cache import PictureCache, draw_cached
from codeable.engines.protocol import Drawing, Engine, EngineError
from codeable.engines.svg import svg_size

_POINTS_PER_PIXEL = 72 / 96
_CUT_OFF = 1.0
"""Points: Graphviz writes the size of a picture without the fraction."""
_MEASURED_SIZE = 100
"""Points. Small letters are measured in whole pixels, large ones as exactly as they are printed."""
_WORD = re.compile(rb'<g id="[^"]*?w(\d+)" class="node">\s*<polygon [^>]*points="([-\d.]+),\S+ ([-\d.]+),')


class GraphvizMeasurer(Measurer):
    """Measures with an engine that draws DOT.

    Args:
        engine: The engine.
        cache: Where measurements made before are found.
        timeout: Seconds that one measurement may take.

    Its methods raise `EngineError`.
    """

    def __init__(self, engine: Engine, cache: PictureCache, timeout: float = 60.0) -> None:
        self._engine = engine
        self._cache = cache
        self._timeout = timeout
        self._known: dict[tuple[str, Word], float] = {}

    def size(self, diagram: Diagram) -> tuple[float, float]:
        """Width and height of a graph in points, laid out but not scaled."""
        svg = self._drawn(diagram.name, dot_text(diagram, scaled=False))
        size = svg_size(svg)
        if size is None:
            raise EngineError(self._engine.name, diagram.name, "its picture states no size")
        width, height = (side * _POINTS_PER_PIXEL + _CUT_OFF for side in size)
        return width, height

    def widths(self, font: str, words: Sequence[Word]) -> Mapping[Word, float]:
        """The width of each word in points, per point of font size."""
        missing = [word for word in words if (font, word) not in self._known]
        if missing:
            svg = self._drawn("the widths of words", _words_dot(font, missing))
            found = {int(number): float(right) - float(left) for number, right, left in _WORD.findall(svg)}
            for number, word in enumerate(missing):
                if number not in found:
                    raise EngineError(self._engine.name, "the widths of words", f"{word.text!r} has none")
                self._known[font, word] = found[number] / _MEASURED_SIZE
        return {word: self._known[font, word] for word in words}

    def _drawn(self, name: str, text: str) -> bytes:
        drawing = Drawing(name, text, "dot")
        (result,) = draw_cached(self._engine, self._cache, [drawing], "svg", timeout=self._timeout, jobs=1)
        if isinstance(result, EngineError):
            raise result
        return result.data


def _words_dot(font: str, words: Sequence[Word]) -> str:
    """A graph whose boxes are as wide as the words in them."""
    lines = [
        "graph {",
        "  graph [layout=nop2];",
        '  node [shape=box margin=0 width=0 height=0 pos="0,0"];',
        f"  node [fontsize={_MEASURED_SIZE} fontname={attribute(font)}];",
    ]
    for number, word in enumerate(words):
        # A blank has a width between two letters only.
        content = html(word.text) if word.text.strip() else "&#160;" * len(word.text)
        lines.append(f"  w{number} [id=w{number} label=<{f'<B>{content}</B>' if word.bold else content}>];")
    lines.append("}")
    return "\n".join(lines) + "\n"
