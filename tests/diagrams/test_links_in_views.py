"""Links that are elements of a bundle: arrows where both ends are there, else the figure says so."""

from codeable import Study
from codeable.dsl import *


def messages(*elements):
    study = Study.of(dict(enumerate_names(elements)))
    return study.diagram("shown").messages


def enumerate_names(elements):
    yield "shown", CBundle("Shown", elements=list(elements))
    yield from ((f"e_{number}", each) for number, each in enumerate(elements))


def model():
    how, first, other = CClass(decision, "How?"), CClass(practice, "First"), CClass(pattern, "Other")
    cost = CClass(force, "Cost")
    option_link = add_decision_option_link(how, first, "as before")
    relation = add_stereotyped_design_solution_link(first, other, can_use)
    impact = add_force_relations({first: {cost: positive}})[0]
    return how, first, other, cost, option_link, relation, impact


def test_a_link_whose_ends_are_there_needs_no_word(recwarn):
    assert messages(*model()) == ()


def test_a_relation_without_one_of_its_ends_is_reported_with_the_way_out(recwarn):
    how, first, _, _, option_link, relation, _ = model()
    (message,) = messages(how, first, option_link, relation)
    assert message == "1 relation left out, as the view lacks an end: “First → Other”; add the ends to it"


def test_many_are_one_message(recwarn):
    solutions = [CClass(practice, f"P{number}") for number in range(6)]
    links = [add_stereotyped_design_solution_link(solutions[0], each, leads_to) for each in solutions[1:]]
    (message,) = messages(solutions[0], *links)
    assert message.startswith("5 relations left out")
    assert "“P0 → P3” and 2 more" in message
