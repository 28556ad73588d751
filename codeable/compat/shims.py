"""The modules that studies written for CodeableModels import, made in memory.

`codeable_models` is the kernel under the names of CodeableModels, and `plant_uml_renderer` the renderer. The
metamodels are declared again for each study: the modules of one study share one set of fresh declarations,
and `forget` lets the next study begin with its own. `codeable.compat.finder` lets `import` find all of them.
"""

import importlib
from collections.abc import Mapping
from types import FunctionType
from typing import Any

from codeable.metamodels import VOCABULARIES
from codeable.metamodels.isolation import FreshModules

METAMODELS = "metamodels"
PACKAGES = ("codeable_models", METAMODELS, "plant_uml_renderer")
"""The packages that studies import."""

_KERNEL: Mapping[str, str] = {
    "cassociation": "CAssociation",
    "cattribute": "CAttribute",
    "cbundlable": "CBundlable",
    "cbundle": "CBundle CLayer CPackage",
    "cclass": "CClass",
    "cclassifier": "CClassifier",
    "cenum": "CEnum",
    "cexception": "CException",
    "clink": "CLink add_links delete_links set_links",
    "cmetaclass": "CMetaclass",
    "cnamedelement": "CNamedElement",
    "cobject": "CObject",
    "cstereotype": "CStereotype",
}
_RENDERING = "codeable.compat.rendering"
_MADE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "codeable_models": (("codeable.kernel", " ".join(_KERNEL.values())),),
    **{f"codeable_models.{module}": (("codeable.kernel", names),) for module, names in _KERNEL.items()},
    "codeable_models.clink": (
        ("codeable.kernel", _KERNEL["clink"]),
        ("codeable.kernel.link_functions", "LinkKeywordsContext"),
    ),
    "codeable_models.internal": (),
    "codeable_models.internal.commons": (("codeable.kernel.predicates", "*"),),
    "plant_uml_renderer": (
        (f"{_RENDERING}.generator", "PlantUMLGenerator"),
        (f"{_RENDERING}.class_models", "ClassModelRenderer"),
        (f"{_RENDERING}.object_models", "ObjectModelRenderer"),
    ),
    "plant_uml_renderer.class_model_renderer": ((f"{_RENDERING}.class_models", "ClassModelRenderer"),),
    "plant_uml_renderer.model_renderer": (
        (f"{_RENDERING}.model_renderer", "ModelRenderer ModelStyle RenderingContext get_encoded_name"),
    ),
    "plant_uml_renderer.object_model_renderer": ((f"{_RENDERING}.object_models", "ObjectModelRenderer"),),
    "plant_uml_renderer.plant_uml_generator": ((f"{_RENDERING}.generator", "PlantUMLGenerator"),),
}
"""Full name of a module → where its names come from, and these names; `*` for all functions defined there."""

_METAMODELS = tuple(name for name in VOCABULARIES if name != "coding")
_DECLARED = "codeable.compat.metamodels."

PROVIDED = frozenset({*_MADE, METAMODELS, *(f"{METAMODELS}.{each}_metamodel" for each in _METAMODELS)})
"""The full names of all modules that replace those of CodeableModels."""


def _undeclared() -> FreshModules:
    packages = (_DECLARED, "codeable.metamodels.")
    return FreshModules(f"{package}{each}" for each in _METAMODELS for package in packages)


_declared = _undeclared()
"""The declarations of this study."""


def is_package(name: str) -> bool:
    """Whether a module that is provided has modules in it."""
    return any(each.startswith(f"{name}.") for each in PROVIDED)


def load(*, engine: bool) -> None:
    """Import what the packages are made of, so that no file of a study is taken for what that imports.

    Args:
        engine: Whether to import what draws pictures, too, which takes a moment.
    """
    homes = {home for parts in _MADE.values() for home, _ in parts}
    for home in [*sorted(homes), *(["codeable.engines.plantuml"] if engine else [])]:
        importlib.import_module(home)


def contents(name: str) -> dict[str, Any]:
    """The names in a module that is provided, its sub-modules apart.

    Args:
        name: One of `PROVIDED`.
    """
    if name.startswith(f"{METAMODELS}."):
        return names_of(name.partition(".")[2].removesuffix("_metamodel"))
    found: dict[str, Any] = {}
    for home, names in _MADE.get(name, ()):
        module = importlib.import_module(home)
        own = [each for each, value in vars(module).items() if _is_function_of(home, each, value)]
        found.update((each, getattr(module, each)) for each in (own if names == "*" else names.split()))
    return found


def _is_function_of(module: str, name: str, value: object) -> bool:
    return isinstance(value, FunctionType) and value.__module__ == module and not name.startswith("_")


def offered(name: str) -> list[str]:
    """The names that can be imported from a module that is provided; nothing stays declared."""
    before = forget()
    try:
        return list(contents(name))
    finally:
        forget(before)


def names_of(metamodel: str) -> dict[str, Any]:
    """All names of one metamodel; it is declared now, unless this study did so before.

    Args:
        metamodel: `domain`, `guidance`, `component`, `activity`, `technology`, `deployment` or
            `microservice_components`.

    Example:
        >>> before = forget()
        >>> names_of("guidance")["decision"] is names_of("guidance")["decision"]
        True
        >>> _ = forget(before)
    """
    module = _declared[f"{_DECLARED}{metamodel}"]
    return {name: value for name, value in vars(module).items() if not name.startswith("__")}


def imported() -> dict[str, dict[str, Any]]:
    """The names of every metamodel that this study has imported, by metamodel; the domain's come first."""
    made = _declared.made
    metamodels = [name.removeprefix(_DECLARED) for name in made if name.startswith(_DECLARED)]
    return {metamodel: names_of(metamodel) for metamodel in metamodels}


def forget(instead: FreshModules | None = None) -> FreshModules:
    """Drop the declarations, so that the next import of a metamodel makes new ones.

    Args:
        instead: The declarations from now on, as an earlier call returned them.

    Returns:
        What was dropped.
    """
    global _declared
    dropped, _declared = _declared, _undeclared() if instead is None else instead
    return dropped
