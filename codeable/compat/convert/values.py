"""Attributes, attribute values and tagged values as source text, for `statements` and `links`."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attrs import field, frozen

from codeable.compat.convert.names import ModuleNames
from codeable.errors import CodeableError
from codeable.kernel import CAssociation, CAttribute, CClass, CClassifier, CLink, CNamedElement
from codeable.source_writer import Call, Expression, Verbatim
from codeable.text import shown

_PLAIN = (str, bool, int, float, list)


@frozen
class Values:
    """The values of one element along a path of classifiers.

    Attributes:
        plain: Those that a keyword gives: name → value.
        later: Those that need a call of their own: elements, and values of declarations that are hidden by
            another one of the same name. Each is name, value, and the classifier when it is hidden.
        removed: The names of attributes with a default whose value was taken away.
    """

    plain: dict[str, Any] = field(factory=dict)
    later: list[tuple[str, Any, CClassifier | None]] = field(factory=list)
    removed: list[tuple[str, CClassifier | None]] = field(factory=list)


def read_values(path: Iterable[CClassifier], get: Callable[[str, Any], Any], order: Iterable[str]) -> Values:
    """Read the values that defaults do not give by themselves.

    Args:
        path: The classifiers that declare attributes, in order.
        get: Reads the value of an attribute as one classifier declares it.
        order: The names in the order in which values were given.
    """
    values = Values()
    seen: set[str] = set()
    found: dict[str, Any] = {}
    for classifier in path:
        for attribute in classifier.attributes:
            name = str(attribute.name)
            hidden = classifier if name in seen else None
            seen.add(name)
            value = get(name, classifier)
            if value is None:
                if attribute.default is not None:
                    values.removed.append((name, hidden))
            elif type(value) is not type(attribute.default) or value != attribute.default:
                if hidden is not None or any(elements_in(value)):
                    values.later.append((name, value, hidden))
                else:
                    found[name] = value
    values.plain.update((name, found[name]) for name in (*order, *found) if name in found)
    return values


def read_tagged_values(element: CClass | CLink | CAssociation) -> Values:
    """Read the tagged values that defaults do not give by themselves."""
    path = dict.fromkeys(each for one in element.stereotype_instances for each in one.class_path)
    return read_values(path, element.get_tagged_value, element.tagged_values)


def elements_in(value: object) -> Iterator[CNamedElement]:
    """The elements that a value is or holds. A list may contain itself."""
    pending, seen = [value], set[int]()
    while pending:
        current = pending.pop()
        if isinstance(current, CNamedElement):
            yield current
        elif isinstance(current, list) and id(current) not in seen:
            seen.add(id(current))
            pending += reversed(current)


def value_expression(value: Any, names: ModuleNames) -> Expression:
    """A value as source text.

    Raises:
        CodeableError: It is of a type that has no source text.
    """
    if isinstance(value, CNamedElement):
        return names.ref(value)
    if isinstance(value, list):
        try:
            return [value_expression(entry, names) for entry in value]
        except RecursionError:
            raise CodeableError(
                f"a value cannot be written as source text: {shown(value)} contains itself or is too deep"
            ) from None
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise CodeableError(
        f"a value cannot be written as source text: {shown(value)}, of the type {type(value).__name__}"
    )


def attribute_definitions(classifier: CClassifier, names: ModuleNames) -> Expression:
    """The attributes of a classifier, as they are assigned to `attributes`."""
    return {str(each.name): _definition(each, names) for each in classifier.attributes}


def _definition(attribute: CAttribute, names: ModuleNames) -> Expression:
    kind, default = attribute.type, attribute.default
    if default is None:
        return None if kind is None else _type(kind, names)
    if type(default) is kind and kind in _PLAIN:
        return value_expression(default, names)
    return Call(
        names.word("CAttribute"),
        kwargs={"type": _type(kind, names), "default": value_expression(default, names)},
    )


def _type(kind: Any, names: ModuleNames) -> Expression:
    return names.ref(kind) if isinstance(kind, CNamedElement) else Verbatim(kind.__name__)
