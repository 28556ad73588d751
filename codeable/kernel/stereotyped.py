"""Elements that carry stereotypes and tagged values: classes, links and derived associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel import messages, values
from codeable.kernel.exception import CException
from codeable.kernel.stereotype import CStereotype

if TYPE_CHECKING:
    from collections.abc import Callable

    from codeable.kernel.values import Declared

__all__ = ["Stereotyped", "check_applicable", "declared_tagged_value", "entries_of_stereotypes"]


def entries_of_stereotypes(element: Any, value: Any) -> list[Any] | tuple[Any, ...]:
    """The single value, the list or ``None`` given as stereotypes, as a sequence."""
    if value is None:
        return ()
    if isinstance(value, CStereotype):
        return (value,)
    if not isinstance(value, list):
        raise CException(messages.not_a_stereotype(element, value))
    return value


def check_applicable(
    element: Any,
    stereotype: Any,
    applied: tuple[CStereotype, ...],
    accepts: Callable[[CStereotype], bool],
) -> None:
    """Refuse what cannot be applied next.

    Args:
        element: What is to carry it, for the message.
        stereotype: One entry of what was given.
        applied: The entries before it.
        accepts: Whether a stereotype extends what the element is an instance of.
    """
    if not isinstance(stereotype, CStereotype):
        raise CException(messages.not_a_stereotype(element, stereotype))
    if stereotype.is_deleted:
        raise CException(messages.deleted_entry(element, "stereotype_instances", stereotype))
    if stereotype in applied:
        raise CException(messages.repeated_entry(element, "stereotype_instances", stereotype))
    if not accepts(stereotype):
        raise CException(messages.incompatible_stereotype(element, stereotype))


class Stereotyped:
    """What an element has that can carry stereotypes."""

    __slots__ = ()

    is_deleted: bool

    def _stereotype_holder(self) -> Any:
        return self

    def _accepts_stereotype(self, stereotype: CStereotype) -> bool:
        """Whether the stereotype or one of its superclasses extends what this element is an instance of."""
        raise NotImplementedError

    def _stereotypes_assigned(self) -> None:
        """What follows once all stereotypes are in place."""

    @property
    def stereotype_instances(self) -> list[CStereotype]:
        """The stereotypes that this element carries.

        Assigning removes the old ones, then applies the new ones one by one, with their tagged value
        defaults; those before a bad one stay.
        """
        return list(self._stereotype_holder()._applied or ())

    @stereotype_instances.setter
    def stereotype_instances(self, value: CStereotype | list[CStereotype] | None) -> None:
        self._remove_stereotypes()
        for stereotype in entries_of_stereotypes(self, value):
            self._apply(stereotype)
        self._stereotypes_assigned()

    def _remove_stereotypes(self) -> None:
        holder = self._stereotype_holder()
        for stereotype in holder._applied or ():
            stereotype._instances.pop(self, None)
        holder._applied = None

    def _apply(self, stereotype: Any) -> None:
        holder = self._stereotype_holder()
        applied = holder._applied or ()
        check_applicable(self, stereotype, applied, self._accepts_stereotype)
        if applied:
            holder._applied = (*applied, stereotype)
        else:
            holder._applied = stereotype._alone
        stereotype._instances[self] = None
        values.fill(holder, stereotype._facts().fillable, "_tagged_values", overwrite=True)

    # -- tagged values

    @property
    def tagged_values(self) -> dict[str, Any]:
        """The tagged values by name; assigning a dict keeps the entries it does not name."""
        self._check_tagged_values_accessible()
        holder = self._stereotype_holder()
        path = dict.fromkeys(
            classifier for stereotype in holder._applied or () for classifier in stereotype._facts().path
        )
        return values.collected(holder, path, "_tagged_values")

    @tagged_values.setter
    def tagged_values(self, given: dict[str, Any] | None) -> None:
        self._check_tagged_values_accessible()
        values.set_each(self, "tagged_values", self.set_tagged_value, given)

    def get_tagged_value(self, name: str, stereotype: CStereotype | None = None) -> Any:
        """The tagged value ``name``, or ``None`` when it is not set.

        Args:
            name: The attribute of the stereotype.
            stereotype: The stereotype that declares it; the first one that does, if left out.

        Raises:
            CException: When no stereotype of this element declares it.
        """
        declared = self._declared_tagged_value(name, stereotype)
        return values.get(self._stereotype_holder(), declared, "_tagged_values")

    def set_tagged_value(self, name: str, value: Any, stereotype: CStereotype | None = None) -> None:
        """Set the tagged value ``name``; arguments as for :meth:`get_tagged_value`."""
        declared = self._declared_tagged_value(name, stereotype)
        declared[0].check_attribute_value_type_(name, value)
        values.put(self._stereotype_holder(), declared[1], value, "_tagged_values")

    def delete_tagged_value(self, name: str, stereotype: CStereotype | None = None) -> Any:
        """Remove the tagged value ``name``; the value removed, or ``None``."""
        declared = self._declared_tagged_value(name, stereotype)
        return values.delete(self._stereotype_holder(), declared, "_tagged_values")

    def _declared_tagged_value(self, name: Any, stereotype: Any) -> Declared:
        self._check_tagged_values_accessible()
        if stereotype is not None:
            return values.declared_by(stereotype, name, self)
        return declared_tagged_value(self._stereotype_holder()._applied or (), name, self)

    def _check_tagged_values_accessible(self) -> None:
        if self.is_deleted:
            raise CException(messages.deleted_access(self, "tagged values"))


def declared_tagged_value(applied: tuple[CStereotype, ...], name: Any, element: Any) -> Declared:
    """The first declaration of a tagged value by one of the applied stereotypes or their superclasses."""
    try:
        for stereotype in applied:
            declared = stereotype._facts().attributes.get(name)
            if declared is not None:
                return declared
    except TypeError:
        pass
    known = [known_name for stereotype in applied for known_name in stereotype._facts().attributes]
    raise CException(messages.unknown_tagged_value(element, name, known, applied))
