"""Private names of CodeableModels: the property `x` of an element is kept in its field `x_`.

Programs that were published read these fields. Here they are descriptors beside the properties, so that
nothing else gets slower by them; `dir` of an element does not list them.
"""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, NoReturn

from codeable.kernel.describe import describe
from codeable.kernel.exception import CException, PrivateNameError


class PrivateName:
    """The property of an element under its private name. It can be read only, and reading never fails.

    Args:
        public: The name of the property.
        slot: The slot that holds what the field holds, where the property returns something else.
    """

    def __init__(self, public: str, slot: str | None = None) -> None:
        self._public = public
        self._slot = slot or public
        self.__doc__ = f"`{public}`, under the private name that it has in CodeableModels. Read-only."

    def __get__(self, element: Any, owner: type) -> Any:
        if element is None:
            return self
        try:
            value = getattr(element, self._slot)
        except CException:  # values of a deleted element, default values where there can be none
            value = {}
        if type(value) is list:
            return PrivateList(value, element, self._public)
        if type(value) is dict:
            return MappingProxyType(value)
        return frozenset(value) if type(value) is set else value

    def __set__(self, element: Any, value: object) -> NoReturn:
        raise PrivateNameError(_read_only(element, self._public))


class PrivateList(list[Any]):
    """The list under a private name. It is a copy: an attempt to change it is refused, not lost.

    Args:
        entries: The entries.
        element: The element that the list belongs to.
        public: The name of the property.
    """

    __slots__ = ("_element", "_public")

    def __init__(self, entries: list[Any], element: Any, public: str) -> None:
        super().__init__(entries)
        self._element = element
        self._public = public

    def _refuse(self, *args: object, **kw: object) -> NoReturn:  # noqa: ARG002
        raise PrivateNameError(_read_only(self._element, self._public))

    append = extend = insert = remove = pop = clear = sort = reverse = _refuse
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse

    def __reduce__(self) -> tuple[type, tuple[list[Any]]]:
        return list, (list(self),)


def add_private_names(classes: Iterable[type], slots: Iterable[tuple[type, str, str]]) -> None:
    """Give every public property of some classes its private name.

    Args:
        classes: Classes of elements; their base classes count.
        slots: A class, a property of it, and the slot that its private name reads instead.
    """
    for cls in dict.fromkeys(base for each in classes for base in each.__mro__):
        for name, value in list(vars(cls).items()):
            if isinstance(value, property) and not name.startswith("_"):
                setattr(cls, f"{name}_", PrivateName(name))
    for cls, public, slot in slots:
        setattr(cls, f"{public}_", PrivateName(public, slot))


def is_private_name(cls: type, name: str) -> bool:
    """Whether a name of a class is one of these."""
    return isinstance(getattr(cls, name, None), PrivateName)


def _read_only(element: Any, public: str) -> str:
    settable = getattr(getattr(type(element), public, None), "fset", None) is not None
    instead = f"assign '{public}'" if settable else f"like '{public}', which follows from other assignments"
    return f"'{public}_' of {describe(element)} is a private name and can only be read; {instead}"
