"""Sections 7.1, 7.2, 7.4 and 5.4: bundles with their elements in exact order, and view lists."""

import pytest
from codeable_models import CBundle

from tests.compat.metamodels.conftest import imported
from tests.compat.metamodels.tables_of_metamodels import rows

ALL = [
    "Model Element",
    "Category",
    "Decision",
    "Design Solution",
    "Design Solution / Domain Class",
    "Domain Class",
    "Domain Class Group",
    "And-Combined Domain Class Group",
    "Or-Combined Domain Class Group",
    "Practice",
    "Pattern",
    "Do Nothing",
    "Known Use",
    "Force",
]
DEPENDENCIES = [
    "Requires",
    "Uses",
    "Can Use",
    "Can Be Combined With",
    "Can be Realized By",
    "Has Variant",
    "Extension",
    "Is-a",
    "Realizes",
    "Includes",
    "Can Include",
    "Alternative To",
    "Rules Out",
    "Influences",
    "Leads To",
    "Enables",
]
OLDER_NAMES = {
    "And-Combined Domain Class Group": "And-Combined Group",
    "Or-Combined Domain Class Group": "Or-Combined Group",
    "Can be Realized By": "Can be Realized With",
    "Has Variant": "Variant",
    "Can Include": None,
}

# identifier: display name, elements
GUIDANCE = {
    "_all": ("Guidance Meta Model", ALL),
    "guidance_metamodel_hierarchy": (
        "Guidance Meta Model Hierarchy",
        [name for name in ALL if not name.startswith("Domain") and "Group" not in name],
    ),
    "guidance_metamodel_details": (
        "Guidance Meta Model Details",
        [
            "Design Solution",
            "Design Solution / Domain Class",
            "Domain Class",
            "Decision",
            "Category",
            "Known Use",
            "Force",
        ],
    ),
    "force_impact_type_bundle": (
        "Force Impact Types",
        ["Design Solution", "Force", "Force Impact Type", "++", "+", "o", "-", "--", "+/-"],
    ),
    "design_solution_dependency_type_bundle": (
        "Design Solution Dependency Types",
        ["Design Solution", "Design Solution Dependency Type", *DEPENDENCIES],
    ),
    "solution_to_next_decisions_relation_type_bundle": (
        "Solutions To Next Decisions Relation Types",
        [
            "Design Solution",
            "Decision",
            "Solutions To Decisions Relation Type",
            "Mandatory Next",
            "Optional Next",
            "Next",
            "Consider If Not Decided Yet",
        ],
    ),
    "context_relations_type_bundle": (
        "Decision Category To Contexts Relation Types",
        [
            "Category",
            "Domain Class",
            "Decision Category To Contexts Relation Type",
            "decide for all instances of",
            "decide for some instances of",
        ],
    ),
}


def in_generation(names, generation):
    if generation == "older":
        names = [OLDER_NAMES.get(name, name) for name in names]
    return [name for name in names if name]


@pytest.mark.parametrize("identifier", GUIDANCE)
def test_7_2_bundle_has_its_name_and_elements_in_exact_order(metamodels, identifier):
    bundle = getattr(metamodels.guidance, identifier)
    name, elements = GUIDANCE[identifier]
    assert type(bundle) is CBundle
    assert bundle.name == name
    assert [element.name for element in bundle.elements] == in_generation(elements, metamodels.generation)


def test_7_2_view_list_is_flat_bundles_with_their_options(metamodels):
    g = metamodels.guidance
    assert g.guidance_metamodel_views == [
        g._all,
        {},
        g.guidance_metamodel_hierarchy,
        {"render_associations": False},
        g.guidance_metamodel_details,
        {},
        g.domain_metamodel,
        {},
        g.force_impact_type_bundle,
        {},
        g.design_solution_dependency_type_bundle,
        {},
        g.solution_to_next_decisions_relation_type_bundle,
        {},
        g.context_relations_type_bundle,
        {},
    ]


