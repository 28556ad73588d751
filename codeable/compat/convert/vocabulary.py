"""The metamodels of an old study, as far as the vocabularies of codeable have the same elements.

`load_old_study` calls `old_vocabulary`, and `new_study` asks which modules declare nothing else.
"""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from attrs import frozen

import codeable.dsl
from codeable.compat.convert.codeable_modules import DSL
from codeable.compat.convert.counterparts import (
    Counterpart,
    Names,
    Ours,
    counterparts,
    file_of,
    own_elements,
)
from codeable.kernel import CAssociation, CMetaclass, CNamedElement
from codeable.metamodels.isolation import FreshModules

_EARLY_NAMES = frozenset({"And-Combined Group", "Or-Combined Group"})


@frozen(eq=False)
class OldVocabulary:
    """The old study's counterparts of the vocabularies of codeable.

    Attributes:
        names: Name in `codeable.dsl` → the old element.
        counterparts: Old element → what it is in codeable.
        own: The elements of metamodels that the study declares itself, with their identifiers.
        provided: The elements of metamodels that CodeableModels provides.
        ours: The vocabularies of codeable.
        renamed: Former display name → the one in codeable, of provided metaclasses with classes.
        reordered: Display names of own metaclasses whose relations codeable has in another order.
    """

    names: Mapping[str, CNamedElement]
    counterparts: Mapping[CNamedElement, Counterpart]
    own: Names
    provided: frozenset[CNamedElement]
    ours: Ours
    renamed: Mapping[str, str]
    reordered: tuple[str, ...]

    def our(self, element: Any) -> Any:
        """Our element for an element of an old metamodel; None if there is none."""
        found = self.counterpart(element)
        return None if found is None else found.element

    def counterpart(self, element: Any) -> Counterpart | None:
        """What an element of an old metamodel is in codeable; None if it is nothing there."""
        return self.counterparts.get(element) if issubclass(type(element), CNamedElement) else None

    def as_module(self) -> ModuleType:
        """The old elements under the names of the vocabulary, for a registry."""
        module = ModuleType(DSL)
        vars(module).update(self.names, __vocabulary__=FreshModules(()))
        named = set(self.names.values())
        others = dict.fromkeys(each for each in (*self.counterparts, *self.provided) if each not in named)
        vars(module).update({f"_other_{number}": each for number, each in enumerate(others)})
        return module


def old_vocabulary(
    modules: Mapping[str, ModuleType], declared: Mapping[str, Mapping[str, Any]]
) -> OldVocabulary:
    """Find the counterparts of the elements of an old study's metamodels.

    A study may have several metamodels with the same elements; those with the most instances are the ones
    that a registry asks about. Metaclasses of the others become special cases of them.

    Args:
        modules: The study's modules, in the order in which they ran.
        declared: The names of the metamodels that the study imported, by metamodel.
    """
    ours = Ours()
    provided: dict[CNamedElement, Counterpart] = {}
    elements: set[CNamedElement] = set()
    for metamodel, its_names in declared.items():
        for name, value in its_names.items():
            if isinstance(value, CNamedElement):
                elements.add(value)
                found = ours.provided(metamodel, name)
                if found is not None and type(found.element) is type(value):
                    provided.setdefault(value, found)
    own = own_elements(modules)
    found_all = counterparts(own, provided, ours)
    names = _names(found_all)
    for element, counterpart in found_all.items():
        if isinstance(element, CMetaclass) and counterpart.module == DSL:
            _specialise(element, names[counterpart.name])
    renamed = dict(_rename(provided))
    reordered = tuple(_reorder(found_all))
    return OldVocabulary(names, found_all, own, frozenset(elements), ours, renamed, reordered)


def _rename(provided: Mapping[CNamedElement, Counterpart]) -> Iterator[tuple[str, str]]:
    """Give the elements of early metamodels the names of today, so that a comparison finds the same texts."""
    for element, counterpart in provided.items():
        former, name = element.name, counterpart.element.name
        if former != name and isinstance(element, CMetaclass) and former in _EARLY_NAMES:
            element.name = name
            if element.classes:
                yield former, name


def _reorder(found: Mapping[CNamedElement, Counterpart]) -> Iterator[str]:
    """Bring the relations of own metaclasses in the order of codeable, in which texts show their links."""
    for element, counterpart in found.items():
        if isinstance(element, CMetaclass) and element._associations:
            ranks = {each: rank for rank, each in enumerate(counterpart.element.associations)}
            own = element.associations
            ordered = sorted(own, key=lambda each: _rank(each, ranks, found))
            if ordered != own:
                element._associations = dict.fromkeys(ordered)
                element._changed()
                if element.all_classes:
                    yield str(element.name)


def _rank(
    association: CAssociation, ranks: Mapping[Any, int], found: Mapping[CNamedElement, Counterpart]
) -> int:
    counterpart = found.get(association)
    return ranks.get(counterpart.element, len(ranks)) if counterpart is not None else len(ranks)


def _specialise(metaclass: CMetaclass, first: CMetaclass) -> None:
    if not metaclass.is_classifier_of_type(first) and not first.is_classifier_of_type(metaclass):
        metaclass.superclasses = [*metaclass.superclasses, first]


def _names(found: Mapping[CNamedElement, Counterpart]) -> dict[str, Any]:
    """Name in `codeable.dsl` → the old element; of several, the one from the file with the most instances."""
    instances: dict[str | None, int] = {}
    for element in found:
        file = file_of(element)
        instances[file] = instances.get(file, 0) + _instances(element)
    names: dict[str, Any] = {}
    for element, counterpart in found.items():
        if counterpart.module == DSL and counterpart.name in codeable.dsl.NAMES:
            other = names.get(counterpart.name)
            if other is None or instances[file_of(other)] < instances[file_of(element)]:
                names[counterpart.name] = element
    return names


def _instances(element: CNamedElement) -> int:
    if isinstance(element, CMetaclass):
        return len(element.classes)
    return sum(1 for _ in element._registered_links()) if isinstance(element, CAssociation) else 0
