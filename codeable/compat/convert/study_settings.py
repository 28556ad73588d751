"""Writes the settings of the new study: the modules of its model, and what its views show.

Old views have a box for each force among their elements. Figures of bundles have forces as lines in the boxes
of the solutions, unless the settings say otherwise.
"""

from collections.abc import Iterable, Sequence

from codeable.diagrams import views
from codeable.errors import CodeableError
from codeable.notes.build.notes_entry import toml_text
from codeable.registry import OPTION_KINDS, Registry

_MOST_IN_A_LINE = 6


def settings_of_models(models: Sequence[str]) -> bytes:
    """The table of settings with the folders and modules of the model, in the order of loading.

    Example:
        >>> print(settings_of_models(["models/zoning.py", "models"]).decode())
        [tool.codeable]
        models = ["models/zoning.py", "models"]
        <BLANKLINE>
    """
    listed = [toml_text(each) for each in models]
    if len(listed) > _MOST_IN_A_LINE:
        lines = ["[tool.codeable]", "models = [", *(f"    {each}," for each in listed), "]", ""]
        return "\n".join(lines).encode()
    return f"[tool.codeable]\nmodels = [{', '.join(listed)}]\n".encode()


def views_with_forces(registry: Registry) -> list[str]:
    """The views of bundles that hold a force and a solution which acts on it, in order.

    Args:
        registry: The new study.
    """
    try:
        bundles = [view for view in views(registry) if view.kind == "bundle"]
    except CodeableError:  # two views have one file name, which is reported
        return []
    forces = set(registry.forces)
    found = []
    for view in bundles:
        own = forces.intersection(view.elements)
        solutions = (each for each in view.elements if own and registry.kind_of(each) in OPTION_KINDS)
        if any(impact.force_element in own for each in solutions for impact in registry.forces_of(each)):
            found.append(view.identifier)
    return found


def settings_of_views(names: Iterable[str]) -> bytes:
    """The table of settings in which these views show forces as boxes; empty without views.

    Example:
        >>> print(settings_of_views(["all_view"]).decode())
        <BLANKLINE>
        [tool.codeable.views]
        "all_view" = { forces = "nodes" }
        <BLANKLINE>
    """
    lines = [f'{toml_text(name)} = {{ forces = "nodes" }}' for name in names]
    return "".join(f"{line}\n" for line in ["", "[tool.codeable.views]", *lines] if lines).encode()
