"""A notebook in which everything is declared in cells, some of them run again."""

from types import SimpleNamespace
from typing import Any

import pytest

from codeable.errors import CodeableError
from codeable.registry import Registry


class Cells:
    """A notebook: cells are run in one namespace, each under a file name of its own, as IPython does."""

    def __init__(self) -> None:
        self.namespace: dict[str, Any] = {"In": [""], "Out": {}, "_": None, "__name__": "__main__"}
        self.files: dict[str, int] = {}
        shell = SimpleNamespace(user_ns=self.namespace, compile=SimpleNamespace(_filename_map=self.files))
        self.namespace["get_ipython"] = lambda: shell
        self.run("from codeable.dsl import *")

    def run(self, text: str) -> None:
        self.namespace["In"].append(text)
        file_name = f"<ipython-input-{hash(text)}-{id(self)}>"
        self.files[file_name] = len(self.namespace["In"])
        exec(compile(text, file_name, "exec"), self.namespace)

    @property
    def registry(self) -> Registry:
        return Registry.of(self.namespace)

    def __getitem__(self, name: str) -> Any:
        return self.namespace[name]


DECLARE = 'how = CClass(decision, "How?")\nbus = CClass(pattern, "Event Bus")\ns1 = CClass(source, "s1")'
LINK = 'add_decision_option_link(how, bus, "Share")\nadd_links({s1: bus}, role_name="contained_code")'


@pytest.fixture
def cells() -> Cells:
    made = Cells()
    made.run(DECLARE)
    made.run(LINK)
    return made


def test_what_cells_declare_is_registered(cells: Cells) -> None:
    registry = cells.registry
    assert (registry.decisions.names, registry.patterns.names, registry.sources.names) == (
        ["how"],
        ["bus"],
        ["s1"],
    )
    assert registry.look_up("bus").module == "__main__"
    assert registry.evidence_of("bus") == [cells["s1"]]


def test_a_vocabulary_that_cells_import_is_no_declaration(cells: Cells) -> None:
    registry = cells.registry
    assert len(registry) == 3
    cells.run("from codeable.metamodels.microservice_components import *")
    cells.run('orders = CClass(component, "Orders", stereotype_instances=service)')
    assert [each.identifier for each in registry.declarations] == ["how", "bus", "s1", "orders"]
    assert [each.identifier for each in cells.registry.declarations] == ["how", "bus", "s1", "orders"]


def test_in_out_and_names_with_underscores_are_ignored(cells: Cells) -> None:
    cells.namespace["Out"][3] = cells["decision"].classes[-1]
    cells.namespace.update(_=cells["bus"], _3=cells["bus"], exit=cells["bus"])
    assert cells.registry.look_up("bus").aliases == ()


def test_an_element_that_only_the_history_holds_is_not_registered(cells: Cells) -> None:
    cells.run('_ = Out[7] = CClass(pattern, "Only shown")')
    names = [each.name for each in cells.registry.declarations if each.identifier]
    assert "Only shown" not in names


@pytest.mark.parametrize("again", [DECLARE, DECLARE.replace("Event Bus", "Event bus, renamed")])
def test_a_declaring_cell_that_is_run_again_leaves_nothing_old_in_any_answer(
    cells: Cells, again: str
) -> None:
    old = {cells["how"], cells["bus"], cells["s1"]}
    cells.run(again)
    registry = cells.registry
    answers = [
        *registry.decisions,
        *registry.patterns,
        *registry.sources,
        *registry.codes,
        *registry.evidence_of("bus"),
        *registry.codes_of("s1"),
        *(option.solution_element for option in registry.options_of("how")),
        *(option.decision_element for option in registry.decisions_of("bus")),
    ]
    assert not old & set(answers)
    assert registry.patterns.names == ["bus"]


def test_only_one_of_two_linked_elements_declared_again_leaves_no_old_one(cells: Cells) -> None:
    old = cells["bus"]
    cells.run('bus = CClass(pattern, "Event Bus, renamed")')
    registry = cells.registry
    assert registry.options_of("how") == registry.codes_of("s1") == registry.evidence_of("bus") == []
    assert old not in registry
    cells.run(LINK)
    assert [option.solution_element for option in cells.registry.options_of("how")] == [cells["bus"]]


def test_a_registry_follows_the_cells_that_are_run_after_it_was_made(cells: Cells) -> None:
    registry = cells.registry
    cells.run(DECLARE)
    assert list(registry.patterns) == [cells["bus"]]
    cells.run(LINK)
    assert registry.evidence_of("bus") == [cells["s1"]]
    cells.run("more = CClass(practice, 'More')\ndel bus")
    assert (registry.practices.names, registry.patterns.names) == (["more"], [])


