"""The kinds of nodes and edges.

Called by `build`, `edges` and `legend`; the writers know the kinds of the vocabulary from here.
"""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from codeable.diagrams.diagram import EdgeKind, NodeKind
from codeable.kernel import CClass, CEnum, CMetaclass, CNamedElement, CObject, CStereotype
from codeable.metamodels.isolation import modules_made

_NODE_KINDS_BY_METACLASS: Mapping[str, NodeKind] = {
    "source": NodeKind("source", "source"),
    "reference": NodeKind("source", "reference"),
    "decision": NodeKind("decision", "decision"),
    "do_nothing_design_solution": NodeKind("do_nothing", "do nothing"),
    "pattern": NodeKind("pattern", "pattern"),
    "practice": NodeKind("practice", "practice"),
    "design_solution": NodeKind("solution", "solution"),
    "force": NodeKind("force", "force"),
    "category": NodeKind("category", "category"),
    "domain_metaclass": NodeKind("domain_class", "domain class"),
    "known_use": NodeKind("element", "known use"),
    "code": NodeKind("element", "code"),
}
"""Name of a metaclass in the vocabulary → kind; the special metaclasses before the general ones."""

_NODE_KINDS_OF_COMPONENTS = (
    ("codeable.metamodels.component", "component", NodeKind("component", "Component")),
    ("codeable.metamodels.deployment", "deployment_node", NodeKind("deployment_node", "Deployment Node")),
)
"""Module and name of a metaclass that `codeable.dsl` does not have, and its kind."""

_FIRST_IN_LEGEND = (
    "decision",
    "practice",
    "pattern",
    "design_solution",
    "do_nothing_design_solution",
    "force",
)
NODE_KINDS = tuple(
    _NODE_KINDS_BY_METACLASS[name] for name in dict.fromkeys((*_FIRST_IN_LEGEND, *_NODE_KINDS_BY_METACLASS))
)
"""The kinds of the vocabulary, in the order of the legend."""

EMPTY = NodeKind("empty", "")
_OTHER_NODE_KINDS: tuple[tuple[type[CNamedElement], NodeKind], ...] = (
    (CMetaclass, NodeKind("element", "metaclass")),
    (CStereotype, NodeKind("element", "stereotype")),
    (CEnum, NodeKind("element", "enumeration")),
)
_ELEMENT = NodeKind("element", "")

OPTION = EdgeKind("option", "option")
RELATION = EdgeKind("relation", "relation between solutions")
NEXT = EdgeKind("next", "next decision")
IMPACT = EdgeKind("impact", "impact on a force")
CONTEXT = EdgeKind("context", "context")
EVIDENCE = EdgeKind("evidence", "found in source")
AGGREGATION = EdgeKind("aggregation", "has part")
COMPOSITION = EdgeKind("composition", "consists of")
INHERITANCE = EdgeKind("inheritance", "is a kind of")
LINK = EdgeKind("link", "link")

EDGE_KINDS = (
    OPTION,
    RELATION,
    NEXT,
    IMPACT,
    CONTEXT,
    EVIDENCE,
    AGGREGATION,
    COMPOSITION,
    INHERITANCE,
    LINK,
)
"""In the order of the legend."""


class NodeKinds:
    """The kind of the node of each element, under one vocabulary.

    An element of the study's own metaclass gets the style of the metaclass that this one specialises, and the
    name of its own metaclass as its word.

    Args:
        vocabulary: The study's `codeable.dsl`.

    Example:
        >>> import codeable.dsl as dsl
        >>> NodeKinds(dsl).of(dsl.CClass(dsl.pattern, "Event Bus"))
        NodeKind(key='pattern', word='pattern')
    """

    def __init__(self, vocabulary: ModuleType) -> None:
        modules = modules_made(vocabulary)
        known: list[tuple[ModuleType | None, str, NodeKind]] = []
        known += [(vocabulary, name, kind) for name, kind in _NODE_KINDS_BY_METACLASS.items()]
        known += [(modules.get(module), name, kind) for module, name, kind in _NODE_KINDS_OF_COMPONENTS]
        self._known = tuple(
            (metaclass, kind)
            for module, name, kind in known
            if (metaclass := getattr(module, name, None)) is not None
        )
        self._by_classifier: dict[Any, NodeKind] = dict(self._known)

    def of(self, element: CNamedElement) -> NodeKind:
        """The kind of an element's node."""
        if isinstance(element, CClass):
            metaclass = element.metaclass
            return self._by_classifier.get(metaclass) or self._specialised(metaclass)
        for cls, kind in _OTHER_NODE_KINDS:
            if isinstance(element, cls):
                return kind
        if isinstance(element, CObject) and element.classifier is not None:
            return NodeKind("element", element.classifier.name or "")
        return _ELEMENT

    def _specialised(self, metaclass: Any) -> NodeKind:
        key = next(
            (kind.key for known, kind in self._known if metaclass.is_classifier_of_type(known)), "element"
        )
        kind = self._by_classifier[metaclass] = NodeKind(key, metaclass.name or "")
        return kind


def next_line(decision: str, stereotypes: Iterable[str | None], texts: Iterable[str | None]) -> str:
    """A next decision that has no box, as a line in the box of the solution or decision before it.

    Example:
        >>> next_line("How is it secured?", ["Optional Next"], ["in a mesh", None])
        'next: How is it secured? «Optional Next» in a mesh'
    """
    words = (*(f"«{each}»" for each in stereotypes if each), *(text for text in texts if text))
    return " ".join(" ".join(part.split()) for part in ("next:", decision, *words) if part.strip())
