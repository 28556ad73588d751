"""What every backend does, with real PlantUML: of 2020, of 2025, and behind a server."""

import os
import re
import signal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import psutil
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from codeable.diagrams import ForceLine, Node, NodeKind, plantuml_text, visible_texts
from codeable.diagrams.impact_signs import SIGNS
from codeable.diagrams.plantuml_escape import escape, quoted
from codeable.engines.plantuml import PlantUmlEngine
from codeable.engines.protocol import Drawing
from codeable.engines.sizes import picture_size, png_size
from codeable.engines.svg import missing_labels, svg_size
from codeable.errors import CodeableError
from tests.diagrams.hostile import hostile_diagram
from tests.engines.plantuml.conftest import real_engine
from tests.engines.plantuml.drawings import diagram_of_marks, drawing, drawn, hostile_drawing, refused

pytestmark = pytest.mark.slow

MODEL = (
    "left to right direction",
    "skinparam class {",
    "BackgroundColor<<practice>> #DDEEFF",
    "}",
    'class "Event Bus " as n_bus <<practice>> [[https://example.org/bus?a=1&b=2]]',
    'class "Ask?" as n_ask #FFEECC',
    "n_ask -[#0000FF,dashed]-> n_bus : uses many\\nthings",
)
LABELS = ("Event Bus", "Ask?", "uses many things")


def test_a_model_is_drawn_with_all_its_labels(engine: PlantUmlEngine) -> None:
    svg = drawn(engine, drawing(*MODEL, labels=LABELS)).data
    assert missing_labels(svg, LABELS) == []
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_picture_tells_its_title_and_description_to_screen_readers(engine: PlantUmlEngine) -> None:
    root = ElementTree.fromstring(drawn(engine, drawing(*MODEL)).data)
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Overview"
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == "All decisions."


@pytest.mark.parametrize("colour", ["#FFFFFF", "#FFF", "#EEF6E4"])
def test_the_picture_can_be_read_on_a_dark_page(engine: PlantUmlEngine, colour: str) -> None:
    root = ElementTree.fromstring(drawn(engine, drawing(f"skinparam backgroundColor {colour}", *MODEL)).data)
    title, _, background = list(root)[:3]
    assert title.text == "Overview"
    assert background.tag == "{http://www.w3.org/2000/svg}rect"
    assert (background.get("width"), background.get("height")) == ("100%", "100%")
    assert background.get("fill") == colour


def test_two_pictures_on_one_page_share_no_id(engine: PlantUmlEngine) -> None:
    pictures = [drawn(engine, drawing(*MODEL, name=name)).data.decode() for name in ("one", "two")]
    ids = [set(re.findall(r'\sid="([^"]+)"', picture)) for picture in pictures]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


def test_a_link_to_a_source_can_be_clicked(engine: PlantUmlEngine) -> None:
    svg = drawn(engine, drawing(*MODEL)).data.decode()
    assert 'href="https://example.org/bus?a=1&amp;b=2"' in svg


def test_the_picture_tells_nothing_of_the_machine_and_carries_no_source_text(engine: PlantUmlEngine) -> None:
    svg = drawn(engine, drawing(*MODEL)).data
    assert not re.search(rb"@startuml|plantuml-src|Java|Operating System|<!--", svg)


def test_the_same_text_gives_the_same_bytes(engine: PlantUmlEngine) -> None:
    assert drawn(engine, drawing(*MODEL)).data == drawn(engine, drawing(*MODEL)).data


def test_hostile_labels_come_out_as_plain_text(engine: PlantUmlEngine) -> None:
    svg = drawn(engine, hostile_drawing()).data
    assert b"root:x:0:0" not in svg


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=20
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=10, max_size=40, unique=True))
def test_no_label_of_any_text_is_lost(engine: PlantUmlEngine, texts: list[str]) -> None:
    lines = [f"class {quoted(escape(text))} as n_{number}" for number, text in enumerate(texts)]
    drawn(engine, drawing(*lines, labels=tuple(texts)))


@pytest.mark.parametrize("seed", range(4))
def test_marks_at_any_place_of_any_text_come_out_as_themselves(engine: PlantUmlEngine, seed: int) -> None:
    diagram = diagram_of_marks(seed)
    drawn(engine, Drawing("marks", plantuml_text(diagram), "plantuml", labels=visible_texts(diagram)))


def test_a_sign_of_a_force_is_text_and_no_drawn_visibility(engine: PlantUmlEngine) -> None:
    practice = NodeKind("practice", "practice")
    impacts = tuple(ForceLine(sign, "Cost") for sign in SIGNS)
    diagram = evolve(
        hostile_diagram((), legend=False), nodes=(Node("n_a", practice, "A", impacts),), legend=()
    )
    text = plantuml_text(diagram)
    svg = drawn(engine, Drawing("signs", text, "plantuml", labels=visible_texts(diagram))).data
    assert not re.search(rb"<(?:polygon|ellipse)", svg)


