"""Bundles: named, ordered groups of elements; packages and layers are bundles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import messages
from codeable.kernel.bundlable import CBundlable
from codeable.kernel.exception import CException

if TYPE_CHECKING:
    from codeable.kernel.connected import Traversal
    from codeable.kernel.named_element import CNamedElement

__all__ = ["CBundle", "CLayer", "CPackage"]


class CBundle(CBundlable):
    """A group of elements, such as a view. An element may be in many bundles; bundles may be nested.

    Args:
        name: The display name, or ``None``.
        elements: An element or a list of elements.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> infrastructure = CBundle("Infrastructure")
        >>> view = CBundle("View", elements=[infrastructure])
        >>> infrastructure.bundles == [view]
        True
    """

    __slots__ = ("_elements",)

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("elements", "bundles")

    _elements: dict[CBundlable, None]

    def __init__(self, name: str | None = None, **kw: object) -> None:
        super().__init__(name, **kw)

    def _begin(self) -> None:
        super()._begin()
        self._elements = {}

    @property
    def elements(self) -> list[CBundlable]:
        """The elements, in order of joining.

        Assigning releases all elements and takes the given ones; one that occurs twice is taken once.
        ``None`` and ``[]`` only release. When the assignment fails, nothing changes.
        """
        return list(self._elements)

    @elements.setter
    def elements(self, value: CBundlable | list[Any] | None) -> None:
        taken: dict[CBundlable, None] = {}
        for element in self._entries_of_elements(value):
            self._check_element(element)
            taken[element] = None
        self._release_elements()
        for element in taken:
            self._take(element)

    def _assign_first(self, keyword: str, value: Any) -> None:
        if keyword != "elements":
            super()._assign_first(keyword, value)
            return
        for element in self._entries_of_elements(value):
            self._check_element(element)
            self._take(element)

    def _entries_of_elements(self, value: object) -> list[Any]:
        if value is None:
            return []
        if isinstance(value, CBundlable):
            return [value]
        if not isinstance(value, list):
            raise CException(messages.not_an_element(self, value))
        return value

    def _check_element(self, element: object) -> None:
        if not isinstance(element, CBundlable):
            raise CException(messages.not_an_element(self, element))
        if element.is_deleted:
            raise CException(messages.deleted_entry(self, "elements", element))

    def _take(self, element: CBundlable) -> None:
        self._elements[element] = None
        if element._bundles is None:
            element._bundles = {}
        element._bundles[self] = None

    def _drop(self, element: CBundlable) -> None:
        self._elements.pop(element, None)

    def _release_elements(self) -> None:
        for element in self._elements:
            if element._bundles is not None:
                element._bundles.pop(self, None)
        self._elements = {}

    def add(self, elt: CBundlable) -> None:
        """Take one element at the end.

        Raises:
            CException: When ``elt`` is no element or is already in this bundle.
        """
        if not isinstance(elt, CBundlable):
            raise CException(messages.not_an_element(self, elt))
        if elt in self._elements:
            raise CException(messages.already_in_bundle(self, elt))
        self._take(elt)

    def remove(self, elt: CBundlable) -> None:
        """Release one element.

        Raises:
            CException: When ``elt`` is no element or is not in this bundle.
        """
        if not isinstance(elt, CBundlable):
            raise CException(messages.not_an_element(self, elt))
        if elt._bundles is None or self not in elt._bundles:
            raise CException(messages.not_in_bundle(self, elt))
        del elt._bundles[self]
        self._drop(elt)

    def get_elements(self, **kw: Any) -> list[CBundlable]:
        """The elements in order, filtered.

        Args:
            kw: ``type``: a Python type (or a tuple of them) of which the elements are instances; ``name``:
                the display name, ``None`` for the unnamed ones. A filter that is left out does not filter.

        Example:
            >>> CBundle("b", elements=[CBundle("x"), CBundle()]).get_elements(name=None)[0].name is None
            True
        """
        for keyword in kw:
            if keyword not in ("type", "name"):
                raise CException(messages.unknown_keyword(self, keyword, ("type", "name"), "get_elements"))
        elements = list(self._elements)
        wanted_type = kw.get("type")
        if wanted_type is not None:
            try:
                elements = [element for element in elements if isinstance(element, wanted_type)]
            except TypeError:
                raise CException(messages.not_a_type(self, wanted_type)) from None
        if "name" in kw:
            name = kw["name"]
            elements = [element for element in elements if element.name == name]
        return elements

    def get_element(self, **kw: Any) -> CBundlable | None:
        """The first of :meth:`get_elements`, or ``None``."""
        found = self.get_elements(**kw)
        return found[0] if found else None

    def _release(self, pending: list[CNamedElement]) -> None:
        self._release_elements()
        super()._release(pending)

    def _neighbours(self, traversal: Traversal) -> list[CBundlable]:
        neighbours = super()._neighbours(traversal)
        if traversal.process_bundles:
            neighbours += self._elements
        return neighbours


class CPackage(CBundle):
    """A bundle that stands for a package."""

    __slots__ = ()


class CLayer(CBundle):
    """A bundle that may lie on top of another one. Each layer has at most one below and one above.

    Args:
        name: The display name, or ``None``.
        sub_layer: The layer below.
        super_layer: The layer above.
        elements: An element or a list of elements.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> data = CLayer("Data")
        >>> logic = CLayer("Logic", sub_layer=data)
        >>> data.super_layer is logic
        True
    """

    __slots__ = ("_sub_layer", "_super_layer")

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("sub_layer", "super_layer", "elements", "bundles")

    _sub_layer: CLayer | None
    _super_layer: CLayer | None

    def _begin(self) -> None:
        super()._begin()
        self._sub_layer = self._super_layer = None

    @property
    def sub_layer(self) -> CLayer | None:
        """The layer below; assigning detaches the former partners of both."""
        return self._sub_layer

    @sub_layer.setter
    def sub_layer(self, layer: CLayer | None) -> None:
        self._check_layer(layer)
        if self._sub_layer is not None:
            self._sub_layer._super_layer = None
        self._sub_layer = layer
        if layer is not None:
            if layer._super_layer is not None:
                layer._super_layer._sub_layer = None
            layer._super_layer = self

    @property
    def super_layer(self) -> CLayer | None:
        """The layer above; assigning detaches the former partners of both."""
        return self._super_layer

    @super_layer.setter
    def super_layer(self, layer: CLayer | None) -> None:
        self._check_layer(layer)
        if self._super_layer is not None:
            self._super_layer._sub_layer = None
        self._super_layer = layer
        if layer is not None:
            if layer._sub_layer is not None:
                layer._sub_layer._super_layer = None
            layer._sub_layer = self

    def _check_layer(self, layer: object) -> None:
        if layer is not None and not isinstance(layer, CLayer):
            raise CException(messages.not_a_layer(self, layer))
