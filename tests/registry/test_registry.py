"""What a registry knows of a study: identifiers, kinds, places, collections, and what links say."""

import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.registry import AmbiguousNameError, Registry, UnknownNameError
from tests.studies import SMALL, write_study

DSL = "from codeable.dsl import *\n"


@pytest.fixture
def small(tmp_path: Path) -> Registry:
    return load_folder(write_study(tmp_path))


def registry_of(folder: Path, files: dict[str, str]) -> Registry:
    return load_folder(write_study(folder, files))


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_study_refuses_to_be_copied_and_says_what_to_do(
    small: Registry, way: Callable[..., object]
) -> None:
    with pytest.raises(CodeableError, match=r"codeable.load\(folder\) loads it again"):
        way(small)


class TestIdentifiers:
    def test_the_first_name_in_the_module_that_made_it_is_the_identifier_further_ones_are_aliases(
        self, tmp_path: Path
    ) -> None:
        text = f"{DSL}bus = CClass(pattern, 'Event Bus')\nevent_bus = bus\n_private = bus"
        declaration = registry_of(tmp_path, {"models/a.py": text}).look_up("bus")
        assert (declaration.identifier, declaration.aliases) == ("bus", ("event_bus",))

    def test_a_name_that_was_there_before_is_not_the_first_name_of_a_later_element(
        self, tmp_path: Path
    ) -> None:
        text = f"{DSL}first = None\nbus = CClass(pattern, 'Event Bus')\nfirst = bus"
        declaration = registry_of(tmp_path, {"models/a.py": text}).look_up("first")
        assert (declaration.identifier, declaration.aliases) == ("bus", ("first",))

    @pytest.mark.parametrize(
        "text",
        [
            "class H:\n    __class__ = property(lambda self: 1 / 0)\nx = H()",
            "class H:\n    def __getattribute__(self, name): raise KeyError(name)\nx = H()",
            "class H:\n    __hash__ = __bool__ = __eq__ = None\nx = H()",
            "class M(type):\n    __class__ = None\nclass H(metaclass=M): pass\nx = H()",
            "__name__ = 5\n__file__ = []",
        ],
    )
    def test_whatever_else_a_module_holds_does_not_disturb(self, tmp_path: Path, text: str) -> None:
        files = {"models/a.py": f"{DSL}bus = CClass(pattern, 'Event Bus')\n{text}"}
        assert registry_of(tmp_path, files).patterns.names == ["bus"]

    def test_names_in_other_modules_do_not_count(self, tmp_path: Path) -> None:
        files = {
            "models/b.py": f"{DSL}bus = CClass(pattern, 'Event Bus')",
            "models/a.py": "from models.b import *\nfrom models.b import bus as other\nthird = bus",
        }
        declaration = registry_of(tmp_path, files).look_up("bus")
        assert (declaration.module, declaration.identifier, declaration.aliases) == ("models.b", "bus", ())

    def test_a_name_with_an_underscore_does_not_count(self, tmp_path: Path) -> None:
        registry = registry_of(tmp_path, {"models/a.py": f"{DSL}_bus = CClass(pattern, 'Event Bus')"})
        assert registry.look_up("Event Bus").identifier is None

    @pytest.mark.parametrize("name", ["../../bus", "a b", "1st", ""])
    def test_a_name_that_no_statement_can_bind_does_not_count(self, tmp_path: Path, name: str) -> None:
        text = f"{DSL}globals()[{name!r}] = CClass(pattern, 'Event Bus')"
        assert registry_of(tmp_path, {"models/a.py": text}).look_up("Event Bus").identifier is None

    def test_the_vocabulary_declares_nothing(self, tmp_path: Path) -> None:
        registry = registry_of(tmp_path, {"models/a.py": f"{DSL}import codeable.dsl as d\nmine = practice"})
        assert registry.declarations == ()

    def test_an_element_made_in_a_loop_has_no_identifier_and_is_in_its_collection(
        self, tmp_path: Path
    ) -> None:
        text = f"{DSL}made = [CClass(practice, name) for name in ('b', 'a')]"
        registry = registry_of(tmp_path, {"models/a.py": text})
        assert [each.identifier for each in registry.declarations] == [None, None]
        assert registry.practices.names == ["a", "b"]

    def test_an_element_made_by_a_function_of_another_module_belongs_to_the_one_that_called_it(
        self, tmp_path: Path
    ) -> None:
        files = {
            "models/_make.py": f"{DSL}def make(name):\n    return CClass(practice, name)",
            "models/a.py": "from models._make import make\nversioning = make('Versioning')",
            "models/b.py": "from models.a import *",
        }
        declaration = registry_of(tmp_path, files).look_up("Versioning")
        assert (declaration.module, declaration.identifier) == ("models.a", "versioning")

    def test_two_names_in_one_statement_are_read_from_left_to_right(self, tmp_path: Path) -> None:
        text = f"{DSL}z = None\nz = a = CClass(practice, 'X')"
        declaration = registry_of(tmp_path, {"models/a.py": text}).look_up("X")
        assert (declaration.identifier, declaration.aliases) == ("z", ("a",))

    def test_a_deleted_element_is_not_declared(self, tmp_path: Path) -> None:
        text = f"{DSL}bus = CClass(pattern, 'Event Bus')\nbus.delete()"
        assert registry_of(tmp_path, {"models/a.py": text}).declarations == ()

    def test_a_bound_relation_is_declared_and_is_a_code(self, small: Registry) -> None:
        declaration = small.look_up("k8s_uses_orchestration")
        assert (declaration.kind, declaration.name) == ("relation", "k8s_uses_orchestration")
        assert declaration.element in small.codes


