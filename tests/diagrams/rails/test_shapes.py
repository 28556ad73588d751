"""The shapes of rails: rectangles, and a message where a style of the study asks for another shape."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from codeable.diagrams import Diagram, build, figure_options
from codeable.diagrams.layout import lay_out
from codeable.diagrams.rails.outline import outlines
from codeable.diagrams.rails.shapes import box_style, shape_messages
from codeable.diagrams.rails.typesetter import Word
from codeable.diagrams.styles import NodeStyle
from tests.diagrams.studies import DECISIONS, study, view


def drawn(folder: Path, **table: object) -> Diagram:
    registry = study(folder, model=DECISIONS)
    options = figure_options(style="mine" if table else "screen")
    return build(view(registry, "hosting"), registry, options, {"mine": table} if table else None)


def messages(diagram: Diagram) -> list[str]:
    return [*shape_messages(diagram, outlines(diagram))]


def test_a_style_whose_shape_rails_cannot_draw_is_reported_with_the_way_out(tmp_path: Path) -> None:
    (message,) = messages(drawn(tmp_path, practice={"shape": "ellipse"}))
    assert message.startswith("rails draw the ellipse of practice as a box; ")
    assert message.endswith("[tool.codeable.styles.mine] may give it the shape box, rounded or double")


def test_a_shape_of_a_kind_that_is_not_drawn_is_not_reported(tmp_path: Path) -> None:
    assert messages(drawn(tmp_path, category={"shape": "ellipse"}, pattern={"shape": "rounded"})) == []


def test_the_built_in_styles_have_no_messages(tmp_path: Path) -> None:
    assert messages(drawn(tmp_path)) == []


@pytest.mark.parametrize("shape", ["hexagon", "cut", "ellipse", "note", "folder", "cube", "plain"])
def test_every_other_shape_is_a_box_of_the_same_colours(shape: str) -> None:
    style = NodeStyle(shape, "#FFFF00", "#0000FF", "dashed", 2.0)  # type: ignore[arg-type]
    box = box_style(style)
    assert (box.shape, box.fill, box.line_style, box.line_width) == ("box", "#FFFF00", "dashed", 2.0)
    assert box.line == ("#FFFF00" if shape == "plain" else "#0000FF")


@pytest.mark.parametrize("name", ["hosting", "everything"])
def test_the_message_is_among_those_of_the_figure(tmp_path: Path, name: str) -> None:
    registry = study(tmp_path, model=DECISIONS)
    tables = {"mine": {"practice": {"shape": "ellipse"}}}

    class Letters:
        def size(self, diagram: Diagram) -> tuple[float, float]:
            raise NotImplementedError

        def widths(self, _: str, words: Sequence[Word]) -> dict[Word, float]:
            return {word: len(word.text) * 0.5 for word in words}

        def baseline(self, font: str) -> float:
            return 0.2

    found = lay_out(
        lambda options: build(view(registry, name), registry, options, tables),
        figure_options(style="mine"),
        Letters(),
    )
    assert any("rails draw the ellipse of practice as a box" in message for message in found.messages)
