"""The root of all elements: name, place, deletion, keyword arguments, display in notebooks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from codeable.kernel.describe import describe, quoted, unknown_keyword, with_article
from codeable.kernel.exception import CException, UncopyableError
from codeable.kernel.invalidation import ELEMENTS, bump
from codeable.kernel.place import calling_instruction, place_of, shown_place
from codeable.kernel.private_names import is_private_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from codeable.kernel.classifier import CClassifier
    from codeable.kernel.place import Span


def entries_of(value: Any) -> Sequence[Any]:
    """The entries of a list; a single value as the only entry; none for ``None``."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


class Uncopyable:
    """Base class of the elements, which refuse `copy.copy`, `copy.deepcopy` and `pickle`.

    A copy would share the relations of the original, and deleting the copy would change the original.
    """

    __slots__ = ()

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if not is_private_name(type(self), name)]

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise UncopyableError(
            f"the {describe(self)} cannot be copied or pickled, because it belongs to its study; make another"
            f" {type(self).__name__} instead of a copy, and send its identifier to another process, which"
            " finds it in the study that it loads"
        )


class CNamedElement(Uncopyable):
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

    _KIND: ClassVar[str] = "element"  # how messages call it
    _KEYWORDS: ClassVar[tuple[str, ...]] = ()

    _name: Any
    is_deleted: bool
    _code: CodeType | Span | None
    _instruction: int

    def __init__(self, name: str | None, **kw: object) -> None:
        self._init_slots()
        self._set_initial_name(name)
        self._assign_keywords(kw)

    def _init_slots(self) -> None:
        """Fill the slots of a new element: without a name, not deleted, made where the caller is."""
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
        bump(ELEMENTS)
        self._renamed(former)

    def _renamed(self, former: object) -> None:
        """Called when the name has been changed."""

    def _set_initial_name(self, name: object) -> None:
        if name is not None and not isinstance(name, str):
            raise CException(
                f"the name of {with_article(type(self))} must be a string or None, not {describe(name)}"
            )
        self._name = name

    def _assign_keywords(self, kw: dict[str, Any]) -> None:
        allowed = self._KEYWORDS
        for keyword, value in kw.items():
            if keyword not in allowed:
                raise CException(unknown_keyword(self, keyword, allowed))
            self._assign_first(keyword, value)

    def _assign_first(self, keyword: str, value: Any) -> None:
        """Assign a property for the first time, in a constructor."""
        setattr(self, keyword, value)

    def delete(self) -> None:
        """Delete this element and those that need it. A deleted element has no name.

        Deleting twice does nothing.
        """
        pending: list[CNamedElement] = [self]
        while pending:
            element = pending.pop()
            if not element.is_deleted:
                element._release(pending)
                element._name = None
                element.is_deleted = True
                bump(ELEMENTS)

    def _release(self, pending: list[CNamedElement]) -> None:
        """Leave every relation; append to ``pending`` the elements to delete along with this one."""

    def _classifier_as_value(self) -> CClassifier | None:
        """The classifier of which this element is an instance, when it is an attribute value."""
        return None

    def _allows_default(self, default: object) -> bool:  # noqa: ARG002
        """Whether an attribute whose type is this element may have that default."""
        return False

    def _described(self, name: object) -> str:
        """This element in a message: kind, name (or the one it is about to get) and place."""
        place = place_of(self)
        at = f" ({shown_place(place)})" if place is not None else ""
        return f"{'deleted ' if self.is_deleted else ''}{self._KIND} {self._called(name)}{at}"

    def _called(self, name: object) -> str:
        called = self._name if self._name is not None else name
        return "without a name" if called is None else quoted(called)

    def __str__(self) -> str:
        return "" if self.name is None else str(self.name)

    def __repr__(self) -> str:
        default = object.__repr__(self)
        return default if self.name is None else f"{default}: {self.name}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """The display of the package for notebooks; empty without one, so that the ``repr`` is shown."""
        display = getattr(sys.modules.get("codeable"), "display_element", None)
        bundle: dict[str, Any] = display(self, include, exclude) if display is not None else {}
        return bundle
