"""Lays a figure out: rails with positions of our own, or a graph whose layout is Graphviz's.

`render` and the figures of a study call it, with something that measures.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from attrs import evolve

from codeable.diagrams.advice import Dialect
from codeable.diagrams.diagram import Diagram, Draft, FigurePart, LaidOut, visible_texts
from codeable.diagrams.graph.dot import dot_text
from codeable.diagrams.graph.fitting import fit
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.rails.arrangement import arrange, texts_to_measure
from codeable.diagrams.rails.figure import rails_figure
from codeable.diagrams.rails.fit_messages import Advice
from codeable.diagrams.rails.outline import outlines
from codeable.diagrams.rails.scene import TextLine
from codeable.diagrams.rails.scene_dot import scene_dot
from codeable.diagrams.rails.typesetter import Typesetter, Word


class Measurer(Protocol):
    """What measures for a layout; the engines have one, which draws with the embedded Graphviz."""

    def size(self, diagram: Diagram) -> tuple[float, float]:
        """Width and height of a graph in points, laid out but not scaled."""

    def widths(self, font: str, words: Sequence[Word]) -> Mapping[Word, float]:
        """The width of each word in points, per point of font size."""

    def baseline(self, font: str) -> float:
        """How far below the middle of a line its letters stand, in points per point of font size."""


def lay_out(draft: Draft, options: FigureOptions, measurer: Measurer, dialect: Dialect = "python") -> LaidOut:
    """Lay a figure out, so that it fits the width and height of its options.

    Args:
        draft: Builds the diagram under other options.
        options: The options of the user.
        measurer: Measures texts and graphs.
        dialect: How the user wrote the options, and messages write them.
    """
    diagram = draft(options)
    if diagram.decisions:
        return _rails(diagram, draft, measurer, dialect)

    def fits_as_rails() -> bool:
        rails = draft(evolve(diagram.options, layout="rails", forces=None))
        setter = _setter(rails, measurer)
        found = outlines(rails, dialect)
        setter.prepare(text for outline in found for text in texts_to_measure(rails, outline))
        tried = [arrange(rails, outline, setter) for outline in found]
        return bool(tried) and not any(each.is_made_smaller or each.too_high for each in tried)

    fitted = fit(draft, diagram.options, measurer.size, dialect, fits_as_rails)
    part = FigurePart(dot_text(fitted.diagram), visible_texts(fitted.diagram))
    return LaidOut(fitted.diagram, (part,), (*diagram.messages, *fitted.messages))


def _rails(diagram: Diagram, draft: Draft, measurer: Measurer, dialect: Dialect) -> LaidOut:
    setter = _setter(diagram, measurer)
    figure = rails_figure(diagram, setter, Advice(draft, diagram.options, setter, dialect))
    write = partial(
        scene_dot,
        name=diagram.name,
        style=diagram.style,
        width_of=setter.width_of,
        baseline=measurer.baseline(diagram.style.font),
    )
    parts = []
    for sheet in figure.sheets:
        labels = tuple(each.text for each in sheet.whole.items if isinstance(each, TextLine))
        parts.append(FigurePart(write(sheet.whole), labels, tuple(map(write, sheet.pages))))
    return LaidOut(diagram, tuple(parts), (*diagram.messages, *figure.messages))


def _setter(diagram: Diagram, measurer: Measurer) -> Typesetter:
    font = diagram.style.font
    return Typesetter(partial(measurer.widths, font), diagram.options.language, font)