class TestKindsAndPlaces:
    def test_every_element_knows_its_kind(self, tmp_path: Path) -> None:
        text = f"""{DSL}
a_source = CClass(source, "s1")
a_reference = CClass(reference, "r1")
a_decision = CClass(decision, "d")
a_practice = CClass(practice, "p")
a_pattern = CClass(pattern, "q")
a_solution = CClass(design_solution, "s")
nothing = CClass(do_nothing_design_solution, "n")
a_force = CClass(force, "f")
a_category = CClass(category, "c")
a_domain_class = CClass(domain_metaclass, "m")
a_group = CClass(or_combined_group, "g")
a_known_use = CClass(known_use, "u")
a_code = CClass(code, "k")
an_option = add_decision_option_link(a_decision, a_practice, "x")
a_bundle = CBundle("b", elements=[a_force])
own = CMetaclass("Own")
habit = CMetaclass("Habit", superclasses=practice)
a_habit = CClass(habit, "h")
an_own = CClass(own, "o")
an_enum = CEnum("e", values=[1])
an_object = CObject(an_own, "x")
a_link = add_links({{a_category: a_domain_class}}, role_name="context")[0]
an_attribute = CAttribute(type=str)
a_stereotype = CStereotype("t")
"""
        found = {
            each.identifier: each.kind for each in registry_of(tmp_path, {"models/a.py": text}).declarations
        }
        assert found == {
            "a_source": "source",
            "a_reference": "reference",
            "a_decision": "decision",
            "a_practice": "practice",
            "a_pattern": "pattern",
            "a_solution": "solution",
            "nothing": "solution",
            "a_force": "force",
            "a_category": "category",
            "a_domain_class": "domain class",
            "a_group": "domain class",
            "a_known_use": "known use",
            "a_code": "code",
            "an_option": "option",
            "a_bundle": "bundle",
            "own": "metaclass",
            "habit": "metaclass",
            "a_habit": "practice",
            "an_own": "class",
            "an_enum": "enum",
            "an_object": "object",
            "a_link": "link",
            "a_stereotype": "stereotype",
        }

    def test_a_declaration_knows_file_and_line(self, small: Registry, tmp_path: Path) -> None:
        assert str(small.look_up("k8s").span) == f"{tmp_path}/models/infrastructure.py:5:7"


