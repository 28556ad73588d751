"""The job of the reports: which files it writes, keeps, reports and removes."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from codeable.errors import CodeableError
from codeable.files import TEMPORARY_SUFFIX
from codeable.loading import load_folder
from codeable.registry import Registry
from codeable.render.display import Display
from codeable.render.report import RenderReport
from codeable.reports.catalogue import ReportDefinition
from codeable.reports.document import ReportFile
from codeable.reports.job import write_reports
from codeable.reports.manifest import MANIFEST
from codeable.reports.request import ReportRequest
from tests.studies import SMALL, write_study

LATER = """
from codeable.dsl import *

s7 = CClass(source, "s7", values={"title": "Data Mesh"})
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return write_study(tmp_path, SMALL)


def run(
    study: Path, *names: str, formats: tuple[str, ...] | None = ("csv",), **given: object
) -> RenderReport:
    """A run that writes CSV files, unless other formats are wanted."""
    request = ReportRequest(names=names or ("sources",), formats=formats, **given)  # type: ignore[arg-type]
    return write_reports(load_folder(study), request, Display(quiet=True))


def states(report: RenderReport) -> dict[str, str]:
    return {outcome.path.name: outcome.state for outcome in report.outcomes}


def reason(report: RenderReport, name: str) -> str:
    return next(outcome.reason for outcome in report.outcomes if outcome.path.name == name)


def change(study: Path, title: str = "Data Mesh") -> None:
    (study / "sources" / "s7.py").write_text(LATER.replace("Data Mesh", title), encoding="utf-8")


class TestFilesAreBroughtUpToDate:
    def test_a_missing_file_is_written(self, study: Path) -> None:
        assert states(run(study)) == {"sources.csv": "drawn"}
        assert (study / "reports" / "sources.csv").read_text(encoding="utf-8").startswith("id,title,")

    def test_an_unchanged_file_keeps_its_time(self, study: Path) -> None:
        run(study)
        path = study / "reports" / "sources.csv"
        times = path.stat().st_mtime_ns, (study / "reports" / MANIFEST).stat().st_mtime_ns
        assert states(run(study)) == {"sources.csv": "unchanged"}
        assert times == (path.stat().st_mtime_ns, (study / "reports" / MANIFEST).stat().st_mtime_ns)

    def test_a_changed_study_is_written_again(self, study: Path) -> None:
        run(study)
        change(study)
        assert states(run(study)) == {"sources.csv": "drawn"}
        assert "Data Mesh" in (study / "reports" / "sources.csv").read_text(encoding="utf-8")

    def test_git_may_change_the_ends_of_lines(self, study: Path) -> None:
        run(study)
        path = study / "reports" / "sources.csv"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert states(run(study)) == {"sources.csv": "unchanged"}
        change(study)
        assert states(run(study)) == {"sources.csv": "drawn"}


