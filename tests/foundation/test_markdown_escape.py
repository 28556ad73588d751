"""Texts in Markdown are shown as they are, by the readers of GitHub, of Jupyter and of plain CommonMark."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from codeable.markdown_escape import escape_commonmark, escape_markdown, escape_markdown_cell
from codeable.text import printable

COMMON = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _in_jupyter(text: str) -> str:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    rendered: str = markdown2html_mistune(text)
    return rendered


READERS: list[Callable[[str], str]] = [COMMON.render, _in_jupyter]

HOSTILE = [
    "<script>alert(1)</script>",
    "<b>a</b> <!-- c --> <?php ?>",
    "[x](javascript:alert(1)) [x][y] [x]: y",
    "![x](https://x.org/y.png)",
    "`code` ``code`` *em* **strong** __strong__ _em_ ~del~ ~~del~~",
    "event_bus __init__ _private a_ a__b_c",
    "# heading",
    "C #",
    "> quoted",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "a | b",
    r"a \| b",
    "R&D &amp; &lt; &#60; &copy &copy;",
    "\\* backslash \\ \\\\ C:\\begin\\x \\",
    "$5 and $6, $$x$$, \\(x\\), \\[x\\], \\begin{equation}x\\end{equation}, \\ref{a}",
    "https://x.org/a_b_c?d=*e*&f ftp://x www.x_y_.org a_b@c_d.org",
    "line\nbreak\n\nparagraph",
    "---",
    "===",
    "@someone #12 :smile: a::b::c 10:30:20",
    "[^1] ==mark== H~2~O x^2^ {{ 7 * 7 }} {% raw %}",
    "\x1b[31mred\x1b[0m a\u202eb",
    "漢字 עברית مرحبا 👍 é “quoted” – dash",
]


def shown_in(page: str) -> str:
    text: str = html.fromstring(page).text_content()
    return text.strip("\n")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_as_it_is(reader: Callable[[str], str], text: str) -> None:
    expected = printable(" ".join(text.split()))
    page = reader(escape_markdown(text))
    assert shown_in(page) == expected
    assert set(re.findall(r"<(\w+)", page)) <= {"p", "span"}
    assert shown_in(reader(f"## {escape_markdown(text)}")).removesuffix("¶") == expected
    assert shown_in(reader(f"[{escape_markdown(text)}](#a)")) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_a_viewer_without_html_shows_a_hostile_text_as_it_is(text: str) -> None:
    page = MarkdownIt("commonmark", {"html": False}).render(escape_commonmark(text))
    assert shown_in(page) == printable(" ".join(text.split()))
    assert set(re.findall(r"<(\w+)", page)) == {"p"}


@pytest.mark.parametrize("text", ["$5 and $6", "\\(x\\)", "\\begin{equation}x\\end{equation}"])
def test_mathematics_does_not_begin_where_mathjax_reads_the_shown_text(text: str) -> None:
    page = COMMON.render(escape_markdown(text))
    for part in re.split(r"<[^>]*>", page):
        assert not re.search(r"\$.*\$|\\[(\[]|\\begin", part)


@pytest.mark.parametrize("text", ["@someone", ":smile:"])
def test_what_github_replaces_in_shown_text_is_set_apart(text: str) -> None:
    page = COMMON.render(escape_markdown(f"by {text}"))
    assert text not in page
    assert shown_in(page) == f"by {text}"


def test_plain_words_stay_as_they_are() -> None:
    text = 'Use event_bus, not R&D: 5 > 3 (see p. 4)! It\'s 10:30 - e.g. "a"; a@b.org'
    assert escape_markdown(text) == text


@pytest.mark.parametrize("text", ["-5 to +5", "3.5 %", "#12", "2024-11-02", "= 3", "1.x"])
def test_what_begins_no_block_stays_as_it_is(text: str) -> None:
    assert escape_markdown(text) == text
    assert READERS[0](text) == f"<p>{text}</p>\n"


@pytest.mark.parametrize("text", ["- a", "+", "1. a", "12)", "# a", "---", "0.5", "+ +", "> a"])
def test_nothing_begins_a_block_in_a_cell(text: str) -> None:
    assert escape_markdown_cell(text) == text
    page = COMMON.render(f"| x |\n|---|\n| {text} |\n")
    assert html.fromstring(page).xpath("string(//td)") == text


@pytest.mark.parametrize("line", ["  a", "a  ", "\ta\tb", " ", ""])
def test_blanks_of_a_line_are_kept(line: str) -> None:
    page = COMMON.render(f"| x |\n|---|\n| {escape_markdown_cell(line)} |\n")
    (cell,) = html.fromstring(page).xpath("//td")
    assert cell.text_content() == line


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"])))
def test_no_text_becomes_markup(text: str) -> None:
    for token in COMMON.parseInline(escape_markdown(text)):
        for child in token.children or ():
            assert child.type in {"text", "text_special"} or child.content in {"<span>", "</span>"}


@pytest.mark.slow
@given(st.text(st.sampled_from(list("ab1 |\\`*_~<>[]()#+-.!&;:/@$^={}\"'\t"))))
def test_every_mixture_of_marks_is_shown_as_it_is(text: str) -> None:
    expected = " ".join(text.split())
    for reader in READERS:
        shown = shown_in(reader(f"x {escape_markdown(text)}"))
        assert shown == f"x {expected}".strip()
