"""The modules of a study that are being executed: each runs once, in one thread; no import waits for ever.

`StudyModules` asks before it executes a module, and for the cycle of imports when a module is unfinished.
"""

import threading
from itertools import pairwise

from attrs import frozen


@frozen
class Running:
    """A module that is being executed, and the place of its import."""

    name: str
    imported_at: str


@frozen
class Cycle:
    """An import of a module that was still being executed."""

    importer: str
    imported: str
    steps: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.importer} and {self.imported} import each other: {', '.join(self.steps)}"


class RunningModules:
    """Hands each module to one thread; other threads that import it wait until it has run.

    As with Python's own imports, a thread does not wait where that would be a deadlock, also across several
    threads: then two modules import each other, and the importer gets the unfinished module.

    Example:
        >>> running = RunningModules()
        >>> running.claim("models.a"), running.claim("models.a")
        (True, False)
        >>> running.release("models.a")
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._runner: dict[str, int] = {}
        self._awaited: dict[int, str] = {}
        self._own = threading.local()

    @property
    def stack(self) -> list[Running]:
        """The modules that this thread is running, each imported by the one before it."""
        stack: list[Running] = self._own.__dict__.setdefault("stack", [])
        return stack

    def claim(self, name: str) -> bool:
        """Wait until no other thread runs a module, then let this thread run it.

        Returns:
            False for an import cycle: waiting would be a deadlock.
        """
        thread = threading.get_ident()
        with self._changed:
            while name in self._runner:
                if self._waits_for(self._runner[name], thread):
                    return False
                self._awaited[thread] = name
                try:
                    self._changed.wait()
                finally:
                    del self._awaited[thread]
            self._runner[name] = thread
            return True

    def release(self, name: str) -> None:
        """Let other threads go on: the module has run to its end, or has failed."""
        with self._changed:
            del self._runner[name]
            self._changed.notify_all()

    def cycle(self, importer: str, imported: str) -> Cycle | None:
        """The chain of imports from an unfinished module to its importer; None if the module is finished."""
        names = [running.name for running in self.stack]
        if imported not in names:
            return None
        since = self.stack[names.index(imported) :]
        steps = tuple(
            f"{before.name} imports {after.name} at {after.imported_at}"
            for before, after in pairwise(since)
            if after.imported_at
        )
        return Cycle(importer, imported, steps)

    def _waits_for(self, thread: int | None, other: int) -> bool:
        while thread is not None and thread != other:
            thread = self._runner.get(self._awaited.get(thread, ""))
        return thread == other
