"""Several workers at a time: answers in order, time limits, and a new worker for one that died."""

import os
import queue
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence

from attrs import define, field, frozen

from codeable.engines.worker_process import Answer, LibraryMissingError, WorkerDiedError, WorkerProcess

__all__ = ["Failure", "Task", "WorkerPool", "usable_processors"]

_START_UP_SECONDS = 60.0
_LOOK_EVERY_SECONDS = 0.2
_LAST_SECONDS = 5.0
_ATTEMPTS = 2


@frozen
class Task:
    """One text to lay out, the formats to render it in, and the resolution of a bitmap."""

    text: str
    formats: tuple[str, ...]
    dpi: int | None = None


@frozen
class Failure:
    """Why a task has no answer: the problem in words, and which kind of problem where it matters."""

    problem: str
    library_missing: bool = False
    late: bool = False


@define(eq=False)
class _Batch:
    """The state of one call of `answers`, shared by its threads."""

    tasks: Sequence[Task]
    seconds: float
    results: "queue.SimpleQueue[tuple[int, Answer | Failure]]" = field(factory=queue.SimpleQueue)
    # Not a plain lock: whoever holds it may be made to stop the batch by the garbage collector.
    lock: threading.RLock = field(factory=threading.RLock)
    running: dict[int, tuple[WorkerProcess, float]] = field(factory=dict)
    late: set[int] = field(factory=set)
    next_index: int = 0
    stopped: bool = False
    missing: str | None = None

    def take(self) -> int | None:
        with self.lock:
            if self.stopped or self.next_index >= len(self.tasks):
                return None
            self.next_index += 1
            return self.next_index - 1

    def started(self, index: int, worker: WorkerProcess, seconds: float) -> None:
        with self.lock:
            self.running[index] = (worker, time.monotonic() + seconds)
            if self.stopped:
                worker.kill()

    def ended(self, index: int) -> bool:
        """Take the task off the list of running ones; whether it had been ended for being late."""
        with self.lock:
            self.running.pop(index, None)
            return index in self.late

    def end_late_ones(self) -> float:
        """Kill what runs over its time; seconds until the next one would."""
        with self.lock:
            now = time.monotonic()
            for index, (worker, deadline) in self.running.items():
                if deadline <= now and index not in self.late:
                    self.late.add(index)
                    worker.kill()
            waiting = [deadline for index, (_, deadline) in self.running.items() if index not in self.late]
            return max(0.0, min(waiting, default=now + _LOOK_EVERY_SECONDS) - now)

    def stop(self) -> None:
        with self.lock:
            self.stopped = True
            for worker, _ in self.running.values():
                worker.kill()


