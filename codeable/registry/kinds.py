"""The kind of an element, by the metaclass or association that it is an instance of. Registries use this."""

from types import ModuleType
from typing import Any

from codeable.kernel import (
    CAssociation,
    CBundle,
    CClass,
    CClassifier,
    CEnum,
    CLink,
    CMetaclass,
    CNamedElement,
    CObject,
    CStereotype,
)
from codeable.kernel.class_objects import represented
from codeable.registry.records import Kind

SOLUTION_KINDS: frozenset[Kind] = frozenset({"practice", "pattern", "solution"})
"""The kinds of the design solutions that are no decisions."""

OPTION_KINDS: frozenset[Kind] = SOLUTION_KINDS | {"decision"}
"""The kinds that a decision can offer and that act on forces. A decision may be an option of another one."""

CLASS_KINDS: tuple[tuple[str, Kind], ...] = (
    ("source", "source"),
    ("reference", "reference"),
    ("decision", "decision"),
    ("pattern", "pattern"),
    ("practice", "practice"),
    ("design_solution", "solution"),
    ("force", "force"),
    ("category", "category"),
    ("domain_metaclass", "domain class"),
    ("known_use", "known use"),
    ("code", "code"),
)
"""Name of a metaclass in the vocabulary → kind of its classes. Special metaclasses come first."""

_LINK_KINDS: tuple[tuple[str, Kind], ...] = (
    ("design_solution_dependencies", "relation"),
    ("decision_solution_relation", "option"),
    ("force_impact_relation", "impact"),
    ("solutions_to_next_decisions_relation", "next decision"),
)

_ELEMENT_KINDS: tuple[tuple[type[CNamedElement], Kind], ...] = (
    (CMetaclass, "metaclass"),
    (CStereotype, "stereotype"),
    (CAssociation, "association"),
    (CBundle, "bundle"),
    (CEnum, "enum"),
    (CObject, "object"),
)


class Kinds:
    """The kinds of elements under one vocabulary.

    Args:
        vocabulary: The study's `codeable.dsl`.

    Example:
        >>> import codeable.dsl as dsl
        >>> Kinds(dsl).of(dsl.CClass(dsl.pattern, "Event Bus"))
        'pattern'
    """

    def __init__(self, vocabulary: ModuleType) -> None:
        self._classes = _found(vocabulary, CLASS_KINDS)
        self._links = _found(vocabulary, _LINK_KINDS)
        self._code: CClassifier | None = getattr(vocabulary, "code", None)
        self._kind_of: dict[CClassifier, Kind] = {}
        self._is_code: dict[CClassifier, bool] = {}

    def of(self, element: CNamedElement) -> Kind:
        """The kind of an element."""
        if isinstance(element, CClass):
            return self._of_instance(element.metaclass, self._classes, "class")
        if isinstance(element, CLink):
            return self._of_instance(element.association, self._links, "link")
        cl = represented(element)
        if cl is not element:
            return self.of(cl)
        return next((kind for cls, kind in _ELEMENT_KINDS if isinstance(element, cls)), "element")

    def is_code(self, element: CNamedElement) -> bool:
        """Whether sources can be evidence for an element: it is an instance of `code`."""
        if isinstance(element, CClass):
            classifier: Any = element.metaclass
        elif isinstance(element, CLink):
            classifier = element.association
        else:
            cl = represented(element)
            return cl is not element and self.is_code(cl)
        if classifier not in self._is_code:
            self._is_code[classifier] = _is_type_of(classifier, self._code)
        return self._is_code[classifier]

    def _of_instance(
        self, classifier: CClassifier | None, kinds: tuple[tuple[CClassifier, Kind], ...], otherwise: Kind
    ) -> Kind:
        if classifier is None:
            return otherwise
        if classifier not in self._kind_of:
            fitting = (kind for general, kind in kinds if _is_type_of(classifier, general))
            self._kind_of[classifier] = next(fitting, otherwise)
        return self._kind_of[classifier]


def _found(
    vocabulary: ModuleType, names: tuple[tuple[str, Kind], ...]
) -> tuple[tuple[CClassifier, Kind], ...]:
    found = ((getattr(vocabulary, name, None), kind) for name, kind in names)
    return tuple((classifier, kind) for classifier, kind in found if classifier is not None)


def _is_type_of(classifier: CClassifier | None, general: CClassifier | None) -> bool:
    return classifier is not None and general is not None and classifier.is_classifier_of_type(general)
