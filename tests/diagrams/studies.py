"""Small studies that the tests of views and figures draw."""

from pathlib import Path

from codeable.diagrams import Diagram, View, build, figure_options, find_view, views
from codeable.loading import load_folder
from codeable.registry import Registry

HEAD = "from codeable.dsl import *\n"


def study(folder: Path, **modules: str) -> Registry:
    """The registry of a study whose modules have these texts; `models` is the module of that name."""
    for name, text in modules.items():
        kind = "sources" if name.startswith("s") and name[1:].isdecimal() else "models"
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{name}.py").write_text(HEAD + text, encoding="utf-8")
    return load_folder(folder)


def view(registry: Registry, name: str) -> View:
    return find_view(views(registry), name)


def figure(registry: Registry, name: str, **options: object) -> Diagram:
    return build(view(registry, name), registry, figure_options(**options))


def names(diagram: Diagram) -> list[str]:
    return [node.name for node in diagram.nodes]


def arrows(diagram: Diagram) -> list[tuple[str, str, str]]:
    """The arrows as (name of the start, words on it, name of the end)."""
    name = {node.identifier: node.name for node in diagram.nodes}
    return [
        (
            name[edge.source],
            " ".join(
                filter(None, (*edge.stereotypes, edge.label, edge.description, *edge.notes, edge.evidence))
            ),
            name[edge.target],
        )
        for edge in diagram.edges
    ]


DECISIONS = """
hosting = CClass(decision, "How are data products hosted?")
exchange = CClass(decision, "How do they exchange data?")
cloud = CClass(practice, "Cloud")
mesh = CClass(pattern, "Service Mesh")
sidecar = CClass(pattern, "Sidecar")
proxy = CClass(practice, "Proxy")
bus = CClass(pattern, "Event Bus")
alone = CClass(practice, "Nobody's Practice")
nothing = CClass(do_nothing_design_solution, "Leave it")
latency, cost, unused = CClass(force, "Latency"), CClass(force, "Cost"), CClass(force, "Unused")
add_decision_option_link(hosting, cloud, 'Use the "cloud"')
add_decision_option_link(hosting, mesh, "Use a mesh")
add_decision_option_link(hosting, nothing)
add_decision_option_link(exchange, bus, "Use a bus")
add_decision_option_link(exchange, mesh, "Let the mesh do it")
uses_sidecar = add_stereotyped_link_with_how_tagged_value(mesh, sidecar, uses, "one per service")
add_stereotyped_design_solution_link(sidecar, proxy, is_a)
add_stereotyped_design_solution_link(alone, proxy, can_use)
add_force_relations({mesh: {latency: negative, cost: very_negative}, cloud: {cost: positive}})
"""

SOURCES = """
from models.model import *
s1 = CClass(source, "s1", values={"title": "On meshes", "url": "https://example.org/a?b=1&c=(2)"})
add_links({s1: [mesh, hosting, uses_sidecar]}, role_name="contained_code")
"""

MORE_SOURCES = """
from models.model import *
s2 = CClass(source, "s2", values={"title": "On clouds", "url": "javascript:alert(1)"})
add_links({s2: [mesh, cloud]}, role_name="contained_code")
from sources.s1 import s1
with_sources = CBundle("With sources", elements=[mesh, cloud, s1, s2])
"""

METAMODEL = """
whole = CMetaclass("Whole", attributes={"size": int, "name": str})
part = CMetaclass("Part", superclasses=whole)
whole.association(part, "has: 1 <*>- *")
fast = CStereotype("Fast", extended=part)
colour = CEnum("Colour", values=["red", "green"])
own = CMetaclass("Tactic?", superclasses=practice)
x = CClass(own, "Load balancing")
y = CClass(own, "Weighted load balancing", superclasses=x)
metamodel = CBundle("Metamodel", elements=[whole, part, fast, colour, x, y])
empty = CBundle("Nothing yet")
"""
