"""One run of the main job from a folder, told on the terminal."""

from pathlib import Path

from codeable.loading import load_folder
from codeable.render.job import render
from codeable.render.report import RenderReport, RenderRequest
from codeable.render.reporting import Console

__all__ = ["run_once"]


def run_once(study: Path, request: RenderRequest, *, quiet: bool = False) -> RenderReport:
    """Load the study, bring its files up to date or check them, and show what was done.

    Raises:
        CodeableError: The study cannot be loaded, or what is asked for does not exist.
    """
    with Console(quiet=quiet) as console:
        report = render(load_folder(study), request, console)
        console.end(report, check=request.check)
    return report
