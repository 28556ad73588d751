"""Runs the job of the reports: once, again after each saved file, or for stdout. Called by the command."""

from pathlib import Path

from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.notes.files import note_files_of_study
from codeable.render.display import Display, Words
from codeable.render.report import RenderReport
from codeable.reports.job import write_reports
from codeable.reports.request import ReportRequest
from codeable.watch import run_and_watch

_WORDS = Words(
    one="report",
    subject="report",
    work="making",
    did="wrote",
    done="written",
    nothing="there is no report to make",
    those_of_one="codeable report NAME shows those of one",
)


def run_once(study: Path, request: ReportRequest, *, quiet: bool = False) -> RenderReport:
    """Load the study, bring its reports up to date or check them, and show what was done.

    Raises:
        CodeableError: The study cannot be loaded, the request or the settings are wrong, or the folder cannot
            be written.
    """
    with Display(quiet=quiet, words=_WORDS) as display:
        report = write_reports(load_folder(study), request, display)
        display.end(report, check=request.check)
    return report


def watch_reports(study: Path, request: ReportRequest, *, quiet: bool = False) -> int:
    """Write the reports, and after each change of a module, a note or the settings those that changed.

    Raises:
        CodeableError: There is no study to watch, or the request is one of a check.
    """
    if request.check:
        raise CodeableError("--watch writes and --check writes nothing; give one of them", exit_status=2)

    def write() -> tuple[Path, ...]:
        run_once(study, request, quiet=quiet)
        return ()  # reports are not watched

    return run_and_watch(
        study, write, more=lambda settings: note_files_of_study(study, settings), quiet=quiet
    )
