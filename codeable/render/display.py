"""Shows the progress of a job that writes files: on a terminal a bar and exceptions, else a line per file.

Called by the main job and by `reports`.
"""

import itertools
import shutil
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from attrs import frozen

from codeable.diagrams.view import NO_VIEWS
from codeable.files import shown_path
from codeable.render.report import TEXT_FORMATS, Outcome, RenderReport
from codeable.text import counted, first_few, printable

if TYPE_CHECKING:
    from rich.progress import Progress as ProgressBar
    from rich.progress import TaskID

_WIDTH = 80
_MOST_LISTED = 8
_MOST_ALIKE = 6
_WORDS_ALIKE = 3
_BEGINNING = 60
_LABELS = {
    "out of date": "out of date:",
    "failed": "failed:",
    "too large": "too large:",
    "stale": "stale:",
    "orphaned": "orphaned:",
    "removed": "removed",
}
_ON_STDERR = frozenset({"failed", "out of date"})


@frozen
class Words:
    """What a job calls the things that it makes.

    Attributes:
        one: One of them.
        subject: What a message is about.
        work: What it does with them.
        did: What it did to a file.
        done: What became of the files.
        nothing: There is none to make.
        those_of_one: How the messages about one of them are shown.
    """

    one: str
    subject: str
    work: str
    did: str
    done: str
    nothing: str
    those_of_one: str


FIGURES = Words("diagram", "figure", "drawing", "drew", "drawn", NO_VIEWS, "--view NAME shows those of one")


