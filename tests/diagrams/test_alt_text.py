"""Promises about the sentences that tell a figure to readers who cannot see it."""

from pathlib import Path

import pytest

from codeable.diagrams import Edge, EdgeKind, Node, NodeKind, view_of
from codeable.diagrams.alt_text import alt_text
from codeable.diagrams.build import build
from codeable.diagrams.kinds import NODE_KINDS, OPTION
from codeable.registry import Registry
from tests.diagrams.studies import DECISIONS, METAMODEL, MORE_SOURCES, SOURCES, figure, study


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("study")
    return study(folder, model=DECISIONS, s1=SOURCES, s2=MORE_SOURCES, other=METAMODEL)


def described(registry: Registry, name: str, **options: object) -> str:
    diagram = figure(registry, name, **options)
    return alt_text(diagram.nodes, diagram.edges)


def sentences(registry: Registry, name: str, **options: object) -> list[str]:
    return described(registry, name, **options).replace(". Impacts", ".\nImpacts").split("\n")


class TestADecision:
    def test_is_told_with_its_options_their_texts_and_kinds(self, registry: Registry) -> None:
        assert described(registry, "hosting").startswith(
            'Decision "How are data products hosted?" (1 source) has 3 options: '
            '1. Use the "cloud": Cloud (practice, 1 source); '
            "2. Use a mesh: Service Mesh (pattern, 2 sources); "
            "3. Leave it (do nothing)."
        )

    def test_is_told_with_impacts_in_words(self, registry: Registry) -> None:
        told = sentences(registry, "hosting")
        assert "Impacts of Cloud: positive on Cost." in told
        assert "Impacts of Service Mesh: negative on Latency; very negative on Cost." in told

    def test_is_told_with_the_same_impacts_where_forces_are_boxes(self, registry: Registry) -> None:
        told = sentences(registry, "hosting", forces="nodes")
        assert "Impacts of Service Mesh: negative on Latency; very negative on Cost." in told

    @pytest.mark.parametrize("forces", ["matrix", "nodes"])
    def test_is_told_with_an_impact_of_which_no_more_is_known(self, tmp_path: Path, forces: str) -> None:
        text = DECISIONS + "add_links({sidecar: cost}, role_name='forces')\n"
        told = sentences(study(tmp_path, model=text), "hosting", forces=forces)
        assert "Impacts of Sidecar: acts on Cost." in told

    def test_is_told_without_the_forces_that_it_does_not_show(self, registry: Registry) -> None:
        assert "Impacts" not in described(registry, "hosting", forces="none")

    def test_is_told_with_the_relations_between_solutions(self, registry: Registry) -> None:
        description = described(registry, "hosting", evidence="none")
        assert "Service Mesh – Uses: Sidecar (one per service)." in description
        assert "Sidecar – Is-a: Proxy." in description

    @pytest.mark.parametrize("layout", ["rails", "graph"])
    def test_is_told_alike_in_both_layouts(self, registry: Registry, layout: str) -> None:
        default = described(registry, "hosting")
        assert described(registry, "hosting", layout=layout) == default

    def test_is_told_with_its_contexts(self, tmp_path: Path) -> None:
        text = DECISIONS + (
            "platform = CClass(domain_metaclass, 'Platform')\n"
            "add_links({hosting: platform}, role_name='context')\n"
        )
        told = described(study(tmp_path, model=text), "hosting", contexts=True)
        assert "How are data products hosted? – is about: Platform" in told


def test_an_overview_without_links_tells_its_decisions(registry: Registry) -> None:
    told = described(registry, "overview", evidence="none")
    assert told.startswith("Decision: How ")
    assert {"How are data products hosted?", "How do they exchange data?"} == set(
        told.removeprefix("Decision: ").removesuffix(".").split("; ")
    )


def test_an_overview_tells_which_decision_follows(tmp_path: Path) -> None:
    text = DECISIONS + "add_links({mesh: exchange}, role_name='next decision')\n"
    told = described(study(tmp_path, model=text), "overview")
    assert "How are data products hosted? – is followed by: How do they exchange data? (Service Mesh)" in told


def test_everything_tells_every_decision_and_the_loose_codes(registry: Registry) -> None:
    told = described(registry, "everything", evidence="none")
    assert 'Decision "How are data products hosted?" has 3 options' in told
    assert 'Decision "How do they exchange data?" has 2 options' in told
    assert "Nobody's Practice – Can Use: Proxy." in told
    assert "Impacts of Service Mesh" in told


def test_a_bundle_tells_boxes_by_kind_with_what_they_say(registry: Registry) -> None:
    told = described(registry, "with_sources", evidence="none")
    assert told.startswith("Pattern: Service Mesh. Practice: Cloud.")
    told = described(registry, "metamodel")
    assert "Metaclass: Whole (size, name); Part." in told
    assert "Part – is a kind of: Whole." in told
    assert "Tactic?: Load balancing; Weighted load balancing." in told


def test_every_name_in_a_figure_is_told(registry: Registry) -> None:
    for name in ("overview", "hosting", "exchange", "with_sources", "metamodel", "everything"):
        diagram = figure(registry, name)
        told = alt_text(diagram.nodes, diagram.edges)
        assert [node.name for node in diagram.nodes if node.name not in told] == []


def test_an_empty_figure_says_so(registry: Registry) -> None:
    nothing = build(view_of([], "Nothing"), registry)
    assert alt_text(nothing.nodes, nothing.edges) == "There is nothing to draw in this view."


def test_line_breaks_and_empty_texts_leave_no_gaps() -> None:
    nodes = [Node("a", NODE_KINDS[0], "How\nnow?"), Node("b", NodeKind("practice", ""), "Do  it", (), " ")]
    edges = [Edge("a", "b", EdgeKind("option", "option"), "", ("",), (" ",))]
    assert alt_text(nodes, edges) == 'Decision "How now?" has 1 option: 1. Do it.'


def test_a_large_figure_is_not_told_without_end(tmp_path: Path) -> None:
    text = """
how = CClass(decision, "How?")
for i in range(500):
    add_decision_option_link(how, CClass(practice, f"P{i}"))
"""
    told = described(study(tmp_path, model=text), "how")
    assert "300. P299 (practice); And 200 more options." in told
    assert "P300" not in told


def test_a_figure_of_very_many_decisions_is_not_told_without_end() -> None:
    nodes = [Node(f"n{number}", NODE_KINDS[0], f"D{number}") for number in range(2000)]
    edges = [Edge(f"n{number}", f"n{number + 1}", OPTION) for number in range(1999)]
    told = alt_text(nodes, edges)
    assert "D299" in told
    assert "And 1699 more boxes with options." in told
    assert len(told) < 30_000
