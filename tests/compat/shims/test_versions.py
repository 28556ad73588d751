"""6.7, 7: a study of early 2023 gets the metamodels of its time, any other those of today."""

import pytest

from codeable.compat.run_options import RunOptions
from codeable.compat.session import study_session


@pytest.fixture(params=["current", "older"])
def generation(request, tmp_path):
    with study_session(RunOptions(format=request.param), [tmp_path]):
        yield request.param


def names(elements):
    return [str(element) for element in elements]


def test_7_1_groups_have_the_display_names_of_their_time(generation):
    from metamodels.domain_metamodel import and_combined_group, or_combined_group

    between = "" if generation == "older" else " Domain Class"
    assert names([and_combined_group, or_combined_group]) == [
        f"And-Combined{between} Group",
        f"Or-Combined{between} Group",
    ]


def test_7_2_the_bundle_of_dependencies_has_the_stereotypes_of_its_time(generation):
    from metamodels.guidance_metamodel import design_solution_dependency_type_bundle as bundle

    shown = names(bundle.elements)
    assert shown[:2] == ["Design Solution", "Design Solution Dependency Type"]
    if generation == "older":
        assert shown[6:8] == ["Can be Realized With", "Variant"]
        assert len(shown) == 17
    else:
        assert shown[6:8] == ["Can be Realized By", "Has Variant"]
        assert len(shown) == 18


def test_7_2_the_names_of_both_times_can_be_imported(generation):
    from metamodels.guidance_metamodel import can_be_realized_by, can_be_realized_with, has_variant, variant

    assert names([can_be_realized_by, can_be_realized_with, has_variant, variant]) == [
        "Can be Realized By",
        "Can be Realized With",
        "Has Variant",
        "Variant",
    ]


def test_7_2_names_of_the_other_time_come_last(generation):
    from metamodels.guidance_metamodel import design_solution_dependency_type as root

    last = names(root.subclasses)[-3 if generation == "older" else -2 :]
    assert last == (
        ["Can be Realized By", "Has Variant", "Can Include"]
        if generation == "older"
        else ["Can be Realized With", "Variant"]
    )


def test_7_4_later_components_are_declared_but_not_shown_in_earlier_bundles(generation):
    from metamodels.microservice_components_metamodel import (
        api_gateway,
        component_stereotypes,
        facade,
        ui,
        web_ui,
    )

    later = [api_gateway in component_stereotypes.elements, ui in web_ui.superclasses]
    assert later == [generation == "current"] * 2
    assert web_ui in facade.subclasses


def test_7_4_later_activity_nodes_are_declared_but_not_shown_in_earlier_bundles(generation):
    from metamodels.activity_metamodel import activity_metamodel_views, call_action

    assert (call_action in activity_metamodel_views[0].elements) == (generation == "current")
