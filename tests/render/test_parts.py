"""A figure of several parts is several files, which are drawn, checked and removed together."""

from pathlib import Path

import pytest

from codeable.engines import ENGINES
from tests.render.conftest import MODEL, Job, states
from tests.render.stub_engine import StubEngine

pytestmark = pytest.mark.usefixtures("stub_engine")

TWO = {"views": ("bus_decision",), "formats": ("svg", "png"), "figure": {"parts": 2}}
FILES = {"bus_decision.svg", "bus_decision-2.svg", "bus_decision.png", "bus_decision-2.png"}


def in_two(study: Path) -> None:
    (study / "pyproject.toml").write_text("[tool.codeable.views.bus_decision]\nparts = 2\n")


def test_each_part_has_a_file_in_every_format_of_a_picture(study: Path, job: Job) -> None:
    assert states(job(**TWO)) == dict.fromkeys(FILES, "drawn")
    assert {path.name for path in (study / "diagrams").iterdir()} == FILES
    first, second = ((study / f"diagrams/bus_decision{part}.svg").read_text() for part in ("", "-2"))
    assert "Talk" in first
    assert "Talk" not in second


@pytest.mark.parametrize("wrong", [b"", b" part=7"])
def test_a_part_whose_mark_says_that_it_is_another_one_is_drawn_again_and_never_removed(
    study: Path, job: Job, wrong: bytes
) -> None:
    in_two(study)
    job()
    file = study / "diagrams/bus_decision-2.svg"
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b" part=2", wrong))
    assert states(job(prune=True))[file.name] == "drawn"
    assert file.read_bytes() == whole
    assert job(check=True).exit_status == 0


def test_a_text_is_one_file(study: Path, job: Job) -> None:
    assert states(job(views=("bus_decision",), formats=("puml", "dot"), figure={"parts": 2})) == {
        "bus_decision.puml": "drawn",
        "bus_decision.dot": "drawn",
    }


def test_a_second_run_and_a_check_draw_nothing(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    job(**TWO)
    monkeypatch.setattr(StubEngine, "draw", lambda *_, **__: pytest.fail("drew"))
    assert states(job(**TWO)) == dict.fromkeys(FILES, "unchanged")
    assert states(job(**TWO, check=True)) == dict.fromkeys(FILES, "unchanged")


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-40])])
def test_a_part_that_is_missing_or_cut_is_out_of_date_and_drawn_again(
    study: Path, job: Job, damage: object
) -> None:
    job(**TWO)
    file = study / "diagrams/bus_decision-2.png"
    whole = file.read_bytes()
    damage(file)  # type: ignore[operator]
    report = job(**TWO, check=True)
    assert [outcome.path for outcome in report.of("out of date")] == [file]
    assert report.exit_status == 1
    assert {outcome.path for outcome in job(**TWO).of("drawn")} == {file}
    assert file.read_bytes() == whole


def test_a_part_that_no_longer_belongs_is_named_and_removed_when_asked(study: Path, job: Job) -> None:
    in_two(study)
    job()
    (study / "pyproject.toml").unlink()
    second = study / "diagrams/bus_decision-2.svg"
    report = job()
    assert [outcome.path for outcome in report.of("orphaned")] == [second]
    assert report.of("orphaned")[0].reason == "its figure has fewer parts now; --prune removes it"
    assert report.exit_status == 0
    (stale,) = job(check=True).of("out of date")
    assert (stale.path, stale.reason) == (second, "its figure has fewer parts now; --prune removes it")
    job(prune=True)
    assert not second.exists()
    assert job(check=True).exit_status == 0


TOO_MANY = "bus_decision has 2 options, so it has 2 parts"


