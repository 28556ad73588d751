"""Puts elements into the state that their records in JSON tell: relations, stereotypes, values, names."""

from collections.abc import Iterable
from typing import Any

from codeable.exchange.study_json.read_document import (
    entries,
    or_null,
    records,
    refused,
    string,
    table,
    text_or_null,
)
from codeable.exchange.study_json.read_values import ValueReader
from codeable.kernel import (
    CAssociation,
    CBundlable,
    CBundle,
    CClass,
    CClassifier,
    CEnum,
    CException,
    CLayer,
    CLink,
    CMetaclass,
    CStereotype,
)
from codeable.kernel.attribute import PLAIN_TYPES
from codeable.kernel.restoring import (
    declared_at,
    restore_attributes,
    restore_derivation,
    restore_extensions,
    restore_stereotypes,
    restore_values,
)
from codeable.schema import anything, switch, whole_number, wrong
from codeable.text import did_you_mean, shown

_TYPES = {cls.__name__: cls for cls in PLAIN_TYPES}
Record = dict[str, Any]

_HELD_FIELDS = tuple(
    (field, f"_{field}", f"further_{field}") for field in ("values", "tagged_values", "default_values")
)
"""Each kind of values: its key, its slot in the kernel, and the key of those that a name does not find."""


class StateReader:
    """Restores state. A key that a record does not have is not touched; null is the state of a new element.

    Each method raises a `CodeableError` with the place, or a `CException` where the kernel refuses it.

    Attributes:
        values: Reads values and references.
    """

    def __init__(self) -> None:
        self.values = ValueReader()

    def name(self, element: Any, head: Record, where: str) -> None:
        """Restore the name, which may be anything."""
        if "name" in head:
            element.name = text_or_null(head["name"], f"{where} name")
        if isinstance(element, CClass):
            given = head.get("object_name")
            own = element.name
            if given is not None:
                own = text_or_null(table(given, f"{where} object_name").get("value"), where)
            if given is not None or "id" in head:
                element.class_object.name = own

    def relations(self, element: Any, head: Record, where: str) -> None:
        """Restore what an element is related to, and attributes."""
        if isinstance(element, CAssociation):
            self._association(element, head, where)
        if isinstance(element, CClassifier):
            self._classifier(element, head, where)
        if isinstance(element, CLink) and "label" in head:
            element.label = text_or_null(head["label"], f"{where} label")
        if isinstance(element, CBundle):
            if "elements" in head:
                element.elements = self.values.all_related(head, "elements", where, CBundlable)
            if isinstance(element, CLayer) and head.get("sub_layer") is not None:
                below = self.values.related(head, "sub_layer", where, CLayer, what="layer")
                if below.super_layer is not None:
                    raise refused(f"{where} sub_layer: this layer is below another one")
                element.sub_layer = below
        if isinstance(element, CEnum) and "values" in head:
            element.values = self.values.value(
                entries(head["values"] or [], f"{where} values"), f"{where} values"
            )

    def _classifier(self, element: Any, head: Record, where: str) -> None:
        if "superclasses" in head:
            element.superclasses = self.values.all_related(head, "superclasses", where)
        if "extended" in head:
            kinds, what = (CMetaclass, CAssociation), "metaclass or association"
            restore_extensions(element, self.values.all_related(head, "extended", where, *kinds, what=what))
        if "attributes" in head:
            self._attributes(element, head["attributes"] or [], f"{where} attributes")

    def _attributes(self, element: Any, given: object, where: str) -> None:
        readers = {"name": anything, "type": anything, "default": anything}
        found: dict[Any, tuple[Any, Any]] = {}
        for each, place in records(given, where, readers, ["name", "type"]):
            name = self.values.name(each["name"], f"{place} name")
            if name in found:
                raise wrong(f"{place} name", each["name"], "a name that no other attribute has")
            default = self.values.value(each.get("default"), f"{place} default")
            found[name] = self._type(each["type"], f"{place} type"), default
        restore_attributes(element, found)

    def _type(self, given: object, where: str) -> Any:
        if given is None or (isinstance(given, str) and given in _TYPES):
            return None if given is None else _TYPES[given]
        found = self.values.value(given, where) if isinstance(given, dict) else None
        if not isinstance(found, CEnum | CClassifier):
            raise wrong(where, given, f"{', '.join(_TYPES)}, an enum, a classifier or null", _TYPES)
        return found

    def _association(self, element: CAssociation, head: Record, where: str) -> None:
        for key in ("source_role_name", "role_name"):
            if key in head:
                setattr(element, key, text_or_null(head[key], f"{where} {key}"))
        for key in ("source_multiplicity", "multiplicity"):
            if key in head:
                setattr(element, key, string(head[key], f"{where} {key}"))
        for key in ("aggregation", "composition"):
            if key in head:
                setattr(element, key, bool(or_null(switch)(head[key], f"{where} {key}")))
        for key in ("source", "target"):
            if key in head:
                end = self.values.related(head, key, where, CClassifier, what="classifier")
                if end is not getattr(element, key):
                    setattr(element, key, end)
        if head.get("derived_from") is not None:
            origin = self.values.related(head, "derived_from", where, CAssociation, what="association")
            restore_derivation(element, origin)

    def stereotypes(self, element: Any, head: Record, where: str) -> None:
        """Restore the stereotypes that an element carries."""
        if "stereotypes" in head:
            carried = self.values.all_related(head, "stereotypes", where, CStereotype, what="stereotype")
            restore_stereotypes(element, carried)

    def held_values(self, element: Any, head: Record, where: str) -> None:
        """Restore values, tagged values and default values; a new element has none, not even defaults."""
        if isinstance(element, CEnum):
            return
        holder = element.class_object if isinstance(element, CClass) else element
        is_new = "id" in head
        for field, slot, further in _HELD_FIELDS:
            if not hasattr(holder, slot) or not (is_new or field in head or further in head):
                continue
            found: list[tuple[CClassifier, str, Any]] = []
            if given := head.get(field):
                found += self._by_name(holder, field, given, f"{where} {field}")
            if given := head.get(further):
                for at, entry in self._further(given, f"{where} {further}"):
                    found.insert(at, entry)
            restore_values(holder, field, found)

    def _by_name(
        self, holder: Any, field: str, given: object, where: str
    ) -> Iterable[tuple[CClassifier, str, Any]]:
        for name, written in table(given, where).items():
            classifier = declared_at(holder, field, name)
            attribute = classifier.get_attribute(name) if classifier is not None else None
            if classifier is None or attribute is None:
                raise refused(f"{where}: nothing declares the attribute {shown(name)}")
            value = self.values.value(written, f"{where} {name}")
            try:
                attribute.check_attribute_value_type_(name, value)
            except CException as error:
                raise refused(f"{where}: {error.message}") from error
            yield classifier, name, value

    def _further(self, given: object, where: str) -> Iterable[tuple[int, tuple[CClassifier, str, Any]]]:
        """The values that a name does not find, each with its position among all."""
        position = whole_number(0, 1_000_000)
        readers = {"classifier": anything, "name": anything, "value": anything, "position": position}
        for each, place in records(given, where, readers, readers):
            classifier = self.values.related(each, "classifier", place, CClassifier, what="classifier")
            name = self.values.name(each["name"], f"{place} name")
            if classifier.get_attribute(name) is None:
                near = did_you_mean(name, classifier.attribute_names)
                raise refused(f"{place} name: there is no attribute {shown(name)}{near}")
            yield each["position"], (classifier, name, self.values.value(each["value"], f"{place} value"))
