"""What a converted study declares and draws, in the form of `old_facts`, by registry and figures."""

from codeable.diagrams import build, figure_options, views
from codeable.kernel import CBundle, CClass, CLink

KINDS = {"Source": "sources", "Decision": "decisions", "Force": "forces", "Category": "categories"}


def name_of(element):
    if isinstance(element, CLink):
        return f"{name_of(element.source)} -> {name_of(element.target)}"
    return element.name


def new_facts(registry):
    """What the new study declares, as `old_facts` says it of the old one."""
    found = {kind: sorted(each.name for each in getattr(registry, plural)) for kind, plural in KINDS.items()}
    found["Practice"] = sorted({each.name for each in (*registry.practices, *registry.patterns)})
    found["options"] = sorted(
        [decision.name, each.solution_element.name, each.text or "", getattr(each, "description", None) or ""]
        for decision in registry.decisions
        for each in registry.options_of(decision)
    )
    found["impacts"] = sorted(
        [solution.name, each.force_element.name, each.impact]
        for solution in registry.solutions
        for each in registry.forces_of(solution)
    )
    found["relations"] = sorted(
        [solution.name, each.target_element.name, each.stereotype, each.how or ""]
        for solution in registry.solutions
        for each in registry.relations_of(solution)
    )
    found["evidence"] = sorted(
        [name_of(code), source.name] for code in registry.codes for source in registry.evidence_of(code)
    )
    classes = [each.element for each in registry.declarations if isinstance(each.element, CClass)]
    found["values"] = sorted([each.name, sorted(map(list, each.values.items()))] for each in classes)
    found["stereotypes"] = sorted(
        [each.name, [one.name for one in each.stereotype_instances]]
        for each in classes
        if each.stereotype_instances
    )
    return found


def drawn_bundles(registry):
    """Title, boxes and arrows of each view that is a bundle, as the settings of the study say."""
    for view in views(registry):
        if view.kind != "bundle":
            continue
        diagram = build(view, registry, figure_options(registry.settings.views.get(view.identifier, {})))
        names = {node.identifier: node.name for node in diagram.nodes}
        own = {each.name for each in view.elements if not isinstance(each, CBundle)}
        arrows = [
            [names[edge.source], names[edge.target]]
            for edge in diagram.edges
            if not (edge.kind.key == "next" and edge.label)  # of an option without a box
        ]
        yield view.title, [each for each in names.values() if each in own], sorted(arrows)
