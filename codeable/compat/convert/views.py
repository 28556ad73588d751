"""Identifiers for the bundles of an old study that have none: called `_all`, or bound to no variable.

`plan` calls `names_of_views`.
"""

from collections.abc import Iterable

import codeable.dsl
from codeable.kernel import CBundle, CClass, CNamedElement, CObject
from codeable.registry import Registry
from codeable.text import slug


def names_of_views(
    registry: Registry, elements: Iterable[CNamedElement], private: Iterable[tuple[str, CNamedElement]]
) -> dict[CNamedElement, str]:
    """Identifiers under which the new study shows bundles that the old study drew from a list of views.

    Args:
        registry: What the old study declares under identifiers.
        elements: All its elements.
        private: Those under names that begin with an underscore.
    """
    taken = set(codeable.dsl.NAMES)
    for declared in registry.declarations:
        taken |= {str(declared.identifier), *declared.aliases}
    variables = {element: name.strip("_") for name, element in private}
    found: dict[CNamedElement, str] = {}
    for each in elements:
        if isinstance(each, CBundle) and registry.declaration_of(each) is None and _is_drawn(each):
            base = f"{variables.get(each) or slug(each.name or '')}_view".replace("-", "_")
            base = base if base.isidentifier() and not base.startswith("_") else "view"
            name, number = base, 1
            while name in taken:
                number += 1
                name = f"{base}_{number}"
            taken.add(name)
            found[each] = name
    return found


def _is_drawn(bundle: CBundle) -> bool:
    return bool(bundle.elements) and all(isinstance(each, CClass | CObject) for each in bundle.elements)
