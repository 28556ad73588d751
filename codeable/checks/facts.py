"""What a study claims, in one form whether notes or modules say it, so that a rule can compare them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import define, field, frozen

from codeable.checks.diagnostic import Place
from codeable.checks.modules import Modules
from codeable.kernel import CClass, CNamedElement
from codeable.kernel.place import Span, span_of
from codeable.registry import Registry
from codeable.registry import Relation as Related

__all__ = [
    "DECISION_KINDS",
    "FORCE_KINDS",
    "OPTION_KINDS",
    "SOLUTION_KINDS",
    "Code",
    "Facts",
    "Impact",
    "Option",
    "facts_of_model",
]

DECISION_KINDS = frozenset({"decision"})
SOLUTION_KINDS = frozenset({"practice", "pattern", "solution"})
OPTION_KINDS = SOLUTION_KINDS | DECISION_KINDS
"""A decision may be an option of another one, and act on forces."""
FORCE_KINDS = frozenset({"force"})


@frozen
class Code:
    """A declared code: identifier, display name, kind (``decision``, ``practice``, …), place.

    `evident` is false for what no source can be evidence for, such as a category; `bound` is the name that
    the module gave it where it was made, which may have been given to something else since.
    """

    identifier: str
    name: str
    kind: str
    place: Place
    evident: bool = True
    bound: str | None = None

    @property
    def family(self) -> str:
        """The kind, practices and patterns being of one."""
        return "solution" if self.kind in SOLUTION_KINDS else self.kind

    @property
    def name_key(self) -> tuple[str, str]:
        """Display name and family: what two codes have in common that are probably one."""
        return " ".join(self.name.split()).casefold(), self.family


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
    """Everything claimed, in order; identifiers are those of today.

    `codes` has the first declaration of each identifier and `declared` all of them; `codes_of` the codes of
    each source, `sources` where each source is declared.
    """

    codes: Mapping[str, Code]
    options: tuple[Option, ...]
    impacts: tuple[Impact, ...]
    relations: tuple[Relation, ...]
    next_decisions: tuple[Relation, ...]
    codes_of: Mapping[str, tuple[str, ...]] = field(factory=dict)
    sources: Mapping[str, Place] = field(factory=dict)
    declared: tuple[Code, ...] = ()

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


def facts_of_model(registry: Registry, folder: str, modules: Modules) -> Facts:
    """What the modules of a study claim.

    Elements without an identifier go by their display name, those with one that another element has by module
    and identifier.
    """
    return _ModelReader(registry, folder, modules).facts()


class _ModelReader:
    """Goes through the declarations of a model once."""

    def __init__(self, registry: Registry, folder: str, modules: Modules) -> None:
        self.registry = registry
        self.folder = folder
        self.modules = modules
        self.names: dict[int, str] = {}
        taken: set[str] = set()
        for declaration in registry.declarations:
            name = declaration.short_name
            if name in taken and declaration.qualified_name is not None:
                name = declaration.qualified_name
            taken.add(name)
            self.names[id(declaration.element)] = name

    def facts(self) -> Facts:
        codes: list[Code] = []
        options: list[Option] = []
        impacts: list[Impact] = []
        relations: list[Relation] = []
        next_decisions: list[Relation] = []
        sources: dict[str, Place] = {}
        for declaration in self.registry.declarations:
            element, kind = declaration.element, declaration.kind
            if not isinstance(element, CClass) or kind == "reference":
                continue
            name = self._name(element)
            if kind == "source":
                sources.setdefault(name, self._place(element))
                continue
            codes.append(self._code(name, element, kind))
            if kind == "decision":
                options += self._options(name, element)
            if kind == "decision" or kind in SOLUTION_KINDS:
                next_decisions += self._relations(name, self.registry.next_decisions_of(element))
                impacts += self._impacts(name, element)
                relations += self._relations(name, self.registry.relations_of(element))
        codes_of = {
            self._name(source): tuple(self._name(code) for code in self.registry.codes_of(source))
            for source in self.registry.sources
        }
        return Facts(
            _first_of_each(codes),
            tuple(options),
            tuple(impacts),
            tuple(relations),
            tuple(next_decisions),
            codes_of,
            sources,
            tuple(codes),
        )

    def _code(self, name: str, element: CClass, kind: str) -> Code:
        made = span_of(element)
        bound = self.modules[made.path].bound_at(made) if made is not None else None
        evident = self.registry.is_code(element)
        return Code(name, element.name or name, kind, self._place(element), evident, bound)

    def _options(self, name: str, decision: CClass) -> Iterator[Option]:
        for one in self.registry.options_of(decision):
            yield Option(name, self._name(one.solution_element), one.text, self._place_of(one.span))
        relation = getattr(self.registry.vocabulary, "decision_solution_relation", None)
        for association in decision.associations:
            if association.derived_from is relation and association.source is decision:
                text = association.tagged_values.get("name")
                yield Option(name, self._name(association.target), text, self._place(association))

    def _impacts(self, name: str, solution: CClass) -> Iterator[Impact]:
        for one in self.registry.forces_of(solution):
            yield Impact(name, self._name(one.force_element), one.impact, self._place_of(one.span))

    def _relations(self, name: str, related: Iterable[Related]) -> Iterator[Relation]:
        for one in related:
            yield Relation(name, self._name(one.target_element), one.stereotype, self._place_of(one.span))

    def _name(self, element: CNamedElement) -> str:
        return self.names.get(id(element)) or str(element.name or "unnamed")

    def _place(self, element: CNamedElement) -> Place:
        return self._place_of(span_of(element))

    def _place_of(self, span: Span | None) -> Place:
        return self.modules[span.path].made_at(span) if span is not None else Place(self.folder, 1)


def _first_of_each(codes: Iterable[Code]) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for code in codes:
        found.setdefault(code.identifier, code)
    return found
