"""The elements of a study's vocabulary by name, for a file that mentions them, and orders of relations.

An id such as `guidance.practice` has the vocabulary and the name in it.
"""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from codeable.kernel import CNamedElement, CObject
from codeable.kernel.restoring import ORDERS, in_order
from codeable.metamodels import VOCABULARIES
from codeable.metamodels.isolation import modules_made

_PACKAGE = "codeable.metamodels."

Orders = Mapping[str, Mapping[str, tuple[Any, ...]]]
"""Name of an element → relation → the elements at its other end, in order."""


def vocabularies_of(vocabulary: ModuleType) -> tuple[str, ...]:
    """The vocabularies that a study uses, each behind those that it builds on.

    Args:
        vocabulary: The study's `codeable.dsl`.

    Example:
        >>> from codeable.dsl import fresh_vocabulary
        >>> vocabularies_of(fresh_vocabulary())
        ('domain', 'guidance', 'coding')
    """
    made = modules_made(vocabulary)
    return tuple(name for name in VOCABULARIES if _PACKAGE + name in made)


def vocabulary_elements(vocabulary: ModuleType, names: Iterable[str]) -> dict[str, CNamedElement]:
    """The elements of some vocabularies by name, in the order of their declaration.

    Args:
        vocabulary: The study's `codeable.dsl`.
        names: Names of vocabularies; those that the study has not used yet are made.
    """
    found: dict[CNamedElement, str] = {}
    for name in names:
        for each, value in vars(_module(vocabulary, name)).items():
            if isinstance(value, CNamedElement):
                found.setdefault(value, f"{name}.{each}")
    return {name: element for element, name in found.items()}


def _module(vocabulary: ModuleType, name: str) -> ModuleType:
    own = getattr(vocabulary, "__vocabulary__", None)
    modules: Mapping[str, ModuleType] = modules_made(vocabulary) if own is None else own
    return modules[_PACKAGE + name]


def orders_of(elements: Mapping[str, CNamedElement]) -> Orders:
    """The orders of the elements that the elements of a vocabulary are related to."""
    return {
        name: {relation: tuple(in_order(element, relation)) for relation in ORDERS}
        for name, element in elements.items()
    }


def default_order(others: Iterable[Any], first: dict[Any, int], position: dict[Any, int]) -> list[Any]:
    """The order that elements have without being told: those of the vocabulary, then as in the file.

    Args:
        others: The elements.
        first: Element of the vocabulary → its position in a vocabulary that nobody has changed.
        position: Element → its position in vocabulary and file; class objects have those of their classes.
    """

    def key(element: Any) -> tuple[int, int]:
        if element in first:
            return 0, first[element]
        cl = element.class_object_class if isinstance(element, CObject) else None
        return 1, position.get(element if cl is None else cl, -1)

    return sorted(others, key=key)
