"""The main job: draw the figures of a study into files, and keep them up to date.

Everything here is imported when it is first used, so that the command can answer a Ctrl-C from the start on.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codeable.render.job import Progress, output_folder, render
    from codeable.render.report import FORMATS, Outcome, RenderReport, RenderRequest

__all__ = ["FORMATS", "Outcome", "Progress", "RenderReport", "RenderRequest", "output_folder", "render"]

_OF_THE_JOB = ("Progress", "output_folder", "render")


def __getattr__(name: str) -> Any:
    """Import what is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    home = "codeable.render.job" if name in _OF_THE_JOB else "codeable.render.report"
    return getattr(importlib.import_module(home), name)
