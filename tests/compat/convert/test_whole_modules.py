"""`convert` of small studies: programs, names that get lost on the way, modules that others draw with."""

import pytest

from codeable.compat.convert import convert
from codeable.loading import load_folder

DSL = "from codeable.dsl import *\n"
START = "from codeable_models import *\nfrom metamodels.guidance_metamodel import *\n"


@pytest.fixture
def converted(tmp_path):
    """Convert files of an old study; a function that gives the new text of one of them."""

    def convert_files(files, what="", loads=True, **options):
        (tmp_path / ".git").mkdir()
        for name, text in files.items():
            path = tmp_path / "old" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        convert_files.done = convert(tmp_path / "old" / what, tmp_path / "new", **options)
        convert_files.registry = load_folder(tmp_path / "new") if loads else None
        return lambda name: (tmp_path / "new" / name).read_bytes().decode()

    return convert_files


@pytest.mark.parametrize("condition", ['__name__ == "__main__"', "'__main__' == __name__"])
def test_what_the_program_declares_is_declared_in_the_study(condition, converted):
    made = (
        f"def make(name):\n    return CClass(practice, name)\n\nif {condition}:  # memo\n    p = make('P')\n"
    )
    script = START + made
    new = converted({"study.py": script}, "study.py")
    assert "if True:  # memo\n    p = make('P')\n" in new("models/study.py")
    assert converted.registry["p"].name == "P"
    assert converted.done.differences == ()
    told = f"`if {condition}:  # memo` became `if True:`, since what it makes belongs to the study"
    assert sum(each.endswith(f"study.py:6: {told}") for each in converted.done.notices) == 1


def test_a_block_that_only_prints_stays_as_it_is(converted):
    script = f"{START}p = CClass(practice, 'P')\nif __name__ == '__main__':\n    print(p)\n"
    new = converted({"study.py": script}, "study.py")
    assert "if __name__ == '__main__':\n    print(p)\n" in new("models/study.py")


def test_a_name_that_is_lost_is_lost_in_modules_that_take_it_from_this_one(converted):
    new = converted(
        {
            "run.py": "import study.b\n",
            "study/a.py": "from metamodels.guidance_metamodel import _all, practice\n"
            "from codeable_models import CClass\np = CClass(practice, 'P')\n",
            "study/b.py": "from study.a import _all, p\nq = p\n",
        },
        "run.py",
    )
    assert new("study/b.py") == "from study.a import p\nq = p\n"
    assert converted.done.differences == ()


def test_functions_that_draw_in_another_module_are_not_called(converted):
    new = converted(
        {
            "run.py": f"{START}from tools.draw import draw, folder\nimport tools.only\n"
            "from study.a import p\nv = CBundle('V', elements=[p])\ndraw(v)\ntools.only.draw(v)\n",
            "tools/draw.py": "from plant_uml_renderer import *\nfrom codeable_models import CBundle\n"
            "folder = 'x'\ndef draw(view):\n    PlantUMLGenerator().generate_object_model(view)\n"
            "empty = CBundle('Empty')\n",
            "tools/only.py": "from plant_uml_renderer import *\n"
            "def draw(view):\n    PlantUMLGenerator().generate_object_model(view)\n",
            "study/a.py": f"{START}p = CClass(practice, 'P')\n",
        },
        "run.py",
    )
    assert new("models/run.py").endswith(
        "from tools.draw import folder\nfrom study.a import p\nv = CBundle('V', elements=[p])\n"
    )
    assert (
        new("tools/draw.py") == "from codeable.dsl import CBundle\nfolder = 'x'\nempty = CBundle('Empty')\n"
    )
    assert converted.done.differences == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("codec", "cookie", "mark"),
    [("utf-8", "", b""), ("utf-8", "", b"\xef\xbb\xbf"), ("cp1252", "# coding: cp1252\n", b"")],
)
def test_encodings_marks_and_line_ends_stay(newline, codec, cookie, mark, converted, tmp_path):
    text = f'{cookie}"""Größe"""\n{START}\x0c\np = CClass(practice, "Größe")  # “memo”'
    data = mark + text.replace("\n", newline).encode(codec)
    converted({"study.py": data}, "study.py")
    expected = data.replace(b"codeable_models", b"codeable.dsl").replace(
        b"metamodels.guidance_metamodel", b"codeable.dsl"
    )
    assert (tmp_path / "new" / "models" / "study.py").read_bytes() == expected
    assert converted.registry["p"].name == "Größe"


