"""A figure that has to fit a column."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from codeable.engines import Drawing, EngineError
from codeable.engines.graphviz import GraphvizEngine
from codeable.engines.measuring import GraphvizMeasurer
from codeable.engines.sizes import picture_size
from tests.render.conftest import MODEL, Job, states

PIXELS_PER_MM = 96 / 25.4
LONG = """
for number in range(9):
    add_decision_option_link(bus_decision, CClass(practice, f"A practice with a long name, number {number}"),
                             "an option whose text is long enough to make the figure wide")
"""


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["rails", "graph"])
def test_a_figure_that_does_not_fit_is_reported_with_a_way_out_on_every_run(
    study: Path, job: Job, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    (study / "models/bus.py").write_text((MODEL + LONG).replace("a long name", 3 * "understandability"))
    figure = {"width": "25mm", "style": "paper", "layout": layout}
    wanted = {"views": ("bus_decision",), "figure": figure, "formats": ("puml", "svg", "pdf")}
    report = job(**wanted)
    assert report.exit_status == 0
    assert report.messages

    # Whether it is up to date, and what does not fit, is known without laying it out again.
    monkeypatch.setattr(GraphvizEngine, "draw", lambda *_, **__: pytest.fail("drew"))
    for check in (False, True):
        again = job(**wanted, check=check)
        assert set(states(again).values()) == {"unchanged"}
        assert again.messages == report.messages
        assert again.exit_status == 0


@pytest.mark.parametrize("layout", ["rails", "graph"])
def test_a_figure_is_as_wide_as_its_column_at_most(study: Path, job: Job, layout: str) -> None:
    (study / "models/bus.py").write_text(MODEL + LONG)
    figure = {"width": "84mm", "style": "paper", "layout": layout}
    job(views=("bus_decision",), figure=figure, formats=("svg", "pdf"))
    for name in ("svg", "pdf"):
        size = picture_size((study / f"diagrams/bus_decision.{name}").read_bytes(), name)
        assert size is not None
        assert size[0] <= 84 * PIXELS_PER_MM + 2


def test_a_text_beside_a_fitted_figure_is_the_fitted_one(
    study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    (study / "models/bus.py").write_text(MODEL + LONG)
    monkeypatch.setattr(GraphvizMeasurer, "size", lambda _, diagram: (13.0 * diagram.options.wrap, 100.0))
    wanted = {"views": ("bus_decision",), "formats": ("puml", "dot")}
    job(**wanted, figure={"layout": "graph"})
    file = study / "diagrams/bus_decision.puml"
    assert r"A practice with a\nlong name" in file.read_text()
    figure = {"layout": "graph", "width": "60mm"}
    job(**wanted, figure=figure)
    fitted = file.read_text()
    assert r"A practice\nwith a long" in fitted
    monkeypatch.setattr(GraphvizEngine, "draw", lambda *_, **__: pytest.fail("drew"))
    assert job(**wanted, figure=figure, check=True).exit_status == 0
    file.write_text(fitted.replace("bus_decision", "other"))
    assert states(job(**wanted, figure=figure, check=True))["bus_decision.puml"] == "out of date"


def test_what_fits_on_another_machine_stays(study: Path, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    (study / "models/bus.py").write_text(MODEL + LONG)
    wanted = {"views": ("bus_decision",), "figure": {"layout": "graph", "width": "60mm"}}
    job(**wanted)
    written = (study / "diagrams/bus_decision.puml").read_bytes()
    monkeypatch.setattr(GraphvizMeasurer, "size", lambda *_: (10.0, 10.0))
    assert set(states(job(**wanted)).values()) == {"unchanged"}
    assert (study / "diagrams/bus_decision.puml").read_bytes() == written


def test_a_figure_that_is_narrow_enough_is_not_warned_of(job: Job) -> None:
    assert job(figure={"width": "178mm"}).messages == ()


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
