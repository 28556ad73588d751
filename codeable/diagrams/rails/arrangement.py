"""Arranges rails: chooses the plan that fits the page, and cuts a figure into parts. Called by `layout`."""

from collections.abc import Container, Iterator
from math import ceil, isinf

from attrs import evolve, frozen

from codeable.diagrams.diagram import Diagram
from codeable.diagrams.options import MM_PER_INCH
from codeable.diagrams.rails.column import texts_of
from codeable.diagrams.rails.cutting import Cuts, cut, cut_into
from codeable.diagrams.rails.legend import legend_entries, legend_scene, legend_texts
from codeable.diagrams.rails.outline import Outline
from codeable.diagrams.rails.plans import OTHER_SHARES, Plan, plans
from codeable.diagrams.rails.scene import Scene, stacked
from codeable.diagrams.rails.setting import Setting
from codeable.diagrams.rails.sketch import Sketch
from codeable.diagrams.rails.typesetter import Typesetter

POINTS_PER_MM = 72 / MM_PER_INCH
_SCREEN_WIDTH = 600.0
"""Width of a figure without a width, in points, for labels of the usual number of columns."""
_USUAL_WRAP = 28
_SCREEN_CELL = 8.0
"""What a force adds to the width of a figure without a width."""
_MARGIN = 1.0
_ABOVE_LEGEND = 8.0
_WIDER = 1.15
_MOST_TIMES_WIDER = 60
_MOST_CORRECTIONS = 4

_PART = 4.0
"""Price of one more part: more than smaller text, less than forces in another place than asked."""
_PART_TOO_MANY = 20.0
_TOO_HIGH = 100.0
_PAGE = 1.5
"""Price of a full page: among plans of about one price the one with the lower figure wins."""
_OPTIONS_OF_TWO_PARTS = 20
_HOPE = 0.9
"""How much lower a figure may turn out than expected."""
_POWER = 1.6
"""How the height grows with the size of the text: less than with its area, since lines are not full."""


@frozen
class Arrangement:
    """A decision, drawn.

    Attributes:
        parts: A drawing for each part.
        plan: How it is drawn.
        smallest_text: The size of its smallest text in points.
        is_made_smaller: Whether it had to be made smaller than the smallest readable text.
        too_high: Whether one of its parts is higher than a page.
    """

    parts: tuple[Scene, ...]
    plan: Plan
    smallest_text: float
    is_made_smaller: bool
    too_high: bool


@frozen
class _Choice:
    """A plan that can be drawn, with its price, its parts and the height of all of them."""

    price: float
    height: float
    plan: Plan
    sketch: Sketch
    cuts: Cuts
    too_high: bool


def texts_to_measure(diagram: Diagram, outline: Outline) -> Iterator[str]:
    """Every text of a figure of this decision, for `Typesetter.prepare`."""
    yield from texts_of(outline)
    yield from legend_texts(legend_entries(diagram, (outline,), matrix=True))


def arrange(diagram: Diagram, outline: Outline, setter: Typesetter) -> Arrangement:
    """Arrange a decision, so that it fits the width and height of the diagram's options.

    Where not even the smallest readable text fits, everything is drawn on a larger page and made smaller.

    Args:
        diagram: The diagram, with the options and the style.
        outline: The decision.
        setter: Breaks the texts.
    """
    return _Arranger(diagram, outline, setter).arrangement()


