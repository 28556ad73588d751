"""Which elements of an old study's own metamodels are elements of the vocabulary of codeable."""

import pytest

from codeable.compat.convert.old_study import load_old_study
from tests.compat.run.test_run import write

KERNEL = "from codeable_models import *\n"


@pytest.fixture
def matched(tmp_path):
    (tmp_path / ".git").mkdir()

    def start(program, **modules):
        write(tmp_path / "old", study=KERNEL + program, **modules)
        old = load_old_study(tmp_path / "old")
        found = old.vocabulary.counterparts.items()
        return {name: each.name for element, each in found for name in old.vocabulary.own.get(element, ())}

    return start


def test_sources_and_codes_are_found_by_their_relation(matched):
    assert matched(
        "Dokument = CMetaclass('Dokument')\nKode = CMetaclass('Kode')\n"
        "Kode.association(Dokument, 'x: [contained_code] * -> [evidence] *')\n"
        "d = CClass(Dokument, 'd')\n"
    ) == {"Dokument": "source", "Kode": "code"}


def test_a_metaclass_with_the_name_of_ours_and_another_structure_is_not_ours(matched):
    assert (
        matched(
            "animal = CMetaclass('Animal')\ncategory = CMetaclass('Category', superclasses=animal)\n"
            "option = CStereotype('Option', extended=animal)\ncode = CMetaclass('Postal Code')\n"
            "known_use = CMetaclass('Known Use')\nc = CClass(category, 'C')\n"
        )
        == {}
    )


def test_a_small_metamodel_has_decisions_and_forces(matched):
    found = matched(
        "decision = CMetaclass('decision')\npractice = CMetaclass('Practice')\n"
        "pattern = CMetaclass('Muster', superclasses=practice)\n"
        "force = CMetaclass('Force', attributes={'w': int})\n"
        "d = CClass(decision, 'D')\n"
    )
    assert found == {each: each for each in ("decision", "practice", "pattern", "force")}


def test_display_names_and_labels_may_differ(matched):
    found = matched(
        "from metamodels.guidance_metamodel import design_solution_dependency_type, design_solution, force\n"
        "uses = CStereotype('benutzt', superclasses=design_solution_dependency_type)\n"
        "impact = design_solution.association(force, 'wirkt auf: [solutions] * -> [forces] *')\n"
        "d = CClass(design_solution, 'D')\n"
    )
    assert found == {"uses": "uses", "impact": "force_impact_relation"}


def test_two_coding_metamodels_have_the_sources_of_both(tmp_path):
    (tmp_path / ".git").mkdir()
    coding = (
        KERNEL + "source = CMetaclass('Source', attributes={'title': str})\n"
        "code = CMetaclass('Code')\ncode.association(source, 'c: [contained_code] * -> [evidence] *')\n"
    )
    model = (
        "from codeable_models import *\nfrom metamodels.guidance_metamodel import practice\n"
        "from GT_{0} import source, code\npractice.superclasses = practice.superclasses + [code]\n"
        "p{0} = CClass(practice, 'P{0}')\ns{0} = CClass(source, 's{0}')\n"
        "add_links({{s{0}: p{0}}}, role_name='contained_code')\n"
    )
    modules = {"GT_1": coding, "GT_2": coding, "m1": model.format(1), "m2": model.format(2)}
    write(tmp_path / "old", study="import m1, m2\n", **modules)
    registry = load_old_study(tmp_path / "old").registry
    assert [each.name for each in registry.sources] == ["s1", "s2"]
    assert [[s.name for s in registry.evidence_of(p)] for p in ("p1", "p2")] == [["s1"], ["s2"]]
