"""The labels of boxes and arrows in DOT: tables, with a row for each line of text. Called by `dot`.

Each row has an explicit height, because some fonts leave no room between lines.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from codeable.diagrams import dot_escape
from codeable.diagrams.diagram import Diagram, Edge, Node
from codeable.diagrams.dot_escape import MOST_BYTES, attribute
from codeable.diagrams.impact_signs import SIGNS, printed_sign
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.stereotypes import stereotype_lines
from codeable.diagrams.styles import Style, fine_size
from codeable.diagrams.wrapping import wrap
from codeable.terminal import cell_len

_LINE_HEIGHT = 1.15
"""Least distance of two lines, in sizes of their font."""
_CELL_PADDING = 1
PLAIN_TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
_TABLE = f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="{_CELL_PADDING}">'
_FIGURE_SPACE = "\u2007"
_INDENT = "\u2003"
RAIL = "r"
"""The port of a label through which its arrow runs."""
_ABOVE_RAIL = 3
_ABOVE_DESCRIPTION = 3
_ASIDE = 7
"""Points of a rail before and after its text, because a steep line to another rail may pass there."""
_ROOM = '<TR><TD HEIGHT="3"></TD></TR>'
_LETTER = 0.51
"""Width of a letter in sizes of its font, about."""

_Role = Literal["stereotype", "text", "description"]


def node_label(node: Node, diagram: Diagram) -> str:
    """The label of a box: its kind, name, forces, notes and evidence."""
    style, options = diagram.style, diagram.options
    small = options.small_wrap
    lines_above = lines_above_name(node, options)
    rows = [_muted_row(lines_above, style)] if lines_above else []
    rows += [_name_row(line, style) for line in _lines(node.name, options.wrap, options)]
    if node.impacts:
        lines = [dot_escape.html(line) for line in _impact_lines(node, options)]
        rows.append(_row(_cell(lines, style, left=True)))
    if node.values:
        lines = [dot_escape.html(line) or " " for line in lines_of_values(node, options)]
        rows.append(_row(_cell(lines, style, left=True)))
    rows += [_muted_row(_lines(note, small, options), style) for note in _texts_below(node, options)]
    label = f"<{_TABLE}{''.join(rows)}</TABLE>>"
    if len(label.encode()) > MOST_BYTES:
        return _plain_label(node, options)
    return label


def _lines(text: str, width: int, options: FigureOptions) -> tuple[str, ...]:
    return wrap(text, width, language=options.language)


def lines_above_name(node: Node, options: FigureOptions) -> list[str]:
    """The lines of small text above the name of a box: its kind, perhaps its evidence, its stereotypes."""
    above = node.kind.word.strip()
    if _has_evidence_above(node, options):
        above = f"{above} · {node.evidence}"
    found = [*_lines(above, options.small_wrap, options)] if above else []
    return [*found, *_stereotype_lines(node, options)]


def _stereotype_lines(node: Node, options: FigureOptions) -> Iterator[str]:
    width = options.small_wrap
    for line in stereotype_lines(node.stereotypes, lambda line: cell_len(line) <= width):
        yield from _lines(line, width, options)


def lines_of_values(node: Node, options: FigureOptions) -> Iterator[str]:
    """The lines of the values; those of one value but the first are indented."""
    width = options.small_wrap
    for value in node.values:
        first, *more = _lines(value, width, options)
        yield first
        yield from (f"{_INDENT}{line}" for line in more)


def _has_evidence_above(node: Node, options: FigureOptions) -> bool:
    """Whether the evidence is beside the kind: where there is room."""
    word, evidence = node.kind.word.strip(), node.evidence
    return bool(word and evidence) and cell_len(word) + cell_len(evidence) + 3 <= options.small_wrap


def _texts_below(node: Node, options: FigureOptions) -> list[str]:
    evidence = "" if _has_evidence_above(node, options) else node.evidence
    return [*filter(str.strip, node.notes), *filter(None, [evidence])]


def _row(cell: str) -> str:
    return f"<TR>{cell}</TR>"


def _name_row(line: str, style: Style) -> str:
    content = _in_size_of_names(dot_escape.html(line) or " ", style)
    return _row(f'<TD CELLPADDING="0" HEIGHT="{_line_height(style.font_size)}">{content}</TD>')


def _muted_row(lines: Iterable[str], style: Style) -> str:
    return _row(_cell([_muted(dot_escape.html(line) or " ", style) for line in lines], style))


def _cell(lines: Sequence[str], style: Style, *, left: bool = False) -> str:
    """A cell with lines of small text, which are markup already; several lines are a table in the cell."""
    align = ' ALIGN="LEFT"' if left else ""
    height = _line_height(style.small_size)
    if len(lines) == 1:
        return f'<TD{align} HEIGHT="{height + 2 * _CELL_PADDING}">{lines[0]}</TD>'
    rows = "".join(f'<TR><TD{align} HEIGHT="{height}">{line}</TD></TR>' for line in lines)
    return f"<TD{align}>{PLAIN_TABLE}{rows}</TABLE></TD>"


def _line_height(font_size: float) -> int:
    """The height of a row in points; Graphviz takes a whole number, and a row grows with a taller font."""
    return math.ceil(font_size * _LINE_HEIGHT)


def _in_size_of_names(content: str, style: Style) -> str:
    return f'<FONT POINT-SIZE="{style.font_size:g}"><B>{content}</B></FONT>'


def _muted(content: str, style: Style) -> str:
    """Markup in the muted colour, in the size that labels have by default."""
    return f"<FONT COLOR={attribute(style.muted)}>{content}</FONT>"


def _impact_lines(node: Node, options: FigureOptions) -> Iterator[str]:
    """One line per force, and more for a long one; the names of the forces are aligned.

    A figure space is as wide as a digit, which in most fonts is as wide as a plus sign.
    """
    room = max(len(impact.sign) for impact in node.impacts)
    for impact in node.impacts:
        before = printed_sign(impact.sign) + _FIGURE_SPACE * (room - len(impact.sign))
        for line in _lines(impact.force, max(options.small_wrap - room - 1, 6), options):
            yield f"{before} {line}"
            before = _FIGURE_SPACE * room


def _plain_label(node: Node, options: FigureOptions) -> str:
    """The label as a quoted string, for a text that is too long for an HTML-like label."""
    small = options.small_wrap
    lines = [*lines_above_name(node, options), *_lines(node.name, options.wrap, options)]
    lines += _impact_lines(node, options) if node.impacts else ()
    lines += lines_of_values(node, options)
    lines += [line for note in _texts_below(node, options) for line in _lines(note, small, options)]
    return dot_escape.quoted_lines(line for line in lines if line)


def edge_label(edge: Edge, diagram: Diagram, *, rail: int | None = None) -> str:
    """The label of an arrow: its stereotypes, text, notes and evidence; empty without any.

    Args:
        edge: The arrow.
        diagram: The diagram that it is in.
        rail: Least width in points of a label whose lower border is a piece of its arrow, else None.
    """
    if edge.kind.key == "impact" and edge.label in SIGNS and not edge.stereotypes:
        sign = _in_size_of_names(printed_sign(edge.label), diagram.style)
        lines = [(sign, _line_height(diagram.style.font_size))]
    else:
        lines = list(_small_lines(edge, diagram))
    if not lines:
        return ""
    if rail is None:
        rows = [_ROOM, *(_row(f'<TD HEIGHT="{height}">{line}</TD>') for line, height in lines), _ROOM]
    else:
        aside = f'<TD WIDTH="{_ASIDE}"></TD>'
        text = f'<TD ALIGN="LEFT" HEIGHT="{{}}" WIDTH="{rail}">{{}}</TD>'
        rows = [_row(f"{aside}{text.format(height, line)}{aside}") for line, height in lines]
        rows.append(_row(f'<TD COLSPAN="3" HEIGHT="{_ABOVE_RAIL}"></TD>'))
        rows.append(_row(f'<TD COLSPAN="3" PORT="{RAIL}" HEIGHT="0"></TD>'))
    label = f"<{PLAIN_TABLE}{''.join(rows)}</TABLE>>"
    if len(label.encode()) > MOST_BYTES:
        return dot_escape.quoted_lines(line for line, _ in edge_lines(edge, diagram.options))
    return label


def edge_lines(edge: Edge, options: FigureOptions) -> list[tuple[str, _Role]]:
    """The lines of the label of an arrow, each with what it is a line of."""
    width = options.edge_wrap
    parts: list[tuple[str, _Role]] = [(f"«{stereotype}»", "stereotype") for stereotype in edge.stereotypes]
    parts += [(edge.text, "text"), (edge.description, "description")]
    parts += [(text, "text") for text in (*edge.notes, edge.evidence)]
    return [(line, role) for text, role in parts if text.strip() for line in _lines(text, width, options)]


def rail_width(edge: Edge, diagram: Diagram) -> int:
    """About the width of the label of an arrow, in points."""
    columns = max((cell_len(line) for line, _ in edge_lines(edge, diagram.options)), default=0)
    return math.ceil(columns * _LETTER * diagram.style.small_size)


def _small_lines(edge: Edge, diagram: Diagram) -> Iterator[tuple[str, int]]:
    """The lines of the label of an arrow as markup, each with its height in points.

    A graph with a width may be made smaller, so there a description is as large as a text and a little below
    it.
    """
    style, last = diagram.style, ""
    may_shrink = diagram.options.width_mm is not None
    size = style.small_size if may_shrink else fine_size(style.small_size)
    height = _line_height(style.small_size)
    for line, role in edge_lines(edge, diagram.options):
        content = dot_escape.html(line) or " "
        if role == "description":
            if may_shrink and last == "text":
                yield "", _ABOVE_DESCRIPTION
            content = f'<FONT POINT-SIZE="{size:g}" COLOR={attribute(style.muted)}>{content}</FONT>'
        yield f"<I>{content}</I>" if role == "stereotype" else content, height
        last = role
