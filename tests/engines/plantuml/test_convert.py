"""PDF and PNG from an SVG, for carriers that write SVG alone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from codeable.engines.plantuml import PlantUmlEngine, convert, font_files
from codeable.engines.plantuml.carrier import CarrierError
from codeable.engines.plantuml.convert import CONVERTERS
from codeable.errors import CodeableError
from tests.tools import require_tool

pytest.importorskip("svglib")
pytest.importorskip("resvg_py")

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="200px" height="50px" viewBox="0 0 200 50">
<title>Overview</title><desc>All decisions.</desc>
<rect x="5" y="5" width="190" height="40" fill="#DDEEFF" stroke="#181818"/>
<text x="10" y="20" font-size="14" font-family="{family}" {more}>{text}</text></svg>"""


def picture(text: str = "Ask for é λ", family: str = "sans-serif", more: str = "") -> bytes:
    return SVG.format(text=text, family=family, more=more).encode()


def pdf_of(svg: bytes, folder: Path) -> Path:
    path = folder / "picture.pdf"
    path.write_bytes(CONVERTERS["pdf"].convert(svg, 300))
    return path


def test_the_text_of_a_pdf_can_be_selected(tmp_path: Path) -> None:
    tool = require_tool("pdftotext")
    path = pdf_of(picture(), tmp_path)
    assert subprocess.check_output([tool, path, "-"], text=True, timeout=60).split() == [
        "Ask",
        "for",
        "é",
        "λ",
    ]


@pytest.mark.parametrize("more", ["", 'font-weight="bold"', 'font-style="italic"'])
@pytest.mark.parametrize("family", ["sans-serif", "Helvetica", "Helvetica,Arial,Liberation Sans,sans-serif"])
def test_every_font_of_a_pdf_is_embedded(family: str, more: str, tmp_path: Path) -> None:
    tool = require_tool("pdffonts")
    listed = subprocess.check_output(
        [tool, pdf_of(picture(family=family, more=more), tmp_path)], text=True, timeout=60
    )
    fonts = listed.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)


def test_fonts_are_embedded_where_no_program_of_fontconfig_finds_them() -> None:
    """As on Windows, macOS and in a small container; in a process of its own, for fonts are remembered."""
    program = (
        "import shutil, sys\n"
        "from codeable.engines.plantuml.convert import CONVERTERS\n"
        "shutil.which = lambda *_, **__: None\n"
        f"sys.stdout.buffer.write(CONVERTERS['pdf'].convert({picture(family='Helvetica')!r}, 300))"
    )
    pdf = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, timeout=60).stdout
    assert set(re.findall(rb"/BaseFont /(\S+)", pdf)) == {b"AAAAAA+LiberationSans"}


def test_the_same_picture_gives_the_same_pdf() -> None:
    assert CONVERTERS["pdf"].convert(picture(), 300) == CONVERTERS["pdf"].convert(picture(), 300)


def test_a_pdf_has_the_size_of_the_picture(tmp_path: Path) -> None:
    assert b"/MediaBox [ 0 0 150 37.5 ]" in pdf_of(picture(), tmp_path).read_bytes()


def test_invisible_characters_leave_no_box(tmp_path: Path) -> None:
    tool = require_tool("pdftotext")
    path = pdf_of(picture("\u200bLegend\u00a0text "), tmp_path)
    assert subprocess.check_output([tool, path, "-"], text=True, timeout=60).strip() == "Legend text"


@pytest.mark.parametrize("picture_format", ["pdf", "png"])
def test_characters_that_no_font_has_are_refused_with_fonts_that_would_do(picture_format: str) -> None:
    with pytest.raises(CarrierError, match=r"has the characters \U000e0041.*Noto Sans"):
        CONVERTERS[picture_format].convert(picture("tag \U000e0041"), 300)


@pytest.mark.parametrize("picture_format", ["pdf", "png"])
def test_a_machine_without_fonts_is_told_which_would_do(
    picture_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(font_files, "_files", dict)
    with pytest.raises(CarrierError, match=r"no TrueType font for 'sans-serif'.*fonts-liberation"):
        CONVERTERS[picture_format].convert(picture(), 300)


def test_a_png_has_the_asked_for_resolution() -> None:
    png = CONVERTERS["png"].convert(picture(), 192)
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (400, 100)


def test_a_png_that_would_fill_the_memory_is_refused() -> None:
    large = picture().replace(b'"200px"', b'"90000px"').replace(b'"50px"', b'"9000px"')
    with pytest.raises(CarrierError, match="281,250 by 28,125 pixels"):
        CONVERTERS["png"].convert(large, 300)


def test_without_the_libraries_the_format_is_refused_with_the_alternatives(
    monkeypatch: pytest.MonkeyPatch, bare_machine: Path
) -> None:
    monkeypatch.setattr(convert, "_installed", lambda *_: False)
    engine = PlantUmlEngine({"carrier": "server", "server": "http://127.0.0.1:9"})
    assert engine.formats() == ("svg", "png")
    with pytest.raises(
        CodeableError, match=r"cannot write 'pdf' here; it can write svg, png; for pdf: pip install"
    ) as caught:
        engine.draw([], "pdf")
    assert "--engine graphviz" in str(caught.value)
    assert caught.value.exit_status == 2
