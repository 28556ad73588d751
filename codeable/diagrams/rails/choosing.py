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
_TOO_HIGH = 10_000.0
_POINT_TOO_HIGH = 100.0
"""Prices of a part that is higher than a page, and of each point. No other price counts beside them, so that
the lowest is taken where nothing fits."""
_UNCERTAIN = 0.1
"""Part of a page by which the parts may turn out to be lower than expected: their options are evened out."""
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
        wanted: How little it is wanted: the price of the plan, of its parts and of the paper.
        excess: By how many points its highest part is at least higher than a page; else 0 or less.
    """

    planned: PlannedDecision
    cuts: Cuts
    height: float
    wanted: float
    excess: float

    @property
    def price(self) -> float:
        """How little it is wanted, and what the parts that are too high cost."""
        return self.wanted + price_of_excess(self.excess)

    @property
    def too_high(self) -> bool:
        """Whether a part is surely higher than a page."""
        return self.excess > 0


def price_of_excess(points: float) -> float:
    """The price of a part that is so much higher than a page; nothing for one that fits."""
    return _TOO_HIGH + _POINT_TOO_HIGH * points if points > 0 else 0.0


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
        wanted = self._price(planned, len(cuts), sum(heights) / (page or inf))
        excess = max(heights) - (inf if page is None else page * (1 + _UNCERTAIN))
        return Choice(planned, cuts, sum(heights), wanted, excess)

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