class TestFilesOfOthersStay:
    def test_a_foreign_file_is_never_overwritten(self, study: Path) -> None:
        path = study / "reports" / "sources.csv"
        path.parent.mkdir()
        path.write_text("mine", encoding="utf-8")
        report = run(study)
        assert states(report) == {"sources.csv": "failed"}
        assert "not made by codeable" in reason(report, "sources.csv")
        assert report.exit_status == 1
        assert path.read_text(encoding="utf-8") == "mine"

    def test_an_edited_file_is_not_overwritten(self, study: Path) -> None:
        run(study)
        path = study / "reports" / "sources.csv"
        path.write_text("edited", encoding="utf-8")
        assert states(run(study, check=True)) == {"sources.csv": "failed"}
        report = run(study)
        assert states(report) == {"sources.csv": "failed"}
        assert "edited" in reason(report, "sources.csv")
        assert path.read_text(encoding="utf-8") == "edited"
        path.unlink()
        assert states(run(study)) == {"sources.csv": "drawn"}

    def test_an_equal_file_without_the_list_is_ours(self, study: Path) -> None:
        run(study)
        (study / "reports" / MANIFEST).unlink()
        assert states(run(study)) == {"sources.csv": "unchanged"}
        change(study)
        assert states(run(study)) == {"sources.csv": "drawn"}

    @pytest.mark.parametrize("kind", ["folder", "link"])
    def test_what_is_no_file_fails_alone(self, study: Path, kind: str) -> None:
        path = study / "reports" / "sources.csv"
        path.parent.mkdir()
        if kind == "folder":
            path.mkdir()
        else:
            path.symlink_to(study / "models" / "forces.py")
        report = run(study)
        assert states(report) == {"sources.csv": "failed"}
        assert f"this is a {kind}" in reason(report, "sources.csv")

    def test_a_list_of_somebody_else_stops_the_run(self, study: Path) -> None:
        path = study / "reports" / MANIFEST
        path.parent.mkdir()
        path.write_text("{}\n", encoding="utf-8")
        with pytest.raises(CodeableError, match="is no list of files that codeable made"):
            run(study)
        assert path.read_text(encoding="utf-8") == "{}\n"

    def test_a_list_with_marks_of_a_merge_still_counts(self, study: Path) -> None:
        run(study)
        path = study / "reports" / MANIFEST
        head, line, _ = path.read_text(encoding="utf-8").split("\n")
        path.write_text(f"{head}\n<<<<<<< a\n{line}\n=======\n{line}\n>>>>>>> b\n", encoding="utf-8")
        change(study)
        assert states(run(study)) == {"sources.csv": "drawn"}
        assert "<<<" not in path.read_text(encoding="utf-8")

    def test_a_list_names_no_file_in_another_folder(self, study: Path) -> None:
        run(study)
        path = study / "reports" / MANIFEST
        text = path.read_text(encoding="utf-8")
        path.write_text(text + text.split("\n")[1].replace("sources.csv", "../models/forces.py") + "\n")
        run(study, prune=True)
        assert (study / "models" / "forces.py").is_file()

    @pytest.mark.parametrize("key", ["file", "report", "format", "sha256"])
    @pytest.mark.parametrize("text", ["\\ud800", "a\\nb", "a\\u001b[2J"])
    def test_a_list_has_no_hidden_characters(self, study: Path, key: str, text: str) -> None:
        run(study, "frequency")
        path = study / "reports" / MANIFEST
        entry = {"file": "mine.csv", "report": "gone", "format": "csv", "sha256": "0", key: "HIDDEN"}
        line = json.dumps(entry).replace("HIDDEN", text)
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
        (study / "reports" / "mine.csv").touch()
        assert states(run(study)) == {"sources.csv": "drawn"}
        assert text not in path.read_text(encoding="utf-8")

    def test_an_editor_may_mark_the_list_as_utf_8(self, study: Path) -> None:
        run(study)
        path = study / "reports" / MANIFEST
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        change(study)
        assert states(run(study)) == {"sources.csv": "drawn"}


class TestCheck:
    def test_a_check_writes_nothing(self, study: Path) -> None:
        report = run(study, check=True)
        assert states(report) == {"sources.csv": "out of date"}
        assert reason(report, "sources.csv") == "missing"
        assert report.exit_status == 1
        assert not (study / "reports").exists()

    def test_a_check_of_what_was_written_is_fine(self, study: Path) -> None:
        run(study)
        report = run(study, check=True)
        assert report.exit_status == 0
        change(study)
        assert run(study, check=True).exit_status == 1

    def test_the_list_is_checked_too(self, study: Path) -> None:
        study_settings(study, 'report = { formats = ["csv"], only = ["sources"] }')
        whole(study)
        (study / "reports" / MANIFEST).unlink()
        assert states(whole(study, check=True)) == {"sources.csv": "unchanged", MANIFEST: "out of date"}
        whole(study)
        assert whole(study, check=True).exit_status == 0


def study_settings(study: Path, text: str) -> None:
    (study / "pyproject.toml").write_text(f"[tool.codeable]\n{text}\n", encoding="utf-8")


def whole(study: Path, **given: Any) -> RenderReport:
    """A run without names, and without formats unless some are given."""
    return write_reports(load_folder(study), ReportRequest(**given), Display(quiet=True))


