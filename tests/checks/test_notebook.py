"""Diagnostics show themselves in a notebook."""

from pathlib import Path

import pytest

import codeable
from codeable import CodeableError
from codeable.checks import Diagnostic, Related, Report
from tests.checks.cases import span
from tests.studies import SMALL, write_study

DIAGNOSTIC = Diagnostic(
    "C304",
    "warning",
    "<b>k8s</b> is used before it is declared",
    span("sources/s_6.md", 7, 3, 7, 6),
    "declare it in s4",
    (Related(span("models/a.py", 2), "declared here"),),
)


def test_a_diagnostic_shows_place_message_correction_and_what_belongs_to_it() -> None:
    shown = DIAGNOSTIC._repr_mimebundle_()
    assert shown["text/plain"].splitlines() == [
        "sources/s_6.md:7:3: warning C304 <b>k8s</b> is used before it is declared",
        "    = declare it in s4",
        "    models/a.py:2: declared here",
    ]


def test_the_html_of_a_diagnostic_is_escaped() -> None:
    shown = DIAGNOSTIC._repr_mimebundle_()["text/html"]
    assert "&lt;b&gt;k8s&lt;/b&gt;" in shown
    assert "<b>k8s" not in shown
    for text in ("warning C304", "sources/s_6.md:7:3", "declare it in s4", "models/a.py:2"):
        assert text in shown


def test_a_report_is_a_table_and_the_text_of_the_command(tmp_path: Path) -> None:
    report = Report((DIAGNOSTIC,), {"sources/s_6.md": "\n" * 6 + "- k8s\n"})
    shown = report._repr_mimebundle_()
    assert shown["text/plain"].splitlines()[1:3] == ["    | - k8s", "    |   ^^^"]
    assert ">C304</td>" in shown["text/html"]
    assert "1 diagnostic" in shown["text/html"]


def test_a_report_without_diagnostics_says_so() -> None:
    shown = Report((), {})._repr_mimebundle_()
    assert shown["text/plain"] == "no diagnostics"
    assert "no diagnostics" in shown["text/html"]


class TestAStudy:
    NOTE = "# s\n6\n## colour\nred\n# coding\n"

    def test_is_checked_with_its_notes_and_settings(self, tmp_path: Path) -> None:
        study = codeable.load(write_study(tmp_path, {**SMALL, "sources/s_6.md": self.NOTE}))
        assert "C201" in {diagnostic.code for diagnostic in study.check().diagnostics}
        (tmp_path / "pyproject.toml").write_text('[tool.codeable.check]\nignore = ["C201"]\n')
        assert "C201" not in {diagnostic.code for diagnostic in study.reload().check().diagnostics}

    def test_tells_of_settings_that_are_wrong(self, tmp_path: Path) -> None:
        settings = '[tool.codeable.check]\nignore = ["C999"]\n'
        study = codeable.load(write_study(tmp_path, {**SMALL, "pyproject.toml": settings}))
        with pytest.raises(CodeableError, match="C999"):
            study.check()
