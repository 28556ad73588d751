"""Tables as a page of HTML, and in a notebook."""

import re
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from codeable.reports.formats.html_cells import column_classes
from codeable.reports.formats.html_tables import tables_page
from codeable.reports.report_table import Cell, ColumnKind, ReportColumn, ReportTable
from codeable.text import printable
from tests.reports.browser import CONTRAST, seen_in_browser
from tests.reports.hostile import HOSTILE

COLUMNS = (
    ReportColumn("decision", "Decision", "name", grouped=True),
    ReportColumn("option", "Option"),
    ReportColumn("sources", "Sources", "number"),
    ReportColumn("share", "Share", "share"),
    ReportColumn("url", "Link", "url"),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("d1", "Event bus", 12, 0.5, "https://example.org/a"),
    ("d1", "Zentrale Ablage", None, None, "javascript:alert(1)"),
    ("d2", "Ärger", 3, 0.125, None),
    ("d10", "api", 0, 0.0, ("https://example.org/b?c&d", "nothing")),
    ("d10", "s14", 100, 1.0, ""),
    ("d10", "s4", 7, 0.07, "https://example.org/e"),
    ("d10", "", 7, 0.07, "https://example.org/f"),
)
TABLE = ReportTable(
    "decisions",
    "Decisions & options",
    COLUMNS,
    ROWS,
    notes=("Counted by the modules.",),
    messages=("Careful.",),
)


SHOWN = """
const all = (selector) => [...document.querySelectorAll(selector)];
const column = (place) => all("tbody tr").map((row) => row.cells[place].textContent);
const button = (place) => all("thead button")[place];
const again = () => all("tbody th").map((cell) => cell.classList.contains("again"));
"""


def texts(*rows: tuple[Cell, ...], kind: ColumnKind = "text") -> ReportTable:
    columns = ReportColumn("a", "First", kind), ReportColumn("b", "Second", kind)
    return ReportTable("t", "Texts", columns, rows)


def matrix(columns: int, rows: int) -> ReportTable:
    heads = (ReportColumn(f"s{each}", f"source_{each}", "number") for each in range(columns))
    body = tuple((f"code_{row}", *(row * each % 3 for each in range(columns))) for row in range(rows))
    return ReportTable("evidence", "Evidence", (ReportColumn("code", "Code", "name"), *heads), body)


def cells(markup: str) -> list[list[str]]:
    return [
        [cell.text_content() for cell in row.xpath("th | td")]
        for row in html.fromstring(markup).xpath("//tbody/tr")
    ]


