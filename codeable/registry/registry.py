"""The registry: every declared element by its names, and what the links between them say."""

import importlib
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any, cast

from codeable.errors import CodeableError
from codeable.files import shown_path
from codeable.kernel import CAssociation, CClass, CLink, CNamedElement
from codeable.kernel.invalidation import ELEMENTS
from codeable.kernel.place import place_of
from codeable.registry import links
from codeable.registry.collection import Collection, State
from codeable.registry.columns import columns_of
from codeable.registry.contents import Contents
from codeable.registry.declarations import declared_by_modules
from codeable.registry.errors import UnknownNameError
from codeable.registry.kinds import Kinds
from codeable.registry.notebook import Notebook
from codeable.registry.records import Declaration, Impact, Option, Relation

__all__ = ["Registry"]

Element = CNamedElement | str
"""An element, or its identifier, display name, or exact name."""


class Registry:
    """What the modules of a study declare.

    Every method takes an element or its name. Links are read when asked for, so an answer is never older
    than the model; an element of another study, one that was deleted, or one that a re-run cell has replaced,
    is in no answer.

    Args:
        vocabulary: The study's `codeable.dsl`.
        modules: The study's modules by name, in the order in which they ran to their end.
        order: Identifiers of sources in the order of coding; the others follow in natural order.
        where: Where that order stands, for a message.

    Example:
        >>> from codeable.dsl import *
        >>> bus, s1 = CClass(pattern, "Event Bus"), CClass(source, "s1")
        >>> _ = add_links({s1: bus}, role_name="contained_code")
        >>> Registry.of({"bus": bus, "s1": s1}).evidence_of("bus") == [s1]
        True
    """

    def __init__(
        self,
        vocabulary: ModuleType,
        modules: Mapping[str, ModuleType],
        order: Iterable[str] = (),
        where: str = "order",
    ) -> None:
        self.vocabulary = vocabulary
        self.state = State()
        self._kinds = Kinds(vocabulary)
        self._order = tuple(order)
        self._notebook: Notebook | None = None
        self._contents = self._contents_of(declared_by_modules(vocabulary, modules, self._kinds))
        self._contents.check_order(where)

    @classmethod
    def of(cls, namespace: Mapping[str, object]) -> "Registry":
        """What the cells of a notebook declare: `Registry.of(globals())`.

        The registry follows the namespace: after a cell is run again it answers from the new elements.

        Raises:
            CodeableError: The argument is no namespace.
        """
        if not isinstance(namespace, Mapping):
            raise CodeableError(
                f"Registry.of() takes a namespace, as in Registry.of(globals()); not {namespace!r}"
            )
        vocabulary = importlib.import_module("codeable.dsl")
        registry = cls(vocabulary, {})
        registry._notebook = Notebook(namespace, vocabulary)
        registry._contents = registry._contents_of(registry._notebook.declarations())
        return registry

    # -- elements and their names

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """Every declaration, in order of loading."""
        return self._now().declarations

    def __getitem__(self, name: str) -> Any:
        """The element with this identifier, display name, or exact name (`models.x:name`).

        Raises:
            UnknownNameError: There is none (a `KeyError`); the message names the nearest.
            AmbiguousNameError: There are several; the message names each.
        """
        return self._now().names.find(name).element

    def __contains__(self, item: object) -> bool:
        contents = self._now()
        if isinstance(item, CNamedElement):
            return item in contents.by_element
        return item in contents.names

    def __len__(self) -> int:
        return len(self.declarations)

    def __repr__(self) -> str:
        return f"<Registry of {len(self)} elements>"

    def _ipython_key_completions_(self) -> list[str]:
        names = [name for each in self.declarations for name in (each.identifier, each.element.name)]
        return list(dict.fromkeys(name for name in names if name))

    def find(self, name_or_element: Element) -> Declaration:
        """The declaration of an element, by name or by the element itself.

        Raises:
            UnknownNameError: It is not declared here (a `KeyError`).
            AmbiguousNameError: The name belongs to several elements.
        """
        contents = self._now()
        if not isinstance(name_or_element, CNamedElement):
            return contents.names.find(name_or_element)
        found = contents.by_element.get(name_or_element)
        if found is None:
            raise UnknownNameError(_foreign(name_or_element), name_or_element)
        return found

    def declaration_of(self, element: CNamedElement) -> Declaration | None:
        """The declaration of an element; None when it is not declared here."""
        return self._now(thorough=False).by_element.get(element)

    def identifier_of(self, element: CNamedElement) -> str | None:
        """The identifier of an element; None when it has none or is not declared here."""
        found = self.declaration_of(element)
        return found.identifier if found is not None else None

    def name_of(self, element: CNamedElement) -> str:
        """What a record calls an element: its identifier, or its display name where it has none.

        An identifier that several modules bind is given as qualified name, `models.x:name`.
        """
        return self._contents.name_of(element)

    def is_code(self, element: CNamedElement) -> bool:
        """Whether sources can be evidence for an element."""
        return self._kinds.is_code(element)

    # -- collections

    @property
    def sources(self) -> Collection:
        """The sources, in the order of coding where the settings give one, else in natural order."""
        return self._now().of_kinds("source", "sources", "source")

    @property
    def references(self) -> Collection:
        """The references that are no sources themselves."""
        return self._now().of_kinds("reference", "references", "reference")

    @property
    def decisions(self) -> Collection:
        """The decisions."""
        return self._now().of_kinds("decision", "decisions", "decision")

    @property
    def practices(self) -> Collection:
        """The practices without the patterns."""
        return self._now().of_kinds("practice", "practices", "practice")

    @property
    def patterns(self) -> Collection:
        """The patterns."""
        return self._now().of_kinds("pattern", "patterns", "pattern")

    @property
    def solutions(self) -> Collection:
        """All design solutions but the decisions: practices, patterns and others."""
        return self._now().of_kinds("solution", "solutions", "practice", "pattern", "solution")

    @property
    def forces(self) -> Collection:
        """The forces."""
        return self._now().of_kinds("force", "forces", "force")

    @property
    def categories(self) -> Collection:
        """The categories of decisions."""
        return self._now().of_kinds("category", "categories", "category")

    @property
    def bundles(self) -> Collection:
        """The bundles that have a name in a module."""
        return self._now().of_kinds("bundle", "bundles", "bundle")

    @property
    def codes(self) -> Collection:
        """What sources can be evidence for: decisions, solutions, forces, domain classes, named relations."""
        return self._now().codes()

    # -- evidence

    def evidence_of(self, code: Element) -> list[CClass]:
        """The sources that a code was found in, in the order of the sources."""
        contents, element = self._element(code)
        found = _linked(element, "evidence")
        rank = contents.rank
        return sorted({source: None for source in found if source in rank}, key=rank.__getitem__)

    def codes_of(self, source: Element) -> list[Any]:
        """The codes found in a source, in the order in which they were linked: classes and relations."""
        contents, element = self._element(source)
        found = _linked(element, "contained_code")
        return [code for code in dict.fromkeys(found) if _is_part(code, contents)]

    # -- options, forces and relations

    def options_of(self, decision: Element) -> list[Option]:
        """The options of a decision, in the order in which they were declared."""
        return [
            links.option(link, self.name_of) for link in self._links(decision, "decision_solution_relation")
        ]

    def decisions_of(self, solution: Element) -> list[Option]:
        """The decisions that offer a solution, in the order in which they were declared to."""
        found = self._links(solution, "decision_solution_relation", incoming=True)
        return [links.option(link, self.name_of) for link in found]

    def forces_of(self, solution: Element) -> list[Impact]:
        """The forces that a solution acts on, with its impact on each."""
        return [links.impact(link, self.name_of) for link in self._links(solution, "force_impact_relation")]

    def impacts_on(self, force: Element) -> list[Impact]:
        """The solutions that act on a force, with the impact of each."""
        return [
            links.impact(link, self.name_of)
            for link in self._links(force, "force_impact_relation", incoming=True)
        ]

    def relations_of(self, solution: Element) -> list[Relation]:
        """The relations that start at a solution and lead to another."""
        return [
            links.relation(link, self.name_of)
            for link in self._links(solution, "design_solution_dependencies")
        ]

    def relations_to(self, solution: Element) -> list[Relation]:
        """The relations that start at another solution and lead to this one."""
        found = self._links(solution, "design_solution_dependencies", incoming=True)
        return [links.relation(link, self.name_of) for link in found]

    def next_decisions_of(self, solution_or_decision: Element) -> list[Relation]:
        """The decisions that come next after a solution or a decision."""
        found = self._links(solution_or_decision, "solutions_to_next_decisions_relation")
        return [links.relation(link, self.name_of) for link in found]

    def contexts_of(self, decision: Element) -> list[CClass]:
        """The domain classes that are the context of a decision."""
        return [link.target for link in self._links(decision, "decision_to_contexts_relation")]

    def category_of(self, decision: Element) -> CClass | None:
        """The category of a decision, if it has one."""
        found = self._links(decision, "category_decisions_relation", incoming=True)
        return found[0].source if found else None

    # -- the inside

    def _contents_of(self, declarations: tuple[Declaration, ...]) -> Contents:
        self._time = ELEMENTS.number
        return Contents(declarations, self._kinds, self.state, columns_of(self), self._order)

    def _now(self, *, thorough: bool = True) -> Contents:
        """The contents, made anew after elements were deleted or renamed or the notebook has changed."""
        outdated = self._time != ELEMENTS.number
        if self._notebook is not None:
            if outdated or self._notebook.has_changed(thorough=thorough):
                self._contents = self._contents_of(self._notebook.declarations())
        elif outdated:
            there = tuple(each for each in self._contents.declarations if not each.element.is_deleted)
            self._contents = self._contents_of(there)
        return self._contents

    def _element(self, given: Element) -> tuple[Contents, Any]:
        contents = self._now(thorough=not isinstance(given, CNamedElement))
        if not isinstance(given, CNamedElement):
            return contents, contents.names.find(given).element
        if not _is_part(given, contents):
            raise UnknownNameError(_foreign(given), given)
        return contents, given

    def _links(self, given: Element, association_name: str, *, incoming: bool = False) -> list[CLink]:
        """The links of an association at one end of an element whose other end is declared here too."""
        contents, element = self._element(given)
        association = cast("CAssociation | None", getattr(self.vocabulary, association_name, None))
        if association is None or not isinstance(element, CClass):
            return []
        if incoming:
            return [
                each for each in links.incoming(element, association) if each.source in contents.by_element
            ]
        return [each for each in links.outgoing(element, association) if each.target in contents.by_element]


def _linked(element: Any, role_name: str) -> list[Any]:
    return element.get_linked(role_name=role_name) if isinstance(element, CClass | CLink) else []


def _is_part(element: Any, contents: Contents) -> bool:
    """Whether an element is declared here, or is a relation between elements that are."""
    if element in contents.by_element:
        return True
    if not isinstance(element, CLink) or element.is_deleted:
        return False
    return element.source in contents.by_element and element.target in contents.by_element


def _foreign(element: CNamedElement) -> str:
    place = place_of(element)
    where = f" ({shown_path(place.path)}:{place.line})" if place is not None else ""
    name = str(element) or type(element).__name__
    if element.is_deleted:
        return f"{name!r}{where} has been deleted"
    return (
        f"{name!r}{where} is not an element of this study: it belongs to another one, "
        "or a module or cell that was run again has replaced it; ask for it by its name"
    )
