"""Matches the elements of an old study's metamodels with those of the vocabulary, for `load_old_study`."""

from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

from attrs import field, frozen

import codeable.dsl
from codeable.kernel import CAssociation, CEnum, CMetaclass, CNamedElement


@frozen(eq=False)
class OldVocabulary:
    """The old study's counterparts of the vocabulary of codeable.

    Attributes:
        names: Name in the vocabulary → the old element.
        expressions: Old element → how modules of codeable refer to its counterpart.
        provided: All elements of metamodels that CodeableModels provides, with their names.
    """

    names: Mapping[str, CNamedElement]
    expressions: Mapping[CNamedElement, str]
    provided: Mapping[CNamedElement, str] = field(factory=dict)

    def as_module(self) -> ModuleType:
        """The old elements under the names of the vocabulary, for a registry."""
        module = ModuleType("codeable.dsl")
        vars(module).update(self.names)
        others = (each for each in (*self.provided, *self.expressions) if each not in self.names.values())
        vars(module).update({f"_other_{number}": each for number, each in enumerate(others)})
        return module


def old_vocabulary(modules: Iterable[ModuleType], declared: Mapping[str, Mapping[str, Any]]) -> OldVocabulary:
    """Find the counterparts: of guidance and domain by their names, of the coding metamodel by its relation.

    Args:
        modules: The study's modules.
        declared: The names of the metamodels that the study imported, by metamodel.
    """
    provided: dict[CNamedElement, str] = {}
    names: dict[str, CNamedElement] = {}
    for metamodel, its_names in declared.items():
        for name, value in its_names.items():
            if isinstance(value, CNamedElement):
                provided.setdefault(value, name)
                if metamodel in ("domain", "guidance") and name in codeable.dsl.NAMES:
                    names[name] = value
    expressions: dict[CNamedElement, str] = {value: name for name, value in names.items()}
    bound = [value for module in modules for value in vars(module).values()]
    for name, element in _coding(bound):
        if element not in provided and name not in expressions.values():
            expressions[element] = name
            if name in codeable.dsl.NAMES:
                names[name] = element
    _add_unnamed(expressions, names)
    return OldVocabulary(names, expressions, provided)


def is_ours(module: ModuleType, vocabulary: OldVocabulary) -> bool:
    """Whether a module declares a metamodel all of which the vocabulary has under the same names."""
    own = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, CNamedElement)
        and value._code is not None
        and value._code.co_filename == module.__file__
    }
    return bool(own) and all(vocabulary.names.get(name) is value for name, value in own.items())


def _coding(bound: list[object]) -> Iterator[tuple[str, CNamedElement]]:
    """The parts of a coding metamodel, found by its relation of the roles `contained_code` and `evidence`."""
    relations = [
        association
        for metaclass in bound
        if isinstance(metaclass, CMetaclass)
        for association in metaclass.associations
        if (association.source_role_name, association.role_name) == ("contained_code", "evidence")
    ]
    if not relations:
        return
    relation = relations[0]
    source: CMetaclass = relation.target
    yield "code", relation.source
    yield "source", source
    yield "code.associations[0]", relation
    for each in source.associations:
        if (each.source_role_name, each.role_name) == ("source", "referenced") and each.source is source:
            yield "source.associations[0]", each
            if each.target in source.superclasses:
                yield "reference", each.target
    for name in ("source_type", "author_type"):
        ours = getattr(codeable.dsl, name)
        for value in bound:
            if isinstance(value, CEnum) and (value.name, value.values) == (ours.name, ours.values):
                yield name, value


def _add_unnamed(expressions: dict[CNamedElement, str], names: Mapping[str, CNamedElement]) -> None:
    """The one association of the domain metamodel that has no name."""
    groups = names.get("domain_metaclass_group")
    if isinstance(groups, CMetaclass):
        for association in groups.associations:
            if isinstance(association, CAssociation) and association.role_name == "class":
                expressions.setdefault(association, "domain_metaclass_group.associations[0]")
