"""Tables as Markdown: GitHub and Jupyter show every text as it is."""

import re
from collections.abc import Callable

import pytest
from lxml import html
from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from codeable.reports.report_table import Cell, ColumnKind, ReportColumn, ReportTable
from codeable.text import printable
from tests.reports.hostile import HOSTILE

COMMON = MarkdownIt("commonmark").enable(["table", "strikethrough"])
READERS: list[Callable[[str], str]] = [COMMON.render, markdown2html_mistune]


def table(*rows: tuple[Cell, ...], kind: ColumnKind = "text", caption: str = "Texts") -> ReportTable:
    columns = ReportColumn("a", "First", kind), ReportColumn("b", "Second")
    return ReportTable("t", caption, columns, rows)


def page_of(markdown: str, reader: Callable[[str], str] = COMMON.render) -> html.HtmlElement:
    return html.fromstring(f"<div>{reader(markdown)}</div>")


def cells(page: html.HtmlElement) -> list[list[str]]:
    for line_break in page.xpath("//br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return [[cell.text_content() for cell in row.xpath("td")] for row in page.xpath("//tbody/tr")]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_shown_as_it_is(reader: Callable[[str], str], text: str) -> None:
    markdown = table((text, "end"), ("start", text)).to_markdown()
    markdown.encode("utf-8")
    page = page_of(markdown, reader)
    shown = printable(text.replace("\r\n", "\n"))
    assert cells(page) == [[shown, "end"], ["start", shown]]
    assert not page.xpath("//a | //img | //em | //code | //del | //script | //td//b")


@pytest.mark.parametrize("text", HOSTILE)
def test_captions_heads_and_notes_are_shown_as_they_are(text: str) -> None:
    columns = (ReportColumn("a", text),)
    page = page_of(ReportTable("t", text, columns, (("x",),), notes=(text,), messages=(text,)).to_markdown())
    shown = printable(" ".join(text.split()))
    assert page.xpath("string(p[1]/strong)") == shown
    assert page.xpath("string(//th)") == shown
    assert page.xpath("string(p[last()])") == shown
    message = page.xpath("normalize-space(blockquote)")
    assert message.replace("`", "") == " ".join(shown.split()).replace("`", "")
    assert not page.xpath("//blockquote//*[not(self::p or self::span or self::code)]")


def test_a_command_in_a_message_is_code() -> None:
    content = ReportTable("t", "T", (ReportColumn("a", "A"),), (), messages=("`codeable check` shows *it*",))
    assert "> `codeable check` shows \\*it\\*\n" in content.to_markdown()


def test_a_table_with_its_caption_and_notes() -> None:
    columns = ReportColumn("id", "Id", "name"), ReportColumn("n", "Sources", "number")
    rows = (("event_bus", 12), ("s4", None))
    text = ReportTable("t", "Codes", columns, rows, notes=("Relations are not counted.",)).to_markdown()
    assert text == (
        "**Codes**\n\n| Id | Sources |\n| :-- | --: |\n| event_bus | 12 |\n| s4 |  |\n\n"
        "Relations are not counted.\n"
    )


def test_an_empty_cell_does_not_end_a_group() -> None:
    columns = tuple(ReportColumn(key, key, grouped=True) for key in ("d", "text", "evidence"))
    rows = (("bus", None, "s4"), ("bus", None, "s4"), ("", "x", "s4"), ("", "x", "s4"))
    page = page_of(ReportTable("t", "T", columns, rows).to_markdown())
    assert cells(page) == [["bus", "", "s4"], ["", "", ""], ["", "x", "s4"], ["", "x", "s4"]]


def test_a_value_of_a_grouped_column_is_shown_once() -> None:
    columns = ReportColumn("d", "D", grouped=True), ReportColumn("o", "O", grouped=True)
    rows = (("d1", "o1"), ("d1", "o1"), ("d2", "o1"), (None, "o1"), (None, "o1"))
    page = page_of(ReportTable("t", "T", columns, rows).to_markdown())
    assert cells(page) == [["d1", "o1"], ["", ""], ["d2", "o1"], ["", "o1"], ["", "o1"]]


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org/a_b?c=1&d=2#e", "https://example.org/a_b?c=1&d=2#e"),
        ("https://example.org/a?b&copy;=1", "https://example.org/a?b&copy%3B=1"),
        ("https://example.org/$a$b", "https://example.org/%24a%24b"),
        ("https://example.org/a|b c", "https://example.org/a%7Cb%20c"),
        ("https://example.org/(a)[b]<c>*d*", "https://example.org/%28a%29%5Bb%5D%3Cc%3E*d*"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("mailto:a@example.org", None),
        ("nothing", None),
    ],
)
@pytest.mark.parametrize("reader", READERS)
def test_only_web_pages_are_links(reader: Callable[[str], str], url: str, target: str | None) -> None:
    page = page_of(table((url, "x"), kind="url").to_markdown(), reader)
    assert cells(page) == [[url, "x"]]
    assert page.xpath("//a/@href") == ([] if target is None else [target])


def test_a_table_without_rows_says_so() -> None:
    assert "The table has no rows." in table().to_markdown()
    assert "The table has no rows." not in table(("a", "b")).to_markdown()


def test_an_empty_caption_is_left_out() -> None:
    assert table(("a", "b"), caption="").to_markdown().startswith("| First |")


def test_every_row_has_as_many_cells_as_the_head() -> None:
    markdown = table(*((text, text) for text in HOSTILE)).to_markdown()
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    assert len(rows) == len(HOSTILE) + 2
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows} == {3}
