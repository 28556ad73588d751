"""Where codeable has the names that the modules of CodeableModels offered."""

import importlib
from functools import cache

from codeable.compat import shims

DSL = "codeable.dsl"
KERNEL = "codeable.kernel"
PREDICATES = "codeable.kernel.predicates"
METAMODELS = "codeable.metamodels"
DRAWING = "plant_uml_renderer"
WITHOUT_DSL = frozenset({"activity", "component", "deployment", "microservice_components", "technology"})
"""The vocabularies whose names `codeable.dsl` does not offer."""


def counterpart(name: str) -> str | None:
    """The module of codeable for a module of CodeableModels; None for any other module.

    Example:
        >>> counterpart("metamodels.guidance_metamodel"), counterpart("codeable_models.cclass")
        ('codeable.dsl', 'codeable.dsl')
        >>> counterpart("metamodels.component_metamodel")
        'codeable.metamodels.component'
    """
    if name not in shims.PROVIDED or is_drawing(name):
        return None
    if name.startswith("codeable_models.internal"):
        return PREDICATES
    metamodel = _metamodel(name)
    return f"{METAMODELS}.{metamodel}" if metamodel in WITHOUT_DSL else DSL


def narrow_counterpart(name: str) -> str | None:
    """The module of codeable whose names are closest to those of a module of CodeableModels.

    Example:
        >>> narrow_counterpart("metamodels.guidance_metamodel"), narrow_counterpart("codeable_models")
        ('codeable.metamodels.guidance', 'codeable.kernel')
    """
    found = counterpart(name)
    if found != DSL:
        return found
    return f"{METAMODELS}.{_metamodel(name)}" if name.startswith(f"{shims.METAMODELS}.") else KERNEL


def home_of(module: str, name: str) -> str | None:
    """The module of codeable that has a name which a module of CodeableModels offered; None if none has it.

    Example:
        >>> home_of("metamodels.component_metamodel", "CBundle")
        'codeable.dsl'
        >>> home_of("metamodels.guidance_metamodel", "guidance_metamodel_views") is None
        True
    """
    first = counterpart(module)
    places = dict.fromkeys([first, DSL, PREDICATES]) if first else {}
    return next((each for each in places if each is not None and name in star_names(each)), None)


def is_drawing(name: str) -> bool:
    """Whether a module is of the renderer of CodeableModels."""
    return name.partition(".")[0] == DRAWING


@cache
def star_names(module: str) -> frozenset[str]:
    """The names that `import *` brings from a module of codeable."""
    offered = vars(importlib.import_module(module))
    listed = offered.get("__all__")
    return frozenset(listed if listed is not None else (each for each in offered if each[:1] != "_"))


@cache
def old_star_names(module: str) -> frozenset[str]:
    """The names that `import *` brought from a module of CodeableModels."""
    return frozenset(each for each in shims.offered(module) if not each.startswith("_"))


def _metamodel(name: str) -> str:
    return name.removeprefix(f"{shims.METAMODELS}.").removesuffix("_metamodel")
