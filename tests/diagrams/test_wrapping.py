"""Promises about how labels are broken into lines."""

import builtins
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeable.diagrams import figure_options
from codeable.diagrams.hyphenation import check_language, syllables
from codeable.diagrams.wrapping import LINE_BREAK, pieces, wrap
from codeable.errors import CodeableError
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
        ("abcdefghijkl", 5, ("abcdefghijkl",)),
        ("to Understandability", 10, ("to", "Understandability")),
        ("team/data/products/canvas", 14, ("team/data/", "products/", "canvas")),
        ("Publish/Subscribe-based", 10, ("Publish/", "Subscribe-", "based")),
        ("version self-describing credentials", 24, ("version self-describing", "credentials")),
        ("Transform Client-side Identifiers", 25, ("Transform Client-side", "Identifiers")),
        ("one client-side two", 12, ("one client-", "side two")),
        ("a --option of it", 6, ("a", "--option", "of it")),
        ("the infrastructure", 12, ("the", "infrastructure")),
        ("日本語の名前", 6, ("日本語", "の名前")),
        ("ショッピング", 4, ("ショッ", "ピン", "グ")),
        ("名前、場所", 6, ("名前、", "場所")),
        ("한국어이름", 4, ("한국어이름",)),
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


def solid(some: str) -> str:
    return LINE_BREAK.sub("", some).replace(" ", "").replace("\t", "")


@given(st.text(), st.integers(2, 40))
def test_nothing_but_blanks_and_line_breaks_is_lost(text: str, width: int) -> None:
    assert solid("".join(wrap(text, width))) == solid(text)


@given(st.text(), st.integers(2, 40))
def test_no_line_is_wider_than_asked_unless_it_is_a_single_word(text: str, width: int) -> None:
    for line in wrap(text, width):
        assert cell_len(line) <= width or len(pieces(line)) == 1


@given(st.text(alphabet="abc-/ \n😀", max_size=60), st.integers(2, 12))
def test_a_word_is_cut_only_after_a_hyphen_or_slash_of_its_own(text: str, width: int) -> None:
    words = [word for paragraph in LINE_BREAK.split(text) for word in paragraph.split()]
    glued = "".join(
        line if line.endswith(("-", "/")) else f"{line} " for line in wrap(text, width) if line.strip()
    )
    assert solid(glued) == "".join(words)


@given(st.text(alphabet="ae\u0301\u0300\u200d👩💻 "), st.integers(2, 8))
def test_no_line_starts_with_a_combining_mark_of_the_line_before(text: str, width: int) -> None:
    for before, line in zip(wrap(text, width), wrap(text, width)[1:], strict=False):
        broken_in_word = f"{before}{line}" in text
        assert not (broken_in_word and line and unicodedata.combining(line[0]))


class TestHyphenation:
    @pytest.fixture(autouse=True)
    def _needs_the_package(self) -> None:
        pytest.importorskip("pyphen")

    @pytest.mark.parametrize(
        ("text", "width", "language", "lines"),
        [
            ("Understandability", 11, "en_GB", ("Understand-", "ability")),
            ("API Understandability (of it)", 12, "en_GB", ("API", "Understand-", "ability (of", "it)")),
            ("Understandability", 17, "en_GB", ("Understandability",)),
            (
                "Publish/Subscribe-Understandability",
                11,
                "en_GB",
                ("Publish/", "Subscribe-", "Understand-", "ability"),
            ),
            ("Donaudampfschiff", 9, "de", ("Donau-", "dampf-", "schiff")),
            ("x86understandability", 9, "en_GB", ("x86understandability",)),
            ("https://example.org/a_b", 9, "en_GB", ("https://example.org/", "a_b")),
            ("strengths", 4, "en_GB", ("strengths",)),
        ],
    )
    def test_breaks_only_words_that_are_too_wide(
        self, text: str, width: int, language: str, lines: tuple[str, ...]
    ) -> None:
        assert wrap(text, width, language=language) == lines

    @given(st.text(alphabet="understandability maintenance -/.", max_size=60), st.integers(2, 20))
    def test_adds_nothing_but_hyphens_at_ends_of_lines(self, text: str, width: int) -> None:
        lines = wrap(text, width, language="en_GB")
        assert solid("".join(lines)).replace("-", "") == solid(text).replace("-", "")

    def test_keeps_every_syllable_whole(self) -> None:
        assert "".join(syllables("«maintenance»,", "en_GB")) == "«maintenance»,"

    def test_knows_a_language_by_the_names_that_people_use(self) -> None:
        assert syllables("maintenance", "en-GB") == syllables("maintenance", "en_GB")

    def test_of_an_unknown_language_is_an_error_with_the_nearest(self) -> None:
        with pytest.raises(CodeableError, match=r"no language 'eng_GB'; did you mean 'en_GB'"):
            check_language("eng_GB")

    def test_of_no_language_is_none(self) -> None:
        assert figure_options().language is None
        assert wrap("Understandability", 10) == ("Understandability",)


def test_hyphenation_without_the_package_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import_before = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "pyphen":
            raise ImportError
        return import_before(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CodeableError, match=r"pip install 'codeable\[hyphenation\]'"):
        check_language("nl_BE")
