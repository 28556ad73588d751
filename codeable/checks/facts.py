"""What a study claims, in one form whether notes or modules say it, so that a rule can compare them."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import define, field, frozen

from codeable.checks.finding import Place
from codeable.kernel import CClass, CNamedElement
from codeable.kernel.place import place_of
from codeable.registry import Registry

__all__ = ["DECISION_KINDS", "SOLUTION_KINDS", "Code", "Facts", "Impact", "Option", "facts_of_model"]

DECISION_KINDS = frozenset({"decision"})
SOLUTION_KINDS = frozenset({"practice", "pattern", "solution"})


@frozen
class Code:
    """A declared code: identifier, display name, kind (``decision``, ``practice``, …), place."""

    identifier: str
    name: str
    kind: str
    place: Place


@frozen
class Option:
    """A solution offered by a decision."""

    decision: str
    solution: str
    text: str | None
    place: Place


@frozen
class Impact:
    """The impact of a solution on a force, as its sign: `++ + o - -- +/-`."""

    solution: str
    force: str
    impact: str
    place: Place


@frozen
class Relation:
    """A relation between solutions, or to a next decision, with the name of its stereotype."""

    source: str
    target: str
    stereotype: str | None
    place: Place


@define(slots=False)
class Facts:
    """Everything claimed, in order; identifiers are those of today."""

    codes: Mapping[str, Code]
    options: tuple[Option, ...]
    impacts: tuple[Impact, ...]
    relations: tuple[Relation, ...]
    next_decisions: tuple[Relation, ...]
    codes_of: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def of_kind(self, kinds: frozenset[str]) -> Iterator[Code]:
        """The codes of some kinds, in order."""
        return (code for code in self.codes.values() if code.kind in kinds)

    @cached_property
    def options_of(self) -> dict[str, list[Option]]:
        """Decision → its options."""
        found: dict[str, list[Option]] = {}
        for option in self.options:
            found.setdefault(option.decision, []).append(option)
        return found

    @cached_property
    def evidence_of(self) -> dict[str, list[str]]:
        """Code → the sources that hold it, in order."""
        found: dict[str, list[str]] = {}
        for source, codes in self.codes_of.items():
            for code in codes:
                found.setdefault(code, []).append(source)
        return found

    @cached_property
    def reached(self) -> frozenset[str]:
        """The solutions that some decision offers, and those that these lead to along relations."""
        ahead: dict[str, list[str]] = {}
        for relation in self.relations:
            ahead.setdefault(relation.source, []).append(relation.target)
            ahead.setdefault(relation.target, []).append(relation.source)
        found: set[str] = set()
        todo = [option.solution for option in self.options]
        while todo:
            solution = todo.pop()
            if solution not in found:
                found.add(solution)
                todo += ahead.get(solution, ())
        return frozenset(found)


def facts_of_model(registry: Registry, folder: str) -> Facts:
    """What the modules of a study claim; elements without an identifier go by their display name."""
    names: dict[int, str] = {}

    def name_of(element: CNamedElement) -> str:
        found = names.get(id(element))
        if found is None:
            declaration = registry.declaration(element)
            identifier = declaration.identifier if declaration is not None else None
            found = names[id(element)] = identifier or element.name or "unnamed"
        return found

    def where(element: CNamedElement) -> Place:
        place = place_of(element)
        return Place(place.path, place.line, place.column) if place is not None else Place(folder, 1)

    codes: dict[str, Code] = {}
    options: list[Option] = []
    impacts: list[Impact] = []
    relations: list[Relation] = []
    next_decisions: list[Relation] = []
    for declaration in registry.declarations:
        element = declaration.element
        if not isinstance(element, CClass) or declaration.kind in ("source", "reference"):
            continue
        name = name_of(element)
        codes.setdefault(name, Code(name, element.name or name, declaration.kind, where(element)))
        if declaration.kind == "decision":
            options += [
                Option(name, name_of(one.solution), one.text, where(one.link))
                for one in registry.options(element)
            ]
        if declaration.kind == "decision" or declaration.kind in SOLUTION_KINDS:
            next_decisions += [
                Relation(name, name_of(one.target), one.stereotype, where(one.link))
                for one in registry.next_decisions(element)
            ]
        if declaration.kind in SOLUTION_KINDS:
            impacts += [
                Impact(name, name_of(one.force), one.impact, where(one.link))
                for one in registry.forces_of(element)
            ]
            relations += [
                Relation(name, name_of(one.target), one.stereotype, where(one.link))
                for one in registry.relations(element)
            ]
    codes_of = {
        name_of(source): tuple(name_of(code) for code in registry.codes_of(source))
        for source in registry.sources
    }
    return Facts(codes, tuple(options), tuple(impacts), tuple(relations), tuple(next_decisions), codes_of)
