"""Promises about which views a study has."""

from pathlib import Path
from textwrap import dedent

import pytest

from codeable.diagrams import View, find_view, views
from codeable.errors import CodeableError
from codeable.registry import Registry

from .studies import DECISIONS, arrows, figure, names, study, view


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return study(tmp_path, model=DECISIONS)


class TestViewsOfAStudy:
    def test_there_is_an_overview_a_view_per_decision_and_everything(self, registry: Registry) -> None:
        assert [v.identifier for v in views(registry)] == ["overview", "hosting", "exchange", "everything"]

    def test_decisions_and_bundles_are_in_the_order_of_their_declarations(self, tmp_path: Path) -> None:
        """As the decisions in the overview and in the figure of everything are."""
        model = "".join(f'{name} = CClass(decision, "How, {name}?")\n' for name in ("zoo", "ant", "mole"))
        bundles = "".join(f'{name} = CBundle("About {name}")\n' for name in ("tail", "ear"))
        registry = study(tmp_path, model=model + bundles)
        declared = ["overview", "zoo", "ant", "mole", "tail", "ear", "everything"]
        assert [v.identifier for v in views(registry)] == declared

    def test_a_view_is_titled_by_the_question(self, registry: Registry) -> None:
        assert view(registry, "hosting").title == "How are data products hosted?"

    def test_a_view_knows_where_it_was_declared(self, registry: Registry) -> None:
        place = view(registry, "hosting").place
        assert place is not None
        assert (Path(place.path).name, place.line) == ("model.py", 3)

    def test_every_bundle_of_a_module_is_a_view(self, tmp_path: Path) -> None:
        registry = study(tmp_path, model=DECISIONS + 'clouds = CBundle("Clouds", elements=[cloud, mesh])\n')
        assert view(registry, "clouds").elements == (registry["cloud"], registry["mesh"])

    def test_a_bundle_shows_what_is_in_the_bundles_in_it(self, tmp_path: Path) -> None:
        text = 'inner = CBundle("In", elements=[mesh])\nouter = CBundle("Out", elements=[inner, cloud])\n'
        registry = study(tmp_path, model=DECISIONS + text + "inner.add(outer)\n")
        assert set(names(figure(registry, "outer"))) == {"Service Mesh", "Cloud"}

    def test_a_decision_without_a_name_in_its_module_is_identified_by_a_slug(self, tmp_path: Path) -> None:
        registry = study(tmp_path, model='CClass(decision, "How? & Why?")\n')
        assert [v.identifier for v in views(registry)] == ["overview", "how_why", "everything"]

    def test_without_decisions_there_are_the_bundles_alone(self, tmp_path: Path) -> None:
        text = 'x = CClass(practice, "X")\nparts = CBundle("Parts", elements=x)\n'
        assert [v.identifier for v in views(study(tmp_path, model=text))] == ["parts"]

    def test_an_empty_study_has_none(self, tmp_path: Path) -> None:
        assert views(study(tmp_path, model="")) == ()


class TestFileNames:
    def test_two_views_with_one_file_name_are_an_error_that_names_both_places(self, tmp_path: Path) -> None:
        text = 'hosting = CClass(decision, "How?")\nHosting = CBundle("Hosting")\n'
        with pytest.raises(CodeableError) as raised:
            views(study(tmp_path, model=text))
        assert "model.py:2" in str(raised.value) and "model.py:3" in str(raised.value)

    def test_one_identifier_in_two_modules_is_an_error_that_names_both_places(self, tmp_path: Path) -> None:
        registry = study(tmp_path, one='how = CClass(decision, "A")\n', two='how = CClass(decision, "B")\n')
        with pytest.raises(CodeableError, match=r"(?s)one\.py:2.*two\.py:2"):
            views(registry)

    def test_a_bundle_named_overview_is_an_error_that_names_it(self, tmp_path: Path) -> None:
        text = 'overview = CBundle("Mine")\n'
        with pytest.raises(CodeableError, match=r"(?s)every study with decisions has.*model\.py:2"):
            views(study(tmp_path, model=text + 'how = CClass(decision, "How?")\n'))

    @pytest.mark.parametrize(
        ("identifier", "file_name"),
        [("hosting", "hosting"), ("aux", "aux_view"), ("../a b", "a_b"), ("1st", "1st"), ("..", "unnamed")],
    )
    def test_the_file_name_is_the_identifier_where_a_file_system_takes_it(
        self, identifier: str, file_name: str
    ) -> None:
        assert View(identifier, "", "bundle", ()).file_name == file_name

    def test_a_very_long_identifier_becomes_a_short_file_name_of_its_own(self) -> None:
        one, other = (View("ä" * 500 + end, "", "bundle", ()).file_name for end in "xy")
        assert one != other
        assert len(one.encode()) <= 120


