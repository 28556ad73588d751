"""Promises about the PlantUML and DOT texts of diagrams, and about what is drawn from them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.diagrams import (
    Diagram,
    Edge,
    EdgeKind,
    ForceLine,
    Node,
    NodeKind,
    dot_text,
    plantuml_text,
    visible_texts,
)
from codeable.diagrams.styles import PAPER, SCREEN, Style
from tests.tools import examples

from .hostile import hostile_diagram
from .pictures import graphviz_svg, lost, plantuml_svgs
from .studies import DECISIONS, METAMODEL, MORE_SOURCES, SOURCES, figure, study

EXPECTED = Path(__file__).parent / "expected"
FIGURES = {
    "hosting": ("hosting", {}),
    "hosting_paper_84mm": ("hosting", {"style": "paper", "width": "84mm", "wrap": 16}),
    "hosting_force_nodes_top_down": ("hosting", {"forces": "nodes", "evidence": "ids", "direction": "TB"}),
    "overview": ("overview", {}),
    "everything": ("everything", {"legend": False}),
    "with_sources": ("with_sources", {"forces": "none"}),
    "metamodel": ("metamodel", {}),
    "empty": ("empty", {}),
}
WRITERS = {"puml": plantuml_text, "dot": dot_text}
UPDATE = os.environ.get("CODEABLE_UPDATE_EXPECTED") == "1"


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Diagram]:
    registry = study(
        tmp_path_factory.mktemp("study"), model=DECISIONS, meta=METAMODEL, s1=SOURCES, s2=MORE_SOURCES
    )
    return {name: figure(registry, view, **options) for name, (view, options) in FIGURES.items()}


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("name", FIGURES)
def test_the_text_is_the_expected_one(figures: dict[str, Diagram], name: str, ending: str) -> None:
    """Run with CODEABLE_UPDATE_EXPECTED=1 to write the files again, then read the difference."""
    text = WRITERS[ending](figures[name])
    file = EXPECTED / f"{name}.{ending}"
    if UPDATE:
        file.write_bytes(text.encode())
    assert text.encode() == file.read_bytes()


@pytest.mark.parametrize("name", FIGURES)
def test_graphviz_shows_every_text(figures: dict[str, Diagram], name: str) -> None:
    assert lost(visible_texts(figures[name]), graphviz_svg(figures[name])) == []


@pytest.mark.slow
def test_plantuml_shows_every_text_also_hostile_and_long_ones(figures: dict[str, Diagram]) -> None:
    diagrams = [*figures.values(), hostile_diagram(), long_diagram(200)]
    svgs = plantuml_svgs(map(plantuml_text, diagrams))
    for diagram, svg in zip(diagrams, svgs, strict=True):
        assert lost(visible_texts(diagram), svg) == []


def long_diagram(words: int) -> Diagram:
    name = "very long name " * words
    kind = NodeKind("practice", "practice")
    nodes = (Node("n_a", kind, name, notes=(name,)), Node("n_b", kind, "?!" * words))
    edges = (Edge("n_a", "n_b", EdgeKind("option", "option"), name, (name,), description=name),)
    return evolve(hostile_diagram(()), nodes=nodes, edges=edges)


class TestHostileTexts:
    def test_are_shown_as_they_are_by_graphviz(self) -> None:
        diagram = hostile_diagram()
        assert lost(visible_texts(diagram), graphviz_svg(diagram)) == []

    def test_start_no_line_of_a_plantuml_text(self) -> None:
        ours = re.compile(
            r"(?:abstract )?class \"|n_|\{field\} |--$|\}$|<back:|legend left$|endlegend$|@enduml$|<color:#|"
            r"note on link$|end note$|BackgroundColor|BorderColor"
        )
        lines = plantuml_text(hostile_diagram()).split("skinparam class {\n")[1].splitlines()
        assert [line for line in lines if not ours.match(line)] == []

    def test_add_no_directive(self) -> None:
        text = plantuml_text(hostile_diagram())
        assert not re.search(r"^\s*!|%\w+\(|<img|^@(?!startuml$|enduml$)", text, re.MULTILINE)
        assert text.count("@enduml") == 1

    @settings(max_examples=examples(60), deadline=None)
    @given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
    def test_of_any_kind_are_shown_by_graphviz(self, text: str) -> None:
        diagram = hostile_diagram((text,), legend=False)
        assert lost(visible_texts(evolve(diagram, legend=())), graphviz_svg(evolve(diagram, legend=()))) == []


class TestVeryLongTexts:
    @pytest.fixture
    def diagram(self) -> Diagram:
        return long_diagram(1000)

    def test_are_shown_by_graphviz(self, diagram: Diagram) -> None:
        assert lost(visible_texts(diagram), graphviz_svg(diagram)) == []

    def test_make_no_line_that_plantuml_cannot_read(self, diagram: Diagram) -> None:
        assert max(map(len, plantuml_text(diagram).splitlines())) < 2500

    def test_make_no_string_that_graphviz_cannot_read(self, diagram: Diagram) -> None:
        strings = re.findall(r'"(?:[^"\\]|\\.)*"|<<TABLE.*?</TABLE>>', dot_text(diagram), re.DOTALL)
        assert max(len(string.encode()) for string in strings) <= 16_384


@pytest.fixture(scope="module")
def printed(figures: dict[str, Diagram]) -> str:
    """What PlantUML draws of a figure in the style `paper`, as wide as it likes."""
    diagram = figures["hosting_paper_84mm"]
    options = evolve(diagram.options, width_mm=None)
    (svg,) = plantuml_svgs([plantuml_text(evolve(diagram, options=options))])
    return svg.decode()


class TestPicturesOfPlantuml:
    """PlantUML counts in pixels, 96 to the inch; styles are in points, 72 to the inch."""

    @pytest.mark.slow
    def test_have_text_as_large_as_the_style_says(self, printed: str) -> None:
        name = re.search(r'<text [^>]*font-size="(\d+)"[^>]*>Cloud<', printed)
        word = re.search(r'<text [^>]*font-size="(\d+)"[^>]*>[^<]*Use a mesh<', printed)
        assert name is not None and word is not None
        assert (int(name[1]), int(word[1])) == (9 * 96 // 72, round(8 * 96 / 72))

    @pytest.mark.slow
    def test_have_lines_as_thick_as_the_style_says(self, printed: str) -> None:
        widths = set(re.findall(r"stroke-width: ?([\d.]+)", printed))
        assert f"{0.6 * 96 / 72:.1f}" in widths

    def test_need_no_character_that_fonts_lack(self, figures: dict[str, Diagram]) -> None:
        """Java draws a box for a figure space or a zero-width space that the font does not have."""
        node = Node("n_a", NodeKind("practice", "practice"), "A", (ForceLine("++", "many words " * 9),))
        texts = [
            plantuml_text(evolve(figures["hosting"], nodes=(node,), edges=())),
            plantuml_text(hostile_diagram(("a\nb",))),
        ]
        assert "many words" in texts[0]
        assert not re.search("<U[+]200.>|[\u2000-\u200f]", "".join(texts))

    @pytest.mark.slow
    def test_have_the_names_of_patterns_alone_in_italics(self, printed: str) -> None:
        names = re.findall(r'<text ([^>]*font-weight="bold"[^>]*)>([^<]+)<', printed)
        slanted = {name for attributes, name in names if "italic" in attributes}
        assert slanted == {"Service Mesh", "Sidecar"}
        assert len(names) > len(slanted)


class TestSvgOfGraphviz:
    def test_has_ids_that_start_with_the_name_of_the_figure(self, figures: dict[str, Diagram]) -> None:
        svg = graphviz_svg(figures["hosting"]).decode()
        ids = re.findall(r'\sid="([^"]+)"', svg)
        assert ids and all(each.removeprefix("a_").startswith("figure.hosting") for each in ids)
        assert len(set(ids)) == len(ids)

    def test_is_not_cut_off_at_the_tab_of_a_category(self, tmp_path: Path) -> None:
        registry = study(tmp_path, model="c = CClass(category, 'C')\nb = CBundle('b', elements=[c])\n")
        svg = graphviz_svg(figure(registry, "b", width="84mm", legend=False)).decode()
        (shift,) = re.findall(r"translate\([\d.-]+ ([\d.]+)\)", svg)
        _, folder = re.findall(r'<polygon [^>]*points="([^"]+)"', svg)
        top = min(float(point.split(",")[1]) for point in folder.split())
        assert float(shift) + top >= 0.5

    def test_links_to_the_address_of_a_source(self, tmp_path: Path) -> None:
        text = """
