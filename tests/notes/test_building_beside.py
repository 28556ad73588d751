"""A build beside modules that a person wrote in other manners than the build: nothing is built again."""

from pathlib import Path

import pytest

from codeable.loading import load_folder
from codeable.notes import read_text
from codeable.notes.build import Build, apply, build
from codeable.registry import Registry
from tests.notes.test_building import note

pytestmark = pytest.mark.usefixtures("trial_in_this_process")

CODES = """\
from codeable.dsl import *

d = CClass(decision, "D?")
f = CClass(force, "F")
s1 = CClass(source, "s1")
"""
NOTE = note(
    1,
    'd = CClass(decision, "D?")',
    'f = CClass(force, "F")',
    'a = CClass(practice, "A")',
    'b = CClass(practice, "B")',
    'add_decision_option_link(d, a, "Do A")',
    'add_decision_option_link(d, b, "Do B")',
    "add_force_relations({a: {f: positive}, b: {f: negative}})",
    "add_stereotyped_design_solution_link(a, b, can_use)",
)


def write(folder: Path, **modules: str) -> None:
    for name, text in modules.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def add(folder: Path, *texts: str) -> Build:
    made = build([read_text(text, f"s_{index}.md") for index, text in enumerate(texts, 1)], folder)
    apply(made.changes, folder)
    return made


def whole(registry: Registry) -> tuple[object, ...]:
    return (
        [(one.solution, one.text) for one in registry.options_of("d")],
        [(one.solution, one.impact) for one in registry.impacts_on("f")],
        [(one.target, one.stereotype) for one in registry.relations_of("a")],
        set(registry.codes_of("s1").names),
    )


WHOLE = (
    [("a", "Do A"), ("b", "Do B")],
    [("a", "+"), ("b", "-")],
    [("b", "Can Use")],
    {"d", "f", "a", "b"},
)

LOOPS = """
a, b = (CClass(practice, name) for name in "AB")
for solution, impact in ((a, positive), (b, negative)):
    add_decision_option_link(d, solution, f"Do {solution.name}")
    add_force_relations({solution: {f: impact}})
links = {a: [b]}
add_links(links, role_name="to", stereotype_instances=can_use)
add_links({s1: [d, f] + [a, b]}, role_name="contained_code")
"""
HELPERS = """
def solution(name, impact):
    made = CClass(practice, name)
    add_decision_option_link(d, made, "Do " + name)
    made.add_links(f, association=force_impact_relation, stereotype_instances=impact)
    made.add_links(s1, role_name="evidence")
    return made


a = solution("A", positive)
b = solution("B", negative)
b.add_links(a, role_name="from", stereotype_instances=can_use)
s1.add_links(codes := [d, f], role_name="contained_code")
"""
ALIASES = """
from models.codes import d as which
from models.solutions import a as first, b as second
from models.codes import f, s1

add_decision_option_link(which, first, "Do A")
add_decision_option_link(which, second, "Do B")
add_force_relations({first: {f: positive}, second: {f: negative}})
add_stereotyped_design_solution_link(first, second, can_use)
add_links({s1: [which, f, first, second]}, role_name="contained_code")
"""


class TestWhatRuns:
    @pytest.mark.parametrize("text", [LOOPS, HELPERS], ids=["loops", "helper functions"])
    def test_what_is_made_when_a_module_runs_is_not_built_again(self, text: str, tmp_path: Path) -> None:
        write(tmp_path, models__mine=CODES + text)
        before = (tmp_path / "models" / "mine.py").read_bytes()
        made = add(tmp_path, NOTE)
        assert (made.changes[:-1], made.left_out) == ((), ())
        assert (tmp_path / "models" / "mine.py").read_bytes() == before
        assert whole(load_folder(tmp_path)) == WHOLE

    def test_what_imported_names_stand_for_counts(self, tmp_path: Path) -> None:
        solutions = 'from codeable.dsl import *\n\na = CClass(practice, "A")\nb = CClass(practice, "B")\n'
        aliases = "from codeable.dsl import *" + ALIASES
        write(tmp_path, models__codes=CODES, models__solutions=solutions, models__links=aliases)
        assert add(tmp_path, NOTE).changes[:-1] == ()
        assert whole(load_folder(tmp_path)) == WHOLE

    def test_functions_may_be_in_a_file_that_is_no_module_of_the_study(self, tmp_path: Path) -> None:
        helper = """\
from codeable.dsl import *

def offer(decision, solution):
    add_decision_option_link(decision, solution, "Do " + solution.name)
"""
        mine = """
from models._helper import offer

a = CClass(practice, "A")
offer(d, a)
"""
        write(tmp_path, models___helper=helper, models__mine=CODES + mine)
        made = add(tmp_path, NOTE.replace("Do A", "Do otherwise"))
        registry = load_folder(tmp_path)
        assert [one.text for one in registry.options_of("d")] == ["Do A", "Do B"]
        assert "models/_helper.py:4" in [one.place for one in made.kept]

    def test_names_that_appear_when_a_module_runs_are_imported(self, tmp_path: Path) -> None:
        names = """
for name in ("a", "b"):
    globals()[name] = CClass(practice, name.upper())
"""
        write(tmp_path, models__mine=CODES + names)
        made = add(
            tmp_path, NOTE, note(2, "add_force_relations({a: {g: positive}})", 'g = CClass(force, "G")')
        )
        assert made.left_out == ()
        registry = load_folder(tmp_path)
        assert [one.text for one in registry.options_of("d")] == ["Do A", "Do B"]
        assert [one.force for one in registry.forces_of("a")] == ["f", "g"]

    def test_a_study_that_does_not_load_says_so(self, tmp_path: Path) -> None:
        write(tmp_path, models__mine=CODES + "1 / 0\n")
        with pytest.raises(Exception, match="the study does not load, and would not with"):
            add(tmp_path, NOTE)


