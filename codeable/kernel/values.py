"""Attribute values of elements: read, stored, deleted and filled with defaults.

An element keeps its values in a dict with one slot per declaring classifier and attribute name; the dict is
made with the first value. Classes and objects have one for attribute values (``_values``) and one for tagged
values (``_tagged_values``), stereotypes one for default values (``_default_values``). Classifiers, objects
and stereotypes call these functions, with the name of the dict as ``field``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel.describe import describe, not_a_dict, unknown_attribute
from codeable.kernel.exception import CException

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codeable.kernel.attribute import CAttribute
    from codeable.kernel.classifier import CClassifier

    Declared = tuple[CAttribute, "AttributeSlot"]


class AttributeSlot:
    """The key under which elements store the values of one attribute name of one classifier.

    It outlives the attribute: the values of names that stay are kept when attributes are assigned again.
    """

    __slots__ = ("classifier", "name")

    def __init__(self, classifier: CClassifier, name: str) -> None:
        self.classifier = classifier
        self.name = name


def declared_by(classifier: Any, name: Any, element: Any) -> Declared:
    """The attribute that exactly ``classifier`` declares under ``name``, and its slot."""
    try:
        attribute = (classifier._attributes or {}).get(name)
    except (AttributeError, TypeError):
        raise CException(
            f"to choose an attribute of {describe(element)}, expected a classifier,"
            f" not {describe(classifier)}"
        ) from None
    if attribute is None:
        raise CException(unknown_attribute(element, name, classifier.attribute_names, classifier))
    return attribute, classifier._slot(name)


def first_declared(path: Iterable[CClassifier], name: Any, element: Any) -> Declared:
    """The attribute that the first classifier of ``path`` declares under ``name``, and its slot."""
    known: dict[str, None] = {}
    for classifier in path:
        if classifier._attributes:
            try:
                if name in classifier._attributes:
                    return classifier._attributes[name], classifier._slot(name)
            except TypeError:
                break
            known.update(dict.fromkeys(classifier._attributes))
    raise CException(unknown_attribute(element, name, known, None))


def get(holder: Any, declared: Declared, field: str) -> Any:
    """The value in a slot, or ``None``."""
    declared[0].check_attribute_type_is_not_deleted()
    stored = getattr(holder, field)
    return stored.get(declared[1]) if stored else None


def put(holder: Any, slot: AttributeSlot, value: Any, field: str) -> None:
    """Store a value that is known to fit."""
    stored = getattr(holder, field)
    if stored is None:
        setattr(holder, field, {slot: value})
    else:
        stored[slot] = value


def delete(holder: Any, declared: Declared, field: str) -> Any:
    """Remove the value in a slot; returns it, or ``None``."""
    declared[0].check_attribute_type_is_not_deleted()
    stored = getattr(holder, field)
    return stored.pop(declared[1], None) if stored else None


def drop(holder: Any, slots: Iterable[AttributeSlot], field: str) -> None:
    """Remove the values of attributes that are about to be removed."""
    stored = getattr(holder, field)
    if stored:
        for slot in slots:
            stored.pop(slot, None)


def fill(holder: Any, fillable: Iterable[Declared], field: str, overwrite: bool = False) -> None:
    """Put defaults into the slots that are still empty, or into all of them."""
    for attribute, slot in fillable:
        attribute.check_attribute_type_is_not_deleted()
        if attribute._default is not None and (overwrite or slot not in (getattr(holder, field) or ())):
            put(holder, slot, attribute._default, field)


def collected(holder: Any, path: Iterable[CClassifier], field: str) -> dict[str, Any]:
    """The filled slots along ``path``; the first one of a name counts."""
    stored: dict[AttributeSlot, Any] | None = getattr(holder, field)
    if not stored:
        return {}
    by_classifier: dict[CClassifier, list[AttributeSlot]] = {}
    for slot in stored:
        by_classifier.setdefault(slot.classifier, []).append(slot)
    found: dict[str, Any] = {}
    for classifier in path:
        for slot in by_classifier.get(classifier, ()):
            if slot.name not in found:
                found[slot.name] = stored[slot]
    return found


def set_each(element: Any, what: str, setter: Any, given: Any) -> None:
    """Call ``setter(name, value)`` for each entry of a dict; ``None`` has no entries."""
    if given is None:
        return
    if not isinstance(given, dict):
        raise CException(not_a_dict(element, what, given))
    for name, value in given.items():
        setter(name, value)
