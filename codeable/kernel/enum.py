"""Enumerations: the values that an attribute may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import messages
from codeable.kernel.bundlable import CBundlable
from codeable.kernel.exception import CException

if TYPE_CHECKING:
    from codeable.kernel.named_element import CNamedElement

__all__ = ["CEnum"]


class CEnum(CBundlable):
    """An attribute type with a list of legal values.

    Args:
        name: The display name, or ``None``.
        values: The legal values, a list.
        bundles: A bundle or a list of bundles to join.

    Example:
        >>> CEnum("Impact", values=["+", "-"]).is_legal_value("+")
        True
    """

    __slots__ = ("_values",)

    _KEYWORDS: ClassVar[tuple[str, ...]] = ("values", "bundles")

    _values: list[Any]

    def __init__(self, name: str | None = None, **kw: object) -> None:
        super().__init__(name, **kw)

    def _begin(self) -> None:
        super()._begin()
        self._values = []

    @property
    def values(self) -> list[Any]:
        """The legal values, in order; the list assigned is copied."""
        return list(self._values)

    @values.setter
    def values(self, value: list[Any] | None) -> None:
        if value is not None and not isinstance(value, list):
            raise CException(messages.not_a_list(self, "values", value))
        self._values = list(value or ())

    def is_legal_value(self, value: object) -> bool:
        """Whether ``value`` is among the legal ones."""
        return value in self._values

    def _release(self, pending: list[CNamedElement]) -> None:
        super()._release(pending)
        self._values = []
