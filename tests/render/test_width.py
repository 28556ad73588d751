"""A figure that has to fit a column."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from codeable.engines import Drawing, EngineError
from codeable.engines.graphviz import GraphvizEngine
from codeable.render import RenderReport
from codeable.render.sizes import picture_size
from tests.render.conftest import MODEL, Job, states

PIXELS_PER_MM = 96 / 25.4
LONG = """
for number in range(9):
    add_decision_option_link(bus_decision, CClass(practice, f"A practice with a long name, number {number}"),
                             "an option whose text is long enough to make the figure wide")
"""


@pytest.fixture
def narrow(study: Path, job: Job) -> RenderReport:
    (study / "models/bus.py").write_text(MODEL + LONG)
    return job(figure={"width": "25mm", "style": "paper"}, formats=("puml", "svg", "pdf"))


def test_the_picture_is_no_wider_than_asked_for(study: Path, narrow: RenderReport) -> None:
    assert not narrow.of("failed")
    for name in ("svg", "pdf"):
        size = picture_size((study / f"diagrams/bus_decision.{name}").read_bytes(), name)
        assert size is not None
        assert size[0] <= 25 * PIXELS_PER_MM + 2


def test_text_that_becomes_too_small_is_told_with_a_way_out(narrow: RenderReport) -> None:
    warnings = {outcome.warning for outcome in narrow.outcomes if outcome.view == "bus_decision"} - {""}
    assert len(warnings) == 1
    assert "bus_decision does not fit 25 mm: its text would be" in warnings.pop()


def test_a_figure_that_is_narrow_enough_is_not_warned_of(job: Job) -> None:
    assert {outcome.warning for outcome in job(figure={"width": "178mm"}).outcomes} == {""}


@pytest.mark.usefixtures("narrow")
def test_whether_it_is_up_to_date_is_known_without_laying_it_out(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GraphvizEngine, "draw", lambda *_, **__: pytest.fail("drew"))
    again = job(figure={"width": "25mm", "style": "paper"}, formats=("puml", "svg", "pdf"), check=True)
    assert set(states(again).values()) == {"unchanged"}


def test_a_figure_that_cannot_be_measured_fails_alone(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = GraphvizEngine.draw

    def no_bus(engine: GraphvizEngine, drawings: Sequence[Drawing], name: str, **options: object) -> object:
        for drawing in drawings:
            if drawing.name == "bus_decision":
                yield EngineError("graphviz", drawing.name, "no")
            else:
                yield from draw(engine, [drawing], name, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(GraphvizEngine, "draw", no_bus)
    report = job(figure={"width": "25mm"}, formats=("svg",))
    assert report.views("failed") == ("bus_decision",)
    assert len(report.views("drawn")) == 3
