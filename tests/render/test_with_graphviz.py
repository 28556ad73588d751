"""The main job with the engine that draws by default."""

import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

from codeable.diagrams.diagram import LaidOut
from codeable.engines import Drawing, Language
from codeable.render import engine_run
from codeable.render.drawings import drawings_of
from tests.render.conftest import Job, states

FORMATS = ("puml", "dot", "svg", "pdf", "png", "eps")
SAME_BYTES = ("puml", "dot", "svg", "png")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_asked_for(study: Path, job: Job, name: str) -> None:
    job(views=("overview",), formats=(name,))
    assert [path.name for path in (study / "diagrams").iterdir()] == [f"overview.{name}"]


@pytest.mark.slow
def test_two_runs_elsewhere_write_the_same_bytes_and_a_third_touches_nothing(
    tmp_path: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    job(out=tmp_path / "a", formats=SAME_BYTES)
    monkeypatch.setenv("CODEABLE_CACHE", "")
    job(out=tmp_path / "b", formats=SAME_BYTES)
    written = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab"]
    assert written[0].keys() == written[1].keys()
    assert [name for name in written[0] if written[0][name] != written[1][name]] == []
    assert set(states(job(out=tmp_path / "a", formats=SAME_BYTES)).values()) == {"unchanged"}


@pytest.mark.parametrize("name", ["svg", "pdf", "png", "eps"])
def test_a_cut_picture_is_drawn_again(study: Path, job: Job, name: str) -> None:
    job(views=("bus_decision",), formats=(name,))
    file = study / f"diagrams/bus_decision.{name}"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert states(job(views=("bus_decision",), formats=(name,))) == {file.name: "drawn"}
    assert file.read_bytes() == whole


def test_a_text_that_graphviz_refuses_fails_alone(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def drawings(layout: LaidOut, name: str, language: Language) -> tuple[Drawing, ...]:
        made = drawings_of(layout, name, language)
        return tuple(evolve(each, text="digraph {") for each in made) if name == "bus_decision" else made

    monkeypatch.setattr(engine_run, "drawings_of", drawings)
    report = job(formats=("png",))
    assert report.views("failed") == ("bus_decision",)
    assert len(report.of("drawn")) == 4


def test_a_run_with_nothing_to_draw_loads_neither_layouts_nor_engines(study: Path, job: Job) -> None:
    job()
    script = (
        "import sys; from pathlib import Path; from codeable.render.run import run_once\n"
        "from codeable.render import RenderRequest\n"
        "run_once(Path(sys.argv[1]), RenderRequest(), quiet=True)\n"
        "print([name for name in sys.modules if name.startswith(\n"
        "    ('codeable.diagrams.rails', 'codeable.engines.graphviz', 'codeable.notes'))])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(study)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_rails_too_large_for_a_picture_are_drawn_with_the_width_that_the_report_proposes(
    study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = (
        f'add_decision_option_link(bus_decision, CClass(practice, "Way {number}"), "Go the way {number}")\n'
        for number in range(60)
    )
    with (study / "models/bus.py").open("a", encoding="utf-8") as module:
        module.writelines(more)
    monkeypatch.setattr("codeable.render.pictures.WIDEST_PIXELS", 1500)
    wanted = {"views": ("bus_decision",), "formats": ("svg",)}
    (outcome,) = job(**wanted).of("too large")
    assert outcome.reason.endswith(
        'give it a width (width = "178mm"), for which it is cut into parts that fit a page'
    )
    drawn = states(job(**wanted, figure={"width": "178mm"}))
    assert drawn["bus_decision-2.svg"] == "drawn"
    assert "too large" not in drawn.values()
