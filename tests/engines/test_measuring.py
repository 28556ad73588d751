"""Graphs and words are measured once, whatever they say."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from attrs import evolve

from codeable.diagrams import style_named
from codeable.diagrams.rails.scene import Scene, TextLine
from codeable.diagrams.rails.scene_dot import scene_dot
from codeable.diagrams.rails.typesetter import Word
from codeable.engines import Drawing, EngineError, Picture
from codeable.engines.cache import PictureCache
from codeable.engines.graphviz import GraphvizEngine
from codeable.engines.measuring import GraphvizMeasurer
from codeable.engines.plantuml import PlantUmlEngine
from tests.diagrams.hostile import HOSTILE_TEXTS
from tests.engines.plantuml.drawings import fake_settings

FONT = "Helvetica,Arial,Liberation Sans,sans-serif"


class Counting(GraphvizEngine):
    """Counts the words that it measures."""

    def __init__(self) -> None:
        super().__init__()
        self.measured = 0

    def widths(
        self, font: str, words: Sequence[tuple[str, bool]], timeout: float = 60.0
    ) -> tuple[float, ...]:
        self.measured += len(words)
        return super().widths(font, words, timeout)


@pytest.fixture(scope="module")
def graphviz() -> Iterator[Counting]:
    with Counting() as made:
        yield made


@pytest.fixture
def measurer(graphviz: Counting) -> GraphvizMeasurer:
    graphviz.measured = 0
    return GraphvizMeasurer(graphviz, PictureCache(None))


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, " ", "   ", "x" * 700])
def test_every_text_has_a_width(measurer: GraphvizMeasurer, text: str) -> None:
    words = [Word(text, False), Word(text, True)]
    widths = measurer.widths(FONT, words)
    assert list(widths) == list(dict.fromkeys(words))
    assert all(width >= 0 for width in widths.values())


def test_a_word_is_measured_once(measurer: GraphvizMeasurer, graphviz: Counting) -> None:
    one, other = Word("one", False), Word("other", False)
    first = measurer.widths(FONT, [one, one])
    assert measurer.widths(FONT, [one, other])[one] == first[one]
    assert graphviz.measured == 2


def test_a_measurement_is_kept_for_the_next_run(tmp_path: Path, graphviz: Counting) -> None:
    words = [Word("one", False), Word("λ", True)]
    before = GraphvizMeasurer(graphviz, PictureCache(tmp_path)).widths(FONT, words)
    graphviz.measured = 0
    assert GraphvizMeasurer(graphviz, PictureCache(tmp_path)).widths(FONT, words) == before
    assert graphviz.measured == 0
    GraphvizMeasurer(graphviz, PictureCache(tmp_path)).widths("Courier", words)
    assert graphviz.measured == 2


@pytest.mark.parametrize(
    "font", ["Helvetica", "DejaVu Sans", "serif", "monospace", "no such font", 'a"b\\', "a<b>&"]
)
def test_every_font_is_measured(measurer: GraphvizMeasurer, font: str) -> None:
    narrow, wide = measurer.widths(font, [Word("i", False), Word("MMMM", False)]).values()
    assert 0 < narrow < wide


@pytest.mark.parametrize("size", [7.5, 8, 9, 11, 14])
@pytest.mark.parametrize("font", ["Helvetica,Arial", "Liberation Sans", "DejaVu Sans", "serif", "monospace"])
def test_letters_of_every_font_stand_at_the_same_place_of_their_line(
    graphviz: Counting, measurer: GraphvizMeasurer, font: str, size: float
) -> None:
    style = evolve(style_named("paper"), font=font)
    line = TextLine("line", 20, 100, 200, "Understand", size, "#000000")
    dot = scene_dot(Scene(300, 200, (line,)), "f", style, lambda _: 100.0, measurer.baseline(font))
    (picture,) = graphviz.draw([Drawing("f", dot, "dot")], "svg")
    assert isinstance(picture, Picture)
    up = re.search(rb'<text [^>]* y="-([\d.]+)"', picture.data)
    down = re.search(rb"translate\(\S+ (\S+)\)", picture.data)
    assert up is not None
    assert down is not None
    assert float(down[1]) - float(up[1]) - 100 == pytest.approx(0.32 * size, abs=0.06 * size)


def test_no_word_is_no_measurement(measurer: GraphvizMeasurer, graphviz: Counting) -> None:
    assert measurer.widths(FONT, []) == {}
    assert graphviz.measured == 0


def test_without_the_library_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codeable.engines.graphviz_process.library_folder", lambda: None)
    with GraphvizEngine() as graphviz, pytest.raises(EngineError, match="pip install pygraphviz"):
        GraphvizMeasurer(graphviz, PictureCache(None)).widths(FONT, [Word("a", False)])


def test_an_engine_that_does_not_measure_says_so() -> None:
    with (
        PlantUmlEngine(fake_settings()) as plantuml,
        pytest.raises(EngineError, match="does not measure text"),
    ):
        GraphvizMeasurer(plantuml, PictureCache(None)).widths(FONT, [Word("a", False)])
