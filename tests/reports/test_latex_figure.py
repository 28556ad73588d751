"""Plots as figures of LaTeX."""

from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.reports.formats.latex_escape import escaped
from tests.reports.latex_documents import T1, compiled, words
from tests.reports.plots.studies import hostile_study, study_of


def test_a_figure_has_picture_caption_label_and_notes() -> None:
    plot = study_of(12, 9).plots.frequency
    latex = plot.to_latex("reports")
    assert r"{reports/frequency}" in latex
    assert r"\caption{Number of sources of each code}\label{fig:frequency}" in latex
    assert plot.notes
    assert all(escaped(note) in latex for note in plot.notes)
    assert r"\begin{figure}" in latex


def test_each_part_is_a_figure_with_a_label_of_its_own() -> None:
    latex = study_of(120, 3).plots.make("evidence", caption="R&D", label="fig:a b").to_latex()
    assert latex.count(r"\begin{figure*}") == 3
    assert r"\caption{R\&D (part 2 of 3)}\label{fig:au20b-2}" in latex


@pytest.mark.parametrize("folder", ["100%", "a}\\input{b", "a^^5cb", "~", "#1", "a\nb"])
def test_a_path_that_latex_would_run_is_refused(folder: str) -> None:
    with pytest.raises(CodeableError, match="cannot be the path of a picture in LaTeX"):
        study_of(2, 2).plots.frequency.to_latex(folder)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
@pytest.mark.parametrize("columns", ["", "[twocolumn]"])
def test_figures_compile_without_overfull_boxes(columns: str, engine: str, tmp_path: Path) -> None:
    study = hostile_study()
    figures = []
    for name in ("evidence", "frequency", "cooccurrence", "saturation"):
        plot = study.plots.make(name, caption="50 % of $x_1$ & <b>", labels="identifiers")
        plot.save(tmp_path / f"{name}.pdf")
        figures.append(plot.to_latex())
    head = rf"\documentclass{columns}{{article}}\usepackage{{graphicx}}{T1 if engine == 'pdflatex' else ''}"
    body = "\n".join([*figures, *(rf"See \ref{{fig:{name}}}." for name in ("evidence", "saturation"))])
    made = compiled(f"{head}\n\\begin{{document}}\n{body}\n\\end{{document}}\n", tmp_path, engine, runs=2)
    assert made.complaints == ()
    assert words("50 % of $x_1$ & <b>") in words(made.text)
    assert words("many_words") in words(made.text)
