"""A PDF without its text is found out, and an SVG with boxes for other fonts."""

import unicodedata
import zlib

import pytest

from codeable.engines.font_checks import DrawnText, drawn_text, font_problem, symbol_message, width_message

FAMILIES = ("Helvetica", "Arial")
MAP = b"begincmap 2 beginbfchar <0001> <0041> <0002> <fb01> endbfchar endcmap"


def pdf(font: bytes = b"/BaseFont /ABCDEF+LiberationSans", characters: bytes = MAP) -> bytes:
    return b"%PDF-1.5\n<< " + font + b" >>\nstream\n" + zlib.compress(characters) + b"\nendstream\n%%EOF\n"


def problem(data: bytes, shown: str, families: tuple[str, ...] = FAMILIES) -> str | None:
    return font_problem(drawn_text(data), families, shown)


class TestProblems:
    """What nobody should print."""

    def test_a_pdf_with_its_fonts_and_characters_is_good(self) -> None:
        assert problem(pdf(), "A fi") is None

    def test_fonts_inside_compressed_objects_are_found(self) -> None:
        packed = zlib.compress(b"<< /BaseFont/LiberationSans >> " + MAP)
        assert problem(b"%PDF-1.7\nstream\n" + packed + b"\nendstream\n", "A") is None

    def test_a_pdf_without_fonts_is_refused_with_those_that_would_do(self) -> None:
        found = problem(b"%PDF-1.5\n%%EOF", "A") or ""
        assert "no font for Helvetica or Arial" in found
        assert "Liberation Sans" in found

    def test_a_figure_without_letters_needs_no_font(self) -> None:
        assert problem(b"%PDF-1.5\n%%EOF", " – ") is None

    def test_characters_that_are_missing_are_named(self) -> None:
        assert "the characters 据 数;" in (problem(pdf(), "A 数据") or "")

    def test_an_accented_letter_may_be_drawn_in_parts(self) -> None:
        assert problem(pdf(characters=b"2 beginbfchar <01> <0065> <02> <0301> endbfchar"), "é") is None

    @pytest.mark.parametrize("font", [b"LiberationSans", b"ArialMT", b"Arimo-Bold"])
    def test_a_font_of_the_same_metrics_will_do(self, font: bytes) -> None:
        assert problem(pdf(b"/BaseFont /" + font), "A") is None

    def test_another_font_is_refused_where_the_style_names_families_alone(self) -> None:
        found = problem(pdf(b"/BaseFont /DejaVuSans"), "A") or ""
        assert "would use DejaVuSans in its place" in found

    def test_another_font_will_do_where_the_style_allows_any(self) -> None:
        assert problem(pdf(b"/BaseFont /DejaVuSans"), "A", ("Helvetica", "sans-serif")) is None


class TestSymbols:
    """Emoji and signs of every kind."""

    @pytest.mark.parametrize("symbol", ["\U0001f680", "→", "≤", "€", "…", "»", "\u20dd", "\U0001f3fd"])
    def test_a_symbol_that_no_font_draws_is_named(self, symbol: str) -> None:
        message = symbol_message(drawn_text(pdf()), f"A{symbol}A") or ""
        assert f"the symbols {symbol} as text" in message
        assert "Symbola" in message

    @pytest.mark.parametrize(
        "shown", ["A fi", "", "A\ufe0f", "A\u200dA", "A A\u00a0A", "é".replace("e", "A"), "\u00ad"]
    )
    def test_what_nobody_sees_needs_no_font(self, shown: str) -> None:
        assert symbol_message(drawn_text(pdf()), unicodedata.normalize("NFC", shown).strip("é")) is None

    def test_a_symbol_that_is_drawn_is_not_named(self) -> None:
        drawn = drawn_text(pdf(characters=b"2 beginbfchar <01> <d83dde80> <02> <2192> endbfchar"))
        assert symbol_message(drawn, "\U0001f680→") is None

    def test_a_pdf_whose_characters_are_not_known_is_not_judged(self) -> None:
        assert symbol_message(DrawnText(("LiberationSans",), frozenset()), "→") is None


class TestWidths:
    """Boxes for the widths of other fonts."""

    def test_the_fonts_that_were_asked_for_are_nothing_to_tell(self) -> None:
        assert width_message(drawn_text(pdf()), FAMILIES) is None

    def test_another_font_is_told(self) -> None:
        message = width_message(drawn_text(pdf(b"/BaseFont /DejaVuSans")), FAMILIES) or ""
        assert "none of Helvetica or Arial; the boxes have room for the widths of DejaVuSans" in message

    def test_no_font_is_told_even_where_any_would_do(self) -> None:
        message = width_message(drawn_text(b"%PDF-1.5\n%%EOF"), ("Helvetica", "sans-serif")) or ""
        assert "no font at all" in message
        assert "apt-get install fonts-liberation" in message


def test_ranges_of_characters_are_read() -> None:
    data = pdf(characters=b"1 beginbfrange <01> <03> <0061> endbfrange")
    assert drawn_text(data).characters >= {"a", "b", "c"}


def test_fonts_are_named_once_and_without_their_tags() -> None:
    assert drawn_text(b"/BaseFont /ABCDEF+Bus /BaseFont /GHIJKL+Bus /BaseFont/Ada").fonts == ("Ada", "Bus")
