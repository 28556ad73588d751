"""The notebooks of the documentation run, and look right in a browser; `tests/artefacts` has screenshots."""

import importlib.util
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.documents.browser import Page, look_at
from tests.tools import missing, require_tool

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "notebooks"
ARTEFACTS = ROOT / "tests" / "artefacts"
OF_FIGURES = ("figure-for-a-paper", "from-trace-to-figure")
NAMES = (*OF_FIGURES, "tables-for-a-paper")

pytestmark = pytest.mark.slow


def execute(path: Path) -> Any:
    import nbclient
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    return nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where).execute()


def need(*packages: str) -> None:
    for package in packages:
        if importlib.util.find_spec(package) is None:
            missing(f"needs the package {package}")


@pytest.fixture(scope="module")
def executed() -> dict[str, Any]:
    need("nbclient", "nbformat", "ipykernel")
    with ThreadPoolExecutor(len(NAMES)) as pool:
        return dict(zip(NAMES, pool.map(execute, (FOLDER / f"{name}.ipynb" for name in NAMES)), strict=True))


@pytest.fixture(scope="module")
def pages(executed: dict[str, Any]) -> dict[str, Page]:
    need("nbconvert", "PIL")
    browser = require_tool("chromium", "google-chrome", "chromium-browser")
    with ThreadPoolExecutor(len(NAMES)) as pool:
        looks = [pool.submit(look_at, executed[name], browser, ARTEFACTS, name) for name in NAMES]
        return {name: look.result() for name, look in zip(NAMES, looks, strict=True)}


def data_of(notebook: Any) -> list[dict[str, str]]:
    """What each cell shows, without what it printed."""
    return [output.data for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_from_its_first_cell_to_its_last(name: str, executed: dict[str, Any]) -> None:
    cells = [cell for cell in executed[name].cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


@pytest.mark.parametrize("name", OF_FIGURES)
def test_every_figure_is_shown_as_svg_and_as_text(name: str, executed: dict[str, Any]) -> None:
    figures = [data for data in data_of(executed[name]) if "<Figure" in data["text/plain"]]
    assert len(figures) >= 4
    assert all("image/svg+xml" in data for data in figures)


@pytest.mark.parametrize("name", NAMES)
def test_two_figures_on_one_page_share_no_id(name: str, executed: dict[str, Any]) -> None:
    pictures = [data["image/svg+xml"] for data in data_of(executed[name]) if "image/svg+xml" in data]
    ids = [set(re.findall(r'\sid="([^"]+)"', picture)) for picture in set(pictures)]
    assert sum(map(len, ids)) == len(set().union(*ids))


def test_tables_passages_and_sentences_are_shown(executed: dict[str, Any]) -> None:
    shown = [data["text/html"] for data in data_of(executed["tables-for-a-paper"]) if "text/html" in data]
    assert sum("<table" in each for each in shown) >= 4
    assert any("<mark" in each and "stream" in each for each in shown)
    assert any("The study draws on 11 sources." in each for each in shown)


def test_what_was_made_before_a_reload_says_so(executed: dict[str, Any]) -> None:
    last = data_of(executed["from-trace-to-figure"])[-1]
    assert "of an earlier state: the study has been reloaded since" in last["text/plain"]
    assert "of an earlier state" in last["text/html"]
    assert "Webhooks" not in last["image/svg+xml"]


def test_the_edited_module_is_taken_up(executed: dict[str, Any]) -> None:
    assert "Webhooks" in data_of(executed["from-trace-to-figure"])[-2]["image/svg+xml"]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_kept_without_outputs_and_without_places_of_a_machine(name: str) -> None:
    import json

    notebook = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_looks_right_in_a_browser(
    name: str, pages: dict[str, Page], executed: dict[str, Any]
) -> None:
    page = pages[name]
    expected = sum(
        bool(re.match("<(Figure|ReportPlot)", data["text/plain"])) for data in data_of(executed[name])
    )
    assert page.problems() == []
    assert len(page.figures) == expected


def test_a_broken_display_is_noticed(tmp_path: Path) -> None:
    need("nbconvert", "nbformat", "PIL")
    import nbformat

    browser = require_tool("chromium", "google-chrome", "chromium-browser")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100" viewBox="0 0 300 100">{}</svg>'
    texts = '<text x="10" y="40">one</text><text x="10" y="60">two</text>'
    shown = [
        {"image/svg+xml": svg.format(texts) + "<g", "text/plain": "not well-formed"},
        {"image/svg+xml": svg.format(texts.replace("10", "295")), "text/plain": "cut off"},
        {"image/svg+xml": svg.format(""), "text/plain": "empty"},
        {"image/svg+xml": svg.format(texts).replace("300", "3000"), "text/plain": "too wide"},
        {"text/plain": "<Figure overview>"},
        {"text/html": "<table></table>", "text/plain": "no rows"},
    ]
    outputs = [nbformat.v4.new_output("execute_result", data=data, execution_count=1) for data in shown]
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=["ValueError: no"])
    cells = [nbformat.v4.new_code_cell("figure", outputs=[output]) for output in [*outputs, error]]
    page = look_at(nbformat.v4.new_notebook(cells=cells), browser, tmp_path, "broken")
    found = " | ".join(page.problems())
    for problem in (
        "error or warning: ValueError: no",
        "shown as plain text only: <Figure overview>",
        "table 0 has no rows",
        "figure 0 is",
        "figure 1 cuts off 'one'",
        "figure 2 shows no text",
        "figure 2 is blank",
        "figure 3 is wider than its cell",
    ):
        assert problem in found
