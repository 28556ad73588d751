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

_KINDS = (CMetaclass, CStereotype, CAssociation, CEnum)
_ALONE = frozenset(
    {
        "code",
        "decision",
        "design_solution",
        "domain_metaclass",
        "force",
        "pattern",
        "practice",
        "reference",
        "source",
    }
)
"""Metaclasses that identifier and display name identify where a metamodel leaves their superclasses out."""

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
        self._named: dict[str, list[Counterpart]] = {}
        for each in self.all.values():
            self._named.setdefault(each.name, []).append(each)

    def named(self, name: str, kind: type[CNamedElement]) -> list[Counterpart]:
        """The elements of a kind with that name."""
        return [each for each in self._named.get(name, ()) if type(each.element) is kind]

    def provided(self, metamodel: str, name: str) -> Counterpart | None:
        """The counterpart of an element that a metamodel of CodeableModels provides."""
        home = f"{METAMODELS}.{metamodel}" if metamodel in WITHOUT_DSL else DSL
        return next((each for each in self._named.get(name, ()) if each.module == home), None)

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
    return None if element._code is None else element._code.co_filename


def counterparts(
    own: Names, provided: Mapping[CNamedElement, Counterpart], ours: Ours
) -> dict[CNamedElement, Counterpart]:
    """The counterparts of elements that an old study declares itself, and of those provided to it."""
    matching = _Matching(own, provided, ours)
    matching.match_coding()
    matching.match_all()
    return matching.found


class _Matching:
    def __init__(self, own: Names, provided: Mapping[CNamedElement, Counterpart], ours: Ours) -> None:
        self._own = own
        self._ours = ours
        self.found = dict(provided)
        self._taken: set[tuple[str | None, CNamedElement]] = set()

    def match_coding(self) -> None:
        """Match sources and codes by their relation, whatever they are called."""
        for each in list(self._own):
            if isinstance(each, CAssociation):
                roles = each.source_role_name, each.role_name
                if roles == ("contained_code", "evidence"):
                    self._match_ends(each, "code", "source")
                elif roles == ("source", "referenced"):
                    self._match_ends(each, "source", "reference")

    def match_all(self) -> None:
        """Match what is not matched so far; a match may be what another one waits for."""
        before = -1
        while before != len(self.found):
            before = len(self.found)
            for element, names in self._own.items():
                if element not in self.found:
                    found = next(self._fitting(element, names), None)
                    if found is not None:
                        self._match(element, found)

    def _match_ends(self, association: CAssociation, source: str, target: str) -> None:
        for end, name in ((association.source, source), (association.target, target)):
            if end in self._own and end not in self.found:
                self._match(end, self._ours.named(name, CMetaclass)[0])

    def _match(self, element: CNamedElement, counterpart: Counterpart) -> None:
        key = file_of(element), counterpart.element
        if key not in self._taken:
            self._taken.add(key)
            self.found[element] = counterpart

    def _fitting(self, element: CNamedElement, names: tuple[str, ...]) -> Iterator[Counterpart]:
        if isinstance(element, CAssociation):
            candidates = [each for each in self._ours.all.values() if isinstance(each.element, CAssociation)]
            same = [each for each in candidates if self._has_ends(element, each.element)]
            yield from (each for each in same if _roles(element) == _roles(each.element))
            yield from (each for each in same if each.name in names)
        elif isinstance(element, CEnum):
            for each in self._ours.all.values():
                if isinstance(each.element, CEnum) and _as_enum(each.element) == _as_enum(element):
                    yield each
        else:
            fits = self._is_metaclass if isinstance(element, CMetaclass) else self._is_stereotype
            for name in names:
                for each in self._ours.named(name, type(element)):
                    if fits(element, each):
                        yield each

    def _has_ends(self, element: CAssociation, ours: CAssociation) -> bool:
        return self._ours_of(element.source) is ours.source and self._ours_of(element.target) is ours.target

    def _is_metaclass(self, element: Any, candidate: Counterpart) -> bool:
        ours = candidate.element
        path = ours.all_superclasses
        supers = [
            each for each in map(self._ours_of, element.superclasses) if each not in (None, self._ours.code)
        ]
        same_name = str(element.name).casefold() == str(ours.name).casefold()
        if any(each in path for each in supers):
            return same_name or all(each in path for each in supers)
        if not path - {self._ours.code}:
            shared = {each.name for each in element.attributes} & {each.name for each in ours.attributes}
            return same_name or bool(shared)
        return same_name and candidate.name in _ALONE

    def _is_stereotype(self, element: Any, candidate: Counterpart) -> bool:
        ours = candidate.element
        if any(self._ours_of(each) in ours.all_superclasses for each in element.superclasses):
            return True
        extended = {entry for each in ours.class_path for entry in each.extended}
        return any(self._ours_of(each) in extended for each in element.extended)

    def _ours_of(self, element: Any) -> Any:
        found = self.found.get(element)
        return None if found is None else found.element


def _roles(association: CAssociation) -> tuple[Any, Any]:
    return association.source_role_name, association.role_name


def _as_enum(enum: CEnum) -> tuple[Any, list[Any]]:
    return enum.name, enum.values