def test_7_1_domain_bundle_holds_all_that_is_connected_from_domain_class(metamodels):
    domain = metamodels.domain
    assert domain.domain_metamodel.name == "Domain Meta Model"
    names = ["Domain Class", "Domain Class Group", ALL[7], ALL[8]]
    found = [element.name for element in domain.domain_metamodel.elements]
    assert found == in_generation(names, metamodels.generation)


def test_5_4_guidance_metamodel_from_model_element(metamodels):
    found = metamodels.guidance.model_element.get_connected_elements()
    assert [element.name for element in found] == in_generation(ALL, metamodels.generation)


@pytest.fixture(scope="module", params=["current", "older"])
def components(request):
    """Of all metamodels only those of components and microservices, as a study of these imports them."""
    return imported(request.param, ["component", "microservice_components"])


def test_5_4_component_metamodel_from_component_with_add_stereotypes():
    c = imported("current", ["component"]).component
    assert c.component.get_connected_elements(add_stereotypes=True) == [c.component, c.component_type]
    assert c.component.get_connected_elements() == [c.component]


def test_5_4_sub_stereotypes_of_component_type_follow_depth_first(components):
    c = components.component
    found = c.component.get_connected_elements(add_stereotypes=True)
    assert found == [c.component, *depth_first(c.component_type, {})]


def depth_first(stereotype, seen):
    """A stereotype, then superclasses and subclasses not seen yet, each followed all the way."""
    seen[stereotype] = None
    yield stereotype
    for neighbour in [*stereotype.superclasses, *stereotype.subclasses]:
        if neighbour not in seen:
            yield from depth_first(neighbour, seen)


def test_7_4_component_bundle_and_views(metamodels):
    c = metamodels.component
    assert c._all.name == "component_model_all"
    assert c._all.elements == c._all_elements == [c.component, c.component_type, c.connector_type]
    assert isinstance(c._all_elements, list)
    assert c.componentMetamodelViews == [c._all, {}]


@pytest.mark.parametrize(
    ("metamodel", "name", "views", "start"),
    [
        ("activity", "activity_metamodel_all", "activity_metamodel_views", "activity_node"),
        ("technology", "_all", "technology_metamodel_views", "technology"),
        ("deployment", "_all", "deployment_metamodel_views", "deployment_node"),
    ],
)
def test_7_4_other_bundles_and_views(metamodels, metamodel, name, views, start):
    module = getattr(metamodels, metamodel)
    assert module._all.name == name
    assert getattr(module, start) in module._all.elements
    assert getattr(module, views)[0] is module._all
    assert isinstance(getattr(module, views)[1], dict)


def test_7_4_the_deployment_bundle_stops_at_component():
    module = imported("current", ["deployment"]).deployment
    names = [element.name for element in module._all.elements]
    assert names[:5] == [
        "Deployment Node",
        "Device",
        "Device Type",
        "Server",
        "Web Server",
    ]
    assert names[-3:] == ["part of", "runs on", "connects to"]
    assert "Component" in names
    assert "Component Type" not in names


def test_7_4_microservice_bundles_have_names_and_views(components):
    m = components.microservice_components
    bundles = [m._all, m.component_stereotypes, m.connector_stereotypes]
    assert [bundle.name for bundle in bundles] == ["_all", "Component Stereotypes", "Connector Stereotypes"]
    no_attributes = {"render_attributes": False}
    options = [{}, no_attributes, no_attributes]
    expected = [part for pair in zip(bundles, options, strict=True) for part in pair]
    assert m.microservice_metamodel_views == expected


def test_7_4_microservice_bundles_hold_what_is_connected():
    m = imported("current", ["component", "microservice_components"]).microservice_components
    of_components = list(depth_first(m.component_type, {}))
    of_connectors = list(depth_first(m.connector_type, {}))
    assert m._all.elements == [m.component, *of_components, *of_connectors]
    assert m.component_stereotypes.elements == of_components
    assert m.connector_stereotypes.elements == [m.component, *of_connectors]


def test_7_4_microservice_bundles_hold_all_of_their_generation(components):
    table = [row for row in rows("microservice_components") if row.exists_in(components.generation)]
    elements = [getattr(components.microservice_components, row.identifier) for row in table]
    c = components.component
    assert set(components.microservice_components._all.elements) == {*elements, *c._all_elements}
