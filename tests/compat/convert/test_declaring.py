"""`codeable convert` of a folder: which modules belong to the study, and what is said of the others."""

import os

import pytest

from codeable.compat.convert import convert
from codeable.compat.missing import MissingModulesError
from codeable.errors import CodeableError
from codeable.loading import load_folder
from tests.cli.running import run
from tests.compat.run.test_run import write

START = "from codeable_models import *\nfrom metamodels.guidance_metamodel import *\n"
MODEL = START + "d = CClass(decision, 'D')\np = CClass(practice, 'P')\nadd_decision_option_link(d, p, 'o')\n"
DRAWING = "from plant_uml_renderer import PlantUMLGenerator\nPlantUMLGenerator()\n"


@pytest.fixture
def converted(tmp_path, monkeypatch):
    """Converts a folder; gives the conversion, and the registry of the new study."""

    def start(**modules):
        (tmp_path / ".git").mkdir()
        monkeypatch.chdir(tmp_path)
        write(tmp_path / "old", **modules)
        return convert(tmp_path / "old", tmp_path / "new"), load_folder(tmp_path / "new")

    return start


def left_out(done):
    return {path.name: reason for path, reason in done.left_out.items()}


class TestWhatBelongsToAStudy:
    def test_a_script_that_only_draws_is_left_out(self, converted):
        done, _ = converted(draw=DRAWING + "from model import d\nfolder = 'x'\n", model=MODEL)
        assert (done.differences, left_out(done)) == ((), {"draw.py": "it only draws"})

    def test_scripts_that_call_what_only_draws_are_left_out_with_it(self, converted):
        done, _ = converted(
            main="from parts import main\nmain()\n",
            parts="from model import d\ndef main():\n    from plant_uml_renderer import PlantUMLGenerator\n"
            "    PlantUMLGenerator().generate_object_models('x', [d, {}])\n",
            model=MODEL,
        )
        assert done.differences == ()
        assert left_out(done) == {"main.py": "it declares nothing", "parts.py": "it only draws"}

    def test_a_module_that_is_loaded_under_two_names_is_named_and_becomes_one(self, converted):
        done, registry = converted(
            main="import sys\nsys.path.append('top')\n"
            + START
            + "import inner.model\nimport top.inner.model\n"
            "x = CClass(practice, 'X')\n",
            top__inner__model=MODEL,
        )
        (told,) = [each for each in done.notices if "loaded as" in each]
        assert "model.py: loaded as inner.model and top.inner.model: " in told
        assert not any("would have the file name" in each for each in done.notices)
        assert [each.name for each in registry.decisions] == ["D"]

    def test_a_script_that_lacks_a_module_is_left_out_for_this_reason(self, converted):
        done, _ = converted(
            count="from model import d\nfrom maps.attic.old import rows\nprint(rows(d))\n",
            model=MODEL,
            draw=DRAWING + "import model\n",
        )
        assert done.differences == ()
        assert left_out(done)["count.py"] == "it lacks the module maps.attic.old"

    def test_a_script_that_counts_comes_along_and_is_not_loaded(self, converted, tmp_path):
        count = "# how many\nfrom model import d\nfrom helpers import number\nprint(number(d))\n"
        helpers = "def number(d):\n    return len(d.links)\n"
        done, registry = converted(count=count, helpers=helpers, model=MODEL, draw=DRAWING + "import model\n")
        assert done.differences == ()
        text = (tmp_path / "new" / "count.py").read_text()
        assert text == count.replace("from model", "from models.model")
        assert {"count", "helpers"}.isdisjoint(registry.modules)

    def test_folders_with_scripts_that_count_are_named_module_by_module(self, converted, tmp_path):
        done, registry = converted(
            draw=DRAWING + "import maps.a, maps.b\n",
            maps__a=MODEL,
            maps__b=START + "q = CClass(practice, 'Q')\n",
            maps__count="from maps.a import d\nprint(d)\n",
            maps__deep__c="c = 1\n",
        )
        assert done.differences == ()
        assert (tmp_path / "new" / "maps" / "count.py").is_file()
        assert registry.settings.models == ("maps/a.py", "maps/b.py")

    def test_a_script_that_draws_and_counts_comes_along_without_its_drawing(self, converted, tmp_path):
        main = "from model import d\n" + DRAWING + "print(d.name)  # for the paper\n"
        done, _ = converted(main=main, model=MODEL)
        assert done.differences == ()
        text = (tmp_path / "new" / "main.py").read_text()
        assert text == "from models.model import d\nprint(d.name)  # for the paper\n"

    def test_constants_that_a_script_needs_come_along_with_it(self, converted, tmp_path):
        done, _ = converted(main="from paths import P\nprint(P)\n", paths="P = 'x'\n", model=MODEL)
        assert (done.differences, left_out(done)) == ((), {})
        assert (tmp_path / "new" / "paths.py").is_file()

    @pytest.mark.parametrize(
        "call",
        [
            "extra = make('Extra')\n",
            "import tools\nextra = tools.make('Extra')\n",
            "if __name__ == '__main__':\n    extra = make('Extra')\n",
        ],
    )
    def test_a_script_that_calls_what_makes_elements_in_another_module_belongs_to_it(self, converted, call):
        inner = "def inner(name):\n    return CClass(practice, name)\n"
        tools = f"{START}{inner}def make(name):\n    return inner(name)\n"
        main = f"from tools import make\nfrom model import d\n{call}"
        done, registry = converted(main=main, model=MODEL, tools=tools)
        assert (done.differences, left_out(done)) == ((), {})
        assert registry["extra"].name == "Extra"

    @pytest.mark.parametrize(
        ("change", "value"),
        [
            ("p.name = 'Other'\n", ("Other", None)),
            ("p.set_value('aka', 'x')\n", ("P", "x")),
            ("p.values = {'aka': 'y'}\n", ("P", "y")),
        ],
    )
    def test_a_script_that_changes_elements_belongs_to_it(self, converted, change, value):
        done, registry = converted(main=f"from model import p\n{change}", model=MODEL)
        assert (done.differences, left_out(done)) == ((), {})
        assert (registry["p"].name, registry["p"].get_value("aka")) == value

    def test_constructors_by_the_name_of_their_module_count(self, converted):
        main = "import codeable_models as cm\nfrom model import d\nv = cm.CBundle('V', elements=[d])\n"
        done, registry = converted(main=main, model=MODEL)
        assert done.differences == ()
        assert [each.name for each in registry.bundles] == ["V"]

    def test_modules_that_import_each_other_and_nothing_else_imports_belong_to_it(self, converted):
        done, registry = converted(
            a=START + "import b\np = CClass(practice, 'P')\n",
            b=START + "import a\nq = CClass(practice, 'Q')\n",
        )
        assert done.differences == ()
        assert [str(each) for each in registry.practices] == ["P", "Q"]

    def test_modules_of_one_identifier_are_compared_by_their_new_names(self, converted):
        both = {"1": MODEL, "2": MODEL}
        done, registry = converted(**both)
        assert done.differences == ()
        assert len(registry.practices) == 2

    def test_where_no_module_can_be_read_the_reasons_are_told(self, tmp_path):
        (tmp_path / ".git").mkdir()
        write(tmp_path / "old", a=START + "p = CClass(practice, 'P'\n", b="print('x')\n")
        with pytest.raises(
            CodeableError, match=r"1 of its modules cannot be read:\n  .*a\.py:3: '\(' was never"
        ):
            convert(tmp_path / "old", tmp_path / "new")

    def test_samples_and_tests_of_a_whole_copy_of_codeable_models_are_no_part_of_it(self, converted):
        kernel = "class CClass: pass\nclass CException(Exception): pass\n"
        done, registry = converted(
            library__codeable_models____init__="from .cclass import *\n",
            library__codeable_models__cclass=kernel,
            library__samples__bank=START + "account = CClass(practice, 'Account')\n",
            library__tests__test_bank="import nose\nfrom codeable_models import CClass\nCClass\n",
            study__model=MODEL,
            study__draw=DRAWING + "import model\n",
        )
        assert done.differences == ()
        assert [str(each) for each in registry.practices] == ["P"]
        assert left_out(done)["samples"] == left_out(done)["tests"] == "it came with CodeableModels"