def test_a_syntax_error_names_the_line(engine: PlantUmlEngine) -> None:
    error = refused(engine, drawing("class A", "class B", "A --> B", "foo bar (", "class C", name="overview"))
    assert error.line == 5
    assert str(error).startswith("engine 'plantuml' could not draw overview, line 5: ")
    assert "syntax error" in str(error).casefold()


def test_an_empty_diagram_is_refused(engine: PlantUmlEngine) -> None:
    assert "empty" in refused(engine, drawing()).problem.casefold()


def test_a_directive_reads_no_file(engine: PlantUmlEngine, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("class TheSecret\n")
    error = refused(engine, drawing("class A", f"!include {secret}"))
    assert error.line == 3
    assert "no sandbox" in error.problem or "cannot include" in error.problem


def test_png_has_the_asked_for_resolution(engine: PlantUmlEngine) -> None:
    width, _ = svg_size(drawn(engine, drawing(*MODEL)).data) or (0, 0)
    png = drawn(engine, drawing(*MODEL, labels=LABELS), "png", dpi=192).data
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") == pytest.approx(2 * width, rel=0.05)


WIDTHS = (500.0, 30.0)


@pytest.mark.parametrize("width_mm", WIDTHS)
def test_png_is_as_large_as_the_svg_also_when_its_width_is_limited(
    engine: PlantUmlEngine, width_mm: float
) -> None:
    asked = evolve(drawing(*MODEL, labels=LABELS), width_mm=width_mm)
    size = svg_size(drawn(engine, asked).data) or (0, 0)
    png = png_size(drawn(engine, asked, "png", dpi=288).data) or (0, 0)
    assert png == pytest.approx((3 * size[0], 3 * size[1]), rel=0.05)
    assert size[0] <= width_mm / 25.4 * 96 + 1


@pytest.mark.parametrize("picture_format", ["svg", "png"])
def test_a_picture_is_no_wider_than_asked_for(engine: PlantUmlEngine, picture_format: str) -> None:
    narrow = evolve(drawing(*MODEL, labels=LABELS), width_mm=20)
    size = picture_size(drawn(engine, narrow, picture_format, dpi=96).data, picture_format) or (0, 0)
    assert 60 < size[0] <= 20 / 25.4 * 96 + 1


def test_the_line_at_fault_is_the_same_in_a_picture_with_a_width(engine: PlantUmlEngine) -> None:
    assert refused(engine, evolve(drawing("class A", "foo bar (", "class C"), width_mm=20)).line == 3


@pytest.mark.parametrize("picture_format", ["png", "eps"])
def test_a_letter_that_no_font_has_is_refused_in_a_bitmap(
    request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine], picture_format: str
) -> None:
    engine = real_engine("installed plantuml", request, engines)
    error = refused(engine, drawing('class "\U00012000" as A'), picture_format)
    assert "no font of this machine has the characters \U00012000; they would be boxes" in error.problem


@pytest.mark.parametrize("picture_format", ["png", "eps"])
def test_a_symbol_that_no_font_has_is_told(
    request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine], picture_format: str
) -> None:
    engine = real_engine("installed plantuml", request, engines)
    picture = drawn(engine, drawing('class "Ship \U0001fad8 \u2013 \u03bb" as A'), picture_format)
    assert "draws the symbols \U0001fad8 as text" in picture.messages[0]
    assert picture.lacks_fonts
    assert drawn(engine, drawing('class "Ship \u2013 \u03bb" as A'), picture_format).messages == ()


@pytest.mark.parametrize("picture_format", ["pdf", "eps"])
def test_documents_have_their_title_and_the_time_that_is_told(
    request: pytest.FixtureRequest,
    engines: dict[str, PlantUmlEngine],
    picture_format: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    data = drawn(real_engine("installed plantuml", request, engines), drawing(*MODEL), picture_format).data
    if picture_format == "eps":
        assert b"\n%%Title: Overview\n" in data
        assert b"2026" not in data
    else:
        about = PdfReader(BytesIO(data)).metadata
        assert about is not None
        assert (about.title, about.creation_date_raw) == ("Overview", "D:20231114221320Z")


def test_png_tells_its_resolution(engine: PlantUmlEngine) -> None:
    assert b"pHYs" in drawn(engine, drawing(*MODEL), "png", dpi=288).data[:100]


def test_pdf_is_one_page_as_large_as_the_svg(
    request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine]
) -> None:
    engine = real_engine("installed plantuml", request, engines)
    size = svg_size(drawn(engine, drawing(*MODEL)).data) or (0, 0)
    pdf = drawn(engine, drawing(*MODEL, labels=LABELS), "pdf").data
    assert pdf.startswith(b"%PDF-")
    assert picture_size(pdf, "pdf") == pytest.approx(size, rel=0.02)


