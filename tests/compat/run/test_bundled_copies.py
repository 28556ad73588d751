"""A copy of CodeableModels that came with a study: codeable stands in for it, wherever it is, and says so."""

import sys

import pytest

import codeable.exits
from codeable.compat.module_discovery import read_study
from codeable.compat.run_options import decide_options
from codeable.compat.running import run_script
from codeable.errors import CodeableError
from tests.compat.run.test_run import write

KERNEL = """\
class CNamedElement: old = True
class CClass(CNamedElement):
    def __init__(self, *arguments): raise RuntimeError("the copy runs")
class CMetaclass(CNamedElement): pass
class CStereotype(CNamedElement): pass
class CBundle(CNamedElement): pass
class CEnum(CNamedElement): pass
class CObject(CNamedElement): pass
class CLink(CNamedElement): pass
def add_links(links): raise RuntimeError("the copy runs")
"""
RENDERER = "class PlantUMLGenerator:\n    def __init__(self): raise RuntimeError('the copy runs')\n"
GUIDANCE = """\
from codeable_models import CMetaclass, CStereotype
model_element = CMetaclass("Model Element", attributes={"aka": str, "description": str})
design_solution = CMetaclass("Design Solution", superclasses=model_element,
                             attributes={"background reading": str})
practice = CMetaclass("Practice", superclasses=[design_solution])
decision = CMetaclass("Decision", superclasses=design_solution, attributes={"recommendation": str})
design_solution_dependencies = design_solution.association(
    design_solution, "is dependent on: [from] * -> [to] *")
design_solution_dependency_type = CStereotype("Design Solution Dependency Type",
    extended=design_solution_dependencies, attributes={"how": str, "role": str})
"""
USE = """\
assert CClass.__module__ == "codeable.kernel.clazz", CClass.__module__
from metamodels.guidance_metamodel import decision
CClass(decision, "How?")
raise SystemExit(7)
"""
FROM_MODULE = "CClass, spell = libs.codeable_models.CClass, libs.codeable_models.spell\n"


def bundle(folder, guidance=GUIDANCE, kernel=KERNEL):
    """A copy of the three packages, its kernel in a module of its own."""
    write(folder, codeable_models____init__="from .core import *\n", codeable_models__core=kernel)
    write(folder, codeable_models__cclass="from .core import CClass\n")
    write(folder, codeable_models__internal__commons="def get_links(elements): raise RuntimeError\n")
    write(folder, plant_uml_renderer____init__=RENDERER, metamodels__guidance_metamodel=guidance)


@pytest.mark.parametrize(
    ("home", "statements"),
    [
        ("libs", "from libs.codeable_models import CClass\n"),
        ("CodeableModels", "from CodeableModels.codeable_models import *\n"),
        ("a/b/c", "from a.b.c.codeable_models.cclass import CClass\n"),
        ("libs", "import libs.codeable_models\nCClass = libs.codeable_models.CClass\n"),
        ("libs", "import libs.codeable_models as cm\nCClass = cm.CClass\n"),
        ("libs", "from libs import codeable_models\nCClass = codeable_models.cclass.CClass\n"),
        ("libs", "import sys\nsys.path.insert(0, 'libs')\nfrom codeable_models import CClass\n"),
        (
            "libs/inner",
            "import sys\nsys.path.insert(0, './libs')\nfrom inner.codeable_models import CClass\n",
        ),
        (".", "from codeable_models import CClass\n"),
        (
            "libs",
            "def old():\n    from libs.codeable_models import CClass\n    return CClass\nCClass = old()\n",
        ),
    ],
)
@pytest.mark.parametrize("init", [True, False])
def test_codeable_stands_in_for_a_copy_in_any_package(home, statements, init, tmp_path, capsys):
    bundle(tmp_path / home)
    for folder in {tmp_path / home, *(tmp_path / home).parents} if init else ():
        if folder != tmp_path and folder.is_relative_to(tmp_path):
            (folder / "__init__.py").touch()
    assert run_script(write(tmp_path, main=statements + USE)) == 7
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.startswith(
        f"codeable is used in the place of the copy of CodeableModels in {tmp_path / home} (codeable_models, "
    )
    assert "--keep-bundled" in told


def test_a_copy_is_reached_relatively(tmp_path):
    bundle(tmp_path / "study")
    write(tmp_path / "study", model="from .codeable_models import CClass\n" + USE)
    assert run_script(write(tmp_path, main="import study.model\n")) == 7
    write(tmp_path / "study", __main__="from .codeable_models import CClass\n" + USE)
    assert run_script(tmp_path / "study") == 7


def test_the_inner_functions_of_a_copy_are_those_of_codeable(tmp_path):
    bundle(tmp_path / "src")
    script = write(
        tmp_path,
        main="import src.codeable_models.internal.commons as c\n"
        "from src.codeable_models.internal import commons\n"
        "assert c is commons\nraise SystemExit(len(c.get_links([])) + 7)\n",
    )
    assert run_script(script) == 7


