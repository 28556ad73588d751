"""Which thread runs which module of a study, so that each runs once and no import waits for ever."""

import threading

from attrs import frozen

__all__ = ["Runners", "Running"]


@frozen
class Running:
    """A module that is being executed, and where its import stands."""

    name: str
    imported_at: str


class Runners:
    """Hands each module to one thread; others that import it wait until it has run.

    As with Python's own imports, a thread does not wait where that would be for itself, also by way of what
    other threads wait for: then two modules import each other, and what is there so far has to do.

    Example:
        >>> runners = Runners()
        >>> runners.claim("models.a"), runners.claim("models.a")
        (True, False)
        >>> runners.release("models.a")
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
        """Let this thread run a module, once no other thread does.

        Returns:
            False when it would have to wait for itself: the module is running, and it is in its own way.
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
        """The module that this thread has claimed has run, or has failed."""
        with self._changed:
            del self._runner[name]
            self._changed.notify_all()

    def _waits_for(self, thread: int | None, other: int) -> bool:
        while thread is not None and thread != other:
            thread = self._runner.get(self._awaited.get(thread, ""))
        return thread == other
