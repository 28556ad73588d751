"""One call of a pool of child processes: the requests that wait, the children at work and their time limits.

Called by `pool`.
"""

import contextlib
import math
import threading
import time
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, Generic

from attrs import define, field, frozen

from codeable.engines.child_process import Answer, ChildProcess, Request


@frozen
class Failure:
    """Why a request has no answer.

    Attributes:
        problem: What is wrong, or how the child ended.
        late: Whether the time was up.
    """

    problem: str
    late: bool = False


CLOSED = Failure("the engine was closed meanwhile")
"""The answer to a request that nobody waits for any more."""


@frozen(eq=False)
class Limit:
    """A child at work, and when its time is up. Each request has a limit of its own."""

    child: ChildProcess[Any, Any]
    deadline: float


@define(eq=False)
class Batch(Generic[Request, Answer]):
    """The state of one call of `answers` or `version`, shared by its threads.

    There is no lock: whoever held one could be made to stop the batch by the garbage collector. Each step is
    one operation that other threads see as a whole.

    Attributes:
        seconds: The time limit of a request.
        waiting: The requests that no child has yet; None at the end.
        at_work: The limits of the children at work.
    """

    seconds: float
    waiting: "SimpleQueue[tuple[Request, Future[Answer | Failure]] | None]" = field(factory=SimpleQueue)
    at_work: set[Limit] = field(factory=set)
    stopped: bool = False
    _wake_ups: "SimpleQueue[None]" = field(factory=SimpleQueue, init=False)
    _sleeps_until: float = field(default=math.inf, init=False)

    def add(self, request: Request) -> "Future[Answer | Failure]":
        """Let a request wait for a child."""
        future: Future[Answer | Failure] = Future()
        self.waiting.put((request, future))
        if self.stopped:
            self._give_up()
        return future

    def limit(self, child: ChildProcess[Request, Answer], seconds: float) -> Limit:
        """Kill a child in some seconds, unless its limit is ended before."""
        limit = Limit(child, time.monotonic() + seconds)
        self.at_work.add(limit)
        if limit.deadline < self._sleeps_until:
            self._wake_ups.put(None)
        if self.stopped:
            child.kill()
        return limit

    def end(self, limit: Limit) -> bool:
        """End a limit; False when the time was up, or when it has ended before."""
        try:
            self.at_work.remove(limit)
        except KeyError:
            return False
        return True

    def watch(self) -> None:
        """Kill each child whose time is up, until the batch is stopped. One thread runs this."""
        while not self.stopped:
            self._sleeps_until = math.inf  # a limit that is set from here on wakes this thread
            earliest = min((limit.deadline for limit in self.at_work.copy()), default=math.inf)
            self._sleeps_until = earliest
            with contextlib.suppress(Empty):
                pause = min(earliest - time.monotonic(), threading.TIMEOUT_MAX)
                self._wake_ups.get(timeout=max(0.0, pause))
            for limit in self.at_work.copy():
                if limit.deadline <= time.monotonic() and not self.stopped and self.end(limit):
                    limit.child.kill()

    def stop(self) -> None:
        """Give up what waits, and kill what is at work."""
        self.stopped = True
        self._wake_ups.put(None)
        self._give_up()
        for limit in self.at_work.copy():
            limit.child.kill()

    def _give_up(self) -> None:
        with contextlib.suppress(Empty):
            while True:
                waiting = self.waiting.get_nowait()
                if waiting is not None:
                    waiting[1].set_result(CLOSED)
        self.waiting.put(None)
