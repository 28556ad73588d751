"""Locks for imports: each module of a study runs once, in one thread, and no import waits for ever."""

import threading

from attrs import frozen


@frozen
class Running:
    """A module that is being executed, and the place of its import."""

    name: str
    imported_at: str


class ImportLocks:
    """Hands each module to one thread; other threads that import it wait until it has run.

    As with Python's own imports, a thread does not wait where that would be a deadlock, also across several
    threads: then two modules import each other, and the importer gets the unfinished module.

    Example:
        >>> locks = ImportLocks()
        >>> locks.claim("models.a"), locks.claim("models.a")
        (True, False)
        >>> locks.release("models.a")
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._runner: dict[str, int] = {}
        self._awaited: dict[int, str] = {}
        self._own = threading.local()

    @property
    def running(self) -> list[Running]:
        """The modules that this thread is running, each imported by the one before it."""
        stack: list[Running] = self._own.__dict__.setdefault("running", [])
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

    def _waits_for(self, thread: int | None, other: int) -> bool:
        while thread is not None and thread != other:
            thread = self._runner.get(self._awaited.get(thread, ""))
        return thread == other