class TestCollections:
    def test_each_kind_has_its_collection(self, small: Registry) -> None:
        assert small.sources.names == ["s6", "s14"]
        assert small.decisions.names == ["infrastructure_decision"]
        assert small.practices.names == ["k8s", "versioning"]
        assert small.patterns.names == ["orchestration"]
        assert small.solutions.names == ["k8s", "orchestration", "versioning"]
        assert small.forces.names == ["consistency", "security"]
        assert small.references.names == small.categories.names == small.bundles.names == []

    def test_codes_are_decisions_solutions_forces_and_bound_relations(self, small: Registry) -> None:
        assert small.codes.names == [
            "consistency",
            "infrastructure_decision",
            "k8s",
            "k8s_uses_orchestration",
            "orchestration",
            "security",
            "versioning",
        ]

    def test_the_settings_order_the_sources(self, tmp_path: Path) -> None:
        files = {**SMALL, "pyproject.toml": '[tool.codeable]\norder = ["s14", "s6"]'}
        registry = registry_of(tmp_path, files)
        assert registry.sources.names == ["s14", "s6"]
        assert [str(each) for each in registry.evidence_of("k8s")] == ["s14", "s6"]

    def test_sources_that_the_order_leaves_out_follow(self, tmp_path: Path) -> None:
        files = {**SMALL, "pyproject.toml": '[tool.codeable]\norder = ["s14"]'}
        assert registry_of(tmp_path, files).sources.names == ["s14", "s6"]

    def test_a_source_in_the_order_that_is_not_there_yet_orders_nothing(self, tmp_path: Path) -> None:
        files = {**SMALL, "pyproject.toml": '[tool.codeable]\norder = ["s14", "s41", "s6"]'}
        assert registry_of(tmp_path, files).sources.names == ["s14", "s6"]


class TestLookup:
    def test_identifier_alias_display_name_and_exact_name_find_the_element(self, tmp_path: Path) -> None:
        text = f"{DSL}bus = CClass(pattern, 'Event Bus')\nother = bus"
        registry = registry_of(tmp_path, {"models/deep/a.py": text})
        names = ["bus", "other", "Event Bus", "models.deep.a:bus", "a:bus", "deep.a:other"]
        assert len({registry[name] for name in names}) == 1

    def test_an_element_is_declared_as_itself(self, small: Registry) -> None:
        assert small.look_up(small["k8s"]).identifier == "k8s"
        assert small["k8s"] in small
        assert (len(small), repr(small)) == (9, "<Registry of 9 elements>")

    def test_a_name_of_blanks_is_none(self) -> None:
        cells: dict[str, object] = {}
        exec("from codeable.dsl import *\nbus = CClass(pattern, ' ')", cells)
        assert Registry.of(cells).codes.declarations[0].name == "bus"

    def test_an_element_without_a_name_is_told_by_what_it_is(self, tmp_path: Path) -> None:
        text = f"{DSL}made = [CClass(practice), CClass(practice)]\nd = CClass(decision, 'd')"
        text += "\nadd_decision_option_link(d, made[0])"
        registry = registry_of(tmp_path, {"models/a.py": text})
        assert registry.practices.names == ["unnamed practice", "unnamed practice"]
        assert registry.options_of("d")[0].text is None

    def test_a_study_without_elements_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownNameError, match=r"'x'; there are none$"):
            registry_of(tmp_path, {"models/a.py": ""})["x"]

    def test_a_name_of_two_elements_is_refused_naming_both_and_their_exact_names(
        self, tmp_path: Path
    ) -> None:
        files = {
            "models/a.py": f"{DSL}mdm = CClass(practice, 'Master Data Management')",
            "models/b.py": f"{DSL}mdm = CClass(force, 'MDM')",
        }
        registry = registry_of(tmp_path, files)
        with pytest.raises(AmbiguousNameError) as caught:
            registry["mdm"]
        assert caught.value.message.replace(str(tmp_path), "STUDY").splitlines() == [
            "'mdm' is the name of 2 of the elements:",
            "  practice mdm 'Master Data Management' (STUDY/models/a.py:2)  as 'models.a:mdm'",
            "  force mdm 'MDM' (STUDY/models/b.py:2)  as 'models.b:mdm'",
        ]
        assert registry["models.b:mdm"].name == "MDM"

    def test_an_identifier_and_a_display_name_that_are_the_same_are_refused(self, tmp_path: Path) -> None:
        text = f"{DSL}bus = CClass(pattern, 'Event Bus')\nother = CClass(pattern, 'bus')"
        with pytest.raises(AmbiguousNameError):
            registry_of(tmp_path, {"models/a.py": text})["bus"]

    def test_an_unknown_name_is_a_key_error_with_the_nearest_names(self, small: Registry) -> None:
        with pytest.raises(KeyError) as caught:
            small["Versionning"]
        assert isinstance(caught.value, UnknownNameError)
        assert str(caught.value).startswith(
            "none of the elements has the identifier or display name 'Versionning'; "
            "did you mean 'versioning'?\n  practice versioning 'Versioning' ("
        )

    def test_a_display_name_is_proposed_too(self, small: Registry) -> None:
        with pytest.raises(KeyError, match="did you mean 'How can we manage the infrastructure"):
            small["How can we manage the infrastucture?"]

    def test_an_element_is_proposed_once(self, small: Registry) -> None:
        with pytest.raises(KeyError, match=r"did you mean 'versioning'\?"):
            small["version"]

    @pytest.mark.parametrize("name", [None, 3, b"k8s", ("k8s",)])
    def test_what_is_no_text_is_told_as_such(self, small: Registry, name: object) -> None:
        with pytest.raises(UnknownNameError, match="are found by name"):
            small[name]  # type: ignore[index]

    def test_an_element_of_another_study_is_told_as_such(self, small: Registry, tmp_path: Path) -> None:
        other = registry_of(tmp_path / "other", dict(SMALL))
        with pytest.raises(
            UnknownNameError, match=r"'K8s' \(.*infrastructure.py:5\) is not an element of this"
        ):
            small.evidence_of(other["k8s"])


