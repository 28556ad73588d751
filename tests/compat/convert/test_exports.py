"""`codeable convert`: what `__all__` lists is in the module of the new study, too."""

import pytest

from codeable.compat.convert import convert
from tests.compat.run.test_run import write

START = "from codeable_models import *\nfrom metamodels.guidance_metamodel import *\n"
DRAWS = """\
from plant_uml_renderer import *
gen = PlantUMLGenerator('o')
def draw(v): gen.generate_object_models('x', v)
"""
MODEL = """\
from base import *
d = CClass(decision, 'D?')
w = CBundle('W', elements=[d.class_object])
draw([w, {}])
"""


@pytest.mark.parametrize(
    ("listed", "left"),
    [
        (
            "__all__ = ['CClass', 'CBundle', 'decision', 'gen', 'draw', 'PlantUMLGenerator']\n",
            "__all__ = ['CClass', 'CBundle', 'decision', ]\n",
        ),
        (
            "__all__ = [\n    'gen',  # draws\n    'draw',\n    'CClass',\n    'CBundle', 'decision'\n]\n",
            "__all__ = [\n    # draws\n    'CClass',\n    'CBundle', 'decision'\n]\n",
        ),
        (
            "__all__ = ('CClass', 'draw', 'CBundle', 'decision')\n__all__ += ('gen',)\n",
            "__all__ = ('CClass', 'CBundle', 'decision')\n__all__ += ()\n",
        ),
    ],
)
def test_names_that_only_draw_are_listed_no_more(tmp_path, listed, left):
    write(tmp_path / "old", base=START + DRAWS + listed, model=MODEL)
    done = convert(tmp_path / "old", tmp_path / "new")
    assert done.differences == ()
    assert (tmp_path / "new" / "models" / "base.py").read_text(encoding="utf-8").endswith(left)


def test_what_becomes_ours_stays_listed(tmp_path):
    listed = "__all__ = ['decision', 'CClass']\n"
    own = "from codeable_models import *\ndecision = CMetaclass('Decision')\n" + listed
    write(tmp_path / "old", base=own, model="from base import *\nd = CClass(decision, 'D?')\n")
    done = convert(tmp_path / "old", tmp_path / "new")
    assert done.differences == ()
    text = (tmp_path / "new" / "models" / "base.py").read_text(encoding="utf-8")
    assert text.endswith(listed)
