"""Promises about the URLs that a click in a figure opens."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.diagrams.urls import clickable


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://www.k2view.com/what-is-a-data-product/", "https://www.k2view.com/what-is-a-data-product/"),
        (
            "http://dataception.com/a.html#TechnicalArchitecture",
            "http://dataception.com/a.html#TechnicalArchitecture",
        ),
        ("mailto:someone@example.org", "mailto:someone@example.org"),
        (" https://example.org/a ", "https://example.org/a"),
        ("https://example.org/ä?q=[1]&r={2}", "https://example.org/%C3%A4?q=%5B1%5D&r=%7B2%7D"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://zoë@münchen.example:80/", "https://zo%C3%AB@xn--mnchen-3ya.example:80/"),
        ("https://example.org/%41%zz%", "https://example.org/%41%25zz%25"),
        ("https://example.org/'/'*", "https://example.org/%27/%27*"),
        ('https://example.org/"onload', "https://example.org/%22onload"),
        ("HTTPS://example.org", "HTTPS://example.org"),
    ],
)
def test_an_address_is_written(address: str, written: str) -> None:
    assert clickable(address) == written


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "/relative",
        "example.org",
        "https:",
        "http://",
        "https://[::1",
        "java\nscript:x",
        "vbscript:x",
        "ftp://example.org",
        "https://ä..example/",
        f"https://{'ä' * 64}.example/",
    ],
)
def test_anything_else_leads_nowhere(address: str) -> None:
    assert clickable(address) is None


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_no_address_holds_what_a_text_format_reads(rest: str) -> None:
    written = clickable(f"https://example.org/{rest}")
    assert written is None or re.fullmatch(r"[A-Za-z0-9:/?#@!$&*+,;=%._~-]+", written)
