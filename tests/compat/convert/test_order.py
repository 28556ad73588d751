"""`codeable convert`: the new study loads its modules in the order of the old program."""

import tomllib

import pytest

from codeable.compat.convert import convert
from codeable.loading import load_folder
from tests.compat.run.test_run import write

START = "from codeable_models import *\nfrom metamodels.guidance_metamodel import *\n"
DRAWING = "from plant_uml_renderer import PlantUMLGenerator\nPlantUMLGenerator()\n"


def part(name, *imports):
    lines = "".join(f"from {each} import *\n" for each in imports)
    return f"{START}{lines}{name} = CClass(practice, '{name}')\n"


@pytest.fixture
def models(tmp_path):
    """Converts a study and gives the setting `models`, and the practices in the order of declaration."""

    def converted(script=None, **modules):
        (tmp_path / ".git").mkdir()
        write(tmp_path / "old", **modules)
        done = convert(tmp_path / "old" / script if script else tmp_path / "old", tmp_path / "new")
        assert done.differences == ()
        settings = tomllib.loads((tmp_path / "new" / "pyproject.toml").read_text(encoding="utf-8"))
        registry = load_folder(tmp_path / "new")
        declared = registry.vocabulary.practice.classes
        return settings["tool"]["codeable"]["models"], [str(each) for each in declared]

    return converted


def test_where_folders_give_the_order_they_are_all(models):
    found = models(draw=DRAWING + "import a, b, c\n", a=part("one"), b=part("two"), c=part("three"))
    assert found == (["models"], ["one", "two", "three"])


def test_where_imports_give_the_order_folders_are_all(models):
    found = models(draw=DRAWING + "import a\n", a=part("one", "z"), m=part("two"), z=part("three", "m"))
    assert found == (["models"], ["two", "three", "one"])


@pytest.mark.parametrize("way", ["folder", "script"])
def test_another_order_of_the_program_is_kept_by_single_modules(models, way):
    found = models(
        "draw.py" if way == "script" else None,
        draw=DRAWING + "import c, a, b, d\n",
        **{name: part(f"p_{name}") for name in "abcd"},
    )
    assert found == (["models/c.py", "models"], ["p_c", "p_a", "p_b", "p_d"])


def test_a_program_in_a_folder_after_its_parts_gives_the_order_all_the_same(models):
    found = models(zz__draw=DRAWING + "import b, a\n", a=part("first"), b=part("second"))
    assert found[1] == ["second", "first"]


def test_a_module_that_only_imports_others_gives_their_order(models):
    found = models(draw=DRAWING + "import every, a\n", every="import c, b\n", **{n: part(n) for n in "abc"})
    assert found[1] == ["c", "b", "a"]


def test_the_program_itself_comes_first_where_it_declares_before_it_imports(models):
    found = models(
        "z_main.py",
        z_main=START + "first = CClass(practice, 'first')\nimport a\nlast = CClass(practice, 'last')\n",
        a=part("middle"),
    )
    assert found[1] == ["first", "middle", "last"]


def test_modules_that_folders_pass_over_are_named(models):
    found = models(draw=DRAWING + "import _hidden, a\n", _hidden=part("hidden"), a=part("a"))
    assert found == (["models/_hidden.py", "models"], ["hidden", "a"])


def test_packages_are_not_named_beside_their_modules(models):
    found = models(
        draw=DRAWING + "import maps.z, maps.a\n", maps____init__="", maps__z=part("z"), maps__a=part("a")
    )
    assert found == (["maps/z.py", "maps"], ["z", "a"])


def test_an_import_in_a_function_that_runs_later_does_not_count(models):
    found = models(
        draw=DRAWING + "import a, b\n",
        a=part("a") + "def later():\n    import b\n    return b\n",
        b=part("b"),
    )
    assert found == (["models"], ["a", "b"])


def test_two_modules_that_import_each_other_keep_their_order(models):
    found = models(
        draw=DRAWING + "import b\n",
        a=START + "import b\na = CClass(practice, 'a')\n",
        b=START + "import a\nb = CClass(practice, 'b')\n",
    )
    assert found[1] == ["a", "b"]