def test_a_pdf_that_lacks_a_character_is_refused(
    request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine]
) -> None:
    engine = real_engine("installed plantuml", request, engines)
    error = refused(engine, drawing('class "数据" as A'), "pdf")
    assert re.search("characters? .*(数|U\\+6570)", error.problem)


def test_a_plantuml_without_the_libraries_for_pdf_refuses_it(
    request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine]
) -> None:
    engine = real_engine("recent jar", request, engines)
    with pytest.raises(CodeableError, match="cannot write 'pdf' here; it can write svg, png, eps; --engine"):
        engine.draw([drawing(*MODEL)], "pdf")


def test_the_version_tells_the_backend(engine: PlantUmlEngine) -> None:
    assert re.fullmatch(r"PlantUML 1\.20\d\d\.\d+( at \S+)? by \w+", engine.version())


class TestJava:
    """What can only happen with a Java process."""

    @pytest.fixture(params=["installed plantuml", "recent jar"])
    def java(self, request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine]) -> PlantUmlEngine:
        return real_engine(request.param, request, engines)

    def test_a_crash_inside_java_is_an_error_not_a_picture(self, java: PlantUmlEngine) -> None:
        error = refused(java, drawing('class "cost &#36; here" as A'))
        assert "PlantUML crashed: java.lang.IllegalArgumentException" in error.problem

    def test_eps_is_drawn(self, request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine]) -> None:
        engine = real_engine("recent jar", request, engines)
        assert drawn(engine, drawing(*MODEL), "eps").data.startswith(b"%!PS-Adobe")

    @pytest.mark.parametrize("width_mm", WIDTHS)
    def test_eps_is_as_large_as_the_svg(self, java: PlantUmlEngine, width_mm: float) -> None:
        asked = evolve(drawing(*MODEL), width_mm=width_mm)
        size = svg_size(drawn(java, asked).data) or (0, 0)
        eps = drawn(java, asked, "eps").data
        box = re.search(rb"%%BoundingBox: 0 0 (\d+) (\d+)\n", eps)
        assert box is not None
        in_points = (size[0] * 0.75, size[1] * 0.75)
        assert (int(box[1]), int(box[2])) == pytest.approx(in_points, rel=0.06)

    def test_a_png_wider_than_4096_pixels_is_whole(
        self, request: pytest.FixtureRequest, engines: dict[str, PlantUmlEngine]
    ) -> None:
        engine = real_engine("installed plantuml", request, engines)
        lines = ["left to right direction", *(f"class A{n}\nA{n} --> A{n + 1}" for n in range(25))]
        width, _ = svg_size(drawn(engine, drawing(*lines)).data) or (0, 0)
        png = drawn(engine, drawing(*lines), "png", dpi=192).data
        assert int.from_bytes(png[16:20], "big") == pytest.approx(2 * width, rel=0.01)
        assert 2 * width > 4200

    def test_a_killed_java_is_started_again(self, java: PlantUmlEngine) -> None:
        java.close()
        before = set(psutil.Process().children())
        drawn(java, drawing(*MODEL))
        (process,) = [one for one in set(psutil.Process().children()) - before if "java" in one.name()]
        os.kill(process.pid, signal.SIGKILL)
        drawn(java, drawing(*MODEL))
        assert not process.is_running()

    @pytest.mark.parametrize("end", ["exit 3", "kill -9 $$"])
    def test_a_layout_program_that_fails_is_an_error_not_a_picture(
        self, java: PlantUmlEngine, end: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        java.close()
        failing = tmp_path / "dot"
        asked_for_version = '[ "$1" = -V ] && echo "dot - graphviz version 2.43.0 (0)" >&2 && exit'
        failing.write_text(f"#!/bin/sh\n{asked_for_version}\ncat > /dev/null\n{end}\n")
        failing.chmod(0o755)
        monkeypatch.setenv("GRAPHVIZ_DOT", str(failing))
        problem = refused(java, drawing("class A", "class B", "A --> B")).problem
        java.close()
        assert "PlantUML crashed" in problem or "no element of the diagram is in the picture" in problem

    def test_a_missing_layout_program_is_an_error_not_a_picture(
        self, java: PlantUmlEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        java.close()
        monkeypatch.setenv("GRAPHVIZ_DOT", str(tmp_path / "dot"))
        error = refused(java, drawing("class A", "class B", "A --> B"))
        java.close()
        assert "does not find Graphviz's program 'dot'" in error.problem