def test_dotted_names_of_several_modules_are_of_one_vocabulary(converted):
    new = converted(
        {
            "run.py": "import codeable_models\nimport metamodels.guidance_metamodel, os.path\n"
            "import metamodels.component_metamodel\n"
            "p = codeable_models.CClass(metamodels.guidance_metamodel.practice, 'P')\n"
            "c = codeable_models.CClass(metamodels.component_metamodel.component, 'C')\n"
            "links = codeable_models.internal.commons.get_links([p])\n"
        },
        "run.py",
    )
    assert new("models/run.py") == (
        "import codeable.dsl, codeable.kernel.predicates\nimport codeable.dsl, os.path\n"
        "import codeable.metamodels.component\n"
        "p = codeable.dsl.CClass(codeable.dsl.practice, 'P')\n"
        "c = codeable.dsl.CClass(codeable.metamodels.component.component, 'C')\n"
        "links = codeable.kernel.predicates.get_links([p])\n"
    )
    assert converted.done.differences == ()


def test_folders_and_modules_whose_names_no_import_can_write_get_others(converted):
    new = converted(
        {
            "my study/01-first.py": "import sys, os\n"
            "sys.path.append(os.path.join(os.path.dirname(__file__), '..', 'shared code'))\n"
            f"{START}from makers import make\nimport helpers.texts as texts\np = make(texts.NAME)\n",
            "my study/helpers/texts.py": "NAME = 'P'\n",
            "shared code/makers.py": f"{START}q = CClass(practice, 'Q')\ndef make(name):\n"
            "    return CClass(practice, name)\n",
        },
        "my study/01-first.py",
    )
    assert "from shared_code.makers import make\nimport my_study.helpers.texts as texts\n" in new(
        "my_study/m01_first.py"
    )
    assert converted.done.differences == ()
    told = [each for each in converted.done.notices if "no import can write the old name" in each]
    assert {each.partition("old/")[2].partition(":")[0] for each in told} == {
        "my study/01-first.py becomes my_study/m01_first.py",
        "my study/helpers becomes my_study/helpers",
        "shared code becomes shared_code",
    }


def test_modules_of_one_name_and_folders_that_are_called_like_modules_of_python_stay_apart(converted):
    new = converted(
        {
            "__main__.py": f"{START}import models.main\nfrom texts import NAME\np = CClass(practice, NAME)\n",
            "texts.py": "NAME = 'P'\n",
            "code/more.py": f"{START}from numbers_ import n\nr = CClass(practice, n)\n",
            "code/numbers_.py": "n = 'R'\n",
            "models/main.py": f"{START}q = CClass(practice, 'Q')\n",
        },
    )
    assert converted.done.differences == ()
    assert "from models.texts import NAME\n" in new("models/main_2.py")
    assert "from models.code.numbers_ import n\n" in new("models/code/more.py")
    assert sorted(each.name for each in converted.registry.practices) == ["P", "Q", "R"]


def test_an_alias_leads_to_its_module_although_the_old_one_is_there(converted):
    new = converted(
        {
            "run.py": f"{START}from old_texts import NAME\np = CClass(practice, NAME)\n",
            "old_texts.py": "NAME = 'old'\n",
            "texts/new.py": "NAME = 'new'\n",
        },
        "run.py",
        aliases={"old_texts": "texts.new"},
    )
    assert "from texts.new import NAME\n" in new("models/run.py")
    assert converted.registry["p"].name == "new"


def test_relative_imports_stay(converted):
    new = converted(
        {
            "run.py": "import study.b\n",
            "study/__init__.py": f"{START}r = CClass(practice, 'R')\n",
            "study/a.py": f"{START}from . import r\np = CClass(practice, 'P')\n",
            "study/b.py": "from .a import *\nfrom . import a as other\nq = p\n",
        },
        "run.py",
    )
    assert new("study/b.py") == "from .a import *\nfrom . import a as other\nq = p\n"
    assert "from . import r\n" in new("study/a.py")
    assert converted.done.differences == ()


@pytest.mark.parametrize(
    "opened",
    [
        "open(os.path.join(os.path.dirname(__file__), 'data', 'names.csv'))",
        "(Path(__file__).parent / 'data/names.csv').open()",
    ],
)
def test_data_files_beside_a_module_come_along(opened, converted):
    text = (
        f"import os\nfrom pathlib import Path\n{START}for each in {opened}:\n"
        "    CClass(practice, each.strip())\n"
    )
    new = converted(
        {"study/a.py": text, "study/data/names.csv": "P\nQ\n", "run.py": "import study.a\n"}, "run.py"
    )
    assert new("study/data/names.csv") == "P\nQ\n"
    assert new("study/a.py").endswith(text.partition("*\nfor")[2])
    assert converted.done.differences == ()


