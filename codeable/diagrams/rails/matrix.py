"""The force matrix of a rails figure: one cell per option and force, beside the rails or below them.

Called by `arrangement`, which chooses. What has a size is found first and drawn on request, since many ways
to arrange a figure are tried before one is drawn.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil, inf

from attrs import field, frozen

from codeable.diagrams.rails.column import Column, ColumnBuilder
from codeable.diagrams.rails.matrix_cells import Cells
from codeable.diagrams.rails.matrix_heads import Heads, place_heads
from codeable.diagrams.rails.outline import Rail
from codeable.diagrams.rails.scene import Item, Scene, TextLine
from codeable.diagrams.rails.scene import beside as side_by_side
from codeable.diagrams.rails.setting import Setting

_TO_CELLS = 6.0
_NARROWEST_RAILS = 120.0
_RAILS_WANTED = 250.0
_CELLS_BESIDE, _CELLS_BELOW = 0.25, 0.4
"""The part of the width that cells may have although rails or names are narrow: signs are apart there."""
_BETWEEN_BLOCKS = 16.0
_FEWEST_ROWS = 3
"""Of a block of the matrix below the rails."""
_AROUND_NAME = 1.0
"""Above and below the lines of a name in a row."""
_BESIDE_NAME = 2.5, 3.5
"""At the left of the name of a row, and between the name and the cells."""
_LOOSE = 1.05
"""Room for the longest name, of its width, in which it is one line."""


@frozen
class MatrixBeside:
    """A bar and rails with a column of cells for each force at the right.

    Attributes:
        column: The bar and the rails.
        height: The height of everything.
    """

    column: Column
    height: float
    _cells: Cells = field(repr=False)
    _heads: Heads | None = field(repr=False)
    _cell: float = field(repr=False)

    def scene(self) -> Scene:
        """The drawing."""
        if self._heads is None:
            return self.column.scene()
        cells, cell, setting = self._cells, self._cell, self._cells.setting
        forces = cells.forces()
        left = setting.width - cell * len(forces)
        items = [*self.column.scene().items, *self._heads.items(setting.outline.decision.identifier)]
        half_gap = setting.sizes.gap / 2
        for row in self.column.rows[::2]:
            top, bottom = row.top - half_gap, row.bottom + half_gap
            items.append(cells.band(str(row.rail.number), left, setting.width - left, top, bottom))
        top = self.column.rows[0].top - half_gap
        items += cells.grid("forces", left, cell, len(forces), top, self.height)
        for row in self.column.rows:
            for position, key in enumerate(forces):
                at = left + position * cell
                items += cells.signs(row.rail, key, at, cell, row.line, row.top, row.bottom)
        return Scene(setting.width, self.height, tuple(items))


def beside(setting: Setting, rails: Sequence[Rail], *, share: float, suffix: str = "") -> MatrixBeside | None:
    """A bar and rails, with a column at the right for each force that these options act on.

    The name of a force is above its column, with a leader down to it. The bar is at the left of the names
    where there is room, else above them.

    Args:
        setting: The content, and the width of bar, rails and matrix together.
        rails: The options.
        share: The part of the width of the rails that the texts of the options have; 0 puts each above its
            box.
        suffix: What follows the question in the bar, such as "(1 of 2)".

    Returns:
        None where a word is wider than its room.
    """
    cells = Cells(setting, rails)
    forces = cells.forces()
    width = rails_beside(cells)
    builder = ColumnBuilder(setting, share=share, force_lines=False, width=width)
    if not forces:
        column = builder.column(rails, suffix=suffix)
        return MatrixBeside(column, column.height, cells, None, 0.0) if column.fits else None
    if width < _NARROWEST_RAILS:
        return None
    left = width + _TO_CELLS
    cell = (setting.width - left) / len(forces)
    names = {cells.identity(key): name for key, name in forces.items()}
    leaders = [left + (position + 0.5) * cell for position in range(len(forces))]
    heads = place_heads(setting, names, leaders, width, partial(builder.bar, suffix=suffix))
    if heads is None:
        return None
    gap = setting.sizes.gap
    column = builder.column(
        rails,
        top=heads.bar_top,
        suffix=suffix,
        bar_width=heads.bar_width,
        below_bar=heads.below_bar + gap,
        least_heights={rail.number: cells.height(rail) for rail in rails},
    )
    return MatrixBeside(column, column.height + gap / 2, cells, heads, cell) if column.fits else None


def rails_beside(cells: Cells) -> float:
    """The width of the rails beside these cells."""
    setting, count = cells.setting, len(cells.forces())
    if not count:
        return setting.width
    room = max(setting.width - _RAILS_WANTED - _TO_CELLS, setting.width * _CELLS_BESIDE)
    return setting.width - cells.width(count, room, numbered=False) * count - _TO_CELLS


@frozen
class _Row:
    """A force in the matrix below the rails: the lines of its name, its upper side and its height."""

    key: str
    lines: tuple[str, ...]
    top: float
    height: float


@frozen
class MatrixBelow:
    """A matrix alone: forces as rows, the numbers of options as columns.

    Attributes:
        height: Its height.
    """

    height: float
    _cells: Cells = field(repr=False)
    _blocks: tuple[tuple[_Row, ...], ...] = field(repr=False)
    _room: float = field(repr=False)
    _cell: float = field(repr=False)

    def scene(self) -> Scene:
        """The drawing."""
        blocks = [self._block(rows) for rows in self._blocks]
        return blocks[0] if len(blocks) == 1 else side_by_side(blocks, _BETWEEN_BLOCKS)

    def _block(self, rows: Sequence[_Row]) -> Scene:
        cells, cell = self._cells, self._cell
        rails = cells.rails
        left = self._room + sum(_BESIDE_NAME)
        width = left + cell * len(rails)
        top, bottom = rows[0].top, rows[-1].top + rows[-1].height
        name = f"force.{cells.identity(rows[0].key)}"
        items: list[Item] = list(self._numbers(name, left))
        for row in rows[::2]:
            band = f"force.{cells.identity(row.key)}"
            items.append(cells.band(band, 0, width, row.top, row.top + row.height))
        items += cells.grid(name, left, cell, len(rails), top, bottom)
        for row in rows:
            items += self._name(row)
            middle, end = row.top + row.height / 2, row.top + row.height
            for position, rail in enumerate(rails):
                at = left + position * cell
                items += cells.signs(rail, row.key, at, cell, middle, row.top, end)
        return Scene(width, bottom, tuple(items))

    def _numbers(self, name: str, left: float) -> Iterator[Item]:
        setting = self._cells.setting
        size, middle = setting.sizes.small, setting.sizes.small_line / 2
        for position, rail in enumerate(self._cells.rails):
            identifier = f"{setting.outline.decision.identifier}.{rail.number}.above.{name}"
            at, number = left + position * self._cell, str(rail.number)
            yield TextLine(
                identifier, at, middle, self._cell, number, size, setting.style.text, True, align="center"
            )

    def _name(self, row: _Row) -> Iterator[Item]:
        setting = self._cells.setting
        line_height = setting.sizes.small_line
        name = f"{setting.outline.decision.identifier}.force.{self._cells.identity(row.key)}"
        first = row.top + (row.height - (len(row.lines) - 1) * line_height) / 2
        for number, line in enumerate(row.lines):
            middle = first + number * line_height
            size, color = setting.sizes.small, setting.style.text
            yield TextLine(f"{name}.{number}", _BESIDE_NAME[0], middle, self._room, line, size, color)


def below(setting: Setting, rails: Sequence[Rail]) -> MatrixBelow | None:
    """The matrix alone, to be put below rails: a row for each force that these options act on.

    It has two or more blocks of rows side by side where the width allows it.

    Args:
        setting: The content, and the width that the matrix may have.
        rails: The options.

    Returns:
        None where a word is wider than its room, or the options act on no force.
    """
    cells = Cells(setting, rails)
    forces = cells.forces()
    if not forces:
        return None
    setter, size = setting.setter, setting.sizes.small
    lines = (line for name in forces.values() for line in setter.lines(name, inf, size))
    longest = max(setter.width(line, size) for line in lines) * _LOOSE
    beside_names = sum(_BESIDE_NAME)
    wanted = max(setting.width - longest - beside_names, setting.width * _CELLS_BELOW)
    cell = cells.width(len(rails), wanted, numbered=True)
    room = min(longest, setting.width - beside_names - cell * len(rails))
    if any(setter.widest_word(name, size) > room for name in forces.values()):
        return None
    block = room + beside_names + cell * len(rails)
    fitting = int((setting.width + _BETWEEN_BLOCKS) // (block + _BETWEEN_BLOCKS))
    count = max(1, min(fitting, len(forces) // _FEWEST_ROWS))
    keys, each = list(forces), ceil(len(forces) / count)
    blocks = tuple(_rows(cells, keys[at : at + each], room) for at in range(0, len(keys), each))
    height = max(rows[-1].top + rows[-1].height for rows in blocks)
    return MatrixBelow(height, cells, blocks, room, cell)


def _rows(cells: Cells, keys: Sequence[str], room: float) -> tuple[_Row, ...]:
    setting = cells.setting
    top = setting.sizes.small_line + _AROUND_NAME
    rows = []
    for key in keys:
        lines = setting.setter.lines(setting.outline.forces[key], room, setting.sizes.small)
        text = len(lines) * setting.sizes.small_line + 2 * _AROUND_NAME
        height = max(text, *(cells.height(rail, key) for rail in cells.rails))
        rows.append(_Row(key, lines, top, height))
        top += height
    return tuple(rows)
