"""One column of a rails figure: the bar of the decision, the trunk at the left, a rail for each option.

`arrangement` puts columns and the matrix together; `boxes` fills the boxes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from attrs import field, frozen

from codeable.diagrams.diagram import Node
from codeable.diagrams.impact_signs import SIGNS, printed_sign
from codeable.diagrams.rails.boxes import BoxSetter, FilledBox
from codeable.diagrams.rails.branch import (
    Branch,
    Lengths,
    MeasuredRail,
    RailContent,
    relation_rails,
    room_for_numbers,
)
from codeable.diagrams.rails.outline import Outline, Rail, relation_lines
from codeable.diagrams.rails.scene import Item, Scene
from codeable.diagrams.rails.setting import Setting
from codeable.diagrams.rails.shapes import bar_style

_TRUNK = 5.0
"""Distance of the trunk from the left side."""
_STACKED = 4.0
"""More room for the rails where they are only as long as from the trunk to the texts."""
_STEP = 14.0
"""From a box to the trunk of its relations, and from there to their texts."""
_WITH_RELATIONS = 0.54
"""The part of the width that remains for the options where boxes of relations are at the right."""


_Stroke = Callable[[list[Item]], object]
"""Adds a part of a drawing to its items."""


@frozen
class OptionRow:
    """Where an option is in the column.

    Attributes:
        rail: The option.
        top: Its upper end. A text that stands beside the box of the option above begins there, at the gap.
        bottom: Its lower end.
        line: The height of its rail.
    """

    rail: Rail
    top: float
    bottom: float
    line: float


@frozen
class Column:
    """A column of rails, placed.

    Attributes:
        width: Its width.
        bar: The lower side of the bar.
        height: Its height.
        rows: Where the options are.
        excess: By how many points the widest word is wider than its room.
    """

    width: float
    bar: float
    height: float
    rows: tuple[OptionRow, ...]
    excess: float
    _strokes: tuple[_Stroke, ...] = field(repr=False)

    def scene(self) -> Scene:
        """The drawing. It is made when asked for: most columns are only measured."""
        items: list[Item] = []
        for stroke in self._strokes:
            stroke(items)
        return Scene(self.width, self.height, tuple(items))

    @property
    def fits(self) -> bool:
        """Whether every word is at most as wide as its room."""
        return self.excess <= 0


class ColumnBuilder:
    """Places one column. It breaks the texts of an option once, for all columns that it places.

    Args:
        setting: The decision, its fonts and colours.
        width: The width of the column; None for that of the setting.
        share: The part of the width that the texts of the options have; 0 puts each above its box.
        force_lines: Whether the forces are lines in the boxes.
    """

    def __init__(
        self, setting: Setting, *, share: float, force_lines: bool, width: float | None = None
    ) -> None:
        self._outline = setting.outline
        self._style = setting.style
        self._gap = setting.sizes.gap
        self._width = setting.width if width is None else width
        self._force_lines = force_lines
        self._relation_boxes = setting.relation_boxes and any(rail.relations for rail in self._outline.rails)
        self._boxes = BoxSetter(setting.setter, setting.sizes, setting.style)
        self._bars: dict[tuple[float, str], FilledBox] = {}
        self._measured: dict[int, tuple[MeasuredRail, ...]] = {}
        text = _TRUNK + room_for_numbers(setting.widest_number) + (0.0 if share else _STACKED)
        right = self._width * _WITH_RELATIONS if self._relation_boxes and share else self._width
        self._options = Branch(setting, trunk=_TRUNK, text=text, right=right, share=share)
        # Boxes of relations are at the right of an option, or below it where the texts are above the boxes.
        trunk = right + _STEP if share else text + _STEP
        self._related = Branch(setting, trunk=trunk, text=trunk + _STEP, right=self._width, share=share)

    def column(
        self,
        rails: Sequence[Rail],
        *,
        top: float = 0.0,
        suffix: str = "",
        has_bar: bool = True,
        bar_width: float | None = None,
        below_bar: float | None = None,
        least_heights: Mapping[int, float] = MappingProxyType({}),
    ) -> Column:
        """The column with some of the options.

        Args:
            rails: The options.
            top: Room above the bar.
            suffix: What follows the question in the bar, such as "(1 of 2)".
            has_bar: Whether the bar is drawn. Without it the trunk starts at the upper end.
            bar_width: The width of the bar; None for that of the column.
            below_bar: Room between the bar and the first option; None for that between two options.
            least_heights: Number of an option → the height that it has at least.
        """
        strokes: list[_Stroke] = []
        bottom, excess = top, 0.0
        if has_bar:
            bar = self.bar(bar_width or self._width, suffix)
            bottom, excess = top + bar.height, bar.excess
            name = self._outline.decision.identifier
            strokes.append(partial(self._boxes.draw, identifier=name, box=bar, left=0.0, top=top))
        rows: list[OptionRow] = []
        below = bottom + (self._gap if below_bar is None else below_bar)
        last = _Last(None, None)
        for rail in rails:
            excess = max(excess, *(each.excess for each in self._measured_rails(rail)))
            row, last = self._row(strokes, rail, below, last, least_heights.get(rail.number, 0.0))
            rows.append(row)
            below = row.bottom + self._gap
        if rows:
            name = f"{self._outline.decision.identifier}.trunk{rails[0].number}"
            draw = partial(self._options.draw_trunk, identifier=name, kind="option")
            strokes.append(partial(draw, top=bottom, bottom=rows[-1].line))
        height = rows[-1].bottom if rows else bottom
        return Column(self._width, bottom, height, tuple(rows), max(0.0, excess), tuple(strokes))

    def bar(self, width: float, suffix: str = "") -> FilledBox:
        """A bar of some width, with what follows its question."""
        if (width, suffix) not in self._bars:
            decision = self._outline.decision
            style, name = bar_style(self._style.node(decision.kind.key)), f"{decision.name} {suffix}".strip()
            lines = self._outline.lines
            self._bars[width, suffix] = self._boxes.filled(decision, style, width, name=name, lines=lines)
        return self._bars[width, suffix]

    def lengths(self) -> Iterator[tuple[Lengths, ...]]:
        """How long the texts of each option and of its relations are, if no line has to be broken."""
        for rail in self._outline.rails:
            yield tuple(map(self._options.lengths, self._measured_rails(rail)))

    def estimate(self, options: Sequence[tuple[Lengths, ...]]) -> float:
        """About the height of options, from the lengths of their texts and of those of their relations."""
        heights = self._options.estimates([option for option, *_ in options])
        if not self._relation_boxes:
            return sum(heights)
        related = [sum(self._related.estimates(relations)) for _, *relations in options]
        both = zip(heights, related, strict=True)
        return sum(map(sum if self._related.is_stacked else max, both))

    def _measured_rails(self, rail: Rail) -> tuple[MeasuredRail, ...]:
        """The rail of an option, and those of its relations."""
        if rail.number not in self._measured:
            name = f"{self._outline.decision.identifier}.{rail.number}"
            relations = relation_rails(name, rail) if self._relation_boxes else ()
            option = self._options.measured(self._content(name, rail))
            self._measured[rail.number] = (option, *map(self._related.measured, relations))
        return self._measured[rail.number]

    def _content(self, identifier: str, rail: Rail) -> RailContent:
        lines = (*rail.lines, *(() if self._relation_boxes else relation_lines(rail.relations)))
        number, forces = str(rail.number), self._force_lines
        return RailContent(
            identifier,
            "option",
            number,
            rail.text,
            rail.node,
            lines=lines,
            force_lines=forces,
            description=rail.description,
        )

    def _row(
        self, strokes: list[_Stroke], rail: Rail, top: float, last: "_Last", least_height: float
    ) -> tuple[OptionRow, "_Last"]:
        option, *related = self._measured_rails(rail)
        above = last.option
        if self._related.is_stacked and last.relation is not None:
            above = last.relation if above is None else max(above, last.relation)
        line = self._options.highest_line(option, top, above)
        if related and not self._related.is_stacked:
            line = max(line, self._related.highest_line(related[0], top, last.relation))
        strokes.append(partial(self._options.draw, rail=option, line=line))
        first, bottom = self._options.ends(option, line)
        lowest = last.relation
        if related:
            place = self._related_below if self._related.is_stacked else self._related_beside
            lowest, end = place(
                strokes, option.content.identifier, related, bottom if self._related.is_stacked else line
            )
            bottom = max(bottom, end)
        return OptionRow(rail, max(top, first), max(bottom, top + least_height), line), _Last(line, lowest)

    def _related_beside(
        self, strokes: list[_Stroke], identifier: str, related: Sequence[MeasuredRail], line: float
    ) -> tuple[float, float]:
        """Boxes at the right of an option; the first one is at the height of its rail."""
        branch, lowest = self._related, line
        strokes.append(partial(branch.draw, rail=related[0], line=line, start=self._options.right))
        _, bottom = branch.ends(related[0], line)
        for each in related[1:]:
            lowest = branch.highest_line(each, bottom + self._gap, lowest)
            strokes.append(partial(branch.draw, rail=each, line=lowest))
            _, bottom = branch.ends(each, lowest)
        self._related_trunk(strokes, identifier, line, lowest)
        return lowest, bottom

    def _related_below(
        self, strokes: list[_Stroke], identifier: str, related: Sequence[MeasuredRail], top: float
    ) -> tuple[float, float]:
        """Boxes below an option."""
        branch, bottom, lowest = self._related, top, top
        for each in related:
            lowest = branch.highest_line(each, bottom + self._gap, None)
            strokes.append(partial(branch.draw, rail=each, line=lowest))
            _, bottom = branch.ends(each, lowest)
        self._related_trunk(strokes, identifier, top, lowest)
        return lowest, bottom

    def _related_trunk(self, strokes: list[_Stroke], identifier: str, top: float, bottom: float) -> None:
        if bottom > top:
            trunk = partial(self._related.draw_trunk, identifier=f"{identifier}.trunk", kind="relation")
            strokes.append(partial(trunk, top=top, bottom=bottom))


class _Last(NamedTuple):
    """The heights of the lowest rails so far: of an option, and of a relation beside it."""

    option: float | None
    relation: float | None


def texts_of(outline: Outline) -> Iterator[str]:
    """Every text of a figure, or its parts, before it is broken into lines."""
    decision = outline.decision
    yield from (f"{decision.name} (1234567890 of", *outline.lines, *decision.notes)
    yield from outline.forces.values()
    yield from map(printed_sign, SIGNS)
    yield "· → , :"
    for node in (decision, *(rail.node for rail in outline.rails)):
        yield from texts_of_box(node)
    for rail in outline.rails:
        yield from (
            rail.text,
            rail.description,
            str(rail.number),
            f"({rail.number} {rail.number})",
            *rail.lines,
        )
        yield from relation_lines(rail.relations)
        for relation in rail.relations:
            yield relation.text
            yield from texts_of_box(relation.target)


def texts_of_box(node: Node) -> Iterator[str]:
    """Every text in a box, before it is broken into lines."""
    yield from (node.kind.word, node.evidence, node.name, *node.notes, *node.values)
    yield from (f"«{each}»" for each in node.stereotypes)
    for impact in node.impacts:
        sign = printed_sign(impact.sign)
        yield from (sign, f"{sign}:", f"{impact.force},", impact.force)
