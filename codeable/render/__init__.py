"""The main job: draws the figures of a study into files, and keeps them up to date.

Each name is imported when it is first used, so that the command answers a Ctrl-C from its start.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codeable.render.job import render
    from codeable.render.outcomes import Progress
    from codeable.render.report import FORMATS, Outcome, RenderReport, RenderRequest

__all__ = ["FORMATS", "Outcome", "Progress", "RenderReport", "RenderRequest", "render"]

_MODULES = {"render": "job", "Progress": "outcomes"}


def __getattr__(name: str) -> Any:
    """Import a name of this package."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    module = f"codeable.render.{_MODULES.get(name, 'report')}"
    return getattr(importlib.import_module(module), name)