@pytest.mark.parametrize(
    ("settings", "options", "expected"),
    [
        ("[tool.codeable.figure]\nparts = 9\n", {}, ()),
        ("", {"figure": {"parts": 9}}, ()),
        ("[tool.codeable.views.bus_decision]\nparts = 9\n", {}, (TOO_MANY,)),
        (
            "[tool.codeable.figure]\nparts = 9\n[tool.codeable.views.bus_decision]\nparts = 8\n",
            {},
            (TOO_MANY,),
        ),
        (
            "[tool.codeable.figure]\nparts = 9\n",
            {"views": ["bus_decision"], "figure": {"parts": 8}},
            (TOO_MANY,),
        ),
    ],
)
def test_fewer_parts_than_asked_for_this_figure_are_a_message(
    study: Path, job: Job, settings: str, options: dict[str, object], expected: tuple[str, ...]
) -> None:
    """But not where they are asked for all figures, of which some have fewer options."""
    (study / "pyproject.toml").write_text(settings)
    for check in (False, True):
        assert job(formats=("svg",), check=check, **options).messages == expected


@pytest.mark.slow
def test_a_hundred_parts_belong_as_two_do(study: Path, job: Job) -> None:
    more = "".join(
        f'add_decision_option_link(bus_decision, CClass(practice, "P{n}"), "text {n}")\n' for n in range(110)
    )
    (study / "models/bus.py").write_text(MODEL + more)
    wanted = {"figure": {"width": "84mm", "height": "20mm"}, "formats": ("svg",)}
    report = job(**wanted)
    assert len(list((study / "diagrams").glob("bus_decision-*.svg"))) > 99
    assert not report.of("orphaned")
    assert job(**wanted, check=True).exit_status == 0


def test_a_figure_whose_name_ends_like_that_of_a_part_is_no_part(study: Path, job: Job) -> None:
    table = '[tool.codeable.figures.{}]\nview = "overview"\nformat = "svg"\n'
    (study / "pyproject.toml").write_text(table.format("deploy") + table.format("deploy-2024"))
    job()
    assert not job(figures=("deploy",), prune=True).of("removed", "orphaned")
    (study / "pyproject.toml").write_text(table.format("deploy"))
    assert [outcome.path.name for outcome in job().of("orphaned")] == ["deploy-2024.svg"]


def test_the_parts_of_a_view_that_went_are_orphaned_with_it(study: Path, job: Job) -> None:
    in_two(study)
    job()
    (study / "pyproject.toml").unlink()
    for name in ("models/bus.py", "sources/s1.py"):
        (study / name).unlink()
    assert {outcome.path.name for outcome in job().of("orphaned")} == {
        "bus_decision.puml",
        "bus_decision.svg",
        "bus_decision-2.svg",
    }
    job(prune=True)
    assert not list((study / "diagrams").glob("bus_decision*"))


def test_what_somebody_else_made_under_the_name_of_a_part_stays(study: Path, job: Job) -> None:
    mine = study / "diagrams/bus_decision-2.svg"
    mine.parent.mkdir()
    mine.write_text("<svg>mine</svg>")
    copy = study / "diagrams/bus_decision-3.svg"
    report = job(**TWO)
    assert [outcome.path for outcome in report.of("failed")] == [mine]
    assert mine.read_text() == "<svg>mine</svg>"
    copy.write_bytes((study / "diagrams/bus_decision.svg").read_bytes())
    job(views=("bus_decision",), formats=("svg",), prune=True)
    assert mine.exists()
    assert copy.exists()


def test_plantuml_draws_the_graph_of_rails_and_says_so_where_rails_are_asked_for(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "plantuml", "tests.render.stub_engine:StubPlantUml")  # type: ignore[arg-type]
    report = job(**TWO, engine="plantuml")
    assert states(report) == {"bus_decision.svg": "drawn", "bus_decision.png": "drawn"}
    (message,) = report.messages
    assert message.startswith("PlantUML draws the graph of bus_decision, with the numbers of options; ")
    assert message.endswith("; --engine graphviz draws its rails")
    assert job(**TWO, engine="plantuml", check=True).messages == report.messages
    assert job(engine="plantuml").messages == ()


def test_the_page_shows_every_part(study: Path, job: Job) -> None:
    in_two(study)
    job()
    page = (study / "diagrams/README.md").read_text()
    assert "(bus_decision.svg)" in page
    assert "(bus_decision-2.svg)" in page
    assert job(check=True).exit_status == 0
