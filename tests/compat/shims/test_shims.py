"""1.1, 8: the packages that CodeableModels studies import. They hide nothing of anybody else."""

import subprocess
import sys
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.metadata import files
from types import ModuleType

import pytest

import codeable.compat
import codeable.dsl
from codeable.compat.finder import PACKAGES_FOLDER
from codeable.compat.run_options import RunOptions
from codeable.compat.session import study_session
from codeable.compat.shims import PACKAGES as FRONTS
from codeable.compat.shims import PROVIDED
from codeable.errors import CodeableError
from codeable.kernel import CNamedElement


@pytest.fixture
def session(tmp_path):
    with study_session(RunOptions(images=False), [tmp_path]):
        yield tmp_path


def guidance():
    from metamodels import guidance_metamodel

    return guidance_metamodel


def python(*words, **environment):
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, env=environment or None, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("name", FRONTS)
def test_8_fronts_are_no_top_level_packages_by_themselves(name):
    elsewhere = [path for path in sys.path if path != str(PACKAGES_FOLDER)]
    assert PathFinder.find_spec(name, elsewhere) is None


def test_8_fronts_are_part_of_the_distribution_below_codeable():
    listed = [str(path) for path in files("codeable") or () if path.stem in FRONTS]
    assert all(path.startswith("codeable/compat/packages/") for path in listed)
    assert sorted(path.stem for path in PACKAGES_FOLDER.glob("*.py")) == sorted(FRONTS)


def test_8_the_printed_path_is_all_that_pythonpath_needs(tmp_path):
    _, printed, _ = python("-m", "codeable.compat", "path")
    script = tmp_path / "study.py"
    (tmp_path / "metamodels").mkdir()
    (tmp_path / "metamodels" / "GT_coding.py").write_text("answer = 42\n")
    script.write_text(
        "from metamodels.guidance_metamodel import *\n"
        "from metamodels.GT_coding import answer\n"
        "from codeable_models import *\n"
        "from codeable_models.internal.commons import is_cclass\n"
        "from plant_uml_renderer import PlantUMLGenerator\n"
        "from plant_uml_renderer.model_renderer import ModelStyle\n"
        "print(CClass(decision, 'How?'), clink.__name__, answer)\n"
    )
    assert python(str(script), PYTHONPATH=printed.strip()) == (0, "How? codeable_models.clink 42\n", "")


@pytest.mark.parametrize("name", sorted(PROVIDED - {"metamodels"}))
def test_1_1_every_module_is_importable_first_by_its_own_name(session, name):
    assert import_module(name).__name__ == name


def test_1_1_metamodels_and_internal_are_packages_without_a_file(session):
    assert import_module("metamodels").__file__ is None
    assert import_module("codeable_models.internal").__file__ is None


def test_8_metamodels_merges_with_the_studys_own_folder(session):
    (session / "metamodels").mkdir()
    (session / "metamodels" / "GT_coding.py").write_text("answer = 42\n")
    from metamodels.GT_coding import answer

    assert answer == 42
    assert guidance().decision.name == "Decision"


def test_8_a_star_import_of_the_renderer_brings_the_three_classes(session):
    namespace = {}
    exec("from plant_uml_renderer import *", namespace)
    assert {"PlantUMLGenerator", "ClassModelRenderer", "ObjectModelRenderer"} <= set(namespace)


def test_7_2_guidance_re_exports_the_domain(session):
    from metamodels.domain_metamodel import domain_metaclass, domain_metamodel

    assert guidance().domain_metaclass is domain_metaclass
    assert guidance().domain_metamodel is domain_metamodel


def test_7_2_a_star_import_brings_no_name_that_codeable_models_lacks(session):
    names = {name for name in vars(guidance()) if not name.startswith("_")}
    elements = {name for name in names if isinstance(getattr(guidance(), name), CNamedElement)}
    assert {name for name in names - elements if callable(getattr(guidance(), name))} == {
        "CAssociation",
        "CBundle",
        "CClass",
        "CLink",
        "CMetaclass",
        "CStereotype",
        "add_decision_option_association",
        "add_decision_option_link",
        "add_links",
        "add_stereotyped_design_solution_link",
        "add_stereotyped_link_with_how_tagged_value",
        "add_stereotyped_link_with_role_tagged_value",
    }


def test_7_2_nothing_hides_what_a_study_brings_itself(session):
    assert not hasattr(guidance(), "add_force_relations")
    assert not (PACKAGES_FOLDER / "metamodels" / "GT_coding.py").exists()


