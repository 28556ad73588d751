"""Which stereotypes extend what: one relation, set from either end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel import messages
from codeable.kernel.clock import VOCABULARY, tick
from codeable.kernel.exception import CException

if TYPE_CHECKING:
    from collections.abc import Callable

    from codeable.kernel.stereotype import CStereotype

__all__ = ["assign_stereotypes", "connect", "disconnect_stereotypes", "replace"]


def connect(stereotype: CStereotype, extended: Any) -> None:
    """Let ``stereotype`` extend a metaclass or an association."""
    if stereotype._extended is None:
        stereotype._extended = {}
    stereotype._extended[extended] = None
    if extended._stereotypes is None:
        extended._stereotypes = {}
    extended._stereotypes[stereotype] = None


def disconnect_stereotypes(extended: Any) -> None:
    """Let no stereotype extend ``extended`` any more."""
    for stereotype in extended._stereotypes or ():
        stereotype._extended.pop(extended, None)
    extended._stereotypes = None
    tick(VOCABULARY)


def replace(
    element: Any,
    what: str,
    value: Any,
    single: Any,
    disconnect: Callable[[], None],
    add: Callable[[Any], None],
) -> None:
    """Assign one side of the relation: drop the old relations, then add the new ones one by one.

    Args:
        element: Whose property is assigned.
        what: The name of the property.
        value: ``None``, an instance of ``single``, or a list; its entries before a bad one stay.
        single: The type or types of a single value.
        disconnect: Drops the old relations.
        add: Checks and adds one entry.
    """
    disconnect()
    try:
        if value is None:
            return
        if isinstance(value, single):
            value = [value]
        if not isinstance(value, list):
            raise CException(messages.bad_relation(element, what, value))
        seen = set()
        for entry in value:
            if getattr(entry, "is_deleted", False) is True:
                raise CException(messages.deleted_entry(element, what, entry))
            if isinstance(entry, single) and entry in seen:
                raise CException(messages.repeated_entry(element, what, entry))
            add(entry)
            seen.add(entry)
    finally:
        tick(VOCABULARY)


def assign_stereotypes(extended: Any, value: Any) -> None:
    """Assign ``stereotypes`` of a metaclass or an association."""
    from codeable.kernel.stereotype import CStereotype

    def add(stereotype: Any) -> None:
        if not isinstance(stereotype, CStereotype):
            raise CException(messages.not_a_stereotype(extended, stereotype))
        connect(stereotype, extended)

    replace(extended, "stereotypes", value, CStereotype, lambda: disconnect_stereotypes(extended), add)