class _Arranger:
    def __init__(self, diagram: Diagram, outline: Outline, setter: Typesetter) -> None:
        options = diagram.options
        self._diagram = diagram
        self._outline = outline
        self._setter = setter
        self._parts = options.parts
        self._has_width = options.width_mm is not None
        self._forces = "none" if not outline.forces else options.forces or "none"
        height_mm = options.height_mm or (diagram.style.page if self._has_width else None)
        self._page = None if height_mm is None else height_mm * POINTS_PER_MM - 2 * _MARGIN
        self._width = (
            options.width_mm * POINTS_PER_MM if options.width_mm is not None else self._screen_width()
        ) - 2 * _MARGIN
        self._plans = plans(diagram.style, self._forces, self._width, shrinks=self._has_width)
        self._smallest = min(plan.total_size for plan in self._plans)
        self._legends: dict[tuple[object, bool], float] = {}

    def arrangement(self) -> Arrangement:
        """The best choice in the width; else the best in the least larger one."""
        larger = 1.0
        refused: set[Plan] = set()
        for _ in range(_MOST_TIMES_WIDER):
            while choice := self._choice(larger, refused):
                drawn = self._drawn(self._refined(choice, larger), larger)
                if drawn is not None:
                    return drawn
                refused.add(choice.plan)
            larger *= _WIDER
            refused.clear()
        raise AssertionError("every text fits a width that is large enough")

    def _screen_width(self) -> float:
        forces = len(self._outline.forces) if self._forces == "matrix" else 0
        return _SCREEN_WIDTH * self._diagram.options.wrap / _USUAL_WRAP + forces * _SCREEN_CELL

    def _choice(self, larger: float, refused: Container[Plan]) -> _Choice | None:
        """The cheapest plan that fits a page that is so much larger.

        Plans are tried in the order of what they probably cost, which is known better once the same plan
        has been tried with another size of text.
        """
        pending = [
            plan
            for plan in self._plans
            if plan not in refused and (larger == 1 or plan.total_size == self._smallest)
        ]
        heights: dict[object, tuple[float, float]] = {}
        best: _Choice | None = None
        while pending:
            plan = min(pending, key=lambda each: self._expected(each, heights.get(each.family), larger))
            if best and self._expected(plan, heights.get(plan.family), larger) >= best.price:
                break
            pending.remove(plan)
            choice = self._tried(plan, larger)
            if choice is not None:
                heights[plan.family] = plan.total_size, choice.height
                best = choice if best is None or choice.price < best.price else best
        return best

    def _refined(self, choice: _Choice, larger: float) -> _Choice:
        """The choice with the best share of the width for the texts of the options."""
        if not choice.plan.share:
            return choice
        tried = (self._tried(evolve(choice.plan, share=share), larger) for share in OTHER_SHARES)
        return min((choice, *filter(None, tried)), key=lambda each: each.price)

    def _expected(self, plan: Plan, known: tuple[float, float] | None, larger: float) -> float:
        """The price that a plan probably has, from the height of the figure with text of another size."""
        if known is None or self._page is None:
            return plan.price
        size, height = known
        pages: float = height * (plan.total_size / size) ** _POWER / (self._page * larger)
        parts = ceil(_HOPE * pages) if self._parts is None else self._parts
        return plan.price + self._price_of(parts) + _PAGE * pages

    def _price_of(self, parts: int) -> float:
        few = 2 if len(self._outline.rails) <= _OPTIONS_OF_TWO_PARTS else 3
        return _PART * (parts - 1) + _PART_TOO_MANY * max(0, parts - few)

    def _tried(self, plan: Plan, larger: float) -> _Choice | None:
        width = self._width * larger
        boxes = self._diagram.options.relations == "graph"
        style = self._diagram.style
        setting = Setting(self._outline, self._setter, plan.sizes, style, width, relation_boxes=boxes)
        sketch = Sketch(setting, plan)
        return self._cut(plan, sketch, larger) if sketch.fits else None

    def _cut(self, plan: Plan, sketch: Sketch, larger: float, less: float = 0.0) -> _Choice | None:
        """A plan with its parts, on a page that is a bit lower than it is; None where a part has no room."""
        count = len(self._outline.rails)
        page = None if self._page is None else self._page * larger - self._legend_height(plan, larger) - less
        if self._parts is not None:
            cuts = cut_into(count, sketch.height, self._parts)
        elif page is None:
            cuts = (range(count),)
        else:
            cuts = cut(count, sketch.height, page)
        heights = [sketch.height(part.start, part.stop) for part in cuts]
        if isinf(sum(heights)):
            return None
        too_high = page is not None and max(heights) > page
        price = plan.price + self._price_of(len(cuts))
        price += _TOO_HIGH * too_high + _PAGE * sum(heights) / (page or max(heights))
        return _Choice(price, sum(heights), plan, sketch, cuts, too_high)

    def _drawn(self, choice: _Choice, larger: float) -> Arrangement | None:
        """Draw the parts, and cut again where the heights were not as expected.

        None where it does not fit after all.
        """
        less = 0.0
        for _ in range(_MOST_CORRECTIONS):
            scenes = list(self._scenes(choice, larger))
            if len(scenes) < len(choice.cuts):
                return None
            excess = max(scene.height for scene in scenes) - (self._page or float("inf")) * larger
            if excess <= 0 or choice.too_high or self._parts is not None:
                break
            less += excess
            again = self._cut(choice.plan, choice.sketch, larger, less)
            if again is None:
                return None
            choice = again
        width = (self._width + 2 * _MARGIN) if self._has_width else None
        sizes = choice.plan.sizes
        return Arrangement(
            tuple(_framed(scene, larger if self._has_width else 1.0, width) for scene in scenes),
            choice.plan,
            min(sizes.name, sizes.small) / (larger if self._has_width else 1.0),
            is_made_smaller=larger > 1 and self._has_width,
            too_high=choice.too_high or excess > 0,
        )

    def _scenes(self, choice: _Choice, larger: float) -> Iterator[Scene]:
        """The parts that fit, with their legends."""
        count = len(choice.cuts)
        for number, part in enumerate(choice.cuts, 1):
            scene = choice.sketch.scene(part, f"({number} of {count})" if count > 1 else "")
            if scene is not None:
                outline = evolve(self._outline, rails=self._outline.rails[part.start : part.stop])
                legend = self._legend(choice.plan, outline, larger)
                yield scene if legend is None else stacked((scene, legend), _ABOVE_LEGEND)

    def _legend(self, plan: Plan, outline: Outline, larger: float) -> Scene | None:
        entries = legend_entries(self._diagram, (outline,), matrix=plan.forces in ("beside", "below"))
        identifier = f"{outline.decision.identifier}.legend"
        width = self._width * larger
        return legend_scene(entries, self._setter, plan.sizes, self._diagram.style, width, identifier)

    def _legend_height(self, plan: Plan, larger: float) -> float:
        key = plan.sizes, plan.forces in ("beside", "below")
        if key not in self._legends:
            legend = self._legend(plan, self._outline, larger)
            self._legends[key] = 0.0 if legend is None else legend.height + _ABOVE_LEGEND
        return self._legends[key]


def _framed(scene: Scene, larger: float, width: float | None) -> Scene:
    """A drawing in its true size, with a margin; exactly as wide as given."""
    small = scene.scaled(1 / larger)
    framed = Scene(small.width, small.height, small.moved(_MARGIN, _MARGIN))
    return Scene(width or framed.width + 2 * _MARGIN, framed.height + 2 * _MARGIN, framed.items)
