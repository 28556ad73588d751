"""The metamodels of CodeableModels: those of `codeable.metamodels` with their bundles and views.

They are never imported in the ordinary way: `codeable.compat.shims` executes them again for every study, over
fresh copies of `codeable.metamodels`. An element that the copies bundled with studies of early 2023 did not
have yet is declared in any case, but kept out of their bundles.
"""

from codeable.compat.run_options import current_options
from codeable.kernel import CBundlable, CStereotype


def is_earlier() -> bool:
    """Whether the study was written for a copy of early 2023, as its text format says."""
    return current_options().format == "older"


def without_later(*elements: CBundlable) -> list[CBundlable]:
    """The elements to leave out of a bundle because the study's copy did not have them yet."""
    return list(elements) if is_earlier() else []


def in_order(root: CStereotype, first: list[CStereotype]) -> list[CStereotype]:
    """Move some sub-stereotypes of a root to the front, in that order; these are returned."""
    rest = [each for each in root.subclasses if each not in first]
    for stereotype in [*first, *rest]:
        stereotype.superclasses = root
    return first
