"""docs/report-tables.md names every column of the tables, and marks those that a page has room for."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from codeable import Study
from codeable.registry import Registry
from codeable.reports.coded_study import CodedStudy
from codeable.reports.options import ReportOptions
from codeable.reports.report_table import TableContent
from codeable.reports.tables.codebook import codebook
from codeable.reports.tables.decisions import decisions
from codeable.reports.tables.forces import forces
from codeable.reports.tables.memos import memos
from codeable.reports.tables.passages import passages
from codeable.reports.tables.relations import relations
from codeable.reports.tables.sources import sources

_PAGE = (Path(__file__).parents[3] / "docs/report-tables.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "make", [sources, decisions, forces, codebook, relations, passages, memos], ids=lambda make: make.__name__
)
def test_every_column_is_on_the_page(
    make: Callable[[CodedStudy, ReportOptions], TableContent], rich: Study
) -> None:
    section = _PAGE.split(f"\n## {make.__name__}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]*`[*]*) \|", section, re.MULTILINE)
    named = [each for cell in cells for each in re.findall(r"(\*\*)?`(\w+)`", cell)]
    content = make(CodedStudy(Registry.of({})), ReportOptions())
    own = {"tiny_url", "bibliographic_reference"}
    assert [key for _, key in named] == [column.key for column in content.columns if column.key not in own]
    assert set(rich.tables[make.__name__].for_paper().keys) <= {key for bold, key in named if bold}
