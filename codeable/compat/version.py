"""Which copy of CodeableModels' metamodels a study was written for."""

from codeable.compat.run_options import choices
from codeable.kernel import CBundlable, CStereotype

__all__ = ["in_order", "is_earlier", "without_later"]


def is_earlier() -> bool:
    """Whether the study is of the time of the copies of early 2023, as its text format tells."""
    return choices().format == "older"


def without_later(*elements: CBundlable) -> list[CBundlable]:
    """The elements to leave out of a bundle because the study's copy did not have them yet."""
    return list(elements) if is_earlier() else []


def in_order(root: CStereotype, first: list[CStereotype]) -> list[CStereotype]:
    """Let the sub-stereotypes of a root begin with some of them, in that order; these are returned."""
    rest = [each for each in root.subclasses if each not in first]
    for stereotype in [*first, *rest]:
        stereotype.superclasses = root
    return first
