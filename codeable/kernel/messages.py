"""What the kernel's errors say: what was wrong, with which element, what was expected, the nearest names."""

# ruff: noqa: D103  (the names say it, and the texts do)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel.wording import a, did_you_mean, listed, quoted, shown, two_vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# -- names, keywords, kinds


def bad_name(element: Any, name: object) -> str:
    return f"the name of {a(type(element))} must be a string or None, not {shown(name)}"


def unknown_keyword(element: Any, keyword: str, allowed: Iterable[str], call: str | None = None) -> str:
    allowed = list(allowed)
    of = element if isinstance(element, str) else call or type(element).__name__
    legal = listed(allowed, "no keyword argument")
    return f"{of} has no keyword argument {keyword!r}{did_you_mean(keyword, allowed)}; legal are: {legal}"


def wrong_kind(element: object, kind: type) -> str:
    return f"expected {a(kind)}, not {shown(element)}"


def deleted_element(element: Any) -> str:
    return f"{shown(element)} is deleted and cannot be used any more"


def deleted_entry(element: Any, what: str, entry: Any) -> str:
    return f"cannot put the {shown(entry)} into {what!r} of {shown(element)}: it has been deleted"


def repeated_entry(element: Any, what: str, entry: Any) -> str:
    return f"{shown(entry)} occurs more than once in {what!r} of {shown(element)}"


def not_a_member(element: Any, what: str, entry: Any) -> str:
    return f"{shown(entry)} is not in {what!r} of {shown(element)}"


def not_a_list(element: Any, what: str, value: object) -> str:
    return f"{what!r} of {shown(element)} must be a list or None, not {shown(value)}"


def not_a_dict(element: Any, what: str, value: object) -> str:
    return f"{what!r} of {shown(element)} must be a dict from name to value, not {shown(value)}"


# -- bundles


def not_a_bundle(element: Any, value: object) -> str:
    return f"'bundles' of {shown(element)} must be a bundle or a list of bundles, not {shown(value)}"


def not_an_element(bundle: Any, value: object) -> str:
    return f"the elements of {shown(bundle)} must be bundlable elements, one or a list, not {shown(value)}"


def already_in_bundle(bundle: Any, element: Any) -> str:
    return f"{shown(element)} is already in {shown(bundle)}"


def not_in_bundle(bundle: Any, element: Any) -> str:
    return f"{shown(element)} is not in {shown(bundle)}"


def not_a_layer(layer: Any, value: object) -> str:
    return f"what lies above or below {shown(layer)} must be a layer or None, not {shown(value)}"


def not_a_type(bundle: Any, value: object) -> str:
    return (
        f"the filter 'type' on {shown(bundle)} must be a Python type or a tuple of types, not {shown(value)}"
    )


# -- attributes and values


def attributes_not_allowed(classifier: Any) -> str:
    return f"{shown(classifier)} cannot have attributes; metaclasses, classes and stereotypes can"


def deleted_attribute_type(attribute: Any) -> str:
    return f"the type of attribute {quoted(attribute.name)}, {shown(attribute._type)}, has been deleted"


def default_does_not_fit(attribute: Any, attribute_type: Any, default: object) -> str:
    of = f" of attribute {quoted(attribute.name)}" if attribute.name is not None else ""
    wanted = _expected(attribute_type)
    return (
        f"the default{of}, {shown(default)}, is not {wanted}{_vocabularies_of_value(attribute_type, default)}"
    )


def unknown_value_type(name: object, value: object) -> str:
    of = f" of attribute {quoted(name)}" if name is not None else ""
    return (
        f"the value{of} has no known type: {shown(value)}; expected a str, bool, int, float, list, an object"
        " or a class (to unset a value, delete it)"
    )


def wrong_value_type(attribute: Any, name: object, value: object) -> str:
    wanted = _expected(attribute._type)
    return (
        f"the value of attribute {quoted(name)} must be {wanted}, not {shown(value)}"
        f"{_vocabularies_of_value(attribute._type, value)}"
    )


def _expected(attribute_type: Any) -> str:
    if attribute_type is None:
        return "anything, for the attribute has no type"
    if isinstance(attribute_type, type):
        return a(attribute_type)
    legal = getattr(attribute_type, "values", None)
    if isinstance(legal, list):
        return f"one of {listed(legal)} ({shown(attribute_type)})"
    return f"an instance of {shown(attribute_type)}"


