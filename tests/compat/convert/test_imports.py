"""`convert` rewrites the imports of modules, and nothing else in them."""

import pytest

from codeable.compat import shims
from codeable.compat.convert.codeable_modules import counterpart
from codeable.compat.convert.imports import ImportNames, rewrite_imports
from codeable.compat.convert.module_edits import ModuleEdits
from codeable.source_reader import parse

_STUDY = {
    "makers": "shared.makers",
    "study.decisions": "models.decisions",
    "metamodels.GT_coding": "codeable.dsl",
}


def _provided(name):
    tail = name.removeprefix("src.")
    return tail if tail in shims.PROVIDED else None


def _new_name(name):
    provided = _provided(name)
    return counterpart(provided) if provided else _STUDY.get(name)


NAMES = ImportNames(_new_name, lambda name: _provided(name) is not None or name in _STUDY, _provided)


@pytest.fixture
def rewritten(tmp_path):
    """Rewrite the imports of a module; the edits have what is told."""

    def rewrite(text):
        path = tmp_path / "m.py"
        path.write_bytes(text.encode())
        edits = ModuleEdits.read(path, "study.m")
        rewrite_imports(edits, NAMES, "study")
        new = edits.encoded().decode()
        parse(new)
        rewrite.edits = edits
        return new

    return rewrite


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from codeable_models import CClass", "from codeable.dsl import CClass"),
        ("from codeable_models.cclass import CClass as C", "from codeable.dsl import CClass as C"),
        ("from codeable_models import *", "from codeable.dsl import *"),
        ("from src.codeable_models import CClass", "from codeable.dsl import CClass"),
        (
            "from metamodels.guidance_metamodel import decision, practice",
            "from codeable.dsl import decision, practice",
        ),
        ("from metamodels.GT_coding import code, source", "from codeable.dsl import code, source"),
        (
            "from metamodels.component_metamodel import component",
            "from codeable.metamodels.component import component",
        ),
        (
            "from codeable_models.internal.commons import get_links",
            "from codeable.kernel.predicates import get_links",
        ),
        ("import metamodels.guidance_metamodel as gm", "import codeable.dsl as gm"),
        ("from metamodels import guidance_metamodel", "import codeable.dsl as guidance_metamodel"),
        ("from metamodels import guidance_metamodel as gm", "import codeable.dsl as gm"),
        (
            "from codeable_models.internal import commons",
            "import codeable.kernel.predicates as commons",
        ),
        ("import os, codeable_models as cm, re", "import os, codeable.dsl as cm, re"),
        ("from study import decisions", "import models.decisions as decisions"),
        ("from . import decisions", "import models.decisions as decisions"),
        ("from .decisions import d", "from models.decisions import d"),
        ("import study.decisions as d", "import models.decisions as d"),
        (
            "from  codeable_models \\\n  import CClass , CBundle",
            "from  codeable.dsl \\\n  import CClass , CBundle",
        ),
        (
            "from codeable_models import (CClass, # memo\n  CBundle)",
            "from codeable.dsl import (CClass, # memo\n  CBundle)",
        ),
        (
            "import os; from codeable_models import CClass; x = 1",
            "import os; from codeable.dsl import CClass; x = 1",
        ),
        ("if True: from codeable_models import CClass", "if True: from codeable.dsl import CClass"),
        ("from os import path", "from os import path"),
        ("import makers; makers.make()", "import shared.makers as makers; makers.make()"),
    ],
)
def test_an_import_names_what_it_named(old, new, rewritten):
    assert rewritten(old + "\n") == new + "\n"
    assert not rewritten.edits.lost and not rewritten.edits.notices


def test_imports_at_any_depth_are_rewritten_and_every_other_byte_stays(rewritten):
    text = (
        "# memo: the first\r\n\x0cdef f():\r\n\tfrom codeable_models import CClass  # inner\r\n"
        "\treturn CClass\r\n"
        "try:\r\n    from codeable_models import CBundle\r\nexcept ImportError:\r\n"
        "    from src.codeable_models import CBundle\r\n"
        "class K:\r\n    if 1:\r\n        import codeable_models as cm  # ü\r\nx = 'codeable_models'"
    )
    assert rewritten(text) == (
        text.replace("from src.codeable_models", "from codeable.dsl")
        .replace("from codeable_models", "from codeable.dsl")
        .replace("import codeable_models", "import codeable.dsl")
    )


def test_names_of_one_import_come_from_several_modules(rewritten):
    assert rewritten(
        "from metamodels.component_metamodel import (\n    component,  # the part\n    CBundle,\n"
        "    connector_type,\n)  # end\nprint(component)\n"
    ) == (
        "from codeable.metamodels.component import (\n    component,  # the part\n    connector_type,\n"
        ")  # end\n"
        "from codeable.dsl import CBundle\nprint(component)\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "from metamodels.deployment_metamodel import device as d, CBundle; x\n",
            "from codeable.metamodels.deployment import device as d; from codeable.dsl import CBundle; x\n",
        ),
        (
            "if 1: from metamodels.component_metamodel import component, CBundle\n",
            "if 1: from codeable.metamodels.component import component; from codeable.dsl import CBundle\n",
        ),
        (
            "from metamodels import guidance_metamodel as gm, component_metamodel as cm\n",
            "from codeable import dsl as gm\nfrom codeable.metamodels import component as cm\n",
        ),
    ],
)
def test_several_targets_in_one_line(old, new, rewritten):
    assert rewritten(old) == new


