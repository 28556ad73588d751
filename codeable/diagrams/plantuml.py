"""A diagram as PlantUML that PlantUML of 2020 and of today draw alike; one function per kind of line."""

from collections.abc import Iterator

from codeable.diagrams.diagram import Diagram, Edge, LegendEntry, Node, NodeKind
from codeable.diagrams.plantuml_escape import escape, escape_lines, quoted
from codeable.diagrams.styles import EdgeLook, NodeLook
from codeable.diagrams.wrapping import wrap

__all__ = ["plantuml_text"]

_LEFT_ENDS = {"none": "", "arrow": "<", "triangle": "<|", "diamond": "o", "filled diamond": "*"}
_RIGHT_ENDS = {"none": "", "arrow": ">", "triangle": "|>", "diamond": "o", "filled diamond": "*"}
_SAMPLES = {"solid": "———", "bold": "———", "dashed": "– – –", "dotted": "· · ·"}
_PIXELS_PER_MM = 96 / 25.4
_BOLD_FROM = 1.2
_FIGURE_SPACES = "\u2007\u2007\u2007"


def plantuml_text(diagram: Diagram) -> str:
    """The whole text. It depends on the diagram alone."""
    lines = ["@startuml", *_head(diagram)]
    lines += _node_lines(diagram)
    lines += _edge_lines(diagram)
    if diagram.legend:
        lines += _legend(diagram)
    lines.append("@enduml\n")
    return "\n".join(lines)


def _head(diagram: Diagram) -> Iterator[str]:
    style, options = diagram.style, diagram.options
    yield f"' Drawn by codeable from the view {escape(diagram.name)}"
    yield "' Change the model, not this text."
    if options.direction == "LR":
        yield "left to right direction"
    if options.width_mm is not None:
        yield f"scale max {int(options.width_mm * _PIXELS_PER_MM)} width"
    yield "hide circle"
    yield "hide empty members"
    yield "skinparam shadowing false"
    yield f"skinparam backgroundColor {style.background}"
    yield f"skinparam defaultFontName {style.font.split(',')[0]}"
    yield f"skinparam defaultFontSize {_points(style.small_size)}"
    yield f"skinparam defaultFontColor {style.text}"
    yield f"skinparam classFontSize {_points(style.font_size)}"
    yield "skinparam classFontStyle bold"
    yield f"skinparam classStereotypeFontColor {style.muted}"
    yield f"skinparam legendBackgroundColor {style.background}"
    yield f"skinparam legendBorderColor {style.background}"
    if style.line_width < 1:
        yield f"skinparam classBorderThickness {style.line_width:g}"
        yield f"skinparam arrowThickness {style.line_width:g}"
    yield "skinparam class {"
    yield from _class_colours("", style.node("element"))
    for kind in dict.fromkeys(node.kind for node in diagram.nodes):
        if _is_in_head(kind):
            yield from _class_colours(f"<<{kind.word}>>", style.node(kind.key))
    yield "}"


def _points(size: float) -> int:
    """PlantUML takes whole points only."""
    return int(size + 0.5)


def _class_colours(stereotype: str, look: NodeLook) -> Iterator[str]:
    yield f"BackgroundColor{stereotype} {look.fill}"
    yield f"BorderColor{stereotype} {look.line}"


def _node_lines(diagram: Diagram) -> Iterator[str]:
    width, style = diagram.options.wrap, diagram.style
    kind, end, special = None, "", False
    for node in diagram.nodes:
        if node.kind is not kind:
            kind = node.kind
            look = style.node(kind.key)
            end = _after_alias(kind, look)
            special = kind.key == "empty" or look.shape == "double"
        name = node.name
        if len(name) > width or not name.replace(" ", "").isalnum():
            name = escape_lines(wrap(name, width))
        if node.notes or node.impacts or node.url or special:
            yield from _node_with_body(node, quoted(name), end, diagram)
        else:
            yield f'class "{name} " as {node.identifier}{end}'