def test_all_names_of_a_copy_are_one_module_and_are_gone_afterwards(tmp_path):
    bundle(tmp_path / "libs_of_this_test")
    script = write(
        tmp_path,
        main="import codeable_models as a\nimport libs_of_this_test.codeable_models as b\n"
        "assert a is b and a.__name__ == 'codeable_models'\n"
        "from libs_of_this_test.metamodels.guidance_metamodel import decision as c\n"
        "from metamodels.guidance_metamodel import decision as d\nassert c is d\n",
    )
    assert run_script(script) == 0
    assert not [name for name in sys.modules if name.startswith(("libs_of_this_test", "codeable_models"))]


def test_a_copy_under_another_name_is_recognised_by_what_it_defines(tmp_path):
    write(tmp_path, cm____init__="from .core import *\n", cm__core=KERNEL, kernel=KERNEL)
    assert run_script(write(tmp_path, main="from kernel import CClass\n" + USE)) == 7
    (tmp_path / "cm" / "__init__.py").write_text("from cm.core import CClass, CBundle\n")
    assert run_script(write(tmp_path, main="from cm import CClass\n" + USE)) == 7


def test_modules_of_the_study_are_no_copy_whatever_their_names(tmp_path, capsys):
    write(
        tmp_path,
        study__codeable_models____init__="from codeable_models import CClass, CBundle\nown = 3\n",
        study__codeable_models__payments="x = 4\n",
        study__metamodels__guidance_metamodel="y = 5\n",
    )
    script = write(
        tmp_path,
        main="from study.codeable_models import own\nfrom study.codeable_models.payments import x\n"
        "from study.metamodels.guidance_metamodel import y\nraise SystemExit(own + x + y)\n",
    )
    assert run_script(script) == 12
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "more",
    [
        'cloud = CStereotype("Cloud", superclasses=design_solution_dependency_type)\n',
        'decision.attributes = {"recommendation": str, "status": str}\n',
        'practice = CMetaclass("Best Practice", superclasses=design_solution)\n',
        'practice = CMetaclass("Practice", superclasses=model_element)\n',
        'practice = CMetaclass("Practice", superclasses=design_solution, attributes={"since": str})\n',
        'practice = CMetaclass("Practice", superclasses=[each for each in [design_solution]])\n',
        "for each in [practice]:\n    each.superclasses = model_element\n",
    ],
)
def test_a_metamodel_that_says_anything_else_is_the_studys_own_on_our_kernel(more, tmp_path):
    bundle(tmp_path / "libs", GUIDANCE.replace("codeable_models", "libs.codeable_models") + more)
    script = write(
        tmp_path,
        main="from libs.metamodels.guidance_metamodel import practice, decision\n"
        "from libs.codeable_models import CClass\nimport metamodels.guidance_metamodel as ours\n"
        "assert practice is not ours.practice and type(practice) is type(ours.practice)\n"
        "CClass(practice, 'A')\nraise SystemExit(7)\n",
    )
    assert run_script(script) == 7


@pytest.mark.parametrize(
    "statements",
    [
        "from libs.codeable_models import CClass, spell\n",
        "from libs.codeable_models import *\n",
        "import libs.codeable_models as cm\nCClass, spell = cm.CClass, cm.spell\n",
        f"import libs.codeable_models\n{FROM_MODULE}",
        "from libs import codeable_models as cm\nCClass, spell = cm.CClass, cm.spell\n",
    ],
)
def test_a_copy_that_has_more_than_codeable_is_used_as_it_is_and_the_study_is_told(
    statements, tmp_path, capsys
):
    bundle(tmp_path / "libs", kernel=KERNEL + "def spell(): raise SystemExit(7)\n")
    script = write(
        tmp_path, main=f"{statements}assert CClass.__module__ == 'libs.codeable_models.core'\nspell()\n"
    )
    assert run_script(script) == 7
    assert "the study takes from it what codeable does not have (spell)" in capsys.readouterr().err
    assert read_study(script).copies == {tmp_path / "libs": ("spell",)}


def test_what_is_read_from_other_things_does_not_keep_a_copy(tmp_path):
    bundle(tmp_path / "libs", kernel=KERNEL + "def spell(): raise SystemExit(7)\n")
    script = write(
        tmp_path,
        main="from libs.codeable_models import *\nimport other\nfor spell in []:\n    print(spell)\n"
        "other.spell\n" + USE,
        other="spell = 1\n",
    )
    assert run_script(script) == 7


def test_a_module_that_codeable_lacks_keeps_the_copy_too(tmp_path):
    bundle(tmp_path / "libs")
    write(tmp_path / "libs", codeable_models__extra="from .core import CNamedElement\nx = 7\n")
    script = write(
        tmp_path,
        main="from libs.codeable_models import CNamedElement\nfrom libs.codeable_models.extra import x\n"
        "assert CNamedElement.old\nraise SystemExit(x)\n",
    )
    assert run_script(script) == 7


