"""Figures show the description of an option below its text, smaller, however they are drawn."""

import re
from pathlib import Path

import pytest

from codeable.diagrams import Diagram, dot_text, plantuml_text, visible_texts
from codeable.diagrams.alt_text import alt_text
from codeable.study import load
from tests.diagrams.geometry import Picture

from .studies import HEAD, arrows, figure, study

MODEL = """
hosting = CClass(decision, "Where does it run?")
cloud, cellar = CClass(practice, "Cloud"), CClass(practice, "Cellar")
shed = CClass(practice, "Shed")
add_decision_option_link(hosting, cloud, "Rent it", "A provider runs the machines.")
add_decision_option_link(hosting, cellar, option_description="Where the law\\n   forbids to rent.")
add_decision_option_link(hosting, shed, "Share it", " ")
view = CBundle("View", elements=[hosting, cloud, cellar, shed])
"""


def drawn(tmp_path: Path, name: str, **options: object) -> Diagram:
    return figure(study(tmp_path, model=MODEL), name, **options)


def picture(tmp_path: Path, name: str, **options: object) -> dict[str, tuple[float, float]]:
    """Words of the picture → middle from above and size of their line."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "model.py").write_text(HEAD + MODEL, encoding="utf-8")
    svg = load(tmp_path).diagram(name, **options).save(tmp_path / "figure.svg").read_text(encoding="utf-8")
    placed = Picture(svg.encode()).texts.values()
    heights = {text: (box.top + box.bottom) / 2 for texts in placed for text, box in texts}
    sizes = re.findall(r'font-size="([\d.]+)"[^>]*>([^<]+)</text>', svg)
    return {text: (heights[text], float(size)) for size, text in sizes if text in heights}


@pytest.mark.parametrize("layout", ["rails", "graph"])
@pytest.mark.parametrize("style", ["screen", "paper"])
@pytest.mark.slow
def test_it_is_below_the_text_and_smaller(tmp_path: Path, layout: str, style: str) -> None:
    words = picture(tmp_path, "hosting", layout=layout, style=style)
    text = words["Rent it"]
    below = next(place for word, place in words.items() if word.startswith("A provider"))
    assert below[0] > text[0]
    assert below[1] < text[1]


def test_in_a_graph_that_may_shrink_it_stays_as_large_as_the_text(tmp_path: Path) -> None:
    text = dot_text(drawn(tmp_path, "view", width="84mm", style="paper"))
    assert 'POINT-SIZE="8" COLOR="#000000">A provider' in text


@pytest.mark.parametrize("name", ["hosting", "view"])
def test_every_text_of_a_figure_has_it(tmp_path: Path, name: str) -> None:
    diagram = drawn(tmp_path, name)
    for text in (
        " ".join(visible_texts(diagram)),
        plantuml_text(diagram).replace(r"</size></color>\n<color:#444444><size:11>", " "),
        alt_text(diagram.nodes, diagram.edges),
    ):
        assert "A provider runs the machines" in text
        assert "Where the law forbids to rent" in text


def test_it_is_told_after_the_option(tmp_path: Path) -> None:
    diagram = drawn(tmp_path, "hosting")
    assert alt_text(diagram.nodes, diagram.edges) == (
        'Decision "Where does it run?" has 3 options: '
        "1. Rent it: Cloud (practice) – A provider runs the machines; "
        "2. Cellar (practice) – Where the law forbids to rent; 3. Share it: Shed (practice)."
    )


def test_an_option_association_has_it_too(tmp_path: Path) -> None:
    model = """
how, so = CClass(decision, "How?"), CClass(practice, "So")
add_decision_option_association(how, so, "Do it", "Every time.")
b = CBundle("B", elements=[how, so])
"""
    assert arrows(figure(study(tmp_path, model=model), "b")) == [("How?", "Do it Every time. 1 → *", "So")]


def test_an_option_of_another_decision_is_told_with_it(tmp_path: Path) -> None:
    """A rails figure names in words the arrows that it does not draw."""
    model = """
one, other = CClass(decision, "One?"), CClass(decision, "Other?")
so = CClass(practice, "So")
add_decision_option_link(one, other, "Ask", "First.")
add_decision_option_link(other, so, "Do", "Then.")
"""
    registry = study(tmp_path, model=model)
    diagram = figure(registry, "one")
    assert "First." in " ".join(visible_texts(diagram))


def test_texts_of_another_type_in_a_vocabulary_of_the_study_are_drawn(tmp_path: Path) -> None:
    model = """
option.attributes = {"name": int, "description": bool}
design_solution_dependency_type.attributes = {"how": float}
how, so, thus = CClass(decision, "How?"), CClass(practice, "So"), CClass(practice, "Thus")
link = add_decision_option_link(how, so, 7, True)
other = add_stereotyped_link_with_how_tagged_value(so, thus, uses, 0.5)
"""
    registry = study(tmp_path, model=model)
    assert arrows(figure(registry, "how")) == [("How?", "7 yes", "So"), ("So", "Uses 0.5", "Thus")]
    assert registry.options_of("how")[0].words == "7 – yes"
