"""What a rails figure says of a decision: nothing that a graph shows is missing without a message."""

from pathlib import Path

import pytest
from attrs import evolve

from codeable.diagrams import Diagram, visible_texts
from codeable.diagrams.rails.column import texts_of
from codeable.diagrams.rails.outline import Outline, Rail, outlines, relation_lines
from tests.diagrams.studies import figure, study

RICH = """
how = CClass(decision, "How is it run?")
later = CClass(decision, "How is it observed?")
which = CClass(decision, "Which cloud is taken?")
operation = CClass(category, "Operation")
team = CClass(domain_metaclass, "Team")
code, ci, k8s = CClass(practice, "Infrastructure as Code"), CClass(practice, "CI"), CClass(pattern, "K8s")
nothing = CClass(do_nothing_design_solution, "Leave it")
gitops, operators = CClass(pattern, "GitOps"), CClass(practice, "Operators")
cost, speed, toil, drift = (CClass(force, name) for name in ("Cost", "Speed", "Manual toil", "Drift"))
tested = CStereotype("Tested", extended=decision_solution_relation, attributes={"where": str})
add_decision_option_link(how, k8s, "Use pods")
first = add_decision_option_link(how, code, "Write it down")
add_decision_option_link(how, ci)
add_decision_option_link(how, nothing, "Wait")
add_decision_option_link(how, which, "Decide that first")
add_decision_option_link(which, ci, "Let it choose")
first.stereotype_instances = [*first.stereotype_instances, tested]
first.set_tagged_value("where", "in two teams")
add_stereotyped_design_solution_link(code, ci, can_use)
add_stereotyped_design_solution_link(code, k8s, can_use)
add_stereotyped_design_solution_link(code, gitops, can_use)
add_stereotyped_link_with_how_tagged_value(ci, gitops, uses, "for each merge")
add_stereotyped_design_solution_link(gitops, operators, is_a)
add_stereotyped_design_solution_link(how, gitops, leads_to)
add_force_relations({
    code: {toil: very_positive, drift: positive}, k8s: {speed: positive, toil: negative},
    ci: {toil: positive, cost: negative}, gitops: {drift: very_positive},
})
add_links({operation: how}, role_name="decisions")
add_links({how: team}, role_name="context")
add_links({operation: team}, role_name="context")
k8s.add_links(later, role_name="next decision", stereotype_instances=mandatory_next)
how.add_links(later, role_name="next decision")
s1 = CClass(source, "s1")
add_links({s1: [how, code, gitops]}, role_name="contained_code")
"""


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Diagram:
    registry = study(tmp_path_factory.mktemp("rich"), model=RICH)
    return figure(registry, "how", contexts=True, categories=True)


def the(diagram: Diagram) -> Outline:
    (outline,) = outlines(diagram)
    return outline


def rail(diagram: Diagram, name: str) -> Rail:
    (found,) = (each for each in the(diagram).rails if each.node.name == name)
    return found


def test_options_are_numbered_in_the_order_of_their_declarations(rich: Diagram) -> None:
    assert [(each.number, each.text.split("\n")[0], each.node.name) for each in the(rich).rails] == [
        (1, "Use pods", "K8s"),
        (2, "«Tested»", "Infrastructure as Code"),
        (3, "", "CI"),
        (4, "Wait", "Leave it"),
        (5, "Decide that first", "Which cloud is taken?"),
    ]


def test_stereotypes_and_tagged_values_of_an_option_are_lines_of_its_text(rich: Diagram) -> None:
    assert rail(rich, "Infrastructure as Code").text == "«Tested»\nWrite it down\nwhere: in two teams"


def test_a_related_option_is_named_by_its_number_another_solution_by_what_it_is(rich: Diagram) -> None:
    assert [*relation_lines(rail(rich, "Infrastructure as Code").relations)] == [
        "«Can Use» → 1, 3",
        "«Can Use» → GitOps (pattern, 1 source)",
    ]
    assert [*relation_lines(rail(rich, "CI").relations)] == [
        "«Uses» for each merge → GitOps (pattern, 1 source)"
    ]


def test_a_solution_of_two_options_is_named_by_both_numbers(rich: Diagram) -> None:
    again = the(rich).rails[0].edge._replace(number=6, label="Use pods again")
    twice = evolve(rich, edges=(*rich.edges, again))
    assert [each.number for each in the(twice).rails if each.node.name == "K8s"] == [1, 6]
    assert [*relation_lines(rail(twice, "Infrastructure as Code").relations)] == [
        "«Can Use» → 1, 3, 6",
        "«Can Use» → GitOps (pattern, 1 source)",
    ]


