"""What kind of node an element becomes, and which word the picture says for it."""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from codeable.diagrams.diagram import NodeKind
from codeable.kernel import CClass, CEnum, CMetaclass, CNamedElement, CObject, CStereotype

__all__ = ["EMPTY", "NODE_KINDS", "NodeKinds"]

_BY_METACLASS: tuple[tuple[str, str, str], ...] = (
    ("source", "source", "source"),
    ("reference", "source", "reference"),
    ("decision", "decision", "decision"),
    ("do_nothing_design_solution", "do_nothing", "do nothing"),
    ("pattern", "pattern", "pattern"),
    ("practice", "practice", "practice"),
    ("design_solution", "solution", "solution"),
    ("force", "force", "force"),
    ("category", "category", "category"),
    ("domain_metaclass", "domain_class", "domain class"),
    ("known_use", "element", "known use"),
    ("code", "element", "code"),
)
"""Name of a metaclass in the vocabulary, look, word; the special ones before the general."""

EMPTY = NodeKind("empty", "")
_BY_NAME: Mapping[str, NodeKind] = {name: NodeKind(key, word) for name, key, word in _BY_METACLASS}
_OTHER: tuple[tuple[type[CNamedElement], NodeKind], ...] = (
    (CMetaclass, NodeKind("element", "metaclass")),
    (CStereotype, NodeKind("element", "stereotype")),
    (CEnum, NodeKind("element", "enumeration")),
)
_ELEMENT = NodeKind("element", "")

_IN_A_LEGEND = ("decision", "practice", "pattern", "design_solution", "do_nothing_design_solution", "force")
NODE_KINDS = tuple(_BY_NAME[name] for name in dict.fromkeys((*_IN_A_LEGEND, *_BY_NAME)))
"""The kinds of the vocabulary in the order of a legend."""


class NodeKinds:
    """The kinds of nodes under one vocabulary.

    A metaclass of the study's own looks as the one that it specialises, and says its own name.

    Args:
        vocabulary: The study's `codeable.dsl`.

    Example:
        >>> import codeable.dsl as dsl
        >>> NodeKinds(dsl).of(dsl.CClass(dsl.pattern, "Event Bus"))
        NodeKind(key='pattern', word='pattern')
    """

    def __init__(self, vocabulary: ModuleType) -> None:
        self._known = tuple(
            (metaclass, kind)
            for name, kind in _BY_NAME.items()
            if (metaclass := getattr(vocabulary, name, None)) is not None
        )
        self._by_classifier: dict[Any, NodeKind] = dict(self._known)

    def of(self, element: CNamedElement) -> NodeKind:
        """The kind of an element."""
        if isinstance(element, CClass):
            metaclass = element.metaclass
            return self._by_classifier.get(metaclass) or self._specialised(metaclass)
        for cls, kind in _OTHER:
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
