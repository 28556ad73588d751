"""What notes and modules claim, in one form. `context` collects the claims, and the rules compare them."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from attrs import define, evolve, field

from codeable.kernel import CClass, CNamedElement
from codeable.kernel.place import span_of
from codeable.names.modules import Modules
from codeable.registry import SOLUTION_KINDS, Declaration, Impact, Option, Registry, Relation

DECISION_KINDS = frozenset({"decision"})
FORCE_KINDS = frozenset({"force"})

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")
Record = TypeVar("Record", Option, Impact, Relation)

GOOD = frozenset({"+", "++"})
BAD = frozenset({"-", "--"})

_ENDS = ("decision", "solution", "force", "source", "target")
"""The attributes of records that name elements."""


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """The items by their keys, both in order of first occurrence.

    Example:
        >>> grouped(["s4", "p1", "s6"], lambda name: name[0])
        {'s': ['s4', 's6'], 'p': ['p1']}
    """
    return gathered((key(item), item) for item in items)


def gathered(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    """The second parts of pairs by their first parts, both in order of first occurrence.

    Example:
        >>> gathered([("s4", "mesh"), ("s6", "bus"), ("s4", "cost")])
        {'s4': ['mesh', 'cost'], 's6': ['bus']}
    """
    found: dict[Key, list[Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return found


def are_opposite(one: str, other: str) -> bool:
    """Whether one of two signs of impacts is good and the other one bad.

    Example:
        >>> are_opposite("++", "-"), are_opposite("+", "++"), are_opposite("o", "-")
        (True, False, False)
    """
    return (one in GOOD and other in BAD) or (one in BAD and other in GOOD)


def family(code: Declaration) -> str:
    """The kind of a code. Practices, patterns and other solutions are one family."""
    return "solution" if code.kind in SOLUTION_KINDS else code.kind


def name_key(code: Declaration) -> tuple[str, str]:
    """Display name and family. Two codes with the same are probably one code."""
    return " ".join(code.name.split()).casefold(), family(code)


@define(slots=False)
class Claims:
    """Everything claimed, in order, under current names. `claims_of_note` and `claims_of_model` fill it.

    Attributes:
        codes: Name of each code → its first declaration.
        declared: All declarations of codes.
        evident: The codes that sources can be evidence for; a category is none of them.
        alike: What may share its display name with another one: the "Do Nothing" of several decisions, and
            classes that are no codes, such as the gateways of several systems.
        options: What the decisions offer.
        impacts: The impacts of solutions on forces.
        relations: The relations between solutions.
        next_decisions: The relations to next decisions.
        codes_of: Source → the names of its codes.
        sources: Source → its declaration.
        superclasses: Code → the codes that it specialises.
    """

    codes: dict[str, Declaration] = field(factory=dict)
    declared: list[Declaration] = field(factory=list)
    evident: set[str] = field(factory=set)
    alike: set[str] = field(factory=set)
    options: list[Option] = field(factory=list)
    impacts: list[Impact] = field(factory=list)
    relations: list[Relation] = field(factory=list)
    next_decisions: list[Relation] = field(factory=list)
    codes_of: dict[str, list[str]] = field(factory=dict)
    sources: dict[str, Declaration] = field(factory=dict)
    superclasses: dict[str, list[str]] = field(factory=dict)

    def of_kind(self, kinds: frozenset[str]) -> Iterator[tuple[str, Declaration]]:
        """The codes of some kinds with their names, in order."""
        return ((name, code) for name, code in self.codes.items() if code.kind in kinds)

    @cached_property
    def options_of(self) -> dict[str, list[Option]]:
        """Decision → its options."""
        return grouped(self.options, lambda option: option.decision)

    @cached_property
    def decisions_of(self) -> dict[str, list[str]]:
        """Solution → the decisions that offer it."""
        return gathered((option.solution, option.decision) for option in self.options)

    @cached_property
    def evidence_of(self) -> dict[str, list[str]]:
        """Code → the sources that hold it, in order."""
        return gathered((code, source) for source, codes in self.codes_of.items() for code in codes)

    @cached_property
    def relatives(self) -> dict[str, set[str]]:
        """Code → the codes that it specialises, and those that specialise it, directly or not."""
        found: dict[str, set[str]] = {}
        for code in self.superclasses:
            for above in _following(code, self.superclasses):
                found.setdefault(code, set()).add(above)
                found.setdefault(above, set()).add(code)
        return found

    @cached_property
    def evidence_with_subcodes(self) -> dict[str, list[str]]:
        """Code → the sources that hold it or a code that specialises it."""
        found = {code: list(sources) for code, sources in self.evidence_of.items()}
        for code in self.superclasses:
            for above in _following(code, self.superclasses):
                found.setdefault(above, []).extend(self.evidence_of.get(code, ()))
        return found

    def with_relatives(self, codes: Iterable[str]) -> frozenset[str]:
        """Codes with those that they specialise, and those that specialise them."""
        return frozenset(name for code in codes for name in (code, *self.relatives.get(code, ())))

    @cached_property
    def reached(self) -> frozenset[str]:
        """The solutions that some decision offers, those that relations connect to them, and relatives."""
        related = gathered(
            ends for one in self.relations for ends in ((one.source, one.target), (one.target, one.source))
        )
        found: set[str] = set()
        todo = [option.solution for option in self.options]
        while todo:
            solution = todo.pop()
            if solution not in found:
                found.add(solution)
                todo += related.get(solution, ())
        return self.with_relatives(found)


def _following(code: str, superclasses: Mapping[str, Iterable[str]]) -> set[str]:
    """The codes that a code specialises, directly or not."""
    found: set[str] = set()
    todo = [code]
    while todo:
        new = [one for one in superclasses.get(todo.pop(), ()) if one not in found and one != code]
        found.update(new)
        todo += new
    return found


def joined_claims(claims: Iterable[Claims]) -> Claims:
    """Several claims as one; of a code or a source that is declared again the first declaration counts."""
    joined = Claims()
    for one in claims:
        for name, code in one.codes.items():
            joined.codes.setdefault(name, code)
        for source, declared in one.sources.items():
            joined.sources.setdefault(source, declared)
        for source, codes in one.codes_of.items():
            before = joined.codes_of.get(source)
            joined.codes_of[source] = codes if before is None else list(dict.fromkeys((*before, *codes)))
        for name, above in one.superclasses.items():
            joined.superclasses[name] = [*joined.superclasses.get(name, ()), *above]
        joined.declared += one.declared
        joined.evident |= one.evident
        joined.alike |= one.alike
        joined.options += one.options
        joined.impacts += one.impacts
        joined.relations += one.relations
        joined.next_decisions += one.next_decisions
    return joined


def claims_of_model(registry: Registry, modules: Modules) -> Claims:
    """What the modules of a study claim."""
    return _ModelReader(registry, modules).claims()


class _ModelReader:
    """Collects the records of a registry.

    The records of a registry give a qualified name to each of several elements with one identifier. Here the
    first of them keeps the identifier, so that the claims of notes can be compared with it.
    """

    def __init__(self, registry: Registry, modules: Modules) -> None:
        self.registry = registry
        self.modules = modules
        self.identifiers: dict[str, str] = {}
        seen: set[str] = set()
        for declaration in registry.declarations:
            name, identifier = registry.name_of(declaration.element), declaration.identifier
            if identifier is not None and identifier not in seen:
                seen.add(identifier)
                if name != identifier:
                    self.identifiers[name] = identifier

    def _may_be_alike(self, element: CClass, kind: str) -> bool:
        nothing = getattr(self.registry.vocabulary, "do_nothing_design_solution", None)
        if nothing is not None and element.instance_of(nothing):
            return True
        return kind == "class" and not self.registry.is_code(element)

    def claims(self) -> Claims:
        claims, registry = Claims(), self.registry
        for declaration in registry.declarations:
            element, kind = declaration.element, declaration.kind
            if not isinstance(element, CClass) or kind == "reference":
                continue
            name = self._name(element)
            if kind == "source":
                claims.sources.setdefault(name, declaration)
                continue
            claims.codes.setdefault(name, declaration)
            claims.declared.append(declaration)
            if registry.is_code(element):
                claims.evident.add(name)
            if self._may_be_alike(element, kind):
                claims.alike.add(name)
            if element.superclasses:
                above = [one for one in element.superclasses if one in registry]
                claims.superclasses.setdefault(name, []).extend(map(self._name, above))
            if kind == "decision":
                claims.options += map(self._named, registry.options_of(element))
                claims.options += self._options_as_associations(name, element)
            if kind == "decision" or kind in SOLUTION_KINDS:
                claims.next_decisions += map(self._named, registry.next_decisions_of(element))
                claims.impacts += map(self._named, registry.forces_of(element))
                claims.relations += map(self._named, registry.relations_of(element))
        for source in registry.sources:
            claims.codes_of[self._name(source)] = [self._name(code) for code in registry.codes_of(source)]
        return claims

    def _options_as_associations(self, name: str, decision: CClass) -> Iterator[Option]:
        """The options that a decision offers by an association of its own instead of a link."""
        relation = getattr(self.registry.vocabulary, "decision_solution_relation", None)
        for association in decision.associations:
            if association.derived_from is relation and association.source is decision:
                values = association.tagged_values
                text, description = values.get("name"), values.get("description")
                made = span_of(association)
                span = self.modules[made.path].made_at(made) if made is not None else None
                yield Option(name, self._name(association.target), text, span, description=description)

    def _name(self, element: CNamedElement) -> str:
        name = self.registry.name_of(element)
        return self.identifiers.get(name, name)

    def _named(self, record: Record) -> Record:
        """A record in the names of these claims."""
        names = {end: getattr(record, end, "") for end in _ENDS}
        changes: dict[str, Any] = {
            end: self.identifiers[name] for end, name in names.items() if name in self.identifiers
        }
        return evolve(record, **changes) if changes else record
