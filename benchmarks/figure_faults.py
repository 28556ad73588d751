"""What figures do to the texts of decisions, found by the geometry of their pictures.

`figures.py` draws the figures and counts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import field, frozen
from figure_geometry import (
    MM_PER_POINT,
    TOUCH,
    Picture,
    Rectangle,
    Stroke,
    Word,
    at_border,
    chains,
    crossings,
    distance,
    read_picture,
)

from codeable.loading import load_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PAGE_MM = 240.0
SMALLEST = 7.0
NEAR = 6.0
FULL = 2 / 3
_PIECE = re.compile(r"[^\s\-/]+[\-/]*|[\-/]+")
_EDGES = ".,;:()«»“”\"'?!"


@frozen
class Option:
    """An option of a decision, as the model states it."""

    text: str
    solution: str


@frozen
class Decision:
    """A decision, as the model states it.

    Attributes:
        view: The name of its figure.
        question: The question.
        options: Its options, in the order of declaration.
        words: The pieces of the words of every text that can be in its figure.
        is_star: Whether its figure has nothing that must cross.
    """

    view: str
    question: str
    options: tuple[Option, ...]
    words: frozenset[str] = field(repr=False)
    is_star: bool


def decisions_of(folder: Path) -> list[Decision]:
    """The decisions of a study."""
    registry = load_folder(folder)
    names = [*registry.codes, *registry.sources]
    words = frozenset(piece for each in names for piece in _pieces(each.name or ""))
    found = []
    for decision in registry.decisions:
        options = registry.options_of(decision)
        if not options:
            continue
        relations = [registry.relations_of(each.solution_element) for each in options]
        found.append(
            Decision(
                registry.identifier_of(decision),
                decision.name or "",
                tuple(Option(each.text or "", each.solution_element.name or "") for each in options),
                words | {piece for each in options for piece in _pieces(each.text or "")},
                not any(relations),
            )
        )
    return found


def _pieces(text: str) -> list[str]:
    return [piece.strip(_EDGES).rstrip("-/") for piece in _PIECE.findall(text)]


def _solid(text: str) -> str:
    return "".join(text.split())


def measure(decision: Decision, files: Sequence[Path], width_mm: float | None) -> Counter[str]:
    """Count what one figure shows.

    Args:
        decision: The decision.
        files: Its parts.
        width_mm: The width that it has to fit; None for none.
    """
    pictures = [read_picture(path) for path in files]
    found = Counter(figures=1, parts=len(files), fit=all(_fits(each, width_mm) for each in pictures))
    if width_mm is not None:
        found["thin parts"] = sum(each.height * MM_PER_POINT < FULL * PAGE_MM for each in pictures[:-1])
    missing = list(range(len(decision.options)))
    order: list[int] = []
    for picture in pictures:
        places = _Places(picture, decision, missing)
        missing = [number for number in missing if number not in places.boxes]
        found.update(places.ambiguous())
        order += places.order()
        found["cut words"] += sum(_cut(picture.texts, decision.words))
        if decision.is_star:
            found["crossings"] += crossings(picture.strokes)
        found.update(_collisions(picture))
    found["not found"] += len(missing)
    found["inversions"] = sum(a > b for i, a in enumerate(order) for b in order[i + 1 :])
    return found


def _fits(picture: Picture, width_mm: float | None) -> bool:
    if width_mm is None:
        return True
    wide, high = picture.width * MM_PER_POINT, picture.height * MM_PER_POINT
    return wide <= width_mm + 0.5 and high <= PAGE_MM + 0.5 and picture.smallest_text >= SMALLEST - 0.02


def size_of(picture: Picture) -> str:
    """Its width, height and smallest text, in words."""
    wide, high = picture.width * MM_PER_POINT, picture.height * MM_PER_POINT
    return f"{wide:.0f} x {high:.0f} mm, {picture.smallest_text:.2f} pt"


class _Places:
    """Where the options of a decision are in a picture."""

    def __init__(self, picture: Picture, decision: Decision, numbers: Sequence[int]) -> None:
        self._picture = picture
        self.boxes: dict[int, Rectangle] = {}
        self.texts: dict[int, tuple[Word, ...]] = {}
        options = decision.options
        named = [(box, _solid(" ".join(word.text for word in _bold(picture, box)))) for box in picture.boxes]
        self._question = next(
            (box for box, name in named if name.startswith(_solid(decision.question))), None
        )
        for number in numbers:
            name = _solid(options[number].solution)
            inside = [box for box, other in named if other == name and box not in self.boxes.values()]
            if inside:
                self.boxes[number] = min(inside, key=lambda box: box.area)
        for number in self.boxes:
            used = [text for texts in self.texts.values() for text in texts]
            texts = _run(picture.texts, _solid(options[number].text), used)
            if texts:
                self.texts[number] = texts

    def order(self) -> list[int]:
        """The options in the order in which they are read: down each column, or from left to right."""

        def by_columns(box: Rectangle) -> tuple[float, float]:
            return (round(box.left / 40), box.top)

        orders = (
            sorted(self.boxes, key=lambda number: key(self.boxes[number]))
            for key in (lambda box: box.middle[1], lambda box: box.middle[0], by_columns)
        )
        return min(orders, key=lambda order: sum(a > b for i, a in enumerate(order) for b in order[i + 1 :]))

    def ambiguous(self) -> dict[str, int]:
        """Texts that are nearer to a line of something else than to their own, or within 6 pt of one."""
        picture = self._picture
        strokes = picture.strokes
        groups = chains(strokes, (*self.boxes.values(), *filter(None, (self._question,))))
        trunks = {number for number, each in enumerate(strokes) if self._is_trunk(each)}
        counts = {"texts": 0, "no line": 0, "nearer": 0, "within 6 pt": 0}
        for number, texts in self.texts.items():
            own = self._own(number, groups, trunks)
            if not own:
                counts["no line"] += 1
                continue
            others = set(range(len(strokes))) - own - trunks
            to_own = min(distance(text.ink, strokes[each]) for text in texts for each in own)
            to_other = min(
                (distance(text.ink, strokes[each]) for text in texts for each in others), default=math.inf
            )
            counts["texts"] += 1
            counts["nearer"] += to_other <= to_own
            counts["within 6 pt"] += to_own < to_other < NEAR
        return counts

    def _own(self, number: int, groups: Sequence[frozenset[int]], trunks: set[int]) -> set[int]:
        """The lines from the decision to the box of an option; a text may stand between two of them."""
        box, strokes = self.boxes[number], self._picture.strokes
        own: set[int] = set()
        for each, group in enumerate(groups):
            if each in trunks or not any(at_border(tip, box) for tip in strokes[each].tips):
                continue
            if any(self._from_decision(end, trunks) for other in group for end in strokes[other].ends):
                own |= group
        return own or self._through_text(number)

    def _through_text(self, number: int) -> set[int]:
        """An arrow from the decision to the text of an option and one from there to its box."""
        ink = [text.ink for text in self.texts[number]]
        ends = Rectangle(*map(min, *ink, ink[0]))[:2] + Rectangle(*map(max, *ink, ink[0]))[2:]
        block = Rectangle(*ends).grown(NEAR)
        near = {each for each, stroke in enumerate(self._picture.strokes) if any(map(block.has, stroke.ends))}
        tips = [tip for each in near for tip in self._picture.strokes[each].tips]
        leads = any(at_border(tip, self.boxes[number]) for tip in tips)
        return near if leads and any(self._from_decision(tip, set()) for tip in tips) else set()

    def _from_decision(self, end: tuple[float, float], trunks: set[int]) -> bool:
        if self._question is not None and self._question.grown(TOUCH).has(end):
            return True  # the border of a hexagon is inside its rectangle
        point = Rectangle(*end, *end)
        return any(distance(point, self._picture.strokes[trunk]) <= 1.5 for trunk in trunks)

    def _is_trunk(self, stroke: Stroke) -> bool:
        """A vertical line that starts at the bar and leads to no box."""
        (left, top), (right, bottom) = stroke.ends
        if self._question is None or abs(left - right) > 0.5 or abs(top - bottom) < 1:
            return False
        at_bar = any(at_border(end, self._question) for end in stroke.ends)
        lower = (left, max(top, bottom))
        return at_bar and not any(
            abs(lower[1] - box.top) < 2 and box.has(lower) for box in self.boxes.values()
        )


def _bold(picture: Picture, box: Rectangle) -> list[Word]:
    return [text for text in picture.texts if text.bold and box.has(text.ink.middle)]


def _run(texts: Sequence[Word], wanted: str, used: Sequence[Word]) -> tuple[Word, ...]:
    """The lines of a text: texts in a row of the file that say it together."""
    if not wanted:
        return ()
    for start, first in enumerate(texts):
        said, end = "", start
        for text in texts[start:]:
            solid = _solid(text.text)
            said += re.sub(r"^\d+(?=\D)", "", solid) if text is first else solid
            end += 1
            if not wanted.startswith(said) or not said:
                break
            if said == wanted:
                if first in used:
                    break
                return tuple(texts[start:end])
    return ()


def _cut(texts: Sequence[Word], words: frozenset[str]) -> Iterator[bool]:
    """For each two texts in a row whether a word is cut between them."""
    for one, other in pairwise(texts):
        before, after = _pieces(one.text), _pieces(other.text)
        if before and after and before[-1] not in words:
            yield before[-1] + after[0] in words


def _collisions(picture: Picture) -> Counter[str]:
    found: Counter[str] = Counter()
    texts = [text for text in picture.texts if text.text.strip()]
    inks = [text.ink.grown(-0.4) for text in texts]
    for number, ink in enumerate(inks):
        found["texts on texts"] += sum(ink.overlap(other) > 0.5 for other in inks[:number])
        for box in picture.boxes:
            inside = ink.overlap(box)
            found["texts on borders"] += 0.02 * ink.area < inside < 0.98 * ink.area
        found["texts on lines"] += any(
            ink.overlap(stroke.bounds.grown(0.1)) and distance(ink, stroke) == 0 for stroke in picture.strokes
        )
    return found
