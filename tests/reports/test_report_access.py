"""Reports as attributes of a study: what is no name of a report is refused with the names that there are."""

import copy
from pathlib import Path
from typing import Any

import pytest

from codeable.dsl import CClass, add_decision_option_link, decision, practice
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


@pytest.mark.parametrize(
    "path", ["methods.md", "methods.tex", "references.bib", "guidance.html", "agreement.md", "agreement.html"]
)
def test_a_text_is_saved_in_the_format_of_its_ending(tmp_path: Path, path: str) -> None:
    name, ending = path.split(".")
    text = Study.of({}).reports[name]
    (file,) = text.files((ending,))
    assert text.save(tmp_path / f"paper/{path}").read_bytes() == file.data


def test_a_text_is_saved_with_its_pictures(tmp_path: Path) -> None:
    how = CClass(decision, "Where does it run?")
    add_decision_option_link(how, CClass(practice, "Cluster"), "In a cluster")
    saved = Study.of({"how": how}).reports.guidance.save(tmp_path / "guide.md")
    assert "(guidance_how.svg)" in saved.read_text("utf-8")
    assert {each.name for each in tmp_path.iterdir()} == {"guide.md", "guidance_how.svg"}


@pytest.mark.parametrize("name", ["methods", "references", "guidance", "agreement"])
def test_a_text_is_saved_in_no_other_format(tmp_path: Path, name: str) -> None:
    with pytest.raises(CodeableError, match=r"the format of a text must be .*, not 'csv'"):
        Study.of({}).reports[name].save(tmp_path / "text.csv")
    assert list(tmp_path.iterdir()) == []
