"""The values of attributes of an element as cells."""

from codeable.kernel import CNamedElement
from codeable.registry.values import given_values, value_text
from codeable.reports.report_table import Cell


def attribute_cells(element: CNamedElement) -> dict[str, Cell]:
    """The attribute values and tagged values of an element: numbers, truth values, and texts.

    Example:
        >>> from codeable.dsl import CClass, source
        >>> attribute_cells(CClass(source, "s4", values={"title": "Data Products", "example": True}))
        {'title': 'Data Products', 'example': True}
    """
    return {name: _cell(value) for name, value in given_values(element)}


def attribute_text(element: CNamedElement, name: str) -> str | None:
    """One value as a text; None without it, or with an empty one."""
    value = next((value for key, value in given_values(element) if key == name), None)
    return None if value is None else value_text(value).strip() or None


def _cell(value: object) -> Cell:
    return value if isinstance(value, bool | int | float) else value_text(value)
