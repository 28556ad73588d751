"""Fits a graph into a width and the height of a page: narrower lines, the other direction, a smaller scale.

`layout` calls it with a function that measures a diagram. `split_hints` proposes what to do where none fits.
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from codeable.diagrams.advice import Dialect, shown_size, written
from codeable.diagrams.diagram import Diagram, Draft
from codeable.diagrams.graph.split_hints import advice_of, restricted, split_advice, split_boxes
from codeable.diagrams.options import POINTS_PER_MM, WIDEST_MM, Direction, FigureOptions
from codeable.diagrams.styles import SMALLEST_DRAWN, SMALLEST_ON_PAPER
from codeable.diagrams.wrapping import pieces
from codeable.terminal import cell_len
from codeable.text import shown

Measure = Callable[[Diagram], tuple[float, float]]
"""Returns width and height of a diagram in points, laid out but not scaled: `dot_text(…, scaled=False)`."""

_WRAPS = (24, 20, 16, 13, 10)
_TWO_COLUMNS = 178.0
_BUNDLES = (2, 3, 4, 5, 6, 8, 10, 12)
"""Numbers of bundles that are tried."""
_MOST_IN_A_BUNDLE = 20
_MOST_TRIED = 300
"""Boxes and arrows of a graph whose bundles are tried; laying out larger ones takes too long."""
_NARROWEST_LETTER = 0.15
"""Width of a letter per point of font size: that of an l in a narrow font."""
_SAVINGS: tuple[Mapping[str, Any], ...] = (
    {"values": False},
    {"relations": "none"},
    {"forces": "none"},
    {"evidence": "none"},
    {"legend": False},
    {"relations": "none", "forces": "none"},
    {"width_mm": _TWO_COLUMNS},
)


@frozen
class Fitted:
    """A diagram that fits, with its size on paper.

    Attributes:
        diagram: The diagram, under the options that make it fit. Where its text can only be read if the
            figure is taller than a page, or larger than asked, the size in its options is that of the figure.
        scale: The factor that the engine scales it by; at most 1.
        width_mm: Width of the scaled figure.
        height_mm: Height of the scaled figure.
        messages: What does not fit, each with what helps.
    """

    diagram: Diagram
    scale: float
    width_mm: float
    height_mm: float
    messages: tuple[str, ...] = ()

    @property
    def smallest_text(self) -> float:
        """Size of the smallest text in the scaled figure, in points."""
        return round(min(self.diagram.style.small_size, self.diagram.style.font_size) * self.scale, 2)

    @property
    def is_readable(self) -> bool:
        """Whether its text can be read in print."""
        return self.smallest_text >= SMALLEST_ON_PAPER


def fit(
    draft: Draft,
    options: FigureOptions,
    measure: Measure,
    dialect: Dialect = "python",
    fits_as_rails: Callable[[], bool] = lambda: False,
) -> Fitted:
    """Fit a diagram into the width and height of its options, with the fewest changes.

    Tries the given wrap first, then narrower ones, then the other direction, and takes the first diagram
    whose text is readable. When there is none, takes one that is readable but taller than a page, else the
    one with the largest text, larger than asked where this text is tiny; with a message that says what would
    help. What it says was tried.

    Args:
        draft: Builds the diagram under other options.
        options: The options of the user; without `width_mm` nothing changes.
        measure: Measures a diagram.
        dialect: How the user wrote the options, and messages write them.
        fits_as_rails: Tries whether the figure has decisions whose rails fit.
    """
    if options.width_mm is None:
        diagram = draft(options)
        width, height = measure(diagram)
        return Fitted(diagram, 1.0, width / POINTS_PER_MM, height / POINTS_PER_MM)
    word = _too_long_word(draft, options)
    if word:
        best = next(_tries(draft, options, measure))
        return _too_large(
            best, f"its longest word is {shown(word)}: give it a hyphen, or a shorter one", measure
        )
    tried = []
    for fitted in _tries(draft, options, measure):
        if fitted.is_readable:
            return fitted
        tried.append(fitted)
    best = max(tried, key=lambda fitted: fitted.scale)
    advice = _Advice(draft, measure, dialect)
    help_ = advice.of({"layout": "rails"}) if fits_as_rails() else advice.for_a_figure_like(best)
    tall = [fitted for fitted in map(_on_any_page, tried) if fitted.is_readable]
    if not tall:
        return _too_large(best, help_, measure)
    lowest = min(tall, key=lambda fitted: fitted.height_mm)
    page = f"more than a page has ({best.diagram.page_mm:g} mm)"
    message = f"{lowest.diagram.name} is {math.ceil(lowest.height_mm)} mm tall, {page}; {help_}"
    return evolve(lowest, messages=(message,))


def _tries(draft: Draft, options: FigureOptions, measure: Measure) -> Iterator[Fitted]:
    """The diagram under each set of options that may make it fit, scaled to its width and page."""
    other: Direction = "TB" if options.direction == "LR" else "LR"
    for direction in (options.direction, other):
        for wrap in (options.wrap, *(wrap for wrap in _WRAPS if wrap < options.wrap)):
            diagram = draft(evolve(options, direction=direction, wrap=wrap))
            width, height = (side / POINTS_PER_MM for side in measure(diagram))
            yield _scaled(diagram, width, height, diagram.page_mm)


def _scaled(diagram: Diagram, width: float, height: float, page: float) -> Fitted:
    """The diagram of a width and height in millimetres, on a page of a height."""
    allowed = diagram.options.width_mm or width
    scale = min(1.0, allowed / width, page / height) if width > 0 and height > 0 else 1.0
    return Fitted(diagram, scale, width * scale, height * scale)


def _on_any_page(fitted: Fitted) -> Fitted:
    """The figure on a page that is as tall as it needs."""
    width, height = fitted.width_mm / fitted.scale, fitted.height_mm / fitted.scale
    free = _scaled(fitted.diagram, width, height, WIDEST_MM)
    needed = min(math.ceil(free.height_mm) + 1.0, WIDEST_MM)
    options = evolve(fitted.diagram.options, height_mm=needed)
    return evolve(free, diagram=evolve(fitted.diagram, options=options))


def _too_long_word(draft: Draft, options: FigureOptions) -> str:
    """The longest word of a name with which nothing can fit, in no direction and with no advice.

    Empty where the words let it fit, perhaps. A graph then need not be laid out again and again.
    """
    if options.language is not None or options.width_mm is None:
        return ""
    diagram = draft(evolve(options, relations="none", forces="none"))
    words = (word for node in diagram.nodes for _, word in pieces(node.name))
    longest = max(words, key=cell_len, default="")
    style, widest = diagram.style, max(options.width_mm, _TWO_COLUMNS) * POINTS_PER_MM
    width = cell_len(longest) * _NARROWEST_LETTER * style.font_size
    smallest = min(style.small_size, style.font_size)
    return longest if smallest * widest < SMALLEST_ON_PAPER * width else ""


def _too_large(best: Fitted, help_: str, measure: Measure) -> Fitted:
    """A figure that cannot be read in the width asked for, larger where it could not be read at all."""
    drawn = best if best.smallest_text >= SMALLEST_DRAWN else _wider_than_asked(best, measure)
    instead = "" if drawn is best else f"; it is drawn {drawn.width_mm:.0f} x {drawn.height_mm:.0f} mm"
    return evolve(drawn, messages=(f"{_too_small(best)}; {help_}{instead}",))


def _wider_than_asked(fitted: Fitted, measure: Measure) -> Fitted:
    """The figure in a size in which its text can be read on a screen at least."""
    style = fitted.diagram.style
    scale = SMALLEST_DRAWN / min(style.small_size, style.font_size)
    sides = (fitted.width_mm / fitted.scale * scale, fitted.height_mm / fitted.scale * scale)
    width, height = (min(math.ceil(side) + 1.0, WIDEST_MM) for side in sides)
    options = evolve(fitted.diagram.options, width_mm=width, height_mm=height)
    diagram = evolve(fitted.diagram, options=options)
    laid_out_width, laid_out_height = (side / POINTS_PER_MM for side in measure(diagram))
    return _scaled(diagram, laid_out_width, laid_out_height, height)


def _too_small(fitted: Fitted) -> str:
    diagram = fitted.diagram
    paper = f"{diagram.options.width_mm:g} x {diagram.page_mm:g} mm"
    return (
        f"{diagram.name} does not fit {paper}: its text would be "
        f"{shown_size(fitted.smallest_text)}, and less than {SMALLEST_ON_PAPER:g} pt cannot be read in print"
    )


class _Advice:
    """Tries what would make a figure fit."""

    def __init__(self, draft: Draft, measure: Measure, dialect: Dialect) -> None:
        self._draft = draft
        self._measure = measure
        self._dialect = dialect

    def for_a_figure_like(self, fitted: Fitted) -> str:
        """Options, else bundles, with which the figure fits; what to do where nothing helps."""
        diagram = fitted.diagram
        for saving in _SAVINGS:
            options = evolve(diagram.options, **saving)
            if (options.width_mm or 0) < (diagram.options.width_mm or 0):
                continue
            saved = self._draft(options)
            if diagram.edges and not saved.edges:
                continue
            shown = saved.nodes, saved.edges, saved.legend, saved.options.width_mm
            if shown == (diagram.nodes, diagram.edges, diagram.legend, diagram.options.width_mm):
                continue
            if self._fits(self._draft, options):
                return self.of(saving)
        if len(diagram.nodes) + len(diagram.edges) > _MOST_TRIED:
            return split_advice(diagram, len(diagram.nodes) // _MOST_IN_A_BUNDLE + 2)
        for count in _BUNDLES:
            bundles = split_boxes(diagram, count)
            if bundles and all(self._bundle_fits(diagram.options, bundle) for bundle in bundles):
                return f"it would fit if you {advice_of(diagram, bundles)}"
        return "bundles of its boxes would not fit either; give them shorter texts"

    def of(self, saving: Mapping[str, Any]) -> str:
        """The advice to give options that were tried."""
        wide = {"width": f"{saving['width_mm']:g}mm"} if "width_mm" in saving else saving
        return f"it would fit with {written(wide, self._dialect)}"

    def _bundle_fits(self, options: FigureOptions, bundle: Collection[str]) -> bool:
        return self._fits(lambda tried: restricted(self._draft(tried), bundle), options)

    def _fits(self, draft: Draft, options: FigureOptions) -> bool:
        return any(fitted.is_readable for fitted in _tries(draft, options, self._measure))
