"""The records of the main job: the request, what became of each file, and the report of a run.

The command makes a request; `job` returns the report.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from attrs import field, frozen

from codeable.errors import CodeableError
from codeable.schema import list_of, one_of, text, wrong

TEXT_FORMATS = ("puml", "dot")
FORMATS = (*TEXT_FORMATS, "svg", "pdf", "png", "eps")
"""Every format that a figure can be written in."""
DEFAULT_FORMATS = ("puml", "svg")

State = Literal["drawn", "unchanged", "out of date", "failed", "too large", "stale", "orphaned", "removed"]


def _path(value: Path | str | None) -> Path | None:
    if value is not None and not isinstance(value, Path | str):
        raise wrong("out", value, "the path of a folder")
    return None if value is None else Path(value)


def _views(names: Sequence[str]) -> tuple[str, ...]:
    return list_of(text)(names, "views")


def _figures(names: Sequence[str]) -> tuple[str, ...]:
    return list_of(text)(names, "figures")


@frozen(kw_only=True)
class RenderRequest:
    """What to draw, where, and how.

    Attributes:
        out: Output folder, a text or a path; None for the folder in the settings.
        views: Identifiers or display names of views.
        figures: Names of figures in the settings. Without names of either kind, all are drawn.
        formats: Some of `FORMATS`; None for those of the settings, else `DEFAULT_FORMATS`.
        engine: Name of the engine; None for the engine in the settings.
        figure: Options of figures, by name; they override the settings of views and of `figures`.
        dpi: Resolution of a PNG, in dots per inch.
        jobs: Number of processes; None lets the engine choose.
        timeout: Time limit for one picture, in seconds.
        check: Write nothing, only report what is out of date.
        prune: Remove the files of views that no longer exist.
    """

    out: Path | None = field(default=None, converter=_path)
    views: tuple[str, ...] = field(default=(), converter=_views)
    figures: tuple[str, ...] = field(default=(), converter=_figures)
    formats: tuple[str, ...] | None = None
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
        path: The file. For a view that could not be built, the path of its first file.
        view: Identifier of the view, or `figures.NAME` for a figure of the settings; None for the page, and
            for files of views that no longer exist.
        state: What became of it.
        reason: The reason, in words; may be empty.
        messages: What does not fit in the figure, is left out, or is drawn otherwise than asked. They stay
            for as long as they hold, also for a file that is unchanged.
    """

    path: Path
    view: str | None
    state: State
    reason: str = ""
    messages: tuple[str, ...] = ()


@frozen
class RenderReport:
    """What became of every file, in the order of the views."""

    outcomes: tuple[Outcome, ...]

    def of(self, *states: State) -> tuple[Outcome, ...]:
        """The outcomes with one of these states."""
        return tuple(outcome for outcome in self.outcomes if outcome.state in states)

    def views(self, *states: State) -> tuple[str, ...]:
        """The views with a file in one of these states; all views when no state is given."""
        found = (each.view for each in self.outcomes if not states or each.state in states)
        return tuple(dict.fromkeys(view for view in found if view is not None))

    @property
    def messages(self) -> tuple[str, ...]:
        """What the figures leave out, draw otherwise than asked, or cannot make fit; each once."""
        return tuple(dict.fromkeys(text for outcome in self.outcomes for text in outcome.messages))

    @property
    def exit_status(self) -> int:
        """1 when a file failed or a check found one out of date; else 0."""
        return 1 if self.of("failed", "out of date") else 0


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats, each once, texts first.

    Raises:
        CodeableError: One of them does not exist, or there is none.
    """
    named = list_of(one_of(*FORMATS))(formats, "the formats")
    if not named:
        raise CodeableError(f"no format is given; the formats are {', '.join(FORMATS)}", exit_status=2)
    return tuple(name for name in FORMATS if name in named)
