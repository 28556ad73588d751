"""What the main job is asked for and what it reports."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from attrs import field, frozen

__all__ = ["DEFAULT_FORMATS", "FORMATS", "TEXT_FORMATS", "Outcome", "RenderReport", "RenderRequest", "State"]

TEXT_FORMATS = ("puml", "dot")
FORMATS = (*TEXT_FORMATS, "svg", "pdf", "png", "eps")
"""Every format that a file of a view can have."""
DEFAULT_FORMATS = ("puml", "svg")

State = Literal["drawn", "unchanged", "out of date", "failed", "too large", "stale", "superfluous", "removed"]


@frozen(kw_only=True)
class RenderRequest:
    """What to draw.

    Attributes:
        out: The folder for the files; None for the one that the settings name.
        views: Identifiers or display names of views; empty for all.
        formats: Some of `FORMATS`.
        engine: The engine's name; None for the one that the settings name.
        figure: Options of every figure, by name, stronger than the settings.
        dpi: Resolution of a PNG, in dots per inch.
        jobs: Processes at a time; None lets the engine choose.
        timeout: Seconds that one picture may take.
        check: Write nothing, only tell what is out of date.
        prune: Remove the files of views that no longer exist.
    """

    out: Path | None = None
    views: tuple[str, ...] = ()
    formats: tuple[str, ...] = DEFAULT_FORMATS
    engine: str | None = None
    figure: Mapping[str, object] = field(factory=dict)
    dpi: int = 300
    jobs: int | None = None
    timeout: float = 60.0
    check: bool = False
    prune: bool = False


@frozen
class Outcome:
    """What became of one file.

    Attributes:
        path: The file; of a view that could not be built at all, where its first file would be.
        view: The view's identifier; None for the page, and for files of views that no longer exist.
        state: What became of it.
        reason: Why, in words; empty when there is nothing to say.
        warning: What the user should know about a picture that was drawn, such as text too small to be read.
    """

    path: Path
    view: str | None
    state: State
    reason: str = ""
    warning: str = ""


@frozen
class RenderReport:
    """What became of every file, in the order of the views."""

    outcomes: tuple[Outcome, ...]

    def of(self, *states: State) -> tuple[Outcome, ...]:
        """The outcomes that are in one of these states."""
        return tuple(outcome for outcome in self.outcomes if outcome.state in states)

    def views(self, *states: State) -> tuple[str, ...]:
        """The views with a file in one of these states; all views when none is given."""
        found = (each.view for each in self.outcomes if not states or each.state in states)
        return tuple(dict.fromkeys(view for view in found if view is not None))

    @property
    def exit_status(self) -> int:
        """1 when a view failed, or when a check found something out of date or superfluous; else 0."""
        return 1 if self.of("failed", "out of date") else 0
