"""Promises about where a graph has its boxes, arrows and texts."""

from graphlib import TopologicalSorter
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeable.diagrams import Diagram, Edge, Node
from codeable.diagrams.graph.order import graph_order
from codeable.diagrams.kinds import LINK, NODE_KINDS
from tests.tools import examples

from .geometry import Box, Picture, around
from .pictures import graphviz_svg
from .studies import figure, study

TEXTS = [
    "Use code instead of manual processes",
    "Use pods",
    "Containerise all the domains",
    "Integrate applications into a single offering that everybody knows",
    "Use a templated data pipeline to easily adopt and extend",
    "Go",
    "Manage all data products centrally",
    "gypsy",
    "Use MDM to create uniformity in business and IT",
    "Keep control of your versions",
]
OPTIONS = [f"Option {letter}" for letter in "ABCDEFGHIJ"]


def star(*more: str) -> str:
    """The text of a decision with ten options."""
    lines = ["how = CClass(decision, 'How can we manage and provision the infrastructure?')"]
    for name, text in zip(OPTIONS, TEXTS, strict=True):
        variable = name[-1].lower()
        lines.append(f"{variable} = CClass(practice, {name!r})")
        lines.append(f"add_decision_option_link(how, {variable}, {text!r})")
    return "\n".join([*lines, *more, ""])


RELATIONS = """
for one, other in ((a, b), (c, d), (d, e)):
    add_stereotyped_design_solution_link(one, other, can_use)
"""


def drawn(folder: Path, text: str, name: str, **options: object) -> Picture:
    return Picture(graphviz_svg(figure(study(folder, model=text), name, **options)))


@pytest.mark.parametrize("style", ["screen", "paper"])
@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("more", ["", RELATIONS], ids=["star", "relations"])
class TestADecision:
    @pytest.fixture
    def picture(self, tmp_path: Path, style: str, direction: str, more: str) -> Picture:
        return drawn(tmp_path, star(more), "how", layout="graph", style=style, direction=direction)

    def test_has_each_text_at_its_own_arrow_and_away_from_every_other(self, picture: Picture) -> None:
        for name in picture.lines:
            box = around(box for _, box in picture.texts[f"{name}.text"])
            own = box.distance(picture.lines[name])
            for other, line in picture.lines.items():
                if other != name:
                    assert box.distance(line) > max(own, 6), (name, other)

    def test_has_its_options_in_the_order_of_their_declaration(
        self, picture: Picture, direction: str
    ) -> None:
        boxes = [picture.box(name) for name in OPTIONS]
        sides = [box.top if direction == "LR" else box.left for box in boxes]
        assert sides == sorted(sides)


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_no_arrows_of_a_star_cross(tmp_path: Path, direction: str) -> None:
    assert drawn(tmp_path, star(), "how", layout="graph", direction=direction).crossings() == []


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_no_arrows_to_one_box_cross(tmp_path: Path, direction: str) -> None:
    text = "hub = CClass(practice, 'Hub')\n" + "".join(
        f"x{number} = CClass(practice, 'Practice {number}')\n"
        f"add_stereotyped_link_with_how_tagged_value(x{number}, hub, uses, {how!r})\n"
        for number, how in enumerate(TEXTS)
    )
    text += f"b = CBundle('B', elements=[hub, {', '.join(f'x{number}' for number in range(10))}])\n"
    picture = drawn(tmp_path, text, "b", direction=direction)
    assert len(picture.lines) == 10
    assert picture.crossings() == []


def test_a_text_has_its_arrow_as_its_lower_border(tmp_path: Path) -> None:
    text = "how, do = CClass(decision, 'How?'), CClass(practice, 'Do')\n"
    picture = drawn(tmp_path, f"{text}add_decision_option_link(how, do, 'gypsy')\n", "how", layout="graph")
    ((_, box),) = picture.texts["e1.text"]
    under = [piece for piece in picture.lines["e1"] if piece[0][0] <= box.left + 1 < piece[1][0]]
    assert all(2 <= piece[0][1] - box.bottom <= 5 for piece in under)
    assert len(under) > 0
    pieces = sorted(picture.lines["e1"])
    assert all(start[0] <= end[0] for (_, end), (start, _) in pairwise(sorted(pieces, key=lambda p: p[1])))
    assert all(abs(end[0] - start[0]) < 0.1 for (_, end), (start, _) in pairwise(pieces))
    heights = [point[1] for piece in pieces for point in piece]
    assert max(heights) - min(heights) < 0.1


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_many_arrows_without_a_text_reach_their_box_at_places_of_their_own(
    tmp_path: Path, direction: str
) -> None:
    text = "whole = CClass(domain_metaclass, 'Whole')\n" + "".join(
        f"x{number} = CClass(domain_metaclass, 'Kind {number}', superclasses=whole)\n" for number in range(5)
    )
    text += f"b = CBundle('B', elements=[whole, {', '.join(f'x{number}' for number in range(5))}])\n"
    picture = drawn(tmp_path, text, "b", direction=direction)
    ends = [pieces[-1][1] for pieces in picture.lines.values()]
    assert len(ends) == 5
    assert all(abs(x - u) + abs(y - v) > 5 for (x, y), (u, v) in combinations(ends, 2))
    assert picture.crossings() == []


def test_the_texts_of_a_decision_begin_at_one_line(tmp_path: Path) -> None:
    picture = drawn(tmp_path, star(), "how", layout="graph")
    starts = [texts[0][1].left for name, texts in picture.texts.items() if name.endswith(".text")]
    assert len(starts) == len(TEXTS)
    assert max(starts) - min(starts) < 10