s1 = CClass(source, "s1", values={"url": "https://example.org/a?b=1&c=2"})
b = CBundle("b", elements=[s1])
"""
        svg = graphviz_svg(figure(study(tmp_path, model=text), "b")).decode()
        assert 'xlink:href="https://example.org/a?b=1&amp;c=2"' in svg

    def test_has_a_background(self, figures: dict[str, Diagram]) -> None:
        assert '<polygon fill="#ffffff"' in graphviz_svg(figures["hosting"]).decode().lower()

    def test_is_no_wider_than_asked(self, figures: dict[str, Diagram]) -> None:
        width = re.search(r'<svg width="([\d.]+)pt"', graphviz_svg(figures["hosting_paper_84mm"]).decode())
        assert width is not None and float(width[1]) <= 84 * 72 / 25.4 + 1


FONTS = {
    "DejaVu": "/usr/share/fonts/truetype/dejavu",
    "Liberation": "/usr/share/fonts/truetype/liberation",
    "URW": "/usr/share/fonts/opentype/urw-base35",
}


@pytest.fixture(scope="module", params=FONTS)
def drawn_with_one_family(
    request: pytest.FixtureRequest, figures: dict[str, Diagram], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The SVG of a figure in each style, drawn on a machine that has the fonts of one family alone."""
    folder = FONTS[request.param]
    if not Path(folder).is_dir():
        pytest.skip(f"the {request.param} fonts are not installed in {folder}")
    pictures = tmp_path_factory.mktemp(request.param)
    (pictures / "fonts.conf").write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{pictures}</cachedir>"
        '<include ignore_missing="yes">/etc/fonts/conf.d</include></fontconfig>'
    )
    diagrams = {
        style: evolve(figures["hosting_paper_84mm"], options=figures["hosting"].options, style=drawn_in)
        for style, drawn_in in (("screen", SCREEN), ("paper", PAPER))
    }
    for style, diagram in diagrams.items():
        (pictures / f"{style}.dot").write_text(dot_text(diagram), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-c", DRAW_ALL, str(pictures)],
        env={**os.environ, "FONTCONFIG_FILE": str(pictures / "fonts.conf")},
        capture_output=True,
        check=True,
    )
    return {style: (pictures / f"{style}.svg").read_text(encoding="utf-8") for style in diagrams}


