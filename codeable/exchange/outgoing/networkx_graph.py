"""The graph of a study for networkx, to be asked in Python. `Study.to_networkx` calls it."""

from typing import TYPE_CHECKING

from codeable.errors import CodeableError
from codeable.exchange.outgoing.graph import StudyGraph

if TYPE_CHECKING:
    import networkx


def networkx_graph(graph: StudyGraph) -> "networkx.MultiDiGraph":
    """The graph of a study as a `networkx.MultiDiGraph`.

    Raises:
        CodeableError: networkx is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise CodeableError("networkx is not installed: pip install 'codeable[exchange]'") from error
    made = networkx.MultiDiGraph(name=graph.name)
    for node in graph.nodes:
        made.add_node(node.name, **node.attributes)
    for edge in graph.edges:
        made.add_edge(edge.source, edge.target, **edge.attributes)
    return made
