"""`convert` takes out what only draws, and keeps what declares."""

import pytest

from codeable.compat import shims
from codeable.compat.convert.codeable_modules import counterpart
from codeable.compat.convert.drawing import take_out_drawing
from codeable.compat.convert.imports import ImportNames, rewrite_imports
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.source_reader import parse

IMPORTS = "from codeable_models import *\nfrom plant_uml_renderer import PlantUMLGenerator\n"
STAR = "from codeable.dsl import *\n"


def _provided(name):
    return name if name in shims.PROVIDED else None


@pytest.fixture
def drawn(tmp_path):
    """The text of a module without what only draws; the edits have what is told."""

    def draw(text, gone=None, read_elsewhere=(), lost=False):
        path = tmp_path / "m.py"
        path.write_bytes(text.encode())
        edits = ModuleEdits.read(path, "study.m")
        names = ImportNames(
            lambda name: counterpart(name),
            lambda name: name in shims.PROVIDED or name in ("study.a", "study.drawing"),
            _provided,
            gone={"study.drawing": None, "study.a": frozenset({"draw"})} if gone is None else gone,
        )
        take_out_drawing(edits, names, read_elsewhere)
        rewrite_imports(edits, names, "study")
        new = edits.encoded().decode()
        parse(new)
        assert bool(edits.lost) == lost, edits.lost
        draw.edits = edits
        return new

    return draw


ONLY_DRAWS = """\
generator = PlantUMLGenerator()
generator.directory = "../out"
generator.generate_object_models("x", [v, {}])
----
PlantUMLGenerator().generate_object_model(v)
----
def main():
    "Draws."
    g = PlantUMLGenerator()
    for each in [v]:
        g.generate_object_model(each)

main()
----
if __name__ == "__main__":
    g = PlantUMLGenerator()
    g.generate_class_models("x", [v])
----
class G(PlantUMLGenerator):
    directory = "x"

G().generate_object_model(v)
----
try:
    g = PlantUMLGenerator()
    g.generate_object_model(v)
except Exception:
    print("no")
----
out = "../generated"
views = [v, {"left_to_right": True}]
import os
if not os.path.exists(out):
    os.makedirs(out)
g = PlantUMLGenerator()
g.directory = out
g.generate_object_models("x", views)
----
import sys
folder = sys.argv[1] if len(sys.argv) > 1 else "x"
g = PlantUMLGenerator()
g.directory = folder
----
with open("v.txt", "w") as f:
    f.write(PlantUMLGenerator().object_model_renderer.render_object_model([v]))
----
def make():
    g = PlantUMLGenerator()
    g.directory = "x"
    return g

make().generate_object_model(v)
----
def draw(generator, views):
    generator.generate_object_models("x", views)

draw(PlantUMLGenerator(), [v])
----
def draw():
    global g
    g = PlantUMLGenerator()
    g.generate_object_model(v)
draw()
----
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--out", default="x")
args = parser.parse_args()
g = PlantUMLGenerator()
g.directory = args.out
g.generate_object_models("x", [v])
----
import os, subprocess, shutil
JAR = os.environ["JAR"]
PlantUMLGenerator().generate_object_model(v)
subprocess.run(["java", "-jar", JAR])
shutil.copy("a", "b")
os.system("ls")
----
class Drawer:
    def __init__(self):
        self.generator = PlantUMLGenerator()
        self.generator.directory = "x"

    def draw(self, view):
        self.generator.generate_object_model(view)

Drawer().draw(v)
----
import csv
from pathlib import Path
with Path("x.csv").open("w") as f:
    writer = csv.writer(f)
    writer.writerow(["a"])
PlantUMLGenerator()
----
f = open("x.txt", "w")
f.write("table")
f.close()
"""


@pytest.mark.parametrize("text", ONLY_DRAWS.split("----\n"))
def test_what_only_draws_goes(text, drawn):
    model = "v = CBundle('v', elements=[])\n"
    assert drawn(IMPORTS + model + text).strip() == (STAR + model).strip()


