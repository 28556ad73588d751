"""Bundles: named, ordered groups of elements, such as a view; and the base class of their elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel.describe import deleted_entry, describe, repeated_entry, unknown_keyword
from codeable.kernel.exception import CException
from codeable.kernel.named_element import CNamedElement, entries_of
from codeable.kernel.traversal import BUNDLE_OPTIONS, STEREOTYPE_OPTIONS, Traversal, connected_elements

if TYPE_CHECKING:
    from collections.abc import Iterator


class CBundlable(CNamedElement):
    """An element that can be in bundles, and from which others are reached.

    Args:
        name: The display name, or ``None``.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> view = CBundle("view")
        >>> CBundlable("x", bundles=view).bundles == [view]
        True
    """

    __slots__ = ("_bundles",)

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("bundles",)
    _TRAVERSAL_OPTIONS: ClassVar[tuple[str, ...]] = BUNDLE_OPTIONS
    _ADDED_BY: ClassVar[str | None] = None  # the traversal option that includes elements of this kind

    _bundles: dict[CBundle, None] | None

    def _init_slots(self) -> None:
        super()._init_slots()
        self._bundles = None

    @property
    def bundles(self) -> list[CBundle]:
        """The bundles that this element is in, in order of joining.

        Assigning leaves all bundles and joins the given ones; ``None`` and ``[]`` only leave. When the
        assignment fails, nothing changes.
        """
        return list(self._bundles or ())

    @bundles.setter
    def bundles(self, value: CBundle | list[CBundle] | None) -> None:
        joined = list(self._checked_bundles(value))
        self._leave_bundles()
        for bundle in joined:
            bundle._take(self)

    def _assign_first(self, keyword: str, value: Any) -> None:
        if keyword != "bundles":
            super()._assign_first(keyword, value)
            return
        for bundle in self._checked_bundles(value):
            bundle._take(self)

    def _checked_bundles(self, value: object) -> Iterator[CBundle]:
        joined: set[CBundle] = set()
        for bundle in entries_of(value):
            if not isinstance(bundle, CBundle):
                raise CException(
                    f"'bundles' of {describe(self)} must be a bundle or a list of bundles,"
                    f" not {describe(bundle)}"
                )
            if bundle.is_deleted:
                raise CException(deleted_entry(self, "bundles", bundle))
            if bundle in joined:
                raise CException(repeated_entry(self, "bundles", bundle))
            joined.add(bundle)
            yield bundle

    def _leave_bundles(self) -> None:
        if self._bundles:
            for bundle in self._bundles:
                bundle._drop(self)
            self._bundles = None

    def _release(self, pending: list[CNamedElement]) -> None:
        super()._release(pending)
        self._leave_bundles()

    def get_connected_elements(self, **kw: Any) -> list[CBundlable]:
        """This element and all that are reached from it, depth first.

        Args:
            kw: ``add_bundles``, ``process_bundles`` (bool), ``stop_elements_inclusive``,
                ``stop_elements_exclusive`` (an element or a list); further ones by the kind of the start:
                ``add_stereotypes``, ``process_stereotypes`` (metaclass, bundle, stereotype),
                ``add_associations`` (metaclass, class, association), ``add_links`` (object, link).

        Raises:
            CException: For a keyword that this kind of element does not have, or a stop that is no element.

        Example:
            >>> from codeable.kernel import CMetaclass
            >>> code, source = CMetaclass("Code"), CMetaclass("Source")
            >>> _ = code.association(source, "[contained_code] * -> [evidence] *")
            >>> [str(element) for element in code.get_connected_elements()]
            ['Code', 'Source']
        """
        return connected_elements(self, kw)

    def _neighbours(self, traversal: Traversal) -> list[CBundlable]:  # noqa: ARG002
        """The neighbours of this element in the order in which a traversal visits them."""
        return list(self._bundles) if self._bundles else []


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

    _KIND: ClassVar[str] = "bundle"
    _KEYWORDS: ClassVar[tuple[str, ...]] = ("elements", "bundles")
    _TRAVERSAL_OPTIONS: ClassVar[tuple[str, ...]] = (*BUNDLE_OPTIONS, *STEREOTYPE_OPTIONS)
    _ADDED_BY: ClassVar[str | None] = "add_bundles"

    _elements: dict[CBundlable, None]

    def __init__(self, name: str | None = None, **kw: object) -> None:
        super().__init__(name, **kw)

    def _init_slots(self) -> None:
        super()._init_slots()
        self._elements = {}

    @property
    def elements(self) -> list[CBundlable]:
        """The elements, in order of joining.

        Assigning removes all elements and adds the given ones; one that occurs twice is added once.
        ``None`` and ``[]`` only remove. When the assignment fails, nothing changes.
        """
        return list(self._elements)

    @elements.setter
    def elements(self, value: CBundlable | list[Any] | None) -> None:
        taken = dict.fromkeys(self._checked_elements(value))
        self._release_elements()
        for element in taken:
            self._take(element)

    def _assign_first(self, keyword: str, value: Any) -> None:
        if keyword != "elements":
            super()._assign_first(keyword, value)
            return
        for element in self._checked_elements(value):
            self._take(element)

    def _checked_elements(self, value: object) -> Iterator[CBundlable]:
        for element in entries_of(value):
            self._check_is_element(element)
            if element.is_deleted:
                raise CException(deleted_entry(self, "elements", element))
            yield element

    def _check_is_element(self, element: object) -> None:
        if not isinstance(element, CBundlable):
            raise CException(
                f"the elements of {describe(self)} must be bundlable elements, one or a list,"
                f" not {describe(element)}"
            )

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
        """Append one element.

        Raises:
            CException: When ``elt`` is no element or is already in this bundle.
        """
        self._check_is_element(elt)
        if elt in self._elements:
            raise CException(f"{describe(elt)} is already in {describe(self)}")
        self._take(elt)

    def remove(self, elt: CBundlable) -> None:
        """Remove one element.

        Raises:
            CException: When ``elt`` is no element or is not in this bundle.
        """
        self._check_is_element(elt)
        if elt._bundles is None or self not in elt._bundles:
            raise CException(f"{describe(elt)} is not in {describe(self)}")
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
                raise CException(unknown_keyword(self, keyword, ("type", "name"), "get_elements"))
        elements = list(self._elements)
        wanted_type = kw.get("type")
        if wanted_type is not None:
            try:
                elements = [element for element in elements if isinstance(element, wanted_type)]
            except TypeError:
                raise CException(
                    f"the filter 'type' on {describe(self)} must be a Python type or a tuple of types,"
                    f" not {describe(wanted_type)}"
                ) from None
        if "name" in kw:
            name = kw["name"]
            elements = [element for element in elements if element.name == name]
        return elements

    def get_element(self, **kw: Any) -> CBundlable | None:
        """The first of :meth:`get_elements`, or ``None``."""
        return next(iter(self.get_elements(**kw)), None)

    def _release(self, pending: list[CNamedElement]) -> None:
        self._release_elements()
        super()._release(pending)

    def _neighbours(self, traversal: Traversal) -> list[CBundlable]:
        neighbours = super()._neighbours(traversal)
        if traversal.process_bundles:
            neighbours += self._elements
        return neighbours


class CPackage(CBundle):
    """A bundle that represents a package."""

    __slots__ = ()

    _KIND: ClassVar[str] = "package"


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

    _KIND: ClassVar[str] = "layer"
    _KEYWORDS: ClassVar[tuple[str, ...]] = ("sub_layer", "super_layer", "elements", "bundles")

    _sub_layer: CLayer | None
    _super_layer: CLayer | None

    def _init_slots(self) -> None:
        super()._init_slots()
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
        if layer is not None:
            layer.sub_layer = self
        elif self._super_layer is not None:
            self._super_layer.sub_layer = None

    def _check_layer(self, layer: object) -> None:
        if layer is not None and not isinstance(layer, CLayer):
            raise CException(
                f"what lies above or below {describe(self)} must be a layer or None, not {describe(layer)}"
            )