@pytest.mark.parametrize("home", ["libs", "."])
def test_a_copy_that_is_kept_is_left_alone_entirely(home, tmp_path, capsys):
    bundle(tmp_path / home)
    package = "" if home == "." else "libs."
    script = write(
        tmp_path,
        main=f"from {package}codeable_models import CMetaclass\n"
        f"from {package}plant_uml_renderer import PlantUMLGenerator\n"
        "assert CMetaclass.old and PlantUMLGenerator.__module__.endswith('plant_uml_renderer')\n"
        "raise SystemExit(7)\n",
    )
    assert run_script(script, keep_bundled=True) == 7
    assert capsys.readouterr().err == ""
    assert set(read_study(script, keep_bundled=True).files) > {script}


def test_a_top_level_copy_of_a_metamodel_that_is_kept_runs_with_the_coding_of_the_study(tmp_path):
    guidance = "from codeable_models import CMetaclass\npractice = CMetaclass()\nx = 4\n"
    bundle(tmp_path / "libs", guidance)
    write(tmp_path / "study", metamodels__GT_coding="code = 3\n")
    script = write(
        tmp_path / "study",
        main="from metamodels.guidance_metamodel import practice, x\nfrom metamodels.GT_coding import code\n"
        "assert practice.old\nraise SystemExit(code + x)\n",
    )
    assert run_script(script, paths=[tmp_path / "libs"], keep_bundled=True) == 7


def test_a_kept_copy_in_a_package_finds_its_own_modules_by_their_original_names(tmp_path):
    bundle(tmp_path / "libs")
    write(tmp_path / "libs", codeable_models____init__="from codeable_models.core import *\n")
    write(tmp_path / "libs", plant_uml_renderer____init__="from codeable_models import CClass\n" + RENDERER)
    script = write(
        tmp_path,
        main="from libs.plant_uml_renderer import CClass, PlantUMLGenerator\nassert CClass.old\n"
        "import libs.codeable_models\nraise SystemExit(7)\n",
    )
    assert run_script(script, keep_bundled=True) == 7


def test_the_command_has_an_option_for_it(tmp_path, capsys):
    bundle(tmp_path / "libs")
    script = write(
        tmp_path, main="from libs.codeable_models import CBundle\nraise SystemExit(CBundle.old + 6)\n"
    )
    with pytest.raises(SystemExit) as stop:
        codeable.exits.run(
            "codeable.compat.command:compat_command", ["run", "--keep-bundled", str(script)], "c"
        )
    assert (stop.value.code, capsys.readouterr().err) == (7, "")


def test_what_codeable_stands_in_for_is_known_before_the_study_runs(tmp_path):
    bundle(tmp_path / "src")
    script = write(
        tmp_path,
        main="import src.codeable_models.internal.commons as c\n"
        "from src.metamodels.guidance_metamodel import *\n",
    )
    study = read_study(script)
    assert {name: each.name for name, each in study.provided.items()} == {
        "src.codeable_models": "codeable_models",
        "src.codeable_models.internal.commons": "codeable_models.internal.commons",
        "src.metamodels.guidance_metamodel": "metamodels.guidance_metamodel",
    }
    assert set(study.files) == {script}


@pytest.mark.parametrize(
    ("text", "guidance", "expected"),
    [
        ("from libs.metamodels.guidance_metamodel import variant\n", GUIDANCE, "older"),
        ("from libs.metamodels.guidance_metamodel import *\nprint(variant)\n", GUIDANCE, "older"),
        ("import libs.metamodels.guidance_metamodel as g\ng.variant\n", GUIDANCE, "older"),
        ("from libs.metamodels import guidance_metamodel as g\ng.variant\n", GUIDANCE, "older"),
        ("from libs.metamodels.guidance_metamodel import practice\n", GUIDANCE, "current"),
        (
            "from libs.metamodels.guidance_metamodel import practice\n",
            GUIDANCE + 'variant = CStereotype("Variant", superclasses=design_solution_dependency_type)\n',
            "older",
        ),
    ],
)
def test_the_format_follows_from_the_names_or_from_the_copy(text, guidance, expected, tmp_path):
    bundle(tmp_path / "libs", guidance)
    assert decide_options(write(tmp_path, main=text)).format == expected


@pytest.mark.parametrize("circle", [{"a": "b", "b": "a"}, {"a": "a.b"}])
def test_aliases_in_a_circle_are_refused(circle, tmp_path, capsys):
    script = write(tmp_path, main="import a\n")
    words = [word for old, new in circle.items() for word in ("--alias", f"{old}={new}")]
    with pytest.raises(SystemExit) as stop:
        codeable.exits.run("codeable.compat.command:compat_command", ["run", *words, str(script)], "c")
    assert (stop.value.code, capsys.readouterr().err) == (2, "the aliases of 'a' lead in a circle\n")


def test_aliases_may_lead_from_one_to_the_next(tmp_path):
    script = write(tmp_path, main="from a.x import y\nraise SystemExit(y)\n", c__x="y = 7\n")
    assert run_script(script, aliases={"a": "b", "b": "c"}) == 7
    with pytest.raises(CodeableError, match=r"b\.x"):
        run_script(script, aliases={"a": "b"})