class WorkerPool:
    """Workers that are started when they are needed and kept for the next call.

    Args:
        start: Starts one.
    """

    def __init__(self, start: Callable[[], WorkerProcess]) -> None:
        self._start = start
        self._idle: list[WorkerProcess] = []
        self._alive: set[WorkerProcess] = set()
        self._batches: list[_Batch] = []
        self._lock = threading.RLock()
        self._process_id = os.getpid()
        weakref.finalize(self, _end_all, self._alive)

    def answers(
        self, tasks: Sequence[Task], *, seconds: float, jobs: int | None
    ) -> Iterator[Answer | Failure]:
        """One answer or failure per task, in order, as soon as it and those before it are there.

        Args:
            tasks: What to do.
            seconds: How long one task may take.
            jobs: Processes at a time; None chooses by the processors and the number of tasks.
        """
        self._leave_other_process()
        batch = _Batch(tasks, seconds)
        count = min(jobs if jobs is not None else -(-len(tasks) // 4), len(tasks))
        count = max(1, count if jobs is not None else min(count, usable_processors()))
        threads = [
            threading.Thread(target=self._serve, args=(batch,), name="codeable-graphviz", daemon=True)
            for _ in range(count if tasks else 0)
        ]
        self._batches.append(batch)
        for thread in threads:
            thread.start()
        try:
            yield from self._in_order(batch)
        finally:
            if batch in self._batches:
                self._batches.remove(batch)
            batch.stop()
            _await(threads)

    def close(self) -> None:
        """End all workers, also those at work, and wait until they are gone."""
        self._leave_other_process()
        for batch in tuple(self._batches):
            batch.stop()
        with self._lock:
            workers, self._idle = list(self._alive), []
            self._alive.clear()
        for worker in workers:
            worker.close()

    def _in_order(self, batch: _Batch) -> Iterator[Answer | Failure]:
        waiting: dict[int, Answer | Failure] = {}
        for wanted in range(len(batch.tasks)):
            while wanted not in waiting:
                try:
                    index, result = batch.results.get(timeout=min(batch.end_late_ones(), _LOOK_EVERY_SECONDS))
                except queue.Empty:
                    continue
                waiting[index] = result
            yield waiting.pop(wanted)

    def _serve(self, batch: _Batch) -> None:
        worker: WorkerProcess | None = None
        result: Answer | Failure
        while (index := batch.take()) is not None:
            try:
                worker, result = self._answer(batch, index, worker)
            except Exception as error:  # whoever waits for this result must get one
                result = Failure(f"{type(error).__name__}: {error}")
            batch.results.put((index, result))
        if worker is not None:
            with self._lock:
                keep = worker in self._alive and not batch.stopped
                if keep:
                    self._idle.append(worker)
            if not keep:
                self._drop(worker)

    def _answer(
        self, batch: _Batch, index: int, worker: WorkerProcess | None
    ) -> tuple[WorkerProcess | None, Answer | Failure]:
        if batch.missing is not None:
            return worker, Failure(batch.missing, library_missing=True)
        task, ending = batch.tasks[index], ""
        for _ in range(_ATTEMPTS):
            try:
                worker = worker or self._start_or_reuse()
            except LibraryMissingError as error:
                batch.missing = str(error)
                return None, Failure(str(error), library_missing=True)
            except OSError as error:
                return None, Failure(f"no process can be started: {error.strerror or error}")
            try:
                batch.started(index, worker, _START_UP_SECONDS)
                worker.greet()
                batch.started(index, worker, batch.seconds)
                answer = worker.ask(task.text, task.formats, task.dpi, batch.seconds)
                batch.ended(index)
                return worker, answer
            except LibraryMissingError as error:
                self._drop(worker)
                batch.missing = str(error)
                return None, Failure(str(error), library_missing=True)
            except WorkerDiedError as error:
                late = batch.ended(index)
                self._drop(worker)
                worker, ending = None, str(error)
                if late or batch.stopped:
                    problem = f"the layout took longer than {batch.seconds:g} s and was ended"
                    return None, Failure(problem, late=True)
        return None, Failure(f"the drawing process died twice: {ending}")

    def _start_or_reuse(self) -> WorkerProcess:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        worker = self._start()
        with self._lock:
            self._alive.add(worker)
        return worker

    def _drop(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._alive.discard(worker)
        worker.close()

    def _leave_other_process(self) -> None:
        """After a fork the workers belong to the parent: the copy starts its own."""
        if self._process_id == os.getpid():
            return
        self._process_id = os.getpid()
        self._lock = threading.RLock()
        _end_all(self._alive)
        self._alive.clear()
        self._idle.clear()
        self._batches.clear()


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def _await(threads: Sequence[threading.Thread]) -> None:
    """Wait for the end of threads, but for ever neither for oneself nor for a process that nothing ends."""
    until = time.monotonic() + _LAST_SECONDS
    for thread in threads:
        if thread is not threading.current_thread():
            thread.join(max(0.0, until - time.monotonic()))


def _end_all(workers: set[WorkerProcess]) -> None:
    for worker in list(workers):
        worker.close()
