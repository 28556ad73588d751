"""Section 7.2: the helper functions, and which associations are guessed."""

import pytest
from codeable_models import CAssociation, CClass, CLink, add_links

from tests.compat.kernel.expecting import refusal


class Declared:
    """A few elements of a study."""

    def __init__(self, metamodels):
        g = metamodels.guidance
        self.g = g
        self.decision, self.other_decision = CClass(g.decision, "D?"), CClass(g.decision, "E?")
        self.practice, self.pattern = CClass(g.practice, "Practice"), CClass(g.pattern, "Pattern")
        self.category, self.force = CClass(g.category, "Category"), CClass(g.force, "Force")
        self.domain_class = CClass(g.domain_metaclass, "Domain class")


@pytest.fixture
def declared(fresh):
    return Declared(fresh)


@pytest.mark.parametrize("value", ["how", "role"])
def test_7_2_add_stereotyped_link_with_tagged_value(declared, value):
    g = declared.g
    add = getattr(g, f"add_stereotyped_link_with_{value}_tagged_value")
    link = add(declared.practice, declared.pattern, g.can_use, "some text")
    assert type(link) is CLink
    assert link.association is g.design_solution_dependencies
    assert (link.source, link.target) == (declared.practice, declared.pattern)
    assert link.stereotype_instances == [g.can_use]
    assert link.tagged_values == {value: "some text"}


def test_7_2_add_decision_option_link(declared):
    g = declared.g
    link = g.add_decision_option_link(declared.decision, declared.practice, "the option's text")
    assert type(link) is CLink
    assert link.association is g.decision_solution_relation
    assert (link.source, link.target) == (declared.decision, declared.practice)
    assert link.stereotype_instances == [g.option]
    assert link.tagged_values == {"name": "the option's text"}


def test_7_2_add_decision_option_link_without_name_sets_no_tagged_value(declared):
    link = declared.g.add_decision_option_link(declared.decision, declared.pattern)
    assert link.stereotype_instances == [declared.g.option]
    assert link.tagged_values == {}


def test_7_2_add_decision_option_link_by_keywords(declared):
    link = declared.g.add_decision_option_link(
        decision_=declared.decision, design_solution_=declared.pattern, option_name="text"
    )
    assert link.get_tagged_value("name") == "text"


def test_7_2_add_stereotyped_design_solution_link_returns_none(declared):
    g = declared.g
    assert g.add_stereotyped_design_solution_link(declared.practice, declared.pattern, g.uses) is None
    [link] = declared.practice.links
    assert (link.association, link.target) == (g.design_solution_dependencies, declared.pattern)
    assert link.stereotype_instances == [g.uses]


def test_7_2_add_decision_option_association(declared):
    g = declared.g
    relation = g.add_decision_option_association(declared.decision, declared.practice, "text")
    assert type(relation) is CAssociation
    assert (relation.source, relation.target) == (declared.decision, declared.practice)
    assert (relation.multiplicity, relation.source_multiplicity) == ("*", "1")
    assert relation.derived_from is g.decision_solution_relation
    assert relation.stereotype_instances == [g.option]
    assert relation.tagged_values == {"name": "text"}
    assert g.add_decision_option_association(declared.decision, declared.pattern).tagged_values == {}


def test_7_2_decision_to_category_finds_the_relation_in_reverse(declared):
    [link] = declared.decision.add_links(declared.category)
    assert link.association is declared.g.category_decisions_relation
    assert (link.source, link.target) == (declared.category, declared.decision)


def test_7_2_a_decision_is_in_one_category(declared):
    other = CClass(declared.g.category, "Other")
    add_links({declared.category: [declared.decision, declared.other_decision]})
    with refusal():
        declared.decision.add_links(other)


def test_7_2_category_to_domain_class_finds_the_context_relation(declared):
    [link] = declared.category.add_links(declared.domain_class)
    assert link.association is declared.g.decision_category_to_contexts_relation
    assert declared.category.get_linked(role_name="context") == [declared.domain_class]


def test_7_2_decision_to_pattern_is_ambiguous_without_a_keyword(declared):
    with refusal():
        declared.decision.add_links(declared.pattern)
    [link] = declared.decision.add_links(declared.pattern, association=declared.g.decision_solution_relation)
    assert link.target is declared.pattern


def test_7_2_roles_as_studies_use_them(declared):
    g = declared.g
    add_links({declared.practice: declared.force}, role_name="forces", stereotype_instances=g.very_positive)
    add_links(
        {declared.practice: declared.other_decision},
        role_name="next decision",
        stereotype_instances=g.optional_next,
    )
    add_links({declared.decision: declared.domain_class}, role_name="context", label="l")
    [kept] = declared.pattern.add_links(declared.practice, role_name="from", stereotype_instances=g.is_a)
    assert declared.practice.get_linked(role_name="forces") == [declared.force]
    assert declared.practice.get_linked(role_name="next decision") == [declared.other_decision]
    assert declared.decision.get_linked(role_name="context") == [declared.domain_class]
    assert (kept.source, kept.target) == (declared.practice, declared.pattern)
    by_association = declared.decision.get_linked(association=g.decision_to_contexts_relation)
    assert by_association == [declared.domain_class]


def test_7_2_decisions_as_keys_of_the_category_relation(declared):
    links = add_links(
        {declared.decision: declared.category, declared.other_decision: declared.category},
        association=declared.g.category_decisions_relation,
    )
    assert [link.source for link in links] == [declared.category] * 2


def test_an_option_has_the_attribute_of_the_bundled_metamodel_until_a_study_describes_one(declared):
    g = declared.g
    first = g.add_decision_option_link(declared.decision, declared.practice, "text")
    assert g.option.attribute_names == ["name"]
    second = g.add_decision_option_link(
        declared.decision, declared.pattern, "other text", option_description="more about it"
    )
    assert g.option.attribute_names == ["name", "description"]
    assert first.tagged_values == {"name": "text"}
    assert second.tagged_values == {"name": "other text", "description": "more about it"}
    described = g.add_decision_option_association(
        declared.other_decision, declared.practice, option_description="about it"
    )
    assert described.tagged_values == {"description": "about it"}


def test_attributes_that_a_study_adds_to_options_stay(declared):
    g = declared.g
    g.option.attributes = {"name": str, "rank": int}
    link = g.add_decision_option_link(declared.decision, declared.practice, "text")
    link.set_tagged_value("rank", 2)
    g.add_decision_option_link(declared.decision, declared.pattern, "b", option_description="more")
    assert g.option.attribute_names == ["name", "rank", "description"]
    assert link.tagged_values == {"name": "text", "rank": 2}


def test_a_description_is_a_text(declared):
    with refusal():
        declared.g.add_decision_option_link(
            declared.decision, declared.practice, "text", option_description=7
        )
