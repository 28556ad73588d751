"""Fits a diagram into a width: narrower lines, then the other direction, then a smaller scale.

Called by `render` and by figures of a study; both give a function that measures a diagram. Where a diagram is
too large, the messages here propose how to split it.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from codeable.diagrams.advice import Place, written
from codeable.diagrams.diagram import Diagram
from codeable.diagrams.options import MM_PER_INCH, Direction, FigureOptions
from codeable.diagrams.styles import SMALLEST_ON_PAPER

Draft = Callable[[FigureOptions], Diagram]
"""Builds the diagram of a view under the given options."""

Measure = Callable[[Diagram], tuple[float, float]]
"""Returns width and height of a diagram in points, laid out but not scaled: `dot_text(…, scaled=False)`."""

_POINTS_PER_MM = 72 / MM_PER_INCH
_WRAPS = (24, 20, 16, 13, 10)
_TALLEST_MM = 240.0
_MOST_NAMES_IN_A_HINT = 6
_SAVINGS: tuple[dict[str, Any], ...] = (
    {"relations": "none"},
    {"forces": "none"},
    {"relations": "none", "forces": "none"},
)


@frozen
class Fitted:
    """A diagram that fits, with its size on paper.

    Attributes:
        diagram: The diagram, under the options that make it fit.
        scale: The factor that the engine scales it by; at most 1.
        width_mm: Width of the scaled figure.
        height_mm: Height of the scaled figure.
        smallest_text: Size of the smallest text in the scaled figure, in points.
        warnings: Warnings about text that is too small to read, or a figure taller than a page.
    """

    diagram: Diagram
    scale: float
    width_mm: float
    height_mm: float
    smallest_text: float
    warnings: tuple[str, ...] = ()


def fit(draft: Draft, options: FigureOptions, measure: Measure, place: Place = "python") -> Fitted:
    """Fit a diagram into the width of its options, with the largest text and the fewest changes.

    Tries the given wrap first, then narrower ones, then the other direction, and takes the first diagram
    whose text is readable. When there is none, takes the diagram with the largest text, with a warning that
    proposes how to split the view.

    Args:
        draft: Builds the diagram under other options.
        options: The options of the user; without `width_mm` nothing changes.
        measure: Measures a diagram.
        place: Where the user gave the options, which messages write as this place does.
    """
    best: Fitted | None = None
    for candidate in _candidates(options):
        fitted = _scaled(draft, candidate, measure)
        if options.width_mm is None or fitted.smallest_text >= SMALLEST_ON_PAPER:
            return _with_warnings(fitted, ())
        if best is None or fitted.scale > best.scale:
            best = fitted
    assert best is not None
    return _with_warnings(best, (_too_small(best, draft, measure, place),))


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
    diagram, height = fitted.diagram, fitted.height_mm
    if diagram.options.width_mm is not None and height > _TALLEST_MM:
        too_tall = f"{diagram.name} is {height:.0f} mm tall, more than a page has ({_TALLEST_MM:.0f} mm)"
        warnings += (f"{too_tall}; {split_along(diagram, math.ceil(height / _TALLEST_MM))}",)
    return evolve(fitted, warnings=warnings)


def _too_small(fitted: Fitted, draft: Draft, measure: Measure, place: Place) -> str:
    diagram, width = fitted.diagram, fitted.diagram.options.width_mm
    message = (
        f"{diagram.name} does not fit {width:g} mm: its text would be {fitted.smallest_text:.1f} pt, and "
        f"less than {SMALLEST_ON_PAPER:g} pt cannot be read in print; {split_across(diagram)}"
    )
    for saving in _SAVINGS:
        if _helps(evolve(diagram.options, **saving), fitted, draft, measure):
            return f"{message}; it would fit with {written(saving, place)}"
    return message


def _helps(options: FigureOptions, fitted: Fitted, draft: Draft, measure: Measure) -> bool:
    if options == fitted.diagram.options:
        return False
    tried = (_scaled(draft, candidate, measure) for candidate in _candidates(options))
    return any(fitted.smallest_text >= SMALLEST_ON_PAPER for fitted in tried)


def split_across(diagram: Diagram) -> str:
    """Proposes how to make a figure narrower: a figure of its own for relations, or a chain cut in two."""
    relations = [edge for edge in diagram.edges if edge.kind.key == "relation"]
    if relations and any(edge.kind.key == "option" for edge in diagram.edges):
        bundle = _bundle(
            diagram, "relations", (end for edge in relations for end in (edge.source, edge.target))
        )
        return f"draw it with relations=false, and the relations in a bundle of their own, such as {bundle}"
    depth = _depths(diagram)
    border = (max(depth.values(), default=0) + 1) // 2
    if border == 0:
        return split_along(diagram, 2)
    first = _bundle(diagram, "1", (each for each, deep in depth.items() if deep <= border))
    second = _bundle(diagram, "2", (each for each, deep in depth.items() if deep >= border))
    return f"split the view into two bundles, such as {first} and {second}"


def split_along(diagram: Diagram, parts: int) -> str:
    """Proposes how to make a figure shorter: several parts, each with the nodes that everything starts at."""
    targets = {edge.target for edge in diagram.edges}
    starts = [edge.source for edge in diagram.edges if edge.source not in targets]
    others = [node.identifier for node in diagram.nodes if node.identifier not in starts]
    if len(others) < parts:
        return "its boxes are too few to be split: give them shorter texts"
    size = -(-len(others) // parts)
    first = _bundle(diagram, "1", [*starts, *others[:size]])
    return f"split the view into {parts} bundles of about {size} boxes each, the first such as {first}"


def _bundle(diagram: Diagram, part: str, identifiers: Iterable[str]) -> str:
    chosen = set(identifiers)
    names = [_named(node.identifier, node.name) for node in diagram.nodes if node.identifier in chosen]
    more = ", ..." if len(names) > _MOST_NAMES_IN_A_HINT else ""
    return f'CBundle("{diagram.name} {part}", elements=[{", ".join(names[:_MOST_NAMES_IN_A_HINT])}{more}])'


def _named(identifier: str, name: str) -> str:
    variable = identifier.removeprefix("n_")
    return repr(name) if variable.isdigit() else variable


def _depths(diagram: Diagram) -> dict[str, int]:
    """The length of the longest path to each node, without the edges that close a cycle."""
    after: dict[str, dict[str, None]] = {node.identifier: {} for node in diagram.nodes}
    for edge in diagram.edges:
        if edge.target != edge.source:
            after[edge.source][edge.target] = None
    depth = dict.fromkeys(after, 0)
    for identifier in reversed(_left_in_order(after)):
        for target in after[identifier]:
            depth[target] = max(depth[target], depth[identifier] + 1)
    return depth


def _left_in_order(after: dict[str, dict[str, None]]) -> list[str]:
    """The nodes in the order in which a depth-first search leaves them; removes edges that close a cycle."""
    left: dict[str, None] = {}
    entered: set[str] = set()
    for start in after:
        if start in entered:
            continue
        entered.add(start)
        stack = [(start, iter(tuple(after[start])))]
        while stack:
            node, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                left[node] = None
                stack.pop()
            elif target not in entered:
                entered.add(target)
                stack.append((target, iter(tuple(after[target]))))
            elif target not in left:
                del after[node][target]
    return list(left)