class TestPage:
    def test_it_has_captions_cautions_and_notes(self) -> None:
        page = html.fromstring(tables_page("Tables", [TABLE]))
        (section,) = page.xpath("//section[@id='tab-decisions']")
        assert section.xpath("normalize-space(h2)") == "Table 1 Decisions & options"
        assert section.xpath("string(p[@class='warning'])") == "Careful."
        assert section.xpath("string(p[@class='note'])") == "Counted by the modules."

    def test_a_caution_that_tables_share_is_at_the_top_once(self) -> None:
        other = evolve(TABLE, name="other", messages=("Careful.", "Of `other` alone."))
        page = html.fromstring(tables_page("Tables", [TABLE, other]))
        assert [each.text_content() for each in page.xpath("//main/p[@class='warning']")] == ["Careful."]
        assert [each.text_content() for each in page.xpath("//section/p[@class='warning']")] == [
            "Of other alone."
        ]

    def test_its_navigation_leads_to_every_table(self) -> None:
        page = html.fromstring(tables_page("Tables", [TABLE, evolve(TABLE, name="my table", caption="Mine")]))
        links = page.xpath("//nav//a")
        assert [link.text for link in links] == ["Decisions & options", "Mine"]
        ids = set(page.xpath("//@id"))
        assert {link.get("href").removeprefix("#") for link in links} <= ids
        assert len(ids) == len(page.xpath("//@id"))

    def test_a_single_table_needs_no_navigation(self) -> None:
        assert "<nav" not in tables_page("Tables", [TABLE])

    def test_the_caption_of_a_single_table_is_the_title_of_its_page(self) -> None:
        page = html.fromstring(TABLE.to_html())
        assert page.xpath("string(//h1)") == "Decisions & options"
        assert not page.xpath("//h2")
        assert page.xpath("string(//table/@aria-label)") == "Decisions & options"

    def test_it_has_the_first_rows_of_a_very_long_table_and_says_where_the_rest_is(self) -> None:
        page = texts(*((None, "x") for _ in range(50_001))).to_html()
        assert page.count("<tr>") == 1 + 50_000
        assert "The first 50000 of 50001 rows; the CSV file has all of them." in page
        assert "rows;" not in matrix(14, 100).to_html()

    def test_a_long_table_says_without_a_script_that_there_are_further_rows(self) -> None:
        page = texts(*((f"row {number}", "x") for number in range(600))).to_html()
        assert len(cells(page)) == 500
        note = "The first 500 of 600 rows; the script of this page shows the others."
        assert note in page
        assert note not in texts(*((f"row {number}", "x") for number in range(500))).to_html()

    def test_a_command_in_a_message_is_code(self) -> None:
        table = evolve(TABLE, messages=("`codeable check` shows <b>",))
        for shown in (table.to_html(), table._repr_html_()):
            assert "<code>codeable check</code> shows &lt;b&gt;" in shown

    def test_long_identifiers_may_be_broken(self) -> None:
        page = texts(("event_bus.models", ("a_b", "c")), kind="name").to_html()
        assert "event_<wbr>bus.<wbr>models" in page
        assert cells(page) == [["event_bus.models", "a_b, c"]]

    def test_a_page_without_tables_says_so(self) -> None:
        assert "There are no tables." in tables_page("Tables", [])

    def test_a_table_without_rows_says_so(self) -> None:
        assert "The table has no rows." in TABLE.to_html() + evolve(TABLE, rows=()).to_html()
        assert "The table has no rows." not in TABLE.to_html()

    def test_cells_are_shown_as_in_a_paper(self) -> None:
        assert cells(TABLE.to_html())[0] == ["d1", "Event bus", "12", "50.0%", "https://example.org/a"]
        assert cells(texts(("s4", "s6"), (("s4", "s6"), None), kind="name").to_html())[1] == ["s4, s6", ""]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_every_text_is_shown_as_it_is(self, text: str) -> None:
        table = texts((text, (text, text)), kind="text")
        page = tables_page(text, [evolve(table, caption=text, notes=(text,), messages=(text,))])
        page.encode("utf-8")
        shown = printable(text)
        in_cell = shown.replace("\\r\n", "\n")
        assert cells(page) == [[in_cell, f"{in_cell}; {in_cell}"]]
        found = html.fromstring(page)
        assert found.xpath("string(//p[@class='note'])") == shown
        assert found.xpath("string(//p[@class='warning'])").replace("`", "") == shown.replace("`", "")
        assert len(found.xpath("//script")) == 1
        assert not found.xpath("//img | //td//a | //@onerror | //td//b")

    @given(st.text(st.characters(exclude_characters="\r")))
    def test_any_text_is_shown_as_it_is(self, text: str) -> None:
        assert cells(texts((text, "x")).to_html()) == [[printable(text), "x"]]

    def test_only_web_pages_are_links(self) -> None:
        links = html.fromstring(TABLE.to_html()).xpath("//td//a")
        assert [link.get("href") for link in links] == [
            "https://example.org/a",
            "https://example.org/b?c&d",
            "https://example.org/e",
            "https://example.org/f",
        ]
        assert {link.get("rel") for link in links} == {"noreferrer"}
        assert "javascript:alert(1)" in cells(TABLE.to_html())[1]

    def test_a_text_from_right_to_left_does_not_reorder_its_neighbours(self) -> None:
        page = texts(("שלום (1)", ("א", "ב"))).to_html()
        assert '<th scope="row" class="text short first" dir="auto">שלום (1)</th>' in page
        assert "<bdi>א</bdi>; <bdi>ב</bdi>" in page

    def test_a_value_of_a_grouped_column_is_hidden_where_it_is_that_of_the_row_above(self) -> None:
        classes = html.fromstring(TABLE.to_html()).xpath("//tbody/tr/th/@class")
        assert ["again" in each.split() for each in classes] == [False, True, False, False, True, True, True]

    def test_many_narrow_columns_are_a_matrix(self) -> None:
        assert 'class="sortable matrix"' in matrix(30, 3).to_html()
        assert 'class="sortable"' in TABLE.to_html()

    def test_it_is_the_same_on_every_run(self) -> None:
        assert tables_page("Tables", [TABLE, matrix(9, 2)]) == tables_page("Tables", [TABLE, matrix(9, 2)])


