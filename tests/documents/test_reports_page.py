"""docs/reports.md has every report and every option, and a picture of each table and plot."""

import re

import attrs
import pytest

from codeable.coded.coded_study import CodedStudy
from codeable.registry import Registry
from codeable.reports.catalogue import ReportDefinition, definitions
from codeable.reports.options import ReportOptions
from tests.documents.test_code_blocks import ROOT

PAGE = (ROOT / "docs/reports.md").read_text(encoding="utf-8")
REPORTS = definitions(CodedStudy(Registry.of({})))


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: f"{report.family}-{report.name}")
def test_the_page_has_the_report_and_its_picture(report: ReportDefinition) -> None:
    assert f"`{report.name}`" in PAGE
    pictures = re.findall(r"!\[[^]]+\]\(figures/(\S+)\.\w+\)", PAGE)
    assert report.family == "text" or f"{report.family}-{report.name}" in pictures


def test_the_page_has_every_option() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", PAGE.split("\n## Settings\n")[1].split("\n## ")[0], re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert set(named) == {field.name for field in attrs.fields(ReportOptions)}
    assert len(named) == len(set(named))
