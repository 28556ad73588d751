"""The tables of agreement in a paper, and the page in a browser."""

from pathlib import Path

import pytest

from codeable.reports.agreement.report import AgreementReport
from tests.reports.agreement.study_of_coders import study_of_coders
from tests.reports.browser import CONTRAST, seen_in_browser
from tests.reports.latex_documents import ONE_COLUMN, T1, TWO_COLUMNS, compiled, in_document, words

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> AgreementReport:
    found = study_of_coders(tmp_path_factory.mktemp("study")).reports.agreement
    assert isinstance(found, AgreementReport)
    return found


@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
@pytest.mark.parametrize("preamble", [ONE_COLUMN, TWO_COLUMNS], ids=["one column", "two columns"])
def test_a_paper_sets_every_table(
    preamble: str, engine: str, report: AgreementReport, tmp_path: Path
) -> None:
    fonts = T1 if engine == "pdflatex" else ""
    body = "\n".join(table.to_latex() for table in report.tables)
    found = compiled(in_document(body, preamble + fonts), tmp_path, engine, runs=2)
    assert found.complaints == ()
    text = words(found.text)
    for seen in ("0.602", "undefined", "We put an event", "Agreement between coders"):
        assert words(seen) in text


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_can_be_read(width: int, is_dark: bool, report: AgreementReport, tmp_path: Path) -> None:
    script = f"""{CONTRAST}
      return {{
        first: document.querySelector("main h2").textContent,
        overflow: document.documentElement.scrollWidth - innerWidth,
        contrast: worstContrast(),
        tables: document.querySelectorAll("table").length,
      }};
    """
    seen = seen_in_browser(report.to_html(), script, tmp_path, width=width, is_dark=is_dark)
    assert seen["first"] == "When not to use these figures"
    assert seen["overflow"] <= 0
    assert seen["contrast"] >= 4.5
    assert seen["tables"] == 4
