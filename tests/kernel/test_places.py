"""Each element knows the place in the user's code where it was made."""

import gc
import linecache
import weakref
from pathlib import Path

import pytest

from codeable.kernel import CBundle, CClass, CMetaclass, CObject, Place, add_links, place_of, set_links
from codeable.kernel.place import calling_instruction


def run(text: str, name: str, module: str = "study", **given) -> dict[str, object]:
    namespace: dict[str, object] = {"__name__": module, **given}
    exec(compile(text, name, "exec"), namespace)
    return namespace


def line_here(text: str) -> int:
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return 1 + next(number for number, line in enumerate(lines) if line.strip() == text)


def test_a_class_was_made_where_it_was_called(words):
    versioning = CClass(words.practice, "Versioning")
    place = place_of(versioning)
    assert place.path == __file__
    assert place.line == line_here('versioning = CClass(words.practice, "Versioning")')
    assert place.column == 18
    assert str(place) == f"{__file__}:{place.line}"


def test_a_class_object_has_the_place_of_its_class(words):
    versioning = CClass(words.practice, "Versioning")
    assert place_of(versioning.class_object) == place_of(versioning)


@pytest.mark.parametrize("function", [add_links, set_links])
def test_a_link_was_made_where_the_link_function_was_called(words, function):
    s4, versioning = CClass(words.source, "s4"), CClass(words.practice, "Versioning")
    (link,) = function({s4: versioning}, role_name="contained_code")
    assert place_of(link).line == line_here(
        '(link,) = function({s4: versioning}, role_name="contained_code")'
    )


def test_a_link_made_by_a_method_was_made_where_that_was_called(words):
    s4, versioning = CClass(words.source, "s4"), CClass(words.practice, "Versioning")
    (link,) = s4.add_links(versioning, role_name="contained_code")
    assert place_of(link).line == line_here('(link,) = s4.add_links(versioning, role_name="contained_code")')


def test_an_association_was_made_where_its_method_was_called(words):
    made = words.code.association(words.code)
    assert place_of(made).line == line_here("made = words.code.association(words.code)")


@pytest.mark.parametrize("make", [CBundle, CMetaclass])
def test_every_kind_of_element_has_a_place(make):
    assert place_of(make("x")).path == __file__


def test_a_class_made_in_several_lines_is_at_the_first():
    made = run("\n\nx = CClass(\n    practice,\n    'Versioning')", "models/m.py",
               CClass=CClass, practice=CMetaclass("Practice"))  # fmt: skip
    assert place_of(made["x"]) == Place("models/m.py", 3, 5)


def test_elements_of_one_line_differ_by_column():
    made = run("a = M('a'); b = M('b')", "models/m.py", M=CMetaclass)
    assert [place_of(made[name]).column for name in "ab"] == [5, 17]


def test_elements_made_in_a_loop_share_the_line():
    made = run("found = []\nfor i in range(3):\n    found.append(M(str(i)))", "m.py", M=CMetaclass)
    assert [place_of(each).line for each in made["found"]] == [3, 3, 3]


def test_a_helper_of_the_user_is_where_the_element_was_made():
    made = run("def helper():\n    return M('x')\n\nx = helper()", "m.py", M=CMetaclass)
    assert place_of(made["x"]).line == 2


def test_a_helper_of_the_vocabulary_is_passed_over():
    helper = run("def helper():\n    return M('x')", "h.py", "codeable.metamodels.guidance", M=CMetaclass)
    made = run("\nx = helper()", "models/m.py", helper=helper["helper"])
    assert place_of(made["x"]) == Place("models/m.py", 2, 5)


def test_what_a_vocabulary_declares_was_made_there():
    made = run("\n\nx = M('x')", "metamodels/guidance.py", "codeable.metamodels.guidance", M=CMetaclass)
    assert place_of(made["x"]) == Place("metamodels/guidance.py", 3, 5)


def test_a_cell_of_a_notebook_is_a_place():
    made = run("x = M('x')", "<ipython-input-3>", "__main__", M=CMetaclass)
    assert str(place_of(made["x"])) == "<ipython-input-3>:1"


def test_a_user_module_whose_name_merely_starts_alike_is_the_users():
    made = run("def f():\n    return M('x')\nx = f()", "m.py", "codeable.kernels", M=CMetaclass)
    assert place_of(made["x"]).path == "m.py"


@pytest.mark.parametrize("module", [None, 7])
def test_code_without_a_module_name_is_a_place_too(module):
    made = run("x = M('x')", "m.py", module, M=CMetaclass)
    assert place_of(made["x"]).path == "m.py"


def test_a_class_of_the_user_that_derives_from_ours_is_made_where_the_user_constructs_the_base():
    text = (
        "class Mine(CClass):\n"
        "    def __init__(self, name):\n"
        "        super().__init__(practice, name)\n"
        "x = Mine('x')"
    )
    made = run(text, "m.py", CClass=CClass, practice=CMetaclass("Practice"))
    assert place_of(made["x"]).line == 3


def test_a_deleted_element_still_knows_its_place(words):
    versioning = CClass(words.practice, "Versioning")
    before = place_of(versioning)
    versioning.delete()
    assert place_of(versioning) == before


@pytest.mark.slow
def test_the_lines_of_a_long_module_are_all_right():
    text = "found = []\n" + "".join(f"found.append(M('m{number}'))\n" for number in range(3000))
    made = run(text, "long.py", M=CMetaclass)
    assert [place_of(each).line for each in made["found"]] == list(range(2, 3002))


def test_places_are_computed_again_when_a_module_is_run_again():
    for start in (0, 5):
        made = run("\n" * start + "x = M('x')", "again.py", M=CMetaclass)
        assert place_of(made["x"]).line == start + 1


@pytest.mark.usefixtures("fresh_heap")
def test_computing_places_keeps_no_code_alive():
    made = run("def f():\n    return M('x')\nx = f()", "m.py", M=CMetaclass)
    assert place_of(made["x"]).line == 2
    code = weakref.ref(made["f"].__code__)
    made.clear()
    gc.collect()
    assert code() is None


def test_the_place_of_an_element_needs_no_source(words):
    linecache.clearcache()
    obj = run("x = CObject(cl)", "<gone>", CObject=CObject, cl=CClass(words.practice, "c"))["x"]
    assert place_of(obj) == Place("<gone>", 1, 5)


def test_an_element_that_no_code_of_the_user_made_has_no_place(words):
    versioning = CClass(words.practice, "Versioning")
    versioning._code, versioning._instruction = calling_instruction(10_000)
    assert place_of(versioning) is None
