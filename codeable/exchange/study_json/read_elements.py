"""Makes the elements of a study again from their records in JSON, each in the state that it had."""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from codeable.exchange.study_json.read_document import entries, records, refused, string
from codeable.exchange.study_json.read_heads import STATE_KEYS, element_records, link_records
from codeable.exchange.study_json.read_state import StateReader
from codeable.exchange.study_json.vocabulary_elements import default_order, orders_of, vocabulary_elements
from codeable.exchange.study_json.written_elements import ELEMENT_TYPES
from codeable.kernel import (
    CAssociation,
    CClass,
    CClassifier,
    CException,
    CMetaclass,
    CNamedElement,
    CObject,
)
from codeable.kernel.restoring import (
    ORDERS,
    end_of_restoring,
    in_order,
    relations_of,
    restore_order,
    restore_place,
    restored_link,
)
from codeable.registry import Declaration
from codeable.registry.declarations import is_identifier
from codeable.registry.kinds import Kinds
from codeable.schema import Reader, anything, one_of, switch, wrong
from codeable.text import shown

_Made = tuple[Any, dict[str, Any], str]
"""An element, its record, and what messages call that."""

_AFTER = ("class", "association", "object")
_PHASES = (tuple(ELEMENT_TYPES.keys() - _AFTER), *((each,) for each in _AFTER))
"""Types in the order in which they are made: each needs those before it only."""


