"""Measures graphs and texts with the embedded Graphviz, for the layout of figures."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from codeable.diagrams import Diagram, dot_text
from codeable.diagrams.dot_escape import attribute, html
from codeable.diagrams.layout import Measurer
from codeable.diagrams.rails.scene_dot import USUAL_BASELINE
from codeable.diagrams.rails.typesetter import Word
from codeable.engines.cache import PictureCache, draw_cached, machine_stamp
from codeable.engines.protocol import Drawing, Engine, EngineError
from codeable.engines.svg import POINTS_PER_PIXEL, svg_size

_CUT_OFF = 1.0
"""Points: Graphviz writes the size of a picture without the fraction."""

_LINE_SIZE = 100
_LINE = re.compile(rb'<text [^>]*\by="([-\d.]+)"')


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
        self._known: dict[str, dict[Word, float]] = {}
        self._baselines: dict[str, float] = {}

    def size(self, diagram: Diagram) -> tuple[float, float]:
        """Width and height of a graph in points, laid out but not scaled."""
        size = svg_size(self._svg(diagram.name, dot_text(diagram, scaled=False)))
        if size is None:
            raise EngineError(self._engine.name, diagram.name, "its picture states no size")
        width, height = (side * POINTS_PER_PIXEL + _CUT_OFF for side in size)
        return width, height

    def widths(self, font: str, words: Sequence[Word]) -> Mapping[Word, float]:
        """The width of each word in points, per point of font size."""
        known = self._known.setdefault(font, {})
        missing = [word for word in dict.fromkeys(words) if word not in known]
        if missing:
            known.update(zip(missing, self._measured(font, missing), strict=True))
        return {word: known[word] for word in words}

    def baseline(self, font: str) -> float:
        """How far below the middle of a line its letters stand, in points per point of font size."""
        if font not in self._baselines:
            found = _LINE.search(self._svg("the place of a line", _line_dot(font)))
            self._baselines[font] = float(found[1]) / _LINE_SIZE + 1 if found else USUAL_BASELINE
        return self._baselines[font]

    @cached_property
    def _stamp(self) -> tuple[str, ...]:
        return machine_stamp(self._engine)

    def _svg(self, name: str, text: str) -> bytes:
        drawing = Drawing(name, text, "dot")
        (result,) = draw_cached(self._engine, self._cache, [drawing], "svg", timeout=self._timeout, jobs=1)
        if isinstance(result, EngineError):
            raise result
        return result.data

    def _measured(self, font: str, words: Sequence[Word]) -> list[float]:
        # A blank has a width between two letters only.
        contents = [
            (html(word.text) if word.text.strip() else "&#160;" * len(word.text), word.bold) for word in words
        ]
        key = self._cache.key("widths", *self._stamp, font, json.dumps(contents))
        entry = self._cache.get(key)
        if entry is not None:
            found: list[float] = json.loads(entry)
            return found
        widths = list(self._engine.widths(font, contents, self._timeout))
        self._cache.put(key, json.dumps(widths).encode())
        return widths


def _line_dot(font: str) -> str:
    """A line of text whose middle is one font size above the lower end of the picture."""
    cell = '<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0"><TR><TD>H</TD></TR></TABLE>'
    look = f"shape=plain fontsize={_LINE_SIZE} fontname={attribute(font)} label=<{cell}>"
    return (
        "graph { layout=nop2 node [fixedsize=shape width=0.01 height=0.01]\n"
        '  a [pos="0,0" shape=point style=invis label=""]\n'
        f'  line [pos="0,{_LINE_SIZE}" {look}]\n'
        "}\n"
    )