def test_what_declares_stays_where_it_is(drawn):
    text = (
        "generator = PlantUMLGenerator()\n\n# memo: all of them\nfor name in 'ab':\n    # each\n"
        "    b = CBundle(name, elements=[])\n    generator.generate_object_model(b)  # draw it\n"
        "\ndef part(generator: PlantUMLGenerator, name, other=PlantUMLGenerator()):\n"
        "    p = CClass(m, name)\n    generator.generate_object_model(CBundle(name, elements=[p]))\n"
        "    return p\n\n"
        "x = part(generator, 'P')\nprint('done')\n"
    )
    assert drawn(IMPORTS + text) == STAR + (
        "\n# memo: all of them\nfor name in 'ab':\n    # each\n"
        "    b = CBundle(name, elements=[])\n    # draw it\n"
        "\ndef part(generator, name, other=None):\n"
        "    p = CClass(m, name)\n    CBundle(name, elements=[p])\n    return p\n\n"
        "x = part(None, 'P')\nprint('done')\n"
    )


def test_bundles_that_only_the_call_names_stay(drawn):
    text = (
        "g = PlantUMLGenerator()\n"
        "g.generate_object_models('x', [  # the views\n    CBundle('A', elements=[a]), {},\n"
        "    b, {'excluded_links': []},\n    CBundle('B')])  # drawn\nafter = CClass(m, 'x')\n"
    )
    assert drawn(IMPORTS + text) == STAR + (
        "# the views\nCBundle('A', elements=[a])\nCBundle('B')  # drawn\nafter = CClass(m, 'x')\n"
    )


def test_several_arguments_that_declare_stay(drawn):
    text = "if 1:\n    PlantUMLGenerator().x(CBundle('A'), PlantUMLGenerator(), (CBundle(n) for n in 'ab'))\n"
    assert drawn(IMPORTS + text) == STAR + "if 1:\n    CBundle('A')\n    list((CBundle(n) for n in 'ab'))\n"


def test_a_list_of_views_that_makes_bundles_or_is_read_elsewhere_stays(drawn):
    text = "views = [CBundle('A'), {}]\nPlantUMLGenerator().generate_object_models('x', views)\n"
    assert drawn(IMPORTS + text) == STAR + "views = [CBundle('A'), {}]\n"
    text = "views = [a, {}]\nPlantUMLGenerator().generate_object_models('x', views)\n"
    assert drawn(IMPORTS + text, read_elsewhere={"views"}) == STAR + "views = [a, {}]\n"
    assert drawn(IMPORTS + text) == STAR


def test_names_of_the_model_stay_although_only_drawing_reads_them(drawn):
    model = "b = CBundle('B')\nalias = b\nelements = connected(b)\n"
    text = "g = PlantUMLGenerator()\ng.generate_object_models('x', [alias, elements])\n"
    assert drawn(IMPORTS + model + text) == STAR + model


def test_functions_of_other_modules_that_are_gone_are_not_called(drawn):
    text = (
        "from codeable_models import CClass\nfrom study.a import draw, d\nfrom study.drawing import *\n"
        "import study.drawing as other\nfrom study import drawing, a\nimport plant_uml_renderer as r, os\n"
        "draw(d)\nother.draw(d)\ndrawing.draw()\nr.PlantUMLGenerator().x()\nprint(os, a)\n"
    )
    assert drawn(text) == (
        "from codeable.dsl import CClass\nfrom study.a import d\nfrom study import a\nimport os\n"
        "print(os, a)\n"
    )


def test_what_declares_with_the_renderer_is_reported(drawn):
    text = "g = PlantUMLGenerator()\nx = CClass(m, g.name)\n"
    assert drawn(IMPORTS + text, lost=True) == STAR
    assert drawn.edits.lost[0].endswith(
        "m.py:4: `x = CClass(m, g.name)` declares something with what only draws, and is taken out; write it "
        "without the renderer"
    )