def _after_alias(kind: NodeKind, look: NodeLook) -> str:
    """What follows the alias of a kind's nodes: its word, its line, its colours unless the head has them."""
    word = f" <<{escape(kind.word)}>>" if kind.word else ""
    colour = "" if _is_in_head(kind) else f" {look.fill}"
    line = "bold" if look.line_style == "solid" and look.line_width >= _BOLD_FROM else look.line_style
    if line == "solid":
        return word + colour if _is_in_head(kind) else f"{word}{colour} ##{look.line[1:]}"
    return f"{word}{colour} ##[{line}]{look.line[1:]}"


def _is_in_head(kind: NodeKind) -> bool:
    return kind.word.isascii() and kind.word.replace(" ", "").isalpha()


def _node_with_body(node: Node, name: str, end: str, diagram: Diagram) -> Iterator[str]:
    if node.kind.key == "empty":
        yield f"note {name} as {node.identifier}"
        return
    if node.url:
        word, colours = _split_end(end)
        end = f"{word} [[{node.url}]]{colours}"
    body = list(_body(node, diagram))
    if not body:
        yield f"class {name} as {node.identifier}{end}"
        return
    yield f"class {name} as {node.identifier}{end} {{"
    yield from body
    yield "}"


def _split_end(end: str) -> tuple[str, str]:
    word, close, colours = end.rpartition(">>")
    return word + close, colours


def _body(node: Node, diagram: Diagram) -> Iterator[str]:
    width = diagram.options.small_wrap
    if diagram.style.node(node.kind.key).shape == "double":
        yield "=="
    for impact in node.impacts:
        before = impact.sign
        for line in wrap(impact.force, width):
            yield f"{{field}} {escape(before)} {escape(line)}"
            before = _FIGURE_SPACES[: len(impact.sign)]
    if node.impacts and node.notes:
        yield "--"
    for note in node.notes:
        for line in wrap(note, width):
            yield f"{{field}} {escape(line)}"


def _edge_lines(diagram: Diagram) -> Iterator[str]:
    width = diagram.options.arrow_wrap
    kind, arrow = None, ""
    for edge in diagram.edges:
        if edge.kind is not kind:
            kind = edge.kind
            arrow = _arrow(diagram.style.edge(kind.key))
        label = edge.label
        if edge.stereotypes or edge.notes:
            label = _full_label(edge, width)
        elif len(label) > width or not label.replace(" ", "").isalnum():
            label = escape_lines(wrap(label, width))
        if label and not label.isspace():
            yield f"{edge.source} {arrow} {edge.target} : {label}"
        else:
            yield f"{edge.source} {arrow} {edge.target}"


def _arrow(look: EdgeLook) -> str:
    line = "bold" if look.line_style == "solid" and look.line_width >= _BOLD_FROM else look.line_style
    inside = look.line if line == "solid" else f"{look.line},{line}"
    return f"{_LEFT_ENDS[look.tail]}-[{inside}]-{_RIGHT_ENDS[look.head]}"


def _full_label(edge: Edge, width: int) -> str:
    texts = [
        *(
            f"<i>{escape(line)}</i>"
            for stereotype in edge.stereotypes
            for line in wrap(f"«{stereotype}»", width)
        ),
        *(escape(line) for text in (edge.label, *edge.notes) if text for line in wrap(text, width)),
    ]
    return r"\n".join(texts)


def _legend(diagram: Diagram) -> Iterator[str]:
    yield "legend left"
    for entry in diagram.legend:
        yield f"{_sample(entry, diagram)} {escape(entry.text)}"
    yield "endlegend"


def _sample(entry: LegendEntry, diagram: Diagram) -> str:
    """What the entry explains, in its colours; no line of a legend starts with a text of the study."""
    if entry.role == "node":
        look = diagram.style.node(entry.key)
        return f"<back:{look.fill}><color:{look.line}>{escape('▏    ▕')}</color></back>"
    if entry.role == "edge":
        edge = diagram.style.edge(entry.key)
        return f"<U+200B><color:{edge.line}>{escape(_SAMPLES[edge.line_style])}</color>"
    return f"<U+200B>{escape(entry.key)}"
