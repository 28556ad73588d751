"""Values of elements in the JSON of a study. What JSON has itself is written as it is, the rest as an object.

`read_values` reads them.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from codeable.exchange.project import NotTakenOver
from codeable.kernel import CNamedElement, CObject
from codeable.text import shown

Json = Any
"""A value that the module `json` writes."""

_DEEPEST = 50
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_MOST_DIGITS = 4000
"""Python itself reads no decimal number that is much longer."""


class ValueWriter:
    """Writes values, and counts those that a file cannot keep.

    Args:
        id_of: Gives the id of an element in the file; None for one that is not in it.

    Example:
        >>> writer = ValueWriter(lambda element: None)
        >>> writer.value(["http", 8080, ("a", None), float("inf")])
        ['http', 8080, {'tuple': ['a', None]}, {'float': 'inf'}]
    """

    def __init__(self, id_of: Callable[[CNamedElement], str | None]) -> None:
        self._id_of = id_of
        self._lost: Counter[str] = Counter()
        self._plain: Counter[str] = Counter()
        self._unrelated = 0

    @property
    def lost(self) -> Iterator[NotTakenOver]:
        """The values that are only texts in the file, and the relations that are not in it."""
        reason = "only the text is in the file; use texts, numbers, lists and elements as values"
        for what, number in sorted(self._lost.items()):
            yield NotTakenOver(what, number, reason=reason)
        for name, number in sorted(self._plain.items()):
            reason = "they are written as plain texts or numbers"
            yield NotTakenOver(f"values of the class {name}", number, reason=reason, is_loss=False)
        if self._unrelated:
            reason = "those are deleted, or a cell that was run again has replaced them"
            yield NotTakenOver(
                "relations to elements that are not in the study", self._unrelated, reason=reason
            )

    def reference(self, element: CNamedElement) -> Json:
        """The id of an element; of the object of a class an object with the id of the class.

        None for an element that is not in the file.
        """
        cl = element.class_object_class if isinstance(element, CObject) else None
        id_ = self._id_of(element if cl is None else cl)
        return id_ if cl is None or id_ is None else {"class_object": id_}

    def references(self, elements: Iterable[CNamedElement]) -> Json:
        """The ids of the elements that are in the file; the others are counted."""
        found = [self.reference(each) for each in elements]
        self._unrelated += found.count(None)
        return [each for each in found if each is not None]

    def text(self, value: object) -> str | None:
        """A name or a label, which nobody checks when it is assigned."""
        if value is None or type(value) is str:
            self._count_halves(value or "")
            return value
        self._lost["names and labels that are no texts"] += 1
        return shown(value)

    def value(self, value: object, around: tuple[int, ...] = ()) -> Json:
        """A value.

        Args:
            value: The value.
            around: The identities of the lists that it is in.
        """
        if len(around) > _DEEPEST or id(value) in around:
            return self._text(value, "lists too deep in lists, or in themselves")
        if value is None or isinstance(value, bool):
            return value
        kind = type(value)
        if isinstance(value, str | int | float):
            if kind not in (str, int, float):
                self._plain[kind.__name__] += 1
            if isinstance(value, str):
                self._count_halves(value)
            return _plain(value)
        if isinstance(value, CNamedElement):
            id_ = None if value.is_deleted else self.reference(value)
            if id_ is None:
                return self._text(value, "values that are elements outside the study")
            return {"element": id_}
        inside = (*around, id(value))
        if isinstance(value, list):
            return [self.value(each, inside) for each in value]
        if isinstance(value, tuple):
            return {"tuple": [self.value(each, inside) for each in value]}
        if isinstance(value, dict):
            pairs = value.items()
            return {"dict": [[self.value(key, inside), self.value(each, inside)] for key, each in pairs]}
        return self._text(value, f"values of the class {kind.__name__}")

    def _count_halves(self, text: str) -> None:
        """Count a text in which two surrogates would become one character when the file is read."""
        if not text.isascii() and _HALVES.search(text):
            self._lost["texts with both halves of a character, which become the character"] += 1

    def _text(self, value: object, what: str) -> Json:
        self._lost[what] += 1
        return {"text": shown(value)}


def _plain(value: str | int | float) -> Json:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        number = int(value)
        return number if abs(number).bit_length() < _MOST_DIGITS * 3 else {"integer": hex(number)}
    number_ = float(value)
    return number_ if math.isfinite(number_) else {"float": repr(number_)}