def test_a_name_of_a_function_is_not_that_of_the_module(drawn):
    text = "def draw():\n    views = PlantUMLGenerator()\n    views.directory = 'x'\ndraw()\n"
    model = "views = [CBundle('A')]\nfor v in views: print(v)\n"
    assert drawn(IMPORTS + text + model) == STAR + model


def test_lists_that_lose_elements_are_no_files(drawn):
    model = "elements = [a, b]\nelements.remove(a)\nv = CBundle('v', elements=elements)\n"
    assert drawn(IMPORTS + "PlantUMLGenerator()\n" + model) == STAR + model


def test_a_list_that_is_extended_by_what_stays_stays(drawn):
    model = "views = []\nfor each in 'ab':\n    views += [CBundle(each), {}]\n"
    assert drawn(IMPORTS + model + "PlantUMLGenerator().generate_object_models('x', views)\n") == STAR + model


def test_a_result_that_needs_the_renderer_is_reported(drawn):
    text = "def make():\n    v = CBundle('v')\n    g = PlantUMLGenerator()\n    return v, g\n"
    assert drawn(IMPORTS + text, lost=True) == STAR + "def make():\n    v = CBundle('v')\n"
    assert "`return v, g` needs the renderer, and make returns nothing there now" in drawn.edits.lost[0]


def test_bundles_in_the_head_of_a_loop_that_draws_stay(drawn):
    text = (
        "g = PlantUMLGenerator()\nfor v in [CBundle('A'), CBundle('B')]:  # both\n"
        "    # draw\n    g.generate_object_model(v)\nx = 1\n"
    )
    assert drawn(IMPORTS + text) == STAR + "CBundle('A')\nCBundle('B')  # both  # draw\nx = 1\n"


def test_bundles_of_a_comprehension_that_draws_are_reported(drawn):
    text = "g = PlantUMLGenerator()\n[g.generate_object_model(CBundle(n), x=1) for n in 'ab' if n]\n"
    assert drawn(IMPORTS + text, lost=True) == STAR


def test_a_bundle_that_needs_the_name_of_a_loop_that_goes_is_reported(drawn):
    text = "g = PlantUMLGenerator()\ndo(lambda n: g.generate_object_model(CBundle(n)))\n"
    assert drawn(IMPORTS + text, lost=True) == STAR


def test_what_is_called_like_a_renderer_is_one(drawn):
    text = (
        "def make(gen, other):\n    b = CBundle('B')\n    gen.generate_object_model(b)\n"
        "    gen.directory = other.out\n    return b\n"
    )
    assert drawn(STAR + text) == STAR + "def make(gen, other):\n    b = CBundle('B')\n    return b\n"


def test_a_name_of_a_comprehension_that_draws_draws_nothing_itself(drawn):
    model = "for p in ps: v = CBundle('V', elements=[p])\n"
    text = "[PlantUMLGenerator().generate_object_model(p) for p in ps]\n"
    assert drawn(IMPORTS + text + model) == STAR + model


def test_a_table_that_only_the_program_writes_stays(drawn):
    table = (
        "if __name__ == '__main__':\n    import os\n    os.makedirs('x')\n"
        "    with open('x/table.csv', 'w') as f:\n        f.write('a')\n"
    )
    assert drawn(STAR + table) == STAR + table
    drawing = "    PlantUMLGenerator().generate_object_model(v)\n"
    assert drawn(IMPORTS + table + drawing) == STAR + table


def test_what_declares_with_another_program_stays_and_is_told(drawn):
    text = "import subprocess\nx = CClass(m, subprocess.check_output(['cat', 'x.txt']))\n"
    assert drawn(IMPORTS + text) == STAR + text
    assert drawn.edits.notices[-1].endswith(
        "declares something and writes files or starts a program, now whenever the study is loaded"
    )


def test_a_head_that_opens_a_file_is_not_said_to_draw(drawn):
    drawn(IMPORTS + "with open('x.txt', 'w') as f:\n    x = CClass(m, 'X')\n    f.write('x')\n", lost=True)
    assert "`with open('x.txt', 'w') as f:` needs files or other programs" in drawn.edits.lost[0]
