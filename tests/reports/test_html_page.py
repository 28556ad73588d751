"""The page that tables, guidance and agreement share."""

import base64
import hashlib
import re

import pytest

from codeable.reports.formats.html_page import ContentsEntry, fill, page


def test_a_page_is_one_file_that_loads_nothing() -> None:
    html = page("Tables", "<p>x</p>", contents=[ContentsEntry("a", "A", "3 rows")], lead="Of a study.")
    assert html.startswith("<!DOCTYPE html>")
    assert "default-src 'none'" in html
    assert not re.search(r"<link|<img|@import|url\(|\ssrc=|https?://", html)


def test_the_policy_of_the_page_allows_its_own_script_only() -> None:
    html = page("Tables", "")
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in html
    assert not re.search(r"\sstyle=|\son\w+=", html)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("</title><script>alert(1)</script>", "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("{{ 7 * 7 }} {% raw %}", "{{ 7 * 7 }} {% raw %}"),
        ("a\u202eb\x00", r"a\u202eb\x00"),
        ("\ud800", r"\ud800"),
        ("漢字 עברית 👍 é", "漢字 עברית 👍 é"),
    ],
)
def test_texts_are_shown_as_they_are(text: str, shown: str) -> None:
    html = page(
        text, fill("<p>{{ text }}</p>", text=text), contents=[ContentsEntry("a", text, text)], lead=text
    )
    html.encode("utf-8")
    for place in (
        f"<title>{shown}</title>",
        f"<h1>{shown}</h1>",
        f"<p>{shown}</p>",
        f'<a href="#a">{shown}</a>',
        f"<small>{shown}</small>",
        f'<p class="lead">{shown}</p>',
    ):
        assert place in html
