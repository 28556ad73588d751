"""The fonts of this machine."""

import sys
from pathlib import Path

import pytest

from codeable.engines.fonts import (
    _font_file_names,
    font_folders_stamp,
    font_names,
    installed_twin,
    is_expected,
    wanted_families,
)


def test_families_are_read_from_every_fontname() -> None:
    assert wanted_families('node [fontname="Arial, Bus"] edge [fontname=Bus]') == ("Arial", "Bus")


def test_the_names_of_fonts_are_read_as_they_are_written() -> None:
    assert font_names('node [fontname="Arial, Bus"] edge [fontname=Bus] n [fontname=Bus]') == (
        "Arial, Bus",
        "Bus",
    )


@pytest.mark.parametrize(
    ("font", "families", "expected"),
    [
        ("LiberationSans", ["Helvetica"], True),
        ("ArialMT", ["Helvetica"], True),
        ("Arimo-Bold", ["Arial"], True),
        ("DejaVuSans", ["Helvetica", "Arial"], False),
        ("DejaVuSans", ["Helvetica", "sans-serif"], True),
        ("DejaVuSerif", ["DejaVu Serif"], True),
        ("NimbusMonoPS", ["Courier"], True),
        ("Anything", [], True),
    ],
)
def test_a_font_of_the_same_widths_is_expected(font: str, families: list[str], expected: bool) -> None:
    assert is_expected([font], families) == expected


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
