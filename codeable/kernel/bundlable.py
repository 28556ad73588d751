"""Elements that can be put in bundles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import messages
from codeable.kernel.exception import CException
from codeable.kernel.named_element import CNamedElement

if TYPE_CHECKING:
    from codeable.kernel.bundle import CBundle
    from codeable.kernel.connected import Traversal

__all__ = ["CBundlable"]


class CBundlable(CNamedElement):
    """An element that can be in bundles, and from which others are reached.

    Args:
        name: The display name, or ``None``.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> from codeable.kernel import CBundle
        >>> view = CBundle("view")
        >>> CBundlable("x", bundles=view).bundles == [view]
        True
    """

    __slots__ = ("_bundles",)

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("bundles",)

    _bundles: dict[CBundle, None] | None

    def _begin(self) -> None:
        super()._begin()
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
        joined: dict[CBundle, None] = {}
        for bundle in self._entries_of_bundles(value):
            self._check_bundle(bundle, joined)
            joined[bundle] = None
        self._leave_bundles()
        for bundle in joined:
            bundle._take(self)

    def _assign_first(self, keyword: str, value: Any) -> None:
        if keyword != "bundles":
            super()._assign_first(keyword, value)
            return
        joined: dict[CBundle, None] = {}
        for bundle in self._entries_of_bundles(value):
            self._check_bundle(bundle, joined)
            joined[bundle] = None
            bundle._take(self)

    def _entries_of_bundles(self, value: object) -> list[Any]:
        from codeable.kernel.bundle import CBundle

        if value is None:
            return []
        if isinstance(value, CBundle):
            return [value]
        if not isinstance(value, list):
            raise CException(messages.not_a_bundle(self, value))
        return value

    def _check_bundle(self, bundle: object, joined: dict[CBundle, None]) -> None:
        from codeable.kernel.bundle import CBundle

        if not isinstance(bundle, CBundle):
            raise CException(messages.not_a_bundle(self, bundle))
        if bundle.is_deleted:
            raise CException(messages.deleted_entry(self, "bundles", bundle))
        if bundle in joined:
            raise CException(messages.repeated_entry(self, "bundles", bundle))

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
        from codeable.kernel.connected import connected_elements

        return connected_elements(self, kw)

    def _neighbours(self, traversal: Traversal) -> list[CBundlable]:  # noqa: ARG002
        """The neighbours of this element in the order in which a traversal visits them."""
        return list(self._bundles) if self._bundles else []
