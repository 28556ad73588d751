"""Reads the styles in the settings, `[tool.codeable.styles.NAME]`: a base and the differences from it.

Called by `build`.
"""

import re
from collections.abc import Mapping
from typing import Any, get_args

from attrs import evolve

from codeable.diagrams.impact_signs import sign_of
from codeable.diagrams.options import height_in_mm
from codeable.diagrams.styles import PAPER, SCREEN, Line, Shape, Style
from codeable.errors import CodeableError
from codeable.schema import Reader, called, number, one_of, read_table, wrong
from codeable.text import did_you_mean, shown

_BUILT_IN = {style.name: style for style in (SCREEN, PAPER)}
_LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")
_FONT = re.compile(r"\w[\w ,.-]*")


def style_names(tables: Mapping[str, Mapping[str, object]] | None = None) -> tuple[str, ...]:
    """The names of the styles that a study can use.

    Example:
        >>> style_names({"journal": {"base": "paper"}})
        ('screen', 'paper', 'journal')
    """
    return tuple(dict.fromkeys([*_BUILT_IN, *(tables or {})]))


def style_named(
    name: str, tables: Mapping[str, Mapping[str, object]] | None = None, where: str = ""
) -> Style:
    """The style of that name.

    A table of the study may have `base` (`screen` or `paper`), `font`, `font_size` (whole points),
    `small_size` (points), `page` (the height of a page, such as "240mm"), `background`, `text`, `muted`
    (colours), and the kinds of nodes and edges, each a colour (the fill of a node, the line of an edge) or a
    table with `shape`, `fill`, `line`, `line_style`, `line_width` (points). `signs` is a table of the colours
    behind the signs of a force matrix, or "none" for plain signs on grey bands.

    Args:
        name: The name.
        tables: The study's own styles, by name.
        where: What a message calls the option that names it.

    Raises:
        CodeableError: There is no such style, or its table has a value that cannot be drawn or read.

    Example:
        >>> style = style_named("journal", {"journal": {"base": "paper", "decision": "#DDDDDD"}})
        >>> style.font_size, style.node("decision").fill
        (9.0, '#DDDDDD')
    """
    if tables and name in tables:
        return _from_table(name, tables[name])
    if name in _BUILT_IN:
        return _BUILT_IN[name]
    names = style_names(tables)
    raise CodeableError(
        f"{where}{': ' if where else ''}there is no style {shown(name)}{did_you_mean(name, names)}\n"
        f"The styles are: {', '.join(names)}; a style of your own is a table [tool.codeable.styles.NAME]",
        exit_status=2,
    )


def _from_table(name: str, table: Mapping[str, object]) -> Style:
    where = f"[tool.codeable.styles.{name}]"
    given = read_table(table, _READERS, where)
    base = _BUILT_IN[given.pop("base", "paper" if name == "paper" else "screen")]
    changes: dict[str, Any] = {"name": name, "nodes": dict(base.nodes), "edges": dict(base.edges)}
    for key, value in given.items():
        if key in base.nodes:
            changes["nodes"][key] = evolve(base.nodes[key], **value)
        elif key in base.edges:
            changes["edges"][key] = evolve(base.edges[key], **value)
        elif key == "signs":
            changes["signs"] = {**base.signs, **value} if value else {}
        else:
            changes[key] = value
    style = evolve(base, **changes)
    _check_contrast(style, where)
    return style


def _kind_style(colour_of: str, readers: Mapping[str, Reader[Any]]) -> Reader[dict[str, Any]]:
    """A reader of the style of a kind of node or edge: a table, or only the colour of one part."""

    def read(value: object, where: str) -> dict[str, Any]:
        if isinstance(value, Mapping):
            return read_table(value, readers, where)
        return {colour_of: readers[colour_of](value, where)}

    return read


def _colour(value: object, where: str) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise wrong(where, value, "a colour, written #RRGGBB, such as #0072B2")
    return value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])


def _font(value: object, where: str) -> str:
    if not isinstance(value, str) or not _FONT.fullmatch(value):
        raise wrong(where, value, "the name of a font family, or several, separated by commas")
    return ",".join(family.strip() for family in value.split(",") if family.strip())


def _signs(value: object, where: str) -> dict[str, str]:
    if value == "none":
        return {}
    if not isinstance(value, Mapping):
        raise wrong(where, value, 'a table of signs and their colours, such as {"++" = "#0072B2"}, or "none"')
    return {sign_of(sign): _colour(color, called(where, sign)) for sign, color in value.items()}


_size = number(5, 40, "a number of points")
_line_width = number(0.25, 6, "a number of points")


def _size_of_names(value: object, where: str) -> float:
    size = _size(value, where)
    if not size.is_integer():
        raise wrong(where, value, "a whole number of points")
    return size


_OF_AN_EDGE: Mapping[str, Reader[Any]] = {
    "line": _colour,
    "line_style": one_of(*get_args(Line)),
    "line_width": _line_width,
}
_OF_A_NODE = {**_OF_AN_EDGE, "shape": one_of(*get_args(Shape)), "fill": _colour}
_READERS: Mapping[str, Reader[Any]] = {
    "base": one_of(*_BUILT_IN),
    "font": _font,
    "font_size": _size_of_names,
    "small_size": _size,
    "line_width": _line_width,
    "page": height_in_mm,
    "background": _colour,
    "text": _colour,
    "muted": _colour,
    "signs": _signs,
    **dict.fromkeys(SCREEN.nodes, _kind_style("fill", _OF_A_NODE)),
    **dict.fromkeys(SCREEN.edges, _kind_style("line", _OF_AN_EDGE)),
}


def _check_contrast(style: Style, where: str) -> None:
    behind = {"background": style.background, **{key: kind.fill for key, kind in style.nodes.items()}}
    for text_name in ("text", "muted"):
        text = getattr(style, text_name)
        for key, colour in behind.items():
            found = contrast(text, colour)
            if found < _LEAST_CONTRAST:
                raise CodeableError(
                    f"{where}: {text_name} {text} on {key} {colour} cannot be read: the contrast is "
                    f"{found:.1f}:1, {_LEAST_CONTRAST}:1 is needed; take a lighter fill or darker text",
                    exit_status=2,
                )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as the Web Content Accessibility Guidelines 2.1 define it.

    Example:
        >>> round(contrast("#000000", "#FFFFFF"), 1)
        21.0
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