OWN = """\
from codeable.dsl import CMetaclass, code, source, decision
from codeable.dsl import force as kraft

memo = CMetaclass("Memo", superclasses=code)
"""
PASSED_ON = """\
from codeable.dsl import CClass
from models.own import decision, kraft, source, memo

d = CClass(decision, "D?")
f = CClass(kraft, "F")
s1 = CClass(source, "s1")
m = CClass(memo, "M")
"""
COMMENTED = """\
from codeable.dsl import (
    CClass,
    decision,  # what we code
    force, source,
)

d = CClass(decision, "D?")
f = CClass(force, "F")
s1 = CClass(source, "s1")
"""
NARROW = """\
from codeable.kernel import *
from codeable.metamodels.coding import *
from codeable.dsl import decision, force

d = CClass(decision, "D?")
f = CClass(force, "F")
s1 = CClass(source, "s1")
"""
FROM_ELSEWHERE = """\
from math import *
from codeable.dsl import CClass, decision, force, source

d = CClass(decision, "D?")
f = CClass(force, "F")
s1 = CClass(source, "s1")
"""
IN_A_FUNCTION = """\
from codeable.dsl import CClass, source

def chapter():
    from codeable.dsl import decision, force, add_decision_option_link, practice
    a, practices = None, [force for force in ()]
    return CClass(decision, "D?"), CClass(force, "F")

d, f = chapter()
s1 = CClass(source, "s1")
"""


class TestImportsOfAPerson:
    """The vocabulary comes into a module in many ways, as in studies that `convert` has made."""

    @pytest.mark.parametrize(
        "modules",
        [
            {"models__own": OWN, "models__mine": PASSED_ON},
            {"models__mine": COMMENTED},
            {"models__mine": NARROW},
            {"models__mine": FROM_ELSEWHERE},
            {"models__mine": IN_A_FUNCTION},
        ],
        ids=["passed on", "with comments", "narrow stars", "another star", "in a function"],
    )
    def test_a_build_leaves_them_and_adds_what_is_missing(
        self, modules: dict[str, str], tmp_path: Path
    ) -> None:
        write(tmp_path, **modules)
        assert add(tmp_path, NOTE).left_out == ()
        assert whole(load_folder(tmp_path)) == WHOLE
        text = (tmp_path / "models" / "mine.py").read_text()
        head, _, rest = modules["models__mine"].partition("\n\n")
        assert rest.splitlines()[0] in text
        for line in head.splitlines():
            assert line in text or "import CClass" in line or "import decision" in line

    def test_new_modules_go_to_the_folder_that_has_the_codes(self, tmp_path: Path) -> None:
        solutions = 'from codeable.dsl import *\n\na = CClass(practice, "A")\n'
        write(tmp_path, metamodels__own=OWN, study__mine=COMMENTED, study__solutions=solutions)
        settings = '[tool.codeable]\nmodels = ["metamodels", "study"]\n'
        (tmp_path / "pyproject.toml").write_text(settings)
        made = add(tmp_path, note(1, 'e = CClass(decision, "E?")', 'add_decision_option_link(e, a, "Do A")'))
        assert {"study/e.py"} == {one.path for one in made.changes if one.path.endswith("/e.py")}
        assert load_folder(tmp_path).options_of("e")[0].solution == "a"

    def test_what_a_module_passes_on_is_not_imported_again(self, tmp_path: Path) -> None:
        write(tmp_path, models__own=OWN, models__mine=PASSED_ON)
        add(tmp_path, note(1, 'e = CClass(decision, "E?")', 'a = CClass(practice, "A")', "d", "f"))
        assert (tmp_path / "models" / "own.py").read_text() == OWN
        assert (
            "from models.own import decision, kraft, source, memo\n"
            in (tmp_path / "models" / "mine.py").read_text()
        )
