"""Figures of invented decisions, measured by the geometry of their pictures; and the measure itself."""

import importlib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

import codeable
from tests.studies import write_study

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
NO_FAULT = {"figures", "fit", "parts", "texts"}


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("figure_faults")


def measured(faults: ModuleType, folder: Path, width: str | None, **options: object) -> Counter[str]:
    """All figures of the decisions of a study, drawn and measured."""
    study = codeable.load(folder)
    total: Counter[str] = Counter()
    for decision in faults.decisions_of(folder):
        target = folder / "drawn" / f"{decision.view}.svg"
        target.parent.mkdir(exist_ok=True)
        study.diagram(decision.view, width=width, style="paper", **options).save(target)
        files = importlib.import_module("figures").parts_of(target.parent, decision.view)
        total.update(faults.measure(decision, files, width and float(width.removesuffix("mm"))))
    return total


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("width", "options"),
    [
        (None, {}),
        ("84mm", {}),
        ("84mm", {"forces": "lines"}),
        ("178mm", {"relations": "graph"}),
        *(
            pytest.param(*each, marks=pytest.mark.slow)
            for each in (
                (None, {"forces": "lines"}),
                (None, {"relations": "graph"}),
                ("84mm", {"relations": "graph"}),
                ("178mm", {}),
                ("178mm", {"forces": "lines"}),
            )
        ),
    ],
    ids=str,
)
def test_a_decision_can_be_read_and_printed(
    faults: ModuleType, tmp_path: Path, width: str | None, options: dict[str, str]
) -> None:
    studies = importlib.import_module("figure_studies")
    shapes = {"few": studies.Shape(5, 8, 0.6, 0.8), "many": studies.Shape(13, 10, 0.5, 0.4)}
    studies.write_decisions(tmp_path, shapes, 3)
    total = measured(faults, tmp_path, width, **options)
    assert total["fit"] == total["figures"] == 2
    assert total["texts"] == 18
    assert {name: count for name, count in total.items() if count and name not in NO_FAULT} == {}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("style", ["screen", "paper"])
def test_the_name_of_a_force_ends_at_its_leader_and_keeps_away_from_the_bar(
    tmp_path: Path, style: str
) -> None:
    model = """
from codeable.dsl import *
how = CClass(decision, "How are predictions served to the applications?")
service = CClass(practice, "Prediction Service")
forces = [CClass(force, name) for name in (
    "Low latency", "Independent deployability of models and applications", "Effort", "Cost", "Privacy")]
add_decision_option_link(how, service, "Expose the model behind an interface of its own")
add_force_relations({service: {each: positive for each in forces}})
"""
    study = codeable.load(write_study(tmp_path, {"models/how.py": model}))
    root = etree.fromstring(study.diagram("how", style=style).render())
    groups = {each.get("id", "").rpartition("n_how")[2]: each for each in root.iter("{*}g")}
    corners = [tuple(map(float, point.split(","))) for point in groups[""][0].get("points").split()]
    right, top = max(x for x, _ in corners), min(y for _, y in corners)
    heads = [name.removesuffix(".0") for name in groups if name.startswith(".head.") and name.endswith(".0")]
    assert len(heads) == 5
    for name in heads:
        text = groups[f"{name}.0"][0]
        left, width = float(text.get("x")), float(text.get("textLength"))
        leader = float(groups[f"{name}.leader"][0].get("d")[1:].split(",")[0])
        assert 2.9 <= leader - left - width <= max(3.1, 1.1 + 0.03 * width)
        assert left >= right + 6 or float(text.get("y")) < top


class TestMeasure:
    """Pictures with one fault each."""

    LETTERS = 'font-family="Helvetica" font-size="8"'

    def picture(
        self, faults: ModuleType, folder: Path, *, second: str = "", text: str = "Say it now"
    ) -> Counter[str]:
        """A decision with two options, whose lines are 40 points from each other."""
        rows = "".join(
            f"""<g class="edge"><path fill="none" stroke="black" d="M10,{y}C10,{y} 100,{y} 100,{y}"/></g>
            <g class="node"><polygon stroke="black" points="100,{y - 9} 190,{y - 9} 190,{y + 9} 100,{y + 9}"
            /><text x="105" y="{y}" font-weight="bold" {self.LETTERS}>{name}</text></g>"""
            for y, name in ((60, "One"), (100, "Other"))
        )
        lines = "".join(
            f'<g class="node"><text x="20" y="{y}" {self.LETTERS}>{line}</text></g>'
            for y, line in zip((48, 57), text.split("|"), strict=False)
        )
        path = folder / "d.svg"
        path.write_text(
            f"""<svg xmlns="http://www.w3.org/2000/svg" width="200pt" height="200pt" viewBox="0 0 200 200">
            <g class="graph" transform="scale(1 1) rotate(0) translate(0 0)">
            <g class="node"><polygon stroke="black" points="0,0 190,0 190,20 0,20"/>
            <text x="5" y="12" font-weight="bold" {self.LETTERS}>Which?</text></g>
            <g class="edge"><path fill="none" stroke="black" d="M10,20C10,20 10,100 10,100"/></g>
            {rows}{lines}{second}</g></svg>""",
            encoding="utf-8",
        )
        options = (faults.Option("Say it now", "One"), faults.Option("", "Other"))
        words = frozenset(["Say", "it", "now", "One", "Other", "Which"])
        decision = faults.Decision("d", "Which?", options, words, True)
        found: Counter[str] = faults.measure(decision, [path], 84.0)
        return Counter({name: count for name, count in found.items() if count and name not in NO_FAULT})

    def test_a_good_picture_has_no_fault(self, faults: ModuleType, tmp_path: Path) -> None:
        assert self.picture(faults, tmp_path, text="Say it|now") == {}

    def test_a_text_beside_a_line_of_something_else_is_found(
        self, faults: ModuleType, tmp_path: Path
    ) -> None:
        line = '<g class="edge"><path fill="none" stroke="black" d="M30,35C30,35 90,35 90,35"/></g>'
        assert self.picture(faults, tmp_path, second=line)["nearer"] == 1

    def test_crossing_lines_are_found(self, faults: ModuleType, tmp_path: Path) -> None:
        line = '<g class="edge"><path fill="none" stroke="black" d="M80,40C80,40 80,80 80,80"/></g>'
        assert self.picture(faults, tmp_path, text="Say it|now", second=line)["crossings"] == 1

    def test_a_cut_word_is_found(self, faults: ModuleType, tmp_path: Path) -> None:
        assert self.picture(faults, tmp_path, text="Say it no|w")["cut words"] == 1

    def test_a_text_on_a_text_is_found(self, faults: ModuleType, tmp_path: Path) -> None:
        text = f'<g class="node"><text x="25" y="50" {self.LETTERS}>over</text></g>'
        assert self.picture(faults, tmp_path, second=text)["texts on texts"] == 1

    def test_a_text_on_a_border_is_found(self, faults: ModuleType, tmp_path: Path) -> None:
        text = f'<g class="node"><text x="85" y="92" {self.LETTERS}>over the border</text></g>'
        assert self.picture(faults, tmp_path, second=text)["texts on borders"] == 1
