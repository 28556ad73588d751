"""Class objects in the place of their classes.

Studies make views of `x.class_object.get_connected_elements()`. Whoever reads the elements of a bundle, the
ends of a link or an argument outside the kernel asks these functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeable.kernel.object import CObject

if TYPE_CHECKING:
    from codeable.kernel.bundle import CBundle


def represented(element: Any) -> Any:
    """The class of a class object; anything else as it is.

    Example:
        >>> from codeable.kernel import CClass, CMetaclass
        >>> bus = CClass(CMetaclass("Pattern"), "Event Bus")
        >>> represented(bus.class_object) is represented(bus) is bus
        True
    """
    if isinstance(element, CObject):
        cl = element.class_object_class
        return element if cl is None else cl
    return element


def elements_of(bundle: CBundle) -> list[Any]:
    """The elements of a bundle, in order, classes in the place of their class objects, each once.

    Example:
        >>> from codeable.kernel import CBundle, CClass, CMetaclass
        >>> bus = CClass(CMetaclass("Pattern"), "Event Bus")
        >>> elements_of(CBundle("view", elements=[bus.class_object, bus])) == [bus]
        True
    """
    return list(dict.fromkeys(map(represented, bundle.elements)))


def bundles_of(element: Any) -> list[CBundle]:
    """The bundles that an element is in; those of its class object follow those of a class.

    Example:
        >>> from codeable.kernel import CBundle, CClass, CMetaclass
        >>> bus = CClass(CMetaclass("Pattern"), "Event Bus")
        >>> view = CBundle("view", elements=[bus.class_object])
        >>> bus.bundles, bundles_of(bus) == [view]
        ([], True)
    """
    cl = represented(element)
    class_object = getattr(cl, "class_object", cl)
    return list(dict.fromkeys((*cl.bundles, *class_object.bundles)))
