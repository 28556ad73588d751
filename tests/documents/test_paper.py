"""The paper of docs/reports.md compiles, with its tables, its plot and its bibliography."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import codeable
from tests.documents.test_code_blocks import ROOT, blocks_of, output_of
from tests.reports.latex_documents import compiled
from tests.tools import require_tool


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "columns"), [("pdflatex", "onecolumn"), ("lualatex", "twocolumn")])
def test_the_paper_compiles(
    engine: str, columns: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    biber = require_tool("biber")
    page = (ROOT / "docs/reports.md").read_text(encoding="utf-8")
    (paper,) = (block.body for block in blocks_of(page) if block.file == "paper.tex")
    paper = paper.replace(r"\documentclass{", rf"\documentclass[{columns}]{{")
    for name in ("models", "sources"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    output_of("codeable report --format tex,bib,pdf", tmp_path)
    compiled(paper, tmp_path, engine)
    subprocess.run([biber, "paper"], check=True, capture_output=True, timeout=60)
    made = compiled(paper, tmp_path, engine, runs=3)
    assert made.complaints == ()
    text = re.sub(r"\s+", " ", made.text)
    study = codeable.load(ROOT)
    for expected in ("Event Streaming", "What is a Data Product?", *(code.name for code in study.forces)):
        assert expected in text
