"""`codeable convert`: every bundle that the old study draws is a view of the new one."""

import pytest

from codeable.compat.convert import convert
from codeable.diagrams import views
from codeable.loading import load_folder
from tests.compat.run.test_run import write

START = """\
from codeable_models import *
from metamodels.guidance_metamodel import *
d = CClass(decision, "D")
a, b = CClass(practice, "A"), CClass(practice, "B")
add_decision_option_link(d, a)
"""
DRAWING = "from plant_uml_renderer import PlantUMLGenerator\ngenerator = PlantUMLGenerator()\n"


@pytest.fixture
def converted(tmp_path):
    """Converts a module; gives its conversion, the new registry and the text of the new module."""

    def start(program, **modules):
        (tmp_path / ".git").mkdir()
        write(tmp_path / "old", study=START + program, **modules)
        done = convert(tmp_path / "old", tmp_path / "new")
        text = (tmp_path / "new" / "models" / "study.py").read_text(encoding="utf-8")
        return done, load_folder(tmp_path / "new"), text

    return start


def bundles(registry):
    return {registry.identifier_of(each): each.name for each in registry.bundles}


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("_all = CBundle('All', elements=[d, a])\n", "all_view = _all"),
        ("views = [CBundle('All', elements=[d, a])]\nlen(views)\n", "all_view = views[0]"),
        ("views = {'x y': CBundle('All', elements=[d])}\nlen(views)\n", "all_view = views['x y']"),
        ("views = ([1, CBundle('All', elements=[d])],)\nlen(views)\n", "all_view = views[0][1]"),
        ("for n in 'x': CBundle('All', elements=[d, a])\n", "all_view = d.bundles[0]"),
        (
            "for n in 'x': CBundle('All', elements=[d.class_object])\n",
            "all_view = d.class_object.bundles[0]",
        ),
        (
            "def view():\n    return CBundle('All', elements=[d])\nview()\n",
            "all_view = d.bundles[0]",
        ),
    ],
)
def test_a_bundle_without_a_name_gets_one_at_the_end_of_its_module(converted, program, line):
    done, registry, text = converted(program)
    assert done.differences == ()
    assert bundles(registry) == {"all_view": "All"}
    assert text.endswith(f"\n\n{line}\n")
    assert any(each.endswith(f"a view got a name: {line}") for each in done.notices)


def test_names_of_views_are_free_ones(converted):
    made = "[CBundle('all', elements=[d]), CBundle('All', elements=[a])]"
    _, registry, _ = converted(f"all_view = a\nviews = {made}\nlen(views)\n")
    assert bundles(registry) == {"all_view_2": "all", "all_view_3": "All"}


@pytest.mark.parametrize("title", ["2. Round", "Übersicht", "…", "class", ""])
def test_any_title_gives_a_name(converted, title):
    done, registry, _ = converted(f"views = [CBundle({title!r}, elements=[d])]\n")
    assert done.differences == ()
    assert [each.isidentifier() for each in bundles(registry)] == [True]


@pytest.mark.parametrize("name", ["everything", "Overview", "D"])
def test_a_bundle_with_the_file_name_of_another_view_is_renamed_where_it_is_made(converted, name):
    done, registry, text = converted(f"{name} = CBundle('V', elements=[d, a])  # why\nseen = [{name}]\n")
    assert done.differences == ()
    assert f"{name}_view = {name} = CBundle('V', elements=[d, a])  # why\n" in text
    assert bundles(registry) == {f"{name}_view": "V"}
    files = [each.file_name.casefold() for each in views(registry)]
    assert len(files) == len(set(files))
    assert [each for each in done.notices if f"the view {name} is {name}_view now" in each]


def test_bundles_that_differ_in_capital_letters_only_are_told_apart(converted):
    done, registry, _ = converted("Way = CBundle('1', elements=[d])\nway = CBundle('2', elements=[a])\n")
    assert done.differences == ()
    assert bundles(registry) == {"Way": "1", "way_view": "2"}


def test_a_bundle_that_a_later_module_has_made_is_found_where_it_exists(converted):
    tools = "def show(*elements):\n    seen.append(CBundle('Later', elements=list(elements)))\nseen = []\n"
    done, registry, text = converted(
        tools,
        last="from study import *\nshow(d, a)\n",
        draw=DRAWING + "import study, last\n",
    )
    assert done.differences == ()
    assert bundles(registry) == {"later_view": "Later"}
    assert "view" not in text