def test_a_registry_notices_a_name_bound_to_another_element_that_was_there(cells: Cells) -> None:
    cells.run("other = CClass(pattern, 'Other')")
    registry = cells.registry
    cells.run("bus = other")
    assert registry.look_up("other").aliases == ("bus",)


def test_an_element_replaced_by_a_re_run_cell_is_told_as_such(cells: Cells) -> None:
    old = cells["bus"]
    cells.run(DECLARE)
    with pytest.raises(KeyError, match="a module or cell that was run again has replaced it"):
        cells.registry.evidence_of(old)


LOOP = "for n in ('a', 'b'):\n    p = CClass(practice, n)\n    add_decision_option_link(how, p, n)"


def test_elements_made_in_a_loop_and_only_linked_are_registered(cells: Cells) -> None:
    cells.run(LOOP)
    assert [option.text for option in cells.registry.options_of("how")] == ["Share", "a", "b"]
    assert [str(each) for each in cells.registry.practices] == ["a", "b"]


def test_a_loop_that_is_run_again_leaves_nothing_old(cells: Cells) -> None:
    cells.run(LOOP)
    cells.run(LOOP)
    assert [str(each) for each in cells.registry.practices] == ["a", "b"]
    assert [option.text for option in cells.registry.options_of("how")] == ["Share", "a", "b"]


def test_two_loops_with_one_variable_are_both_registered(cells: Cells) -> None:
    cells.run(LOOP)
    cells.run(LOOP.replace("'a', 'b'", "'c', 'd'"))
    assert [str(each) for each in cells.registry.practices] == ["a", "b", "c", "d"]


def test_elements_that_nothing_but_a_loop_has_made_are_registered_in_a_notebook(cells: Cells) -> None:
    text = "for n in ('a', 'b'):\n    CClass(practice, n)"
    cells.run(text)
    cells.run(text)
    assert cells.registry.practices.names == ["a", "b"]


def test_elements_in_lists_and_dictionaries_are_registered(cells: Cells) -> None:
    cells.run("all_of = {'x': [CClass(practice, n) for n in 'ba'], 'y': (CClass(practice, 'c'),)}")
    assert cells.registry.practices.names == ["a", "b", "c"]


def test_an_element_of_a_helper_function_declared_again_leaves_nothing_old(cells: Cells) -> None:
    cells.run("def make(name):\n    return CClass(practice, name)")
    cells.run("made = make('Made')")
    cells.run("add_decision_option_link(how, made, 'x')")
    cells.run("made = make('Made')")
    assert list(cells.registry.practices) == [cells["made"]]
    assert [option.solution_element.name for option in cells.registry.options_of("how")] == ["Event Bus"]


def test_elements_of_the_same_name_that_are_meant_are_kept(cells: Cells) -> None:
    cells.run("for i in (1, 2):\n    add_decision_option_link(how, CClass(practice, 'Other'), str(i))")
    assert [option.text for option in cells.registry.options_of("how")] == ["Share", "1", "2"]


def test_two_namespaces_do_not_reach_each_other() -> None:
    one, other = ({}, {})
    for namespace, name in ((one, "one"), (other, "other")):
        exec(f"from codeable.dsl import *\nx = CClass(practice, '{name}')", namespace)
    assert [str(each) for each in Registry.of(one).practices] == ["one"]


def test_a_cell_that_only_links_and_is_run_again_is_told_what_to_do(cells: Cells) -> None:
    with pytest.raises(cells["CException"]) as caught:
        cells.run(LINK)
    assert "run the cell that declares" in caught.value.value
    cells.run(DECLARE)
    cells.run(LINK)
    assert len(cells.registry.options_of("how")) == 1


def test_a_study_may_declare_its_own_metaclass_in_a_cell(cells: Cells) -> None:
    cells.run('habit = CMetaclass("Habit", superclasses=practice)\nlate = CClass(habit, "Late")')
    assert cells.registry.practices.names == ["late"]


@pytest.mark.parametrize("given", [None, 3, ["x"]])
def test_what_is_no_namespace_is_told_as_such(given: object) -> None:
    with pytest.raises(CodeableError, match=r"Registry\.of\(globals\(\)\)"):
        Registry.of(given)  # type: ignore[arg-type]


def test_whatever_else_the_cells_hold_does_not_disturb(cells: Cells) -> None:
    cells.run("class H:\n    __class__ = property(lambda self: 1 / 0)\nx = H()\nlisted = [bus, H()]")
    assert cells.registry.patterns.names == ["bus"]
