"""docs/report-tables.md names every column of the tables, and marks those that a page has room for."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from codeable import Study
from codeable.registry import Registry
from codeable.reports.coded_study import CodedStudy
from codeable.reports.counts.cooccurrence import cooccurrence
from codeable.reports.counts.evidence import evidence
from codeable.reports.counts.frequency import frequency
from codeable.reports.counts.saturation_tables import saturation_curve, saturation_runs
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


_MAKERS: dict[str, Callable[[CodedStudy, ReportOptions], TableContent]] = {
    "sources": sources,
    "decisions": decisions,
    "forces": forces,
    "codebook": codebook,
    "relations": relations,
    "passages": passages,
    "memos": memos,
    "evidence": evidence,
    "frequency": frequency,
    "cooccurrence": cooccurrence,
    "saturation": saturation_curve,
    "saturation_runs": saturation_runs,
}


@pytest.mark.parametrize("name", _MAKERS)
def test_every_column_is_on_the_page(name: str, rich: Study) -> None:
    section = _PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]*`[*]*) \|", section, re.MULTILINE)
    named = [each for cell in cells for each in re.findall(r"(\*\*)?`(\w+)`", cell)]
    content = _MAKERS[name](CodedStudy(Registry.of({})), ReportOptions())
    own = {"tiny_url", "bibliographic_reference"}
    assert [key for _, key in named] == [column.key for column in content.columns if column.key not in own]
    bold = {key for mark, key in named if mark}
    assert set(rich.tables[name].for_paper().keys) <= bold | set(rich.sources.names)
