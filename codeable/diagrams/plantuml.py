"""Writes a diagram as PlantUML text, which PlantUML of 2020 and current ones draw alike.

Called by `render` and by figures of a study.
"""

import math
import re
from collections.abc import Iterator, Sequence

from codeable.diagrams.diagram import Diagram, Edge, Node, NodeKind
from codeable.diagrams.impact_signs import SIGNS
from codeable.diagrams.kinds import NODE_KINDS
from codeable.diagrams.options import POINTS_PER_INCH, FigureOptions
from codeable.diagrams.plantuml_escape import LINE_FEED, escape, is_plain, quoted
from codeable.diagrams.plantuml_legend import led_by_markup, legend_lines, line_of
from codeable.diagrams.styles import EdgeStyle, NodeStyle, fine_size
from codeable.diagrams.wrapping import wrap

_LEFT_ENDS = {"none": "", "arrow": "<", "triangle": "<|", "diamond": "o", "filled diamond": "*"}
_RIGHT_ENDS = {"none": "", "arrow": ">", "triangle": "|>", "diamond": "o", "filled diamond": "*"}
_PIXELS_PER_INCH = 96
"""PlantUML counts all sizes in pixels; the sizes of a style are in points."""
_LONGEST_LINE = 2000
"""Characters on one line of a text; the JavaScript build of PlantUML fails on a line of 4,000."""
_NOT_IN_A_NAME = re.compile(r"\W+")
_BETWEEN_BRACKETS = re.compile(
    r"(?!(?:[bisuw]|sub|sup|del|plain|strike|img|image|size|color|back|font)\b)[^\W_](?:[\w -]*[^\W_])?",
    re.IGNORECASE,
)
"""A stereotype that PlantUML takes for no markup behind an angle bracket."""
_SPACE = "\u00a0"
"""A blank that PlantUML keeps at the start of a member and behind a sign; two are as wide as a plus sign."""


def plantuml_text(diagram: Diagram) -> str:
    """The PlantUML text of a diagram; equal diagrams give equal texts."""
    lines = ["@startuml", *_head(diagram)]
    lines += _node_lines(diagram)
    lines += _edge_lines(diagram)
    if diagram.legend:
        lines += legend_lines(diagram)
    lines.append("@enduml\n")
    return "\n".join(lines)


def _head(diagram: Diagram) -> Iterator[str]:
    style, options = diagram.style, diagram.options
    yield f"' Drawn by codeable from the view {_NOT_IN_A_NAME.sub('_', diagram.name)}"
    yield "' Change the model, not this text."
    if diagram.decisions:
        yield "' The figure is drawn as rails; this is its graph, with the numbers of the options."
    if options.direction == "LR":
        yield "left to right direction"
    yield "hide circle"
    yield "hide empty members"
    yield "skinparam shadowing false"
    yield f"skinparam backgroundColor {style.background}"
    yield f"skinparam defaultFontName {style.font.split(',')[0]}"
    yield f"skinparam defaultFontSize {_pixels(style.small_size)}"
    yield f"skinparam defaultFontColor {style.text}"
    yield f"skinparam classFontSize {_pixels(style.font_size)}"
    yield "skinparam classFontStyle bold"
    # So the plus sign of a force is text, not a drawn sign of visibility.
    yield "skinparam classAttributeIconSize 0"
    yield f"skinparam classStereotypeFontColor {style.muted}"
    yield f"skinparam legendFontSize {_pixels(style.small_size)}"
    yield f"skinparam legendBackgroundColor {style.background}"
    yield f"skinparam legendBorderColor {style.background}"
    thickness = f"{style.line_width * _PIXELS_PER_INCH / POINTS_PER_INCH:.2g}"
    yield f"skinparam classBorderThickness {thickness}"
    yield f"skinparam arrowThickness {thickness}"
    yield "skinparam class {"
    yield from _class_colours("", style.node("element"))
    for kind in dict.fromkeys({id(node.kind): node.kind for node in diagram.nodes}.values()):
        if _is_in_head(kind):
            yield from _class_colours(f"<<{kind.word}>>", style.node(kind.key))
    yield "}"


def _pixels(points: float) -> int:
    """Whole pixels, as PlantUML wants for fonts. Rounded up, so no text is smaller than its style."""
    return math.ceil(points * _PIXELS_PER_INCH / POINTS_PER_INCH)