class TestDeadFiles:
    def test_modules_that_import_each_other_and_fail_are_told_with_the_error(self, converted):
        done, _ = converted(
            draw=DRAWING + "import model\n",
            model=MODEL,
            a=START + "import b\nx = CClass(practice, b.late)\n",
            b=START + "import a\nlate = a.x.name\ny = CClass(practice, 'Y')\n",
        )
        assert len([each for each in done.differences if "AttributeError" in each]) >= 1

    def test_a_module_that_ends_the_program_is_named_and_the_others_come_along(self, converted):
        ending = START + "from model import p\nx = CClass(practice, 'X')\nimport sys\nsys.exit(0)\n"
        done, registry = converted(draw=DRAWING + "import model\n", model=MODEL, count=ending)
        (lost,) = done.differences
        assert lost.startswith("left out, it does not run: old/count.py:6: it ends the program (status 0) ")
        assert [str(each) for each in registry.practices] == ["P"]

    def test_what_a_module_did_before_it_failed_is_not_compared(self, converted):
        linking = "add_decision_option_link(d, CClass(practice, 'X'))\n"
        failing = f"{START}from model import p, d\n{linking}1 / 0\n"
        done, registry = converted(draw=DRAWING + "import model\n", model=MODEL, broken=failing)
        assert len(done.differences) == 1
        assert done.differences[0].startswith("left out, it does not run: old/broken.py:5: ZeroDivisionError")
        assert len(registry.options_of("d")) == 1

    def test_a_module_that_imports_a_failing_one_is_named_with_it(self, converted):
        user = START + "from broken import q\nr = CClass(practice, 'R')\n"
        broken = START + "q = CClass(practice, 'Q')\n1 / 0\n"
        done, _ = converted(model=MODEL, broken=broken, user=user)
        assert [each.partition(":")[2].strip().partition(":")[0] for each in done.differences] == [
            "old/broken.py",
            "old/user.py imports old/broken.py",
        ]

    def test_a_copy_that_declares_again_what_a_live_module_declares_is_left_out(self, converted):
        copy = MODEL + "q = CClass(force, 'Q')\n"
        done, registry = converted(draw=DRAWING + "import model\n", model=MODEL, model_old=copy)
        assert done.differences == ()
        assert left_out(done)["model_old.py"] == "it declares again what old/model.py declares (d, p)"
        assert [str(each) for each in registry.decisions] == ["D"]

    def test_two_modules_side_by_side_that_declare_the_same_both_stay(self, converted):
        done, registry = converted(one=MODEL, two=MODEL)
        assert done.differences == ()
        assert [registry.identifier_of(each) for each in registry.decisions] == ["d", "d_2"]
        assert [each for each in done.notices if "the decision d is d_2 now" in each]

    def test_a_dead_file_that_lacks_a_module_does_not_cost_the_others(self, converted):
        dead = START + "from lost import decision_of\nx = CClass(practice, 'X')\n"
        done, _ = converted(draw=DRAWING + "import model\n", model=MODEL, dead=dead)
        assert len(done.differences) == 1
        assert "old/dead.py lacks a module" in done.differences[0]

    def test_a_live_module_that_an_alias_would_make_run_ends_the_conversion_with_it(self, tmp_path):
        (tmp_path / ".git").mkdir()
        write(
            tmp_path / "old",
            draw=DRAWING + "import model, more\n",
            model=MODEL,
            more=START + "from lost import thing\nm = CClass(practice, 'M', superclasses=thing)\n",
            found=START + "thing = CClass(practice, 'Thing')\n",
        )
        with pytest.raises(MissingModulesError, match="lost=found"):
            convert(tmp_path / "old", tmp_path / "new")
        assert not (tmp_path / "new").exists()

    def test_where_nothing_runs_the_error_is_that_of_the_module_at_fault(self, tmp_path):
        (tmp_path / ".git").mkdir()
        using = START + "from b import x\ny = CClass(practice, 'Y')\n"
        write(tmp_path / "old", a=using, b=START + "x = CClass(oops, 'X')\n")
        with pytest.raises(CodeableError, match=r"b\.py:3: NameError"):
            convert(tmp_path / "old", tmp_path / "new")

    def test_where_what_runs_declares_nothing_the_error_is_told_too(self, tmp_path):
        (tmp_path / ".git").mkdir()
        helper = START + "def link(a, b):\n    add_decision_option_link(a, b)\n"
        write(tmp_path / "old", model=START + "x = CClass(oops, 'X')\n", own=helper)
        with pytest.raises(CodeableError, match=r"model\.py:3: NameError"):
            convert(tmp_path / "old", tmp_path / "new")

    def test_two_programs_with_neighbours_of_one_name_are_told_apart_or_named(self, converted):
        done, _ = converted(
            one__main=START + "from part import x\nv = CBundle('1', elements=[x])\n",
            one__part=START + "x = CClass(practice, 'One')\n",
            two__main=START + "from part import x\nw = CBundle('2', elements=[x])\n",
            two__part=START + "x = CClass(practice, 'Two')\n",
        )
        assert any("is the module part, too" in each for each in done.differences)


