"""Promises about what a figure shows under which options."""

from pathlib import Path

import pytest

from codeable.diagrams import build, view_of, visible_texts
from codeable.errors import CodeableError
from codeable.registry import Registry

from .studies import DECISIONS, MORE_SOURCES, SOURCES, arrows, figure, names, study


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return study(tmp_path, model=DECISIONS, s1=SOURCES, s2=MORE_SOURCES)


def node(diagram, name):
    return next(node for node in diagram.nodes if node.name == name)


class TestNodes:
    @pytest.mark.parametrize(
        ("name", "key", "word"),
        [
            ("How are data products hosted?", "decision", "decision"),
            ("Cloud", "practice", "practice"),
            ("Service Mesh", "pattern", "pattern"),
            ("Leave it", "do_nothing", "do nothing"),
        ],
    )
    def test_tell_their_kind(self, registry: Registry, name: str, key: str, word: str) -> None:
        kind = node(figure(registry, "hosting"), name).kind
        assert (kind.key, kind.word) == (key, word)

    def test_of_a_metaclass_of_the_study_look_as_the_one_it_specialises_and_say_its_name(
        self, tmp_path: Path
    ) -> None:
        text = """
tactic = CMetaclass("Tactic", superclasses=practice)
x = CClass(tactic, "X")
b = CBundle("B", elements=[x])
"""
        kind = figure(study(tmp_path, model=text), "b").nodes[0].kind
        assert (kind.key, kind.word) == ("practice", "Tactic")

    def test_are_identified_by_the_variable(self, registry: Registry) -> None:
        assert node(figure(registry, "hosting"), "Cloud").identifier == "n_cloud"

    def test_without_a_variable_are_numbered(self, tmp_path: Path) -> None:
        registry = study(
            tmp_path,
            model='how = CClass(decision, "How?")\nadd_decision_option_link(how, CClass(practice, "X"))\n',
        )
        assert node(figure(registry, "how"), "X").identifier == "n_2"

    def test_of_two_modules_with_one_variable_have_different_identifiers(self, tmp_path: Path) -> None:
        two = 'from models.one import x as y\nx = CClass(practice, "B")\nb = CBundle("b", elements=[x, y])\n'
        diagram = figure(study(tmp_path, one='x = CClass(practice, "A")\n', two=two), "b")
        assert len({each.identifier for each in diagram.nodes}) == 2

    def test_without_a_name_show_their_variable(self, tmp_path: Path) -> None:
        registry = study(tmp_path, model='x = CClass(practice)\nb = CBundle("b", elements=[x])\n')
        assert names(figure(registry, "b")) == ["x"]

    def test_a_view_without_any_node_says_that_it_is_empty(self, tmp_path: Path) -> None:
        diagram = figure(study(tmp_path, model='empty = CBundle("Empty")\n'), "empty")
        assert names(diagram) == ["There is nothing to draw in this view."]
        assert diagram.legend == ()

    def test_a_deleted_element_is_not_shown(self, tmp_path: Path) -> None:
        text = (
            'x, y = CClass(practice, "X"), CClass(practice)\nb = CBundle("b", elements=[x, y])\ny.delete()\n'
        )
        registry = study(tmp_path, model=text)
        assert names(figure(registry, "b")) == ["X"]


