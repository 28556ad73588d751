"""Arranges rails: draws the plan that fits the page best, in parts, with a legend. Called by `figure`."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from math import inf

from attrs import evolve, frozen

from codeable.diagrams.diagram import Diagram
from codeable.diagrams.options import POINTS_PER_MM
from codeable.diagrams.rails.branch import Lengths
from codeable.diagrams.rails.choosing import Choice, Chooser, price_of_excess
from codeable.diagrams.rails.column import ColumnBuilder, texts_of
from codeable.diagrams.rails.cutting import FULL_ENOUGH, moved
from codeable.diagrams.rails.legend import legend_entries, legend_scene, legend_texts
from codeable.diagrams.rails.outline import Outline
from codeable.diagrams.rails.planned import MeasuredSize, PlannedDecision, PlannedPart
from codeable.diagrams.rails.plans import Plan, plans
from codeable.diagrams.rails.room import Room, reduction
from codeable.diagrams.rails.scene import Scene, stacked
from codeable.diagrams.rails.setting import Setting, Sizes
from codeable.diagrams.rails.typesetter import Typesetter

_ABOVE_LEGEND = 8.0
_WIDER = 1.15
_MOST_TIMES_WIDER = 60
_MOST_CORRECTIONS = 2
_ON_ONE_LINE = 1e6
"""A width in which no text is broken."""


@frozen
class Arrangement:
    """A decision, drawn.

    Attributes:
        parts: A drawing for each part.
        plan: How it is drawn.
        price: How little it is wanted.
        smallest_text: The size of its smallest text in points.
        is_made_smaller: Whether it had to be made smaller than the smallest readable text.
        too_high: Whether one of its parts is higher than a page.
    """

    parts: tuple[Scene, ...]
    plan: Plan
    price: float
    smallest_text: float
    is_made_smaller: bool
    too_high: bool

    @property
    def highest_mm(self) -> float:
        """The height of its highest part in millimetres."""
        return max(scene.height for scene in self.parts) / POINTS_PER_MM


def texts_to_measure(diagram: Diagram, outline: Outline) -> Iterator[str]:
    """Every text of a figure of this decision, for `Typesetter.prepare`."""
    yield from texts_of(outline)
    yield from legend_texts(legend_entries(diagram, (outline,), matrix=True))


def arrange(diagram: Diagram, outline: Outline, setter: Typesetter) -> Arrangement:
    """Arrange a decision, so that it fits the width and height of the diagram's options.

    Where not even the smallest readable text fits, everything is drawn on a larger page and made smaller.
    A figure without a width becomes wider instead.

    Args:
        diagram: The diagram, with the options and the style.
        outline: The decision.
        setter: Breaks the texts.
    """
    larger = 1.0
    for _ in range(_MOST_TIMES_WIDER):
        arrangement = _Arranger(diagram, outline, setter, larger).arrangement()
        if arrangement is not None:
            return arrangement
        larger *= _WIDER
    raise AssertionError("every text fits a width that is large enough")


_Parts = Sequence[PlannedPart]


def _highest(parts: _Parts) -> float:
    return max(part.height for part in parts)


class _Arranger:
    """Arranges a decision on a page that is so much larger than asked."""

    def __init__(self, diagram: Diagram, outline: Outline, setter: Typesetter, larger: float) -> None:
        options = diagram.options
        self._diagram = diagram
        self._outline = outline
        self._setter = setter
        forces = options.forces or "none" if outline.forces else "none"
        self._asked = Room.of(options, diagram.style, len(outline.forces) if forces == "matrix" else 0)
        self._room = self._asked.times(larger)
        self._larger = larger if self._asked.is_fixed else 1.0
        found = plans(diagram.style, forces, self._asked.width, shrinks=self._asked.is_fixed)
        if larger > 1:
            smallest = min(plan.sizes.name + plan.sizes.small for plan in found)
            found = [plan for plan in found if plan.sizes.name + plan.sizes.small == smallest]
        page = None if self._room.page is None else self._page_for
        self._chooser = Chooser(self._all_planned(found), len(outline.rails), page, options.parts)
        self._asked_parts = options.parts
        self._legend_heights: dict[object, float] = {}

    def arrangement(self) -> Arrangement | None:
        """The cheapest arrangement; None where nothing fits the width."""
        best: Arrangement | None = None
        for choice in self._chooser.choices():
            if best is not None and choice.price >= best.price:
                break
            drawn = self._drawn(choice)
            if drawn is not None and drawn.price <= choice.price:
                return drawn
            if drawn is not None and (best is None or drawn.price < best.price):
                best = drawn
        return best

    def _all_planned(self, found: Iterable[Plan]) -> Iterator[PlannedDecision]:
        boxes = self._diagram.options.relations == "graph"
        outline, setter, style, width = self._outline, self._setter, self._diagram.style, self._room.width

        @cache
        def measured(sizes: Sizes) -> MeasuredSize:
            return MeasuredSize(Setting(outline, setter, sizes, style, width, boxes))

        @cache
        def lengths(forces: bool) -> tuple[tuple[Lengths, ...], ...]:
            setting = Setting(outline, setter, Sizes(1.0, 1.0), style, _ON_ONE_LINE, boxes)
            return tuple(ColumnBuilder(setting, share=0.5, force_lines=forces).lengths())

        for plan in found:
            yield PlannedDecision(plan, measured(plan.sizes), partial(lengths, plan.forces == "lines"))

    def _drawn(self, choice: Choice) -> Arrangement | None:
        """Draw the parts; None where one does not fit the width after all."""
        page = self._room.page or inf
        cut = self._cut_again(choice)
        if cut is None:
            return None
        choice, parts = cut
        excess = _highest(parts) - page
        if excess <= 0 and self._asked_parts is None:
            choice, parts = self._filled_up(choice, parts)
        sizes = choice.planned.plan.sizes
        smaller = reduction(self._larger, sizes)
        scenes = (part.scene() for part in parts)
        return Arrangement(
            tuple(self._asked.framed(scene.scaled(1 / smaller)) for scene in scenes),
            choice.planned.plan,
            choice.wanted + price_of_excess(excess),
            sizes.smallest / smaller,
            is_made_smaller=smaller > 1,
            too_high=excess > 0,
        )

    def _cut_again(
        self, choice: Choice, less: float = 0.0, corrections: int = _MOST_CORRECTIONS
    ) -> tuple[Choice, _Parts] | None:
        """The parts, cut again for lower pages where one is higher than expected, and so than a page.

        None where one does not fit the width after all.
        """
        parts = self._parts(choice)
        if parts is None:
            return None
        page = self._room.page or inf
        if _highest(parts) > page:
            choice, parts = self._evened(choice, parts)
        if _highest(parts) <= page or choice.too_high or self._asked_parts is not None or not corrections:
            return choice, parts
        less += _highest(parts) - page
        again = self._chooser.cut(choice.planned, less)
        return None if again is None else self._cut_again(again, less, corrections - 1)

    def _filled_up(self, choice: Choice, parts: _Parts) -> tuple[Choice, _Parts]:
        """The same with options of the next part in a part that turned out less full than expected."""
        page = self._room.page or 0.0
        for number in range(len(parts) - 1):
            while parts[number].height < FULL_ENOUGH * page and len(choice.cuts[number + 1]) > 1:
                other = self._moved(choice, number, 1)
                if other is None or _highest(other[1]) > page:
                    break
                choice, parts = other
        return choice, parts

    def _evened(self, choice: Choice, parts: _Parts) -> tuple[Choice, _Parts]:
        """The same with options of the highest part in the parts beside it, as long as that helps."""
        while True:
            highest = max(range(len(parts)), key=lambda number: parts[number].height)
            if len(choice.cuts[highest]) == 1:
                return choice, parts
            to_next = self._moved(choice, highest, -1) if highest + 1 < len(parts) else None
            to_last = self._moved(choice, highest - 1, 1) if highest else None
            lower = [each for each in (to_next, to_last) if each and _highest(each[1]) < _highest(parts)]
            if not lower:
                return choice, parts
            choice, parts = min(lower, key=lambda each: _highest(each[1]))

    def _moved(self, choice: Choice, number: int, options: int) -> tuple[Choice, _Parts] | None:
        """The same with the end of a part moved by some options; None where that does not fit the width."""
        tried = evolve(choice, cuts=moved(choice.cuts, number, options))
        parts = self._parts(tried)
        return None if parts is None else (tried, parts)

    def _parts(self, choice: Choice) -> _Parts | None:
        """The parts with their legends; None where one does not fit the width."""
        count = len(choice.cuts)
        found = []
        for number, cut in enumerate(choice.cuts, 1):
            part = choice.planned.part(cut, f"({number} of {count})" if count > 1 else "")
            if part is None:
                return None
            found.append(self._with_legend(part, choice.planned.plan, cut))
        return found

    def _with_legend(self, part: PlannedPart, plan: Plan, cut: range) -> PlannedPart:
        rails = self._outline.rails[cut.start : cut.stop]
        legend = self._legend(plan, evolve(self._outline, rails=rails))
        if legend is None:
            return part
        height = part.height + _ABOVE_LEGEND + legend.height
        return PlannedPart(height, lambda: stacked((part.scene(), legend), _ABOVE_LEGEND))

    def _legend(self, plan: Plan, outline: Outline) -> Scene | None:
        entries = legend_entries(self._diagram, (outline,), matrix=plan.has_matrix)
        identifier = f"{outline.decision.identifier}.legend"
        return legend_scene(
            entries, self._setter, plan.sizes, self._diagram.style, self._room.width, identifier
        )

    def _page_for(self, plan: Plan) -> float:
        """The height of a page without the legend, which is that of all options."""
        assert self._room.page is not None
        key = plan.sizes, plan.has_matrix
        if key not in self._legend_heights:
            legend = self._legend(plan, self._outline)
            self._legend_heights[key] = 0.0 if legend is None else legend.height + _ABOVE_LEGEND
        return self._room.page - self._legend_heights[key]
