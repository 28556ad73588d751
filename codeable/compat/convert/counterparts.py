"""Finds which elements of an old study's metamodels are elements of the vocabularies of codeable.

`old_vocabulary` calls `counterparts`. An element of a copied metamodel is ours if it has the same identifier
and the same structure: its superclasses, its ends, or what it extends are ours, too.
"""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from attrs import frozen

from codeable.compat.convert.codeable_modules import DSL, METAMODELS, WITHOUT_DSL
from codeable.dsl import NAMES, fresh_vocabulary
from codeable.kernel import CAssociation, CEnum, CMetaclass, CNamedElement, CStereotype
from codeable.kernel.place import code_of

_KINDS = (CMetaclass, CStereotype, CAssociation, CEnum)
_ALONE = frozenset(
    [
        "code",
        "decision",
        "design_solution",
        "domain_metaclass",
        "force",
        "pattern",
        "practice",
        "reference",
        "source",
    ]
)
"""Metaclasses that identifier and display name identify where a metamodel leaves their superclasses out."""
_ENDS = {
    ("contained_code", "evidence"): ("code", "source"),
    ("source", "referenced"): ("source", "reference"),
}
"""The roles of a relation → what its ends are, whatever they are called."""

Names = Mapping[CNamedElement, tuple[str, ...]]
"""Element of an old metamodel → its identifiers in the module that declares it."""


@frozen(eq=False)
class Counterpart:
    """What an element of an old metamodel is in codeable.

    Attributes:
        module: The module that offers it.
        name: Its name there.
        element: The element, of a vocabulary made for the conversion.
    """

    module: str
    name: str
    element: Any


class Ours:
    """All elements of the vocabularies of codeable, by name; made anew for each conversion."""

    def __init__(self) -> None:
        self.dsl = dsl = fresh_vocabulary()
        modules: dict[str, ModuleType] = dsl.__vocabulary__
        self.all: dict[CNamedElement, Counterpart] = {}
        for name in sorted(NAMES):
            self._add(DSL, name, getattr(dsl, name))
        for home in sorted(f"{METAMODELS}.{each}" for each in WITHOUT_DSL):
            for name, value in vars(modules[home]).items():
                self._add(home, name, value)
        self.code = dsl.code
        self._by_name = {(each.module, each.name): each for each in self.all.values()}

    def provided(self, metamodel: str, name: str) -> Counterpart | None:
        """The counterpart of an element that a metamodel of CodeableModels provides."""
        return self._by_name.get((f"{METAMODELS}.{metamodel}" if metamodel in WITHOUT_DSL else DSL, name))

    def _add(self, home: str, name: str, value: object) -> None:
        if isinstance(value, _KINDS) and not name.startswith("_"):
            self.all.setdefault(value, Counterpart(home, name, value))


def own_elements(modules: Mapping[str, ModuleType]) -> dict[CNamedElement, tuple[str, ...]]:
    """The metaclasses, stereotypes, associations and enumerations that modules declare: their identifiers.

    Args:
        modules: The modules of the study, in the order in which they ran.
    """
    files = {str(module.__file__) for module in modules.values()}
    found: dict[CNamedElement, tuple[str, ...]] = {}
    for module in modules.values():
        for name, value in list(vars(module).items()):
            if not issubclass(type(value), _KINDS) or value.is_deleted or file_of(value) not in files:
                continue
            known = found.get(value, ())
            found[value] = (*known, name) if file_of(value) == str(module.__file__) else known
    for element in list(found):
        for each in element.associations if isinstance(element, CMetaclass) else ():
            if file_of(each) in files:
                found.setdefault(each, ())
    return found


def file_of(element: CNamedElement) -> str | None:
    """The file with the code that made an element."""
    code = code_of(element)
    return None if code is None else code.co_filename


def counterparts(
    own: Names, provided: Mapping[CNamedElement, Counterpart], ours: Ours
) -> dict[CNamedElement, Counterpart]:
    """The counterparts of elements that an old study declares itself, and of those provided to it."""
    matching = _Matching(ours, dict(provided))
    for relation in (each for each in own if isinstance(each, CAssociation)):
        names = _ENDS.get((relation.source_role_name, relation.role_name), ())
        for end, name in zip((relation.source, relation.target), names, strict=False):
            if end in own and (found := ours.provided("coding", name)) is not None:
                matching.match(end, found)
    before = -1
    while before != len(matching.found):  # a match may be what another one waits for
        before = len(matching.found)
        for element, identifiers in own.items():
            for each in matching.fitting(element, identifiers):
                matching.match(element, each)
    return matching.found


class _Matching:
    def __init__(self, ours: Ours, found: dict[CNamedElement, Counterpart]) -> None:
        self._ours, self.found = ours, found
        self._taken: set[tuple[str | None, CNamedElement]] = set()

    def match(self, element: CNamedElement, counterpart: Counterpart) -> None:
        """Let an element have this counterpart, unless it has one or another element of its file has it."""
        key = file_of(element), counterpart.element
        if element not in self.found and key not in self._taken:
            self._taken.add(key)
            self.found[element] = counterpart

    def fitting(self, element: CNamedElement, identifiers: tuple[str, ...]) -> Iterator[Counterpart]:
        """The elements of ours that one may be, likely ones first."""
        same_kind = [each for each in self._ours.all.values() if type(each.element) is type(element)]
        named = [each for each in same_kind if each.name in identifiers]
        if isinstance(element, CAssociation):
            same_roles = [each for each in same_kind if _roles(each.element) == _roles(element)]
            yield from (each for each in [*same_roles, *named] if self._has_ends(element, each.element))
        elif isinstance(element, CEnum):
            yield from (each for each in same_kind if _as_enum(each.element) == _as_enum(element))
        else:
            fits = self._is_metaclass if isinstance(element, CMetaclass) else self._is_stereotype
            yield from (each for each in named if fits(element, each.element, each.name))

    def _has_ends(self, element: CAssociation, ours: CAssociation) -> bool:
        return self._our(element.source) is ours.source and self._our(element.target) is ours.target

    def _is_metaclass(self, element: Any, ours: Any, name: str) -> bool:
        path = ours.all_superclasses
        above = [each for each in map(self._our, element.superclasses) if each not in (None, self._ours.code)]
        same_name = str(element.name).casefold() == str(ours.name).casefold()
        if any(each in path for each in above):
            return same_name or all(each in path for each in above)
        if not path - {self._ours.code}:
            return same_name or not {*element.attribute_names}.isdisjoint(ours.attribute_names)
        return same_name and name in _ALONE

    def _is_stereotype(self, element: Any, ours: Any, _name: str) -> bool:
        if any(self._our(each) in ours.all_superclasses for each in element.superclasses):
            return True
        extended = {entry for each in ours.class_path for entry in each.extended}
        return any(self._our(each) in extended for each in element.extended)

    def _our(self, element: Any) -> Any:
        found = self.found.get(element)
        return None if found is None else found.element


def _roles(association: CAssociation) -> tuple[Any, Any]:
    return association.source_role_name, association.role_name


def _as_enum(enum: CEnum) -> tuple[Any, list[Any]]:
    return enum.name, enum.values