def test_data_files_in_the_current_folder_are_named_from_the_module(converted):
    text = f"{START}with open('names.csv') as f:  # memo\n    p = CClass(practice, f.read())\n"
    new = converted({"study.py": text, "names.csv": "P"}, "study.py")
    assert new("models/names.csv") == "P"
    assert new("models/study.py").endswith(
        'from pathlib import Path\nwith open(Path(__file__).parent / "names.csv") as f:  # memo\n'
        "    p = CClass(practice, f.read())\n"
    )
    assert converted.registry["p"].name == "P"
    assert any("study.py:3: names.csv starts at the module" in each for each in converted.done.notices)


def test_data_files_that_cannot_come_along_are_reported(converted, tmp_path):
    (tmp_path / "outside.txt").write_text("P")
    text = f"{START}p = CClass(practice, open('../' + 'outside.txt').read())\n"
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / ".git").mkdir()
    converted({"study.py": text}, "study.py", loads=False)
    assert any("reads" in each and "outside of the study" in each for each in converted.done.differences)


def test_a_module_that_hands_names_on_and_draws_stays_without_what_draws(converted):
    new = converted(
        {
            "run.py": "from common import *\nfrom common import out as target\n"
            "p = CClass(practice, 'P')\nv = CBundle('V', elements=[p])\n"
            "g = PlantUMLGenerator()\ng.directory = target\ng.generate_object_models('x', [v, {}])\n",
            "common.py": '"""For all."""\nfrom codeable_models import *\n'
            "from metamodels.guidance_metamodel import *\nfrom plant_uml_renderer import *\nout = 'x'\n",
        },
        "run.py",
    )
    assert new("models/common.py") == f'"""For all."""\n{DSL}{DSL}out = \'x\'\n'
    assert new("models/run.py").startswith(
        "from models.common import *\nfrom models.common import out as target\n"
    )
    assert new("models/run.py").endswith("v = CBundle('V', elements=[p])\n")
    assert converted.done.differences == ()


def test_a_module_that_executes_the_text_of_another_is_reported(converted):
    text = f"{START}p = CClass(practice, 'P')\nexec(open('more.py').read())\n"
    converted({"study.py": text, "more.py": "q = CClass(practice, 'Q')\n"}, "study.py", loads=False)
    assert any(
        each.endswith("more.py as a text; let it import that module") for each in converted.done.differences
    )


def test_folders_with_dots_and_keywords_get_names_without(converted):
    new = converted(
        {
            "run.py": "import sys\nsys.path += ['parts.py', 'class']\nimport one, two\n",
            "parts.py/one.py": f"{START}p = CClass(practice, 'P')\n",
            "class/two.py": "from one import *\nq = CClass(practice, 'Q')\n",
        },
    )
    assert converted.done.differences == ()
    assert new("class_/two.py") == "from parts_py.one import *\nq = CClass(practice, 'Q')\n"


def test_a_copy_that_is_missing_is_named_in_the_fallback_only(converted):
    fallback = "try:\n    from {0} import *\nexcept ImportError:  # elsewhere\n    from {1} import *\n"
    text = fallback.format("codeable_models", "src.lib.codeable_models")
    guidance = fallback.format("metamodels.guidance_metamodel", "lib.metamodels.guidance_metamodel")
    new = converted({"study.py": f"{text}{guidance}p = CClass(practice, 'P')\n"}, "study.py")
    ours = fallback.format("codeable.dsl", "codeable.dsl")
    assert new("models/study.py") == f"{ours}{ours}p = CClass(practice, 'P')\n"
    assert converted.done.differences == ()


def test_a_view_that_only_a_call_of_the_renderer_names_is_named_where_it_is_made(converted):
    new = converted(
        {
            "study.py": f"{START}from plant_uml_renderer import *\np = CClass(practice, 'P')\n"
            "q = CClass(practice, 'Q')\ng = PlantUMLGenerator()\n"
            "g.generate_object_models('x', [CBundle('All', elements=[p]), {},\n"
            "                               CBundle('Only q', elements=[q]), {}])\n"
        },
        "study.py",
    )
    assert new("models/study.py").endswith(
        "q = CClass(practice, 'Q')\nall_view = CBundle('All', elements=[p])\n"
        "only_q_view = CBundle('Only q', elements=[q])\n"
    )
    assert [converted.registry.identifier_of(each) for each in converted.registry.bundles] == [
        "all_view",
        "only_q_view",
    ]
    assert converted.done.differences == ()


def test_a_table_of_a_module_that_declares_is_not_written_when_it_is_loaded(converted):
    new = converted(
        {
            "study.py": f"{START}import os\nfrom tables import text\np = CClass(practice, 'P')\n"
            "os.makedirs('out', exist_ok=True)\nwith open('out/x.csv', 'w') as f:\n    f.write(text(p))\n",
            "tables.py": "def text(p):\n    return p.name\n",
        },
        "study.py",
    )
    assert new("models/study.py").endswith("from models.tables import text\np = CClass(practice, 'P')\n")
    assert converted.done.differences == ()
