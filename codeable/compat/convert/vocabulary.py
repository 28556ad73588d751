"""The metamodels of an old study, as far as the vocabularies of codeable have the same elements.

`load_old_study` calls `old_vocabulary`, and `new_study` asks which modules declare nothing else.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
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
from codeable.text import first_few

_MOST_NAMES = 5
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
        notices: What codeable calls otherwise, or has in another order.
    """

    names: Mapping[str, CNamedElement]
    counterparts: Mapping[CNamedElement, Counterpart]
    own: Names
    provided: Collection[CNamedElement]
    ours: Ours
    notices: tuple[str, ...]

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
    provided: dict[CNamedElement, Counterpart | None] = {}
    for metamodel, its_names in declared.items():
        for name, value in its_names.items():
            if isinstance(value, CNamedElement):
                found = ours.provided(metamodel, name)
                is_same = found is not None and type(found.element) is type(value)
                provided[value] = provided.get(value) or (found if is_same else None)
    ours_already = {element: each for element, each in provided.items() if each is not None}
    own = own_elements(modules)
    found_all = counterparts(own, ours_already, ours)
    names = _names(found_all)
    for element, counterpart in found_all.items():
        if isinstance(element, CMetaclass) and counterpart.module == DSL:
            first = names[counterpart.name]
            if not element.is_classifier_of_type(first) and not first.is_classifier_of_type(element):
                element.superclasses = [*element.superclasses, first]
    notices = *_rename(ours_already), *_reorder(found_all)
    return OldVocabulary(names, found_all, own, provided.keys(), ours, notices)


def _rename(provided: Mapping[CNamedElement, Counterpart]) -> Iterator[str]:
    """Give the elements of early metamodels their current names, so that texts are the same."""
    for element, counterpart in provided.items():
        former, name = element.name, counterpart.element.name
        if former != name and isinstance(element, CMetaclass) and former in _EARLY_NAMES:
            element.name = name
            if element.classes:
                yield f"codeable calls the metaclass '{former}' of early metamodels '{name}', figures do too"


def _reorder(found: Mapping[CNamedElement, Counterpart]) -> Iterator[str]:
    """Bring the relations of own metaclasses in the order of codeable, in which texts show their links."""
    names: list[str] = []
    for element, counterpart in found.items():
        if isinstance(element, CMetaclass):
            ours, own = counterpart.element.associations, element.associations
            ranks = [ours.index(our) if (our := _our(each, found)) in ours else len(ours) for each in own]
            if ranks != sorted(ranks):
                order = sorted(range(len(own)), key=ranks.__getitem__)
                element._associations = {own[number]: None for number in order}
                element._changed()
                if element.all_classes:
                    names.append(f"'{element.name}'")
    if names:
        shown = first_few(names, _MOST_NAMES)
        yield f"text files of figures list the links of {shown} in another order than those of the old study"


def _our(element: CNamedElement, found: Mapping[CNamedElement, Counterpart]) -> Any:
    return found[element].element if element in found else None


def _names(found: Mapping[CNamedElement, Counterpart]) -> dict[str, Any]:
    """Name in `codeable.dsl` → the old element; of several, the one from the file with the most instances."""
    instances: Counter[str | None] = Counter()
    for element in found:
        instances[file_of(element)] += _instances(element)
    names: dict[str, Any] = {}
    for element, counterpart in sorted(found.items(), key=lambda each: -instances[file_of(each[0])]):
        if counterpart.module == DSL and counterpart.name in codeable.dsl.NAMES:
            names.setdefault(counterpart.name, element)
    return names


def _instances(element: CNamedElement) -> int:
    if isinstance(element, CMetaclass):
        return len(element.classes)
    return sum(1 for _ in element._registered_links()) if isinstance(element, CAssociation) else 0