class ElementReader:
    """Makes elements.

    Args:
        vocabulary: The vocabulary of the study, which nobody has changed yet.
        names: The vocabularies that the study uses.
    """

    def __init__(self, vocabulary: ModuleType, names: Iterable[str]) -> None:
        self._vocabulary = vocabulary_elements(vocabulary, names)
        self._first_orders = orders_of(self._vocabulary)
        self._state = StateReader()
        self._state.values.elements.update(self._vocabulary)
        self._made: list[_Made] = []
        self._links: list[_Made] = []

    @property
    def ids(self) -> dict[CNamedElement, str]:
        """Element → its id."""
        return {element: id_ for id_, element in self._state.values.elements.items()}

    def read(self, document: Mapping[str, Any], name: str) -> None:
        """Make the elements and links of a document.

        Args:
            document: The document.
            name: What messages call it.

        Raises:
            CodeableError: A record is wrong; the message has its place.
        """
        changes = self._vocabulary_changes(
            document.get("vocabulary_changes", []), f"{name}: vocabulary_changes"
        )
        elements = list(element_records(document["elements"], f"{name}: elements"))
        links = list(link_records(document["links"], f"{name}: links"))
        self._state.values.later = frozenset(each["id"] for each, _ in (*elements, *links))
        for phase in _PHASES:
            for each, where in elements:
                if each["type"] in phase:
                    self._keep(each, where, self._element(each, where), self._made)
        for each, where in links:
            self._keep(each, where, self._link(each, where), self._links)
        order = {id(each): at for at, (each, _) in enumerate(elements)}
        self._made.sort(key=lambda made: order[id(made[1])])
        self._restore_state(changes)
        self._restore_orders(document.get("orders", []), f"{name}: orders")
        end_of_restoring()

    def declarations(self, given: object, where: str, kinds: Kinds) -> tuple[Declaration, ...]:
        """What the study declares.

        Args:
            given: The ids.
            where: What messages call them.
            kinds: The kinds under the study's vocabulary.
        """
        self._check_kinds(kinds)
        records_ = {id_of["id"]: id_of for _, id_of, _ in (*self._made, *self._links)}
        found = []
        for at, element in enumerate(self._state.values.references(given, where)):
            id_ = entries(given, where)[at]
            if not isinstance(id_, str) or id_ not in records_:
                raise wrong(f"{where}[{at}]", id_, "the id of an element of this file")
            head = records_[id_]
            aliases, module = head.get("aliases", ()), head.get("module", "")
            declared = Declaration(
                head.get("identifier"),
                kind=kinds.of(element),
                module=module,
                aliases=aliases,
                element=element,
            )
            found.append(declared)
        return tuple(found)

    def _check_kinds(self, kinds: Kinds) -> None:
        for element, head, where in (*self._made, *self._links):
            kind = kinds.of(element)
            if head["kind"] != kind:
                raise wrong(f"{where} kind", head["kind"], f"{shown(kind)}, as its state says")
            for name in (head.get("identifier"), *head.get("aliases", ())):
                if name is not None and not is_identifier(name):
                    raise wrong(f"{where} identifier", name, "a name that Python can bind")

    # -- making

    def _vocabulary_changes(self, given: object, where: str) -> list[_Made]:
        state = dict.fromkeys((key for keys in STATE_KEYS.values() for key in keys), anything)
        readers = {"id": string, "is_deleted": switch, "name": anything, **state}
        found = []
        for each, place in records(given, where, readers, ["id"]):
            element = self._vocabulary.get(each["id"])
            if element is None:
                raise wrong(
                    f"{place} id", each["id"], "the id of an element of the vocabularies", self._vocabulary
                )
            if each.pop("is_deleted", False):
                element.delete()
                self._state.values.elements.pop(each["id"])
            else:
                found.append((element, {key: value for key, value in each.items() if key != "id"}, place))
        return found

    def _keep(self, head: dict[str, Any], where: str, element: CNamedElement, made: list[_Made]) -> None:
        id_ = head["id"]
        if id_ in self._state.values.elements:
            raise refused(f"{where}: another element has the id {shown(id_)}, too")
        self._state.values.elements[id_] = element
        restore_place(element, head.get("place"))
        made.append((element, head, where))

    def _element(self, head: dict[str, Any], where: str) -> CNamedElement:
        related = self._state.values.related
        name = head.get("name")
        first = name if isinstance(name, str) else None
        match head["type"]:
            case "class":
                return CClass(related(head, "metaclass", where, CMetaclass, what="metaclass"), first)
            case "association":
                ends = [
                    related(head, end, where, CClassifier, what="classifier") for end in ("source", "target")
                ]
                return CAssociation(*ends, name=first)
            case "object":
                of = related(head, "classifier", where, CClass, CAssociation, what="class")
                return CObject(of, first)
            case plain:
                return ELEMENT_TYPES[plain](first)

    def _link(self, head: dict[str, Any], where: str) -> CNamedElement:
        related, is_loose = self._state.values.related, head.get("is_loose", False)
        kinds = (CAssociation, CClass) if is_loose else (CAssociation,)
        association = related(head, "association", where, *kinds, what="association")
        ends = [
            related(head, end, where, CClass, CObject, what="class, object or link")
            for end in ("source", "target")
        ]
        source, target = (each.class_object if isinstance(each, CClass) else each for each in ends)
        return restored_link(association, source, target, is_registered=not is_loose)

    # -- state

    def _restore_state(self, changes: list[_Made]) -> None:
        for element, head, _ in changes:
            if "superclasses" in head:  # what is below what may be the other way round now
                element.superclasses = None
        every = [*changes, *self._made, *self._links]
        for restore in (self._state.relations, self._state.stereotypes, self._state.held_values):
            for element, head, where in every:
                try:
                    restore(element, head, where)
                except CException as error:
                    raise refused(f"{where}: {error.message}") from error
        for element, head, where in every:
            self._state.name(element, head, where)

    def _restore_orders(self, given: object, where: str) -> None:
        readers: Mapping[str, Reader[Any]] = {
            "element": anything,
            "relation": one_of(*ORDERS),
            "order": entries,
        }
        values, told = self._state.values, set()
        for each, place in records(given, where, readers, readers):
            element = values.reference(each["element"], f"{place} element")
            key = element, each["relation"]
            if key in told:
                raise refused(f"{place}: this order is there twice")
            told.add(key)
            try:
                restore_order(element, each["relation"], values.references(each["order"], f"{place} order"))
            except CException as error:
                raise refused(f"{place} order: {error.message}") from error
        every = (*self._vocabulary.values(), *(made[0] for made in (*self._made, *self._links)))
        position = {element: at for at, element in enumerate(every)}
        of_vocabulary = {element: id_ for id_, element in self._vocabulary.items()}
        for element in (*values.elements.values(), *self._class_objects()):
            first_orders = self._first_orders.get(of_vocabulary.get(element, ""), {})
            for relation in relations_of(element):
                others = in_order(element, relation)
                if len(others) > 1 and (element, relation) not in told:
                    first = {other: at for at, other in enumerate(first_orders.get(relation, ()))}
                    restore_order(element, relation, default_order(others, first, position))

    def _class_objects(self) -> list[CObject]:
        return [element.class_object for element, _, _ in self._made if isinstance(element, CClass)]