def test_7_2_elements_are_not_codes_until_the_study_says_so(session):
    assert guidance().decision.superclasses == [guidance().design_solution]
    assert guidance().force.superclasses == [guidance().model_element]


def test_8_what_a_study_does_to_a_metaclass_stays_in_that_study(tmp_path):
    before = codeable.dsl.decision.superclasses
    with study_session(RunOptions(), [tmp_path]):
        first = guidance().decision
        first.superclasses = []
        first.name = "Changed"
    with study_session(RunOptions(), [tmp_path]):
        second = guidance().decision
    assert second is not first
    assert second.name == "Decision"
    assert codeable.dsl.decision.superclasses == before
    assert codeable.dsl.decision.name == "Decision"


def test_8_a_session_leaves_modules_and_module_path_as_they_were(tmp_path):
    (tmp_path / "models_of_this_study.py").write_text("x = 1\n")
    modules, path, finders = dict(sys.modules), list(sys.path), list(sys.meta_path)
    with study_session(RunOptions(), [tmp_path], {"other_name": "models_of_this_study"}):
        import models_of_this_study  # noqa: F401
        import other_name  # noqa: F401

        guidance()
    assert {name for name in sys.modules if name.partition(".")[0] in FRONTS} == {
        name for name in modules if name.partition(".")[0] in FRONTS
    }
    assert "models_of_this_study" not in sys.modules and "other_name" not in sys.modules
    assert (sys.path, sys.meta_path) == (path, finders)


def test_8_an_alias_is_the_same_module_under_both_names(session):
    (session / "domain_models").mkdir()
    (session / "domain_models" / "products.py").write_text("product = object()\n")
    with study_session(RunOptions(), [session], {"api_models": "domain_models"}):
        from api_models.products import product as by_alias
        from domain_models import products

        assert by_alias is products.product
        assert products.__spec__.name == "domain_models.products"


def test_8_an_alias_inside_a_package_that_is_missing_as_a_whole(session):
    (session / "products.py").write_text("product = object()\n")
    with study_session(RunOptions(), [session], {"old.folder.products": "products"}):
        import products
        from old.folder.products import product

        assert product is products.product


@pytest.fixture
def installed():
    codeable.compat.uninstall()
    codeable.compat.install()
    yield
    codeable.compat.uninstall()


def test_installing_twice_keeps_what_was_declared(installed):
    first = guidance().decision
    codeable.compat.install()
    assert guidance().decision is first
    codeable.compat.uninstall()
    codeable.compat.install()
    assert guidance().decision is not first


def test_a_folder_metamodels_that_is_a_package_merges_after_install(installed, tmp_path, monkeypatch):
    (tmp_path / "metamodels").mkdir()
    (tmp_path / "metamodels" / "__init__.py").touch()
    (tmp_path / "metamodels" / "GT_coding.py").write_text("code = 5\n")
    monkeypatch.syspath_prepend(tmp_path)
    from metamodels.GT_coding import code

    assert (code, str(guidance().decision)) == (5, "Decision")


def test_1_1_the_inner_functions_are_reached_from_the_package(session):
    import codeable_models

    assert codeable_models.internal.commons.get_links([]) == []


def test_uninstalling_makes_the_packages_unknown(installed):
    import_module("codeable_models")
    codeable.compat.uninstall()
    with pytest.raises(ModuleNotFoundError):
        import_module("codeable_models")
    assert not [each for each in sys.meta_path if "codeable.compat" in repr(each)]


def test_a_wrong_format_names_the_right_ones():
    finders = list(sys.meta_path)
    with pytest.raises(CodeableError, match="the text format must be current or older, not 'oldr'; did"):
        codeable.compat.install(format="oldr")
    assert sys.meta_path == finders


def test_a_wrong_encoding_names_a_right_one():
    with pytest.raises(CodeableError, match=r"not 'windows-1253x'; did you mean 'windows-1252'\?"):
        codeable.compat.install(encoding="windows-1253x")


def test_importing_the_compatibility_layer_imports_no_study_package():
    fronts = "('codeable_models', 'metamodels', 'plant_uml_renderer')"
    program = f"import sys, codeable.compat; print([n for n in sys.modules if n in {fronts}])"
    assert python("-c", program)[1] == "[]\n"


def test_8_a_session_gives_back_a_module_that_the_study_replaces(tmp_path):
    import json

    with study_session(RunOptions(), [tmp_path]):
        sys.modules["json"] = ModuleType("json")
        del sys.modules["string"]
    assert sys.modules["json"] is json
    assert "string" in sys.modules
