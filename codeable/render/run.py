"""Runs the main job: once, or again after each saved file (`--watch`). Called by the command."""

from pathlib import Path

from codeable.errors import CodeableError
from codeable.loading import load_folder
from codeable.render.display import Display
from codeable.render.job import render
from codeable.render.report import RenderReport, RenderRequest
from codeable.watch import run_and_watch


def run_once(study: Path, request: RenderRequest, *, quiet: bool = False) -> RenderReport:
    """Load the study, bring its figures up to date or check them, and show what was done.

    Raises:
        CodeableError: The study cannot be loaded, or the request names something that does not exist.
    """
    with Display(quiet=quiet) as display:
        report = render(load_folder(study), request, display)
        display.end(report, check=request.check)
    return report


def watch_study(study: Path, request: RenderRequest, *, quiet: bool = False) -> int:
    """Draw, and after each change draw what changed, until interrupted.

    Raises:
        CodeableError: There is no study to watch.
    """
    if request.check:
        raise CodeableError("--watch draws and --check writes nothing; give one of them", exit_status=2)

    def draw() -> tuple[Path, ...]:
        run_once(study, request, quiet=quiet)
        return ()  # figures are not watched

    return run_and_watch(study, draw, quiet=quiet)
