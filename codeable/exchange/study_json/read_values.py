"""Values and references of elements in the JSON of a study; see `written_values`, which writes them."""

import re
from collections.abc import Mapping
from typing import Any

from codeable.exchange.study_json.read_document import entries, refused
from codeable.kernel import CClass, CNamedElement
from codeable.schema import wrong
from codeable.text import did_you_mean, shown

_FLOATS = ("nan", "inf", "-inf")
_INTEGER = re.compile(r"-?0x[0-9a-f]+")


class ValueReader:
    """Reads values and references.

    Attributes:
        elements: The elements that are made already, by id.
        later: The ids of the others.
    """

    def __init__(self) -> None:
        self.elements: dict[str, CNamedElement] = {}
        self.later: frozenset[str] = frozenset()

    def reference(self, given: object, where: str, *types: type, what: str = "element") -> Any:
        """The element of an id.

        Args:
            given: An id, or an object with the id of a class whose class object is meant.
            where: What messages call it.
            types: What the element may be; nothing for any.
            what: What that is called.

        Raises:
            CodeableError: There is no such element, or it is something else.
        """
        id_ = given.get("class_object") if isinstance(given, dict) and len(given) == 1 else given
        if not isinstance(id_, str):
            raise wrong(where, given, f"the id of {_article(what)}")
        found = self.elements.get(id_)
        if found is None:
            if id_ in self.later:
                message = f"{where} must be {_article(what)} that is made before it, not {shown(id_)}"
            else:
                message = f"{where}: there is no element {shown(id_)}{did_you_mean(id_, self.elements)}"
            raise refused(message)
        if id_ is not given:
            if not isinstance(found, CClass):
                raise wrong(where, given, "the id of a class")
            found = found.class_object
        if types and not isinstance(found, types):
            raise refused(f"{where} must be {_article(what)}, and {shown(id_)} is {_article(found._KIND)}")
        return found

    def references(self, given: object, where: str, *types: type, what: str = "element") -> list[Any]:
        """The elements of a list of ids; none of them twice."""
        found = [
            self.reference(each, f"{where}[{at}]", *types, what=what)
            for at, each in enumerate(entries(given, where))
        ]
        if len(set(found)) < len(found):
            at = next(at for at, each in enumerate(found) if each in found[:at])
            raise refused(f"{where}[{at}]: {shown(entries(given, where)[at])} is there twice")
        return found

    def related(self, head: Mapping[str, Any], key: str, where: str, *types: type, what: str) -> Any:
        """The element that a key of a record names; arguments as for `reference`."""
        return self.reference(head[key], f"{where} {key}", *types, what=what)

    def all_related(
        self, head: Mapping[str, Any], key: str, where: str, *types: type, what: str = "element"
    ) -> list[Any]:
        """The elements that a key of a record lists."""
        return self.references(head[key] or [], f"{where} {key}", *types, what=what)

    def value(self, given: Any, where: str) -> Any:
        """A value.

        Raises:
            CodeableError: It is none that a study writes.
        """
        if isinstance(given, list):
            return [self.value(each, f"{where}[{at}]") for at, each in enumerate(given)]
        if not isinstance(given, dict):
            return given
        ((kind, content),) = given.items() if len(given) == 1 else (("", None),)
        match kind, content:
            case "element", _:
                return self.reference(content, where)
            case "float", str() if content in _FLOATS:
                return float(content)
            case "integer", str() if _INTEGER.fullmatch(content):
                return int(content, 16)
            case "tuple", list():
                return tuple(self.value(content, where))
            case "dict", list():
                return dict(self._pair(each, f"{where}[{at}]") for at, each in enumerate(content))
            case "text", str():
                return content
        expected = "a value: an object with one of the keys element, float, integer, tuple, dict, text"
        raise wrong(where, given, expected)

    def name(self, given: Any, where: str) -> Any:
        """A name, which may be any value but a list or a table."""
        value = self.value(given, where)
        try:
            hash(value)
        except TypeError:
            raise wrong(where, given, "a text, or another value that can be a name") from None
        return value

    def _pair(self, given: Any, where: str) -> tuple[Any, Any]:
        if not isinstance(given, list) or len(given) != 2:
            raise wrong(where, given, "a list of a key and its value")
        return self.name(given[0], where), self.value(given[1], where)


def _article(what: str) -> str:
    return f"{'an' if what[:1] in 'aeiou' else 'a'} {what}"
