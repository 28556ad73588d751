"""The records of a diagram: nodes, edges and a legend, before any drawing language.

`build` makes a `Diagram`, `layout` lays it out, and the writers `plantuml` and `graph.dot` turn it into text.
All records are frozen.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from attrs import field, frozen

from codeable.diagrams.hyphenation import syllables
from codeable.diagrams.options import FigureOptions
from codeable.diagrams.styles import Style
from codeable.diagrams.wrapping import LINE_BREAK, pieces


@frozen
class NodeKind:
    """The kind of a node.

    Attributes:
        key: Its key in the style, such as `domain_class`.
        word: Its word in the picture, such as "domain class"; no word when empty.
    """

    key: str
    word: str


@frozen
class EdgeKind:
    """The kind of an edge.

    Attributes:
        key: Its key in the style, such as `option`.
        word: Its words in the legend, such as "option of a decision".
    """

    key: str
    word: str


@frozen
class ForceLine:
    """One force that a solution acts on.

    Attributes:
        sign: The sign of the impact (`++ + o − −− +/−`).
        force: The name of the force.
        key: What tells the force from others of the same name, as in `Diagram.forces`.
    """

    sign: str
    force: str
    key: str = ""


class Node(NamedTuple):
    """A box. A named tuple because a study has tens of thousands, and an attrs class takes twice the time.

    Attributes:
        identifier: ASCII letters, digits and underscores, unique in the diagram.
        kind: The kind of node.
        name: The display name, not wrapped.
        impacts: The forces that the element acts on, when the options show forces as lines.
        evidence: "12 sources", or their names; empty without evidence or when the options hide it.
        notes: Small texts below the name, such as the title of a source.
        url: Target of a click, safe to be written into any language of ours; None for no target.
        stereotypes: Names of stereotypes, shown between guillemets above the name.
        values: "port: 8080" and other values, when the options show them.
    """

    identifier: str
    kind: NodeKind
    name: str
    impacts: tuple[ForceLine, ...] = ()
    evidence: str = ""
    notes: tuple[str, ...] = ()
    url: str | None = None
    stereotypes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def tooltip(self) -> str:
        """What a reader sees who points at a box with a target; never empty, which Graphviz replaces."""
        return next(filter(str.strip, (self.name, self.kind.word, self.url or "box")))


class Edge(NamedTuple):
    """An arrow between two nodes. A named tuple for the same reason as `Node`.

    Attributes:
        source: Identifier of the node at its start.
        target: Identifier of the node at its end.
        kind: The kind of edge.
        label: The text on it.
        stereotypes: Names of stereotypes, shown between guillemets.
        notes: Small texts below the label.
        evidence: The evidence of the relation, as in `Node`.
        number: The number of an option in rails, from 1, in the order of declaration; 0 for other arrows.
        description: The description of an option, below the label and smaller.
    """

    source: str
    target: str
    kind: EdgeKind
    label: str = ""
    stereotypes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: str = ""
    number: int = 0
    description: str = ""

    @property
    def text(self) -> str:
        """The label, with the number of an option before it."""
        return f"{self.number}  {self.label}".rstrip() if self.number else self.label


@frozen
class LegendEntry:
    """One line of the legend: a sample (the style of a kind, or a sign) and its meaning."""

    role: Literal["node", "edge", "sign"]
    key: str
    text: str


@frozen
class Diagram:
    """The diagram of one view.

    Attributes:
        name: The identifier of the view.
        title: The title of the view.
        nodes: The boxes, in the order in which they are written.
        edges: The arrows, in the order in which they are written.
        legend: The entries of the legend; empty for no legend.
        options: The options that it was built with; its layout and forces are never None.
        style: Its colours, shapes and fonts.
        decisions: Identifiers of the nodes of the decisions that rails draw, in order; empty for a graph.
        forces: Key of each force that a solution acts on → its name, in the order of declaration.
        messages: What the figure draws otherwise than asked, each with the way out.
        kind: The kind of the view, as in `View`.
    """

    name: str
    title: str
    nodes: tuple[Node, ...] = field(repr=False)
    edges: tuple[Edge, ...] = field(repr=False)
    legend: tuple[LegendEntry, ...] = field(repr=False)
    options: FigureOptions = field(repr=False)
    style: Style = field(repr=False)
    decisions: tuple[str, ...] = field(default=(), repr=False)
    forces: Mapping[str, str] = field(factory=dict, repr=False, hash=False)
    messages: tuple[str, ...] = field(default=(), repr=False)
    kind: str = field(default="bundle", repr=False)

    @property
    def page_mm(self) -> float:
        """Height of a page in millimetres, for a figure with a width."""
        return self.options.height_mm or self.style.page


Draft = Callable[[FigureOptions], Diagram]
"""Builds the diagram of a view under the given options."""


@frozen
class FigurePart:
    """One file of a figure.

    Attributes:
        text: The DOT text that draws it.
        labels: The texts that must be visible in it.
        pages: The DOT texts of its pages, where a PDF has several; else empty.
    """

    text: str
    labels: tuple[str, ...]
    pages: tuple[str, ...] = ()


@frozen
class LaidOut:
    """A figure that can be drawn.

    Attributes:
        diagram: The diagram, under the options that make it fit.
        parts: One or more drawings.
        messages: What does not fit, is left out, or is drawn otherwise than asked, each with the way out.
    """

    diagram: Diagram
    parts: tuple[FigurePart, ...]
    messages: tuple[str, ...]


def visible_texts(diagram: Diagram) -> tuple[str, ...]:
    """Every text that a picture of the diagram must show, not wrapped, as often as it is drawn.

    Engines check pictures against it. Where words may be hyphenated, these are their syllables. Characters
    that no font draws are U+FFFD in the picture.
    """
    texts = (text for text in _texts(diagram) if text.strip())
    language = diagram.options.language
    if language is None:
        return tuple(texts)
    return tuple(
        syllable
        for text in texts
        for line in LINE_BREAK.split(text)
        for _, word in pieces(line)
        for syllable in syllables(word, language)
    )


def _texts(diagram: Diagram) -> Iterator[str]:
    for node in diagram.nodes:
        yield node.kind.word
        yield from node.stereotypes
        yield node.name
        for impact in node.impacts:
            yield impact.sign
            yield impact.force
        yield from node.values
        yield node.evidence
        yield from node.notes
    for edge in diagram.edges:
        yield from edge.stereotypes
        yield edge.label
        yield edge.description
        yield from edge.notes
        yield edge.evidence
    for entry in diagram.legend:
        yield entry.text