def test_a_folder_that_cannot_be_read_is_named(converted, monkeypatch):
    walk = os.walk

    def closed(top, **options):
        options["onerror"](PermissionError(13, "Permission denied", str(top / "closed")))
        yield from walk(top, **options)

    monkeypatch.setattr("os.walk", closed)
    done, _ = converted(model=MODEL)
    assert done.differences == ("left out, it cannot be read: old/closed: Permission denied",)


def test_the_exit_status_says_whether_something_is_lost(tmp_path, capsys):
    (tmp_path / ".git").mkdir()
    write(tmp_path / "good", draw=DRAWING + "import model\n", model=MODEL)
    write(tmp_path / "bad", model=MODEL, end=START + "x = CClass(practice, 'X')\nexit()\n")
    assert run("convert", str(tmp_path / "good"), "--out", str(tmp_path / "good_new")) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("the new study says the same as the old one: ")
    assert run("convert", str(tmp_path / "bad"), "--out", str(tmp_path / "bad_new")) == 1
    assert "end.py:4: it ends the program" in capsys.readouterr().err


def test_a_study_of_codeable_is_not_converted_again(tmp_path):
    (tmp_path / ".git").mkdir()
    write(tmp_path / "old", model=MODEL)
    convert(tmp_path / "old", tmp_path / "new")
    with pytest.raises(
        CodeableError, match=r"declares an element .*\n  it has the settings of a study of codeable"
    ):
        convert(tmp_path / "new", tmp_path / "newer")
