"""The names that a study gets, and vocabularies that know nothing of each other."""

import gc
import sys
import weakref

import codeable.dsl
import codeable.kernel
from codeable.dsl import fresh_vocabulary
from codeable.kernel import CClass, CMetaclass, CNamedElement
from codeable.kernel.place import place_of


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


def test_a_dropped_vocabulary_is_freed():
    own = fresh_vocabulary()
    practice = CClass(own.practice, "So")
    own.add_decision_option_link(CClass(own.decision, "How?"), practice)
    things = (own, own.practice, own.uses, own.decision_solution_relation, practice)
    watched = [weakref.ref(thing) for thing in things]
    del own, practice, things
    gc.collect()
    assert [reference() for reference in watched] == [None] * len(watched)


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
