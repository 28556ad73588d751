"""The job of the reports: which files it writes, keeps, reports and removes."""

from pathlib import Path

import pytest

from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.render.display import Display
from codeable.render.report import RenderReport
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


def change(study: Path) -> None:
    (study / "sources" / "s7.py").write_text(LATER, encoding="utf-8")


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
        assert states(run(study, check=True)) == {"sources.csv": "out of date"}
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
