"""How messages name things: elements with kind, name and place; other values by their ``repr``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["a", "did_you_mean", "listed", "quoted", "shown", "two_vocabularies"]

_KINDS = {
    "CBundle": "bundle",
    "CPackage": "package",
    "CLayer": "layer",
    "CEnum": "enumeration",
    "CClassifier": "classifier",
    "CMetaclass": "metaclass",
    "CStereotype": "stereotype",
    "CClass": "class",
    "CAssociation": "association",
    "CObject": "object",
    "CLink": "link",
    "CAttribute": "attribute",
    "CBundlable": "element",
    "CNamedElement": "element",
}
_LONGEST = 80


def _kind(kind: type) -> str:
    for base in kind.__mro__:
        if base.__name__ in _KINDS:
            return _KINDS[base.__name__]
    return kind.__name__


def a(kind: type | tuple[type, ...]) -> str:
    """A kind of thing with its article: ``a metaclass``.

    Example:
        >>> a(int)
        'an int'
    """
    if isinstance(kind, tuple):
        return " or ".join(a(one) for one in kind)
    word = _kind(kind)
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def shown(thing: Any, name: object = None) -> str:
    """A thing as a message names it: an element by kind, name and the place where it was made.

    Args:
        thing: An element or any other value.
        name: The name that the element is about to get, while it has none.
    """
    from codeable.files import shown_path
    from codeable.kernel.named_element import CNamedElement
    from codeable.kernel.place import place_of

    if isinstance(thing, str):
        return quoted(thing)
    if not isinstance(thing, CNamedElement):
        return _other(thing)
    of_class = getattr(thing, "class_object_class", None)
    if of_class is not None:
        thing = of_class  # users think of classes, not of class objects
    place = place_of(thing)
    at = f" ({shown_path(place.path)}:{place.line})" if place is not None else ""
    return f"{'deleted ' if thing.is_deleted else ''}{_kind(type(thing))}{_called(thing, name)}{at}"


def _called(element: Any, name: object) -> str:
    kind = type(element).__name__
    if kind == "CLink":
        return f" {_short(str(element))}"
    if kind == "CAssociation":
        label = f" {quoted(element.name)}" if element.name else ""
        return f"{label} from {_end(element.source)} to {_end(element.target)}"
    own = getattr(element, "name", None)
    called = own if own is not None else name
    text = f" {quoted(called)}" if called is not None else " without a name"
    metaclass = getattr(element, "metaclass", None) or getattr(element, "_classifier", None)
    of = getattr(metaclass, "name", None)
    return f"{text} of {of}" if of else text


def _end(classifier: Any) -> str:
    name = getattr(classifier, "name", None)
    return quoted(classifier) if name is None else quoted(name)


def _other(thing: Any) -> str:
    if thing is None:
        return "None"
    if isinstance(thing, type):
        return f"the type {thing.__name__}"
    if isinstance(thing, (list, tuple, set, frozenset, dict)) and thing:
        return f"{a(type(thing))} of {len(thing)}, beginning with {shown(next(iter(thing)))}"
    return f"{quoted(thing)}, {a(type(thing))}"


def _safe_repr(thing: Any) -> str:
    try:
        return repr(thing)
    except Exception:  # a message must not fail because of the value that it complains about
        return object.__repr__(thing)


def quoted(value: object) -> str:
    """A name or another value that the user gave, as it is written in Python."""
    return _short(_safe_repr(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def listed(names: Iterable[object], nothing: str = "none") -> str:
    """Names, quoted, one after the other; the first ten of many.

    Example:
        >>> listed(["title", "url"])
        "'title', 'url'"
    """
    texts = [quoted(name) for name in names]
    if not texts:
        return nothing
    return ", ".join(texts[:10]) + (f" and {len(texts) - 10} more" if len(texts) > 10 else "")


def did_you_mean(name: object, valid: Iterable[object]) -> str:
    """The nearest valid names as the end of a message; empty when none is near."""
    if not isinstance(name, str):
        return ""
    from codeable.text import did_you_mean as nearest_names

    return nearest_names(name, [candidate for candidate in valid if isinstance(candidate, str)])


def two_vocabularies(given: Iterable[Any], wanted: Sequence[Any]) -> str:
    """A hint when two classifiers have the same name but are not the same; else empty."""
    by_name = {one.name: one for one in wanted if isinstance(getattr(one, "name", None), str)}
    for one in given:
        name = getattr(one, "name", None)
        other = by_name.get(name) if isinstance(name, str) else None
        if other is not None and other is not one:
            return (
                f". There are two called {quoted(one.name)}: {shown(one)} and {shown(other)}; they belong to"
                " two vocabularies (of two studies, or of a module that was run twice), and elements of one"
                " cannot be combined with those of the other"
            )
    return ""
