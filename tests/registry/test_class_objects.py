"""Where a study says the class object, its class is meant: in questions, in names, in bundles."""

from pathlib import Path

import pytest

from codeable.loading import load_folder
from codeable.registry import Registry
from codeable.study.facts import facts_of
from tests.studies import write_study

MODEL = """
from codeable.dsl import *
hosting = CClass(decision, "Where does it run?")
hosting_area = CClass(category, "Hosting")
cluster = CClass(domain_metaclass, "Cluster")
cloud = CClass(practice, "Cloud")
mesh = CClass(pattern, "Mesh", superclasses=cloud)
exchange = CClass(decision, "How do they talk?")
cost = CClass(force, "Cost")
add_decision_option_link(hosting.class_object.class_object_class, cloud, "Rent it")
uses_mesh = add_stereotyped_design_solution_link(cloud, mesh, uses)
add_force_relations({cloud: {cost: positive}})
add_links({cloud.class_object: [exchange.class_object]}, role_name="next decision")
add_links({hosting.class_object: [cluster.class_object]}, role_name="context")
add_links({hosting_area.class_object: [hosting.class_object]}, role_name="decisions")
view = CBundle("View", elements=hosting.class_object.get_connected_elements())
"""
SOURCE = """
from models.model import *
s1 = CClass(source, "s1")
add_links({s1.class_object: [cloud.class_object, mesh, uses_mesh]}, role_name="contained_code")
"""


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return load_folder(write_study(tmp_path, {"models/model.py": MODEL, "sources/s1.py": SOURCE}))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("evidence_of", "cloud"),
        ("codes_of", "s1"),
        ("subcodes_of", "cloud"),
        ("supercodes_of", "mesh"),
        ("options_of", "hosting"),
        ("decisions_of", "cloud"),
        ("forces_of", "cloud"),
        ("impacts_on", "cost"),
        ("relations_of", "cloud"),
        ("relations_to", "mesh"),
        ("next_decisions_of", "cloud"),
        ("contexts_of", "hosting"),
    ],
)
def test_a_question_about_a_class_object_is_one_about_its_class(
    registry: Registry, question: str, name: str
) -> None:
    answer = getattr(registry, question)(name)
    assert len(answer) > 0
    assert getattr(registry, question)(registry[name].class_object) == answer


def test_it_is_found_named_and_counted_as_its_class(registry: Registry) -> None:
    cloud = registry["cloud"]
    found = cloud.class_object
    assert registry.look_up(found) is registry.look_up(cloud)
    assert found in registry
    assert found in registry.practices
    assert (registry.identifier_of(found), registry.name_of(found)) == ("cloud", "cloud")
    assert (registry.kind_of(found), registry.is_code(found)) == ("practice", True)
    assert registry.category_of(registry["hosting"].class_object) is registry["hosting_area"]
    assert registry.in_order([registry["cost"].class_object, found]) == [cloud, registry["cost"]]


def test_the_other_end_of_a_link_may_be_asked_by_class_object(registry: Registry) -> None:
    option = registry.options_of("hosting")[0]
    assert option.other_end(registry["cloud"].class_object) is registry["hosting"]


def test_a_bundle_of_class_objects_is_one_of_their_classes(registry: Registry) -> None:
    elements = next(fact for fact in facts_of(registry, registry.look_up("view")) if fact.label == "elements")
    assert "cloud (Cloud)" in elements.lines
    bundles = next(fact for fact in facts_of(registry, registry.look_up("cloud")) if fact.label == "bundles")
    assert bundles.lines == ("view (View)",)


def test_a_name_bound_to_a_class_object_is_a_name_of_the_class(tmp_path: Path) -> None:
    model = """
from codeable.dsl import *
cloud = CClass(practice, "Cloud")
as_object = cloud.class_object
mesh = CClass(pattern, "Mesh").class_object
"""
    registry = load_folder(write_study(tmp_path, {"models/model.py": model}))
    cloud, mesh = registry.look_up("as_object"), registry.look_up("mesh")
    assert (cloud.identifier, cloud.aliases, cloud.kind) == ("cloud", ("as_object",), "practice")
    assert (mesh.identifier, mesh.kind, mesh.element.name) == ("mesh", "pattern", "Mesh")
    assert len(registry) == 2


def test_in_a_notebook_too() -> None:
    from codeable.dsl import CClass, practice

    cloud = CClass(practice, "Cloud")
    registry = Registry.of({"first": cloud.class_object, "later": [cloud.class_object]})
    assert [(each.identifier, each.element) for each in registry.declarations] == [("first", cloud)]


def test_an_object_of_a_class_stays_an_object(tmp_path: Path) -> None:
    model = """
from codeable.dsl import *
service = CClass(CMetaclass("Component"), "Service")
orders = CObject(service, "orders")
"""
    registry = load_folder(write_study(tmp_path, {"models/model.py": model}))
    assert registry.look_up("orders").kind == "object"
