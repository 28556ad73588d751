"""A class object in a view stands for its class: the figure is that of the classes."""

from pathlib import Path

import pytest

from codeable.diagrams import View, build, dot_text, figure_options, plantuml_text, view_of
from codeable.registry import Registry

from .studies import arrows, figure, names, study, view

MODEL = """
how = CClass(decision, "How is it hosted?")
cloud = CClass(practice, "Cloud")
mesh = CClass(pattern, "Service Mesh")
cost = CClass(force, "Cost")
link = add_decision_option_link(how, cloud, "Rent it", "By the hour.")
add_stereotyped_design_solution_link(cloud, mesh, can_use)
add_force_relations({cloud: {cost: positive}})
classes = CBundle("View", elements=[how, cloud, mesh, cost])
"""
SOURCE = """
from models.model import *
s1 = CClass(source, "s1", values={"title": "On clouds"})
add_links({s1: [how, cloud]}, role_name="contained_code")
"""
CONNECTED = 'objects = CBundle("View", elements=how.class_object.get_connected_elements())\n'


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return study(tmp_path, model=MODEL + CONNECTED, s1=SOURCE)


def texts(registry: Registry, name: str, **options: object) -> tuple[str, str]:
    """Both texts of a figure, without the name of the view."""
    diagram = figure(registry, name, **options)
    return tuple(text(diagram).replace(name, "NAME") for text in (plantuml_text, dot_text))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"forces": "nodes"},
        {"forces": "none", "evidence": "none"},
        {"evidence": "ids", "relations": "none"},
        {"contexts": True, "categories": True},
        {"style": "paper", "width": "84mm"},
        {"links": "https://example.org/{path}#L{line}"},
    ],
)
def test_a_view_of_class_objects_is_drawn_as_one_of_the_classes(
    registry: Registry, options: dict[str, object]
) -> None:
    assert set(view(registry, "objects").elements) == set(view(registry, "classes").elements)
    assert texts(registry, "objects", **options) == texts(registry, "classes", **options)


def test_the_arrows_are_the_links_between_the_elements(registry: Registry) -> None:
    assert arrows(figure(registry, "objects", forces="nodes", evidence="none")) == [
        ("How is it hosted?", "Rent it By the hour.", "Cloud"),
        ("Cloud", "Can Use", "Service Mesh"),
        ("Cloud", "+", "Cost"),
    ]


def test_a_class_beside_its_class_object_is_one_box(tmp_path: Path) -> None:
    model = f'{MODEL}\nb = CBundle("B", elements=[cloud.class_object, cloud, mesh])\n'
    assert names(figure(study(tmp_path, model=model), "b")) == ["Cloud", "Service Mesh"]


def test_bundles_in_bundles_may_hold_class_objects(tmp_path: Path) -> None:
    model = f'{MODEL}\ninner = CBundle("I", elements=mesh.class_object)\nb = CBundle("B", elements=[inner])\n'
    assert names(figure(study(tmp_path, model=model), "b")) == ["Service Mesh"]


def test_links_and_bundles_that_a_traversal_returns_are_no_boxes(tmp_path: Path) -> None:
    model = f"""{MODEL}
b = CBundle("B", elements=how.class_object.get_connected_elements(
    add_bundles=True, process_bundles=True, add_links=True))
"""
    found = names(figure(study(tmp_path, model=model, s1=SOURCE), "b", forces="nodes"))
    assert sorted(found) == ["Cloud", "Cost", "How is it hosted?", "Service Mesh"]


def test_objects_of_a_class_are_boxes_of_their_own(tmp_path: Path) -> None:
    model = """
component = CMetaclass("Component")
store = CClass(component, "Store")
one = CObject(store, "one")
b = CBundle("B", elements=[store.class_object, one])
"""
    diagram = figure(study(tmp_path, model=model), "b")
    found = [(node.name, node.kind.word) for node in diagram.nodes]
    assert found == [("Store", "Component"), ("one", "Store")]


def test_any_elements_may_be_drawn_by_their_class_objects(registry: Registry) -> None:
    how, cloud = registry["how"], registry["cloud"]
    drawn = [
        plantuml_text(build(made, registry, figure_options()))
        for elements in ((how, cloud), (how.class_object, cloud.class_object))
        for made in (view_of(elements, "X"), View("x", "X", "bundle", elements))
    ]
    assert len(set(drawn)) == 1
