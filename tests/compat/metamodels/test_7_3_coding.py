"""Section 7.3: a coding metamodel of a study's own, in a folder `metamodels` that merges with ours."""

import sys
from importlib import import_module
from types import SimpleNamespace

import pytest
from codeable_models import CClass, add_links

from tests.compat.kernel.expecting import refusal
from tests.compat.metamodels.conftest import installed

CODING = """
from codeable_models import CEnum, CMetaclass

source_type = CEnum("Source Type", values=[
    "Discussion Forum Post", "General Audience Article", "Practitioner Audience Article", "Practitioner Book",
    "Tool Documentation", "Blog Post", "Slides", "Video Streaming"])
author_type = CEnum("Author Type", values=["Practitioner", "Mixed", "Academic", "Unknown"])
reference = CMetaclass("Reference", attributes={
    "url": str, "archive url": str, "tiny url": str, "title": str, "bibliographic reference": str,
    "author type": author_type, "type": source_type, "example": bool, "source code": bool})
source = CMetaclass("Source", superclasses=reference)
source.association(reference, "reference: [source] * -> [referenced] *")
code = CMetaclass("Code", attributes={"name": str, "description": str})
code.association(source, "contains codes: [contained_code] * -> [evidence] *")
"""


@pytest.fixture(params=["current", "older"])
def study(request, tmp_path, monkeypatch):
    """The guidance and coding metamodels of a study, which makes codes of the guidance elements."""
    folder = tmp_path / "metamodels"
    folder.mkdir()
    (folder / "GT_coding.py").write_text(CODING, encoding="utf-8")
    with installed(request.param):
        monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
        coding = import_module("metamodels.GT_coding")
        guidance = import_module("metamodels.guidance_metamodel")
        monkeypatch.undo()
    for classifier in (
        guidance.decision,
        guidance.design_solution,
        guidance.force,
        guidance.design_solution_dependencies,
    ):
        classifier.superclasses = [*classifier.superclasses, coding.code]
    return SimpleNamespace(
        g=guidance, c=coding, s1=CClass(coding.source, "s1"), s2=CClass(coding.source, "s2")
    )


def test_7_3_the_folders_named_metamodels_merge(study):
    assert study.c.code.subclasses[0] is study.g.decision
    assert study.g.design_solution_dependencies.superclasses == [study.c.code]


def test_7_3_classes_are_linked_to_sources_and_read_back_from_either_end(study):
    practice, decision = CClass(study.g.practice, "P"), CClass(study.g.decision, "D")
    add_links({study.s1: [practice, decision], study.s2: [practice]}, role_name="contained_code")
    assert practice.get_linked(role_name="evidence") == [study.s1, study.s2]
    assert study.s1.get_linked(role_name="contained_code") == [practice, decision]


def test_7_3_dependency_links_are_codes_too(study):
    one, other = CClass(study.g.practice, "P"), CClass(study.g.pattern, "Q")
    link = study.g.add_stereotyped_link_with_how_tagged_value(one, other, study.g.can_use, "how")
    add_links({study.s1: [one, link, other]}, role_name="contained_code")
    assert link.get_linked(role_name="evidence") == [study.s1]
    assert study.s1.get_linked(role_name="contained_code") == [one, link, other]
    link.set_value("description", "a code has values")
    assert link.values == {"description": "a code has values"}


def test_7_3_a_list_that_repeats_a_code_raises(study):
    practice = CClass(study.g.practice, "P")
    with refusal():
        add_links({study.s1: [practice, practice]}, role_name="contained_code")


def test_7_3_values_of_sources_with_names_that_have_blanks(study):
    source = CClass(
        study.c.source, "s3", values={"archive url": "x", "author type": "Mixed", "source code": False}
    )
    assert source.get_value("archive url") == "x"
    with refusal():
        CClass(study.c.source, "s4", values={"author type": "Blog Post"})


def test_7_3_sources_refer_to_sources_and_references(study):
    reference = CClass(study.c.reference, "r")
    add_links({study.s1: [reference, study.s2]}, role_name="referenced")
    assert study.s2.get_linked(role_name="source") == [study.s1]