def test_the_element_that_finds_a_bundle_is_imported_where_the_last_module_lacks_it(converted):
    done, registry, _ = converted(
        "def show(*elements):\n    CBundle('Later', elements=list(elements))\n",
        last="import study\nstudy.show(study.d.class_object)\n",
        draw=DRAWING + "import study, last\n",
    )
    assert done.differences == ()
    assert bundles(registry) == {"later_view": "Later"}


def test_names_of_views_are_in_modules_that_the_new_study_loads(tmp_path):
    (tmp_path / ".git").mkdir()
    main = (
        DRAWING + "from study import views\ngenerator.generate_object_models('x', views)\nprint(len(views))\n"
    )
    program = "views = []\nfor each in (d, a):\n    views += [CBundle(f'of {each}', elements=[each]), {}]\n"
    write(tmp_path / "old", study=START + program, main=main)
    done = convert(tmp_path / "old" / "main.py", tmp_path / "new")
    assert done.differences == ()
    assert bundles(load_folder(tmp_path / "new")) == {"of_d_view": "of D", "of_a_view": "of A"}


def test_the_last_of_the_bundles_that_a_loop_makes_has_the_name_of_its_variable(converted):
    done, registry, text = converted(
        "views = []\nfor each in (d, a):\n    view = CBundle(f'of {each}', elements=[each])\n"
        "    views += [view, {}]\n"
    )
    assert done.differences == ()
    assert bundles(registry) == {"of_d_view": "of D", "view": "of A"}
    assert text.endswith("\nof_d_view = views[0]\n")


@pytest.mark.parametrize("kind", ["CBundle", "CPackage"])
def test_a_view_may_hold_enums_and_bundles(converted, kind):
    done, registry, _ = converted(
        f"kinds = CEnum('Kinds', values=['x'])\nviews = {{'x': ({kind}('All', elements=[d, kinds]), {{}})}}\n"
        f"nested = [{kind}('Nested', elements=[views['x'][0], a])]\nprint(len(views), nested)\n"
    )
    assert done.differences == ()
    assert {"all_view", "nested_view"} <= {registry.identifier_of(each) for each in registry.bundles}


def test_a_bundle_of_the_metamodel_is_no_view(converted):
    _, registry, text = converted("_kinds = CBundle('Kinds', elements=[practice])\n")
    assert bundles(registry) == {}
    assert "view" not in text


def test_options_of_the_old_renderer_in_a_list_that_stays_are_named(converted):
    done, _, _ = converted(
        "v = CBundle('v', elements=[d])\nviews = [v, {'excluded_links': []}]\nprint(len(views))\n"
    )
    assert [each for each in done.notices if each.endswith("these options: excluded_links")]


def test_bundles_that_a_drawing_loop_makes_are_views_each(converted):
    done, registry, _ = converted(
        DRAWING + "for each in (d, a):\n"
        "    generator.generate_object_model(CBundle(f'of {each}', elements=[each]))\n"
    )
    assert done.differences == ()
    assert bundles(registry) == {"of_a_view": "of A", "of_d_view": "of D"}


def test_of_several_bundles_of_one_element_each_is_found_by_its_title(converted):
    done, registry, text = converted(
        DRAWING + "for each in (d, a):\n"
        "    generator.generate_object_model(CBundle(f'of \"{each}\"', elements=[d, each]))\n"
    )
    assert done.differences == ()
    assert bundles(registry) == {"of_d_view": 'of "D"', "of_a_view": 'of "A"'}
    assert "of_a_view = next(each for each in d.bundles if each.name == 'of \"A\"')\n" in text


def test_bundles_and_lists_that_hold_themselves_end_no_conversion(tmp_path):
    text = (
        "from codeable_models import *\nfrom metamodels.guidance_metamodel import *\n"
        "d = CClass(decision, 'D?')\na = CBundle('A')\nb = CBundle('B', elements=[a])\n"
        "a.elements = [b, d]\nviews = [a, {}]\nviews.append(views)\nmetaclasses = [decision]\n"
        "metaclasses.append(metaclasses)\n"
    )
    write(tmp_path / "old", a=text)
    done = convert(tmp_path / "old", tmp_path / "new")
    assert done.differences == ()
    assert done.counts.endswith("2 views")