DRAW_ALL = """
import sys, pathlib, pygraphviz
for path in pathlib.Path(sys.argv[1]).glob("*.dot"):
    graph = pygraphviz.AGraph(string=path.read_text("utf-8"))
    path.with_suffix(".svg").write_bytes(graph.draw(format="svg", prog="dot"))
"""


class TestEveryFontFamily:
    """Lines have room between them whatever the fonts of the machine leave."""

    def distance(self, svg: str, upper: str, lower: str) -> float:
        first, second = (
            float(re.findall(rf' y="([\d.-]+)"[^>]*>[^<]*{text}', svg)[0]) for text in (upper, lower)
        )
        return second - first

    @pytest.mark.parametrize("style", [SCREEN, PAPER], ids=lambda style: style.name)
    def test_has_room_between_the_lines_of_a_name(
        self, drawn_with_one_family: dict[str, str], style: Style
    ) -> None:
        svg = drawn_with_one_family[style.name]
        assert self.distance(svg, "How are data", "products hosted") >= 1.15 * style.font_size

    @pytest.mark.parametrize("style", [SCREEN, PAPER], ids=lambda style: style.name)
    @pytest.mark.parametrize(("upper", "lower"), [("Latency", "Cost"), ("«Uses»", "one per service")])
    def test_has_room_between_the_lines_of_small_text(
        self, drawn_with_one_family: dict[str, str], style: Style, upper: str, lower: str
    ) -> None:
        svg = drawn_with_one_family[style.name]
        assert self.distance(svg[svg.index(upper) - 300 :], upper, lower) >= 1.15 * style.small_size


def test_the_texts_are_the_same_for_every_hash_seed(tmp_path: Path) -> None:
    study(tmp_path, model=DECISIONS, s1=SOURCES, s2=MORE_SOURCES)
    script = (
        "import sys; from codeable.diagrams import *; from codeable.loading import load_folder\n"
        "from codeable.diagrams.alt_text import alt_text\n"
        "r = load_folder(sys.argv[1])\n"
        "for v in views(r):\n"
        "    d = build(v, r)\n"
        "    print(plantuml_text(d), dot_text(d), alt_text(d.nodes, d.edges))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "12345")
    }
    assert len(outputs) == 1


def test_a_plantuml_text_hyphenates_by_the_language_of_the_figure(figures: dict[str, Diagram]) -> None:
    node = Node("n_a", NodeKind("practice", "practice"), "Understandability")
    options = evolve(figures["hosting"].options, wrap=10, language="en_GB")
    text = plantuml_text(evolve(figures["hosting"], nodes=(node,), edges=(), options=options))
    assert re.search(r'class "Under-\\n\w+', text)
