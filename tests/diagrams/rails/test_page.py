"""The page of a figure with positions of its own."""

import re

import pygraphviz
import pytest

from codeable.diagrams import style_named
from codeable.diagrams.rails.scene import Scene, TextLine
from codeable.diagrams.rails.scene_dot import scene_dot

WIDTH, HEIGHT = 240.0, 100.0


@pytest.mark.parametrize(
    ("left", "align"), [(150, "left"), (0, "right"), (120, "center"), (230, "left"), (-200, "left")]
)
def test_a_picture_is_as_large_as_its_page_wherever_its_texts_are(left: float, align: str) -> None:
    text = TextLine("t", left, 98, 80, "Interoperability", 8.0, "#000000", align=align)  # type: ignore[arg-type]
    dot = scene_dot(Scene(WIDTH, HEIGHT, (text,)), "f", style_named("paper"), lambda text: 83.0)
    graph = pygraphviz.AGraph(string=dot)
    svg = graph.draw(format="svg", prog="dot").decode()
    pdf = graph.draw(format="pdf", prog="dot", args="-Gmargin=0")
    assert re.search(r'<svg width="(\d+)pt" height="(\d+)pt"', svg).groups() == ("240", "100")
    assert re.search(rb"MediaBox\s*\[ 0 0 (\d+) (\d+) \]", pdf).groups() == (b"240", b"100")
