"""How the main job shows itself in a terminal, and in a log."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from codeable.files import shown_path
from codeable.render.report import Outcome, RenderReport
from codeable.text import printable

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

__all__ = ["Console", "summary"]

_WIDTH = 72
_SHOWN = {
    "drawn": "drew",
    "out of date": "out of date:",
    "failed": "failed:",
    "too large": "too large:",
    "stale": "stale:",
    "superfluous": "superfluous:",
    "removed": "removed",
}
_TO_STDERR = frozenset({"failed", "out of date"})


class Console:
    """Tells a person what the job does: a bar and the exceptions on a terminal, else one line for each file.

    Args:
        quiet: Say nothing but what went wrong.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._warned: set[str] = set()
        self._started = time.perf_counter()

    def begin(self, pictures: int) -> None:
        """Show a bar where there is a terminal and something to draw."""
        if self._quiet or pictures == 0 or not sys.stderr.isatty() or not sys.stdout.isatty():
            return
        from rich.console import Console as RichConsole
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=RichConsole(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task("drawing", total=pictures)

    def done(self, outcome: Outcome) -> None:
        """Tell of one file, if it is worth telling."""
        if self._bar is not None and outcome.path.suffix not in (".puml", ".dot", ".md"):
            assert self._task is not None
            is_worked_off = outcome.state in ("drawn", "failed", "too large")
            self._bar.update(
                self._task, advance=1 if is_worked_off else 0, description=outcome.path.stem[:30]
            )
        if outcome.warning and outcome.warning not in self._warned:
            self._warned.add(outcome.warning)
            self._print(f"  {shown_path(outcome.path)}: {printable(outcome.warning)}", to_stderr=True)
        if outcome.state == "unchanged" or (self._bar is not None and outcome.state == "drawn"):
            return
        if self._quiet and outcome.state not in _TO_STDERR:
            return
        self._print(f"  {_SHOWN[outcome.state]} {_line(outcome)}", to_stderr=outcome.state in _TO_STDERR)

    def end(self, report: RenderReport, *, check: bool) -> None:
        """Show the summary."""
        self._stop()
        if not self._quiet:
            self._print(summary(report, time.perf_counter() - self._started, check=check), to_stderr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _print(self, line: str, *, to_stderr: bool) -> None:
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=sys.stderr if to_stderr else sys.stdout)


def summary(report: RenderReport, seconds: float, *, check: bool = False) -> str:
    """What the job did, in one line."""
    everything = report.views()
    failed = report.views("failed")
    stale = tuple(view for view in report.views("out of date") if view not in failed)
    drawn = tuple(view for view in report.views("drawn", "removed") if view not in failed)
    rest = len(everything) - len(failed) - len(stale) - len(drawn)
    parts = [f"{len(stale)} out of date"] if check else [f"{len(drawn)} drawn"]
    parts.append(f"{rest} {'up to date' if check else 'unchanged'}")
    if failed:
        parts.append(f"{len(failed)} failed")
    noun = "diagram" if len(everything) == 1 else "diagrams"
    counts = f"{len(everything)} {noun}: {', '.join(parts)}"
    return f"  {counts:<{_WIDTH}}{seconds:.1f} s"


def _line(outcome: Outcome) -> str:
    path = shown_path(outcome.path)
    if outcome.state in ("drawn", "removed"):
        return path
    return f"{path}: {printable(outcome.reason)}" if outcome.reason else path
