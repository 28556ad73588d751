"""What a table tells of an element beyond its names."""

from typing import TYPE_CHECKING, Any, cast

from codeable.registry.collection import Columns
from codeable.registry.records import Declaration

if TYPE_CHECKING:
    from codeable.registry.registry import Registry

__all__ = ["columns_of"]


def columns_of(registry: "Registry") -> Columns:
    """The further columns of a table of elements, read from a registry when the table is shown."""

    def columns(declaration: Declaration) -> tuple[tuple[str, str], ...]:
        element = declaration.element
        if registry.declaration_of(element) is None:
            return ()
        if declaration.kind == "source":
            title = str(cast("Any", element).get_value("title") or "")
            return ("title", title), ("codes", str(len(registry.codes_of(element))))
        evidence = ("evidence", str(len(registry.evidence_of(element))))
        match declaration.kind:
            case "decision":
                return ("options", str(len(registry.options_of(element)))), evidence
            case "practice" | "pattern" | "solution":
                return ("option of", str(len(registry.decisions_of(element)))), evidence
            case "force":
                return ("impacts", str(len(registry.impacts_on(element)))), evidence
            case "relation" | "domain class" | "code":
                return (evidence,)
            case _:
                return ()

    return columns