class TestArrows:
    def test_an_option_has_its_text_with_its_quotation_marks(self, registry: Registry) -> None:
        assert ("How are data products hosted?", 'Use the "cloud"', "Cloud") in arrows(
            figure(registry, "hosting")
        )

    def test_an_option_without_a_text_has_none(self, registry: Registry) -> None:
        assert ("How are data products hosted?", "", "Leave it") in arrows(figure(registry, "hosting"))

    def test_a_relation_shows_its_stereotype_and_how(self, registry: Registry) -> None:
        found = arrows(figure(registry, "hosting", evidence="none"))
        assert ("Service Mesh", "Uses one per service", "Sidecar") in found
        assert ("Sidecar", "Is-a", "Proxy") in found

    def test_a_relation_shows_its_evidence(self, registry: Registry) -> None:
        assert ("Service Mesh", "Uses one per service 1 source", "Sidecar") in arrows(
            figure(registry, "hosting")
        )

    def test_a_relation_without_a_variable_shows_its_evidence_too(self, tmp_path: Path) -> None:
        text = """
x, y, s1 = CClass(practice, "X"), CClass(practice, "Y"), CClass(source, "s1")
add_links({s1: x.add_links(y, role_name="to", stereotype_instances=uses)}, role_name="contained_code")
b = CBundle("b", elements=[x, y])
"""
        assert arrows(figure(study(tmp_path, model=text), "b")) == [("X", "Uses 1 source", "Y")]

    def test_both_ends_of_every_arrow_are_drawn(self, registry: Registry) -> None:
        diagram = figure(registry, "everything", forces="nodes")
        drawn = {each.identifier for each in diagram.nodes}
        assert all({edge.source, edge.target} <= drawn for edge in diagram.edges)

    def test_an_association_derived_from_that_of_the_options_is_drawn_as_an_option(
        self, tmp_path: Path
    ) -> None:
        text = """
how, x = CClass(decision, "How?"), CClass(practice, "X")
add_decision_option_association(how, x, "Do X")
b = CBundle("b", elements=[how, x])
"""
        diagram = figure(study(tmp_path, model=text), "b")
        assert [(edge.kind.key, edge.label) for edge in diagram.edges] == [("option", "Do X")]

    def test_other_links_show_their_label_and_stereotypes(self, tmp_path: Path) -> None:
        text = """
part = CMetaclass("Part")
joins = part.association(part, "joins: [a] * -> [b] *")
tight = CStereotype("Tight", extended=joins, attributes={"why": str})
x, y, z = CClass(part, "X"), CClass(part, "Y"), CClass(part, "Z")
x.add_links(y, role_name="b", label="left side", stereotype_instances=tight, tagged_values={"why": "speed"})
y.add_links(z, role_name="b")
b = CBundle("b", elements=[x, y, z])
"""
        assert arrows(figure(study(tmp_path, model=text), "b")) == [
            ("X", "Tight left side why: speed", "Y"),
            ("Y", "joins", "Z"),
        ]

    def test_decisions_in_a_bundle_are_linked_by_solutions_that_are_not_in_it(self, tmp_path: Path) -> None:
        text = (
            DECISIONS
            + """
cloud.add_links(exchange, role_name="next decision", stereotype_instances=mandatory_next)
mesh.add_links(hosting, role_name="next decision")
few = CBundle("few", elements=[hosting, exchange, mesh])
"""
        )
        shown = figure(study(tmp_path, model=text), "few")
        hosted, exchanged = "How are data products hosted?", "How do they exchange data?"
        assert (hosted, "Mandatory Next Cloud", exchanged) in arrows(shown)
        assert [arrow for arrow in arrows(shown) if arrow[2] == hosted] == [("Service Mesh", "", hosted)]

    def test_a_bundle_of_metaclasses_shows_inheritance_and_associations(self, tmp_path: Path) -> None:
        text = """
whole = CMetaclass("Whole", attributes={"size": int})
part = CMetaclass("Part", superclasses=whole)
whole.association(part, "has: 1 <*>- *")
b = CBundle("b", elements=[whole, part])
"""
        diagram = figure(study(tmp_path, model=text), "b")
        assert [(edge.kind.key, edge.label) for edge in diagram.edges] == [
            ("composition", "has"),
            ("inheritance", ""),
        ]
        assert node(diagram, "Whole").notes == ("size",)

    def test_objects_show_their_links_and_their_class(self, tmp_path: Path) -> None:
        text = """
kind = CClass(CMetaclass("Kind"), "Service")
calls = kind.association(kind, "calls: [a] * -> [b] *")
one, two = CObject(kind, "one"), CObject(kind, "two")
one.add_links(two, role_name="b")
b = CBundle("b", elements=[one, two])
"""
        diagram = figure(study(tmp_path, model=text), "b")
        assert arrows(diagram) == [("one", "calls", "two")]
        assert diagram.nodes[0].kind.word == "Service"


