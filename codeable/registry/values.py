"""Values, tagged values and stereotypes of elements as readers see them: in tables, in figures, in `show`."""

from collections.abc import Iterator

from codeable.kernel import CClass, CLink, CNamedElement, CObject
from codeable.text import shown

_LONGEST = 200


def given_values(element: CNamedElement) -> Iterator[tuple[str, object]]:
    """Name and value of each attribute value and tagged value of an element; links, too, have both.

    Example:
        >>> from codeable.kernel import CMetaclass
        >>> component = CMetaclass("Component", attributes={"port": int, "owner": str})
        >>> list(given_values(CClass(component, "Orders", values={"port": 8080})))
        [('port', 8080)]
    """
    tables = [element.values] if isinstance(element, CClass | CObject) else []
    if isinstance(element, CClass | CLink):
        tables.append(element.tagged_values)
    yield from ((name, value) for table in tables for name, value in table.items() if value is not None)


def attribute_text(element: CNamedElement, name: str) -> str | None:
    """One value as a text; None without it, or with an empty one.

    Example:
        >>> from codeable.dsl import CClass, source
        >>> attribute_text(CClass(source, "s4", values={"title": "Data Products"}), "title")
        'Data Products'
    """
    value = next((value for key, value in given_values(element) if key == name), None)
    return None if value is None else value_text(value).strip() or None


def value_text(value: object) -> str:
    """A value as a text.

    Example:
        >>> value_text(True), value_text(["http", 8080, ["a", "b"]]), value_text("as written")
        ('yes', "http, 8080, ['a', 'b']", 'as written')
    """
    if isinstance(value, list | tuple):
        return ", ".join(map(_single, value))
    return _single(value)


def stereotype_names(element: CClass | CLink) -> list[str]:
    """The display names of the stereotypes of an element, without those that have none."""
    return [str(each.name) for each in element.stereotype_instances if each.name]


def _single(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | CNamedElement) else shown(value, _LONGEST)