class TestWhatLinksSay:
    def test_evidence_is_in_the_order_of_the_sources(self, small: Registry) -> None:
        assert [each.name for each in small.evidence_of("k8s")] == ["s6", "s14"]

    def test_a_relation_has_evidence(self, small: Registry) -> None:
        assert [each.name for each in small.evidence_of("k8s_uses_orchestration")] == ["s6"]
        assert [each.name for each in small.evidence_of(small["k8s_uses_orchestration"])] == ["s6"]

    def test_the_codes_of_a_source_are_in_the_order_of_linking(self, small: Registry) -> None:
        names = [small.identifier_of(code) for code in small.codes_of("s6")]
        assert names == ["versioning", "k8s", "k8s_uses_orchestration"]

    def test_a_relation_without_a_name_is_a_code_of_its_source(self, tmp_path: Path) -> None:
        text = f"""{DSL}
a, b, s1 = CClass(practice, "a"), CClass(practice, "b"), CClass(source, "s1")
add_links({{s1: a.add_links(b, role_name="to", stereotype_instances=uses)}}, role_name="contained_code")
"""
        registry = registry_of(tmp_path, {"models/a.py": text})
        (relation,) = registry.codes_of("s1")
        assert (relation.source.name, relation.target.name) == ("a", "b")
        assert [each.name for each in registry.evidence_of(relation)] == ["s1"]

    def test_options_have_solution_text_and_link(self, small: Registry) -> None:
        option = small.options_of("infrastructure_decision")[1]
        assert (option.solution_element, option.text) == (small["k8s"], "Use pods")
        assert option.link.target is small["k8s"]
        assert small.decisions_of("k8s")[0].decision_element is small["infrastructure_decision"]

    def test_forces_have_their_impact(self, small: Registry) -> None:
        found = [(each.force_element.name, each.impact) for each in small.forces_of("orchestration")]
        assert found == [("Consistency", "+"), ("Security", "--")]
        assert [each.solution_element.name for each in small.impacts_on("security")] == ["Orchestration"]
        assert small.forces_of("orchestration")[0].impact == "+"

    def test_an_impact_with_several_signs_has_all_of_them(self, tmp_path: Path) -> None:
        text = f"""{DSL}
a, cost = CClass(practice, "a"), CClass(force, "Cost")
a.add_links(cost, role_name="forces", stereotype_instances=[positive, negative])
"""
        (impact,) = registry_of(tmp_path, {"models/a.py": text}).forces_of("a")
        assert impact.impact == "+, -"

    def test_relations_are_read_from_both_ends(self, small: Registry) -> None:
        (relation,) = small.relations_of("k8s")
        assert (relation.target_element.name, relation.stereotype) == ("Orchestration", "Uses")
        assert small.relations_of("orchestration") == []
        assert small.relations_to("orchestration")[0].link is relation.link

    def test_how_and_label_of_a_relation_are_read(self, tmp_path: Path) -> None:
        text = f"""{DSL}
a, b = CClass(practice, "a"), CClass(practice, "b")
add_stereotyped_link_with_how_tagged_value(a, b, can_use, "by hand").label = "often"
"""
        (relation,) = registry_of(tmp_path, {"models/a.py": text}).relations_of("a")
        assert (relation.stereotype, relation.how, relation.label) == ("Can Use", "by hand", "often")

    def test_contexts_category_and_next_decision_are_read(self, tmp_path: Path) -> None:
        text = f"""{DSL}
d, e = CClass(decision, "d"), CClass(decision, "e")
c, m = CClass(category, "c"), CClass(domain_metaclass, "m")
add_links({{c: d}}, role_name="decisions")
add_links({{d: m}}, role_name="context")
add_links({{d: e}}, role_name="next decision", stereotype_instances=mandatory_next)
"""
        registry = registry_of(tmp_path, {"models/a.py": text})
        assert registry.category_of("d") is registry["c"]
        assert registry.category_of("e") is None
        assert registry.contexts_of("d") == [registry["m"]]
        (following,) = registry.next_decisions_of("d")
        assert (following.target_element, following.stereotype) == (registry["e"], "Mandatory Next")

    def test_links_made_later_are_in_the_answer(self, small: Registry) -> None:
        dsl = small.vocabulary
        dsl.add_links({small["s14"]: small["security"]}, role_name="contained_code")
        assert small.evidence_of("security") == [small["s14"]]

    def test_a_deleted_element_is_in_no_answer(self, small: Registry) -> None:
        s14, sources = small["s14"], small.sources
        s14.delete()
        assert small.sources.names == [name for name in sources.names if name != "s14"]
        assert s14 not in small.evidence_of("k8s")
        assert "s14" not in small
        assert "s14" in repr(sources), "a collection stays what it was"
        with pytest.raises(UnknownNameError, match=r"s14\.py:\d+\) has been deleted"):
            small.look_up(s14)

    def test_a_renamed_element_is_found_by_its_new_name_only(self, small: Registry) -> None:
        k8s = small["K8s"]
        k8s.name = "Kubernetes"
        assert small["Kubernetes"] is small["k8s"] is k8s
        assert "K8s" not in small
        assert "Kubernetes" in repr(small.practices)

    def test_questions_that_make_no_sense_are_refused(self, small: Registry) -> None:
        with pytest.raises(CodeableError, match=r"options_of\(\) takes a decision, not the practice k8s"):
            small.options_of("k8s")
        with pytest.raises(CodeableError, match=r"codes_of\(\) takes a source, not the practice k8s"):
            small.codes_of("k8s")
        with pytest.raises(CodeableError, match=r"evidence_of\(\) takes a code: .*, not the source s6"):
            small.evidence_of("s6")