def _class_colours(stereotype: str, style: NodeStyle) -> Iterator[str]:
    yield f"BackgroundColor{stereotype} {style.fill}"
    yield f"BorderColor{stereotype} {style.line}"


def _node_lines(diagram: Diagram) -> Iterator[str]:
    width, style = diagram.options.wrap, diagram.style
    ends: dict[int, tuple[str, str, bool]] = {}
    fields: dict[str, str] = {}
    for node in diagram.nodes:
        identifier, kind, name, impacts, evidence, notes, url, stereotypes, values = node
        known = ends.get(id(kind))
        if known is None:
            end = _after_alias(kind, style.node(kind.key))
            known = ends[id(kind)] = _keyword(kind), end, is_plain(kind.word)
        keyword, end, word_is_plain = known
        rest: list[str] = []
        if stereotypes:
            shown, above = _between_brackets(stereotypes, diagram.options)
            end = _after_alias(kind, style.node(kind.key), shown)
            name, rest = _name(node, diagram, above)
            name = quoted(name)
        elif len(name) > width or not word_is_plain or not is_plain(name):
            name, rest = _name(node, diagram)
            name = quoted(name)
        else:
            name = f'"{name}"'
        if impacts or notes or rest or url or values or kind.key == "empty":
            yield from _node_with_body(node, name, rest, end, diagram)
        elif evidence:
            field = fields.get(evidence)
            if field is None:
                field = fields[evidence] = _fields(evidence, diagram.options)
            yield f"{keyword} {name} as {identifier}{end} {{\n{field}\n}}"
        else:
            yield f"{keyword} {name} as {identifier}{end}"


def _keyword(kind: NodeKind) -> str:
    """The name of a pattern is in italics, so that it differs from a practice without colours too."""
    return "abstract class" if kind.key == "pattern" else "class"


def _wrapped(text: str, width: int, options: FigureOptions) -> Iterator[str]:
    """The lines of a text, escaped."""
    return map(escape, wrap(text, width, language=options.language))


def _between_brackets(
    stereotypes: Sequence[str], options: FigureOptions
) -> tuple[Sequence[str], Sequence[str]]:
    """The stereotypes that PlantUML draws itself, and those that are text above the name: all or none."""
    if all(len(each) <= options.small_wrap and _BETWEEN_BRACKETS.fullmatch(each) for each in stereotypes):
        return stereotypes, ()
    return (), stereotypes


def _name(node: Node, diagram: Diagram, stereotypes: Sequence[str] = ()) -> tuple[str, list[str]]:
    """The name on one line of the text, and the lines of a very long name that do not fit there.

    PlantUML reads no escape in a stereotype; a word that needs one is above the name.
    """
    options, style = diagram.options, diagram.style
    word = "" if is_plain(node.kind.word) else node.kind.word
    above = (word, *(f"«{each}»" for each in stereotypes))
    start = f"<size:{_pixels(style.small_size)}><color:{style.muted}><plain><i>"
    lines = [
        f"{start}{line}</i></plain></color></size>"
        for text in above
        for line in _wrapped(text, options.small_wrap, options)
        if line
    ]
    lines += _wrapped(node.name, options.wrap, options)
    used = 0
    for position, line in enumerate(lines):
        used += len(line) + 2
        if used > _LONGEST_LINE:
            return LINE_FEED.join(lines[:position]), lines[position:]
    return LINE_FEED.join(lines), []


def _after_alias(kind: NodeKind, style: NodeStyle, stereotypes: Sequence[str] = ()) -> str:
    """The end of a node's line, after its alias: word, line, and colours unless the head has them.

    A stereotype may be the word of another kind, so a box with stereotypes has colours of its own.
    """
    words = (*([kind.word] if is_plain(kind.word) else []), *stereotypes)
    word = "".join(f" <<{each}>>" for each in words)
    has_colours = _is_in_head(kind) and not stereotypes
    colour = "" if has_colours else f" {style.fill}"
    line = line_of(style)
    if line == "solid":
        return word + colour if has_colours else f"{word}{colour} ##{style.line[1:]}"
    return f"{word}{colour} ##[{line}]{style.line[1:]}"


