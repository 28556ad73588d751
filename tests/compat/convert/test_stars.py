"""`convert` keeps stars, and lets none hide a name that the old one did not hide."""

import re

import pytest

from codeable.compat.convert import convert
from codeable.loading import load_folder

GUIDANCE = "from codeable_models import *\nfrom metamodels.guidance_metamodel import *\n"


@pytest.fixture
def converted(tmp_path):
    """Convert modules of a folder `study`; a function that gives the new text of one of them."""

    def convert_modules(**modules):
        (tmp_path / ".git").mkdir()
        folder = tmp_path / "old" / "study"
        folder.mkdir(parents=True)
        for name, text in modules.items():
            (folder / f"{name}.py").write_text(text)
        (tmp_path / "old" / "run.py").write_text("".join(f"import study.{name}\n" for name in modules))
        done = convert(tmp_path / "old" / "run.py", tmp_path / "new")
        convert_modules.done = done
        convert_modules.stars = [each for each in done.notices if "the star hides" in each]
        load_folder(tmp_path / "new")
        return lambda name: (tmp_path / "new" / "study" / f"{name}.py").read_text()

    return convert_modules


def test_stars_stay_where_they_are_and_as_often(converted):
    text = f'"""Doc."""\nimport os\n{GUIDANCE}d = CClass(decision, "D")\n'
    new = converted(a=text)
    assert new("a") == text.replace("codeable_models", "codeable.dsl").replace(
        "metamodels.guidance_metamodel", "codeable.dsl"
    )
    assert converted.stars == [] and converted.done.differences == ()


def test_a_narrower_star_is_written_where_the_wide_one_would_hide_a_name(converted):
    new = converted(
        a="source = 'a text of the study'\nfrom codeable_models import *\n"
        "from metamodels.guidance_metamodel import *\np = CClass(practice, source)\n"
    )
    assert new("a").splitlines()[1:3] == [
        "from codeable.kernel import *",
        "from codeable.metamodels.guidance import *",
    ]
    assert converted.stars == [] and converted.done.differences == ()


def test_only_the_stars_before_which_a_name_is_bound_are_narrower(converted):
    new = converted(
        a=f"from codeable_models import *\nsource = 'x'\n{GUIDANCE}p = CClass(practice, source)\n"
    )
    assert new("a").splitlines()[0] == "from codeable.dsl import *"
    assert new("a").splitlines()[2] == "from codeable.kernel import *"


def test_a_star_of_another_module_hides_nothing_that_it_did_not_hide(converted):
    new = converted(
        a=f"{GUIDANCE}d = CClass(decision, 'D')\n",
        b="from codeable_models import CClass\nfrom metamodels.guidance_metamodel import practice\n"
        "code = 'the name'\nfrom study.a import *\np = CClass(practice, code)\n",
    )
    assert new("a").startswith("from codeable.kernel import *\nfrom codeable.metamodels.guidance import *\n")
    assert converted.stars == [] and converted.done.differences == ()


def test_what_a_star_hid_in_the_old_study_is_no_news(converted):
    new = converted(a=f"practice = 1\n{GUIDANCE}p = CClass(practice, 'P')\n")
    assert new("a").splitlines()[1] == "from codeable.dsl import *"
    assert converted.stars == []


def test_names_that_a_narrower_star_lacks_are_imported_besides(converted):
    new = converted(
        a="from metamodels.component_metamodel import *\nfrom codeable_models import CClass\n"
        "b = CClass(component, 'B')\nv = CBundle('V', elements=[b])\n"
    )
    assert new("a").startswith(
        "from codeable.metamodels.component import *\nfrom codeable.dsl import CBundle\n"
    )
    assert converted.done.differences == ()


def test_the_star_of_a_study_module_stays(converted):
    new = converted(
        a=f"{GUIDANCE}d = CClass(decision, 'D')\n", b="from study.a import *\np = CClass(practice, 'P')\n"
    )
    assert new("b").startswith("from study.a import *\n")


def test_a_name_that_a_star_hides_all_the_same_is_reported_with_both_places(converted):
    converted(a=f"def add_force_relations(x):\n    pass\n\n{GUIDANCE}p = CClass(practice, 'P')\n")
    (told,) = converted.stars
    assert re.sub(r"[^\s(]*/", "", told) == (
        "a.py:5: the star hides 'add_force_relations' (a.py:1): it did not in the old study; "
        "import the names that the module uses, or import this one again below"
    )


def test_a_name_that_is_bound_already_is_not_imported_besides(converted):
    new = converted(
        a="from codeable_models import CClass, CBundle\nfrom metamodels.component_metamodel import *\n"
        "b = CClass(component, 'B')\nv = CBundle('V', elements=[b])\n"
    )
    assert new("a").splitlines()[2] == "b = CClass(component, 'B')"


def test_the_star_of_a_metamodel_of_the_study_can_be_narrower_too(converted):
    coding = (
        "from codeable_models import CMetaclass\nfrom metamodels.guidance_metamodel import decision, force\n"
        "source = CMetaclass('Source', attributes={'title': str})\n"
        "code = CMetaclass('Code', attributes={'name': str, 'description': str})\n"
        "code.association(source, 'contains codes: [contained_code] * -> [evidence] *')\n"
    )
    new = converted(
        a_coding=coding,
        b="AUTHOR_TYPES = 'mine'\nmandatory_next = 'mine, too'\nfrom study.a_coding import *\n"
        "from codeable_models import CClass\ns = CClass(source, 's1')\n",
    )
    assert "mandatory_next" not in "".join(converted.stars)
    assert "import *" in new("b")