class TestFindingAView:
    @pytest.mark.parametrize(
        "name", ["hosting", "How are data products hosted?", "HOSTING", "how are data products hosted?"]
    )
    def test_by_identifier_or_title(self, registry: Registry, name: str) -> None:
        assert view(registry, name).identifier == "hosting"

    def test_a_misspelt_name_is_wrong_usage_and_told_the_nearest(self, registry: Registry) -> None:
        with pytest.raises(CodeableError, match="did you mean 'hosting'") as raised:
            find_view(views(registry), "hostin")
        assert raised.value.exit_status == 2

    @pytest.mark.parametrize("name", ["overview", "Everything", "All codes and their relations"])
    def test_a_view_of_a_whole_study_without_decisions_is_told_why_there_is_none(
        self, tmp_path: Path, name: str
    ) -> None:
        registry = study(tmp_path, model='parts = CBundle("Parts")\n')
        with pytest.raises(CodeableError) as raised:
            find_view(views(registry), name)
        assert raised.value.message == (
            f"there is no view {name!r}: the study has no decision, "
            "and only a study with decisions is drawn as a whole\nThe views are: parts"
        )

    def test_a_study_without_any_view_is_told_how_to_make_one(self, tmp_path: Path) -> None:
        with pytest.raises(CodeableError, match="no decision and no bundle"):
            find_view(views(study(tmp_path, model="")), "hosting")

    def test_the_error_for_a_title_of_two_views_names_both(self, tmp_path: Path) -> None:
        registry = study(tmp_path, model='one = CClass(decision, "How?")\ntwo = CClass(decision, "How?")\n')
        with pytest.raises(CodeableError, match=r"(?s)2 views.*one.*two"):
            find_view(views(registry), "How?")


class TestADecision:
    def test_shows_its_options_and_what_they_lead_to(self, registry: Registry) -> None:
        assert names(figure(registry, "hosting")) == [
            "How are data products hosted?",
            "Cloud",
            "Service Mesh",
            "Leave it",
            "Sidecar",
            "Proxy",
        ]

    def test_does_not_show_what_leads_to_its_solutions_from_elsewhere(self, registry: Registry) -> None:
        assert "Nobody's Practice" not in names(figure(registry, "hosting"))

    def test_does_not_cross_into_another_decision(self, tmp_path: Path) -> None:
        text = DECISIONS + "add_stereotyped_design_solution_link(proxy, exchange, leads_to)\n"
        registry = study(tmp_path, model=text)
        assert "How do they exchange data?" not in names(figure(registry, "hosting"))
        assert "Event Bus" not in names(figure(registry, "hosting"))

    def test_shows_a_decision_that_is_an_option_and_does_not_cross_it(self, tmp_path: Path) -> None:
        text = """
            other = CClass(decision, "Which cloud?")
            private = CClass(practice, "Private Cloud")
            add_decision_option_link(hosting, other, "Decide that first")
            add_decision_option_link(other, private, "Own it")
            other.add_links(private, role_name="to", stereotype_instances=uses)
            """
        diagram = figure(study(tmp_path, model=DECISIONS + dedent(text)), "hosting")
        hosting = "How are data products hosted?"
        assert (hosting, "Decide that first", "Which cloud?") in arrows(diagram)
        assert "Private Cloud" not in names(diagram)

    def test_relations_in_a_circle_end(self, tmp_path: Path) -> None:
        text = DECISIONS + "add_stereotyped_design_solution_link(proxy, mesh, uses)\n"
        assert len(names(figure(study(tmp_path, model=text), "hosting"))) == 6

    def test_a_chain_of_many_relations_is_followed_to_its_end(self, tmp_path: Path) -> None:
        text = """
how, last = CClass(decision, "How?"), None
for i in range(5000):
    each = CClass(practice, f"P{i}")
    if last is None:
        add_decision_option_link(how, each)
    else:
        add_stereotyped_design_solution_link(last, each, leads_to)
    last = each
"""
        assert len(names(figure(study(tmp_path, model=text), "how"))) == 5001


