"""Collects what becomes of each file of a run, and reports it at once. Called by the job."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from codeable.render.files import InTheWayError, Target, UnwritableError
from codeable.render.report import Outcome, State


class Progress(Protocol):
    """What the job calls while it runs."""

    def begin(self, steps: int) -> None:
        """The job is about to make this many pictures or reports. Called once, also for none."""

    def done(self, outcome: Outcome) -> None:
        """One file is finished."""


class NoProgress:
    """Shows nothing."""

    def begin(self, steps: int) -> None:
        """Show nothing."""

    def done(self, outcome: Outcome) -> None:
        """Show nothing."""


class Outcomes:
    """What became of each file; a later report about a file replaces an earlier one.

    Args:
        progress: Called for each file.
        folder: The output folder. Nothing goes on where a file cannot be written there.
    """

    def __init__(self, progress: Progress, folder: Path) -> None:
        self.progress = progress
        self._folder = folder
        self._by_path: dict[Path, Outcome] = {}

    def get(self, path: Path) -> Outcome | None:
        """What became of a file; None for one that was not reported."""
        return self._by_path.get(path)

    def every(self) -> tuple[Outcome, ...]:
        """What became of all files."""
        return tuple(self._by_path.values())

    def of_target(
        self, target: Target, state: State, reason: str = "", messages: tuple[str, ...] = ()
    ) -> None:
        """Report a file that a figure should have."""
        self.report(target.path, target.figure.name, state, reason, messages)

    def report(
        self, path: Path, figure: str | None, state: State, reason: str = "", messages: tuple[str, ...] = ()
    ) -> None:
        """Report any file."""
        outcome = self._by_path[path] = Outcome(path, figure, state, reason, messages)
        self.progress.done(outcome)

    @contextlib.contextmanager
    def left_in_place(self, target: Target) -> Iterator[None]:
        """Report a file that must not be overwritten as failed; the rest goes on.

        It also goes on where the file of one figure, which is not in the output folder, cannot be written.
        """
        try:
            yield
        except InTheWayError as error:
            self.of_target(target, "failed", error.message)
        except UnwritableError as error:
            if target.path.parent == self._folder:
                raise
            self.of_target(target, "failed", error.message)