def test_forces_are_ordered_by_frequency_then_as_declared(rich: Diagram) -> None:
    assert [*the(rich).forces.values()] == ["Manual toil", "Cost", "Speed", "Drift"]


def test_the_bar_has_what_starts_at_the_decision(rich: Diagram) -> None:
    assert the(rich).decision.notes == ("next: How is it observed?",)
    assert [*the(rich).lines] == [
        "category: Operation",
        "domain class: Team (Operation)",
        "domain class: Team",
        "«Leads To» → GitOps (pattern, 1 source)",
    ]


def test_a_next_decision_is_a_line_in_rails_and_in_the_graph(tmp_path: Path) -> None:
    registry = study(tmp_path, model=RICH)
    for layout in ("rails", "graph"):
        notes = {node.name: node.notes for node in figure(registry, "how", layout=layout).nodes}
        assert notes["K8s"] == ("next: How is it observed? «Mandatory Next»",)
        assert notes["How is it run?"] == ("next: How is it observed?",)


def test_a_next_decision_that_is_drawn_elsewhere_in_the_figure_is_a_line_too(tmp_path: Path) -> None:
    everything = figure(study(tmp_path, model=RICH), "everything")
    how = next(each for each in outlines(everything) if each.decision.name == "How is it run?")
    assert [each.lines for each in how.rails if each.node.name == "K8s"] == [
        ("next: How is it observed? «Mandatory Next»",)
    ]


def test_an_option_of_a_decision_that_is_an_option_is_a_line(rich: Diagram) -> None:
    assert rail(rich, "Which cloud is taken?").lines == ("option Let it choose → 3",)


def test_the_options_of_a_decision_that_has_rails_of_its_own_are_no_lines(tmp_path: Path) -> None:
    text = RICH + "add_decision_option_link(which, which, 'Ask again')\n"
    registry = study(tmp_path, model=text)
    everything = outlines(figure(registry, "everything"))
    lines = {rail.node.name: rail.lines for outline in everything for rail in outline.rails}
    assert lines["Which cloud is taken?"] == ()
    (outline,) = outlines(figure(registry, "which"))
    assert [(each.text, each.lines) for each in outline.rails] == [("Let it choose", ()), ("Ask again", ())]


def test_what_starts_at_a_context_is_left_out_with_a_message(tmp_path: Path) -> None:
    text = (
        RICH + "add_links({how: CClass(domain_metaclass, 'Unit', superclasses=team)}, role_name='context')\n"
    )
    registry = study(tmp_path, model=text)
    (message, *_) = the(figure(registry, "how", contexts=True)).left_out
    assert message.startswith("rails leave out 2 relations of “GitOps”, “Unit”, which are no options; ")


def test_a_long_name_is_shortened_in_a_message(rich: Diagram) -> None:
    nodes = (node._replace(name="Git" * 99) if node.name == "GitOps" else node for node in rich.nodes)
    found = the(evolve(rich, nodes=tuple(nodes))).left_out
    assert len(found) == 2
    assert all("GitGit" in message and len(message) < 200 for message in found)


def test_relations_of_the_second_degree_and_forces_of_others_are_left_out_with_a_message(
    rich: Diagram,
) -> None:
    assert the(rich).left_out == (
        'rails leave out 1 relation of “GitOps”, which is no option; layout="graph" draws it',
        'rails leave out the forces of “GitOps”, which is no option; layout="graph" draws them',
    )
    (outline,) = outlines(rich, "command line")
    assert all("--layout graph draws " in message for message in outline.left_out)


def test_forces_of_related_solutions_that_have_boxes_are_not_left_out(tmp_path: Path) -> None:
    diagram = figure(study(tmp_path, model=RICH), "how", relations="graph")
    assert len(the(diagram).left_out) == 1


def test_nothing_that_the_graph_shows_is_missing_but_what_the_messages_say(tmp_path: Path) -> None:
    registry = study(tmp_path, model=RICH)
    asked = {"contexts": True, "categories": True, "legend": False}
    outline = the(figure(registry, "how", **asked))
    said = " ".join(" ".join(text.split()) for text in texts_of(outline))
    graph = visible_texts(figure(registry, "how", layout="graph", **asked))
    missing = {text for text in graph if " ".join(text.split()) not in said}
    assert missing == {"Operators", "Is-a"}
