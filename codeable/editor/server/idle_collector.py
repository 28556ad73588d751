"""When garbage is collected: behind each check what it has left, and what was left before when nobody types.

Else Python searches all notes and the whole model again and again, in the middle of checks and answers. With
300 notes that takes a third of the time of a check. What is there after the first check is not searched at
all as long as somebody works: notes refer to each other in no circle, so that none of them becomes garbage.
"""

import asyncio
import gc
from collections.abc import Callable

from codeable.editor.server.checker import LoadState, StudyChecker
from codeable.editor.server.server import CodeableServer

_IDLE_SECONDS = 3.0
_LONG_IDLE_SECONDS = 600.0
_THRESHOLDS = (200_000, 20, 100)
"""See `gc.set_threshold`: checks that are ended by a change leave garbage, too."""
_MOST_CHECKS = 500
"""After so many checks what they have left is searched, though no model was replaced."""


def register(server: CodeableServer) -> None:
    """Collect garbage at times of its own from now on."""
    collector = IdleCollector(lambda: server.last_asked)
    server.when_initialized.append(lambda: gc.set_threshold(*_THRESHOLDS))
    server.after_check.append(collector.checked)
    server.on_load.append(collector.load_changed)


class IdleCollector:
    """Collects garbage. Its methods are called in the event loop.

    Args:
        last_asked: Gives the time of the loop at which somebody asked last.
    """

    def __init__(self, last_asked: Callable[[], float]) -> None:
        self._last_asked = last_asked
        self._checks = 0
        self._has_begun = False
        self._timers: list[asyncio.TimerHandle] = []

    def load_changed(self, _checker: StudyChecker, state: LoadState) -> None:
        """A model is replaced, of which every part refers to others."""
        if state == "loading":
            self._checks = _MOST_CHECKS

    def checked(self, _checker: StudyChecker) -> None:
        """Collect what a check has left, at once, and more as soon as nobody types.

        Else what many checks have left is searched in the middle of one of them.
        """
        if not self._has_begun:
            gc.freeze()
            self._has_begun = True
        else:
            gc.collect(0)
        self._checks += 1
        loop = asyncio.get_running_loop()
        for timer in self._timers:
            timer.cancel()
        self._timers = [loop.call_later(_LONG_IDLE_SECONDS, self._collect_all)]
        if self._checks >= _MOST_CHECKS:
            self._timers.append(loop.call_later(_IDLE_SECONDS, self._collect))

    def _collect(self) -> None:
        """Collect what came after the first check, which is a model at most."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._last_asked() + _IDLE_SECONDS:
            self._timers.append(loop.call_later(_IDLE_SECONDS, self._collect))
        else:
            gc.collect()
            self._checks = 0

    def _collect_all(self) -> None:
        """Collect everything, such as the first model."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
