"""Tells the copies of CodeableModels of early 2023, and what was written for them, from later ones.

`module_discovery` asks. Texts of such studies have the format `older`.
"""

from collections.abc import Callable
from pathlib import Path

from codeable.compat.bundled import modules_of_copies
from codeable.compat.module_file import ModuleFile

_VARIANT = "variant"
"""A relation that later copies call `has_variant`; a study may call anything so."""
_NAMES = frozenset({"can_be_realized_with", _VARIANT})
_RENDERER_OPTION = "top_to_bottom"
_GUIDANCE = "metamodels.guidance_metamodel"


def is_earlier_copy(folder: Path) -> bool:
    """Whether the copy in a folder has what only the copies of early 2023 have."""
    return any(
        (_VARIANT in module.own and "has_variant" not in module.own)
        or any(attribute == _RENDERER_OPTION for _, attribute in module.attributes)
        for module in modules_of_copies(folder)
    )


def uses_earlier_names(module: ModuleFile, original: Callable[[str], str]) -> bool:
    """Whether a module of a study takes or sets what only the copies of early 2023 have.

    Args:
        module: The module.
        original: Gives the name in CodeableModels of a module that the study imports.
    """
    taken = {name for each in module.imports if original(each.module) == _GUIDANCE for name in each.names}
    attributes = {attribute for _, attribute in module.attributes}
    if taken & _NAMES or not attributes.isdisjoint({"can_be_realized_with", _RENDERER_OPTION}):
        return True
    if "*" in taken and _NAMES & module.used - module.bound:
        return True
    imports_guidance = any(
        (original(each.module) == _GUIDANCE and not each.names)
        or any(original(f"{each.module}.{name}") == _GUIDANCE for name in each.names)
        for each in module.imports
    )
    return imports_guidance and _VARIANT in attributes
