"""Texts of error messages: an element is named by kind, name and place, another value by its ``repr``.

The modules of the kernel call it where they raise `CException`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.text import did_you_mean, first_few, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONGEST = 80
_DEEPEST = 3


def with_article(kind: type) -> str:
    """A kind of thing with its article: ``a metaclass``.

    Example:
        >>> with_article(int)
        'an int'
    """
    word: str = getattr(kind, "_KIND", kind.__name__)
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def describe(thing: Any, name: object = None, *, depth: int = 0) -> str:
    """A thing as a message names it: an element by kind, name and the place where it was made.

    Args:
        thing: An element or any other value.
        name: The name that the element is about to get, while it has none.
        depth: How many containers the thing is in; of a deep one, or one in itself, the outer ones are named.

    Example:
        >>> describe(["title"])
        "a list of 1, beginning with 'title'"
    """
    describe_element = getattr(type(thing), "_described", None)
    if describe_element is not None:
        return str(describe_element(thing, name))
    if thing is None or isinstance(thing, str):
        return quoted(thing)
    if isinstance(thing, type):
        return f"the type {thing.__name__}"
    if isinstance(thing, (list, tuple, set, frozenset, dict)) and thing and depth < _DEEPEST:
        first = describe(next(iter(thing)), depth=depth + 1)
        return f"{with_article(type(thing))} of {len(thing)}, beginning with {first}"
    return f"{quoted(thing)}, {with_article(type(thing))}"


def of_classifier(classifier: Any) -> str:
    """The classifier behind the name of an instance: `` of Practice``; empty when it has no name."""
    name = getattr(classifier, "name", None)
    return f" of {name}" if name else ""


def quoted(value: object) -> str:
    """A name or another value that the user gave, as it is written in Python."""
    return shown(value, _LONGEST)


def shortened(text: str) -> str:
    """The text, or the beginning of a long one."""
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
    return first_few(texts, 10)


def two_vocabularies(given: Iterable[Any], wanted: Sequence[Any]) -> str:
    """A hint when two classifiers have the same name but are not the same; else empty."""
    by_name = {one.name: one for one in wanted if isinstance(getattr(one, "name", None), str)}
    for one in given:
        name = getattr(one, "name", None)
        other = by_name.get(name) if isinstance(name, str) else None
        if other is not None and other is not one:
            return (
                f". There are two called {quoted(name)}: {describe(one)} and {describe(other)}; they"
                " belong to two vocabularies (of two studies, or of a module that was run twice), and"
                " elements of one cannot be combined with those of the other"
            )
    return ""


# -- messages of several modules


def unknown_keyword(element: Any, keyword: str, allowed: Iterable[str], call: str | None = None) -> str:
    """A call has no such keyword argument."""
    allowed = list(allowed)
    of = element if isinstance(element, str) else call or type(element).__name__
    legal = listed(allowed, "no keyword argument")
    return f"{of} has no keyword argument {keyword!r}{did_you_mean(keyword, allowed)}; legal are: {legal}"


def deleted_entry(element: Any, what: str, entry: Any) -> str:
    """A deleted element cannot be put into a property."""
    return f"cannot put the {describe(entry)} into {what!r} of {describe(element)}: it has been deleted"


def repeated_entry(element: Any, what: str, entry: Any) -> str:
    """An element occurs twice in a property."""
    return f"{describe(entry)} occurs more than once in {what!r} of {describe(element)}"


def not_a_dict(element: Any, what: str, value: object) -> str:
    """A property takes a dict."""
    return f"{what!r} of {describe(element)} must be a dict from name to value, not {describe(value)}"


def unknown_attribute(element: Any, name: object, known: Iterable[str], classifier: Any) -> str:
    """No attribute has this name."""
    known = list(known)
    of = f"for {describe(element)}" if classifier is None else f"is declared by the {describe(classifier)}"
    return f"no attribute {quoted(name)} {of}{did_you_mean(name, known)}; known are: {listed(known)}"


def deleted_access(element: Any, what: str) -> str:
    """A deleted element has no values any more."""
    return f"the {describe(element)} has no {what} any more: it has been deleted"


def not_a_class(element: Any, value: object) -> str:
    """A class is expected."""
    return f"expected a class for {describe(element)}, not {describe(value)}"


def deleted_classifier(element: Any, classifier: Any, name: object) -> str:
    """A deleted classifier has no instances."""
    return (
        f"{describe(element, name)} cannot be an instance of the {describe(classifier)}: it has been deleted"
    )


def not_a_stereotype(element: Any, value: object) -> str:
    """Stereotypes are expected."""
    return f"the stereotypes of {describe(element)} must be one stereotype or a list, not {describe(value)}"


def not_an_association(element: Any, value: object) -> str:
    """An association is expected."""
    of = element if isinstance(element, str) else describe(element)
    return f"expected an association for {of}, not {describe(value)}"


def not_an_end(element: Any, value: object) -> str:
    """An association or a link has no such end."""
    return f"{describe(value)} is at neither end of {describe(element)}"