class TestTheOverview:
    TEXT = """
first, second, third = (CClass(decision, name) for name in ("First?", "Second?", "Third?"))
a, b, orphan = CClass(practice, "A"), CClass(pattern, "B"), CClass(pattern, "Orphan")
add_decision_option_link(first, a)
add_decision_option_link(second, a)
add_decision_option_link(second, b)
first.add_links(second, role_name="next decision", stereotype_instances=mandatory_next)
a.add_links(third, role_name="next decision", stereotype_instances=optional_next)
"""

    def test_shows_the_decisions_and_which_comes_next(self, tmp_path: Path) -> None:
        from .studies import arrows

        overview = figure(study(tmp_path, model=self.TEXT), "overview")
        assert names(overview) == ["First?", "Second?", "Third?"]
        assert ("First?", "Mandatory Next", "Second?") in arrows(overview)

    def test_draws_a_link_that_starts_at_a_solution_from_each_decision_that_offers_it(
        self, tmp_path: Path
    ) -> None:
        from .studies import arrows

        overview = figure(study(tmp_path, model=self.TEXT), "overview")
        assert [arrow for arrow in arrows(overview) if arrow[2] == "Third?"] == [
            ("First?", "Optional Next A", "Third?"),
            ("Second?", "Optional Next A", "Third?"),
        ]

    def test_draws_a_solution_that_no_decision_offers_when_a_decision_comes_next(
        self, tmp_path: Path
    ) -> None:
        text = self.TEXT + 'orphan.add_links(first, role_name="next decision")\n'
        assert names(figure(study(tmp_path, model=text), "overview"))[-1] == "Orphan"


class TestEverything:
    def test_shows_all_codes_and_no_source(self, tmp_path: Path) -> None:
        text = DECISIONS + 's1 = CClass(source, "s1")\nadd_links({s1: mesh}, role_name="contained_code")\n'
        shown = set(names(figure(study(tmp_path, model=text), "everything", forces="nodes")))
        assert {"Cloud", "Nobody's Practice", "Latency", "How do they exchange data?"} <= shown
        assert "s1" not in shown

    def test_shows_the_codes_in_the_order_of_their_declarations(self, tmp_path: Path) -> None:
        text = """
b = CClass(decision, "Second by name, declared first?")
a = CClass(decision, "First by name, declared second?")
z, y = CClass(practice, "Z"), CClass(practice, "Y")
add_decision_option_link(b, z)
add_decision_option_link(b, y)
"""
        registry = study(tmp_path, model=text)
        everything = names(figure(registry, "everything"))
        assert everything == [b.name for b in map(registry.__getitem__, "bazy")]
        assert names(figure(registry, "overview")) == everything[:2]


class TestForces:
    def test_of_one_name_are_told_apart(self, tmp_path: Path) -> None:
        text = """
d, a = CClass(decision, "Which?"), CClass(practice, "A")
add_decision_option_link(d, a, "one")
several = [CClass(force, "Cost"), CClass(force, "Cost"), CClass(force, "")]
add_force_relations({a: {several[0]: positive, several[1]: negative, several[2]: neutral}})
"""
        drawn = figure(study(tmp_path, model=text), "d")
        assert list(drawn.forces.values()) == ["Cost", "Cost", ""]
        assert len({impact.key for node in drawn.nodes for impact in node.impacts}) == 3

    def test_show_every_impact_that_one_link_states(self, tmp_path: Path) -> None:
        text = """
d, a, cost = CClass(decision, "Which?"), CClass(practice, "A"), CClass(force, "Cost")
add_decision_option_link(d, a, "one")
add_links({a: cost}, association=force_impact_relation, stereotype_instances=[very_negative, positive])
"""
        drawn = figure(study(tmp_path, model=text), "d")
        assert [impact.sign for node in drawn.nodes for impact in node.impacts] == ["+", "−−"]
