"""Styles that a study's settings describe, `[tool.codeable.styles.NAME]`: a base and what differs from it."""

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from attrs import evolve

from codeable.diagrams.styles import PAPER, SCREEN, Line, Shape, Style
from codeable.errors import CodeableError
from codeable.settings import check_keys
from codeable.text import did_you_mean

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


def style_named(name: str, tables: Mapping[str, Mapping[str, object]] | None = None) -> Style:
    """The style of that name.

    A table of the study may have `base` (`screen` or `paper`), `font`, `font_size` (whole points),
    `small_size` (points), `background`, `text`, `muted` (colours), and the kinds of nodes and edges, each a
    colour (the fill of a node, the line of an edge) or a table with `shape`, `fill`, `line`, `line_style`,
    `line_width` (points).

    Raises:
        CodeableError: There is no such style, or its table holds something that cannot be drawn or read.

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
        f"there is no style {name!r}{did_you_mean(name, names)}\n"
        f"The styles are: {', '.join(names)}; a style of your own is a table [tool.codeable.styles.NAME]",
        exit_status=2,
    )


def _from_table(name: str, table: Mapping[str, object]) -> Style:
    where = f"[tool.codeable.styles.{name}]"
    if not isinstance(table, Mapping):
        raise CodeableError(f"{where} has to be a table, not {table!r}", exit_status=2)
    base = _base(table.get("base", "paper" if name == "paper" else "screen"), where)
    check_keys(table, ["base", *_OF_A_STYLE, *base.nodes, *base.edges], where)
    changes: dict[str, Any] = {"name": name}
    nodes, edges = dict(base.nodes), dict(base.edges)
    for key, value in table.items():
        if key in _OF_A_STYLE:
            changes[key] = _OF_A_STYLE[key](value, f"{where} {key}")
        elif key in nodes:
            nodes[key] = evolve(nodes[key], **_look(value, "fill", _OF_A_NODE, f"{where} {key}"))
        elif key in edges:
            edges[key] = evolve(edges[key], **_look(value, "line", _OF_AN_EDGE, f"{where} {key}"))
    style = evolve(base, nodes=nodes, edges=edges, **changes)
    _check_contrast(style, where)
    return style


def _base(value: object, where: str) -> Style:
    if not isinstance(value, str) or value not in _BUILT_IN:
        hint = did_you_mean(value, _BUILT_IN) if isinstance(value, str) else ""
        raise CodeableError(
            f"{where} base is {value!r}{hint}\nIt can be: {', '.join(_BUILT_IN)}", exit_status=2
        )
    return _BUILT_IN[value]


_Check = Callable[[object, str], object]


def _look(value: object, colour_of: str, checks: Mapping[str, _Check], where: str) -> dict[str, Any]:
    table = value if isinstance(value, Mapping) else {colour_of: value}
    check_keys(table, checks, where)
    return {key: checks[key](of, f"{where} {key}") for key, of in table.items()}


def _colour(value: object, where: str) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise CodeableError(
            f"{where} is {value!r}; a colour is written #RRGGBB, such as #0072B2", exit_status=2
        )
    return value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])


def _size(least: float, most: float) -> _Check:
    def check(value: object, where: str) -> float:
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not least <= value <= most:
            raise CodeableError(
                f"{where} is {value!r}; it has to be a number of points, from {least:g} to {most:g}",
                exit_status=2,
            )
        return float(value)

    return check


def _word_of(words: tuple[str, ...]) -> _Check:
    def check(value: object, where: str) -> str:
        if not isinstance(value, str) or value not in words:
            hint = did_you_mean(value, words) if isinstance(value, str) else ""
            raise CodeableError(f"{where} is {value!r}{hint}\nIt can be: {', '.join(words)}", exit_status=2)
        return value

    return check


def _font(value: object, where: str) -> str:
    if not isinstance(value, str) or not _FONT.fullmatch(value):
        raise CodeableError(
            f"{where} is {value!r}; it has to be the name of a font family, or several with commas between",
            exit_status=2,
        )
    return ",".join(family.strip() for family in value.split(",") if family.strip())


def _size_of_names(value: object, where: str) -> float:
    size = _size(5, 40)(value, where)
    if not isinstance(size, float) or not size.is_integer():
        raise CodeableError(f"{where} is {value!r}; names have a whole number of points", exit_status=2)
    return size


_OF_A_STYLE: Mapping[str, _Check] = {
    "font": _font,
    "font_size": _size_of_names,
    "small_size": _size(5, 40),
    "line_width": _size(0.25, 6),
    "background": _colour,
    "text": _colour,
    "muted": _colour,
}
_OF_A_NODE: Mapping[str, _Check] = {
    "shape": _word_of(get_args(Shape)),
    "fill": _colour,
    "line": _colour,
    "line_style": _word_of(get_args(Line)),
    "line_width": _size(0.25, 6),
}
_OF_AN_EDGE: Mapping[str, _Check] = {
    "line": _colour,
    "line_style": _word_of(get_args(Line)),
    "line_width": _size(0.25, 6),
}


def _check_contrast(style: Style, where: str) -> None:
    behind = {"background": style.background, **{key: look.fill for key, look in style.nodes.items()}}
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
