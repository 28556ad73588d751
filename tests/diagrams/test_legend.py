"""Promises about the legend of a figure: what it explains, and what its samples look like."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from attrs import evolve
from lxml import etree

from codeable.diagrams import (
    Diagram,
    Edge,
    ForceLine,
    LegendEntry,
    Node,
    NodeKind,
    figure_options,
    style_named,
)
from codeable.diagrams.impact_signs import SIGNS
from codeable.diagrams.kinds import EDGE_KINDS, NODE_KINDS
from codeable.diagrams.legend import legend
from codeable.diagrams.rails.legend import legend_entries, legend_scene
from codeable.diagrams.rails.outline import outlines
from codeable.diagrams.rails.scene import Box, Scene, TextLine
from codeable.diagrams.rails.setting import Sizes
from codeable.diagrams.rails.typesetter import Typesetter
from tests.diagrams.pictures import graphviz_svg, lost
from tests.diagrams.studies import DECISIONS, figure, study

Point = tuple[float, float]
TABLES: dict[str, dict[str, object]] = {
    "odd": {"base": "paper", "element": {"shape": "cut"}, "practice": {"shape": "hexagon"}},
    "mono": {"base": "paper", "font": "Nimbus Mono PS,monospace", "small_size": 8},
}


def diagram(style: str = "screen", **options: object) -> Diagram:
    """A figure with a node and an arrow of every kind, whose decision has a long name."""
    nodes = [Node(f"n{number}", kind, kind.word) for number, kind in enumerate(NODE_KINDS)]
    nodes[0] = nodes[0]._replace(name="How do the teams that offer data products exchange their data?")
    nodes[1] = nodes[1]._replace(impacts=tuple(ForceLine(sign, "Cost") for sign in SIGNS))
    edges = [Edge("n0", f"n{1 + number}", kind) for number, kind in enumerate(EDGE_KINDS)]
    return made(nodes, edges, style, **options)


def made(nodes: Iterable[Node], edges: Iterable[Edge], style: str = "screen", **options: object) -> Diagram:
    nodes, edges = tuple(nodes), tuple(edges)
    return Diagram(
        name="all",
        title="All",
        nodes=nodes,
        edges=edges,
        legend=legend(nodes, edges),
        options=figure_options(**options),
        style=style_named(style, TABLES),
    )


class Picture:
    """What an SVG shows: its size, the places of its texts, the shapes that no node and no arrow has."""

    def __init__(self, svg: bytes) -> None:
        root = etree.fromstring(svg)
        self.width = float(root.get("width").removesuffix("pt"))
        (graph,) = root.findall("{*}g")
        self.texts = {
            "".join(text.itertext()): (float(text.get("x")), float(text.get("y")))
            for text in graph.findall("{*}text")
        }
        tags = ("polygon", "polyline", "path", "ellipse")
        self.samples = [
            shape for shape in graph.iterchildren(etree.Element) if etree.QName(shape).localname in tags
        ]

    def sample(self, text: str) -> list[tuple[str, str, str]]:
        """The shapes at the left of a text of the legend, from above: their tags, fills and outlines."""
        left, base = self.texts[text]
        found = []
        for shape in self.samples[1:]:
            points = list(points_of(shape))
            across = sum(x for x, _ in points) / len(points)
            down = sum(y for _, y in points) / len(points)
            if left - 40 < across < left and abs(down - (base - 3)) < 6:
                relative = " ".join(f"{x - left:.1f},{y - base:.1f}" for x, y in points)
                found.append((etree.QName(shape).localname, shape.get("fill"), relative))
        return found


def points_of(shape: etree._Element) -> Iterable[Point]:
    if shape.get("cx"):
        yield float(shape.get("cx")), float(shape.get("cy"))
    numbers = re.findall(r"-?[\d.]+", shape.get("points") or shape.get("d") or "")
    yield from zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True)


@pytest.mark.parametrize("style", ["screen", "paper", "odd", "mono"])
@pytest.mark.parametrize("direction", ["LR", "TB"])
class TestTheSamplesOfAGraph:
    def test_are_beside_their_words(self, style: str, direction: str) -> None:
        picture = Picture(graphviz_svg(diagram(style, direction=direction, wrap=60)))
        words = [kind.word for kind in (*NODE_KINDS, *EDGE_KINDS)]
        assert [word for word in words if not picture.sample(word)] == []

    def test_differ_where_the_arrows_differ(self, style: str, direction: str) -> None:
        picture = Picture(graphviz_svg(diagram(style, direction=direction, wrap=60)))
        words = ("has part", "consists of", "is a kind of", "link")
        samples = {str(picture.sample(word)) for word in words}
        assert len(samples) == 4


def test_a_force_a_practice_and_a_pattern_have_samples_of_their_shapes() -> None:
    picture = Picture(graphviz_svg(diagram(wrap=60)))
    force, practice, pattern = (picture.sample(word) for word in ("force", "practice", "pattern"))
    assert [tag for tag, _, _ in force] == ["ellipse"]
    assert [tag for tag, _, _ in practice] == ["path"]
    assert [tag for tag, _, _ in pattern] == ["polygon", "polygon"]


def test_a_sample_has_the_colours_of_its_kind() -> None:
    picture = Picture(graphviz_svg(diagram(wrap=60)))
    assert picture.sample("decision")[0][1].upper() == style_named("screen").node("decision").fill


@pytest.mark.parametrize("fmt", ["LR", "TB"])
def test_a_legend_does_not_make_a_figure_wider(fmt: str) -> None:
    whole = diagram(direction=fmt)
    with_legend = Picture(graphviz_svg(whole)).width
    assert with_legend <= Picture(graphviz_svg(evolve(whole, legend=()))).width + 1


def test_the_signs_are_one_running_line_where_there_is_room() -> None:
    impacts = tuple(ForceLine(sign, "Cost") for sign in ("++", "+", "−", "−−"))
    nodes = [Node("a", NODE_KINDS[1], "Infrastructure as code, by those who run the platform", impacts)]
    texts = Picture(graphviz_svg(made(nodes, [], wrap=60))).texts
    assert "++ very positive\u2003+ positive\u2003− negative\u2003−\u200a− very negative" in texts


def test_the_entries_are_one_line_where_the_text_of_an_arrow_makes_the_figure_wide() -> None:
    nodes = [Node("a", NODE_KINDS[1], "Shared event bus"), Node("b", NODE_KINDS[2], "Queue per team")]
    edges = [Edge("a", "b", EDGE_KINDS[1], "which is used for all that has to wait until the morning")]
    whole = made(nodes, edges, direction="LR", wrap=60)
    texts = Picture(graphviz_svg(whole)).texts
    assert len({texts[entry.text][1] for entry in whole.legend}) == 1


def test_the_entries_are_one_line_where_boxes_after_or_beside_each_other_make_the_figure_wide() -> None:
    nodes = [Node(f"n{number}", NODE_KINDS[1 + number % 2], "Shared event bus") for number in range(5)]
    edges = [Edge(f"n{number}", f"n{number + 1}", EDGE_KINDS[1]) for number in range(4)]
    chain = made(nodes, edges, direction="LR")
    star = made(nodes, [Edge("n0", node.identifier, EDGE_KINDS[1]) for node in nodes[1:]], direction="TB")
    for whole in (chain, star):
        texts = Picture(graphviz_svg(whole)).texts
        assert len({texts[entry.text][1] for entry in whole.legend}) == 1


def test_a_narrow_figure_has_the_signs_on_several_lines() -> None:
    whole = diagram(direction="LR", wrap=12)
    svg = graphviz_svg(whole)
    assert len([text for text in Picture(svg).texts if "positive" in text]) > 1
    assert lost([entry.text for entry in whole.legend], svg) == []


def test_words_of_the_study_are_shown_whole_and_never_cut() -> None:
    word = "Understandability" * 8
    nodes = [Node("a", NodeKind("element", f"{word} of names"), "A"), Node("b", NODE_KINDS[1], "B")]
    svg = graphviz_svg(made(nodes, []))
    assert word in Picture(svg).texts
    assert lost([f"{word} of names"], svg) == []


def test_a_legend_that_is_too_long_for_a_table_is_a_list() -> None:
    nodes = [Node(f"n{number}", NodeKind("element", f"kind {number:03} " * 30), "A") for number in range(80)]
    whole = made(nodes, [])
    assert lost([entry.text for entry in whole.legend], graphviz_svg(whole)) == []


def test_many_kinds_all_have_samples() -> None:
    keys = ("practice", "pattern", "deployment_node")
    kinds = [NodeKind(keys[number % 3], f"kind {number:03}") for number in range(90)]
    nodes = [Node(f"n{number}", kind, "A") for number, kind in enumerate(kinds)]
    picture = Picture(graphviz_svg(made(nodes, [])))
    assert [node.kind.word for node in nodes if not picture.sample(node.kind.word)] == []


def test_an_entry_without_a_word_has_no_place_in_a_legend() -> None:
    assert legend([Node("a", NodeKind("element", ""), "A")], []) == ()


def test_boxes_of_one_kind_are_not_explained() -> None:
    decisions = [Node("a", NODE_KINDS[0], "A"), Node("b", NODE_KINDS[0], "B")]
    assert legend(decisions, []) == ()
    assert len(legend([*decisions, Node("c", NODE_KINDS[1], "C")], [])) == 2


def test_the_order_is_the_same_in_every_figure() -> None:
    whole = diagram()
    backwards = legend(whole.nodes[::-1], whole.edges[::-1])
    assert backwards == whole.legend
    assert backwards[-1] == LegendEntry("sign", "−−", "very negative")


def scene(entries: Sequence[LegendEntry], width: float, style: str = "screen") -> Scene:
    """The legend of a rails figure, in a font whose letters are all half as wide as they are high."""
    setter = Typesetter(lambda words: {word: len(word.text) / 2 for word in words})
    found = legend_scene(entries, setter, Sizes(11, 9), style_named(style, TABLES), width)
    assert found is not None
    return found


def lines_of(drawn: Scene) -> list[list[str]]:
    """The texts of a scene by their height."""
    texts = [item for item in drawn.items if isinstance(item, TextLine)]
    heights = sorted({text.middle for text in texts})
    return [[text.text for text in texts if text.middle == height] for height in heights]


def hosting(folder: Path, **options: object) -> Diagram:
    return figure(study(folder, model=DECISIONS), "hosting", **options)


class TestTheLegendOfRails:
    def test_explains_the_signs_and_not_the_boxes_which_say_what_they_are(self, tmp_path: Path) -> None:
        whole = hosting(tmp_path)
        entries = legend_entries(whole, outlines(whole), matrix=True)
        assert [(entry.key, entry.text) for entry in entries] == [
            ("+", "positive"),
            ("−", "negative"),
            ("−−", "very negative"),
            ("empty:", "not stated"),
        ]

    def test_explains_empty_cells_only_where_there_are_cells(self, tmp_path: Path) -> None:
        whole = hosting(tmp_path)
        assert "empty:" not in {entry.key for entry in legend_entries(whole, outlines(whole), matrix=False)}
        whole = hosting(tmp_path, forces="none")
        assert "sign" not in {entry.role for entry in legend_entries(whole, outlines(whole), matrix=True)}

    def test_is_left_out_on_request(self, tmp_path: Path) -> None:
        whole = hosting(tmp_path, legend=False)
        assert legend_entries(whole, outlines(whole), matrix=True) == ()
        setter = Typesetter(lambda words: dict.fromkeys(words, 1.0))
        assert legend_scene((), setter, Sizes(11, 9), style_named("screen"), 300) is None

    def test_is_one_line_where_there_is_room(self, tmp_path: Path) -> None:
        whole = hosting(tmp_path)
        drawn = scene(legend_entries(whole, outlines(whole), matrix=True), 500, "paper")
        assert lines_of(drawn) == [
            ["+ positive", "− negative", "−\u200a− very negative", "empty: not stated"],
        ]

    def test_shows_signs_in_their_cells_on_screen(self, tmp_path: Path) -> None:
        whole = hosting(tmp_path)
        drawn = scene(legend_entries(whole, outlines(whole), matrix=True), 500)
        cells = {item.identifier: item.style.fill for item in drawn.items if isinstance(item, Box)}
        texts = [item for item in drawn.items if isinstance(item, TextLine)]
        signs = [item for item in texts if item.identifier.endswith(".sign")]
        colours = [cells[sign.identifier.removesuffix(".sign")] for sign in signs]
        assert colours == [style_named("screen").signs[sign.text.replace("\u200a", "")] for sign in signs]
        assert len(colours) == 3

    @pytest.mark.parametrize("width", [90, 160, 238, 505])
    def test_is_never_wider_than_the_figure(self, width: float, tmp_path: Path) -> None:
        whole = hosting(tmp_path)
        drawn = scene(legend_entries(whole, outlines(whole), matrix=True), width)
        rights = [item.left + item.width for item in drawn.items]
        assert max(rights) <= width
        bottoms = [item.middle + item.size / 2 for item in drawn.items if isinstance(item, TextLine)]
        assert max(bottoms) <= drawn.height

    def test_no_text_is_over_another_or_over_a_sample(self, tmp_path: Path) -> None:
        whole = hosting(tmp_path)
        for width in (90, 160, 505):
            items = scene(legend_entries(whole, outlines(whole), matrix=False), width).items
            texts = [item for item in items if isinstance(item, TextLine)]
            for text in texts:
                beside = [other for other in texts if other.middle == text.middle and other is not text]
                assert all(
                    other.left >= text.left + text.width or other.left + other.width <= text.left
                    for other in beside
                )

    def test_is_small_and_readable(self, tmp_path: Path) -> None:
        whole = hosting(tmp_path)
        entries = legend_entries(whole, outlines(whole), matrix=True)
        assert {item.size for item in scene(entries, 500).items if isinstance(item, TextLine)} == {8}