class Display:
    """The `Progress` of a run in a terminal or a log.

    Args:
        quiet: Show failures and warnings only.
        words: What the job makes.
    """

    def __init__(self, *, quiet: bool = False, words: Words = FIGURES) -> None:
        self._quiet = quiet
        self._words = words
        self._has_bar = False
        self._bar: ProgressBar | None = None
        self._task: TaskID | None = None
        self._total = 0
        self._begun: set[tuple[str | None, str]] = set()
        self._files: dict[str, dict[str | None, str]] = {}
        self._alike: Counter[str] = Counter()
        self._unshown: dict[str, list[str]] = {}
        self._started = time.perf_counter()

    def begin(self, steps: int) -> None:
        """Show a progress bar if there is a terminal and something to make."""
        if self._quiet or steps == 0 or not sys.stderr.isatty() or not sys.stdout.isatty():
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        from codeable.terminal import console

        text = TextColumn("  {task.description}", markup=False)
        columns = (text, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=console(stderr=True), transient=True)
        self._bar.start()
        self._has_bar = True
        self._total = steps
        self._task = self._bar.add_task(self._words.work, total=steps)

    def making(self, name: str) -> None:
        """Show what is made now, for a job that makes all its files before it writes one."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, description=printable(name)[:30])

    def made(self) -> None:
        """Everything is made; end the progress bar."""
        self._stop()

    def done(self, outcome: Outcome) -> None:
        """Report one file, unless it is unchanged."""
        file_format = outcome.path.suffix.removeprefix(".")
        if self._bar is not None and file_format not in (*TEXT_FORMATS, "md"):
            assert self._task is not None
            is_finished = outcome.state in ("drawn", "failed", "too large")
            # How many parts a picture has is known only when it is drawn.
            further = is_finished and (outcome.view, file_format) in self._begun
            self._begun.add((outcome.view, file_format))
            self._total += further
            self._bar.update(
                self._task,
                advance=int(is_finished),
                total=self._total,
                description=outcome.path.stem[:30],
            )
        path = shown_path(outcome.path)
        for message in outcome.messages:
            known = self._files.setdefault(message, {})
            if not known:
                self._show_message(path, message)
            known.setdefault(outcome.view, path)
        if outcome.state == "unchanged" or (self._has_bar and outcome.state == "drawn"):
            return
        to_stderr = outcome.state in _ON_STDERR
        if to_stderr or not self._quiet:
            reason = (
                f": {outcome.reason}" if outcome.reason and outcome.state not in ("drawn", "removed") else ""
            )
            label = _LABELS.get(outcome.state, self._words.did)
            self._print(f"  {label} {path}{reason}", to_stderr=to_stderr)

    def say(self, about: str, messages: Sequence[str]) -> None:
        """Show messages that are about no single file; `end` names the others that they hold for."""
        for message in messages:
            known = self._files.setdefault(message, {})
            if not known:
                self._show_message(about, message)
            known.setdefault(about, about)

    def _show_message(self, path: str, message: str) -> None:
        """Show a message, unless several that begin like it were shown; `end` counts the others."""
        kind = _kind(message)
        self._alike[kind] += 1
        if self._alike[kind] <= _MOST_ALIKE:
            self._print(f"  {path}: {message}", to_stderr=True)
        else:
            self._unshown.setdefault(kind, []).append(message)

    def end(self, report: RenderReport, *, check: bool) -> None:
        """Show the summary."""
        self._stop()
        alike: dict[tuple[str, ...], list[str]] = {}
        for message, known in self._files.items():
            if message not in self._unshown.get(_kind(message), ()):
                alike.setdefault(tuple(known.values()), []).append(message)
        for kind, unshown in self._unshown.items():
            paths = list(dict.fromkeys(path for each in unshown for path in self._files[each].values()))
            more = f"{len(unshown)} more such as “{kind} …” about {counted(len(paths), self._words.subject)}"
            which = first_few(paths, _MOST_LISTED)
            self._print(f"  {more}: {which}; {self._words.those_of_one}", to_stderr=True)
        of_first = Counter(first for first, *_ in alike)
        for (first, *others), messages in alike.items():
            if others:
                which = first if of_first[first] == 1 else f"{first} ({_beginnings(messages)})"
                word, holds = ("message", "holds") if len(messages) == 1 else ("messages", "hold")
                also = first_few(others, _MOST_LISTED)
                self._print(f"  the {word} about {which} {holds} for {also} too", to_stderr=True)
        if not report.views():
            self._print(f"  {self._words.nothing}", to_stderr=True)
        if not self._quiet:
            seconds = time.perf_counter() - self._started
            self._print(summary(report, seconds, check=check, words=self._words))

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

    def _print(self, line: str, *, to_stderr: bool = False) -> None:
        if self._bar is not None:
            self._bar.console.print(printable(line), soft_wrap=True)
        else:
            print(printable(line), file=sys.stderr if to_stderr else sys.stdout)


def _kind(message: str) -> str:
    """The words with which messages begin that differ in names and numbers only."""
    return " ".join(itertools.takewhile(str.isalpha, message.split()[:_WORDS_ALIKE]))


def _beginnings(messages: Sequence[str]) -> str:
    """The first words of each message, by which it can be found again."""
    return ", ".join(f"“{textwrap.shorten(message, _BEGINNING, placeholder='…')}”" for message in messages)


def summary(report: RenderReport, seconds: float, *, check: bool = False, words: Words = FIGURES) -> str:
    """The summary of a run in one line: the number of diagrams by what became of them, and the time."""
    everything = report.views()
    failed = report.views("failed")
    stale = tuple(view for view in report.views("out of date") if view not in failed)
    drawn = tuple(view for view in report.views("drawn", "removed") if view not in failed)
    rest = len(everything) - len(failed) - len(stale) - len(drawn)
    parts = [f"{len(stale)} out of date"] if check else [f"{len(drawn)} {words.done}"]
    parts.append(f"{rest} {'up to date' if check else 'unchanged'}")
    if failed:
        parts.append(f"{len(failed)} failed")
    time_taken = f"{seconds:.1f} s"
    width = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 0)).columns)
    counts = f"  {counted(len(everything), words.one)}: {', '.join(parts)}"
    return f"{counts:<{width - len(time_taken) - 1}} {time_taken}"
