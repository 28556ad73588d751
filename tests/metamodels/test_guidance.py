"""What the guidance vocabulary declares, in which order, and what its functions accept."""

import pytest

from codeable.dsl import *

DISPLAY_NAMES = {
    "requires": "Requires",
    "uses": "Uses",
    "can_use": "Can Use",
    "can_be_combined_with": "Can Be Combined With",
    "can_be_realized_by": "Can be Realized By",
    "has_variant": "Has Variant",
    "extension": "Extension",
    "is_a": "Is-a",
    "realizes": "Realizes",
    "includes": "Includes",
    "can_include": "Can Include",
    "alternative_to": "Alternative To",
    "rules_out": "Rules Out",
    "influences": "Influences",
    "leads_to": "Leads To",
    "enables": "Enables",
    "can_be_realized_with": "Can be Realized With",
    "variant": "Variant",
}


def names(elements):
    return [str(element) for element in elements]


@pytest.fixture
def vocabulary():
    from codeable.dsl import fresh_vocabulary

    return fresh_vocabulary()


def test_the_names_of_earlier_studies_are_there_too():
    assert names(design_solution_dependency_type.subclasses) == list(DISPLAY_NAMES.values())
    for identifier, display_name in DISPLAY_NAMES.items():
        assert globals()[identifier].name == display_name


def test_impacts_are_named_by_their_signs():
    assert names(force_impact_type.subclasses) == ["++", "+", "o", "-", "--", "+/-"]
    assert very_negative.name == "--"


def test_next_decisions_are_ordered_by_how_binding_they_are():
    assert names(solutions_to_next_decisions_relation_type.subclasses) == [
        "Mandatory Next",
        "Optional Next",
        "Next",
        "Consider If Not Decided Yet",
    ]


def test_solutions_are_ordered_as_declared():
    assert names(design_solution.subclasses) == [
        "Design Solution / Domain Class",
        "Practice",
        "Decision",
        "Do Nothing",
    ]
    assert names(model_element.subclasses) == ["Category", "Design Solution", "Known Use", "Force"]


def test_a_pattern_is_a_practice_and_a_decision_is_a_solution():
    assert pattern.has_superclass(practice)
    assert decision.has_superclass(design_solution)


def test_relations_of_a_solution_are_ordered_as_declared():
    assert names(design_solution.associations) == [
        "used in",
        "has force",
        "is dependent on",
        "is next",
        "has",
    ]


def test_an_option_carries_its_text():
    d, p = CClass(decision, "How?"), CClass(practice, "So")
    link = add_decision_option_link(d, p, "Do it so")
    assert (link.source, link.target) == (d, p)
    assert link.stereotype_instances == [option]
    assert link.tagged_values == {"name": "Do it so"}


def test_an_option_needs_no_text():
    link = add_decision_option_link(CClass(decision, "How?"), CClass(pattern, "So"))
    assert link.tagged_values == {}


def test_an_option_association_is_derived_from_the_relation():
    d, p = CClass(decision, "How?"), CClass(practice, "So")
    association = add_decision_option_association(d, p, "Do it so")
    assert association.derived_from is decision_solution_relation
    assert (association.multiplicity, association.source_multiplicity) == ("*", "1")
    assert association.tagged_values == {"name": "Do it so"}


@pytest.mark.parametrize(
    ("function", "attribute"),
    [
        (add_stereotyped_link_with_how_tagged_value, "how"),
        (add_stereotyped_link_with_role_tagged_value, "role"),
    ],
)
def test_a_relation_with_a_tagged_value_carries_it(function, attribute):
    a, b = CClass(practice, "A"), CClass(pattern, "B")
    link = function(a, b, uses, "in production")
    assert (link.source, link.target, link.association) == (a, b, design_solution_dependencies)
    assert link.stereotype_instances == [uses]
    assert link.tagged_values == {attribute: "in production"}


def test_a_relation_without_tagged_value_returns_its_link():
    a, b = CClass(practice, "A"), CClass(pattern, "B")
    assert add_stereotyped_design_solution_link(a, b, leads_to) is a.links[0]


def test_force_relations_come_back_as_links_in_the_order_given():
    a, b = CClass(practice, "A"), CClass(pattern, "B")
    cost, speed = CClass(force, "Cost"), CClass(force, "Speed")
    links = add_force_relations({a: {speed: very_positive, cost: negative}, b: {cost: neutral}})
    assert [(str(link.source), str(link.target), names(link.stereotype_instances)) for link in links] == [
        ("A", "Speed", ["++"]),
        ("A", "Cost", ["-"]),
        ("B", "Cost", ["o"]),
    ]


def refused(call, *arguments):
    with pytest.raises(CException) as caught:
        call(*arguments)
    return caught.value.value


def test_a_force_is_no_option():
    message = refused(add_decision_option_link, CClass(decision, "How?"), CClass(force, "Cost"))
    assert "the option must be a Design Solution" in message
    assert "'Cost'" in message and "is a Force" in message
    assert "test_guidance.py:" in message
    assert "add_force_relations" in message


