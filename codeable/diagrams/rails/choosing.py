"""Chooses how a decision is drawn: the plan with the lowest price whose parts fit their pages.

Called by `arrangement`, which draws the choice.
"""

from collections.abc import Callable, Container
from math import ceil, isinf

from attrs import evolve, frozen

from codeable.diagrams.rails.cutting import Cuts, cut, cut_into
from codeable.diagrams.rails.plans import OTHER_SHARES, Plan
from codeable.diagrams.rails.sketch import Sketch

_PART = 4.0
"""Price of one more part: more than that of the smallest text."""
_PART_TOO_MANY = 20.0
_OPTIONS_OF_TWO_PARTS = 20
_TOO_HIGH = 100.0
"""Price of a part as high as a page that is higher than it."""
_PAGE = 1.5
"""Price of a full page: among plans of about one price the one with the lower figure wins."""
_NARROW = 3.0
"""Price of texts beside the boxes without any width."""
_OTHER_SHARE = 0.03
_HOPE = 0.9
"""How much lower a figure may turn out than expected."""
_POWER = 1.6
"""How the height grows with the size of the text: less than with its area, since lines are not full."""


@frozen
class Choice:
    """A plan that can be drawn.

    Attributes:
        plan: The plan.
        sketch: What draws it.
        cuts: The options of each part.
        height: The height of all parts together.
        price: The price of the plan, with that of its parts and of the paper.
        too_high: Whether a part is higher than a page.
    """

    plan: Plan
    sketch: Sketch
    cuts: Cuts
    height: float
    price: float
    too_high: bool


class Chooser:
    """Chooses among plans.

    Args:
        plans: The plans.
        options: Number of options of the decision.
        sketch: Draws the decision by a plan.
        page: Height of a page for a plan, without the legend, in points; None for no limit.
        parts: Number of parts; None for as many as pages are needed.
    """

    def __init__(
        self,
        plans: list[Plan],
        options: int,
        sketch: Callable[[Plan], Sketch],
        page: Callable[[Plan], float] | None,
        parts: int | None,
    ) -> None:
        self._plans = plans
        self._options = options
        self._sketch = sketch
        self._page = page
        self._parts = parts
        self._known: dict[Plan, Choice | None] = {}

    def choice(self, refused: Container[Plan] = ()) -> Choice | None:
        """The cheapest choice; None where no plan fits the width.

        Plans are tried in the order of what they probably cost, which is known better once the same plan
        has been tried with another size of text.

        Args:
            refused: Plans that were tried in vain.
        """
        pending = [plan for plan in self._plans if plan not in refused]
        tried: dict[object, Choice] = {}
        best: Choice | None = None
        while pending:
            prices = [self._expected(plan, tried.get(plan.family)) for plan in pending]
            lowest = min(prices)
            if best is not None and lowest >= best.price:
                break
            plan = pending.pop(prices.index(lowest))
            choice = self._tried(plan)
            if choice is not None:
                tried[plan.family] = choice
                best = choice if best is None or choice.price < best.price else best
        return best

    def refined(self, choice: Choice) -> Choice:
        """The choice with the best share of the width for the texts of the options."""
        if not choice.plan.share or self._page is None:
            return choice
        price = choice.plan.price + _OTHER_SHARE
        others = (self._tried(evolve(choice.plan, price=price, share=share)) for share in OTHER_SHARES)
        return min((choice, *filter(None, others)), key=lambda each: each.price)

    def cut_again(self, choice: Choice, less: float) -> Choice | None:
        """The choice on pages that are so much lower; None where it has no room there."""
        return self._cut(choice.plan, choice.sketch, less)

    def _expected(self, plan: Plan, like: Choice | None) -> float:
        """The price that a plan probably has, seen from the same plan with another size of text."""
        if like is None or self._page is None:
            return plan.price
        growth = plan.total_size / like.plan.total_size
        pages: float = like.height * growth**_POWER / self._page(plan)
        parts = ceil(_HOPE * pages) if self._parts is None else self._parts
        return plan.price + self._price_of(parts) + _PAGE * pages

    def _tried(self, plan: Plan) -> Choice | None:
        if plan not in self._known:
            sketch = self._sketch(plan)
            self._known[plan] = self._cut(plan, sketch) if sketch.fits else None
        return self._known[plan]

    def _cut(self, plan: Plan, sketch: Sketch, less: float = 0.0) -> Choice | None:
        page = None if self._page is None else self._page(plan) - less
        if self._parts is not None:
            cuts = cut_into(self._options, sketch.height, self._parts)
        elif page is not None:
            cuts = cut(self._options, sketch.height, page)
        else:
            cuts = (range(self._options),)
        heights = [sketch.height(part.start, part.stop) for part in cuts]
        if isinf(sum(heights)):
            return None
        price = plan.price + self._price_of(len(cuts)) + _NARROW * sketch.narrowness
        if page is None:
            return Choice(plan, sketch, cuts, sum(heights), price, too_high=False)
        too_high = max(heights) > page
        price += _PAGE * sum(heights) / page + too_high * _TOO_HIGH * max(heights) / page
        return Choice(plan, sketch, cuts, sum(heights), price, too_high)

    def _price_of(self, parts: int) -> float:
        few = 2 if self._options <= _OPTIONS_OF_TWO_PARTS else 3
        return _PART * (parts - 1) + _PART_TOO_MANY * max(0, parts - few)