class TestWhatARunIsAbout:
    def test_the_settings_name_folder_formats_and_reports(self, study: Path) -> None:
        study_settings(study, 'report = { output = "paper", formats = "csv", only = ["frequency"] }')
        assert states(whole(study)) == {"frequency.csv": "drawn"}
        assert (study / "paper" / "frequency.csv").is_file()

    def test_a_whole_run_keeps_what_was_made_on_request(self, study: Path) -> None:
        study_settings(study, 'report = { formats = "csv", only = ["frequency"] }')
        run(study)
        assert states(whole(study)) == {"frequency.csv": "drawn", "sources.csv": "unchanged"}
        change(study)
        assert states(whole(study, check=True))["sources.csv"] == "out of date"
        assert states(whole(study))["sources.csv"] == "drawn"
        (study / "reports" / "sources.csv").unlink()
        assert states(whole(study)) == {"frequency.csv": "unchanged"}

    def test_a_whole_run_makes_each_report_once(self, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        study_settings(study, 'report = { formats = "csv", only = ["forces"] }')
        whole(study)
        made: list[str] = []
        monkeypatch.setattr(Display, "making", lambda _, name: made.append(name))
        whole(study)
        assert made == ["forces", "forces_infrastructure_decision"]

    def test_a_run_of_one_report_leaves_the_others_alone(self, study: Path) -> None:
        run(study, "sources", "frequency")
        change(study)
        assert states(run(study, "frequency")) == {"frequency.csv": "drawn"}
        assert states(run(study, "sources", "frequency", check=True)) == {
            "sources.csv": "out of date",
            "frequency.csv": "unchanged",
        }

    def test_the_page_of_all_tables_stays_up_to_date(self, study: Path) -> None:
        study_settings(study, 'report = { formats = "csv", only = ["sources"] }')
        assert states(whole(study, formats=("html",))) == {"tables.html": "drawn"}
        assert states(whole(study)) == {"sources.csv": "drawn", "tables.html": "unchanged"}
        change(study)
        assert states(whole(study)) == {"sources.csv": "drawn", "tables.html": "drawn"}

    def test_a_named_table_has_a_page_of_its_own(self, study: Path) -> None:
        assert states(run(study, formats=("html",))) == {"sources.html": "drawn"}

    def test_a_report_of_the_settings_that_is_no_more_is_orphaned(self, study: Path) -> None:
        study_settings(study, "report = { formats = 'csv', only = ['mine'] }\nreports.mine.of = 'sources'")
        whole(study)
        study_settings(study, "report = { formats = 'csv', only = ['sources'] }")
        assert states(whole(study)) == {"sources.csv": "drawn", "mine.csv": "orphaned"}
        assert states(whole(study, check=True))["mine.csv"] == "out of date"
        assert states(whole(study, prune=True))["mine.csv"] == "removed"
        assert not (study / "reports" / "mine.csv").exists()
        assert states(whole(study, prune=True)) == {"sources.csv": "unchanged"}

    def test_a_table_of_a_decision_that_is_no_more_is_orphaned(self, study: Path) -> None:
        study_settings(study, 'report = { formats = "csv", only = ["forces"] }')
        assert "forces_infrastructure_decision.csv" in states(whole(study))
        path = study / "models" / "infrastructure.py"
        path.write_text(path.read_text(encoding="utf-8").replace("infrastructure_decision", "decision_2"))
        for source in ("s6", "s14"):
            (study / "sources" / f"{source}.py").unlink()
        assert states(whole(study))["forces_infrastructure_decision.csv"] == "orphaned"

    def test_prune_leaves_what_somebody_edited(self, study: Path) -> None:
        study_settings(study, "report = { formats = 'csv', only = ['mine'] }\nreports.mine.of = 'sources'")
        whole(study)
        path = study / "reports" / "mine.csv"
        path.write_text("edited", encoding="utf-8")
        study_settings(study, "report = { formats = 'csv', only = ['sources'] }")
        report = whole(study, prune=True)
        assert states(report)["mine.csv"] == "orphaned"
        assert "edited" in reason(report, "mine.csv")
        assert path.is_file()

    def test_an_option_of_a_named_report_does_not_stop_its_parts(self, study: Path) -> None:
        report = run(study, "forces", given={"decisions": ["infrastructure_decision"]})
        assert states(report)["forces_infrastructure_decision.csv"] == "drawn"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("names", "more", "message"),
        [
            (("sorces",), {}, "did you mean 'sources'"),
            (("sources",), {"formats": ("svg",)}, "the report sources cannot be written as svg"),
            (("sources",), {"given": {"unit": "passage"}}, "the report sources has no option unit"),
            (("frequency",), {"given": {"unit": "passage"}}, "the plot frequency has it: --format svg,pdf"),
            (
                ("references", "evidence"),
                {"given": {"unit": "passage"}, "formats": None},
                "options are: none",
            ),
            (("sources",), {"given": {"columns": ["idd"]}}, "names a column 'idd'; did you mean 'id'"),
        ],
    )
    def test_a_wrong_request_stops_the_run(
        self, study: Path, names: tuple[str, ...], more: dict[str, object], message: str
    ) -> None:
        with pytest.raises(CodeableError, match=message) as error:
            run(study, *names, **more)  # type: ignore[arg-type]
        assert error.value.exit_status == 2
        assert not (study / "reports").exists()

    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            ("report.outputs = 'a'", "did you mean 'output'"),
            ("report.formats = ['texx']", "did you mean 'tex'"),
            ("report.only = ['sorces']", "did you mean 'sources'"),
            ("reports.sorces.columns = ['id']", "did you mean 'sources'"),
            ("reports.evidence.of = 'frequency'", "every study has the report evidence"),
        ],
    )
    def test_wrong_settings_stop_the_run(self, study: Path, settings: str, message: str) -> None:
        study_settings(study, settings)
        with pytest.raises(CodeableError, match=message) as error:
            whole(study)
        assert error.value.exit_status == 2

    def test_formats_that_no_report_has_stop_the_run(self, study: Path) -> None:
        study_settings(study, "report.only = ['references']")
        with pytest.raises(CodeableError, match="no report is written as csv"):
            whole(study, formats=("csv",))

    def test_two_reports_with_one_file_stop_the_run(self, study: Path) -> None:
        study_settings(study, "reports.Sources.of = 'sources'")
        with pytest.raises(CodeableError, match="both have the file") as error:
            run(study, "sources", "Sources")
        assert error.value.exit_status == 2

    def test_a_file_that_would_be_a_field_note_is_not_written(self, study: Path) -> None:
        report = run(study, formats=("md",), out=study / "sources" / "reports")
        assert "would be read as a field note" in reason(report, "sources.md")
        assert not (study / "sources" / "reports").exists()

    def test_a_folder_that_is_a_file_stops_the_run(self, study: Path) -> None:
        (study / "reports").write_text("mine", encoding="utf-8")
        with pytest.raises(CodeableError, match="is a file, so nothing can be written below it"):
            run(study)


