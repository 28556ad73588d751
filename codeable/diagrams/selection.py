"""Which elements a view shows."""

from collections.abc import Iterable, Iterator
from typing import Any

from codeable.diagrams.options import FigureOptions
from codeable.kernel import CAssociation, CBundle, CClass, CLink
from codeable.registry import Registry

__all__ = ["bundle_elements", "decision_elements", "everything", "overview", "shown_elements"]


def decision_elements(registry: Registry, decision: CClass) -> tuple[Any, ...]:
    """A decision, its options, and the solutions that these lead to.

    Another decision is shown where it is an option itself, and never crossed.
    """
    decisions = registry.decisions
    found: dict[Any, None] = {decision: None}
    options = dict.fromkeys(option.solution for option in registry.options_of(decision))
    pending = list(options)
    for solution in pending:
        if solution in found or (solution in decisions and solution not in options):
            continue
        found[solution] = None
        if solution not in decisions:
            pending.extend(relation.target for relation in registry.relations_of(solution))
    return tuple(found)


def overview(registry: Registry) -> tuple[Any, ...]:
    """All decisions, and the solutions without a decision that say which decision comes next."""
    return (*registry.decisions, *_solutions_of_no_decision(registry))


def _solutions_of_no_decision(registry: Registry) -> Iterator[Any]:
    decisions = registry.decisions
    for solution in registry.solutions:
        if (
            solution not in decisions
            and registry.next_decisions_of(solution)
            and not registry.decisions_of(solution)
        ):
            yield solution


def everything(registry: Registry) -> tuple[Any, ...]:
    """All codes that are classes; no source."""
    return tuple(code for code in registry.codes if isinstance(code, CClass))


def bundle_elements(bundle: CBundle) -> tuple[Any, ...]:
    """What is in a bundle, and in the bundles that are in it."""
    found: dict[Any, None] = {}
    pending: list[Any] = [bundle]
    entered = set(pending)
    while pending:
        for element in pending.pop(0).elements:
            if not isinstance(element, CBundle):
                found[element] = None
            elif element not in entered:
                entered.add(element)
                pending.append(element)
    return tuple(found)


def shown_elements(
    kind: str, elements: Iterable[Any], registry: Registry, options: FigureOptions
) -> tuple[Any, ...]:
    """The elements of a view that become nodes under some options, in order, each once.

    Forces become nodes when the options ask for it. When forces are lines, a force that no solution of the
    view has would not be seen; so it becomes a node all the same.
    """
    found: dict[Any, None] = {
        element: None
        for element in elements
        if not element.is_deleted and not isinstance(element, (CLink, CAssociation))
    }
    if kind == "overview":
        return tuple(found)
    if kind == "decision" and not options.relations:
        found = _without_relations(found, registry)
    if options.contexts or options.categories:
        _add_surroundings(found, registry, options)
    if len(registry.forces) > 0:
        return tuple(_with_forces(found, registry, options))
    return tuple(found)


def _add_surroundings(found: dict[Any, None], registry: Registry, options: FigureOptions) -> None:
    for decision in [each for each in registry.decisions if each in found]:
        if options.contexts:
            found.update(dict.fromkeys(registry.contexts_of(decision)))
        category = registry.category_of(decision) if options.categories else None
        if category is not None:
            found.setdefault(category)


def _without_relations(found: dict[Any, None], registry: Registry) -> dict[Any, None]:
    decision = next(iter(found))
    options = dict.fromkeys(option.solution for option in registry.options_of(decision))
    return {decision: None, **{solution: None for solution in options if solution in found}}


def _with_forces(found: dict[Any, None], registry: Registry, options: FigureOptions) -> Iterable[Any]:
    forces = set(registry.forces)
    own = [element for element in found if element in forces]
    others = [element for element in found if element not in forces]
    if options.forces == "none":
        return others
    has_forces = [element for element in others if isinstance(element, CClass)]
    acted_on = dict.fromkeys(impact.force for element in has_forces for impact in registry.forces_of(element))
    if options.forces == "nodes":
        return dict.fromkeys((*found, *acted_on))
    lost = {force for force in own if force not in acted_on}
    return [element for element in found if element not in forces or element in lost]
