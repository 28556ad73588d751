"""Chooses how a decision is drawn: the plan with the lowest price whose parts fit their pages.

Called by `arrangement`, which draws the choice.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from math import inf, isinf

from attrs import frozen

from codeable.diagrams.rails.cutting import Cuts, cut, cut_into
from codeable.diagrams.rails.plans import Plan
from codeable.diagrams.rails.sketch import Sketch

_PART = 4.0
"""Price of one more part: more than that of the smallest text."""
_PART_TOO_MANY = 20.0
_OPTIONS_OF_TWO_PARTS = 20
_TOO_HIGH = 100.0
"""Price of a part as high as a page that is higher than it."""
_PAGE = 1.5
"""Price of a full page: among plans of about one price the one with the lower figure wins."""
_ALIKE = 0.05
"""Plans whose prices differ by less are equally good."""
_CAREFUL = 0.96
"""Part of what plans are found to be higher than estimated that is expected of the others."""
_STEP, _WORST = 1.01, 1.5
_NARROW = 3.0
"""Price of texts beside the boxes without any width."""


@frozen
class Choice:
    """A plan that can be drawn.

    Attributes:
        sketch: What draws it.
        cuts: The options of each part.
        height: The height of all parts together.
        price: The price of the plan, with that of its parts and of the paper.
        too_high: Whether a part is higher than a page.
    """

    sketch: Sketch
    cuts: Cuts
    height: float
    price: float
    too_high: bool


class Chooser:
    """Chooses among plans.

    Args:
        sketches: The decision under each plan.
        options: Number of options of the decision.
        page: Height of a page for a plan, without the legend, in points; None for no limit.
        parts: Number of parts; None for as many as pages are needed.
    """

    def __init__(
        self,
        sketches: Iterable[Sketch],
        options: int,
        page: Callable[[Plan], float] | None,
        parts: int | None,
    ) -> None:
        self._sketches = sketches
        self._options = options
        self._page = page
        self._parts = parts

    def choices(self) -> Iterator[Choice]:
        """What fits the width, the cheapest first.

        A plan is measured when no other one is estimated to cost less: most never are. What one is higher
        than estimated, the others with the same arrangement are too.
        """
        factors: dict[Hashable, float] = {}
        pending: list[tuple[float, int, Sketch, Choice | None]] = [
            (sketch.plan.price, number, sketch, None) for number, sketch in enumerate(self._sketches)
        ]
        heapify(pending)
        while pending:
            price, number, sketch, choice = heappop(pending)
            if choice is not None:
                yield choice
            elif (corrected := self._estimate(sketch, factors.get(sketch.plan.arrangement, 1.0))) > price:
                heappush(pending, (corrected, number, sketch, None))
            elif (measured := self.cut(sketch)) is not None:
                heappush(pending, (measured.price - _ALIKE, number, sketch, measured))
                factors[sketch.plan.arrangement] = self._factor(measured)

    def cut(self, sketch: Sketch, less: float = 0.0) -> Choice | None:
        """The choice of a plan, on pages that are so much lower; None where it does not fit."""
        if not sketch.fits:
            return None
        page = None if self._page is None else self._page(sketch.plan) - less
        if self._parts is not None:
            cuts = cut_into(self._options, sketch.height, self._parts)
        elif page is not None:
            cuts = cut(self._options, sketch.height, page)
        else:
            cuts = (range(self._options),)
        heights = [sketch.height(part.start, part.stop) for part in cuts]
        if isinf(sum(heights)):
            return None
        highest = max(heights) / (page or inf)
        price = self._price(sketch, len(cuts), sum(heights) / (page or inf))
        price += _TOO_HIGH * highest if highest > 1 else 0.0
        return Choice(sketch, cuts, sum(heights), price, highest > 1)

    def _estimate(self, sketch: Sketch, factor: float) -> float:
        """The price of a plan whose options are higher by a factor than their texts let expect."""
        page = inf if self._page is None else self._page(sketch.plan) / factor
        parts, height = sketch.estimate(page, self._parts)
        return self._price(sketch, parts, height / page)

    def _factor(self, choice: Choice) -> float:
        """By what heights have to be estimated higher, so that a choice has the parts that it has."""
        if self._page is None:
            return 1.0
        page, parts = self._page(choice.sketch.plan), len(choice.cuts)
        factor = max(1.0, _CAREFUL * choice.height / choice.sketch.estimate(page, parts)[1])
        while choice.sketch.estimate(page / factor, self._parts)[0] < parts and factor < _WORST:
            factor *= _STEP
        return factor

    def _price(self, sketch: Sketch, parts: int, pages: float) -> float:
        few = 2 if self._options <= _OPTIONS_OF_TWO_PARTS else 3
        for_parts = _PART * (parts - 1) + _PART_TOO_MANY * max(0, parts - few)
        return sketch.plan.price + _NARROW * sketch.narrowness + for_parts + _PAGE * pages
