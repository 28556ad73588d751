"""`study.diagram`, `show`, settings and a notebook take a class object for its class."""

from pathlib import Path

import pytest

import codeable
from codeable import Study
from tests.cli.running import run
from tests.studies import write_study

FILES = {
    "models/m.py": """
from codeable.dsl import *
how = CClass(decision, "How?")
cloud, mesh = CClass(practice, "Cloud"), CClass(pattern, "Mesh")
add_decision_option_link(how, cloud, "Rent it")
add_decision_option_link(how, mesh, "Weave it")
add_stereotyped_design_solution_link(cloud, mesh, can_use)
start = how.class_object
seen = CBundle("Seen", elements=start.get_connected_elements())
""",
    "pyproject.toml": '[tool.codeable.figures.own]\nelements = ["start", "cloud"]\n',
}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return codeable.load(write_study(tmp_path, FILES))


def test_a_figure_of_it_is_that_of_its_class(study: Study) -> None:
    assert study.diagram(study["how"].class_object).diagram == study.diagram("how").diagram
    of_list = study.diagram([study["how"].class_object, study["mesh"].class_object]).diagram
    assert of_list == study.diagram(["how", "mesh"]).diagram


def test_a_figure_of_the_settings_may_name_it(study: Study) -> None:
    diagram = study.figure("own").diagram
    assert [node.identifier for node in diagram.nodes] == ["n_how", "n_cloud"]
    assert [edge.label for edge in diagram.edges] == ["Rent it"]


def test_the_chain_of_evidence_knows_the_figures_of_its_class(study: Study) -> None:
    figures = study.chain_of_evidence(study["cloud"].class_object).figures
    assert figures == ("how", "seen", "everything")


def test_a_notebook_shows_what_is_known_of_its_class(study: Study) -> None:
    cloud = study["cloud"]
    assert cloud.class_object._repr_mimebundle_() == cloud._repr_mimebundle_()


def test_show_lists_the_classes_of_a_bundle_and_the_bundle_of_each(
    study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("seen", "mesh"):
        assert run("show", name, "-C", str(study.folder)) == 0
    shown = capsys.readouterr().out
    assert (
        "elements        how (How?)\n                  cloud (Cloud)\n                  mesh (Mesh)" in shown
    )
    assert "bundles         seen (Seen)" in shown
