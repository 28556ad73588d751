"""The pictures of the documentation are drawn by programs that still run."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.tools import require_tool

FIGURES = Path(__file__).parents[2] / "docs/figures"


def program(name: str, output: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A program that draws pictures, which it writes into a folder of the test."""
    spec = importlib.util.spec_from_file_location(name, FIGURES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "OUTPUT", output)
    return module


@pytest.mark.slow
def test_every_figure_of_the_documentation_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program("draw", tmp_path, monkeypatch).main()
    drawn = {path.name for path in tmp_path.glob("*.svg")}
    assert drawn == {path.name for path in FIGURES.glob("*.svg") if not path.name.startswith("plot-")}


@pytest.mark.slow
def test_every_picture_of_a_report_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for tool in (("pdflatex",), ("pdftoppm",), ("chromium", "google-chrome")):
        require_tool(*tool)
    program("reports", tmp_path, monkeypatch).main()
    drawn = {path.name for path in tmp_path.iterdir()}
    assert drawn == {
        path.name for path in FIGURES.iterdir() if path.name.startswith(("plot-", "table-", "page-"))
    }