class TestForces:
    def test_are_lines_in_the_box_of_the_solution_the_best_first(self, registry: Registry) -> None:
        mesh = node(figure(registry, "hosting"), "Service Mesh")
        assert [(each.sign, each.force) for each in mesh.impacts] == [("−", "Latency"), ("−−", "Cost")]

    def test_can_be_left_out(self, registry: Registry) -> None:
        assert not any(each.impacts for each in figure(registry, "hosting", forces="none").nodes)

    def test_can_be_nodes(self, registry: Registry) -> None:
        diagram = figure(registry, "hosting", forces="nodes")
        assert ("Service Mesh", "−−", "Cost") in arrows(diagram)
        assert node(diagram, "Cost").kind.key == "force"
        assert not any(each.impacts for each in diagram.nodes)

    def test_true_means_lines(self, registry: Registry) -> None:
        assert figure(registry, "hosting", forces=True).options.forces == "lines"

    def test_a_force_of_a_view_that_no_solution_in_it_has_is_not_lost(self, registry: Registry) -> None:
        assert "Unused" in names(figure(registry, "everything"))
        assert "Cost" not in names(figure(registry, "everything"))

    def test_an_impact_that_is_not_told_is_a_dot(self, tmp_path: Path) -> None:
        text = 'x, f = CClass(practice, "X"), CClass(force, "F")\nadd_links({x: f}, role_name="forces")\n'
        diagram = figure(study(tmp_path, model=text + 'b = CBundle("b", elements=x)\n'), "b")
        assert node(diagram, "X").impacts[0].sign == "·"


class TestEvidence:
    def test_is_the_number_of_sources(self, registry: Registry) -> None:
        diagram = figure(registry, "hosting")
        assert node(diagram, "Service Mesh").evidence == "2 sources"
        assert node(diagram, "Cloud").evidence == "1 source"

    def test_can_be_their_names(self, registry: Registry) -> None:
        assert node(figure(registry, "hosting", evidence="ids"), "Service Mesh").evidence == "s1, s2"

    def test_can_be_left_out(self, registry: Registry) -> None:
        assert not any(each.evidence for each in figure(registry, "hosting", evidence="none").nodes)

    def test_a_source_shows_its_title_and_leads_to_its_address(self, registry: Registry) -> None:
        diagram = build(view_of([registry["s1"], registry["mesh"]], "x"), registry)
        assert node(diagram, "s1").notes == ("On meshes",)
        assert node(diagram, "s1").url == "https://example.org/a?b=1&c=%282%29"
        assert arrows(diagram) == [("Service Mesh", "", "s1")]

    def test_an_address_that_is_a_script_leads_nowhere(self, registry: Registry) -> None:
        assert build(view_of([registry["s2"]], "x"), registry).nodes[0].url is None


class TestOtherOptions:
    def test_without_relations_a_decision_shows_its_options_alone(self, registry: Registry) -> None:
        diagram = figure(registry, "hosting", relations=False)
        assert names(diagram) == ["How are data products hosted?", "Cloud", "Service Mesh", "Leave it"]
        assert {edge.kind.key for edge in diagram.edges} == {"option"}

    def test_contexts_and_category_of_a_decision_are_shown_on_request(self, tmp_path: Path) -> None:
        text = (
            DECISIONS
            + """
platform = CClass(domain_metaclass, "Platform")
design = CClass(category, "Design")
add_links({hosting: platform}, role_name="context", stereotype_instances=decide_for_all_instances_of)
add_links({design: hosting}, role_name="decisions")
"""
        )
        registry = study(tmp_path, model=text)
        assert "Platform" not in names(figure(registry, "hosting"))
        shown = figure(registry, "hosting", contexts=True, categories=True)
        assert ("How are data products hosted?", "decide for all instances of", "Platform") in arrows(shown)
        assert ("Design", "", "How are data products hosted?") in arrows(shown)

    def test_a_style_that_does_not_exist_is_an_error_with_the_nearest(self, registry: Registry) -> None:
        with pytest.raises(CodeableError, match="did you mean 'paper'"):
            figure(registry, "hosting", style="papre")


class TestLegend:
    def test_explains_only_what_occurs(self, registry: Registry) -> None:
        legend = figure(registry, "exchange", relations=False).legend
        assert [(entry.role, entry.key) for entry in legend] == [
            ("node", "decision"),
            ("node", "pattern"),
            ("edge", "option"),
            ("sign", "−"),
            ("sign", "−−"),
        ]

    def test_explains_the_signs_on_arrows_to_forces(self, registry: Registry) -> None:
        legend = figure(registry, "hosting", forces="nodes").legend
        assert [entry.text for entry in legend if entry.role == "sign"] == [
            "positive",
            "negative",
            "very negative",
        ]

    def test_can_be_left_out(self, registry: Registry) -> None:
        assert figure(registry, "hosting", legend=False).legend == ()


def test_the_visible_texts_are_all_texts_of_the_study(registry: Registry) -> None:
    texts = visible_texts(figure(registry, "hosting"))
    assert {
        'Use the "cloud"',
        "Service Mesh",
        "−−",
        "Cost",
        "2 sources",
        "Uses",
        "one per service",
        "pattern",
    } <= set(texts)
