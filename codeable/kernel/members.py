"""The instances of a classifier: an ordered set that can be asked for an element by name."""

from __future__ import annotations

from types import NoneType
from typing import TypeVar

from codeable.kernel.named_element import CNamedElement

__all__ = ["Members"]

Element = TypeVar("Element", bound=CNamedElement)

_MANY = 32


class Members(dict[Element, None]):
    """Elements in order of joining.

    Attributes:
        by_name: The elements by name, made when somebody asks for a name among many, and kept up to date
            until an element is renamed.
    """

    __slots__ = ("by_name",)

    def __init__(self) -> None:
        super().__init__()
        self.by_name: dict[object, dict[Element, None]] | None = None

    def join(self, element: Element) -> None:
        """Take an element at the end."""
        self[element] = None
        if self.by_name is not None:
            self._file(element)

    def leave(self, element: Element) -> None:
        """Release an element, if it is here."""
        self.pop(element, None)
        if self.by_name is not None:
            self._file(element).pop(element, None)

    def named(self, name: object) -> list[Element]:
        """The elements with this name, in order."""
        if len(self) <= _MANY or not isinstance(name, (str, NoneType)):
            return [element for element in self if element.name == name]
        if self.by_name is None:
            self.by_name = {}
            for element in self:
                self._file(element)
        return list(self.by_name.get(name, ()))

    def _file(self, element: Element) -> dict[Element, None]:
        """Put an element among those of its name; a name that was assigned and is no string has none."""
        name = element.name
        if self.by_name is None or not isinstance(name, (str, NoneType)):
            return {}
        named = self.by_name.setdefault(name, {})
        named[element] = None
        return named
