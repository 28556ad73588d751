"""The declarations of a study at one moment: by element, by name and by kind, and the links between them.

A registry makes a new snapshot after elements were deleted or renamed, after a notebook has changed, and when
a study is loaded again. An answer keeps the snapshot that it was made from.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from types import ModuleType
from typing import Any, TypeVar, cast

from codeable.kernel import CAssociation, CClass, CLink, CNamedElement
from codeable.registry.answer import MIXED, Answer, Heading, State
from codeable.registry.collection import Collection
from codeable.registry.kinds import SOLUTION_KINDS, Kinds
from codeable.registry.name_lookup import NameLookup
from codeable.registry.records import (
    Connection,
    Declaration,
    Impact,
    Kind,
    LinkRecord,
    Option,
    Relation,
    rows_of,
)
from codeable.registry.table import Row
from codeable.registry.values import stereotype_names, value_text
from codeable.text import natural_key

R = TypeVar("R", bound=LinkRecord)


class Snapshot:
    """What a study declares.

    Args:
        declarations: All declarations, in order of loading.
        vocabulary: The study's `codeable.dsl`.
        kinds: The kinds under that vocabulary.
        state: Shared with the answers made from this snapshot.
        order: Identifiers of sources in the order of coding; the others follow in natural order.
    """

    def __init__(
        self,
        declarations: tuple[Declaration, ...],
        vocabulary: ModuleType,
        kinds: Kinds,
        state: State,
        order: Iterable[str],
    ) -> None:
        self.declarations = declarations
        self.by_element: dict[CNamedElement, Declaration] = {each.element: each for each in declarations}
        self._vocabulary, self._kinds, self.state = vocabulary, kinds, state
        self._order = {identifier: position for position, identifier in enumerate(order)}
        self._collections: dict[str, Collection] = {}

    # -- names

    @cached_property
    def positions(self) -> dict[CNamedElement, int]:
        """Element → its position in the order of loading."""
        return {each.element: number for number, each in enumerate(self.declarations)}

    @cached_property
    def names(self) -> NameLookup:
        """The names of all elements."""
        return NameLookup(self.declarations, "elements")

    @cached_property
    def _shared_identifiers(self) -> frozenset[str]:
        """The identifiers that more than one element has."""
        identifiers = (name for each in self.declarations for name in (each.identifier, *each.aliases))
        return frozenset(name for name, count in Counter(identifiers).items() if name and count > 1)

    def name_of(self, element: CNamedElement) -> str:
        """What a record calls an element."""
        declaration = self.by_element.get(element)
        if declaration is None:
            return str(element)
        if declaration.identifier in self._shared_identifiers:
            return declaration.qualified_name or declaration.short_name
        return declaration.short_name

    # -- collections

    def of_kinds(self, singular: str, plural: str, *kinds: Kind) -> Collection:
        """The elements of some kinds."""
        heading = Heading(singular, plural, MIXED) if len(kinds) > 1 else Heading(singular, plural)
        return self._collection(heading, lambda each: each.kind in kinds)

    def codes(self) -> Collection:
        """The elements that sources can be evidence for; of the relations, those with a name."""
        heading = Heading("code", "codes", MIXED)
        return self._collection(heading, lambda each: self._kinds.is_code(each.element))

    def collection(self, elements: Iterable[Any], heading: Heading, subject: CNamedElement) -> Collection:
        """Elements that belong to another one as a collection, in the order given."""
        return Collection(elements, heading, self, self.name_of(subject))

    def declaration(self, element: CNamedElement) -> Declaration:
        """The declaration of an element; one without a name for a relation that no module binds."""
        return self.by_element.get(element) or Declaration(
            None, kind=self._kinds.of(element), element=element
        )

    def _collection(self, heading: Heading, chosen: Callable[[Declaration], bool]) -> Collection:
        known = self._collections.get(heading.plural)
        if known is None:
            ordered = sorted(filter(chosen, self.declarations), key=self._sort_key)
            known = Collection((each.element for each in ordered), heading, self)
            self._collections[heading.plural] = known
        return known

    def _sort_key(self, declaration: Declaration) -> tuple[object, ...]:
        coded = len(self._order)
        if declaration.kind in ("source", "reference"):
            coded = self._order.get(declaration.short_name, coded)
        return coded, natural_key(declaration.short_name), natural_key(declaration.module)

    # -- rows of tables

    def row(self, element: CNamedElement) -> Row:
        """What a table says of an element: its names, and how much it is linked to."""
        declaration = self.declaration(element)
        return {
            "identifier": declaration.identifier,
            "name": declaration.name,
            **self._numbers(element, declaration.kind),
        }

    def row_with_kind(self, element: CNamedElement) -> Row:
        """The row of an element in a table of several kinds; the same columns come first in each row."""
        row = self.row(element)
        kind = self.declaration(element).kind
        return {**dict.fromkeys(MIXED), **row, "kind": kind}

    def _numbers(self, element: Any, kind: str) -> Row:
        if element.is_deleted:
            return {}
        if kind == "source":
            title = element.get_value("title")
            return {"title": None if title is None else str(title), "codes": len(self.codes_of(element))}
        if kind == "class" and not self._kinds.is_code(element):
            stereotypes = ", ".join(stereotype_names(element))
            number = len(self.links_of(element))
            return {"metaclass": str(element.metaclass), "stereotypes": stereotypes, "links": number}
        if not self._kinds.is_code(element):
            return {}
        links: Row = {}
        if kind == "decision":
            links = {"options": len(self.outgoing(element, "decision_solution_relation"))}
        elif kind in SOLUTION_KINDS:
            links = {"option of": len(self.incoming(element, "decision_solution_relation"))}
        elif kind == "force":
            links = {"impacts": len(self.incoming(element, "force_impact_relation"))}
        return {**links, "evidence": len(self.evidence_of(element))}

    def answer(self, records: Iterable[R], heading: Heading, subject: CNamedElement) -> Answer[R]:
        """Records of the links of an element as an answer."""
        found = tuple(records)
        return Answer(found, heading, rows_of(found), self.state, self.name_of(subject))

    # -- links

    def evidence_of(self, code: Any) -> list[CClass]:
        """The sources that a code was found in, in the order of the sources."""
        rank = self._rank
        found = (source for source in _linked(code, "evidence") if source in rank)
        return sorted(dict.fromkeys(found), key=rank.__getitem__)

    def codes_of(self, source: Any) -> list[Any]:
        """The codes found in a source, in the order in which they were linked."""
        found = dict.fromkeys(_linked(source, "contained_code"))
        return [code for code in found if self.holds(code)]

    def subcodes_of(self, code: Any) -> list[Any]:
        """The codes that specialise a code, directly or not: direct ones first, in order of declaration."""
        return self._below(code, lambda each: each.subclasses)

    def supercodes_of(self, code: Any) -> list[Any]:
        """The codes that a code specialises, directly or not: direct ones first."""
        return self._below(code, lambda each: each.superclasses)

    def _below(self, code: Any, following: Callable[[CClass], Iterable[Any]]) -> list[Any]:
        """The codes of the study that are reached from a code, in breadth; one that is reached twice once."""
        found: dict[Any, None] = {}
        pending = [code] if isinstance(code, CClass) else []
        for each in pending:
            new = [other for other in following(each) if other not in found and other is not code]
            found.update(dict.fromkeys(new))
            pending += new
        return [each for each in found if each in self.by_element and self._kinds.is_code(each)]

    def holds(self, element: Any) -> bool:
        """Whether an element is declared here, or is a relation between elements that are."""
        if element in self.by_element:
            return True
        if not isinstance(element, CLink) or element.is_deleted:
            return False
        return element.source in self.by_element and element.target in self.by_element

    def outgoing(self, element: Any, association: str) -> list[CLink]:
        """The links of an association from an element to others of the study, in order of creation."""
        links = self._links(element, association)
        return [link for link in links if link.source is element and link.target in self.by_element]

    def incoming(self, element: Any, association: str) -> list[CLink]:
        """The links of an association to an element from others of the study, in order of creation."""
        links = self._links(element, association)
        return [link for link in links if link.target is element and link.source in self.by_element]

    def links_of(self, element: CClass) -> list[CLink]:
        """The links between a class and others of the study, in order of creation."""
        ends = self.by_element
        return [each for each in element.links if each.source in ends and each.target in ends]

    def _links(self, element: Any, association: str) -> Iterable[CLink]:
        found = cast("CAssociation | None", getattr(self._vocabulary, association, None))
        if found is None or not isinstance(element, CClass):
            return ()
        return element.get_links_for_association(found)

    @cached_property
    def _rank(self) -> dict[CNamedElement, int]:
        """The position of each source in the order of the sources."""
        sources = self.of_kinds("source", "sources", "source")
        return {element: position for position, element in enumerate(sources)}

    # -- records of links

    def option(self, link: CLink) -> Option:
        """The option that a link from a decision to a solution declares."""
        text, description = _tagged_text(link, "name"), _tagged_text(link, "description")
        return Option(*self._ends(link), text, description=description, link=link)

    def impact(self, link: CLink) -> Impact:
        """The impact that a link from a solution to a force declares."""
        return Impact(*self._ends(link), ", ".join(stereotype_names(link)), link=link)

    def relation(self, link: CLink) -> Relation:
        """The relation that a link between solutions, or to a next decision, declares."""
        names = ", ".join(stereotype_names(link))
        label = None if link.label is None else str(link.label)
        return Relation(*self._ends(link), names or None, _tagged_text(link, "how"), label, link=link)

    def connection(self, link: CLink) -> Connection:
        """What a link says, of whatever association."""
        stereotypes = ", ".join(stereotype_names(link))
        values = "; ".join(f"{name}: {value_text(value)}" for name, value in link.tagged_values.items())
        label = None if link.label is None else str(link.label)
        association = None if link.association.name is None else str(link.association.name)
        return Connection(
            *self._ends(link), association, stereotypes or None, label, values or None, link=link
        )

    def _ends(self, link: CLink) -> tuple[str, str]:
        return self.name_of(link.source), self.name_of(link.target)


def _linked(element: Any, role_name: str) -> list[Any]:
    return element.get_linked(role_name=role_name) if isinstance(element, CClass | CLink) else []


def _tagged_text(link: CLink, name: str) -> str | None:
    value = link.tagged_values.get(name)
    return None if value is None else value_text(value)