def _vocabularies_of_value(attribute_type: Any, value: Any) -> str:
    classifier = getattr(value, "metaclass", None) or getattr(value, "classifier", None)
    path = getattr(classifier, "class_path", ())
    return two_vocabularies(path, [attribute_type])


def unknown_attribute(element: Any, name: object, known: Iterable[str], classifier: Any) -> str:
    known = list(known)
    of = f"for {shown(element)}" if classifier is None else f"is declared by the {shown(classifier)}"
    return f"no attribute {quoted(name)} {of}{did_you_mean(name, known)}; known are: {listed(known)}"


def unknown_tagged_value(element: Any, name: object, known: Iterable[str], applied: Sequence[Any]) -> str:
    known = list(known)
    carried = listed([stereotype.name for stereotype in applied], "it carries none")
    return (
        f"no tagged value {quoted(name)} for {shown(element)}{did_you_mean(name, known)}; its stereotypes"
        f" ({carried}) declare: {listed(known)}"
    )


def not_a_classifier(element: Any, value: object) -> str:
    return f"to choose an attribute of {shown(element)}, expected a classifier, not {shown(value)}"


def deleted_access(element: Any, what: str) -> str:
    return f"the {shown(element)} has no {what} any more: it has been deleted"


def deleted_value(element: Any) -> str:
    return f"the {shown(element)} cannot be a value: it has been deleted"


# -- classifiers and instances


def bad_superclass(classifier: Any, value: Any) -> str:
    kind = (
        "association, metaclass or class"
        if type(classifier).__name__ == "CAssociation"
        else a(type(classifier))
    )
    return f"a superclass of {shown(classifier)} must be {kind} of the same level, not {shown(value)}"


def cyclic_inheritance(classifier: Any, superclass: Any) -> str:
    return (
        f"{shown(superclass)} cannot be a superclass of {shown(classifier)}: it is that itself or one of its"
        " subclasses, and inheritance would go round in a circle"
    )


def not_a_metaclass(element: Any, value: object, name: object) -> str:
    return f"the metaclass of {shown(element, name)} must be a metaclass, not {shown(value)}"


def not_a_class(element: Any, value: object) -> str:
    return f"expected a class for {shown(element)}, not {shown(value)}"


def deleted_classifier(element: Any, classifier: Any, name: object) -> str:
    return f"{shown(element, name)} cannot be an instance of the {shown(classifier)}: it has been deleted"


def classifier_fixed(element: Any) -> str:
    return f"the classifier of {shown(element)} cannot be changed"


def bad_instance_of(element: Any, value: object, kind: type) -> str:
    return (
        f"whether {shown(element)} is an instance of something can be asked for {a(kind)}, not {shown(value)}"
    )


# -- stereotypes


def not_a_stereotype(element: Any, value: object) -> str:
    return f"the stereotypes of {shown(element)} must be one stereotype or a list, not {shown(value)}"


def bad_extended(stereotype: Any, value: object) -> str:
    return f"{shown(stereotype)} extends metaclasses only or associations only, not {shown(value)}"


def bad_relation(element: Any, what: str, value: object) -> str:
    return f"{what!r} of {shown(element)} must be one element, a list of elements or None, not {shown(value)}"


def stereotypes_not_allowed(association: Any) -> str:
    return f"{shown(association)} cannot be extended by stereotypes: it does not start at a metaclass"


def incompatible_stereotype(element: Any, stereotype: Any) -> str:
    extended = list(stereotype._facts().extended)
    origins = [element, getattr(element, "derived_from", None), getattr(element, "association", None)]
    origins += getattr(getattr(element, "metaclass", None), "class_path", ())
    for_link = " (or its links)" if type(element).__name__ == "CAssociation" else ""
    return (
        f"{shown(element)}{for_link} cannot carry the {shown(stereotype)}: that extends"
        f" {'; '.join(shown(one) for one in extended) or 'nothing'}"
        f"{two_vocabularies([one for one in origins if one is not None], extended)}"
    )


def extends_nothing(stereotype: Any) -> str:
    return (
        f"{shown(stereotype)} extends no metaclass, so there is nothing to give default values for; assign"
        " 'extended' before 'default_values'"
    )


def default_values_on_association(stereotype: Any, association: Any) -> str:
    return f"{shown(stereotype)} has no default values: it extends the {shown(association)}"


# -- traversal


def bad_stop(start: Any, keyword: str, value: object) -> str:
    return f"{keyword!r} for {shown(start)} must be an element or a list of elements, not {shown(value)}"
