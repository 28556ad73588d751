"""Elements that carry stereotypes and tagged values: classes, links and derived associations.

`Stereotyped` is their base class; `link_arguments` calls the functions for links that are about to be made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel import values
from codeable.kernel.describe import (
    deleted_access,
    deleted_entry,
    describe,
    listed,
    not_a_stereotype,
    quoted,
    repeated_entry,
    two_vocabularies,
)
from codeable.kernel.exception import CException
from codeable.kernel.named_element import entries_of
from codeable.kernel.stereotype import CStereotype
from codeable.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from codeable.kernel.values import Declared


def check_applicable(
    element: Any,
    stereotype: Any,
    applied: tuple[CStereotype, ...],
    accepts: Callable[[CStereotype], bool],
) -> None:
    """Raise unless a stereotype can be applied next.

    Args:
        element: What is to carry it, for the message.
        stereotype: One entry of what was given.
        applied: The entries before it.
        accepts: Whether a stereotype extends what the element is an instance of.
    """
    if not isinstance(stereotype, CStereotype):
        raise CException(not_a_stereotype(element, stereotype))
    if stereotype.is_deleted:
        raise CException(deleted_entry(element, "stereotype_instances", stereotype))
    if stereotype in applied:
        raise CException(repeated_entry(element, "stereotype_instances", stereotype))
    if not accepts(stereotype):
        raise CException(_incompatible(element, stereotype))


def _incompatible(element: Any, stereotype: CStereotype) -> str:
    extended = list(stereotype._cache().extended)
    origins = [element, getattr(element, "derived_from", None), getattr(element, "association", None)]
    origins += getattr(getattr(element, "metaclass", None), "class_path", ())
    for_link = " (or its links)" if element._KIND == "association" else ""
    return (
        f"{describe(element)}{for_link} cannot carry the {describe(stereotype)}: that extends"
        f" {'; '.join(describe(one) for one in extended) or 'nothing'}"
        f"{two_vocabularies([one for one in origins if one is not None], extended)}"
    )


class Stereotyped:
    """Base class of the elements that carry stereotypes and tagged values."""

    __slots__ = ()

    is_deleted: bool

    def _stereotype_holder(self) -> Any:
        return self

    def _accepts_stereotype(self, stereotype: CStereotype) -> bool:
        """Whether the stereotype or one of its superclasses extends what this element is an instance of."""
        raise NotImplementedError

    def _stereotypes_assigned(self) -> None:
        """Called when all stereotypes have been applied."""

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
        for stereotype in entries_of(value):
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
        values.fill(holder, stereotype._cache().fillable, "_tagged_values", overwrite=True)

    # -- tagged values

    @property
    def tagged_values(self) -> dict[str, Any]:
        """The tagged values by name; assigning a dict keeps the entries it does not name."""
        self._check_tagged_values_accessible()
        holder = self._stereotype_holder()
        path = dict.fromkeys(
            classifier for stereotype in holder._applied or () for classifier in stereotype._cache().path
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
            raise CException(deleted_access(self, "tagged values"))


def declared_tagged_value(applied: tuple[CStereotype, ...], name: Any, element: Any) -> Declared:
    """The first declaration of a tagged value by one of the applied stereotypes or their superclasses."""
    try:
        for stereotype in applied:
            declared = stereotype._cache().attributes.get(name)
            if declared is not None:
                return declared
    except TypeError:
        pass
    known = [known_name for stereotype in applied for known_name in stereotype._cache().attributes]
    carried = listed([stereotype.name for stereotype in applied], "it carries none")
    raise CException(
        f"no tagged value {quoted(name)} for {describe(element)}{did_you_mean(name, known)}; its stereotypes"
        f" ({carried}) declare: {listed(known)}"
    )
