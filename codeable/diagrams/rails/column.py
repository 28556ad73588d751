"""One column of a rails figure: the bar of the decision, the trunk at the left, a rail for each option.

`arrangement` puts columns and the matrix together; `boxes` fills the boxes.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from attrs import field, frozen

from codeable.diagrams.diagram import Node
from codeable.diagrams.kinds import SIGNS, printed_sign
from codeable.diagrams.rails.boxes import BoxSetter, Entry, Sizes, padding
from codeable.diagrams.rails.branch import Branch, Measured, Twig, relation_twigs, room_for_numbers
from codeable.diagrams.rails.outline import Outline, Rail, relation_lines
from codeable.diagrams.rails.scene import Item
from codeable.diagrams.rails.shapes import bar_style
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import NodeStyle, Style

GAP = 6.0
"""Room between two options."""
_TRUNK = 5.0
"""Distance of the trunk from the left side."""
_STACKED = 4.0
"""More room for the rails where they are only as long as from the trunk to the texts."""
_STEP = 10.0
"""From a box to the trunk of its relations, and from there to their texts."""
_WITH_RELATIONS = 0.54
"""The part of the width that remains for the options where boxes of relations are at the right."""


_Stroke = Callable[[list[Item]], object]
"""Adds a part of a drawing to its items."""


@frozen
class Row:
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
    rows: tuple[Row, ...]
    excess: float
    _strokes: tuple[_Stroke, ...] = field(repr=False)

    @property
    def items(self) -> tuple[Item, ...]:
        """What is drawn. It is made when asked for: most columns are only measured."""
        found: list[Item] = []
        for stroke in self._strokes:
            stroke(found)
        return tuple(found)

    @property
    def fits(self) -> bool:
        """Whether every word is at most as wide as its room."""
        return self.excess <= 0


class ColumnBuilder:
    """Places one column.

    Args:
        outline: The decision.
        setter: Breaks its texts.
        sizes: The sizes of its fonts.
        style: Its colours and shapes.
        width: The width of the column.
        share: The part of the width that the texts of the options have; 0 puts each above its box.
        force_lines: Whether the forces are lines in the boxes.
        relation_boxes: Whether relations lead to boxes at the right, or below where texts are above boxes;
            else they are lines in the boxes.
    """

    def __init__(
        self,
        outline: Outline,
        setter: Typesetter,
        sizes: Sizes,
        style: Style,
        *,
        width: float,
        share: float,
        force_lines: bool,
        relation_boxes: bool = False,
    ) -> None:
        self._outline = outline
        self._style = style
        self._width = width
        self._force_lines = force_lines
        self._relation_boxes = relation_boxes and any(rail.relations for rail in outline.rails)
        self._boxes = BoxSetter(setter, sizes, style)
        self._relation_boxes = relation_boxes and any(rail.relations for rail in outline.rails)
        numbers = [setter.width(str(rail.number), sizes.small, bold=True) for rail in outline.rails]
        text = _TRUNK + room_for_numbers(max(numbers, default=0.0)) + (0.0 if share else _STACKED)
        right = width * _WITH_RELATIONS if self._relation_boxes and share else width
        branch = partial(Branch, self._boxes, sizes, style, share=share)
        self._options = branch(trunk=_TRUNK, text=text, right=right)
        # Boxes of relations are at the right of an option, or below it where the texts are above the boxes.
        trunk = right + _STEP if share else text + _STEP
        self._related = branch(trunk=trunk, text=trunk + _STEP, right=width)

    def column(
        self,
        rails: Sequence[Rail],
        *,
        top: float = 0.0,
        suffix: str = "",
        has_bar: bool = True,
        bar_width: float | None = None,
        below_bar: float = GAP,
        least_heights: Mapping[int, float] = MappingProxyType({}),
    ) -> Column:
        """The column with some of the options.

        Args:
            rails: The options.
            top: Room above the bar.
            suffix: What follows the question in the bar, such as "(1 of 2)".
            has_bar: Whether the bar is drawn. Without it the trunk starts at the upper end.
            bar_width: The width of the bar; None for that of the column.
            below_bar: Room between the bar and the first option.
            least_heights: Number of an option → the height that it has at least.
        """
        self._boxes.excess = 0.0
        strokes: list[_Stroke] = []
        bar = top + self._bar(strokes, top, suffix, bar_width or self._width) if has_bar else top
        rows: list[Row] = []
        below = bar + below_bar
        last = _Last()
        for rail in rails:
            row, last = self._row(strokes, rail, below, last, least_heights.get(rail.number, 0.0))
            rows.append(row)
            below = row.bottom + GAP
        if rows:
            identifier = f"{self._outline.decision.identifier}.trunk{rails[0].number}"
            trunk = self._options.draw_trunk
            strokes.append(
                partial(trunk, identifier=identifier, kind="option", top=bar, bottom=rows[-1].line)
            )
        bottom = rows[-1].bottom if rows else bar
        return Column(self._width, bar, bottom, tuple(rows), self._boxes.excess, tuple(strokes))

    def bar_height(self, width: float, suffix: str = "") -> float | None:
        """The height of a bar of this width; None where one of its words is wider."""
        self._boxes.excess = 0.0
        style = bar_style(self._style.node(self._outline.decision.kind.key))
        height = self._boxes.height(self._bar_entries(width, suffix, style), style)
        return height if self._boxes.excess <= 0 else None

    def _bar(self, strokes: list[_Stroke], top: float, suffix: str, width: float) -> float:
        decision = self._outline.decision
        style = bar_style(self._style.node(decision.kind.key))
        entries = self._bar_entries(width, suffix, style)
        draw = partial(self._boxes.draw, identifier=decision.identifier, node=decision, entries=entries)
        strokes.append(partial(draw, style=style, left=0.0, top=top, width=width))
        return self._boxes.height(entries, style)

    def _bar_entries(self, width: float, suffix: str, style: NodeStyle) -> list[Entry]:
        decision = self._outline.decision
        name, room = f"{decision.name} {suffix}".strip(), width - 2 * padding(style)[0]
        return self._boxes.entries(decision, room, name=name, lines=self._outline.lines)

    def _row(
        self, strokes: list[_Stroke], rail: Rail, top: float, last: "_Last", least_height: float
    ) -> tuple[Row, "_Last"]:
        identifier = f"{self._outline.decision.identifier}.{rail.number}"
        option = self._options.measured(self._twig(identifier, rail))
        relations = relation_twigs(identifier, rail) if self._relation_boxes else ()
        related = [self._related.measured(each) for each in relations]
        line = self._options.highest_line(option, top, last.option)
        if related and not self._related.is_stacked:
            line = max(line, self._related.highest_line(related[0], top, last.relation))
        strokes.append(partial(self._options.draw, twig=option, line=line))
        first, bottom = self._options.ends(option, line)
        lowest = last.relation
        if related:
            place = self._related_below if self._related.is_stacked else self._related_beside
            lowest, end = place(strokes, identifier, related, bottom if self._related.is_stacked else line)
            bottom = max(bottom, end)
        return Row(rail, max(top, first), max(bottom, top + least_height), line), _Last(line, lowest)

    def _twig(self, identifier: str, rail: Rail) -> Twig:
        lines = () if self._relation_boxes else relation_lines(rail.relations)
        return Twig(
            identifier,
            "option",
            str(rail.number),
            rail.text,
            rail.node,
            lines=(*lines, *rail.lines),
            force_lines=self._force_lines,
        )

    def _related_beside(
        self, strokes: list[_Stroke], identifier: str, related: Sequence[Measured], line: float
    ) -> tuple[float, float]:
        """Boxes at the right of an option; the first one is at the height of its rail."""
        branch, lowest = self._related, line
        strokes.append(partial(branch.draw, twig=related[0], line=line, start=self._options.right))
        _, bottom = branch.ends(related[0], line)
        for each in related[1:]:
            lowest = branch.highest_line(each, bottom + GAP, lowest)
            strokes.append(partial(branch.draw, twig=each, line=lowest))
            _, bottom = branch.ends(each, lowest)
        self._related_trunk(strokes, identifier, line, lowest)
        return lowest, bottom

    def _related_below(
        self, strokes: list[_Stroke], identifier: str, related: Sequence[Measured], top: float
    ) -> tuple[float, float]:
        """Boxes below an option."""
        branch, bottom, lowest = self._related, top, top
        for each in related:
            lowest = branch.highest_line(each, bottom + GAP, None)
            strokes.append(partial(branch.draw, twig=each, line=lowest))
            _, bottom = branch.ends(each, lowest)
        self._related_trunk(strokes, identifier, top, lowest)
        return lowest, bottom

    def _related_trunk(self, strokes: list[_Stroke], identifier: str, top: float, bottom: float) -> None:
        if bottom > top:
            trunk = partial(self._related.draw_trunk, identifier=f"{identifier}.trunk", kind="relation")
            strokes.append(partial(trunk, top=top, bottom=bottom))


@frozen
class _Last:
    """The heights of the lowest rails so far: of an option, and of a relation beside it."""

    option: float | None = None
    relation: float | None = None


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
        yield from (rail.text, str(rail.number), f"({rail.number} {rail.number})", *rail.lines)
        yield from relation_lines(rail.relations)
        for relation in rail.relations:
            yield relation.text
            yield from texts_of_box(relation.target)


def texts_of_box(node: Node) -> Iterator[str]:
    """Every text in a box, before it is broken into lines."""
    yield from (node.kind.word, node.evidence, node.name, *node.notes)
    for impact in node.impacts:
        sign = printed_sign(impact.sign)
        yield from (sign, f"{sign}:", f"{impact.force},", impact.force)
