"""The codes that are in no decision's figure: boxes in a grid, in declared order. Called by `figure`."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from codeable.diagrams.rails.boxes import BoxSetter, FilledBox
from codeable.diagrams.rails.column import texts_of_box
from codeable.diagrams.rails.outline import LooseCode
from codeable.diagrams.rails.room import Room, reduction
from codeable.diagrams.rails.scene import Item, Scene, TextLine
from codeable.diagrams.rails.setting import Sizes
from codeable.diagrams.rails.shapes import box_style
from codeable.diagrams.rails.typesetter import Typesetter
from codeable.diagrams.styles import Style

_TITLE = "Codes in no decision"
_TITLE_LINES = 1.5
_NARROWEST_BOX = 17.0
"""Sizes of the font of names."""
_GAP = 8.0


@frozen
class LooseGrid:
    """Draws loose codes.

    Attributes:
        setter: Breaks their texts.
        sizes: The sizes of the fonts.
        style: The colours and shapes.
        room: The width, and whether it is fixed.
        force_lines: Whether the forces are lines in the boxes.
    """

    setter: Typesetter
    sizes: Sizes
    style: Style
    room: Room
    force_lines: bool

    def scenes(
        self, codes: Sequence[LooseCode], page: float | None = None
    ) -> tuple[tuple[Scene, ...], float]:
        """The drawings of the pages, one where there is no page; and by what they are made smaller.

        Where a word is wider than a fixed width, everything is made smaller.

        Args:
            codes: The codes.
            page: The height of a page in points.
        """
        width, title = self.room.width, _TITLE_LINES * self.sizes.name_line
        columns = max(1, int((width + _GAP) // (_NARROWEST_BOX * self.sizes.name + _GAP)))
        setter = BoxSetter(self.setter, self.sizes, self.style)
        while True:
            room = (width + _GAP) / columns - _GAP
            boxes = [self._box(setter, code, room) for code in codes]
            excess = max((box.excess for box in boxes), default=0.0)
            too_high = page is not None and any(title + box.height > page for box in boxes)
            if columns > 1 and (excess > 0 or too_high):
                columns -= 1
            elif excess > 0:
                width += excess
            else:
                break
        larger = width / self.room.width if self.room.is_fixed else 1.0
        smaller = reduction(larger, self.sizes)
        rows = list(self._rows(setter, boxes, room, columns))
        limit = None if page is None else page * smaller
        return tuple(scene.scaled(1 / smaller) for scene in self._pages(rows, width, limit)), smaller

    def _box(self, setter: BoxSetter, code: LooseCode, width: float) -> FilledBox:
        style = box_style(self.style.node(code.node.kind.key))
        return setter.filled(code.node, style, width, lines=code.lines, force_lines=self.force_lines)

    def _rows(
        self, setter: BoxSetter, boxes: Sequence[FilledBox], room: float, columns: int
    ) -> Iterator[Scene]:
        for first in range(0, len(boxes), columns):
            items: list[Item] = []
            row = boxes[first : first + columns]
            for column, box in enumerate(row):
                setter.draw(items, f"loose.{box.node.identifier}", box, column * (room + _GAP), 0.0)
            height = max(box.height for box in row)
            yield Scene((room + _GAP) * columns - _GAP, height, tuple(items))

    def _pages(self, rows: Sequence[Scene], width: float, limit: float | None) -> Iterator[Scene]:
        """The rows below each other, and a title on each page."""
        title = _TITLE_LINES * self.sizes.name_line
        items: list[Item] = []
        top = title
        for row in rows:
            if items and limit is not None and top + row.height > limit:
                yield self._page(items, width, top - _GAP)
                items, top = [], title
            items += row.moved(0, top)
            top += row.height + _GAP
        if items:
            yield self._page(items, width, top - _GAP)

    def _page(self, items: Sequence[Item], width: float, height: float) -> Scene:
        middle, size = self.sizes.name_line / 2, self.sizes.name
        title = TextLine("loose.title", 0, middle, width, _TITLE, size, self.style.text, bold=True)
        return Scene(width, height, (title, *items))


def loose_texts(codes: Sequence[LooseCode]) -> Iterator[str]:
    """Every text of loose codes, for `Typesetter.prepare`."""
    yield _TITLE
    for code in codes:
        yield from texts_of_box(code.node)
        yield from code.lines
