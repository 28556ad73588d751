"""The elements of a study's vocabulary by name, for a file that mentions them: `guidance.practice`."""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from codeable.kernel import CNamedElement
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
