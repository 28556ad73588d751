"""A pool of child processes: answers in order, a time limit for each request, a new child for one that died.

The engine `graphviz` has one pool of workers; PlantUML's `process` has one for each format.
"""

import contextlib
import os
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic

from codeable.engines.batch import CLOSED, Batch, Failure
from codeable.engines.child_process import Answer, ChildDiedError, ChildProcess, Request, UnavailableError

if TYPE_CHECKING:
    from concurrent.futures import Future

START_UP_SECONDS = 60.0
"""How long a child may take until it is ready to draw."""

_ATTEMPTS = 2
_LAST_SECONDS = 5.0


class ChildPool(Generic[Request, Answer]):
    """Child processes that are started when they are needed and kept for the next call.

    Args:
        start: Starts one; raises `UnavailableError`.
    """

    def __init__(self, start: Callable[[], ChildProcess[Request, Answer]]) -> None:
        self._start = start
        self._idle: list[ChildProcess[Request, Answer]] = []
        self._alive: set[ChildProcess[Request, Answer]] = set()
        self._batches: set[Batch[Request, Answer]] = set()
        self._broken: UnavailableError | None = None
        self._owner = os.getpid()
        weakref.finalize(self, _close_all, self._alive)

    def answers(
        self, requests: Iterable[Request], *, seconds: float, jobs: int | None
    ) -> Iterator[Answer | Failure]:
        """One answer or failure for each request, in order, as soon as it and those before it are there.

        Args:
            requests: What to ask. Children are at work while the next request is made.
            seconds: How long one request may take.
            jobs: Children at a time; None chooses by the processors and the number of requests.
        """
        with self._batch(seconds) as batch:
            futures: deque[Future[Answer | Failure]] = deque()
            threads: list[threading.Thread] = []
            try:
                for number, request in enumerate(requests, 1):
                    futures.append(batch.add(request))
                    wanted = jobs if jobs is not None else min(-(-number // 4), usable_processors())
                    if len(threads) < max(1, wanted):
                        threads.append(_thread(self._serve, batch))
                        threads[-1].start()
                    while futures and futures[0].done():
                        yield futures.popleft().result()
                batch.waiting.put(None)
                while futures:
                    yield futures.popleft().result()
            finally:
                batch.stop()
                _join(threads)

    def version(self) -> str:
        """What a child says of itself; one is started if none is idle.

        Raises:
            UnavailableError: None can be started.
        """
        with self._batch(START_UP_SECONDS) as batch:
            child = self._ready_child(batch)
        self._keep(child)
        return child.version or "unknown"

    def close(self) -> None:
        """End all children, also those at work, and wait until they are gone; afterwards others can start."""
        self._forget_children_of_the_parent()
        for batch in tuple(self._batches):
            batch.stop()
        self._idle.clear()
        self._broken = None
        _close_all(self._alive)

    @contextlib.contextmanager
    def _batch(self, seconds: float) -> Iterator[Batch[Request, Answer]]:
        """A batch whose children are killed when their time is up, and at its end."""
        self._forget_children_of_the_parent()
        batch: Batch[Request, Answer] = Batch(seconds)
        self._batches.add(batch)
        try:
            _thread(batch.watch).start()
            yield batch
        finally:
            self._batches.discard(batch)
            batch.stop()

    def _serve(self, batch: Batch[Request, Answer]) -> None:
        while (waiting := batch.waiting.get()) is not None:
            request, future = waiting
            try:
                future.set_result(self._answer(batch, request))
            except Exception as error:  # whoever waits for this answer must get one
                future.set_result(Failure(f"{type(error).__name__}: {error}"))
            except BaseException as error:
                future.set_exception(error)
        batch.waiting.put(None)  # for the next thread

    def _answer(self, batch: Batch[Request, Answer], request: Request) -> Answer | Failure:
        left, ending = batch.seconds, ""
        for _ in range(_ATTEMPTS):
            try:
                child = self._ready_child(batch)
            except UnavailableError as error:
                return Failure(str(error))
            started = time.monotonic()
            try:
                with self._limited(batch, child, left):
                    answer = child.ask(request)
            except TimeoutError:
                problem = f"{child.what} took longer than {batch.seconds:g} s and was ended"
                return Failure(problem, late=True)
            except ChildDiedError as death:
                ending = f"{child.what} died twice{death}"
                left = max(0.0, left - (time.monotonic() - started))
            else:
                self._keep(child)
                return answer
            if batch.stopped:
                return CLOSED
        return Failure(ending)

    def _keep(self, child: ChildProcess[Request, Answer]) -> None:
        """Keep a child for the next request, unless it is of no more use."""
        if child.is_spent:
            self._alive.discard(child)
            child.close()
        elif child in self._alive:
            self._idle.append(child)

    def _ready_child(self, batch: Batch[Request, Answer]) -> ChildProcess[Request, Answer]:
        """An idle child, or a new one; one that is killed while it starts is started once more."""
        with contextlib.suppress(IndexError):
            return self._idle.pop()
        if self._broken is not None:
            raise self._broken
        ending = ""
        for _ in range(_ATTEMPTS):
            child = self._start()
            self._alive.add(child)
            try:
                with self._limited(batch, child, START_UP_SECONDS):
                    child.handshake()
            except ChildDiedError as death:
                ending = str(death)
            except TimeoutError:
                self._broken = UnavailableError(
                    f"{child.what} did not start within {START_UP_SECONDS:g} seconds"
                )
                raise self._broken from None
            except UnavailableError as error:
                self._broken = error
                raise
            else:
                return child
            if batch.stopped:
                break
        raise UnavailableError(f"{child.what} does not start{ending}")

    @contextlib.contextmanager
    def _limited(
        self, batch: Batch[Request, Answer], child: ChildProcess[Request, Answer], seconds: float
    ) -> Iterator[None]:
        """Kill a child when its time is up or its batch is stopped; a child that fails is closed.

        Raises:
            TimeoutError: Its time is up.
        """
        limit = batch.limit(child, seconds)
        try:
            yield
            if batch.stopped or not batch.end(limit):
                raise ChildDiedError("")  # it is killed, although it has answered
        except BaseException as error:
            is_late = not batch.end(limit)
            self._alive.discard(child)
            child.close()
            if is_late and isinstance(error, ChildDiedError):
                raise TimeoutError from None
            raise

    def _forget_children_of_the_parent(self) -> None:
        """After a fork the children belong to the parent: the copy starts its own."""
        if self._owner != os.getpid():
            self._owner = os.getpid()
            self._idle.clear()
            self._batches.clear()
            _close_all(self._alive)


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def _thread(work: Callable[..., None], *arguments: object) -> threading.Thread:
    return threading.Thread(target=work, args=arguments, name="codeable-engine", daemon=True)


def _join(threads: Sequence[threading.Thread]) -> None:
    """Wait for the end of threads, but for ever neither for oneself nor for a process that nothing ends."""
    until = time.monotonic() + _LAST_SECONDS
    for thread in threads:
        if thread.ident is not None and thread is not threading.current_thread():
            thread.join(max(0.0, until - time.monotonic()))


def _close_all(children: set[ChildProcess[Request, Answer]]) -> None:
    with contextlib.suppress(KeyError):
        while True:
            children.pop().close()
