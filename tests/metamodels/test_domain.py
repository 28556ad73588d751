"""Domain classes and their groups."""

from codeable.dsl import *


def test_groups_are_domain_classes():
    assert and_combined_group.superclasses == or_combined_group.superclasses == [domain_metaclass_group]
    assert domain_metaclass in domain_metaclass_group.superclasses


def test_groups_are_named_after_how_they_combine():
    assert and_combined_group.name == "And-Combined Domain Class Group"
    assert or_combined_group.name == "Or-Combined Domain Class Group"


def test_a_group_collects_domain_classes():
    api, contract = CClass(domain_metaclass, "API"), CClass(domain_metaclass, "Contract")
    both = CClass(and_combined_group, "API and contract")
    add_links({both: [api, contract]}, role_name="class")
    assert both.get_linked(role_name="class") == [api, contract]


def test_a_decision_has_a_context():
    d, api = CClass(decision, "How?"), CClass(domain_metaclass, "API")
    add_links({d: api}, role_name="context", stereotype_instances=decide_for_all_instances_of)
    assert d.get_linked(role_name="context") == [api]
