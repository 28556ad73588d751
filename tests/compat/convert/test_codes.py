"""What of the statements that make metaclasses codes a converted study keeps."""

import pytest

from codeable.compat.convert import convert
from codeable.loading import load_folder
from tests.compat.run.test_run import write

CODING = """\
from codeable_models import *
from metamodels.guidance_metamodel import *
source = CMetaclass("Source", attributes={"title": str})
code = CMetaclass("Code")
code.association(source, "contains codes: [contained_code] * -> [evidence] *")
"""
MODEL = """\
p, k = CClass(practice, "P"), CClass(known_use, "K")
s = CClass(source, "s1")
add_links({s: [p]}, role_name="contained_code")
"""


@pytest.fixture
def converted(tmp_path):
    (tmp_path / ".git").mkdir()

    def start(making, **modules):
        write(tmp_path / "old", study=CODING + making + MODEL, **modules)
        done = convert(tmp_path / "old", tmp_path / "new")
        assert done.differences == ()
        study = load_folder(tmp_path / "new")
        assert [each.name for each in study.evidence_of("p")] == ["s1"]
        text = (tmp_path / "new" / "models" / "study.py").read_text()
        return study, text.removesuffix(MODEL).partition("import *\n")[2].partition("import *\n")[2].strip()

    return start


@pytest.mark.parametrize(
    "making",
    [
        "design_solution.superclasses = design_solution.superclasses + [code]\n",
        "design_solution.superclasses = [*design_solution.superclasses, code]\n",
        "design_solution.superclasses += [code]\n",
        "design_solution.superclasses = [code] + design_solution.superclasses\n",
        "for c in [decision, design_solution, force]:\n    c.superclasses = c.superclasses + [code]\n",
        "for c in (design_solution, force):\n    c.superclasses += [code]\ndel c\n",
        "all_codes = design_solution, force\nfor c in all_codes:\n    c.superclasses += [code]\n",
        (
            "if True:\n    for c in {design_solution}:\n"
            "        setattr(c, 'superclasses', c.superclasses + [code])\n"
        ),
        "if code not in design_solution.superclasses:\n    design_solution.superclasses += [code]\n",
    ],
)
def test_making_codes_of_what_is_a_code_is_taken_out(converted, making):
    _, text = converted(making)
    assert "superclasses" not in text


def test_comments_stay(converted):
    _, text = converted(
        "# why\ndesign_solution.superclasses = (\n"
        "    design_solution.superclasses  # as before\n    + [code])\n"
    )
    assert "# why\n# as before\n" in f"{text}\n"


def test_further_codes_stay(converted):
    study, text = converted("design_solution.superclasses += [code]\nknown_use.superclasses += [code]\n")
    assert text.endswith("code\nknown_use.superclasses += [code]")
    assert study.is_code(study["k"])


@pytest.mark.parametrize(
    "making",
    [
        (
            "def make_code(x):\n    x.superclasses = x.superclasses + [code]\n"
            "for c in [design_solution, known_use]:\n    make_code(c)\n"
        ),
        (
            "for name, c in {'a': design_solution, 'b': known_use}.items():\n"
            "    c.superclasses = [*c.superclasses, code]\n"
        ),
        (
            "waiting = [design_solution, known_use]\nwhile waiting:\n"
            "    c = waiting.pop()\n    c.superclasses += [code]\n"
        ),
        "[setattr(c, 'superclasses', c.superclasses + [code]) for c in [design_solution, known_use]]\n",
        "both = [design_solution, known_use]\nfor c in both:\n    c.superclasses = c.superclasses + [code]\n",
        "for c in (  # all\n    design_solution,  # ours\n    known_use,\n):\n    c.superclasses += [code]\n",
        (
            "thing = CMetaclass('Thing')\ndesign_solution.superclasses += [thing, code]\n"
            "known_use.superclasses += [code]\n"
        ),
    ],
)
def test_where_not_all_are_codes_already_or_only_a_run_shows_it_the_module_asks(converted, making):
    study, text = converted(making)
    assert "has_superclass(code)" in text
    assert study.is_code(study["k"])


def test_an_addition_that_asks_first_is_reported_with_its_line(tmp_path):
    (tmp_path / ".git").mkdir()
    making = "for c in (design_solution, known_use):\n    c.superclasses += [code]\n"
    write(tmp_path / "old", study=CODING + making + MODEL)
    (told,) = [each for each in convert(tmp_path / "old", tmp_path / "new").notices if "only where" in each]
    line = len((CODING + making).splitlines())
    assert told.endswith(f"study.py:{line}: adds code only where codeable has not added it")


def test_codes_are_made_in_another_module_under_another_name(tmp_path):
    (tmp_path / ".git").mkdir()
    write(
        tmp_path / "old",
        coding=CODING,
        making="import coding as c\nfrom coding import code as gt_code, design_solution\n"
        "design_solution.superclasses += [gt_code]\nc.known_use.superclasses += [c.code]\n"
        "c.force.superclasses += [c.code]\n",
        study="from coding import *\nimport making\n" + MODEL,
    )
    done = convert(tmp_path / "old" / "study.py", tmp_path / "new")
    assert done.differences == ()
    assert (tmp_path / "new" / "models" / "making.py").read_text().count("superclasses") == 1
    assert load_folder(tmp_path / "new").evidence_of("p")


@pytest.mark.parametrize(
    ("assigned", "expected"),
    [
        ("[thing]", "[*decision.superclasses, thing]"),
        ("thing", "[*decision.superclasses, thing]"),
        ("(design_solution, thing)", "[*decision.superclasses, thing]"),
        ("[design_solution, code]", "[design_solution, code]"),
        ("decision.superclasses + [thing]", "decision.superclasses + [thing]"),
    ],
)
def test_other_superclasses_leave_a_code_a_code(converted, assigned, expected):
    study, text = converted(
        f"thing = CMetaclass('Thing')\ndecision.superclasses = {assigned}\n"
        "design_solution.superclasses += [code]\nd = CClass(decision, 'D')\n"
    )
    assert f"decision.superclasses = {expected}\n" in text
    assert study.is_code(study["d"])
