"""The entries of a legend: the kinds and signs that occur in a figure. Called by `build`.

`graph.legend`, `plantuml` and `rails.legend` draw them, the first and the last in the sizes given here.
"""

from collections.abc import Collection

from codeable.diagrams.diagram import Edge, LegendEntry, Node
from codeable.diagrams.impact_signs import SIGNS, printed_sign
from codeable.diagrams.kinds import EDGE_KINDS, EMPTY, LINK, NODE_KINDS
from codeable.diagrams.styles import SMALLEST_ON_PAPER, fine_size

LEGEND_LINE = 1.5
"""Distance of two lines of a legend, in sizes of its font."""
BOX_SAMPLE = 2.1, 1.1
"""Width and height of the sample of a box, in sizes of the font."""
ARROW_SAMPLE = 2.8
"""Length of the sample of an arrow, in sizes of the font."""


def legend_size(small: float) -> float:
    """The size of the font of a legend in points: smaller than the small text, and readable on paper.

    Example:
        >>> legend_size(9.0), legend_size(7.5)
        (8.0, 7.0)
    """
    return max(SMALLEST_ON_PAPER, fine_size(small))


def legend(nodes: Collection[Node], edges: Collection[Edge]) -> tuple[LegendEntry, ...]:
    """The entries for the kinds and signs that occur. Their order is the same in every diagram.

    The vocabulary's kinds of nodes come first, then the kinds of the study's own metaclasses. Boxes that all
    look alike are not explained: each says what it is. Nor are arrows that are all mere links.
    """
    node_kinds = set({id(node.kind): node.kind for node in nodes}.values())
    edge_kinds = set({id(edge.kind): edge.kind for edge in edges}.values())
    signs = {impact.sign for node in nodes for impact in node.impacts}
    signs.update(edge.label for edge in edges if edge.kind.key == "impact")
    known = [kind for kind in NODE_KINDS if kind in node_kinds]
    own = sorted(node_kinds.difference(NODE_KINDS, [EMPTY]), key=lambda kind: (kind.key, kind.word))
    kinds = [kind for kind in (*known, *own) if kind.word]
    if edge_kinds == {LINK}:
        edge_kinds = set()
    look_alike = len({kind.key for kind in kinds}) < 2
    return (
        *(LegendEntry("node", kind.key, kind.word) for kind in kinds if not look_alike),
        *(LegendEntry("edge", kind.key, kind.word) for kind in EDGE_KINDS if kind in edge_kinds),
        *(LegendEntry("sign", sign, meaning) for sign, meaning in SIGNS.items() if sign in signs),
    )


def wording(entry: LegendEntry) -> str:
    """The text of an entry; a sign has no sample but itself.

    Example:
        >>> wording(LegendEntry("sign", "++", "very positive"))
        '++ very positive'
    """
    return f"{printed_sign(entry.key)} {entry.text}" if entry.role == "sign" else entry.text
