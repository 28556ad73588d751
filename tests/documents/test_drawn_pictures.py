"""The pictures of the documentation are drawn by a program that still runs."""

import importlib.util
from pathlib import Path

import pytest

FIGURES = Path(__file__).parents[2] / "docs/figures"


@pytest.mark.slow
def test_every_picture_of_the_documentation_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("draw", FIGURES / "draw.py")
    assert spec is not None
    assert spec.loader is not None
    draw = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(draw)
    monkeypatch.setattr(draw, "OUTPUT", tmp_path)
    draw.main()
    assert {path.name for path in tmp_path.glob("*.svg")} == {path.name for path in FIGURES.glob("*.svg")}
