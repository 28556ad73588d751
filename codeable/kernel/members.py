"""The instances of a classifier: an ordered set that can be asked for an element by name."""

from __future__ import annotations

from types import NoneType
from typing import TypeVar

from codeable.kernel.named_element import CNamedElement

__all__ = ["Members"]

Element = TypeVar("Element", bound=CNamedElement)

_MANY = 32


class Members(dict[Element, None]):
    """Elements in order of joining; once there are many, the first question for a name indexes them."""

    __slots__ = ("_by_name",)

    _by_name: dict[object, dict[Element, None]] | None

    def __init__(self) -> None:
        super().__init__()
        self._by_name = None

    def join(self, element: Element) -> None:
        """Take an element at the end."""
        self[element] = None
        if self._by_name is not None:
            self._namesakes(element.name)[element] = None

    def leave(self, element: Element) -> None:
        """Release an element, if it is here."""
        self.pop(element, None)
        self._namesakes(element.name).pop(element, None)

    def rename(self, element: Element, former: object) -> None:
        """Take note that an element, if it is here, has got another name."""
        if self._by_name is None or element not in self:
            return
        self._namesakes(former).pop(element, None)
        namesakes = self._namesakes(element.name)
        if namesakes:  # which of them it comes before has to be found out anew
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
        """The part of the index that a name has; outside the index where there is none or it has no part."""
        if self._by_name is None or not _is_indexed(name):
            return {}
        return self._by_name.setdefault(name, {})


def _is_indexed(name: object) -> bool:
    """Whether the index has the name; one that was assigned may be anything."""
    return isinstance(name, (str, NoneType))