def test_views_of_what_is_taken_out_are_lost_and_the_study_loads_without_them(tmp_path):
    drawing = "drawn = [generator.generate_object_models(n, [CBundle(n, elements=[d]), {}]) for n in 'VW']\n"
    write(tmp_path / "old", study=START + DRAWING + drawing)
    done = convert(tmp_path / "old", tmp_path / "new")
    assert any(f"the view {name!r} has no name" in each for each in done.differences for name in "VW")
    assert len(load_folder(tmp_path / "new").decisions) == 1


def test_a_name_has_the_first_words_of_a_long_title(converted):
    titles = [f"How services are told that a price has changed, in {country}" for country in "AB"]
    made = ", ".join(f"CBundle({each!r}, elements=[d])" for each in [*titles, 60 * "x"])
    _, registry, _ = converted(f"views = [{made}]\nlen(views)\n")
    assert bundles(registry) == {
        "how_services_are_told_that_a_price_has_changed_view": titles[0],
        "how_services_are_told_that_a_price_has_changed_view_2": titles[1],
        f"{48 * 'x'}_view": 60 * "x",
    }


def test_a_title_with_any_characters_finds_its_bundle_again(converted):
    titles = ["\U0001f4e6 \U000e0067 box", "a\u2028\x7f\x00b", "{x}\\N{BULLET}'", '"']
    made = "".join(f"v = CBundle({each!r}, elements=[d])\n" for each in titles)
    done, registry, _ = converted(f"{made}v = 1\n")
    assert done.differences == ()
    assert sorted(str(each.name) for each in registry.bundles) == sorted(titles)


ONE_BY_ONE = (
    "def views_of(*elements):\n    for each in elements:\n"
    "        yield CBundle(f'of {each}', elements=[each])\n"
)
VIEW_OF = "def view_of(each):\n    return CBundle(f'of {each}', elements=[each])\n"


@pytest.mark.parametrize(
    "drawing",
    [
        "for v in views_of(d, a):\n    generator.generate_object_model(v)\n",
        "for i, v in enumerate(views_of(d, a)):\n    generator.generate_object_models(str(i), [v, {}])\n",
        "[generator.generate_object_model(v) for v in views_of(d, a)]\n",
        "generator.generate_object_models('x', [w for v in views_of(d, a) for w in (v, {})])\n",
        "def main():\n    for v in views_of(d, a):\n        generator.generate_object_model(v)\nmain()\n",
        "for v in map(view_of, (d, a)):\n    generator.generate_object_model(v)\n",
        "for v in (view_of(each) for each in (d, a)):\n    generator.generate_object_model(v)\n",
        "list(map(generator.generate_object_model, map(view_of, (d, a))))\n",
    ],
)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_views_that_are_made_while_drawing_asks_for_them_stay(converted, drawing, elsewhere):
    makers = ONE_BY_ONE + VIEW_OF
    if elsewhere:
        done, registry, _ = converted(
            f"from making import *\n{DRAWING}{drawing}",
            making=f"from codeable_models import CBundle\n{makers}",
        )
    else:
        done, registry, _ = converted(DRAWING + makers + drawing)
    assert done.differences == ()
    assert sorted(bundles(registry).values()) == ["of A", "of D"]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_calls_of_methods_that_only_draw_go_with_them(converted, elsewhere):
    drawer = (
        "class Drawer:\n    def __init__(self, gen, *elements):\n        self.gen = gen\n"
        "        self.view = CBundle('of all', elements=list(elements))\n"
        "    def draw(self):\n        self.gen.generate_object_model(self.view)\n"
    )
    use = "drawer = Drawer(generator, d, a)\ndrawer.draw()\ndef main():\n    drawer.draw()\nmain()\n"
    if elsewhere:
        made = f"from codeable_models import CBundle\n{drawer}"
        done, registry, _ = converted(f"from drawing import Drawer\n{DRAWING}{use}", drawing=made)
    else:
        done, registry, _ = converted(DRAWING + drawer + use)
    assert done.differences == ()
    assert bundles(registry) == {"of_all_view": "of all"}
