"""The rails figure of a view: one decision in parts, or everything with a page per decision.

Called by `layout`.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from attrs import evolve, frozen

from codeable.diagrams.diagram import Diagram
from codeable.diagrams.options import POINTS_PER_MM
from codeable.diagrams.rails.arrangement import Arrangement, arrange, texts_to_measure
from codeable.diagrams.rails.fit_messages import Advice, fit_messages, small_text
from codeable.diagrams.rails.legend import legend_entries, legend_scene, legend_texts
from codeable.diagrams.rails.loose import LooseGrid, loose_texts
from codeable.diagrams.rails.outline import Outline, loose_codes, outlines, shown_name
from codeable.diagrams.rails.plans import sizes_of
from codeable.diagrams.rails.room import Room
from codeable.diagrams.rails.scene import Box, Scene, stacked
from codeable.diagrams.rails.setting import Sizes
from codeable.diagrams.rails.shapes import shape_messages
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.text import shortened

_BETWEEN_DECISIONS = 24.0
_ABOVE_LEGEND = 12.0


@frozen
class Sheet:
    """One file of a figure.

    Attributes:
        whole: The drawing.
        pages: The drawings of the pages of a PDF; empty where it has one page.
    """

    whole: Scene
    pages: tuple[Scene, ...] = ()


@frozen
class RailsFigure:
    """The drawings of a rails figure.

    Attributes:
        sheets: One per file.
        messages: What does not fit or is left out, each with the way out.
    """

    sheets: tuple[Sheet, ...]
    messages: tuple[str, ...]


def rails_figure(diagram: Diagram, setter: Typesetter, advice: Advice) -> RailsFigure:
    """Arrange the decisions of a diagram, so that they fit the width and height of its options.

    Args:
        diagram: The diagram.
        setter: Breaks the texts.
        advice: Tries what may help where something does not fit.
    """
    found = outlines(diagram, advice.dialect)
    if diagram.kind == "everything":
        return _Everything(diagram, found, setter, advice).figure()
    (outline,) = found
    setter.prepare(texts_to_measure(diagram, outline))
    arrangement = arrange(diagram, outline, setter)
    fitting = fit_messages(diagram, outline, arrangement, advice)
    messages = (*shape_messages(diagram, found), *outline.left_out, *fitting)
    return RailsFigure(tuple(map(Sheet, arrangement.parts)), messages)


class _Everything:
    """The figure of all codes: one sheet with the decisions below each other, and then the loose codes."""

    def __init__(
        self, diagram: Diagram, found: Sequence[Outline], setter: Typesetter, advice: Advice
    ) -> None:
        self._has_own_parts = diagram.options.parts is not None and not diagram.options.parts_for_all
        self._diagram = evolve(diagram, options=evolve(diagram.options, parts=None))
        self._outlines = found
        self._loose = loose_codes(diagram)
        self._loose_nodes = [code.node for code in self._loose]
        self._setter = setter
        self._advice = advice
        self._room = Room.of(diagram.options, diagram.style)
        self._sizes = Sizes(diagram.style.font_size, diagram.style.small_size)

    def figure(self) -> RailsFigure:
        """One sheet with a legend at its end; its pages have legends of their own."""
        rails = (texts_to_measure(self._diagram, outline) for outline in self._outlines)
        legend = legend_entries(self._diagram, (), self._loose_nodes, matrix=False)
        self._setter.prepare(chain(*rails, loose_texts(self._loose), legend_texts(legend)))
        arrangements = [arrange(self._diagram, outline, self._setter) for outline in self._outlines]
        has_matrix = any(arrangement.plan.has_matrix for arrangement in arrangements)
        loose, message = self._loose_scenes()
        pages = [part for arrangement in arrangements for part in arrangement.parts]
        pages += (stacked((each, *self._legend((), has_matrix=False)), _ABOVE_LEGEND) for each in loose)
        last = self._legend(self._outlines, has_matrix=has_matrix)
        whole = stacked((*self._without_legends(arrangements), *loose, *last), _BETWEEN_DECISIONS)
        sheet = Sheet(whole, tuple(pages) if len(pages) > 1 else ())
        return RailsFigure((sheet,), (*self._messages(arrangements), *message))

    def _loose_scenes(self) -> tuple[Sequence[Scene], Sequence[str]]:
        """The grid of the codes in no decision, in the largest text that fits, and a message if none does."""
        style, options = self._diagram.style, self._diagram.options
        page = self._room.page
        if page is not None:
            page -= sum(each.height + _ABOVE_LEGEND for each in self._legend((), has_matrix=False))
        too_high: Sequence[Scene] = ()
        for sizes, _ in sizes_of(style, shrinks=self._room.is_fixed):
            grid = LooseGrid(self._setter, sizes, style, self._room, options.forces != "none")
            scenes, smaller = grid.scenes(self._loose, page)
            if smaller <= 1 and (page is None or all(scene.height <= page for scene in scenes)):
                return [*map(self._room.framed, scenes)], ()
            too_high = too_high or (scenes if smaller <= 1 else ())
        if too_high:
            return [*map(self._room.framed, too_high)], (self._too_high(too_high),)
        name, texts = f"{self._diagram.name}, its codes in no decision,", loose_texts(self._loose)
        scenes = tuple(map(self._room.framed, scenes))
        return scenes, (small_text(name, options, scenes, sizes.smallest / smaller, texts),)

    def _too_high(self, scenes: Sequence[Scene]) -> str:
        boxes = [item for scene in scenes for item in scene.items if isinstance(item, Box)]
        highest = max(boxes, key=lambda box: box.height)
        (name,) = (
            shown_name(node) for node in self._loose_nodes if f"loose.{node.identifier}" == highest.identifier
        )
        return (
            f"{self._diagram.name} has a box of {highest.height / POINTS_PER_MM:.0f} mm for "
            f"“{shortened(name)}”, which is in no decision: no page of {self._diagram.page_mm:g} mm "
            "has room for it; give it shorter texts"
        )

    def _messages(self, arrangements: Sequence[Arrangement]) -> Iterator[str]:
        yield from shape_messages(self._diagram, self._outlines)
        if self._has_own_parts:
            yield f"{self._diagram.name} is one figure: parts are for the figure of a decision"
        for outline, arrangement in zip(self._outlines, arrangements, strict=True):
            yield from fit_messages(self._diagram, outline, arrangement, self._advice)

    def _without_legends(self, arrangements: Sequence[Arrangement]) -> Iterator[Scene]:
        if self._diagram.options.legend:
            bare = evolve(self._diagram, options=evolve(self._diagram.options, legend=False))
            arrangements = [arrange(bare, outline, self._setter) for outline in self._outlines]
        for arrangement in arrangements:
            yield from arrangement.parts

    def _legend(self, found: Sequence[Outline], *, has_matrix: bool) -> Iterator[Scene]:
        """A legend for some decisions and for the loose codes; nothing for a figure without a legend."""
        entries = legend_entries(self._diagram, found, self._loose_nodes, matrix=has_matrix)
        width, style = self._room.width, self._diagram.style
        scene = legend_scene(entries, self._setter, self._sizes, style, width, "legend")
        if scene is not None:
            yield self._room.framed(scene)
