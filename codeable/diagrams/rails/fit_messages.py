"""What a reader has to know about an arrangement: text too small, a page too low, forces in another place.

Each message says why, and what helps: that is tried before it is said.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import ceil
from typing import Any

from attrs import evolve

from codeable.diagrams.advice import Dialect, shown_size, written
from codeable.diagrams.diagram import Diagram, Draft
from codeable.diagrams.options import POINTS_PER_MM, FigureOptions
from codeable.diagrams.rails.arrangement import Arrangement, arrange
from codeable.diagrams.rails.column import texts_of
from codeable.diagrams.rails.outline import Outline, outlines
from codeable.diagrams.rails.scene import Scene
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import SMALLEST_ON_PAPER
from codeable.diagrams.wrapping import pieces
from codeable.text import counted, shown

_SAVINGS: tuple[Mapping[str, Any], ...] = (
    {"values": False},
    {"relations": "none"},
    {"forces": "lines"},
    {"forces": "none"},
    {"relations": "none", "forces": "none"},
    {"width_mm": 84.0},
    {"width_mm": 178.0},
)
_SAME_WIDTH = 0.5
"""Millimetres."""


class Advice:
    """Tries what may help a figure that does not fit.

    Args:
        draft: Builds the diagram under other options.
        options: The options of the user.
        setter: Breaks the texts.
        dialect: How the user wrote the options, and the advice writes them.

    Attributes:
        dialect: The same.
    """

    def __init__(self, draft: Draft, options: FigureOptions, setter: Typesetter, dialect: Dialect) -> None:
        self._draft = draft
        self._options = options
        self._setter = setter
        self.dialect = dialect

    def against(self, fault: Callable[[Arrangement], bool], decision: str) -> str:
        """The options without which a decision has a fault, in the user's words; empty where none helps."""
        if self._options.parts is not None:
            found = self._tried(evolve(self._options, parts=None), decision)
            if not fault(found):
                return written({"parts": len(found.parts)}, self.dialect)
        for saving in _SAVINGS:
            options = evolve(self._options, **saving)
            is_wider = (options.width_mm or 0) >= (self._options.width_mm or 0)
            if options != self._options and is_wider and not fault(self._tried(options, decision)):
                return self._written(saving)
        return ""

    def against_height(self, arrangement: Arrangement, decision: str) -> str:
        """What to do where not even as many parts as options are low enough."""
        shorter = "one of its options alone is so tall: give it shorter texts"
        found = self._tried(evolve(self._options, parts=None), decision)
        if len(found.parts) <= len(arrangement.parts):
            return shorter
        parts = written({"parts": len(found.parts)}, self.dialect)
        return f"with {parts} it would still be {ceil(found.highest_mm)} mm tall, because {shorter}"

    def _tried(self, options: FigureOptions, decision: str) -> Arrangement:
        diagram = self._draft(options)
        outline = next(each for each in outlines(diagram) if each.decision.identifier == decision)
        return arrange(diagram, outline, self._setter)

    def _written(self, saving: Mapping[str, Any]) -> str:
        wide = {"width": f"{saving['width_mm']:g}mm"} if "width_mm" in saving else saving
        return written(wide, self.dialect)


def fit_messages(
    diagram: Diagram, outline: Outline, arrangement: Arrangement, advice: Advice
) -> Iterator[str]:
    """The messages about the arrangement of a decision.

    Args:
        diagram: The diagram.
        outline: The decision.
        arrangement: How it is drawn.
        advice: Tries what may help.
    """
    options, decision = diagram.options, outline.decision.identifier
    name = decision.removeprefix("n_") if len(diagram.decisions) > 1 else diagram.name
    width = "" if options.width_mm is None else f" in {options.width_mm:g} mm"
    if _is_too_small(arrangement):
        helping = advice.against(_is_too_small, decision)
        size, texts = arrangement.smallest_text, texts_of(outline)
        yield small_text(name, options, arrangement.parts, size, texts, helping)
    elif options.width_mm is not None and arrangement.smallest_text < SMALLEST_ON_PAPER:
        yield (
            f"{name} has text of {arrangement.smallest_text:g} pt, and less than {SMALLEST_ON_PAPER:g} pt "
            f"cannot be read in print; give the style {diagram.style.name} larger fonts"
        )
    if arrangement.too_high:
        helping = advice.against(_is_too_high, decision)
        way_out = f"it would fit with {helping}" if helping else advice.against_height(arrangement, decision)
        tall, page = arrangement.highest_mm, diagram.page_mm
        yield f"{name} is {ceil(tall)} mm tall{width}, more than a page has ({page:g} mm); {way_out}"
    elif options.forces == "matrix" and arrangement.plan.forces == "lines":
        helping = advice.against(_has_no_matrix, decision)
        way_out = f"; it would have with {helping}" if helping else ""
        yield f"{name} has its forces as lines in the boxes, because a matrix has no room{width}{way_out}"
    if options.parts is not None and options.parts > len(arrangement.parts) and not options.parts_for_all:
        options_of_it = counted(len(outline.rails), "option")
        yield f"{name} has {options_of_it}, so it has {counted(len(arrangement.parts), 'part')}"


def _is_too_small(arrangement: Arrangement) -> bool:
    return arrangement.is_made_smaller


def _is_too_high(arrangement: Arrangement) -> bool:
    return arrangement.too_high


def _has_no_matrix(arrangement: Arrangement) -> bool:
    return not arrangement.plan.has_matrix or arrangement.is_made_smaller or arrangement.too_high


def small_text(
    name: str,
    options: FigureOptions,
    scenes: Iterable[Scene],
    size: float,
    texts: Iterable[str],
    helping: str = "",
) -> str:
    """The message that a figure does not fit its width.

    Args:
        name: What does not fit.
        options: Its options.
        scenes: Its drawings.
        size: The size of its smallest text.
        texts: Its texts, one of which has the word that is too long.
        helping: The options that would make it fit; empty for none.
    """
    wide = max(scene.width for scene in scenes) / POINTS_PER_MM
    is_wider = options.width_mm is not None and wide > options.width_mm + _SAME_WIDTH
    word = max((piece for text in texts for _, piece in pieces(text)), key=len)
    way_out = f"its longest word is {shown(word)}: give it a hyphen, or a shorter one"
    return (
        f"{name} does not fit {options.width_mm:g} mm{f' and is {wide:.0f} mm wide' if is_wider else ''}: "
        f"its text is {shown_size(size)}, and less than {SMALLEST_ON_PAPER:g} pt cannot be read in print; "
        + (f"it would fit with {helping}" if helping else way_out)
    )
