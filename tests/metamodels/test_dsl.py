"""The names that a study gets, and vocabularies that know nothing of each other."""

import gc
import importlib
import sys
import weakref

import pytest

import codeable.dsl
import codeable.kernel
from codeable.dsl import *
from codeable.dsl import fresh_vocabulary
from codeable.kernel import CClass, CMetaclass, CNamedElement
from codeable.kernel.place import place_of
from codeable.loading import load_folder


def test_the_names_are_sorted_and_all_there():
    assert codeable.dsl.__all__ == sorted(set(codeable.dsl.__all__))
    for name in codeable.dsl.__all__:
        assert hasattr(codeable.dsl, name)


def test_the_names_are_those_of_the_kernel_and_of_the_vocabularies():
    assert set(codeable.dsl.NAMES) == set(codeable.dsl.__all__)
    assert set(codeable.kernel.__all__) < codeable.dsl.NAMES
    assert {"practice", "add_force_relations", "SOURCE_TYPES"} < codeable.dsl.NAMES
    assert not {"check_kind", "Mapping", "ModuleType", "NAMES"} & codeable.dsl.NAMES


def test_no_declared_name_is_left_out():
    declared = {
        name
        for module in (codeable.metamodels.domain, codeable.metamodels.guidance, codeable.metamodels.coding)
        for name, value in vars(module).items()
        if isinstance(value, CNamedElement) or name.startswith("add_")
    }
    assert declared <= set(codeable.dsl.__all__)


def test_making_a_vocabulary_is_no_name_of_a_study():
    assert "fresh_vocabulary" not in codeable.dsl.__all__


def test_every_function_of_a_study_explains_itself():
    for name in codeable.dsl.__all__:
        value = getattr(codeable.dsl, name)
        if callable(value):
            assert value.__doc__, name


def elements_of(vocabulary):
    return {id(value) for value in vars(vocabulary).values() if isinstance(value, CNamedElement)}


def test_a_fresh_vocabulary_has_the_same_names():
    own = fresh_vocabulary()
    assert own.__all__ == codeable.dsl.__all__
    assert own.practice.name == "Practice"
    assert own.CClass is CClass


def test_two_vocabularies_share_no_element():
    first, second = fresh_vocabulary(), fresh_vocabulary()
    assert not elements_of(first) & elements_of(second)
    assert not elements_of(first) & elements_of(codeable.dsl)
    reached = {id(element) for element in first.practice.get_connected_elements(add_stereotypes=True)}
    assert not reached & {
        id(element) for element in codeable.dsl.practice.get_connected_elements(add_stereotypes=True)
    }


def test_its_functions_use_its_own_metaclasses():
    own = fresh_vocabulary()
    d, p = CClass(own.decision, "How?"), CClass(own.practice, "So")
    assert own.add_decision_option_link(d, p).association is own.decision_solution_relation


def test_changing_one_vocabulary_changes_no_other():
    own = fresh_vocabulary()
    own.practice.superclasses = []
    own.practice.name = "Habit"
    assert codeable.dsl.practice.superclasses == [codeable.dsl.design_solution]
    assert fresh_vocabulary().practice.name == "Practice"


def test_it_leaves_nothing_among_the_loaded_modules():
    fresh_vocabulary()
    before = dict(sys.modules)
    own = fresh_vocabulary()
    assert dict(sys.modules) == before
    assert own not in sys.modules.values()


def test_it_maps_every_import_to_its_module():
    own = fresh_vocabulary()
    modules = own.__vocabulary__
    assert modules["codeable.dsl"] is own
    assert modules["codeable"].dsl is own
    assert modules["codeable"].kernel.CClass is CClass
    assert modules["codeable.metamodels"].guidance is modules["codeable.metamodels.guidance"]
    assert modules["codeable.metamodels.coding"].source is own.source


OTHERS = ["activity", "component", "deployment", "microservice_components", "technology"]


@pytest.mark.parametrize("name", OTHERS)
def test_vocabularies_of_systems_are_made_when_they_are_imported(name):
    modules = fresh_vocabulary().__vocabulary__
    assert f"codeable.metamodels.{name}" in modules
    assert f"codeable.metamodels.{name}" not in modules.made
    made = getattr(modules["codeable"].metamodels, name)
    assert made is modules["codeable.metamodels"].__getattr__(name)
    assert made is not importlib.import_module(f"codeable.metamodels.{name}")


