"""Reports as attributes of a study: what is no name of a report is refused with the names that there are."""

import copy
from pathlib import Path
from typing import Any

import pytest

from codeable.errors import CodeableError
from codeable.study import Study


class Unreadable:
    """A value that cannot be shown."""

    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__


@pytest.mark.parametrize("name", ["sorces", "", "\ud800", None, 1, [], {}, Unreadable()], ids=range(8))
def test_another_name_is_refused(name: Any) -> None:
    with pytest.raises(CodeableError, match="there is no table ") as error:
        Study.of({}).tables[name]
    assert error.value.exit_status == 2


def test_a_wrong_attribute_names_the_right_ones() -> None:
    with pytest.raises(AttributeError, match=r"there is no plot 'sources'; the plots are: evidence, "):
        _ = Study.of({}).plots.sources


def test_a_copy_is_refused_as_that_of_a_study() -> None:
    with pytest.raises(CodeableError, match="cannot be copied"):
        copy.deepcopy(Study.of({}).tables)
    assert copy.copy(Study.of({}).tables).sources.rows == ()


def test_a_table_is_saved_in_the_format_of_its_ending(tmp_path: Path) -> None:
    table = Study.of({}).tables.sources
    texts = {"csv": table.to_csv, "html": table.to_html, "md": table.to_markdown, "tex": table.to_latex}
    for ending, text in texts.items():
        assert table.save(tmp_path / f"paper/sources.{ending}").read_text("utf-8") == text()


def test_a_table_is_saved_in_no_other_format(tmp_path: Path) -> None:
    with pytest.raises(CodeableError, match=r"the format of a table must be tex, md, html or csv, not 'pdf'"):
        Study.of({}).tables.sources.save(tmp_path / "sources.pdf")
    assert list(tmp_path.iterdir()) == []
