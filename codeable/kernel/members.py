"""An ordered set of elements that can be asked for by name."""

from __future__ import annotations

from typing import TypeVar

from codeable.kernel.named_element import CNamedElement

__all__ = ["Members"]

Element = TypeVar("Element", bound=CNamedElement)


class Members(dict[Element, None]):
    """Elements in order of joining; an element leaves without the others being looked at."""

    __slots__ = ()

    def named(self, name: object) -> list[Element]:
        """The elements with this name, in order."""
        return [element for element in self if element.name == name]
