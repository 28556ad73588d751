"""What a figure consists of, before anybody decides on a language: nodes, edges and a legend, all frozen."""

from typing import Literal, NamedTuple

from attrs import field, frozen

from codeable.diagrams.options import FigureOptions
from codeable.diagrams.styles import Style

__all__ = ["Diagram", "Edge", "EdgeKind", "Impact", "LegendEntry", "Node", "NodeKind"]


@frozen
class NodeKind:
    """What kind of thing a node stands for.

    Attributes:
        key: The look in the style, such as `domain_class`.
        word: The word in the picture, such as "domain class"; none when empty.
    """

    key: str
    word: str


@frozen
class EdgeKind:
    """What kind of relation an edge stands for.

    Attributes:
        key: The look in the style, such as `option`.
        word: The words of the legend, such as "option of a decision".
    """

    key: str
    word: str


@frozen
class Impact:
    """How a solution acts on a force: a sign (`++ + o − −− +/−`) and the force's name."""

    sign: str
    force: str


class Node(NamedTuple):
    """A box; a named tuple, as whole studies have tens of thousands and an attrs class takes twice the time.

    Attributes:
        identifier: ASCII letters, digits and underscores, unique in the diagram; a text's alias for the node.
        kind: What it stands for.
        name: The display name, as long as it is.
        impacts: The forces that it acts on, when they are shown as lines.
        evidence: Where it was met: "12 sources", or their names; empty when nobody asked or nobody met it.
        notes: What else stands small below the name, such as the title of a source.
        url: Where a click leads, already safe to be written; None for nowhere.
    """

    identifier: str
    kind: NodeKind
    name: str
    impacts: tuple[Impact, ...] = ()
    evidence: str = ""
    notes: tuple[str, ...] = ()
    url: str | None = None


class Edge(NamedTuple):
    """An arrow between two nodes, named by their identifiers; a named tuple as `Node` is one.

    Attributes:
        source: Where it starts.
        target: Where it ends.
        kind: What it stands for.
        label: The text on it.
        stereotypes: Names of stereotypes, shown between guillemets.
        notes: What stands small below the label.
        evidence: Where the relation was met, as for a node.
    """

    source: str
    target: str
    kind: EdgeKind
    label: str = ""
    stereotypes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: str = ""


@frozen
class LegendEntry:
    """One line of the legend: a sample (a kind's look, or a sign) and what it means."""

    role: Literal["node", "edge", "sign"]
    key: str
    text: str


@frozen
class Diagram:
    """A figure of one view, ready to be written in any language.

    Attributes:
        name: The view's identifier.
        title: What it shows, in the words of the study.
        description: The same for somebody who cannot see it.
        nodes: The boxes, in the order in which they are written.
        edges: The arrows, likewise.
        legend: What the legend explains; empty for none.
        options: What was asked for.
        style: How it looks.
    """

    name: str
    title: str
    description: str
    nodes: tuple[Node, ...] = field(repr=False)
    edges: tuple[Edge, ...] = field(repr=False)
    legend: tuple[LegendEntry, ...] = field(repr=False)
    options: FigureOptions = field(repr=False)
    style: Style = field(repr=False)
