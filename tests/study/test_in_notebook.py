"""A study and cells in a real notebook, without any set-up call."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.studies import write_study
from tests.tools import missing

pytestmark = pytest.mark.slow


def outputs(folder: Path, *cells: str) -> list[Any]:
    """The last output of each cell, run by a kernel of its own."""
    for package in ("nbclient", "nbformat", "ipykernel"):
        if importlib.util.find_spec(package) is None:
            missing(f"needs the package {package}")
    import nbclient
    import nbformat

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    client = nbclient.NotebookClient(
        notebook, allow_errors=True, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return [cell.outputs[-1] if cell.outputs else None for cell in notebook.cells]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    folder = write_study(tmp_path_factory.mktemp("study"))
    declare = "how = CClass(decision, 'How?')\nbus = CClass(pattern, 'Event Bus')"
    link = "link = add_decision_option_link(how, bus, 'Share')"
    loop = "for name in 'ab':\n    CClass(practice, name)"
    return outputs(
        folder,
        "import codeable\nstudy = codeable.load()\nstudy",
        "study.decisions",
        "study['k8s']",
        "study.diagram('infrastructure_decision')",
        "from codeable.dsl import *\nstudy = codeable.Study.of(globals())",
        declare,
        link,
        link,
        declare,
        loop,
        loop,
        "study.patterns.names, study.practices.names, study.options_of('how')",
        "bus",
    )


def test_a_study_its_tables_and_elements_show_themselves(shown: list[Any]) -> None:
    study, decisions, element = (output.data for output in shown[:3])
    assert "infrastructure_decision" in study["text/html"]
    assert decisions["text/plain"].startswith("1 decision\n")
    assert element["text/plain"].startswith("K8s\n  kind            practice\n")
    assert "s14: Data Product Pyramid" in element["text/html"]


def test_a_figure_shows_itself_as_svg(shown: list[Any]) -> None:
    assert "Use pods" in shown[3].data["image/svg+xml"]


def test_a_cell_that_only_links_and_is_run_again_is_told_what_to_do(shown: list[Any]) -> None:
    assert "run the cell that declares one of the two again" in shown[7].evalue


def test_cells_that_are_run_again_leave_nothing_old(shown: list[Any]) -> None:
    assert shown[11].data["text/plain"] == "(['bus'], ['a', 'b'], 0 options of how)"


def test_an_element_declared_in_a_cell_shows_itself(shown: list[Any]) -> None:
    assert (
        shown[12]
        .data["text/plain"]
        .startswith("Event Bus\n  kind            pattern\n  identifier      bus\n")
    )
