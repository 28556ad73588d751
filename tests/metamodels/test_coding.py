"""Sources, and the codes they are evidence for."""

import pytest

from codeable.dsl import *


def test_the_trace_of_the_first_source_runs_unchanged():
    infrastructure_decision = CClass(decision, "How can we manage and provision the infrastructure?")
    # fmt: off
    s44 = CClass(source, "s44", values={
        "title": "An Operating Model for Data Products",
        "url": "https://towardsdatascience.com/an-operating-model-for-data-products-fba6b268f698",
        "archive url": "https://bit.ly/data-as-a-product-s44",
        "author type": "Practitioner Audience Article",
        "type": "Practitioner",
        "example": True,
        "source code": False})
    master_data_management = CClass(practice, "Master Data Management")
    add_decision_option_link(infrastructure_decision, master_data_management,
                             "Use MDM to create uniformity in business and IT")
    # fmt: on
    assert s44.get_value("type") == "Practitioner"
    options = infrastructure_decision.get_linked(association=decision_solution_relation)
    assert options == [master_data_management]


@pytest.mark.parametrize(
    "kind",
    [decision, practice, pattern, design_solution, do_nothing_design_solution, force, domain_metaclass],
)
def test_a_source_is_evidence_for_every_kind_of_code(kind):
    s, thing = CClass(source, "s1"), CClass(kind, "thing")
    add_links({s: [thing]}, role_name="contained_code")
    assert thing.get_linked(role_name="evidence") == [s]
    assert s.get_linked(role_name="contained_code") == [thing]


def test_a_source_is_evidence_for_a_relation():
    s, a, b = CClass(source, "s1"), CClass(practice, "A"), CClass(pattern, "B")
    a_uses_b = a.add_links(b, role_name="to", stereotype_instances=uses)[0]
    add_links({s: [a_uses_b]}, role_name="contained_code")
    assert a_uses_b.get_linked(role_name="evidence") == [s]


def test_classes_and_relations_are_codes_of_one_list():
    s, a, b = CClass(source, "s1"), CClass(practice, "A"), CClass(pattern, "B")
    a_uses_b = add_stereotyped_link_with_how_tagged_value(a, b, uses, "daily")
    add_links({s: [a, CClass(force, "Cost"), a_uses_b]}, role_name="contained_code")
    assert len(s.get_linked(role_name="contained_code")) == 3
    assert a.get_linked(role_name="evidence") == a_uses_b.get_linked(role_name="evidence") == [s]


def test_a_category_is_no_code():
    with pytest.raises(CException):
        add_links({CClass(source, "s1"): [CClass(category, "C")]}, role_name="contained_code")


def test_a_source_refers_to_references():
    s, r = CClass(source, "s1"), CClass(reference, "r1", values={"bibliographic reference": "Someone 2020"})
    add_links({s: r}, role_name="referenced")
    assert r.get_linked(role_name="source") == [s]


def test_a_source_is_a_reference_with_these_attributes():
    assert source.superclasses == [reference]
    assert reference.attribute_names == [
        "url",
        "archive url",
        "tiny url",
        "title",
        "bibliographic reference",
        "author type",
        "type",
        "example",
        "source code",
        "memo",
    ]


def test_controlled_vocabularies_are_those_of_the_enums():
    assert source_type.values == list(SOURCE_TYPES)
    assert author_type.values == list(AUTHOR_TYPES)
    assert author_type.is_legal_value("Mixed") and source_type.is_legal_value("Blog Post")


def test_an_example_is_given_by_a_truth_value_only():
    with pytest.raises(CException):
        CClass(source, "s1", values={"example": "yes"})