def test_names_that_codeable_lacks_are_dropped_where_nothing_uses_them(rewritten):
    text = "from metamodels.guidance_metamodel import decision, _all, \\\n    guidance_metamodel_views\n"
    assert rewritten(text) == "from codeable.dsl import decision\n"
    assert rewritten.edits.lost == []


def test_an_import_of_nothing_else_goes_and_leaves_its_comments(rewritten):
    text = "def f():\n    # why\n    from metamodels.guidance_metamodel import _all  # the old view\n"
    assert rewritten(text) == "def f():\n    # why\n    # the old view\n    pass\n"


def test_names_that_codeable_lacks_are_reported_where_the_module_uses_them(rewritten):
    rewritten("from metamodels.guidance_metamodel import (decision,\n    _all)\n\nprint(_all)\n")
    (lost,) = rewritten.edits.lost
    assert lost.endswith(
        "m.py:1: codeable has no '_all' of metamodels.guidance_metamodel; make it in this module, "
        "or take out its use: line 4"
    )


def test_the_last_name_between_brackets_goes_with_its_line(rewritten):
    text = "from metamodels.guidance_metamodel import (\n    decision,  # kept\n    _all\n)\n"
    assert rewritten(text) == "from codeable.dsl import (\n    decision,  # kept\n)\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "import metamodels.guidance_metamodel\nx = metamodels.guidance_metamodel.decision.name\n",
            "import codeable.dsl\nx = codeable.dsl.decision.name\n",
        ),
        (
            "import codeable_models\n@codeable_models.f\ndef g(a=codeable_models.CClass): pass\n",
            None,
        ),
        (
            "import codeable_models\ndef g(a=codeable_models.CClass): return codeable_models.CBundle\n",
            "import codeable.dsl\ndef g(a=codeable.dsl.CClass): return codeable.dsl.CBundle\n",
        ),
        (
            (
                "import codeable_models  # both\n"
                "x = codeable_models.internal.commons.get_links, codeable_models.CClass\n"
            ),
            (
                "import codeable.dsl, codeable.kernel.predicates  # both\n"
                "x = codeable.kernel.predicates.get_links, codeable.dsl.CClass\n"
            ),
        ),
        (
            (
                "import metamodels.guidance_metamodel, metamodels.component_metamodel\n"
                "a = metamodels.guidance_metamodel.force, metamodels.component_metamodel.component\n"
            ),
            (
                "import codeable.dsl, codeable.metamodels.component\n"
                "a = codeable.dsl.force, codeable.metamodels.component.component\n"
            ),
        ),
        (
            "import metamodels.component_metamodel as cm\nx = cm.component\ny = cm.CBundle\n",
            (
                "import codeable.metamodels.component as cm, codeable.dsl\nx = cm.component\n"
                "y = codeable.dsl.CBundle\n"
            ),
        ),
        (
            (
                "import metamodels.guidance_metamodel\n"
                "x = f'é metamodels.guidance_metamodel: {metamodels.guidance_metamodel.force!r:>3} {1}'\n"
            ),
            "import codeable.dsl\nx = f'é metamodels.guidance_metamodel: {codeable.dsl.force!r:>3} {1}'\n",
        ),
        (
            "import study.decisions\nx = study.decisions.d\n",
            "import models.decisions\nx = models.decisions.d\n",
        ),
    ],
)
def test_uses_of_a_module_follow_its_name(old, new, rewritten):
    if new is not None:
        assert rewritten(old) == new
        assert rewritten.edits.lost == []
    else:
        rewritten(old)
        assert "codeable has no 'f' of codeable_models" in rewritten.edits.lost[0]


def test_uses_of_what_codeable_lacks_are_one_report_with_their_lines(rewritten):
    use = "x = len(dm._all.elements), dm._all\n"
    rewritten("import metamodels.deployment_metamodel as dm\n" + 20 * use)
    (lost,) = rewritten.edits.lost
    assert lost.endswith(
        "m.py:2: codeable has no '_all' of metamodels.deployment_metamodel; make it in this module, "
        "or take out its uses: lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 8 more"
    )


@pytest.mark.parametrize(
    "call", ["__import__('codeable_models')", "importlib.import_module('codeable_models')"]
)
def test_imports_by_a_call_are_reported(call, rewritten):
    text = f"import importlib\ndef f():\n    return {call}\n"
    assert rewritten(text) == text
    assert f"m.py:3: {call} is not rewritten; write an import of codeable.dsl" in rewritten.edits.lost[0]