def test_a_text_interrupts_its_arrow_from_top_to_bottom(tmp_path: Path) -> None:
    text = "how, do = CClass(decision, 'How?'), CClass(practice, 'Do')\n"
    picture = drawn(
        tmp_path, f"{text}add_decision_option_link(how, do, 'gypsy')\n", "how", layout="graph", direction="TB"
    )
    ((_, box),) = picture.texts["e1.text"]
    assert 1 <= box.distance(picture.lines["e1"]) <= 5


class TestBoxesWithoutArrows:
    """An overview of decisions that do not lead to each other."""

    TEXT = "".join(
        f"d{number} = CClass(decision, 'How do we decide about the thing of number {number}?')\n"
        for number in range(14)
    )

    def boxes(self, diagram: Diagram) -> list[Box]:
        picture = Picture(graphviz_svg(diagram))
        return [picture.boxes[node.identifier] for node in diagram.nodes]

    @pytest.mark.parametrize("direction", ["LR", "TB"])
    @pytest.mark.parametrize("options", [{}, {"style": "paper", "width": "178mm"}], ids=["screen", "paper"])
    def test_are_a_grid_in_the_order_of_declaration(
        self, tmp_path: Path, direction: str, options: dict[str, str]
    ) -> None:
        boxes = self.boxes(
            figure(study(tmp_path, model=self.TEXT), "overview", direction=direction, **options)
        )
        rows = [[boxes[0]]]
        for before, box in pairwise(boxes):
            if box.left > before.right:
                rows[-1].append(box)
            else:
                rows.append([box])
        assert len({len(row) for row in rows[:-1]}) == 1
        assert 1 < len(rows[0]) < 14
        for above, below in pairwise(rows):
            assert max(box.bottom for box in above) < min(box.top for box in below)
        for below_each_other in (boxes[at :: len(rows[0])] for at in range(len(rows[0]))):
            widths = [box.right - box.left for box in below_each_other]
            assert max(widths) - min(widths) < 1

    def test_are_as_many_beside_each_other_as_the_width_has_room_for(self, tmp_path: Path) -> None:
        text = self.TEXT + 'd14 = CClass(decision, "Who?")\nd15 = CClass(decision, "What?")\n'
        diagram = figure(study(tmp_path, model=text), "overview", style="paper", width="178mm")
        boxes = self.boxes(diagram)
        first = [box for box in boxes if box.top < boxes[0].bottom]
        one_more = max(box.right - box.left for box in boxes) + 20
        assert first[-1].right + one_more > 178 / 25.4 * 72

    def test_are_one_column_where_no_more_have_room(self, tmp_path: Path) -> None:
        diagram = figure(study(tmp_path, model=self.TEXT), "overview", style="paper", width="50mm")
        boxes = self.boxes(diagram)
        assert [box.top for box in boxes] == sorted(box.top for box in boxes)

    @pytest.mark.parametrize("direction", ["LR", "TB"])
    def test_are_below_those_with_arrows(self, tmp_path: Path, direction: str) -> None:
        more = "d0.add_links(d5, role_name='next decision')\nd1.add_links(d2, role_name='next decision')\n"
        diagram = figure(study(tmp_path, model=self.TEXT + more), "overview", direction=direction)
        boxes = dict(zip(range(14), self.boxes(diagram), strict=True))
        linked = [boxes.pop(number) for number in (0, 5, 1, 2)]
        assert max(box.bottom for box in linked) < min(box.top for box in boxes.values())
        assert max(box.bottom for box in linked[:2]) < min(box.top for box in linked[2:])


class TestACycle:
    TEXT = """
x, y, z = CClass(practice, "X"), CClass(practice, "Y"), CClass(practice, "Z")
for one, other, how in ((x, y, "one"), (y, z, "two"), (z, x, "three")):
    add_stereotyped_link_with_how_tagged_value(one, other, uses, how)
x.add_links(x, role_name="to", stereotype_instances=uses)
b = CBundle("B", elements=[x, y, z])
"""

    def test_shows_each_text_once_and_each_arrow_with_a_head_at_its_target(self, tmp_path: Path) -> None:
        diagram = figure(study(tmp_path, model=self.TEXT), "b", legend=False)
        svg = graphviz_svg(diagram)
        picture = Picture(svg)
        shown = [text for texts in picture.texts.values() for text, _ in texts]
        assert [shown.count(text) for text in ("one", "two", "three", "«Uses»")] == [1, 1, 1, 4]
        assert svg.count(b'<polygon fill="#0072b2"') == 4

    def test_in_a_diagram_is_found_once(self, tmp_path: Path) -> None:
        diagram = figure(study(tmp_path, model=self.TEXT), "b")
        assert len(graph_order(diagram.nodes, diagram.edges).closing) == 1


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_without_the_edges_that_close_a_cycle_there_is_none(pairs: list[tuple[int, int]]) -> None:
    nodes = [Node(f"n_{number}", NODE_KINDS[0], "x") for number in range(8)]
    edges = [Edge(f"n_{one}", f"n_{other}", LINK) for one, other in pairs]
    order = graph_order(nodes, edges)
    assert sorted([*order.alone, *(each for part in order.parts for each in part)]) == [
        node.identifier for node in nodes
    ]
    before: dict[str, set[str]] = {node.identifier: set() for node in nodes}
    for position, edge in enumerate(edges):
        if edge.source != edge.target and position not in order.closing:
            before[edge.target].add(edge.source)
    TopologicalSorter(before).prepare()
