"""A figure that has to fit a column."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from codeable.engines import Drawing, EngineError
from codeable.engines.graphviz import GraphvizEngine
from codeable.engines.sizes import picture_size
from tests.render.conftest import MODEL, Job, states

PIXELS_PER_MM = 96 / 25.4
LONG = """
for number in range(9):
    add_decision_option_link(bus_decision, CClass(practice, f"A practice with a long name, number {number}"),
                             "an option whose text is long enough to make the figure wide")
"""


def test_a_figure_too_wide_for_a_column_is_scaled_and_told_with_a_way_out(
    study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    (study / "models/bus.py").write_text(MODEL + LONG)
    wanted = {"figure": {"width": "25mm", "style": "paper"}, "formats": ("puml", "svg", "pdf")}
    report = job(views=("bus_decision",), **wanted)
    for name in ("svg", "pdf"):
        size = picture_size((study / f"diagrams/bus_decision.{name}").read_bytes(), name)
        assert size is not None
        assert size[0] <= 25 * PIXELS_PER_MM + 2
    (warning,) = {outcome.warning for outcome in report.outcomes} - {""}
    assert "bus_decision does not fit 25 mm: its text would be" in warning

    # Whether it is up to date is known without laying it out again.
    monkeypatch.setattr(GraphvizEngine, "draw", lambda *_, **__: pytest.fail("drew"))
    again = job(views=("bus_decision",), **wanted, check=True)
    assert set(states(again).values()) == {"unchanged"}


def test_a_figure_that_is_narrow_enough_is_not_warned_of(job: Job) -> None:
    assert {outcome.warning for outcome in job(figure={"width": "178mm"}).outcomes} == {""}


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
