"""Scenes as the embedded Graphviz draws them: arrowheads at boxes, borders inside, texts at their side."""

import re

import pygraphviz
import pytest
from attrs import evolve
from lxml import etree

from codeable.diagrams.impact_signs import SIGNS
from codeable.diagrams.rails.scene import Box, Item, Polyline, Scene, TextLine
from codeable.diagrams.rails.scene_dot import scene_dot
from codeable.diagrams.styles import PAPER, EdgeStyle, NodeStyle
from tests.diagrams.hostile import HOSTILE_TEXTS
from tests.diagrams.pictures import lost

BOX = NodeStyle("box", "#FFFFFF", "#000000")
ARROW = EdgeStyle("#000000")


def dot(*items: Item, size: tuple[float, float] = (300, 200)) -> str:
    return scene_dot(Scene(*size, items), "tried", PAPER, lambda text: len(text.text) * text.size * 0.5)


def svg(*items: Item, size: tuple[float, float] = (300, 200)) -> etree._Element:
    return etree.fromstring(pygraphviz.AGraph(string=dot(*items, size=size)).draw(format="svg", prog="dot"))


def points(element: etree._Element) -> list[tuple[float, float]]:
    """The points of a shape, downwards from the upper left corner of the figure."""
    given = element.get("points") or element.get("d") or ""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", given)]
    moved = re.search(r"translate\((\S+) (\S+)\)", element.getroottree().find("{*}g").get("transform"))
    right, down = map(float, moved.groups())
    return [(x + right, y + down) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def place(text: etree._Element) -> tuple[float, float, float]:
    """Where a text starts, and about its width."""
    ((x, y),) = points(etree.SubElement(text, "at", points=f"{text.get('x')},{text.get('y')}"))
    return x, y, len("".join(text.itertext())) * float(text.get("font-size")) * 0.5


def group(root: etree._Element, name: str) -> etree._Element:
    (found,) = root.xpath(f"//*[@id='figure.tried.{name}']")
    return found


def polygons(root: etree._Element, name: str) -> list[list[tuple[float, float]]]:
    return [points(each) for each in group(root, name).iter("{*}polygon")]


@pytest.mark.parametrize("head", ["arrow", "triangle", "diamond", "filled diamond"])
@pytest.mark.parametrize("end", [(200.0, 50.0), (20.0, 150.0), (120.0, 140.0)])
def test_the_tip_of_an_arrow_is_where_its_line_ends(head: str, end: tuple[float, float]) -> None:
    root = svg(Polyline("rail", ((20, 50), end), evolve(ARROW, head=head)))
    (arrowhead,) = polygons(root, "rail")
    (path,) = group(root, "rail").iter("{*}path")
    length = 5.4 if "diamond" in head else 4.5
    tip = min(arrowhead, key=lambda point: abs(point[0] - end[0]) + abs(point[1] - end[1]))
    assert tip == pytest.approx(end, abs=1.6)
    line_end = points(path)[-1]
    assert ((line_end[0] - end[0]) ** 2 + (line_end[1] - end[1]) ** 2) ** 0.5 == pytest.approx(
        length, abs=0.1
    )


def test_the_tail_of_a_line_is_where_it_starts() -> None:
    root = svg(Polyline("part", ((20, 50), (200, 50)), evolve(ARROW, head="none", tail="filled diamond")))
    (diamond,) = polygons(root, "part")
    assert min(x for x, _ in diamond) == pytest.approx(20, abs=1.6)


def test_a_line_without_ends_goes_from_its_first_to_its_last_point() -> None:
    root = svg(Polyline("trunk", ((20, 10), (20, 90), (60, 90)), evolve(ARROW, head="none")))
    assert polygons(root, "trunk") == []
    (path,) = group(root, "trunk").iter("{*}path")
    assert (points(path)[0], points(path)[-1]) == (
        pytest.approx((20, 10), abs=0.05),
        pytest.approx((60, 90), abs=0.05),
    )


def test_a_double_box_has_both_borders_inside_its_size() -> None:
    root = svg(Box("both", 20, 30, 100, 40, evolve(BOX, shape="double")))
    (outer,), (inner,) = polygons(root, "both"), polygons(root, "both.inner")
    assert min(outer) == pytest.approx((20, 30), abs=0.05)
    assert max(outer) == pytest.approx((120, 70), abs=0.05)
    assert min(inner)[0] > 20 and max(inner)[0] < 120
    assert min(inner)[1] > 30 and max(inner)[1] < 70


@pytest.mark.parametrize("words", ["10", "Understandability of the whole platform"])
@pytest.mark.parametrize(("align", "part"), [("left", 0.0), ("center", 0.5), ("right", 1.0)])
def test_a_text_is_at_the_side_of_its_room_however_wide_it_is(words: str, align: str, part: float) -> None:
    root = svg(TextLine("words", 150, 100, 100, words, 9, "#000000", align=align))
    (text,) = group(root, "words").iter("{*}text")
    left, baseline, width = place(text)
    assert left + part * width == pytest.approx(150 + part * 100, abs=0.1 * width + 1)
    assert baseline == pytest.approx(103, abs=1)


@pytest.mark.parametrize("size", [7, 8, 9, 11])
def test_a_text_at_the_left_starts_exactly_there_also_where_it_fills_its_room(size: float) -> None:
    words = "Understandability of the platform"
    root = svg(TextLine("words", 20, 100, len(words) * size * 0.45, words, size, "#000000"))
    (text,) = group(root, "words").iter("{*}text")
    assert place(text)[0] == pytest.approx(20, abs=0.05)


@pytest.mark.parametrize("words", ["\U00012000\U00012001 \U0001fad8", "日本語のデータ", "Ελληνικά ☃"])
def test_a_text_starts_at_the_left_also_where_no_font_has_its_characters(words: str) -> None:
    root = svg(TextLine("words", 20, 100, 60, words, 8, "#000000"))
    (text,) = group(root, "words").iter("{*}text")
    assert place(text)[0] == pytest.approx(20, abs=0.05)


def test_the_page_is_as_large_as_the_scene() -> None:
    """Also with texts that fill their rooms."""
    lines = [
        TextLine(
            f"words{size}",
            100,
            20.0 * size,
            195,
            "Understandability in each case of failure",
            size,
            "#000000",
        )
        for size in (7, 8, 8.5, 9)
    ]
    root = svg(*lines, size=(300.25, 200.5))
    assert [float(side) for side in root.get("viewBox").split()[2:]] == pytest.approx([300.25, 200.5], abs=1)


def test_every_text_is_drawn_as_itself(capfd: pytest.CaptureFixture[str]) -> None:
    texts = (*HOSTILE_TEXTS, *SIGNS)
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    items = [
        TextLine(f"t{number}", 10, 12.0 * number, 50, line, 9, "#000000", bold=number % 2 == 0)
        for number, line in enumerate(lines)
    ]
    text = dot(*items, size=(400, 2000))
    drawn = pygraphviz.AGraph(string=text).draw(format="svg", prog="dot")
    assert lost(lines, drawn) == []
    assert "label" not in capfd.readouterr().err


def test_equal_scenes_give_equal_texts() -> None:
    items = (
        Box("one", 1, 2, 3, 4, BOX, "https://example.org/", "One"),
        Polyline("two", ((1, 2), (3, 4)), ARROW),
    )
    assert dot(*items) == dot(*items)


def test_a_link_has_its_target_and_tooltip() -> None:
    root = svg(Box("one", 10, 20, 30, 40, BOX, "https://example.org/a?b=1&c=2", "Service & Mesh"))
    (link,) = group(root, "one").iter("{*}a")
    assert link.get("{http://www.w3.org/1999/xlink}href") == "https://example.org/a?b=1&c=2"
    assert link.get("{http://www.w3.org/1999/xlink}title") == "Service & Mesh"
