"""The values of an element as lines in its box. Called by `build` and `edges`."""

from collections.abc import Container, Iterator, Mapping

from codeable.kernel import CClass, CNamedElement, CObject
from codeable.text import shown

_LONGEST = 200


def value_lines(element: CNamedElement, known: Container[str] = ()) -> tuple[str, ...]:
    """The attribute values and tagged values of a class, or the attribute values of an object.

    Args:
        element: Any element; one that is neither has no values.
        known: Names of attributes that are shown otherwise.

    Example:
        >>> from codeable.kernel import CMetaclass
        >>> component = CMetaclass("Component", attributes={"port": int, "is public": bool})
        >>> value_lines(CClass(component, "Orders", values={"port": 8080, "is public": False}))
        ('port: 8080', 'is public: no')
    """
    return tuple(f"{name}: {value_text(value)}" for name, value in _values(element) if name not in known)


def value_text(value: object) -> str:
    """A value as a figure shows it.

    Example:
        >>> value_text(True), value_text(["http", 8080, ["a", "b"]]), value_text("as written")
        ('yes', "http, 8080, ['a', 'b']", 'as written')
    """
    if isinstance(value, list | tuple):
        return ", ".join(map(_single, value))
    return _single(value)


def _single(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | CNamedElement) else shown(value, _LONGEST)


def _values(element: CNamedElement) -> Iterator[tuple[str, object]]:
    tables: tuple[Mapping[str, object], ...] = ()
    if isinstance(element, CClass):
        tables = (element.values, element.tagged_values)
    elif isinstance(element, CObject):
        tables = (element.values,)
    for table in tables:
        yield from ((name, value) for name, value in table.items() if value is not None and value != "")