def _is_in_head(kind: NodeKind) -> bool:
    """Whether the head has the colours of the kind, by its word: true for the kinds of the vocabulary."""
    return kind in NODE_KINDS


def _node_with_body(node: Node, name: str, rest: list[str], end: str, diagram: Diagram) -> Iterator[str]:
    if node.kind.key == "empty":
        yield f"note {name} as {node.identifier}"
        return
    if node.url:
        word, close, colours = end.rpartition(">>")
        end = f"{word}{close} [[{node.url}]]{colours}"
    head = f"{_keyword(node.kind)} {name} as {node.identifier}{end}"
    body = [f"{{field}} {line}" for line in rest]
    body += _body(node, diagram)
    if not body:
        yield head
        return
    yield f"{head} {{"
    yield from body
    yield "}"


def _body(node: Node, diagram: Diagram) -> Iterator[str]:
    options = diagram.options
    for impact in node.impacts:
        before = impact.sign if impact.sign in SIGNS else escape(impact.sign)
        for line in _wrapped(impact.force, options.small_wrap, options):
            yield f"{{field}} {before}{_SPACE}{line}"
            before = _SPACE * 2 * len(impact.sign)
    below = [text for text in (*node.values, *node.notes, node.evidence) if text]
    if node.impacts and below:
        yield "--"
    for text in below:
        yield _fields(text, options)


def _fields(text: str, options: FigureOptions) -> str:
    return "\n".join(f"{{field}} {line}" for line in _wrapped(text, options.small_wrap, options))


def _edge_lines(diagram: Diagram) -> Iterator[str]:
    options, width = diagram.options, diagram.options.edge_wrap
    last_kind, arrow = None, ""
    for edge in diagram.edges:
        source, target, kind, label, stereotypes, notes, evidence, number, description = edge
        if number:
            label = edge.text
        if kind is not last_kind:
            last_kind = kind
            arrow = _arrow(diagram.style.edge(kind.key))
        if stereotypes or notes or evidence or description:
            label = _full_label(edge, diagram)
        elif not label:
            yield f"{source} {arrow} {target}"
            continue
        elif len(label) <= width and is_plain(label):
            yield f"{source} {arrow} {target} : {label}"
            continue
        else:
            label = LINE_FEED.join(_wrapped(label, width, options))
        if len(label) > _LONGEST_LINE:
            yield f"{source} {arrow} {target}"
            yield "note on link"
            yield from (led_by_markup(line, diagram.style) for line in label.split(LINE_FEED))
            yield "end note"
        elif label and not label.isspace():
            yield f"{source} {arrow} {target} : {label}"
        else:
            yield f"{source} {arrow} {target}"


def _arrow(style: EdgeStyle) -> str:
    line = line_of(style)
    inside = style.line if line == "solid" else f"{style.line},{line}"
    return f"{_LEFT_ENDS[style.tail]}-[{inside}]-{_RIGHT_ENDS[style.head]}"


def _full_label(edge: Edge, diagram: Diagram) -> str:
    options = diagram.options
    lines = [f"<i>{line}</i>" for stereotype in edge.stereotypes for line in _guillemets(stereotype, options)]
    lines += _wrapped(edge.text, options.edge_wrap, options) if edge.text else ()
    if edge.description.strip():
        lines += _description(edge, diagram)
    for text in filter(None, (*edge.notes, edge.evidence)):
        lines += _wrapped(text, options.edge_wrap, options)
    return LINE_FEED.join(lines)


def _description(edge: Edge, diagram: Diagram) -> Iterator[str]:
    style = diagram.style
    fine = f"<color:{style.muted}><size:{_pixels(fine_size(style.small_size))}>"
    for line in _wrapped(edge.description, diagram.options.edge_wrap, diagram.options):
        yield f"{fine}{line or ' '}</size></color>"


def _guillemets(stereotype: str, options: FigureOptions) -> Iterator[str]:
    """The lines of a stereotype between guillemets, which PlantUML writes for angle brackets on one line."""
    lines = list(_wrapped(f"«{stereotype}»", options.edge_wrap, options))
    if len(lines) == 1 and _BETWEEN_BRACKETS.fullmatch(stereotype):
        yield f"<<{stereotype}>>"
    else:
        yield from lines
