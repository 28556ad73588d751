"""The main job brings the files of a study up to date, and touches nothing else."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from codeable.engines import Drawing, EngineError, EngineTimeoutError, Picture
from codeable.errors import CodeableError
from codeable.files import TEMPORARY_SUFFIX
from codeable.render import engine_run, targets
from codeable.render.drawings import drawings_of
from codeable.render.leftovers import orphaned_files
from tests.render.conftest import MODEL, Job, states
from tests.render.stub_engine import StubEngine

pytestmark = pytest.mark.usefixtures("stub_engine")

VIEWS = ("overview", "bus_decision", "store_decision", "everything")
FILES = {f"{view}.{ending}" for view in VIEWS for ending in ("puml", "svg")} | {"README.md"}


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def change_bus(study: Path, old: str = "Event Bus", new: str = "Message Bus") -> None:
    (study / "models/bus.py").write_text(MODEL.replace(old, new), encoding="utf-8")


class TestFirstRun:
    """An empty folder."""

    def test_every_view_gets_its_text_and_its_picture_and_a_page_shows_them(
        self, study: Path, job: Job
    ) -> None:
        report = job()
        assert {path.name for path in (study / "diagrams").iterdir()} == FILES
        assert states(report) == dict.fromkeys(FILES, "drawn")
        assert report.exit_status == 0

    def test_the_folder_can_be_named(self, tmp_path: Path, study: Path, job: Job) -> None:
        job(out=tmp_path / "deep" / "targets")
        assert {path.name for path in (tmp_path / "deep/targets").iterdir()} == FILES - {"README.md"}
        assert not (study / "diagrams").exists()

    def test_one_view_can_be_asked_for_by_identifier_or_display_name(self, study: Path, job: Job) -> None:
        job(views=("bus_decision", "How can *parts* talk?", "Where is data kept?"), formats=("svg",))
        assert {path.name for path in (study / "diagrams").iterdir()} == {
            "bus_decision.svg",
            "store_decision.svg",
        }

    def test_settings_name_folder_options_and_engine(self, study: Path, job: Job) -> None:
        (study / "pyproject.toml").write_text(
            '[tool.codeable]\noutput = "out"\n[tool.codeable.figure]\nevidence = "none"\n'
            '[tool.codeable.views.bus_decision]\nevidence = "ids"\n'
        )
        job(formats=("dot",))
        assert "s1" in (study / "out/bus_decision.dot").read_text()
        assert "1 source" not in (study / "out/everything.dot").read_text()


class TestUnchanged:
    """What did not change is left alone, whatever the clock says."""

    FORMATS = ("puml", "dot", "svg", "pdf", "png")

    def test_a_second_run_touches_nothing(self, study: Path, job: Job) -> None:
        job(formats=self.FORMATS)
        before = times(study / "diagrams")
        report = job(formats=self.FORMATS)
        assert set(states(report).values()) == {"unchanged"}
        assert times(study / "diagrams") == before

    def test_only_the_views_that_a_change_concerns_are_drawn(self, study: Path, job: Job) -> None:
        job()
        change_bus(study)
        assert {name for name, state in states(job()).items() if state == "drawn"} == {
            "bus_decision.puml",
            "bus_decision.svg",
            "everything.puml",
            "everything.svg",
        }

    def test_a_clone_with_new_time_stamps_and_other_line_ends_is_unchanged(
        self, study: Path, job: Job
    ) -> None:
        job()
        for path in (study / "diagrams").iterdir():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert set(states(job()).values()) == {"unchanged"}

    @pytest.mark.parametrize(
        "name", ["bus_decision.svg", "bus_decision.png", "bus_decision.pdf", "bus_decision.puml"]
    )
    @pytest.mark.parametrize("damage", ["cut", "edited", "emptied", "removed"])
    def test_a_file_that_was_damaged_is_drawn_again(
        self, study: Path, job: Job, name: str, damage: str
    ) -> None:
        job(formats=self.FORMATS)
        path = study / "diagrams" / name
        good = path.read_bytes()
        if damage == "removed":
            path.unlink()
        else:
            middle = len(good) // 2
            edited = good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :]
            path.write_bytes({"cut": good[:middle], "edited": edited, "emptied": b""}[damage])
        assert {
            state for file, state in states(job(formats=self.FORMATS, check=True)).items() if file == name
        } == {"out of date"}
        assert [file for file, state in states(job(formats=self.FORMATS)).items() if state == "drawn"] == [
            name
        ]
        assert path.read_bytes() == good

    @pytest.mark.parametrize(
        "options", [{"figure": {"style": "paper"}}, {"figure": {"evidence": "ids"}}, {"figure": {"wrap": 12}}]
    )
    def test_another_look_is_drawn_anew(self, job: Job, options: dict[str, dict[str, object]]) -> None:
        job()
        assert states(job(**options))["bus_decision.svg"] == "drawn"

    def test_another_order_of_the_columns_of_a_matrix_is_drawn_anew(self, study: Path, job: Job) -> None:
        forces = ['cost = CClass(force, "Cost")', 'speed = CClass(force, "Speed")']
        impacts = "add_force_relations({event_bus: {cost: positive, speed: negative}})"
        source = study / "models/bus.py"
        source.write_text("\n".join((MODEL, *forces, impacts)))
        job()
        source.write_text("\n".join((MODEL, *reversed(forces), impacts)))
        assert states(job())["bus_decision.svg"] == "drawn"

    def test_another_resolution_is_drawn_anew(self, job: Job) -> None:
        job(formats=("png",), dpi=100)
        assert states(job(formats=("png",), dpi=200))["overview.png"] == "drawn"

    def test_a_picture_of_another_view_under_this_name_is_drawn_anew(self, study: Path, job: Job) -> None:
        job()
        other = (study / "diagrams/overview.svg").read_bytes()
        (study / "diagrams/bus_decision.svg").write_bytes(other)
        assert states(job())["bus_decision.svg"] == "drawn"


class TestCheck:
    """For continuous integration."""

    def test_it_passes_after_a_run(self, job: Job) -> None:
        job()
        assert job(check=True).exit_status == 0

    def test_it_writes_nothing_and_names_what_is_out_of_date(self, study: Path, job: Job) -> None:
        job()
        change_bus(study)
        before = times(study / "diagrams")
        report = job(check=True)
        assert report.exit_status == 1
        assert {outcome.path.name: outcome.reason for outcome in report.of("out of date")} == dict.fromkeys(
            ["bus_decision.puml", "bus_decision.svg", "everything.puml", "everything.svg"],
            "the model, the options or the style changed",
        )
        assert times(study / "diagrams") == before

    def test_it_makes_no_folder(self, study: Path, job: Job) -> None:
        report = job(check=True)
        assert {outcome.reason for outcome in report.outcomes} == {"missing"}
        assert not (study / "diagrams").exists()

    def test_it_draws_nothing(self, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(StubEngine, "draw", lambda *_, **__: pytest.fail("drew"))
        assert job(check=True).exit_status == 1

    def test_it_names_files_of_views_that_no_longer_exist(self, study: Path, job: Job) -> None:
        job()
        (study / "models/store.py").unlink()
        stale = {outcome.path.name: outcome.reason for outcome in job(check=True).of("out of date")}
        assert stale["store_decision.svg"] == "its view or figure no longer exists; --prune removes it"
        assert "no longer exists" in stale["store_decision.puml"]


class TestWithoutFonts:
    """A picture drawn where fonts were missing is drawn again where they are."""

    @pytest.fixture
    def no_fonts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def lacking(*of: Any) -> Iterator[Picture | EngineError]:
            for result in draw(*of):
                assert isinstance(result, Picture)
                yield evolve(result, messages=("there is no font",), lacks_fonts=True)

        draw = StubEngine._results
        monkeypatch.setattr(StubEngine, "_results", lacking)

    @pytest.mark.usefixtures("no_fonts")
    def test_there_it_is_current_with_a_message_and_elsewhere_it_is_not(
        self, job: Job, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wanted: dict[str, Any] = {"views": ("overview",), "formats": ("svg", "pdf")}
        for report in (job(**wanted), job(**wanted, check=True)):
            assert report.messages == ("there is no font",)
            assert report.exit_status == 0
        monkeypatch.setattr("codeable.engines.fonts.font_folders_stamp", lambda: "another machine")
        assert {outcome.reason for outcome in job(**wanted, check=True).of("out of date")} == {
            "fonts were missing where it was drawn"
        }


class TestFormatsDrawnOnce:
    """A later run for other formats does not draw them, but reports those that are stale."""

    REASON = "drawn before the model or the settings changed; --format png draws it again"

    def test_they_are_named_after_a_change(self, study: Path, job: Job) -> None:
        job(formats=("puml", "svg", "png"))
        change_bus(study)
        report = job()
        assert {outcome.path.name: outcome.reason for outcome in report.of("stale")} == {
            "bus_decision.png": self.REASON,
            "everything.png": self.REASON,
        }
        assert report.exit_status == 0

    def test_a_check_fails_for_them_until_they_are_drawn_again(self, study: Path, job: Job) -> None:
        job(formats=("puml", "svg", "png"))
        change_bus(study)
        job()
        report = job(check=True)
        assert [outcome.path.name for outcome in report.of("out of date")] == [
            "bus_decision.png",
            "everything.png",
        ]
        assert report.exit_status == 1
        job(formats=("png",))
        assert job(check=True).exit_status == 0

    @pytest.mark.parametrize(
        "options",
        [
            {"formats": ("dot",)},
            {"formats": ("pdf",), "figure": {"style": "paper", "width": "84mm"}},
            {"formats": ("png",), "dpi": 80, "figure": {"evidence": "none"}},
        ],
    )
    def test_those_drawn_with_options_of_their_own_are_as_good_as_new_until_a_change(
        self, study: Path, job: Job, options: dict[str, Any]
    ) -> None:
        job()
        job(**options)
        assert job(check=True).exit_status == 0
        assert not job().of("stale")
        source = study / "sources/s1.py"
        source.write_text(
            source.read_text() + "add_links({s1: [direct_calls]}, role_name='contained_code')\n"
        )
        job()
        assert job().of("stale")
        job(**options)
        assert not job().of("stale")

    def test_those_of_a_view_that_nobody_asked_for_are_not_looked_at(self, study: Path, job: Job) -> None:
        job(formats=("puml", "svg", "png"))
        change_bus(study)
        assert not job(views=("overview",)).of("stale")

    def test_what_somebody_else_made_is_not_named(self, study: Path, job: Job) -> None:
        job()
        (study / "diagrams/bus_decision.pdf").write_bytes(b"%PDF-1.5\n%%EOF\n")
        (study / "diagrams/overview.png").mkdir()
        assert job(check=True).exit_status == 0


class TestOrphanedFiles:
    """Nothing is removed that was not drawn by the job."""

    def test_files_of_former_views_stay_and_are_named(self, study: Path, job: Job) -> None:
        job()
        (study / "models/store.py").unlink()
        report = job()
        assert [outcome.path.name for outcome in report.of("orphaned")] == [
            "store_decision.puml",
            "store_decision.svg",
        ]
        assert (study / "diagrams/store_decision.svg").exists()
        assert report.exit_status == 0

    def test_they_are_removed_when_asked(self, study: Path, job: Job) -> None:
        job(formats=("puml", "svg", "png", "pdf"))
        (study / "models/store.py").unlink()
        job(prune=True)
        assert not list((study / "diagrams").glob("store_decision.*"))

    def test_a_view_renamed_by_capital_letters_leaves_no_file_behind(self, study: Path, job: Job) -> None:
        job(formats=("puml", "png"))
        change_bus(study, "bus_decision", "Bus_decision")
        if (study / "diagrams/BUS_DECISION.puml").exists():
            pytest.skip("this file system takes capital letters for small ones")
        assert {outcome.path.name for outcome in job(formats=("puml",)).of("orphaned")} == {
            "bus_decision.puml",
            "bus_decision.png",
        }

    def test_a_file_that_two_names_lead_to_is_not_orphaned(self, study: Path, job: Job) -> None:
        change_bus(study, "bus_decision", "Bus_decision")
        job(formats=("puml",))
        change_bus(study)
        folder = study / "diagrams"
        (folder / "bus_decision.puml").hardlink_to(folder / "Bus_decision.puml")
        assert orphaned_files(folder, {"overview", "everything", "bus_decision", "store_decision"}) == []

    def test_what_somebody_else_put_there_stays(self, study: Path, job: Job) -> None:
        job()
        folder = study / "diagrams"
        (folder / "mine.svg").write_text("<svg/>")
        (folder / "mine.puml").write_text("@startuml\n@enduml\n")
        (folder / "final.svg").write_bytes((folder / "overview.svg").read_bytes())
        (folder / "notes.txt").write_text("codeable-figure name=notes source=00 content=00")
        job(prune=True)
        assert {path.name for path in folder.iterdir()} == FILES | {
            "mine.svg",
            "mine.puml",
            "final.svg",
            "notes.txt",
        }

    def test_a_picture_that_somebody_made_of_a_view_too_large_stays(
        self, study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(targets, "MOST_NODES", 4)
        file = study / "diagrams/everything.svg"
        file.parent.mkdir()
        file.write_text("<svg></svg>")
        assert states(job(prune=True))["everything.svg"] == "failed"
        assert file.read_text() == "<svg></svg>"


class TestFailures:
    """One failure stops nothing else, and old files stay whole."""

    @pytest.fixture
    def failing_bus(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def drawings(layout: Any, name: str, language: Any) -> tuple[Drawing, ...]:
            made = drawings_of(layout, name, language)
            return (Drawing(name, "digraph {", language),) if name == "bus_decision" else made

        monkeypatch.setattr(engine_run, "drawings_of", drawings)

    @pytest.mark.usefixtures("failing_bus")
    def test_if_one_view_fails_the_rest_is_drawn(self, study: Path, job: Job) -> None:
        report = job()
        assert report.views("failed") == ("bus_decision",)
        assert report.exit_status == 1
        assert {path.name for path in (study / "diagrams").iterdir()} == FILES - {"bus_decision.svg"}
        assert "bus_decision.svg" not in (study / "diagrams/README.md").read_text()

    def test_a_folder_that_is_a_file_is_named(self, study: Path, job: Job) -> None:
        (study / "diagrams").write_text("in the way")
        with pytest.raises(CodeableError, match="diagrams is a file") as caught:
            job()
        assert caught.value.exit_status == 2

    def test_a_full_disk_is_reported_and_harms_no_old_file(
        self, study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job()
        before = {path.name: path.read_bytes() for path in (study / "diagrams").iterdir()}
        change_bus(study)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("codeable.render.files.write_whole", full)
        with pytest.raises(
            CodeableError, match=r"bus_decision.puml cannot be written: No space left on device"
        ):
            job()
        assert {path.name: path.read_bytes() for path in (study / "diagrams").iterdir()} == before

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_cannot_be_written_is_reported(self, study: Path, job: Job) -> None:
        (study / "diagrams").mkdir()
        (study / "diagrams").chmod(stat.S_IRUSR | stat.S_IXUSR)
        with pytest.raises(CodeableError, match="cannot be written: Permission denied"):
            job()

    def test_what_a_killed_run_left_is_removed(self, study: Path, job: Job) -> None:
        (study / "diagrams").mkdir()
        left = study / "diagrams" / f".overview.svg.x{TEMPORARY_SUFFIX}"
        left.write_text("half")
        job()
        assert not left.exists()

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"views": ("overviev",)}, "did you mean 'overview'"),
            ({"engine": "grafviz"}, "did you mean 'graphviz'"),
            ({"formats": ("pgn",)}, "did you mean 'png'"),
            ({"formats": ()}, "no format is given"),
            ({"figure": {"style": "papr"}}, "did you mean 'paper'"),
            ({"figure": {"force": "none"}}, "did you mean 'forces'"),
        ],
    )
    def test_a_wrong_name_is_reported_with_the_nearest_one(
        self, job: Job, options: dict[str, object], words: str
    ) -> None:
        with pytest.raises(CodeableError, match=words) as caught:
            job(**options)
        assert caught.value.exit_status == 2

    def test_options_for_a_view_that_is_not_there_are_told(self, study: Path, job: Job) -> None:
        (study / "pyproject.toml").write_text("[tool.codeable.views.bus_decison]\nlegend = false\n")
        with pytest.raises(
            CodeableError, match=r"tool\.codeable\.views\.bus_decison.*did you mean 'bus_decision'"
        ):
            job()


class TestFolderInTheWay:
    """A folder stands where a file belongs."""

    @pytest.mark.parametrize("name", ["bus_decision.puml", "bus_decision.svg", "README.md"])
    def test_that_file_fails_and_the_rest_is_drawn(self, study: Path, job: Job, name: str) -> None:
        (study / "diagrams" / name).mkdir(parents=True)
        report = job()
        assert states(report) == dict.fromkeys(FILES - {name}, "drawn") | {name: "failed"}
        assert report.exit_status == 1


class TestTooLarge:
    """A view that cannot be a picture gets its text and a way out."""

    def test_too_many_nodes_are_not_even_tried(
        self, study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(targets, "MOST_NODES", 4)
        report = job()
        (outcome,) = report.of("too large")
        assert outcome.path.name == "everything.svg"
        assert "each decision is a view" in outcome.reason
        assert (study / "diagrams/everything.puml").exists()
        assert report.exit_status == 0

    @pytest.fixture
    def narrow(self, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (study / "pyproject.toml").write_text('[tool.codeable.views.everything]\nlayout = "graph"\n')
        monkeypatch.setattr("codeable.render.pictures.WIDEST_PIXELS", 300)

    @pytest.mark.usefixtures("narrow")
    def test_a_picture_that_turns_out_too_wide_is_not_written(self, study: Path, job: Job) -> None:
        report = job(views=("everything",), formats=("svg",))
        assert states(report) == {"everything.svg": "too large", "everything.puml": "drawn"}
        assert "300 pixels" in report.outcomes[-1].reason

    @pytest.mark.usefixtures("narrow")
    def test_that_it_was_too_wide_is_remembered_so_that_a_check_passes(
        self, job: Job, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job()
        monkeypatch.setattr(StubEngine, "draw", lambda *_, **__: pytest.fail("drew"))
        assert job(check=True).exit_status == 0
        assert "everything" in job().views("too large")

    @pytest.mark.usefixtures("narrow")
    def test_a_view_that_is_asked_for_by_name_is_tried_again(
        self, job: Job, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job()
        monkeypatch.setattr("codeable.render.pictures.WIDEST_PIXELS", 30_000)
        assert states(job())["everything.svg"] == "too large"
        assert states(job(views=("everything",)))["everything.svg"] == "drawn"
        assert states(job())["everything.svg"] == "unchanged"

    @pytest.mark.usefixtures("narrow")
    def test_after_a_change_it_is_tried_again(
        self, study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job()
        change_bus(study)
        assert job(check=True).exit_status == 1
        monkeypatch.setattr("codeable.render.pictures.WIDEST_PIXELS", 30_000)
        assert states(job())["everything.svg"] == "drawn"

    def test_the_picture_from_before_it_grew_is_named_and_removed_when_asked(
        self, study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job()
        monkeypatch.setattr(targets, "MOST_NODES", 4)
        assert "--prune removes the old picture" in job(check=True).of("out of date")[0].reason
        assert (study / "diagrams/everything.svg").exists()
        job(prune=True)
        assert not (study / "diagrams/everything.svg").exists()


@pytest.mark.parametrize(
    ("more", "advice"),
    [
        ("", "split the view into two bundles, such as CBundle("),
        (
            "add_stereotyped_design_solution_link(event_bus, direct_calls, can_use)\n",
            'draw it without relations (relations = "none"), or ',
        ),
    ],
)
def test_a_decision_that_is_too_large_is_reported_with_what_would_help(
    study: Path, job: Job, monkeypatch: pytest.MonkeyPatch, more: str, advice: str
) -> None:
    (study / "models/bus.py").write_text(MODEL + more)
    monkeypatch.setattr(targets, "MOST_NODES", 2)
    reasons = {outcome.view: outcome.reason for outcome in job().of("too large")}
    assert reasons["bus_decision"].startswith(
        f"3 nodes and {2 + bool(more)} edges are too many for one picture; {advice}"
    )


@pytest.mark.parametrize("most", [targets.MOST_NODES, 20])
def test_a_text_that_has_to_fit_is_written_for_a_large_view_too(
    study: Path, job: Job, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(targets, "MOST_NODES", most)
    many = "".join(f'o{n} = CClass(practice, "Option {n}")\n' for n in range(200))
    (study / "models/bus.py").write_text(MODEL + many)

    def too_late(*_: object) -> object:
        raise EngineTimeoutError("graphviz", "everything", "the layout took longer than 60 s")

    monkeypatch.setattr("codeable.engines.measuring.GraphvizMeasurer.size", too_late)
    wanted: dict[str, Any] = {"views": ("everything",), "figure": {"width": "84mm", "layout": "graph"}}
    assert states(job(**wanted)) == {"everything.puml": "drawn", "everything.svg": "too large"}
    assert states(job(**wanted, check=True)) == {
        "everything.puml": "unchanged",
        "everything.svg": "too large",
    }


def test_a_large_view_whose_layout_takes_too_long_is_too_large(
    study: Path, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = "".join(f'o{n} = CClass(practice, "Option {n}")\n' for n in range(250))
    links = "".join(f"add_decision_option_link(bus_decision, o{n}, '')\n" for n in range(250))
    (study / "models/bus.py").write_text(MODEL + options + links)

    def too_late(_: object, drawings: list[Drawing], *__: object, **___: object) -> object:
        for drawing in drawings:
            yield EngineTimeoutError("graphviz", drawing.name, "the layout took longer than 60 s")

    monkeypatch.setattr(StubEngine, "draw", too_late)
    report = job(formats=("svg",))
    outcome = next(outcome for outcome in report.of("too large") if outcome.view == "bus_decision")
    assert outcome.reason.startswith("the layout took longer than 60 s; ")
    assert outcome.reason.endswith(
        "; split the view into 6 bundles of at most 43 boxes each, the first such as "
        'CBundle("bus_decision 1", elements=[bus_decision, event_bus, direct_calls, o0, o1, o2, ...])'
    )
    assert report.views("failed") == ("overview", "store_decision")
