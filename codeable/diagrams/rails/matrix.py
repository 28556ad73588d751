"""The force matrix of a rails figure: one cell per option and force, beside the rails or below them.

Called by `arrangement`, which chooses.
"""

from collections.abc import Mapping, Sequence
from math import ceil

from codeable.diagrams.rails.column import GAP
from codeable.diagrams.rails.matrix_cells import Cells
from codeable.diagrams.rails.matrix_heads import place_heads
from codeable.diagrams.rails.outline import Rail
from codeable.diagrams.rails.scene import Item, Scene, Text
from codeable.diagrams.rails.scene import beside as side_by_side
from codeable.diagrams.rails.setting import Setting

_TO_CELLS = 6.0
_NARROWEST_RAILS = 120.0
_RAILS_WANTED = 250.0
_BETWEEN_BLOCKS = 16.0
_FEWEST_ROWS = 3
"""Of a block of the matrix below the rails."""
_AROUND_NAME = 1.0
"""Above and below the lines of a name in a row."""
_LOOSE = 1.05
"""Room for the longest name, of its width, in which it is one line."""


def rails_beside(setting: Setting, rails: Sequence[Rail]) -> float:
    """The width of the rails beside their matrix."""
    cells = Cells(setting, rails)
    count = len(cells.forces())
    if not count:
        return setting.width
    return setting.width - _TO_CELLS - count * _cell_beside(cells, count)


def beside(setting: Setting, rails: Sequence[Rail], *, share: float, suffix: str = "") -> Scene | None:
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
    width = rails_beside(setting, rails)
    if width < _NARROWEST_RAILS:
        return None
    builder = setting.column(share=share, force_lines=False, width=width)
    if not forces:
        column = builder.column(rails, suffix=suffix)
        return Scene(column.width, column.height, column.items) if column.fits else None
    cell = _cell_beside(cells, len(forces))
    left = width + _TO_CELLS
    lefts = [left + position * cell for position in range(len(forces))]
    names = {cells.identity(key): name for key, name in forces.items()}
    heads = place_heads(setting, names, [each + cell / 2 for each in lefts], width, suffix)
    if heads is None:
        return None
    column = builder.column(
        rails,
        top=heads.bar_top,
        suffix=suffix,
        bar_width=heads.bar_width,
        below_bar=heads.below_bar + GAP,
        least_heights={rail.number: cells.height(rail) for rail in rails},
    )
    if not column.fits:
        return None
    items = [*column.items, *heads.items(setting.outline.decision.identifier)]
    bottom = column.height + GAP / 2
    for row in column.rows[::2]:
        top = row.top - GAP / 2
        items.append(cells.band(f"{row.rail.number}", left, setting.width - left, top, row.bottom + GAP / 2))
    items += cells.grid("forces", left, cell, len(forces), heads.height, bottom)
    for row in column.rows:
        for key, each in zip(forces, lefts, strict=True):
            items += cells.signs(row.rail, key, each, cell, row.line, row.top, row.bottom)
    return Scene(setting.width, bottom, tuple(items))


def below(setting: Setting, rails: Sequence[Rail]) -> Scene | None:
    """The matrix alone, to be put below rails: forces as rows, the numbers of options as columns.

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
    longest = max(setter.width(name, size) for name in forces.values()) * _LOOSE
    cell = cells.width(len(rails), setting.width - longest - _TO_CELLS, numbered=True)
    room = min(longest, setting.width - _TO_CELLS - cell * len(rails))
    if any(setter.widest_word(name, size) > room for name in forces.values()):
        return None
    block = room + _TO_CELLS + cell * len(rails)
    fitting = int((setting.width + _BETWEEN_BLOCKS) // (block + _BETWEEN_BLOCKS))
    count = max(1, min(fitting, len(forces) // _FEWEST_ROWS))
    keys, each = list(forces), ceil(len(forces) / count)
    parts = [{key: forces[key] for key in keys[at : at + each]} for at in range(0, len(keys), each)]
    return side_by_side((_block(cells, part, room, cell) for part in parts), _BETWEEN_BLOCKS)


def _cell_beside(cells: Cells, count: int) -> float:
    return cells.width(count, cells.setting.width - _RAILS_WANTED - _TO_CELLS, numbered=False)


def _block(cells: Cells, forces: Mapping[str, str], room: float, cell: float) -> Scene:
    """The rows of some forces, below the numbers of the options."""
    setting, rails = cells.setting, cells.rails
    size, line_height, color = setting.sizes.small, setting.sizes.small_line, setting.style.text
    prefix = f"{setting.outline.decision.identifier}.{cells.identity(next(iter(forces)))}"
    left = room + _TO_CELLS
    width = left + cell * len(rails)
    lefts = [left + position * cell for position in range(len(rails))]
    items: list[Item] = []
    signs: list[Item] = []
    for rail, each in zip(rails, lefts, strict=True):
        name, number = f"{prefix}.above.{rail.number}", str(rail.number)
        items.append(Text(name, each, line_height / 2, cell, number, size, color, bold=True, align="center"))
    top = down = line_height + _AROUND_NAME
    for position, (key, force) in enumerate(forces.items()):
        name = f"{setting.outline.decision.identifier}.force.{cells.identity(key)}"
        lines = setting.setter.lines(force, room, size)
        text_height = len(lines) * line_height
        height = max(text_height + 2 * _AROUND_NAME, *(cells.height(rail, key) for rail in rails))
        if position % 2 == 0:
            items.append(cells.band(f"force.{cells.identity(key)}", 0, width, down, down + height))
        first = down + (height - text_height + line_height) / 2
        for step, line in enumerate(lines):
            middle = first + step * line_height
            signs.append(Text(f"{name}.{step}", 0, middle, room, line, size, color))
        for rail, each in zip(rails, lefts, strict=True):
            signs += cells.signs(rail, key, each, cell, down + height / 2, down, down + height)
        down += height
    items += cells.grid(f"force.{cells.identity(next(iter(forces)))}", left, cell, len(rails), top, down)
    return Scene(width, down, (*items, *signs))