class TestFailures:
    def test_a_broken_report_fails_alone(self, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        run(study, "sources")
        before = (study / "reports" / "sources.csv").read_bytes()
        monkeypatch.setattr("codeable.reports.tables.sources._row", lambda *_: 1 / 0)
        report = run(study, "sources", "frequency")
        assert states(report) == {"frequency.csv": "drawn", "sources": "failed"}
        assert "ZeroDivisionError" in reason(report, "sources")
        assert report.exit_status == 1
        assert (study / "reports" / "sources.csv").read_bytes() == before
        monkeypatch.undo()
        assert states(run(study, "sources")) == {"sources.csv": "unchanged"}

    def test_the_page_of_all_tables_fails_alone(self, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        study_settings(study, "report = { formats = ['csv', 'html'], only = ['sources'] }")
        monkeypatch.setattr("codeable.reports.formats.html_tables.table_section", lambda *_: 1 / 0)
        assert states(whole(study)) == {"sources.csv": "drawn", "tables.html": "failed"}

    def test_all_files_are_written_or_none(self, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        run(study, "sources")
        change(study)
        before = {path.name: path.read_bytes() for path in (study / "reports").iterdir()}
        rename, done = Path.replace, []

        def full(self: Path, target: str) -> Path:
            done.append(target)
            if len(done) == 2:
                raise OSError(28, "No space left on device")
            return rename(self, target)

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(CodeableError, match=r"No space left on device; all reports are as they were"):
            run(study, "sources", "frequency")
        monkeypatch.undo()
        assert {path.name: path.read_bytes() for path in (study / "reports").iterdir()} == before

    def test_what_a_killed_run_left_is_removed(self, study: Path) -> None:
        left = study / "reports" / f".sources.csv.abc{TEMPORARY_SUFFIX}"
        left.parent.mkdir()
        left.write_text("half", encoding="utf-8")
        run(study)
        assert not left.exists()

    def test_a_run_that_was_killed_before_the_list_was_written_is_repeated(self, study: Path) -> None:
        run(study)
        manifest = (study / "reports" / MANIFEST).read_bytes()
        change(study)
        run(study)
        (study / "reports" / MANIFEST).write_bytes(manifest)
        assert states(run(study)) == {"sources.csv": "unchanged"}

    def test_what_a_killed_run_wrote_is_ours_also_when_the_study_has_changed_since(
        self, study: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(study)
        change(study)

        def killed(files: dict[Path, bytes | None]) -> None:
            path, data = next(iter(files.items()))
            path.write_bytes(data or b"")
            if len(files) > 1:
                raise SystemExit

        with monkeypatch.context() as patched:
            patched.setattr("codeable.reports.job.write_together", killed)
            with pytest.raises(SystemExit):
                run(study, "sources", "frequency")
        change(study, "Data Fabric")
        assert states(run(study, "sources", "frequency")) == {
            "sources.csv": "drawn",
            "frequency.csv": "drawn",
        }
        assert (study / "reports" / MANIFEST).read_text(encoding="utf-8").count("sources.csv") == 1

    def test_either_side_of_a_merge_is_ours(self, study: Path) -> None:
        run(study)
        path, manifest = study / "reports" / "sources.csv", study / "reports" / MANIFEST
        ours, list_of_ours = path.read_bytes(), manifest.read_text(encoding="utf-8")
        change(study)
        run(study)
        theirs = manifest.read_text(encoding="utf-8").split("\n")[1]
        manifest.write_text(f"{list_of_ours}{theirs}\n", encoding="utf-8")
        path.write_bytes(ours)
        assert states(run(study)) == {"sources.csv": "drawn"}

    def test_runs_at_once_wait_for_each_other(self, study: Path) -> None:
        registry = load_folder(study)
        request = ReportRequest(names=("sources", "frequency"), formats=("csv",))
        with ThreadPoolExecutor(4) as pool:
            jobs = [pool.submit(write_reports, registry, request, Display(quiet=True)) for _ in range(4)]
        every = [states(job.result()) for job in jobs]
        assert sorted(each["sources.csv"] for each in every) == ["drawn", *["unchanged"] * 3]

    def test_a_study_of_nothing_has_its_reports(self, tmp_path: Path) -> None:
        write_study(tmp_path, {"models/empty.py": "from codeable.dsl import *\n"})
        report = whole(tmp_path, formats=("csv",))
        assert report.exit_status == 0
        assert (tmp_path / "reports" / "sources.csv").read_text(encoding="utf-8").count("\n") == 1

    def test_a_note_that_cannot_be_read_is_named(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (study / "sources" / "s14.md").symlink_to("nowhere")
        run(study, "references", formats=("bib",))
        assert "cannot be read" not in capsys.readouterr().err
        run(study, "frequency")
        assert "the study: 1 note cannot be read: " in capsys.readouterr().err


class TestPictures:
    def test_a_picture_of_another_machine_is_kept(self, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        picture = [ReportFile("sources.svg", b"<svg/>", "of this study")]
        definition = ReportDefinition(
            "sources", "plot", "a plot", lambda *_: Drawn(tuple(picture)), (), ("svg",)
        )
        monkeypatch.setattr("codeable.reports.selection.named", lambda *_: [definition])
        assert states(run(study, formats=("svg",))) == {"sources.svg": "drawn"}
        picture[0] = ReportFile("sources.svg", b"<svg />", "of this study")
        assert states(run(study, formats=("svg",), check=True)) == {"sources.svg": "unchanged"}
        assert states(run(study, formats=("svg",))) == {"sources.svg": "unchanged"}
        assert (study / "reports" / "sources.svg").read_bytes() == b"<svg/>"
        picture[0] = ReportFile("sources.svg", b"<svg />", "of another")
        assert states(run(study, formats=("svg",))) == {"sources.svg": "drawn"}
        picture[0] = ReportFile("sources.svg", lambda: pytest.fail("it is drawn"), "of another")
        assert states(run(study, formats=("svg",))) == {"sources.svg": "unchanged"}
        picture[0] = ReportFile("sources.svg", lambda: bytes(1 // 0), "of a third")
        assert states(run(study, "sources", formats=("svg",))) == {"sources.svg": "failed"}
        picture[0] = ReportFile("sources.svg", b"<svg />", "of another")
        (study / "reports" / "sources.svg").write_bytes(b"<svg>edited</svg>")
        assert states(run(study, formats=("svg",), check=True)) == {"sources.svg": "failed"}


@frozen
class Drawn:
    """A report of one picture."""

    pictures: tuple[ReportFile, ...]
    messages: tuple[str, ...] = ()

    def files(self, formats: tuple[str, ...]) -> Iterator[ReportFile]:
        yield from self.pictures


class TestMessagesOfOneFormat:
    def test_a_table_and_a_plot_of_one_name_both_say_theirs(
        self, study: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        both = [
            ReportDefinition("evidence", "plot", "", lambda *_, text=text: Drawn((), (text,)), (), ("svg",))
            for text in ("one caution", "another caution")
        ]
        monkeypatch.setattr("codeable.reports.selection.named", lambda *_: both)
        run(study, "evidence", formats=("svg",))
        assert capsys.readouterr().err == "  evidence: one caution\n  evidence: another caution\n"

    def test_what_pdf_latex_cannot_set_is_said_of_latex_alone(
        self, study: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = study / "sources" / "s6.py"
        path.write_text(path.read_text(encoding="utf-8").replace("The Definitive", "漢"), encoding="utf-8")
        run(study, formats=("csv", "md"))
        assert "pdfLaTeX" not in capsys.readouterr().err
        run(study, formats=("tex",))
        assert "sources: pdfLaTeX cannot set 1 character and shows: 漢 [U+6F22]" in capsys.readouterr().err


class TestFormats:
    def test_a_named_report_without_a_usual_format_has_its_own(self, study: Path) -> None:
        study_settings(study, "report.formats = 'csv'")
        assert states(run(study, "references", formats=None)) == {"references.bib": "drawn"}


class TestFolders:
    def test_a_link_to_a_folder_is_followed(self, study: Path) -> None:
        (study / "paper").mkdir()
        (study / "reports").symlink_to(study / "paper")
        run(study)
        assert (study / "paper" / "sources.csv").is_file()

    def test_a_link_to_nothing_stops_the_run(self, study: Path) -> None:
        (study / "reports").symlink_to(study / "nowhere")
        with pytest.raises(CodeableError, match=r"cannot be written: .*all reports are as they were before"):
            run(study)

    def test_a_study_that_does_not_load_writes_nothing(self, study: Path) -> None:
        (study / "models" / "broken.py").write_text("1/0\n", encoding="utf-8")
        with pytest.raises(CodeableError, match=r"broken\.py:1"):
            run(study)
        assert not (study / "reports").exists()

    def test_a_name_that_is_no_file_name_fails_alone(self, study: Path) -> None:
        study_settings(study, "reports.'../mine'.of = 'sources'")
        report = run(study, "../mine", "frequency")
        assert [(each.view, each.state) for each in report.outcomes] == [
            ("frequency", "drawn"),
            ("../mine", "failed"),
        ]
        assert not (study / "mine.csv").exists()

    @pytest.mark.parametrize("name", ["x" * 260, "a\\nb", "a\\u0000b"])
    def test_a_name_that_no_folder_can_hold_fails_alone(self, study: Path, name: str) -> None:
        study_settings(study, f'reports."{name}".of = "sources"')
        report = whole(study, formats=("csv",))
        (failed,) = [each for each in report.outcomes if each.state == "failed"]
        assert "cannot be the name of a file" in failed.reason
        assert len(failed.reason) < 200

    def test_a_study_of_cells_needs_a_folder(self, tmp_path: Path) -> None:
        cells: dict[str, object] = {}
        exec("from codeable.dsl import *\ns1 = CClass(source, 's1')", cells)
        registry = Registry.of(cells)
        with pytest.raises(CodeableError, match="folder"):
            write_reports(registry, ReportRequest(formats=("csv",)), Display(quiet=True))
        request = ReportRequest(names=("sources",), formats=("csv",), out=tmp_path)
        assert states(write_reports(registry, request, Display(quiet=True))) == {"sources.csv": "drawn"}
