"""A PDF without its text is found out."""

import sys
import zlib
from pathlib import Path

import pytest

from codeable.engines.fonts import (
    _font_file_names,
    drawn_characters,
    drawn_fonts,
    font_folders_stamp,
    font_problem,
    installed_twin,
    wanted_families,
)

DOT = 'graph [fontname="Helvetica,Arial"]'
MAP = b"begincmap 2 beginbfchar <0001> <0041> <0002> <fb01> endbfchar endcmap"


def pdf(font: bytes = b"/BaseFont /ABCDEF+LiberationSans", characters: bytes = MAP) -> bytes:
    return b"%PDF-1.5\n<< " + font + b" >>\nstream\n" + zlib.compress(characters) + b"\nendstream\n%%EOF\n"


def test_a_pdf_with_its_fonts_and_characters_is_good() -> None:
    assert font_problem(pdf(), DOT, "A fi") is None


def test_fonts_inside_compressed_objects_are_found() -> None:
    data = b"%PDF-1.7\nstream\n" + zlib.compress(b"<< /BaseFont/LiberationSans >> " + MAP) + b"\nendstream\n"
    assert font_problem(data, DOT, "A") is None


def test_a_pdf_without_fonts_is_refused_with_those_that_would_do() -> None:
    problem = font_problem(b"%PDF-1.5\n%%EOF", DOT, "A") or ""
    assert "no font for Helvetica or Arial" in problem
    assert "Liberation Sans" in problem


def test_a_figure_without_letters_needs_no_font() -> None:
    assert font_problem(b"%PDF-1.5\n%%EOF", DOT, " – ") is None


def test_characters_that_are_missing_are_named() -> None:
    assert "the characters 据 数;" in (font_problem(pdf(), DOT, "A 数据") or "")


def test_an_accented_letter_may_be_drawn_in_parts() -> None:
    parts = b"2 beginbfchar <01> <0065> <02> <0301> endbfchar"
    assert font_problem(pdf(characters=parts), DOT, "é") is None


@pytest.mark.parametrize(
    "font", [b"/BaseFont /LiberationSans", b"/BaseFont /ArialMT", b"/BaseFont /Arimo-Bold"]
)
def test_a_font_of_the_same_metrics_will_do(font: bytes) -> None:
    assert font_problem(pdf(font), DOT, "A") is None


def test_another_font_is_refused_where_the_style_names_families_alone() -> None:
    assert "would use DejaVuSans in its place" in (
        font_problem(pdf(b"/BaseFont /DejaVuSans"), DOT, "A") or ""
    )


def test_another_font_will_do_where_the_style_allows_any() -> None:
    assert font_problem(pdf(b"/BaseFont /DejaVuSans"), 'node [fontname="Helvetica,sans-serif"]', "A") is None


def test_ranges_of_characters_are_read() -> None:
    assert drawn_characters([b"1 beginbfrange <01> <03> <0061> endbfrange"]) >= {"a", "b", "c"}


def test_fonts_are_named_once_and_without_their_tags() -> None:
    assert drawn_fonts([b"/BaseFont /ABCDEF+Bus /BaseFont /GHIJKL+Bus", b"/BaseFont/Ada"]) == ["Ada", "Bus"]


def test_families_are_read_from_every_fontname() -> None:
    assert wanted_families('node [fontname="Arial, Bus"] edge [fontname=Bus]') == ("Arial", "Bus")


@pytest.mark.skipif(sys.platform != "linux", reason="the twins are those of Linux")
@pytest.mark.parametrize(
    ("family", "files", "twin"),
    [
        ("Helvetica", ["LiberationSans-Regular.ttf"], "Liberation Sans"),
        ("Arial", ["Arimo-Regular.TTF"], "Arimo"),
        ("Arial", ["Arial.ttf", "Arimo-Regular.ttf"], None),
        ("Helvetica", [], None),
        ("Verdana", ["LiberationSans-Regular.ttf"], None),
    ],
)
def test_the_twin_of_a_font_that_is_not_installed(
    family: str, files: list[str], twin: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in files:
        (tmp_path / name).touch()
    monkeypatch.setattr("codeable.engines.fonts.font_folders", lambda: (tmp_path,))
    _font_file_names.cache_clear()
    try:
        assert installed_twin(family) == twin
    finally:
        _font_file_names.cache_clear()


def test_the_stamp_of_the_fonts_changes_with_their_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    before = font_folders_stamp()
    monkeypatch.setenv("FONTCONFIG_FILE", "/elsewhere")
    assert font_folders_stamp() != before
