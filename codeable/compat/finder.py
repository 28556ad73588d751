"""Finds the packages that old studies import, whatever the module path begins with."""

from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

from codeable.compat.module_discovery import FRONTS, PACKAGES, is_provided

__all__ = ["ProvidedPackages"]

_MERGED = "metamodels"


class ProvidedPackages(MetaPathFinder):
    """Finds what codeable provides before a copy of it that came with a study.

    Scripts put folders in front of the module path, often those that hold such a copy. The folder
    `metamodels` of a study merges with ours also when it has an `__init__.py`; Python alone would not do so.
    """

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - the import system's signature
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """The specification of a provided module; None for any other."""
        if fullname.partition(".")[0] not in FRONTS:
            return None
        if fullname == _MERGED:
            return _merged(target)
        if not is_provided(fullname):
            return None
        folder = PACKAGES.joinpath(*fullname.split(".")[:-1])
        return PathFinder.find_spec(fullname, [str(folder)], target)


def _merged(target: ModuleType | None) -> ModuleSpec | None:
    """The package `metamodels` with our folder and the study's; None where Python finds both by itself."""
    found = PathFinder.find_spec(_MERGED, None, target)
    if found is None:
        return PathFinder.find_spec(_MERGED, [str(PACKAGES)], target)
    ours = str(PACKAGES / _MERGED)
    locations = found.submodule_search_locations
    if found.origin is not None and locations is not None and ours not in locations:
        found.submodule_search_locations = [ours, *locations]
        return found
    return None
