"""Every command that is proposed is the user's own with more aliases, and it works."""

import shlex

import pytest

import codeable.exits
from codeable.compat.running import run_script
from codeable.errors import CodeableError
from codeable.loading import StudyModuleError
from tests.compat.run.test_run import write

OWN = """\
from codeable_models import CMetaclass, CStereotype, add_links
model_element = CMetaclass("Model Element")
design_solution = CMetaclass("Design Solution", superclasses=model_element)
decision = CMetaclass("Decision", superclasses=design_solution, attributes={"status": str})
practice = CMetaclass("Practice", superclasses=design_solution)
dependencies = design_solution.association(design_solution, "is dependent on: [from] * -> [to] *")
dependency_type = CStereotype("Dependency Type", extended=dependencies)
monitors = CStereotype("Monitors", superclasses=dependency_type)

def relate(a, b, stereotype, reason=None):
    a.add_links(b, role_name="to", stereotype_instances=stereotype)
"""
USE = """\
from codeable_models import CClass
a, b = CClass(practice, "A"), CClass(practice, "B")
d = CClass(decision, "How?", values={"status": "open"})
relate(a, b, monitors)
raise SystemExit(7)
"""

FROM_MODULE = "practice, decision, relate, monitors = g.practice, g.decision, g.relate, g.monitors\n"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run a command line in the folder above the study, as `codeable` or as `python -m codeable.compat`."""
    monkeypatch.chdir(tmp_path)

    def start(line):
        program, command, cut = ("codeable", "codeable.cli.group:cli", 1)
        if line.startswith("python -m"):
            program, command, cut = "python -m codeable.compat", "codeable.compat.command:compat_command", 3
        with pytest.raises(SystemExit) as stop:
            codeable.exits.run(command, shlex.split(line)[cut:], program)
        return stop.value.code, capsys.readouterr().err

    return start


def proposed(told):
    line = told.rstrip().splitlines()[-1]
    assert line.startswith("run again with: ")
    return line.removeprefix("run again with: ")


@pytest.mark.parametrize(
    "command",
    [
        "codeable compat run",
        "python -m codeable.compat run",
        "codeable compat run --format older --no-images --in 'my study' --dpi 120",
        "codeable compat run --path='my study/libs' --alias other=more",
    ],
)
def test_a_proposed_command_is_the_users_with_the_options_and_arguments_given_before(command, run, tmp_path):
    write(
        tmp_path / "my study",
        main="import sys\nfrom api_models.parts import x\nraise SystemExit(x + len(sys.argv[1:]))\n",
        product_models__parts="x = 4\n",
        libs__more="",
    )
    line = f"{command} 'my study/main.py' --a 'b c' \"it's\""
    status, told = run(line)
    assert status == 1
    words = shlex.split(line)
    start = words.index("run") + 1
    again = proposed(told)
    assert shlex.split(again) == [*words[:start], "--alias", "api_models=product_models", *words[start:]]
    assert run(again)[0] == 7


def test_all_missing_modules_are_in_one_command(run, tmp_path):
    write(tmp_path, main="from lost_a import a\nfrom lost_b import b\nraise SystemExit(a + b)\n")
    write(tmp_path, found_a="a = 3\n", found_b="b = 4\n")
    again = proposed(run("codeable compat run main.py")[1])
    assert again == "codeable compat run --alias lost_a=found_a --alias lost_b=found_b main.py"
    assert run(again)[0] == 7


def test_a_conversion_is_proposed_as_a_conversion(run, tmp_path):
    write(
        tmp_path / "old",
        study="from lost import practice_name\nfrom codeable_models import CClass\n"
        "from metamodels.guidance_metamodel import practice\np = CClass(practice, practice_name)\n",
        found="practice_name = 'A'\n",
    )
    again = proposed(run("codeable convert --format current old/study.py --out new")[1])
    assert again == "codeable convert --alias lost=found --format current old/study.py --out new"


@pytest.mark.parametrize("home", [".", "libs/CodeableModels"])
def test_where_only_the_copy_has_a_name_the_copy_is_proposed(home, run, tmp_path):
    kernel = "class CClass: pass\n\ndef spell(): raise SystemExit(7)\n"
    write(tmp_path / home, codeable_models____init__=kernel)
    write(
        tmp_path,
        main=f"import sys\nsys.path.insert(0, {home!r})\nfrom codeable_models import spell\nspell()\n",
    )
    told = run("codeable compat run --no-images main.py a")[1]
    path = tmp_path.joinpath(home, "codeable_models", "__init__.py").relative_to(tmp_path)
    assert f"the study's own copy has it, which is not used: {path}\n" in told
    assert proposed(told) == "codeable compat run --keep-bundled --no-images main.py a"
    assert run(proposed(told)) == (7, "")
    with pytest.raises(StudyModuleError, match="run again with keep_bundled=True"):
        run_script(tmp_path / "main.py")


def test_a_file_that_codeable_hides_is_named(tmp_path):
    script = write(tmp_path, main="from metamodels import mine\n", metamodels="mine = 1\n")
    with pytest.raises(StudyModuleError) as caught:
        run_script(script)
    assert str(caught.value).endswith(
        f"the study has it in a file that is not used: {tmp_path / 'metamodels.py'}"
    )


def test_in_python_the_keyword_is_proposed(tmp_path):
    script = write(tmp_path, main="import given\nfrom lost import a\n", found="a = 3\n", other="")
    with pytest.raises(CodeableError) as caught:
        run_script(script, aliases={"given": "other"})
    assert str(caught.value).endswith("run again with aliases={'given': 'other', 'lost': 'found'}")


class TestAMetamodelOfTheStudysOwn:
    @pytest.mark.parametrize(
        ("place", "alias"),
        [
            ("metamodels__guidance_metamodel", "metamodels.guidance_metamodel"),
            ("study__vocabulary__guidance_metamodel", "study.vocabulary.guidance_metamodel"),
            ("common__guidance", "common.guidance"),
            ("src__metamodels__guidance_metamodel", "src.metamodels.guidance_metamodel"),
        ],
    )
    @pytest.mark.parametrize(
        "statement",
        [
            "from metamodels.guidance_metamodel import practice, decision, relate, monitors\n",
            "from metamodels.guidance_metamodel import *\n",
            f"import metamodels.guidance_metamodel as g\n{FROM_MODULE}",
            f"from metamodels import guidance_metamodel as g\n{FROM_MODULE}",
        ],
    )
    def test_the_alias_that_makes_it_run_is_named(self, statement, place, alias, run, tmp_path):
        if place == "common__guidance" and "guidance_metamodel as g" in statement:
            pytest.skip("what is read from a module does not tell which file had it")
        write(tmp_path, main=statement + USE, **{place: OWN})
        status, told = run("codeable compat run --no-images main.py")
        assert status == 1
        path = place.replace("__", "/") + ".py"
        assert f"which is not used: {path}\n" in told
        again = proposed(told)
        assert again == (
            f"codeable compat run --alias metamodels.guidance_metamodel={alias} --no-images main.py"
        )
        assert run(again) == (7, "")

    @pytest.mark.parametrize(
        "use",
        [
            "from codeable_models import CClass\nCClass(decision, 'How?', values={'status': 'open'})\n",
            "add_decision_option_link(reason='x')\n",
        ],
    )
    def test_also_where_it_gives_the_same_names_another_meaning(self, use, run, tmp_path):
        own = OWN + "def add_decision_option_link(reason): pass\n"
        main = f"from metamodels.guidance_metamodel import *\n{use}raise SystemExit(7)\n"
        write(tmp_path, main=main, metamodels__guidance_metamodel=own)
        status, told = run("codeable compat run main.py")
        assert status == 1
        assert "differs from metamodels.guidance_metamodel of CodeableModels, which is not used" in told
        assert run(proposed(told))[0] == 7

    def test_what_builds_on_it_becomes_the_studys_own_with_it(self, run, tmp_path):
        write(
            tmp_path,
            main="from metamodels.guidance_metamodel import decision\n"
            "from metamodels.domain_metamodel import domain_metaclass, actor\n"
            "assert actor in domain_metaclass.subclasses and domain_metaclass in decision.superclasses\n"
            "raise SystemExit(7)\n",
            metamodels__domain_metamodel="from codeable_models import CMetaclass\n"
            "domain_metaclass = CMetaclass('Domain Class')\n"
            "actor = CMetaclass('Actor', superclasses=domain_metaclass)\n",
            metamodels__guidance_metamodel="from codeable_models import CMetaclass\n"
            "from metamodels.domain_metamodel import domain_metaclass\n"
            "decision = CMetaclass('Decision', superclasses=domain_metaclass)\n",
        )
        assert run(proposed(run("codeable compat run main.py")[1]))[0] == 7

    def test_a_name_that_nobody_has_proposes_nothing(self, tmp_path):
        script = write(
            tmp_path,
            main="from metamodels.guidance_metamodel import nobody\n",
            metamodels__guidance_metamodel=OWN,
        )
        with pytest.raises(StudyModuleError) as caught:
            run_script(script)
        assert "run again" not in str(caught.value)

    def test_a_copy_that_says_the_same_is_not_named(self, tmp_path):
        script = write(
            tmp_path,
            main="from metamodels.guidance_metamodel import decision\nfrom codeable_models import CClass\n"
            "CClass(decision, 'How?', values={'status': 'open'})\n",
            metamodels__guidance_metamodel="from codeable_models import CMetaclass\n"
            "model_element = CMetaclass('Model Element', attributes={'aka': str, 'description': str})\n",
        )
        with pytest.raises(StudyModuleError) as caught:
            run_script(script)
        assert "run again" not in str(caught.value)


def test_names_of_functions_inside_functions_and_of_comprehensions_propose_nothing(run, tmp_path):
    build = "def build(name):\n    def c(key):\n        return CClass(component, key)\n    return c(name)\n"
    write(
        tmp_path,
        systems="from metamodels.microservice_components_metamodel import *\n"
        f"from codeable_models import CClass\n{build}build('A').metaclass = 3\n",
        count="names = [c for c in 'ab']\nprint(c for c in 'ab')\n",
    )
    _, told = run("codeable compat run systems.py")
    assert ".metaclass = 3" in told
    assert "count.py" not in told
    assert "--alias" not in told
