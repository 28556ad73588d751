"""When garbage is collected: behind each check what it has left, and all of it when nobody types.

Else Python searches all notes and the whole model again and again, in the middle of checks and answers. With
300 notes that takes a third of the time of a check.
"""

import asyncio
import gc

from codeable.editor.server.checker import LoadState, StudyChecker
from codeable.editor.server.server import CodeableServer

_IDLE_SECONDS = 3.0
_THRESHOLDS = (200_000, 20, 100)
"""See `gc.set_threshold`: checks that are ended by a change leave garbage, too."""
_MOST_CHECKS = 500
"""After so many checks everything is searched, though no model was replaced."""


def register(server: CodeableServer) -> None:
    """Collect garbage at times of its own from now on."""
    collector = IdleCollector()
    server.when_initialized(lambda: gc.set_threshold(*_THRESHOLDS))
    server.after_check(collector.checked)
    server.on_load(collector.load_changed)


class IdleCollector:
    """Collects garbage. Its methods are called in the event loop."""

    def __init__(self) -> None:
        self._checks = 0
        self._timer: asyncio.TimerHandle | None = None

    def load_changed(self, _checker: StudyChecker, state: LoadState) -> None:
        """A model is replaced, of which every part refers to others."""
        if state == "loading":
            self._checks = _MOST_CHECKS

    def checked(self, _checker: StudyChecker) -> None:
        """Collect what a check has left, and all that was left before as soon as nobody types."""
        gc.collect(0)
        self._checks += 1
        if self._timer is not None:
            self._timer.cancel()
        if self._checks >= _MOST_CHECKS:
            self._timer = asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._collect_all)

    def _collect_all(self) -> None:
        gc.collect()
        self._checks = 0
