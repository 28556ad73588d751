"""Chooses how a decision is drawn: the plan with the lowest price whose parts fit their pages.

Called by `arrangement`, which draws the choice.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from math import inf, isinf

from attrs import frozen

from codeable.diagrams.rails.cutting import Cuts, cut, cut_into
from codeable.diagrams.rails.planned import PlannedDecision
from codeable.diagrams.rails.plans import Plan

_PART = 4.0
"""Price of one more part: more than that of the smallest text."""
_PART_TOO_MANY = 20.0
_OPTIONS_OF_TWO_PARTS = 20
TOO_HIGH = 100.0
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
        planned: What draws it.
        cuts: The options of each part.
        height: The height of all parts together.
        price: The price of the plan, with that of its parts and of the paper.
        too_high: Whether a part is higher than a page.
    """

    planned: PlannedDecision
    cuts: Cuts
    height: float
    price: float
    too_high: bool


class Chooser:
    """Chooses among plans.

    Args:
        all_planned: The decision under each plan.
        options: Number of options of the decision.
        page: Height of a page for a plan, without the legend, in points; None for no limit.
        parts: Number of parts; None for as many as pages are needed.
    """

    def __init__(
        self,
        all_planned: Iterable[PlannedDecision],
        options: int,
        page: Callable[[Plan], float] | None,
        parts: int | None,
    ) -> None:
        self._all_planned = all_planned
        self._options = options
        self._page = page
        self._parts = parts

    def choices(self) -> Iterator[Choice]:
        """What fits the width, the cheapest first.

        A plan is measured when no other one is estimated to cost less: most never are. What one is higher
        than estimated, the others with the same arrangement are too.
        """
        factors: dict[Hashable, float] = {}
        pending: list[tuple[float, int, PlannedDecision, Choice | None]] = [
            (planned.plan.price, number, planned, None) for number, planned in enumerate(self._all_planned)
        ]
        heapify(pending)
        while pending:
            price, number, planned, choice = heappop(pending)
            if choice is not None:
                yield choice
            elif (corrected := self._estimate(planned, factors.get(planned.plan.arrangement, 1.0))) > price:
                heappush(pending, (corrected, number, planned, None))
            elif (measured := self.cut(planned)) is not None:
                heappush(pending, (measured.price - _ALIKE, number, planned, measured))
                factors[planned.plan.arrangement] = self._factor(measured)

    def cut(self, planned: PlannedDecision, less: float = 0.0) -> Choice | None:
        """The choice of a plan, on pages that are so much lower; None where it does not fit."""
        if not planned.fits:
            return None
        page = None if self._page is None else self._page(planned.plan) - less
        if self._parts is not None:
            cuts = cut_into(self._options, planned.height, self._parts)
        elif page is not None:
            cuts = cut(self._options, planned.height, page)
        else:
            cuts = (range(self._options),)
        heights = [planned.height(part.start, part.stop) for part in cuts]
        if isinf(sum(heights)):
            return None
        highest = max(heights) / (page or inf)
        price = self._price(planned, len(cuts), sum(heights) / (page or inf))
        price += TOO_HIGH * highest if highest > 1 else 0.0
        return Choice(planned, cuts, sum(heights), price, highest > 1)

    def _estimate(self, planned: PlannedDecision, factor: float) -> float:
        """The price of a plan whose options are higher by a factor than their texts let expect."""
        page = inf if self._page is None else self._page(planned.plan) / factor
        parts, height = planned.estimate(page, self._parts)
        return self._price(planned, parts, height / page)

    def _factor(self, choice: Choice) -> float:
        """By what heights have to be estimated higher, so that a choice has the parts that it has."""
        if self._page is None:
            return 1.0
        page, parts = self._page(choice.planned.plan), len(choice.cuts)
        factor = max(1.0, _CAREFUL * choice.height / choice.planned.estimate(page, parts)[1])
        while choice.planned.estimate(page / factor, self._parts)[0] < parts and factor < _WORST:
            factor *= _STEP
        return factor

    def _price(self, planned: PlannedDecision, parts: int, pages: float) -> float:
        few = 2 if self._options <= _OPTIONS_OF_TWO_PARTS else 3
        for_parts = _PART * (parts - 1) + _PART_TOO_MANY * max(0, parts - few)
        return planned.plan.price + _NARROW * planned.narrowness + for_parts + _PAGE * pages
