"""A figure that has to fit a column: narrower lines, the other direction, then a smaller scale."""

import math
from collections.abc import Callable, Iterator

from attrs import evolve, frozen

from codeable.diagrams.diagram import Diagram
from codeable.diagrams.options import Direction, FigureOptions
from codeable.diagrams.split_hints import split_across, split_along
from codeable.diagrams.styles import SMALLEST_ON_PAPER

__all__ = ["Draft", "Fitted", "Measure", "fit"]

Draft = Callable[[FigureOptions], Diagram]
"""Makes the diagram of a view under some options."""

Measure = Callable[[Diagram], tuple[float, float]]
"""Width and height of a diagram in points, laid out but not scaled (`dot_text(diagram, scaled=False)`)."""

_POINTS_PER_MM = 72 / 25.4
_WRAPS = (24, 20, 16, 13, 10)
_TALLEST_MM = 240.0
_SAVINGS: tuple[tuple[str, Callable[[FigureOptions], FigureOptions]], ...] = (
    ("relations=false", lambda options: evolve(options, relations=False)),
    ('forces="none"', lambda options: evolve(options, forces="none")),
    ('relations=false and forces="none"', lambda options: evolve(options, relations=False, forces="none")),
)


@frozen
class Fitted:
    """A diagram whose options make it fit.

    Attributes:
        diagram: The diagram, laid out with these options and scaled by `scale`.
        scale: 1 for a figure that is small enough by itself; never more.
        width_mm: Of the scaled figure.
        height_mm: Of the scaled figure.
        smallest_text: Of the scaled figure, in points.
        warnings: What the user should know: text too small to be read, a figure taller than a page.
    """

    diagram: Diagram
    scale: float
    width_mm: float
    height_mm: float
    smallest_text: float
    warnings: tuple[str, ...] = ()


def fit(draft: Draft, options: FigureOptions, measure: Measure) -> Fitted:
    """The figure that fits the width asked for with the largest text and the fewest changes.

    The wrap asked for is tried first, then narrower ones, then the other direction; the first figure whose
    text stays readable is taken. When none is, the one with the largest text is taken, with a warning that
    proposes how to split the view.

    Args:
        draft: Makes the diagram of the view under other options.
        options: What was asked for; without `width_mm` nothing is changed.
        measure: Lays a diagram out.
    """
    best: Fitted | None = None
    for candidate in _candidates(options):
        fitted = _scaled(draft, candidate, measure)
        if options.width_mm is None or fitted.smallest_text >= SMALLEST_ON_PAPER:
            return _with_warnings(fitted, ())
        if best is None or fitted.scale > best.scale:
            best = fitted
    assert best is not None
    return _with_warnings(best, (_too_small(best, draft, measure),))


def _candidates(options: FigureOptions) -> Iterator[FigureOptions]:
    other: Direction = "TB" if options.direction == "LR" else "LR"
    for direction in (options.direction, other):
        yield evolve(options, direction=direction)
        for wrap in _WRAPS:
            if wrap < options.wrap:
                yield evolve(options, direction=direction, wrap=wrap)


def _scaled(draft: Draft, options: FigureOptions, measure: Measure) -> Fitted:
    diagram = draft(options)
    width, height = measure(diagram)
    allowed = options.width_mm * _POINTS_PER_MM if options.width_mm is not None else width
    scale = min(1.0, allowed / width) if width > 0 else 1.0
    return Fitted(
        diagram=diagram,
        scale=scale,
        width_mm=width * scale / _POINTS_PER_MM,
        height_mm=height * scale / _POINTS_PER_MM,
        smallest_text=round(min(diagram.style.small_size, diagram.style.font_size) * scale, 2),
    )


def _with_warnings(fitted: Fitted, warnings: tuple[str, ...]) -> Fitted:
    if fitted.diagram.options.width_mm is not None and fitted.height_mm > _TALLEST_MM:
        warnings += (_too_tall(fitted),)
    return evolve(fitted, warnings=warnings)


def _too_tall(fitted: Fitted) -> str:
    name, height = fitted.diagram.name, fitted.height_mm
    return (
        f"{name} is {height:.0f} mm tall, more than a page has ({_TALLEST_MM:.0f} mm); "
        f"{split_along(fitted.diagram, math.ceil(height / _TALLEST_MM))}"
    )


def _too_small(fitted: Fitted, draft: Draft, measure: Measure) -> str:
    diagram, width = fitted.diagram, fitted.diagram.options.width_mm
    message = (
        f"{diagram.name} does not fit {width:g} mm: its text would be {fitted.smallest_text:.1f} pt, and "
        f"less than {SMALLEST_ON_PAPER:g} pt cannot be read in print; {split_across(diagram)}"
    )
    helping = [words for words, saving in _SAVINGS if _helps(saving(diagram.options), fitted, draft, measure)]
    return f"{message}; it would fit with {helping[0]}" if helping else message


def _helps(options: FigureOptions, fitted: Fitted, draft: Draft, measure: Measure) -> bool:
    if options == fitted.diagram.options:
        return False
    tried = (_scaled(draft, candidate, measure) for candidate in _candidates(options))
    return any(fitted.smallest_text >= SMALLEST_ON_PAPER for fitted in tried)
