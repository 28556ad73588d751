"""A study in which every name, value, passage and memo is hostile: each file is valid, and runs nothing."""

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from codeable.loading import load_folder
from codeable.render.display import Display
from codeable.render.report import RenderReport
from codeable.reports.job import write_reports
from codeable.reports.request import ReportRequest
from tests.reports.hostile import HOSTILE

pytestmark = pytest.mark.slow  # the tests of each format try these texts, too

MORE = (
    "{{ 7777 * 7777 }}",
    "",
    " ",
    "![x](y)",
    "\u2028",
    "\\input{x}",
    "\\write18{x}",
    "^^5cinput{x}",
    "]]>",
    "漢字漢字漢字漢字漢字",
)
TEXTS = (*HOSTILE, *MORE)
KINDS = ("pattern", "practice", "force")


def write_hostile_study(folder: Path) -> None:
    """A decision for every four codes; each source has two codes, and a note that quotes them."""
    models, sources = (
        ["from codeable.dsl import *"],
        ["from codeable.dsl import *", "from models.all import *"],
    )
    for number, text in enumerate(TEXTS):
        value = ascii(text)
        if number % 4 == 0:
            models.append(f"d{number} = CClass(decision, {value}, values={{'description': {value}}})")
        values = f"{{'description': {value}, 'memo': {value}}}"
        models.append(f"c{number} = CClass({KINDS[number % 3]}, {value}, values={values})")
        if number % 3 != 2:
            models.append(f"add_decision_option_link(d{number - number % 4}, c{number}, {value})")
        if number % 3 == 2:
            models.append(f"add_force_relations({{c{number - 1}: {{c{number}: positive}}}})")
        values = ", ".join(
            f"{key!r}: {value}" for key in ("title", "url", "archive url", "type", "author type")
        )
        sources.append(f"s{number} = CClass(source, 's{number}', values={{{values}}})")
        codes = f"[c{number}, c{max(0, number - 1)}]" if number else "[c0]"
        sources.append(f"add_links({{s{number}: {codes}}}, role_name='contained_code')")
        quoted = "".join(f"> {line}\n" for line in text.split("\n"))
        trace = f"**AXIAL CODING TRACE:**\n```python\n{sources[-1]}\n```\n"
        note = f"# s {number}\n# coding\n\n{quoted}\n{trace}\n**MEMO:** {text} c{number}\n"
        path = folder / "sources" / f"s_{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(note.encode("utf-8", "surrogatepass"))
    (folder / "models").mkdir()
    (folder / "models" / "all.py").write_text("\n".join(models) + "\n", encoding="utf-8")
    (folder / "sources" / "all.py").write_text("\n".join(sources) + "\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        "[project]\nname = '<b>{{ 7777 * 7777 }}</b> \\input{x} $x$'\n"
        "[tool.codeable.reports]\nguidance.decisions = ['d0']  # drawing the figures of all takes long\n",
        encoding="utf-8",
    )


class Page(HTMLParser):
    """What a page would run or load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts = 0
        self.found: list[tuple[str, str | None]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        for name, value in attrs:
            is_address = name in {"href", "src", "xlink:href", "action"} and value
            if name.startswith("on") or (is_address and not re.match(r"https?://|mailto:|#", value or "")):
                self.found.append((name, value))
        if tag in {"img", "iframe", "object", "embed", "base", "link", "form"}:
            self.found.append((tag, None))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> RenderReport:
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile_study(folder)
    return write_reports(load_folder(folder), ReportRequest(), Display(quiet=True))


def files(report: RenderReport, ending: str) -> list[Path]:
    return [each.path for each in report.outcomes if each.path.suffix == ending]


def test_every_file_is_written(report: RenderReport) -> None:
    assert [(each.path.name, each.reason) for each in report.outcomes if each.state != "drawn"] == []
    assert {each.path.suffix for each in report.outcomes} >= {".tex", ".md", ".html", ".csv", ".bib"}


def test_tables_have_as_many_cells_in_each_row(report: RenderReport) -> None:
    for path in files(report, ".csv"):
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
        assert len({len(row) for row in rows}) == 1, path.name


def test_pages_run_and_load_nothing_of_a_study(report: RenderReport) -> None:
    for path in files(report, ".html"):
        page = Page(path.read_text(encoding="utf-8"))
        assert page.found == [], path.name
        assert page.scripts == 1, path.name


def test_no_template_runs_what_a_study_says(report: RenderReport) -> None:
    for ending in (".tex", ".md", ".html", ".csv", ".bib"):
        for path in files(report, ending):
            assert "60481729" not in path.read_text(encoding="utf-8"), path.name


def test_latex_reads_and_writes_no_file(report: RenderReport) -> None:
    for path in (*files(report, ".tex"), *files(report, ".bib")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\\(input|write|openout|end\{document)|\^\^", text), path.name


@pytest.mark.parametrize("ending", [".tex", ".md", ".bib"])
def test_texts_have_no_control_characters_or_marks_of_direction(report: RenderReport, ending: str) -> None:
    for path in files(report, ending):
        text = path.read_text(encoding="utf-8")
        assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]", text), path.name
