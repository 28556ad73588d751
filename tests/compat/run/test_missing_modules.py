"""8: a study that lacks modules, as published ones do, tells which, who asks, and what can stand in."""

import pytest

from codeable.compat.missing import MissingModulesError
from codeable.compat.running import run_script
from tests.compat.run.test_run import write


@pytest.fixture
def study(tmp_path):
    write(
        tmp_path,
        product_models__domain_model="product = 1\nteam = 2\nother = 3\n",
        product_models__another="product = 1\n",
        maps__contexts="from api_models.domain_model import product, team\n",
        maps__tasks="from api_models.domain_model import *\nfrom os.path import *\n"
        "x = [team for y in range(3)]\n",
        maps__old="import maps.attic.tasks as tasks\n",
    )
    return write(tmp_path / "generators", main="import maps.contexts\nimport maps.tasks\nimport maps.old\n")


def missing(script, **options):
    with pytest.raises(MissingModulesError) as caught:
        run_script(script, **options)
    return caught.value


def test_8_all_missing_modules_are_reported_at_once(study):
    assert [each.name for each in missing(study).missing] == ["api_models.domain_model", "maps.attic.tasks"]


def test_8_every_file_that_asks_is_reported_with_its_line(study):
    root = study.parents[1]
    assert f"asked for by {root / 'maps/contexts.py'}:1, {root / 'maps/tasks.py'}:1" in str(missing(study))


def test_8_a_module_with_the_same_definitions_is_offered_as_an_alias(study):
    found = missing(study).missing[0]
    assert found.same == study.parents[1] / "product_models" / "domain_model.py"
    assert found.alias == "api_models=product_models"
    (study.parents[1] / "maps" / "old.py").write_text("")
    assert str(missing(study)).endswith("run again with aliases={'api_models': 'product_models'}")


def test_8_a_star_import_takes_the_names_that_nothing_else_explains(study):
    assert missing(study).missing[0].taken == ("product", "team")


def test_8_names_that_a_module_passes_on_count_as_its_own(tmp_path):
    kernel = "from codeable_models import CBundle\nfrom base import *\n"
    write(tmp_path, base="size = 3\n", other_models__domain_model=kernel + "team = 1\n")
    script = write(tmp_path, main="from api_models.domain_model import *\nCBundle(elements=[team, size])\n")
    assert missing(script).missing[0].taken == ("CBundle", "size", "team")
    assert missing(script).missing[0].alias == "api_models=other_models"


def test_8_a_module_that_takes_names_from_the_missing_one_itself_is_not_offered(tmp_path):
    write(tmp_path, own="from lost import a\nb = 1\n")
    script = write(tmp_path, main="from lost import a, b\n")
    assert missing(script).missing[0].alias is None


def test_8_nothing_is_offered_when_no_module_defines_all_names(study):
    (study.parents[1] / "maps" / "contexts.py").write_text("from api_models.domain_model import absent\n")
    found = missing(study)
    assert found.missing[0].alias is None
    assert "no module of the study defines all that is taken from it (absent, team)" in str(found)


def test_8_with_the_alias_the_study_runs(study):
    (study.parents[1] / "maps" / "old.py").write_text("")
    assert run_script(study, aliases={"api_models": "product_models"}) == 0


def test_8_a_module_under_another_file_name_is_offered_too(tmp_path):
    write(tmp_path, renamed="only_here = 1\n")
    script = write(tmp_path, main="from lost.package import only_here\n")
    assert missing(script).missing[0].alias == "lost.package=renamed"


def test_8_an_import_that_may_fail_is_not_missing(tmp_path):
    script = write(
        tmp_path,
        main="try:\n    import not_there\nexcept ImportError:\n    pass\nimport really_missing\n",
    )
    assert [each.name for each in missing(script).missing] == ["really_missing"]


def test_8_a_missing_package_of_others_can_be_installed(tmp_path):
    assert "python -m pip install some_package" in str(missing(write(tmp_path, main="import some_package\n")))


def test_8_a_missing_metamodel_of_the_study_is_reported(tmp_path):
    script = write(tmp_path, main="from metamodels.GT_coding import code\n")
    assert [each.name for each in missing(script).missing] == ["metamodels.GT_coding"]


def test_8_a_missing_module_taken_from_a_folder_is_reported_by_its_name(tmp_path):
    script = write(tmp_path, main="from metamodels import GT_coding\n")
    assert [each.name for each in missing(script).missing] == ["metamodels.GT_coding"]


def test_8_an_alias_leaves_a_package_that_the_study_has_in_place(tmp_path):
    write(tmp_path, api__other="y = 2\n", domain__models="x = 1\n", domain__other="z = 3\n")
    script = write(tmp_path / "study", main="from api.other import y\nfrom api.models import x\n")
    assert missing(script).missing[0].alias == "api.models=domain.models"
    assert run_script(script, aliases={"api.models": "domain.models"}) == 0


@pytest.mark.parametrize(
    ("asked", "alias"),
    [
        (
            "from CodeableModels.codeable_models import CClass",
            "CodeableModels.codeable_models=codeable_models",
        ),
        ("import src.codeable_models.internal.commons as c", "src.codeable_models=codeable_models"),
        ("from libs.metamodels.guidance_metamodel import decision", "libs.metamodels=metamodels"),
    ],
)
def test_8_of_a_copy_that_is_not_published_codeables_own_modules_are_offered(asked, alias, tmp_path):
    script = write(tmp_path, main=f"{asked}\n")
    found = missing(script)
    assert found.missing[0].alias == alias
    assert f"codeable provides {alias.partition('=')[2]}: --alias {alias}" in str(found)
    assert run_script(script, aliases=dict([alias.split("=")])) == 0


def test_8_an_alias_leaves_the_metamodels_in_place(tmp_path):
    write(tmp_path, coding__GT_coding="code = 1\n")
    script = write(tmp_path / "study", main="from metamodels.GT_coding import code\n")
    assert missing(script).missing[0].alias == "metamodels.GT_coding=coding.GT_coding"


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("metamodels.guidance", "metamodels.guidance_metamodel"),
        ("codeable_models.classs", "codeable_models.cclass"),
        ("codeable_models.internal.common", "codeable_models.internal.commons"),
        ("plant_uml_renderer.generator", "plant_uml_renderer.plant_uml_generator"),
    ],
)
def test_8_a_misspelt_module_of_ours_names_the_nearest(asked, near, tmp_path):
    script = write(tmp_path, main=f"import {asked}\n")
    assert f"did you mean '{near}'?" in str(missing(script))