class TestSubcodes:
    TEXT = f"""{DSL}
messaging = CClass(practice, "Messaging")
topics = CClass(practice, "Topics", superclasses=messaging)
queues = CClass(practice, "Queues", superclasses=messaging)
dead_letters = CClass(pattern, "Dead Letters", superclasses=[queues, topics])
d = CClass(decision, "How?")
"""

    @pytest.fixture
    def study(self, tmp_path: Path) -> Registry:
        return registry_of(tmp_path, {"models/a.py": self.TEXT})

    def test_the_codes_below_a_code_are_given_with_the_direct_ones_first(self, study: Registry) -> None:
        assert study.subcodes_of("messaging").names == ["topics", "queues", "dead_letters"]
        assert study.supercodes_of("dead_letters").names == ["queues", "topics", "messaging"]

    def test_a_code_alone_has_neither(self, study: Registry) -> None:
        assert (study.subcodes_of("d").names, study.supercodes_of("d").names) == ([], [])

    def test_both_show_themselves(self, study: Registry) -> None:
        assert repr(study.subcodes_of("messaging")).startswith("3 sub-codes of messaging\n")
        assert repr(study.supercodes_of("topics")).startswith("1 super-code of topics\n")


def test_links_of_classes_of_any_kind_are_connections(tmp_path: Path) -> None:
    text = f"""
        {DSL}
        from codeable.metamodels.component import component
        orders, store = CClass(component, "Orders"), CClass(component, "Store")
        orders.add_links(store, role_name="target", label="saves")
        how = CClass(decision, "How?")
        view = CBundle("View", elements=[orders])
        """
    registry = registry_of(tmp_path, {"models/a.py": text})
    assert registry.classes.names == ["orders", "store"]
    [link] = registry.links_of("store")
    expected = ("orders", "store", "connected to", "saves")
    assert (link.source, link.target, link.association, link.label) == expected
    assert link.source_element is registry["orders"]
    assert registry.links_of("orders").to_dicts()[0]["stereotypes"] is None
    assert len(registry.links_of("how")) == 0
    with pytest.raises(CodeableError, match="takes a class"):
        registry.links_of("view")
