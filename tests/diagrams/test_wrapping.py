"""Promises about how labels are broken into lines."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.diagrams.wrapping import LINE_BREAK, clusters, widest_word, wrap
from codeable.terminal import cell_len


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 20, ("",)),
        ("   ", 20, ("",)),
        ("K8s", 20, ("K8s",)),
        (" CI/CD process", 20, ("CI/CD process",)),
        ("Use code instead of manual processes", 20, ("Use code instead of", "manual processes")),
        ("two  blanks", 20, ("two  blanks",)),
        ("two  blanks", 8, ("two", "blanks")),
        ("a\tb", 20, ("a b",)),
        ("one\ntwo", 20, ("one", "two")),
        ("one\r\ntwo\u2028three", 20, ("one", "two", "three")),
        ("one\n\ntwo", 20, ("one", "", "two")),
        ("abcdefghijkl", 5, ("abcde", "fghij", "kl")),
        ("team/data/products/canvas", 14, ("team/data/", "products/", "canvas")),
        ("the infrastructure", 12, ("the", "infrastructure")),
        ("日本語の名前", 6, ("日本語", "の名前")),
        ("e\u0301" * 4, 2, ("e\u0301e\u0301", "e\u0301e\u0301")),
        ("👩\u200d💻👩\u200d💻", 2, ("👩\u200d💻", "👩\u200d💻")),
        ("🇳🇱🇩🇪", 2, ("🇳🇱", "🇩🇪")),
        ("no\u00a0break here", 9, ("no\u00a0break", "here")),
    ],
)
def test_a_label_is_broken_at(text: str, width: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, width) == lines


def test_lines_are_as_even_as_the_number_of_lines_allows() -> None:
    assert wrap("How can we manage and provision the infrastructure?", 40) == (
        "How can we manage and",
        "provision the infrastructure?",
    )


def test_a_name_of_ten_thousand_characters_is_broken_and_complete() -> None:
    lines = wrap("x" * 10_000, 28)
    assert max(map(len, lines)) == 28
    assert "".join(lines) == "x" * 10_000


@given(st.text(), st.integers(2, 40))
def test_nothing_but_blanks_and_line_breaks_is_lost(text: str, width: int) -> None:
    def solid(some: str) -> str:
        return LINE_BREAK.sub("", some).replace(" ", "").replace("\t", "")

    assert solid("".join(wrap(text, width))) == solid(text)


@given(st.text(), st.integers(2, 40))
def test_no_line_is_wider_than_asked_unless_it_is_a_single_character(text: str, width: int) -> None:
    for line in wrap(text, width):
        assert cell_len(line) <= widest_word(width) or len(clusters(line)) == 1


@given(st.text(alphabet="ae\u0301\u0300\u200d👩💻 "), st.integers(2, 8))
def test_no_line_starts_with_a_combining_mark_of_the_line_before(text: str, width: int) -> None:
    for before, line in zip(wrap(text, width), wrap(text, width)[1:], strict=False):
        broken_in_word = f"{before}{line}" in text
        assert not (broken_in_word and line and unicodedata.combining(line[0]))
