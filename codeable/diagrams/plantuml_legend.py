"""The legend of a figure in PlantUML: samples made of letters, in the colours of the style."""

from collections.abc import Iterator

from codeable.diagrams.diagram import Diagram, LegendEntry
from codeable.diagrams.plantuml_escape import escape
from codeable.diagrams.styles import EdgeStyle, Line, NodeStyle, Style
from codeable.diagrams.wrapping import LINE_BREAK

_BOXES = {"solid": "[    ]", "bold": "<b>[    ]</b>", "dashed": "[- -]", "dotted": "[ · · ]"}
_SAMPLES = {"solid": "———", "bold": "———", "dashed": "- - -", "dotted": "· · ·"}
_TAILS = {"none": "", "arrow": "←", "triangle": "◁", "diamond": "◇", "filled diamond": "◆"}
_HEADS = {"none": "", "arrow": "→", "triangle": "▷", "diamond": "◇", "filled diamond": "◆"}
_BOLD_FROM = 1.2


def legend_lines(diagram: Diagram) -> Iterator[str]:
    """The legend: a line for each entry, and more for one whose text has several lines."""
    yield "legend left"
    for entry in diagram.legend:
        first, *more = (_meaning(entry, line) for line in LINE_BREAK.split(entry.text))
        yield f"{_sample(entry, diagram)} {first}"
        for line in more:
            yield led_by_markup(line, diagram.style)
    yield "endlegend"


def led_by_markup(escaped: str, style: Style) -> str:
    """A line that starts with markup, so that no text of the study can end a legend or a note.

    PlantUML has no colour inside another one: a line with a colour of its own stays as it is.
    """
    return escaped if escaped.startswith("<color:") else f"<color:{style.text}>{escaped or ' '}</color>"


def _meaning(entry: LegendEntry, line: str) -> str:
    is_pattern = entry.role == "node" and entry.key == "pattern"
    return f"<i>{escape(line)}</i>" if is_pattern else escape(line)


def _sample(entry: LegendEntry, diagram: Diagram) -> str:
    """The sample of an entry, in its colours. No line of a legend starts with a text of the study."""
    if entry.role == "node":
        style = diagram.style.node(entry.key)
        return f"<back:{style.fill}><color:{style.line}>{_BOXES[line_of(style)]}</color></back>"
    if entry.role == "edge":
        edge = diagram.style.edge(entry.key)
        return f"<color:{edge.line}>{_TAILS[edge.tail]}{_SAMPLES[edge.line_style]}{_HEADS[edge.head]}</color>"
    return led_by_markup(escape(entry.key), diagram.style)


def line_of(style: NodeStyle | EdgeStyle) -> Line:
    """PlantUML has two line widths for a single box or arrow: the default and bold."""
    return "bold" if style.line_style == "solid" and style.line_width >= _BOLD_FROM else style.line_style
