"""The force matrix of a rails figure: one cell per option and force, beside the rails or below them.

Called by `arrangement`, which chooses.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from codeable.diagrams.rails.column import GAP, Row
from codeable.diagrams.rails.matrix_heads import place_heads
from codeable.diagrams.rails.matrix_style import MatrixStyle
from codeable.diagrams.rails.outline import Rail
from codeable.diagrams.rails.scene import Box, Item, Scene, Text
from codeable.diagrams.rails.scene import beside as side_by_side
from codeable.diagrams.rails.setting import Setting

_TO_CELLS = 6.0
_WIDEST_CELL = 1.7
"""Of the size of the font."""
_NARROWEST_RAILS = 120.0
_RAILS_WANTED = 250.0
_AROUND_SIGN = 1.0
_OVER = 1.08
"""Room that a text gets, of its width: small letters are drawn in whole pixels."""
_GRID_LINE = 0.72
"""The narrowest box that Graphviz draws, in points."""
_BETWEEN_BLOCKS = 16.0
_FEWEST_ROWS = 3
"""Of a block of the matrix below the rails."""


def forces_of(setting: Setting, rails: Sequence[Rail]) -> dict[str, str]:
    """Key → name of the forces that these options act on, in the order of the whole figure."""
    used = {key for rail in rails for key in rail.signs}
    return {key: name for key, name in setting.outline.forces.items() if key in used}


def beside(setting: Setting, rails: Sequence[Rail], *, share: float, suffix: str = "") -> Scene | None:
    """A bar and rails with a column for each force at the right.

    The name of a force is above its column, with a leader down to it. The bar is at the left of the names
    where there is room, else above them.

    Args:
        setting: The content, and the width of bar, rails and matrix together.
        rails: The options.
        share: The part of the width of the rails that the texts of the options have; 0 puts each above its
            box.
        suffix: What follows the question in the bar, such as "(1 of 2)".

    Returns:
        None where a word is wider than its room, or no force is acted on.
    """
    forces = forces_of(setting, rails)
    if not forces:
        return None
    least = _least_cell(setting, rails)
    cell = (setting.width - _RAILS_WANTED - _TO_CELLS) / len(forces)
    cell = max(least, min(cell, _WIDEST_CELL * setting.sizes.small))
    left = setting.width - cell * len(forces)
    width = left - _TO_CELLS
    if width < _NARROWEST_RAILS:
        return None
    middles = [left + (position + 0.5) * cell for position in range(len(forces))]
    heads = place_heads(setting, forces, middles, width, suffix)
    if heads is None:
        return None
    column = setting.column(share=share, force_lines=False, width=width).column(
        rails,
        top=heads.bar_top,
        suffix=suffix,
        bar_width=heads.bar_width,
        below_bar=heads.below_bar + GAP,
        least_heights={rail.number: _sign_height(setting) * _most_signs(rail) for rail in rails},
    )
    if not column.fits:
        return None
    prefix = setting.outline.decision.identifier
    items = [*column.items, *heads.items(prefix)]
    items += _bands(setting, column.rows, left, cell * len(forces))
    bottom = column.rows[-1].bottom + GAP / 2
    items += _column_lines(setting, left, cell, len(forces), heads.height, bottom)
    for row in column.rows:
        for key, middle in zip(forces, middles, strict=True):
            items += _signs(setting, row.rail, key, middle, row, cell)
    return Scene(setting.width, column.height, tuple(items))


def below(setting: Setting, rails: Sequence[Rail]) -> Scene | None:
    """The matrix alone, to be put below rails: forces as rows, the numbers of options as columns.

    Args:
        setting: The content, and the width that the matrix may have.
        rails: The options.

    Returns:
        None where a word is wider than its room, or no force is acted on.
    """
    forces = forces_of(setting, rails)
    if not forces:
        return None
    least = max(_least_cell(setting, rails), _least_number(setting, rails))
    names = max(setting.setter.width(name, setting.sizes.small) for name in forces.values()) * _OVER
    cell = (setting.width - names - _TO_CELLS) / len(rails)
    cell = max(least, min(cell, _WIDEST_CELL * setting.sizes.small))
    room = min(names, setting.width - _TO_CELLS - cell * len(rails))
    block = room + _TO_CELLS + cell * len(rails)
    count = int((setting.width + _BETWEEN_BLOCKS) // (block + _BETWEEN_BLOCKS))
    count = max(1, min(count, len(forces) // _FEWEST_ROWS))
    if any(setting.setter.widest_word(name, setting.sizes.small) > room / _OVER for name in forces.values()):
        return None
    keys = list(forces)
    each = ceil(len(keys) / count)
    parts = [{key: forces[key] for key in keys[at : at + each]} for at in range(0, len(keys), each)]
    scenes = [_block(setting, rails, part, number, room, cell) for number, part in enumerate(parts)]
    return side_by_side(scenes, _BETWEEN_BLOCKS)


def _block(
    setting: Setting,
    rails: Sequence[Rail],
    forces: Mapping[str, str],
    number: int,
    room: float,
    cell: float,
) -> Scene:
    """The rows of some forces, below the numbers of the options."""
    sizes, style = setting.sizes, setting.style
    prefix = f"{setting.outline.decision.identifier}.forces{number or ''}"
    left = room + _TO_CELLS
    width = left + cell * len(rails)
    middles = [left + (position + 0.5) * cell for position in range(len(rails))]
    top = sizes.small_line + 2
    items: list[Item] = []
    cells: list[Item] = []
    for rail, middle in zip(rails, middles, strict=True):
        at, text = middle - cell / 2, str(rail.number)
        half = sizes.small_line / 2
        items.append(
            Text(f"{prefix}.{text}", at, half, cell, text, sizes.small, style.text, bold=True, align="center")
        )
    down = top
    for position, (key, name) in enumerate(forces.items()):
        lines = setting.setter.lines(name, room / _OVER, sizes.small)
        most = max(len(rail.signs.get(key, ())) for rail in rails)
        height = max(len(lines) * sizes.small_line + 2, most * _sign_height(setting))
        if position % 2 == 0:
            items.append(Box(f"{prefix}.band.{key}", 0, down, width, height, MatrixStyle(style).band))
        first = down + height / 2 - (len(lines) - 1) * sizes.small_line / 2
        for step, line in enumerate(lines):
            middle = first + step * sizes.small_line
            cells.append(Text(f"{prefix}.{key}.{step}", 0, middle, room, line, sizes.small, style.text))
        for rail, middle in zip(rails, middles, strict=True):
            cells += _signs(
                setting, rail, key, middle, Row(rail, down, down + height, down + height / 2), cell
            )
        down += height
    items += _column_lines(setting, left, cell, len(rails), top, down)
    return Scene(width, down, (*items, *cells))


def _bands(setting: Setting, rows: Sequence[Row], left: float, width: float) -> Iterator[Item]:
    style, prefix = MatrixStyle(setting.style).band, setting.outline.decision.identifier
    for row in rows[::2]:
        top, bottom = row.top - GAP / 2, row.bottom + GAP / 2
        yield Box(f"{prefix}.{row.rail.number}.band", left, top, width, bottom - top, style)


def _column_lines(
    setting: Setting, left: float, cell: float, count: int, top: float, bottom: float
) -> Iterator[Item]:
    style, prefix = MatrixStyle(setting.style).grid, setting.outline.decision.identifier
    for position in range(count + 1):
        middle = left + position * cell
        name = f"{prefix}.grid{position}.{round(left)}"
        yield Box(name, middle - _GRID_LINE / 2, top, _GRID_LINE, bottom - top, style)


def _signs(setting: Setting, rail: Rail, key: str, middle: float, row: Row, cell: float) -> Iterator[Item]:
    """The signs of one option on one force, below each other."""
    signs = tuple(dict.fromkeys(rail.signs.get(key, ())))
    colors, height = MatrixStyle(setting.style), _sign_height(setting)
    top = min(max(row.line - len(signs) * height / 2, row.top), row.bottom - len(signs) * height)
    for number, sign in enumerate(signs):
        name = f"{setting.outline.decision.identifier}.{rail.number}.force.{key}{number or ''}"
        tint = colors.tint(sign)
        if tint is not None:
            width = cell - 2 * _AROUND_SIGN
            yield Box(f"{name}.tint", middle - width / 2, top + 0.5, width, height - 1, tint)
        color, size = colors.sign(sign), setting.sizes.small
        yield Text(name, middle - cell / 2, top + height / 2, cell, sign, size, color, align="center")
        top += height


def _most_signs(rail: Rail) -> int:
    return max((len(set(signs)) for signs in rail.signs.values()), default=0)


def _sign_height(setting: Setting) -> float:
    return setting.sizes.small * 1.35


def _least_cell(setting: Setting, rails: Sequence[Rail]) -> float:
    signs = {sign for rail in rails for signs in rail.signs.values() for sign in signs}
    widest = max((setting.setter.width(sign, setting.sizes.small) for sign in signs), default=0.0)
    return ceil(widest * _OVER + 2 * _AROUND_SIGN)


def _least_number(setting: Setting, rails: Sequence[Rail]) -> float:
    widest = max(setting.setter.width(str(rail.number), setting.sizes.small, bold=True) for rail in rails)
    return ceil(widest * _OVER + _AROUND_SIGN)
