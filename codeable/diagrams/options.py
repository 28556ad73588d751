"""The options of a figure: what it shows and how large it is. From settings, command line or a call.

Called by `render` and `Study`, which merge them; `build`, `fitting` and the writers read them.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from attrs import frozen

from codeable.diagrams.advice import dialect_of, written
from codeable.diagrams.hyphenation import check_language
from codeable.diagrams.urls import clickable
from codeable.errors import CodeableError
from codeable.schema import Reader, one_of, read_table, switch, text, whole_number, wrong

Layout = Literal["rails", "graph"]
Forces = Literal["none", "lines", "matrix", "nodes"]
Evidence = Literal["none", "count", "ids"]
Direction = Literal["LR", "TB"]
Relations = Literal["none", "lines", "graph"]

_FIELD = re.compile(r"\{(\w*)\}")
_FILE_IN_THE_WEB = re.compile(r"\s*https?://[^/?#{]+[/?#].*\{path\}", re.IGNORECASE)
_LINKS_EXAMPLE = "https://example.org/study/blob/main/{path}#L{line}"

_WIDTHS = "84mm (one column), 178mm (two columns), 17.8cm or 7in"
_HEIGHTS = "240mm, 24cm or 9.5in"
"""Examples in a message."""
NARROWEST_WRAP = 6
WIDEST_WRAP = 200
NARROWEST_MM = 20.0
WIDEST_MM = 2000.0

_WIDTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(mm|cm|in|pt|)\s*", re.IGNORECASE)
MM_PER_INCH = 25.4
POINTS_PER_INCH = 72
POINTS_PER_MM = POINTS_PER_INCH / MM_PER_INCH
_MM_PER_UNIT = {"mm": 1.0, "cm": 10.0, "in": MM_PER_INCH, "pt": 1 / POINTS_PER_MM, "": 1.0}


@frozen
class FigureOptions:
    """The options of a figure. The defaults are what the main job draws.

    Attributes:
        layout: `rails`, one numbered line per option of a decision, or `graph`; None for rails where the
            view has decisions with options, else a graph.
        forces: Whether forces are hidden, lines in the box of the solution that acts on them, a matrix of
            options and forces beside or below the rails, or nodes; None for a matrix in rails, else lines.
        evidence: Whether the evidence of a code is hidden, the number of its sources, or their names.
        wrap: Columns of a label before it is wrapped.
        direction: From left to right or from top to bottom.
        relations: Whether relations between solutions are hidden, lines in the box of an option, or boxes at
            the right of the rails. A graph draws them as arrows unless they are hidden.
        values: Whether boxes show the values of elements: attribute values and tagged values. Arrows always
            show the tagged values of links.
        legend: Whether a legend explains the shapes, colours and signs.
        contexts: Whether the contexts of a decision are drawn.
        categories: Whether the category of a decision is drawn.
        style: `screen`, `paper`, or a style of the study's settings.
        width_mm: Width on paper that the figure has to fit into, in millimetres.
        height_mm: Height of a page in millimetres, with a width; None for the height in the style.
        parts: Number of figures into which the rails of a decision are cut; None for as many as are needed.
        parts_for_all: Whether `parts` is given for all figures: one with fewer options has fewer, unsaid.
        language: The language of the names, such as `en_GB`, by whose rules a long word is hyphenated; None
            for no hyphenation.
        links: The address of a file of the study, with `{path}` and perhaps `{line}` in it, such as
            `https://example.org/study/blob/main/{path}#L{line}`; None for boxes without links.
    """

    layout: Layout | None = None
    forces: Forces | None = None
    evidence: Evidence = "count"
    wrap: int = 28
    direction: Direction = "LR"
    relations: Relations = "lines"
    values: bool = False
    legend: bool = True
    contexts: bool = False
    categories: bool = False
    style: str = "screen"
    width_mm: float | None = None
    height_mm: float | None = None
    parts: int | None = None
    parts_for_all: bool = False
    language: str | None = None
    links: str | None = None

    @property
    def small_wrap(self) -> int:
        """Columns of small text in a box. Its letters are narrower than the bold letters of the name."""
        return self.wrap * 5 // 4

    @property
    def edge_wrap(self) -> int:
        """Columns of the label of an edge."""
        return max(self.wrap * 5 // 6, NARROWEST_WRAP)


def figure_options(
    *tables: Mapping[str, object], where: Sequence[str] = (), **given: object
) -> FigureOptions:
    """Options from tables of settings and from keyword arguments. Later ones win, arguments most of all.

    Forces as nodes in a stronger table mean a graph, whatever layout a weaker one has.

    A table may have `width` ("84mm", "17.8 cm", 178) instead of `width_mm`. `forces=True` means lines,
    `evidence=True` means the count, and False means none. An argument that is None is ignored.

    Args:
        *tables: Options by name, the weakest first.
        where: What messages call each table.
        **given: Options by name.

    Raises:
        CodeableError: An option or a value does not exist. The message has the nearest valid ones.

    Example:
        >>> figure_options({"wrap": 20, "forces": "none"}, forces=True, width="84mm").width_mm
        84.0
        >>> figure_options(wrap=3)
        Traceback (most recent call last):
        codeable.errors.CodeableError: the figure: wrap must be a number of columns, from 6 to 200, not 3
    """
    asked = {name: value for name, value in given.items() if value is not None}
    merged: dict[str, object] = {}
    for position, table in enumerate((*tables, asked)):
        named = where[position] if position < min(len(where), len(tables)) else "the figure"
        read = _checked(table, named)
        if read.get("forces") == "nodes" and "layout" not in read:
            merged.pop("layout", None)
        merged.update(read)
        if merged.get("forces") == "nodes" and merged.get("layout") == "rails":
            nodes, graph, matrix = (
                written(options, dialect_of(named))
                for options in ({"forces": "nodes"}, {"layout": "graph"}, {"forces": "matrix"})
            )
            raise CodeableError(
                f"{named}: rails have no place for the arrows of {nodes}; take {graph}, or {matrix}",
                exit_status=2,
            )
    return FigureOptions(**merged)  # type: ignore[arg-type]  # every value was checked by name


def width_in_mm(width: object, where: str = "the width", examples: str = _WIDTHS) -> float:
    """A length such as "84mm", "17.8 cm", "7in", "505pt" or 178 (millimetres) as a number of millimetres.

    Raises:
        CodeableError: It is no length, or not one that a figure can have; the message has the examples.

    Example:
        >>> width_in_mm("8.4 cm"), width_in_mm(178)
        (84.0, 178.0)
    """
    millimetres: float = math.nan
    if isinstance(width, int | float) and not isinstance(width, bool):
        millimetres = width  # perhaps too many digits for a number with a point
    elif isinstance(width, str) and (match := _WIDTH.fullmatch(width)):
        millimetres = float(match[1]) * _MM_PER_UNIT[match[2].lower()]
    if not NARROWEST_MM <= millimetres <= WIDEST_MM:
        lengths = f"such as {examples}, from {NARROWEST_MM:.0f} to {WIDEST_MM:.0f} mm"
        raise wrong(where, width, f"a length {lengths}")
    return round(float(millimetres), 6)


def height_in_mm(height: object, where: str) -> float:
    """As `width_in_mm`, for the height of a page."""
    return width_in_mm(height, where, _HEIGHTS)


def _checked(table: Mapping[str, object], where: str) -> dict[str, object]:
    checked = read_table(table, _READERS, where)
    for side in ("width", "height"):
        if side in checked:
            if f"{side}_mm" in checked:
                raise CodeableError(f"{where} has both {side} and {side}_mm; give one of them", exit_status=2)
            checked[f"{side}_mm"] = checked.pop(side)
    return checked


def _or_switch(*words: str, true: str) -> Reader[str]:
    """A reader of one of some words; true means ``true``, false means "none"."""
    word = one_of(*words)

    def read(value: object, where: str) -> str:
        found: str = word(value, where) if not isinstance(value, bool) else true if value else "none"
        return found

    return read


def _or_none(reader: Reader[Any]) -> Reader[Any]:
    """A reader that also takes None, by which a call asks for the default in place of the settings."""
    return lambda value, where: None if value is None else reader(value, where)


def _language(value: object, where: str) -> str:
    language = text(value, where)
    try:
        check_language(language)
    except CodeableError as error:
        raise CodeableError(f"{where}: {error.message}", exit_status=2) from error
    return language


def _address(value: object, where: str) -> str:
    address = text(value, where)
    unknown = set(_FIELD.findall(address)) - {"path", "line"}
    if unknown or not _FILE_IN_THE_WEB.match(address) or clickable(_FIELD.sub("x", address)) is None:
        raise wrong(
            where, value, "an address with {path} and perhaps {line} in it, such as " + _LINKS_EXAMPLE
        )
    return address


_READERS: Mapping[str, Reader[object]] = {
    "layout": _or_none(one_of(*get_args(Layout))),
    "forces": _or_none(_or_switch(*get_args(Forces), true="lines")),
    "evidence": _or_switch(*get_args(Evidence), true="count"),
    "wrap": whole_number(NARROWEST_WRAP, WIDEST_WRAP, "a number of columns"),
    "direction": one_of(*get_args(Direction)),
    "relations": _or_switch(*get_args(Relations), true="lines"),
    "values": switch,
    "legend": switch,
    "contexts": switch,
    "categories": switch,
    "style": text,
    "width": _or_none(width_in_mm),
    "width_mm": _or_none(width_in_mm),
    "height": _or_none(height_in_mm),
    "height_mm": _or_none(height_in_mm),
    "parts": _or_none(whole_number(1, 99)),
    "language": _or_none(_language),
    "links": _or_none(_address),
}

OPTION_NAMES = tuple(_READERS)
"""Every key of a table of options."""