class TestNotebook:
    def test_a_table_shows_its_first_rows_and_says_how_many_more_there_are(self) -> None:
        shown = texts(*((f"row {number}", "x") for number in range(160)))._repr_html_()
        assert len(cells(shown)) == 40
        assert "<p>and 120 more</p>" in shown
        assert "more" not in TABLE._repr_html_().split("</style>")[1]

    def test_a_wide_table_shows_its_first_columns_and_says_how_many_more_there_are(self) -> None:
        shown = matrix(300, 5)._repr_html_()
        assert {len(row) for row in cells(shown)} == {40}
        assert "and 261 more columns" in shown

    def test_it_has_caption_cautions_and_notes(self) -> None:
        shown = html.fromstring(TABLE._repr_html_()).text_content()
        for text in ("Decisions & options", "Careful.", "Counted by the modules."):
            assert text in shown

    def test_two_tables_do_not_disturb_each_other_or_the_notebook(self) -> None:
        shown = TABLE._repr_html_()
        assert not re.search(r"\sid=|<script", shown)
        style = shown.split("<style>")[1].split("</style>")[0]
        assert all(line.startswith(".codeable-table") for line in style.strip().splitlines())
        assert not re.search(r"(?<!-)color:|background", style), "the colours are those of the notebook"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_every_text_is_shown_as_it_is(self, text: str) -> None:
        shown = printable(text.replace("\r\n", "\n"))
        assert cells(texts((text, "x"))._repr_html_()) == [[shown, "x"]]


