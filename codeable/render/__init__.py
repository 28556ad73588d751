"""The main job: draws the figures of a study into files, and keeps them up to date.

Each name is imported when it is first used, so that the command answers a Ctrl-C from its start.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codeable.render.job import Progress, render
    from codeable.render.report import FORMATS, Outcome, RenderReport, RenderRequest

__all__ = ["FORMATS", "Outcome", "Progress", "RenderReport", "RenderRequest", "render"]

_IN_JOB = ("Progress", "render")


def __getattr__(name: str) -> Any:
    """Import a name of this package."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    module = "codeable.render.job" if name in _IN_JOB else "codeable.render.report"
    return getattr(importlib.import_module(module), name)
