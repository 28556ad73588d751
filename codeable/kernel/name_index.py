"""The instances of a classifier in order, with an index by name. Metaclasses and classes keep one each."""

from __future__ import annotations

from types import NoneType
from typing import TypeVar

from codeable.kernel.named_element import CNamedElement

Element = TypeVar("Element", bound=CNamedElement)

_MANY = 32


class NameIndex(dict[Element, None]):
    """Elements in order of joining. The first look-up by name indexes them once there are many."""

    __slots__ = ("_by_name",)

    _by_name: dict[object, dict[Element, None]] | None

    def __init__(self) -> None:
        super().__init__()
        self._by_name = None

    def join(self, element: Element) -> None:
        """Append an element."""
        self[element] = None
        if self._by_name is not None:
            self._namesakes(element.name)[element] = None

    def leave(self, element: Element) -> None:
        """Remove an element, if it is here."""
        self.pop(element, None)
        self._namesakes(element.name).pop(element, None)

    def rename(self, element: Element, former: object) -> None:
        """Update the index after an element, if it is here, was renamed."""
        if self._by_name is None or element not in self:
            return
        self._namesakes(former).pop(element, None)
        namesakes = self._namesakes(element.name)
        if namesakes:  # its position among them is unknown: index again
            self._by_name = None
        else:
            namesakes[element] = None

    def named(self, name: object) -> list[Element]:
        """The elements with this name, in order."""
        if len(self) <= _MANY or not _is_indexed(name):
            return [element for element in self if element.name == name]
        if self._by_name is None:
            self._by_name = {}
            for element in self:
                self._namesakes(element.name)[element] = None
        return list(self._by_name.get(name, ()))

    def _namesakes(self, name: object) -> dict[Element, None]:
        """The elements indexed under a name; a dict outside the index when the name cannot be in it."""
        if self._by_name is None or not _is_indexed(name):
            return {}
        return self._by_name.setdefault(name, {})


def _is_indexed(name: object) -> bool:
    """Whether the index can hold the name; a name that was assigned may be anything."""
    return isinstance(name, (str, NoneType))