@pytest.mark.slow
class TestInBrowser:
    def test_a_head_sorts_numbers_as_numbers_and_texts_in_natural_order(self, tmp_path: Path) -> None:
        script = """
          const state = () => all("thead th").map((head) => head.getAttribute("aria-sort"));
          const found = {};
          button(2).focus(); button(2).click(); found.up = column(2); found.state = state();
          button(2).click(); found.down = column(2); found.focused = document.activeElement === button(2);
          button(3).click(); found.shares = column(3);
          button(1).click(); found.texts = column(1);
          button(0).click(); found.names = column(0);
          found.again = again();
          found.labels = all("thead button").map((each) => each.textContent);
          return found;
        """
        found = seen_in_browser(TABLE.to_html(), SHOWN + script, tmp_path)
        assert found["up"] == ["0", "3", "7", "7", "12", "100", ""]
        assert found["down"] == ["100", "12", "7", "7", "3", "0", ""]
        assert found["state"] == [None, None, "ascending", None, None]
        assert found["focused"]
        assert found["shares"] == ["0.0%", "7.0%", "7.0%", "12.5%", "50.0%", "100.0%", ""]
        assert found["texts"] == ["api", "Ärger", "Event bus", "s4", "s14", "Zentrale Ablage", ""]
        assert found["names"] == ["d1", "d1", "d2", "d10", "d10", "d10", "d10"]
        assert found["again"] == [False, True, False, False, True, True, True]
        assert found["labels"] == ["Decision", "Option", "Sources", "Share", "Link"]

    def test_the_filter_shows_rows_with_all_words_regardless_of_case_and_accents(
        self, tmp_path: Path
    ) -> None:
        script = """
          const input = document.querySelector("input[type=search]");
          const type = (text) => {
            input.value = text;
            input.dispatchEvent(new Event("input"));
            return [column(1), document.querySelector("[role=status]").textContent];
          };
          return [type("arger"), type("D10 S1"), again(), type("<b>"), type("")[1], input.labels.length];
        """
        found = seen_in_browser(TABLE.to_html(), SHOWN + script, tmp_path)
        assert found == [
            [["Ärger"], "1 of 7 rows"],
            [["s14"], "1 of 7 rows"],
            [False],
            [[], "0 of 7 rows"],
            "7 rows",
            1,
        ]

    def test_a_long_table_stays_usable(self, tmp_path: Path) -> None:
        rows = tuple((f"row {number}", f"text {number % 7} <b>{number}</b>") for number in range(10_000))
        script = """
          const shown = () => document.querySelectorAll("tbody tr").length;
          const state = () => document.querySelector("[role=status]").textContent;
          const more = document.querySelector(".tools button");
          const found = [shown(), state(), more.textContent];
          document.querySelectorAll("thead button")[0].click();
          document.querySelectorAll("thead button")[0].click();
          found.push(document.querySelector("tbody th").textContent);
          more.click();
          found.push(shown(), more.textContent);
          more.click();
          more.click();
          found.push(shown(), more.hidden, state());
          return found;
        """
        assert seen_in_browser(texts(*rows).to_html(), script, tmp_path) == [
            500,
            "10000 rows, the first 500 shown",
            "Show 2000 rows",
            "row 9999",
            2000,
            "Show 8000 rows",
            10_000,
            True,
            "10000 rows",
        ]

    @pytest.mark.parametrize("is_dark", [False, True])
    def test_every_text_can_be_read_in_light_and_dark(self, tmp_path: Path, is_dark: bool) -> None:
        page = tables_page("Tables", [TABLE, matrix(30, 5), evolve(TABLE, name="none", rows=())])
        script = (
            CONTRAST + "return [worstContrast(), luminance(getComputedStyle(document.body).backgroundColor)];"
        )
        worst, ground = seen_in_browser(page, script, tmp_path, is_dark=is_dark)
        assert worst >= 4.5
        assert (ground < 0.2) == is_dark

    @pytest.mark.parametrize("width", [320, 360, 1200])
    def test_the_page_is_never_wider_than_the_window(self, tmp_path: Path, width: int) -> None:
        long = texts(*((text, "x" * 400) for text in HOSTILE))
        hostile = evolve(long, caption="y" * 300, notes=("z" * 300,), messages=("m" * 300,))
        columns = [ReportColumn(f"c{each}", "Head", "quotation", grouped=True) for each in range(9)]
        grouped = ReportTable("g", "Grouped", tuple(columns), (("some words",) * 9,) * 3)
        page = tables_page("t" * 300, [TABLE, matrix(120, 20), hostile, grouped])
        script = """
          const root = document.documentElement;
          const matrix = document.querySelectorAll(".scroll")[1];
          matrix.scrollLeft = 500;
          const left = (element) => element.getBoundingClientRect().left;
          const first = left(matrix.querySelector("tbody th")) - left(matrix);
          return [root.scrollWidth <= root.clientWidth, matrix.scrollLeft, first];
        """
        fits, scrolled, left = seen_in_browser(page, script, tmp_path, width=width)
        assert fits
        assert scrolled == 500
        assert left == pytest.approx(0, abs=1)


def test_a_column_is_as_narrow_as_all_of_its_cells_also_of_equal_ones_that_are_shown_otherwise() -> None:
    columns = (ReportColumn("code", "Code", "name"), ReportColumn("kappa", "Kappa", "coefficient"))
    for cells, is_narrow in (((True,), True), ((True, 1), False), ((1, True), False), ((True, 1.0), False)):
        table = ReportTable("t", "T", columns, tuple(("a", cell) for cell in cells))
        assert ("narrow" in column_classes(table)[1].split()) is is_narrow