def test_a_practice_offers_no_options():
    message = refused(add_decision_option_link, CClass(practice, "A"), CClass(practice, "B"))
    assert "the decision must be a Decision; class 'A'" in message


@pytest.mark.parametrize("wrong", [None, "how_decision", 3, practice])
def test_what_is_no_class_is_no_decision(wrong):
    message = refused(add_decision_option_link, wrong, CClass(practice, "B"))
    assert "the decision must be a Decision" in message


def test_a_deleted_solution_is_refused_as_deleted():
    gone = CClass(practice, "Gone")
    gone.delete()
    assert "given: deleted class" in refused(add_decision_option_link, CClass(decision, "How?"), gone)


def test_an_impact_must_be_one_of_the_impacts():
    a, cost = CClass(practice, "A"), CClass(force, "Cost")
    message = refused(add_force_relations, {a: {cost: "positve"}})
    assert "the impact of class 'A'" in message and "on class 'Cost'" in message
    assert "very_positive, positive, neutral, negative, very_negative, positive_and_negative" in message
    assert "did you mean 'positive'" in message


def test_a_relations_stereotype_is_no_impact():
    a, cost = CClass(practice, "A"), CClass(force, "Cost")
    assert "given: stereotype 'Uses'" in refused(add_force_relations, {a: {cost: uses}})


@pytest.mark.parametrize("wrong", [None, [1], "x"])
def test_force_relations_must_be_nested_mappings(wrong):
    a = CClass(practice, "A")
    assert "{solution: {force: impact}}" in refused(add_force_relations, wrong)
    assert "{solution: {force: impact}}" in refused(add_force_relations, {a: wrong})


def test_no_force_relation_is_made_when_one_is_wrong():
    a, cost, speed = CClass(practice, "A"), CClass(force, "Cost"), CClass(force, "Speed")
    refused(add_force_relations, {a: {cost: positive, speed: "fast"}})
    assert a.links == []


def test_no_force_relation_is_made_when_one_exists_already():
    a, cost, speed = CClass(practice, "A"), CClass(force, "Cost"), CClass(force, "Speed")
    (there,) = add_force_relations({a: {cost: positive}})
    refused(add_force_relations, {a: {speed: positive, cost: negative}})
    assert a.links == [there]
    assert speed.links == []


def test_a_solution_of_another_vocabulary_is_named(vocabulary):
    message = refused(
        add_decision_option_link, CClass(decision, "How?"), vocabulary.CClass(vocabulary.practice, "A")
    )
    assert "of another vocabulary" in message


def test_an_impact_of_another_vocabulary_is_named(vocabulary):
    a, cost = CClass(practice, "A"), CClass(force, "Cost")
    assert "of another vocabulary" in refused(add_force_relations, {a: {cost: vocabulary.positive}})


def test_a_repeated_option_is_refused():
    d, p = CClass(decision, "How?"), CClass(practice, "So")
    add_decision_option_link(d, p, "once")
    refused(add_decision_option_link, d, p, "twice")
    assert len(d.links) == 1


class TestDescriptionsOfOptions:
    def test_an_option_carries_a_description_with_and_without_a_text(self):
        d, p = CClass(decision, "How?"), CClass(practice, "So")
        link = add_decision_option_link(d, p, "Do it so", option_description="Each day.")
        assert link.tagged_values == {"name": "Do it so", "description": "Each day."}
        other = add_decision_option_link(d, CClass(practice, "Thus"), option_description="Each night.")
        assert other.tagged_values == {"description": "Each night."}

    def test_an_option_association_carries_one(self):
        d, p = CClass(decision, "How?"), CClass(practice, "So")
        association = add_decision_option_association(d, p, "Do it so", "Each day.")
        assert association.tagged_values == {"name": "Do it so", "description": "Each day."}

    def test_one_that_is_no_text_is_refused_and_nothing_is_linked(self):
        d, p = CClass(decision, "How?"), CClass(practice, "So")
        with pytest.raises(CException, match="the value of attribute 'description' must be a str, not 3"):
            add_decision_option_link(d, p, "Do it so", 3)
        assert d.links == []


class TestClassObjects:
    """Studies give class objects to functions that link classes."""

    def test_they_stand_for_their_classes(self):
        d, p, q, f = (CClass(one, "X") for one in (decision, practice, pattern, force))
        links = [
            add_decision_option_link(d.class_object, p.class_object, "Do it"),
            add_stereotyped_design_solution_link(p.class_object, q.class_object, uses),
            *add_force_relations({p.class_object: {f.class_object: positive}}),
        ]
        assert [(link.source, link.target) for link in links] == [(d, p), (p, q), (p, f)]
        association = add_decision_option_association(d.class_object, p.class_object)
        assert (association.source, association.target) == (d, p)

    def test_one_of_another_kind_is_refused_as_its_class_is(self):
        d, f = CClass(decision, "How?"), CClass(force, "Cost")
        with pytest.raises(CException, match="is a Force; a force is related by add_force_relations"):
            add_decision_option_link(d, f.class_object)
