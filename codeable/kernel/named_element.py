"""The root of all elements: a name, a place, and whether it is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from codeable.kernel import messages
from codeable.kernel.clock import ELEMENTS
from codeable.kernel.display import display
from codeable.kernel.exception import CException
from codeable.kernel.place import calling_instruction

if TYPE_CHECKING:
    from types import CodeType

    from codeable.kernel.classifier import CClassifier

__all__ = ["CNamedElement"]


class CNamedElement:
    """An element with a name.

    Args:
        name: The display name, or ``None``.

    Raises:
        CException: When the name is neither ``None`` nor a ``str``, or a keyword is unknown.

    Example:
        >>> str(CNamedElement("Event Bus"))
        'Event Bus'
    """

    __slots__ = ("__weakref__", "_code", "_instruction", "_name", "is_deleted")

    _KEYWORDS: ClassVar[tuple[str, ...]] = ()

    _name: Any
    is_deleted: bool
    _code: CodeType | None
    _instruction: int

    def __init__(self, name: str | None, **kw: object) -> None:
        self._begin()
        self._baptise(name)
        self._assign_keywords(kw)

    def _begin(self) -> None:
        """Establish the state of a new element: nameless, not deleted, made where the caller is."""
        self._name = None
        self.is_deleted = False
        self._code, self._instruction = calling_instruction(3)

    @property
    def name(self) -> Any:
        """The display name, or ``None``. It is not checked when it is assigned."""
        return self._name

    @name.setter
    def name(self, name: Any) -> None:
        former, self._name = self._name, name
        ELEMENTS.time += 1
        self._renamed(former)

    def _renamed(self, former: object) -> None:
        """What follows when the name has been changed."""

    def _baptise(self, name: object) -> None:
        if name is not None and not isinstance(name, str):
            raise CException(messages.bad_name(self, name))
        self._name = name

    def _assign_keywords(self, kw: dict[str, Any]) -> None:
        allowed = self._KEYWORDS
        for keyword, value in kw.items():
            if keyword not in allowed:
                raise CException(messages.unknown_keyword(self, keyword, allowed))
            self._assign_first(keyword, value)

    def _assign_first(self, keyword: str, value: Any) -> None:
        """Assign a property for the first time, in a constructor."""
        setattr(self, keyword, value)

    def delete(self) -> None:
        """Delete this element and what cannot be without it. A deleted element has no name.

        Deleting twice does nothing.
        """
        pending: list[CNamedElement] = [self]
        while pending:
            element = pending.pop()
            if not element.is_deleted:
                element._release(pending)
                element._name = None
                element.is_deleted = True
                ELEMENTS.time += 1

    def _release(self, pending: list[CNamedElement]) -> None:
        """Leave every relation; put on ``pending`` what is to be deleted along with this element."""

    def _classifier_as_value(self) -> CClassifier | None:
        """What this element is an instance of, when it is used as an attribute value."""
        return None

    def __str__(self) -> str:
        return "" if self.name is None else str(self.name)

    def __repr__(self) -> str:
        default = object.__repr__(self)
        return default if self.name is None else f"{default}: {self.name}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return display(self, include, exclude)
