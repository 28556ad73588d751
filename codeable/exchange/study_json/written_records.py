"""The records of elements, links and orders in the JSON of a study. `writer` collects them."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from codeable.dsl import fresh_vocabulary
from codeable.exchange.study_json.vocabulary_elements import default_order, orders_of, vocabulary_elements
from codeable.exchange.study_json.written_elements import StudyElements, type_of
from codeable.exchange.study_json.written_values import Json, ValueWriter
from codeable.kernel import (
    CAssociation,
    CBundle,
    CClass,
    CClassifier,
    CEnum,
    CException,
    CLayer,
    CLink,
    CNamedElement,
    CObject,
    CStereotype,
)
from codeable.kernel.attribute import PLAIN_TYPES
from codeable.kernel.place import Span, span_of
from codeable.kernel.restoring import declared_at, in_order, is_registered, relations_of, stored_values
from codeable.registry import Registry

Record = dict[str, Json]


class ElementWriter:
    """Writes the elements of a study.

    Args:
        registry: The study.
        file_of: Gives a file as seen from the folder of the study.
    """

    def __init__(self, registry: Registry, file_of: Callable[[str], str]) -> None:
        self._registry = registry
        self._file_of = file_of
        self._study = StudyElements(registry)
        self.values = ValueWriter(self._study.ids.get)
        self._fresh = vocabulary_elements(fresh_vocabulary(), self._study.vocabularies)
        fresh_ids = {element: id_ for id_, element in self._fresh.items()}
        self._fresh_values = ValueWriter(fresh_ids.get)

    @property
    def vocabularies(self) -> list[str]:
        """The vocabularies that the study uses."""
        return list(self._study.vocabularies)

    def id_of(self, element: CNamedElement) -> str:
        """The id of an element of the file."""
        return self._study.ids[element]

    def declarations(self) -> list[Json]:
        """The elements that modules declare, in order of loading."""
        return [self._study.ids[each.element] for each in self._registry.declarations]

    def own_classes(self) -> list[str]:
        """The elements whose Python class the study itself has made."""
        every = (*self._study.elements, *self._study.links)
        return [self.id_of(each) for each in every if not type(each).__module__.startswith("codeable.")]

    def elements(self) -> list[Record]:
        """The elements without the links."""
        return [self._element(each) for each in self._study.elements]

    def links(self) -> list[Record]:
        """The links, in order of creation."""
        return [self._element(each) for each in self._study.links]

    def vocabulary_changes(self) -> list[Record]:
        """What the study has changed in elements of the vocabulary."""
        found = []
        for id_, element in self._study.vocabulary.items():
            if element.is_deleted:
                found.append({"id": id_, "is_deleted": True})
                continue
            now = _state(element, self.values)
            before = _state(self._fresh[id_], self._fresh_values)
            changed = {key: now.get(key) for key in (*now, *before) if now.get(key) != before.get(key)}
            if changed:
                found.append({"id": id_, **changed})
        return found

    def orders(self) -> list[Record]:
        """The relations whose elements are not in the order of the file."""
        every = (*self._study.vocabulary.values(), *self._study.elements, *self._study.links)
        position = {each: at for at, each in enumerate(every)}
        fresh_orders = orders_of(self._fresh)
        counterpart = {each: self._study.vocabulary[id_] for id_, each in self._fresh.items()}
        found = []
        for element in self._holders():
            id_ = self._study.ids.get(element)
            for relation in relations_of(element):
                others = [each for each in in_order(element, relation) if self._is_in_file(each)]
                if len(others) > 1:
                    at_first = fresh_orders.get(id_ or "", {}).get(relation, ())
                    first = {counterpart[each]: at for at, each in enumerate(at_first)}
                    if others != default_order(others, first, position):
                        references = [self.values.reference(each) for each in others]
                        owner = self.values.reference(element)
                        found.append({"element": owner, "relation": relation, "order": references})
        return found

    def _holders(self) -> Iterator[CNamedElement]:
        for element in (*self._study.vocabulary.values(), *self._study.elements, *self._study.links):
            if not element.is_deleted:
                yield element
                if isinstance(element, CClass):
                    yield element.class_object

    def _is_in_file(self, element: Any) -> bool:
        cl = element.class_object_class if isinstance(element, CObject) else None
        return (element if cl is None else cl) in self._study.ids

    def _element(self, element: CNamedElement) -> Record:
        ids = self._study.ids
        record: Record = {
            "id": ids[element],
            "type": type_of(element),
            "kind": self._registry.kind_of(element),
        }
        declaration = self._registry.declaration_of(element)
        if declaration is not None and declaration.element is element:
            named = {"identifier": declaration.identifier, "aliases": list(declaration.aliases)}
            record.update({**_given(named), "module": declaration.module})
        record.update(_state(element, self.values))
        span = span_of(element)
        if span is not None:
            record["place"] = _place(span, self._file_of)
        return record


def _place(span: Span, file_of: Callable[[str], str]) -> Record:
    """A place in a file."""
    return {
        "file": file_of(span.path),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _given(record: Record) -> Record:
    """A record without what is empty; an empty text stays."""
    return {key: value for key, value in record.items() if value or isinstance(value, str)}


def _state(element: Any, values: ValueWriter) -> Record:
    """What an element keeps, without the relations that others keep with it."""
    record: Record = {"name": values.text(element.name)}
    if isinstance(element, CClassifier):
        record["superclasses"] = values.references(element.superclasses)
        record["attributes"] = [_attribute(each, values) for each in element.attributes]
    match element:
        case CStereotype():
            record["extended"] = values.references(element.extended)
            record |= _values(element, "default_values", values)
        case CClass():
            record["metaclass"] = values.reference(cast("CNamedElement", element.metaclass))
            if element.class_object.name != element.name:
                record["object_name"] = {"value": values.text(element.class_object.name)}
            record |= _held(element, values)
        case CAssociation():
            record |= _association(element, values)
        case CLink():
            record["association"] = values.reference(element.association)
            record["source"] = values.reference(element.source)
            record["target"] = values.reference(element.target)
            record["label"] = values.text(element.label)
            record["is_loose"] = not is_registered(element)
            record |= _held(element, values)
        case CObject():
            record["classifier"] = values.reference(element.classifier)
            record |= _held(element, values)
        case CBundle():
            record["elements"] = values.references(element.elements)
            if isinstance(element, CLayer):
                record["sub_layer"] = _layer_below(element, values)
        case CEnum():
            record["values"] = values.value(element.values)
    return _given(record)


def _layer_below(layer: CLayer, values: ValueWriter) -> Json:
    """The layer below; a layer that was deleted is counted, also one above."""
    if layer.super_layer is not None and layer.super_layer.is_deleted:
        values.references([layer.super_layer])
    below = [] if layer.sub_layer is None else values.references([layer.sub_layer])
    return next(iter(below), None)


def _association(association: CAssociation, values: ValueWriter) -> Record:
    origin = association.derived_from
    return {
        "source": values.reference(association.source),
        "target": values.reference(association.target),
        "source_role_name": values.text(association.source_role_name),
        "role_name": values.text(association.role_name),
        "source_multiplicity": association.source_multiplicity,
        "multiplicity": association.multiplicity,
        "aggregation": association.aggregation,
        "composition": association.composition,
        "derived_from": None if origin is None else values.reference(origin),
        **_held(association, values),
    }


def _held(element: Any, values: ValueWriter) -> Record:
    """Stereotypes, tagged values and values of a class, an object, a link or an association."""
    holder = element.class_object if isinstance(element, CClass) else element
    applied = values.references(holder._applied or ())
    record = {"stereotypes": applied, **_values(holder, "tagged_values", values)}
    return record if isinstance(element, CAssociation) else {**record, **_values(holder, "values", values)}


def _attribute(attribute: Any, values: ValueWriter) -> Record:
    type_ = attribute._type
    plain = type_.__name__ if isinstance(type_, type) and type_ in PLAIN_TYPES else None
    known = values.value(type_) if isinstance(type_, CNamedElement) else None
    default = attribute._default
    return {
        "name": values.value(attribute.name),
        "type": plain or (known if known and "element" in known else None),
        **({} if default is None else {"default": values.value(default)}),
    }


def _values(holder: Any, field: str, values: ValueWriter) -> Record:
    """The values by name, and those that a name does not find: another classifier hides the attribute."""
    by_name: Record = {}
    further: list[Record] = []
    for classifier, name, value in stored_values(holder, field):
        attribute = classifier.get_attribute(name)
        if attribute is None or values.reference(classifier) is None:
            continue  # the attribute is gone, and nobody sees the value
        written = values.value(value)
        is_found = isinstance(name, str) and declared_at(holder, field, name) is classifier
        if is_found and _fits(attribute, name, value):
            by_name[name] = written
        else:
            of = values.reference(classifier)
            position = len(by_name) + len(further)
            entry = {"classifier": of, "name": values.value(name), "value": written, "position": position}
            further.append(entry)
    return {field: by_name, f"further_{field}": further}


def _fits(attribute: Any, name: str, value: object) -> bool:
    try:
        attribute.check_attribute_value_type_(name, value)
    except CException:
        return False
    return True