def test_vocabularies_of_systems_share_one_component():
    modules = fresh_vocabulary().__vocabulary__
    component = modules["codeable.metamodels.component"].component
    assert modules["codeable.metamodels.microservice_components"].component is component
    assert modules["codeable.metamodels.deployment"].component is component
    assert component is not fresh_vocabulary().__vocabulary__["codeable.metamodels.component"].component


def test_a_study_of_components_knows_its_vocabulary_from_its_elements(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "shop.py").write_text(
        "from codeable.dsl import *\n"
        "from codeable.metamodels import deployment\n"
        "import codeable.metamodels.technology as tech\n"
        "def late():\n"
        "    from codeable.metamodels.microservice_components import component, service\n"
        "    return CClass(component, 'Orders', stereotype_instances=service)\n"
        "orders = late()\n"
        "node = CClass(deployment.device, 'Rack')\n"
        "python = CClass(tech.technology, 'Python')\n"
        "add_links({orders: node}, role_name='deployment_nodes')\n"
    )
    first, second = load_folder(tmp_path), load_folder(tmp_path)
    assert [each.name for each in first["orders"].get_linked(role_name="deployment_nodes")] == ["Rack"]
    assert {each.identifier for each in first.declarations} == {"orders", "node", "python"}
    assert first["orders"].metaclass is not second["orders"].metaclass


def test_however_a_study_imports_it_gets_its_own_vocabulary(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a.py").write_text(
        "import codeable.dsl\n"
        "import codeable.kernel.predicates\n"
        "import codeable.metamodels.guidance, codeable.text\n"
        "import codeable.dsl as dm\n"
        "from codeable import dsl, kernel\n"
        "from codeable.metamodels import guidance\n"
        "a = codeable.dsl.CClass(codeable.metamodels.guidance.decision, 'A')\n"
        "b = codeable.dsl.CClass(dm.practice, 'B')\n"
        "codeable.dsl.add_decision_option_link(a, b, 'text')\n"
        "assert codeable.dsl is dm is dsl and codeable.metamodels.guidance is guidance\n"
        "assert codeable.kernel.predicates.is_cclass(a) and codeable.text.counted(1, 'x')\n"
        "assert dsl.decision is guidance.decision and kernel is codeable.kernel\n"
    )
    registry = load_folder(tmp_path)
    assert registry.decisions.names == ["a"]
    assert registry["a"].metaclass is not decision


def test_a_name_that_no_vocabulary_has_cannot_be_imported():
    modules = fresh_vocabulary().__vocabulary__
    assert not hasattr(modules["codeable.metamodels"], "components")
    assert modules.get("codeable.metamodels.components") is None


def test_associations_have_names_by_which_a_study_can_give_them():
    s, r, p = CClass(source, "s1"), CClass(reference, "r1"), CClass(practice, "P")
    assert add_links({p: s}, association=contains_codes_relation)[0].role_name == "evidence"
    assert s.get_linked(role_name="contained_code") == [p]
    assert add_links({s: r}, association=reference_relation)[0].label is None
    group, one = CClass(domain_metaclass_group, "G"), CClass(domain_metaclass, "D")
    add_links({group: one}, association=domain_class_groups_relation)
    assert group.get_linked(role_name="class") == [one]


@pytest.mark.usefixtures("fresh_heap")
def test_a_dropped_vocabulary_is_freed():
    own = fresh_vocabulary()
    practice = CClass(own.practice, "So")
    own.add_decision_option_link(CClass(own.decision, "How?"), practice)
    things = (own, own.practice, own.uses, own.decision_solution_relation, practice)
    watched = [weakref.ref(thing) for thing in things]
    del own, practice, things
    gc.collect()
    assert [reference() for reference in watched] == [None] * len(watched)


@pytest.mark.slow
def test_dropping_vocabularies_leaves_no_metaclass_behind():
    gc.collect()
    before = sum(isinstance(thing, CMetaclass) for thing in gc.get_objects())
    for _ in range(5):
        fresh_vocabulary()
    gc.collect()
    assert sum(isinstance(thing, CMetaclass) for thing in gc.get_objects()) == before


def test_the_place_of_a_link_is_where_the_user_called_the_function():
    own = fresh_vocabulary()
    a, b = CClass(own.practice, "A"), CClass(own.practice, "B")
    link = own.add_stereotyped_link_with_how_tagged_value(a, b, own.uses, "so")
    assert place_of(link).path == __file__
