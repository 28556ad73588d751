"""docs/report-tables.md names every column of the tables, and marks those that a page has room for."""

import re
from pathlib import Path

import pytest

from codeable import Study
from codeable.errors import CodeableError

_PAGE = (Path(__file__).parents[3] / "docs/report-tables.md").read_text(encoding="utf-8")
_ATTRIBUTES = {"tiny_url", "bibliographic_reference"}
"""Columns of further attributes of sources."""


@pytest.mark.parametrize("name", [table.name for table in Study.of({}).tables])
def test_every_column_is_on_the_page(name: str, rich: Study) -> None:
    section = _PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]*`[*]*) \|", section, re.MULTILINE)
    named = [each for cell in cells for each in re.findall(r"(\*\*)?`(\w+)`", cell)]
    with pytest.raises(CodeableError) as error:
        Study.of({}).tables.make(name, columns=["?"])
    columns = str(error.value).split("Its columns are: ")[1].split(", ")
    assert [key for _, key in named] == [key for key in columns if key not in _ATTRIBUTES]
    bold = {key for mark, key in named if mark}
    assert set(rich.tables[name].for_paper().keys) <= bold | set(rich.sources.names)
